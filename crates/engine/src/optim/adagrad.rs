//! Adagrad (Duchi, Hazan and Singer 2011): rates shrink where gradients have been large.

use super::options::{Options, Value};
use super::update::{Rule, Update, write};
use crate::error::Result;

pub(super) const RULE: Rule = Rule {
    name: "Adagrad",
    formula: "s ← s + g²;  p ← p − lr / (1 + (t − 1) · lr_decay) · g / (√s + eps)",
    defaults: &[
        ("lr", Value::float(1e-2)),
        ("lr_decay", Value::ZERO),
        ("eps", Value::float(1e-10)),
        ("weight_decay", Value::ZERO),
        ("initial_accumulator_value", Value::ZERO),
        ("foreach", Value::None),
        ("maximize", Value::FALSE),
    ],
    check,
    update,
};

fn check(options: &Options) -> Result<()> {
    options.not_negative("lr", "learning rate")?;
    options.not_negative("lr_decay", "lr_decay value")?;
    options.not_negative("weight_decay", "weight_decay value")?;
    options.not_negative("initial_accumulator_value", "initial_accumulator_value value")?;
    options.not_negative("eps", "epsilon value")
}

fn update(u: &mut Update<'_>) -> Result<()> {
    let step = u.count();
    let g = u.decayed_grad()?;
    let rate = u.float("lr") / (1.0 + (step - 1.0) * u.float("lr_decay"));
    let sum = u.tensor("sum", u.float("initial_accumulator_value"))?;
    let total = write(&sum, &sum.add(&g.mul(&g)?)?)?;
    let scale = total.sqrt()?.add(u.float("eps"))?;
    u.move_by_quotient(&g, &scale, -rate)
}
