//! RMSprop (Hinton 2012): gradients divided by a running root of their mean square.

use super::options::{Options, Value};
use super::update::{Rule, Update, write};
use crate::error::Result;

pub(super) const RULE: Rule = Rule {
    name: "RMSprop",
    formula: "v ← α · v + (1 − α) · g²;  p ← p − lr · g / (√v + eps)",
    defaults: &[
        ("lr", Value::float(1e-2)),
        ("momentum", Value::ZERO),
        ("alpha", Value::float(0.99)),
        ("eps", Value::float(1e-8)),
        ("centered", Value::FALSE),
        ("weight_decay", Value::ZERO),
        ("foreach", Value::None),
        ("maximize", Value::FALSE),
        ("differentiable", Value::FALSE),
    ],
    check,
    update,
};

fn check(options: &Options) -> Result<()> {
    options.not_negative("lr", "learning rate")?;
    options.not_negative("eps", "epsilon value")?;
    options.not_negative("momentum", "momentum value")?;
    options.not_negative("weight_decay", "weight_decay value")?;
    options.not_negative("alpha", "alpha value")
}

fn update(u: &mut Update<'_>) -> Result<()> {
    u.count();
    let g = u.decayed_grad()?;
    let (lr, alpha, momentum) = (u.float("lr"), u.float("alpha"), u.float("momentum"));
    let mut variance = u.average_square("square_avg", &g, alpha)?;
    if u.options.flag("centered") {
        let mean = u.average("grad_avg", &g, alpha)?;
        variance = variance.sub(&mean.mul(&mean)?)?;
    }
    let scale = variance.sqrt()?.add(u.float("eps"))?;
    if momentum > 0.0 {
        let buffer = u.tensor("momentum_buffer", 0.0)?;
        let new = write(&buffer, &buffer.mul(momentum)?.add(&g.div(&scale)?)?)?;
        u.move_by(&new, -lr)
    } else {
        u.move_by_quotient(&g, &scale, -lr)
    }
}
