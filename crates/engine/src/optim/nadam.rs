//! NAdam (Dozat 2016): Adam with Nesterov's look ahead.

use super::options::{Options, Value};
use super::update::{Rule, Update};
use crate::error::Result;

pub(super) const RULE: Rule = Rule {
    name: "NAdam",
    formula: "μₜ = β₁ · (1 − 0.96^(t · momentum_decay) / 2);  m, v as in Adam;  p ← p − lr · ((1 − μₜ) · g / (1 − Πμ) + μₜ₊₁ · m / (1 − Πμ · μₜ₊₁)) / (√v̂ + eps)",
    defaults: &[
        ("lr", Value::float(2e-3)),
        ("betas", Value::BETAS),
        ("eps", Value::float(1e-8)),
        ("weight_decay", Value::ZERO),
        ("momentum_decay", Value::float(4e-3)),
        ("foreach", Value::None),
    ],
    check,
    update,
};

fn check(options: &Options) -> Result<()> {
    options.adam_like()?;
    options.not_negative("momentum_decay", "momentum_decay value")
}

fn update(u: &mut Update<'_>) -> Result<()> {
    let step = u.count();
    let (beta1, beta2) = u.options.pair("betas");
    let (lr, decay) = (u.float("lr"), u.float("momentum_decay"));
    let g = u.decayed_grad()?;
    let momentum = |t: f64| beta1 * (1.0 - 0.5 * 0.96f64.powf(t * decay));
    let (mu, next) = (momentum(step), momentum(step + 1.0));
    // PyTorch keeps the product in a float32 tensor. Version 1.13 multiplies by μₜ once more for the next one.
    let product = u.number("mu_product", 1.0) as f32 * mu as f32;
    let product_next = product * mu as f32 * next as f32;
    u.set_number("mu_product", f64::from(product));
    let mean = u.average("exp_avg", &g, beta1)?;
    let square = u.average_square("exp_avg_sq", &g, beta2)?;
    let scale = square.div(1.0 - beta2.powf(step))?.sqrt()?.add(u.float("eps"))?;
    let now = g.mul(-lr * (1.0 - mu) / (1.0 - f64::from(product)))?.div(&scale)?;
    let ahead = mean.mul(-lr * next / (1.0 - f64::from(product_next)))?.div(&scale)?;
    u.param.copy_(&u.param.add(&now)?.add(&ahead)?)
}
