//! Stochastic gradient descent, with momentum and Nesterov's variant of it.

use super::options::{Options, Value};
use super::state::Entry;
use super::update::{Rule, Update, add_scaled, write};
use crate::error::{Error, Result};

pub(super) const RULE: Rule = Rule {
    name: "SGD",
    formula: "b ← momentum · b + (1 − dampening) · g;  p ← p − lr · b",
    defaults: &[
        ("lr", Value::Required),
        ("momentum", Value::ZERO),
        ("dampening", Value::ZERO),
        ("weight_decay", Value::ZERO),
        ("nesterov", Value::FALSE),
        ("maximize", Value::FALSE),
        ("foreach", Value::None),
        ("differentiable", Value::FALSE),
    ],
    check,
    update,
};

fn check(options: &Options) -> Result<()> {
    options.not_negative("lr", "learning rate")?;
    options.not_negative("momentum", "momentum value")?;
    options.not_negative("weight_decay", "weight_decay value")?;
    let momentum = options.float("momentum");
    if options.flag("nesterov") && (momentum <= 0.0 || options.float("dampening") != 0.0) {
        let text = "Nesterov momentum requires a momentum and zero dampening";
        return Err(Error::Value(text.to_owned()));
    }
    Ok(())
}

fn update(u: &mut Update<'_>) -> Result<()> {
    let (lr, momentum) = (u.float("lr"), u.float("momentum"));
    let mut g = u.decayed_grad()?;
    if momentum != 0.0 {
        // The buffer starts as the first gradient, not as zeros: dampening does not touch it.
        let first = !matches!(u.state.get("momentum_buffer"), Some(Entry::Tensor(_)));
        let buffer = u.tensor("momentum_buffer", 0.0)?;
        let scale = 1.0 - u.float("dampening");
        let new = if first { g.clone() } else { add_scaled(&buffer.mul(momentum)?, &g, scale)? };
        write(&buffer, &new)?;
        g = if u.options.flag("nesterov") { add_scaled(&g, &new, momentum)? } else { new };
    }
    u.move_by(&g, -lr)
}
