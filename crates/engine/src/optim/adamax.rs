//! Adamax (Kingma and Ba 2015): Adam with the largest gradient in place of the mean square.

use super::options::{Options, Value};
use super::update::{Rule, Update, write};
use crate::error::Result;

pub(super) const RULE: Rule = Rule {
    name: "Adamax",
    formula: "m ← β₁ · m + (1 − β₁) · g;  u ← max(β₂ · u, |g| + eps);  p ← p − lr / (1 − β₁ᵗ) · m / u",
    defaults: &[
        ("lr", Value::float(2e-3)),
        ("betas", Value::BETAS),
        ("eps", Value::float(1e-8)),
        ("weight_decay", Value::ZERO),
        ("foreach", Value::None),
        ("maximize", Value::FALSE),
    ],
    check: Options::adam_like,
    update,
};

fn update(u: &mut Update<'_>) -> Result<()> {
    let step = u.count();
    let (beta1, beta2) = u.options.pair("betas");
    let g = u.decayed_grad()?;
    let mean = u.average("exp_avg", &g, beta1)?;
    let largest = u.tensor("exp_inf", 0.0)?;
    let new = write(&largest, &largest.mul(beta2)?.maximum(&g.abs()?.add(u.float("eps"))?)?)?;
    u.move_by_quotient(&mean, &new, -u.float("lr") / (1.0 - beta1.powf(step)))
}
