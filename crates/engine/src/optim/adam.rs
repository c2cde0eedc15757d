//! Adam (Kingma and Ba 2015), AMSGrad, and AdamW (Loshchilov and Hutter 2019), which decays weights apart from the
//! gradient.

use super::options::{Options, Value};
use super::update::{Rule, Update, write};
use crate::error::Result;
use crate::tensor::Tensor;

pub(super) const ADAM: Rule = Rule {
    name: "Adam",
    formula: "m ← β₁ · m + (1 − β₁) · g;  v ← β₂ · v + (1 − β₂) · g²;  p ← p − lr · m̂ / (√v̂ + eps),  m̂ = m / (1 − β₁ᵗ),  v̂ = v / (1 − β₂ᵗ)",
    defaults: &[
        ("lr", Value::float(1e-3)),
        ("betas", Value::BETAS),
        ("eps", Value::float(1e-8)),
        ("weight_decay", Value::ZERO),
        ("amsgrad", Value::FALSE),
        ("maximize", Value::FALSE),
        ("foreach", Value::None),
        ("capturable", Value::FALSE),
        ("differentiable", Value::FALSE),
        ("fused", Value::FALSE),
    ],
    check: Options::adam_like,
    update: adam,
};

pub(super) const ADAMW: Rule = Rule {
    name: "AdamW",
    formula: "p ← p − lr · weight_decay · p;  then as Adam",
    defaults: &[
        ("lr", Value::float(1e-3)),
        ("betas", Value::BETAS),
        ("eps", Value::float(1e-8)),
        ("weight_decay", Value::float(1e-2)),
        ("amsgrad", Value::FALSE),
        ("foreach", Value::None),
        ("maximize", Value::FALSE),
        ("capturable", Value::FALSE),
    ],
    check: Options::adam_like,
    update: adamw,
};

fn adam(u: &mut Update<'_>) -> Result<()> {
    let g = u.decayed_grad()?;
    step(u, &g, &u.param.clone())
}

fn adamw(u: &mut Update<'_>) -> Result<()> {
    let g = u.grad.clone();
    let decayed = u.param.mul(1.0 - u.float("lr") * u.float("weight_decay"))?;
    step(u, &g, &decayed)
}

/// The step from `from`, written into the parameter.
fn step(u: &mut Update<'_>, g: &Tensor, from: &Tensor) -> Result<()> {
    let step = u.count();
    let (beta1, beta2) = u.options.pair("betas");
    let mean = u.average("exp_avg", g, beta1)?;
    let mut square = u.average_square("exp_avg_sq", g, beta2)?;
    if u.options.flag("amsgrad") {
        let largest = u.tensor("max_exp_avg_sq", 0.0)?;
        square = write(&largest, &largest.maximum(&square)?)?;
    }
    let (correction1, correction2) = (1.0 - beta1.powf(step), 1.0 - beta2.powf(step));
    let scale = square.sqrt()?.div(correction2.sqrt())?.add(u.float("eps"))?;
    let size = u.float("lr") / correction1;
    u.param.copy_(&from.add(&mean.mul(-size)?.div(&scale)?)?)
}
