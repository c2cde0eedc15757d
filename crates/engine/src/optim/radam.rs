//! RAdam (Liu et al. 2020): Adam that trusts its variance only once there are enough samples of it.

use super::options::{Options, Value};
use super::update::{Rule, Update};
use crate::error::Result;

pub(super) const RULE: Rule = Rule {
    name: "RAdam",
    formula: "m, v as in Adam;  p ← p − lr · m̂ · r / √v̂ if ρₜ > 5, else p − lr · m̂",
    defaults: &[
        ("lr", Value::float(1e-3)),
        ("betas", Value::BETAS),
        ("eps", Value::float(1e-8)),
        ("weight_decay", Value::ZERO),
        ("foreach", Value::None),
    ],
    check: Options::adam_like,
    update,
};

fn update(u: &mut Update<'_>) -> Result<()> {
    let step = u.count();
    let (beta1, beta2) = u.options.pair("betas");
    let (lr, eps) = (u.float("lr"), u.float("eps"));
    let g = u.decayed_grad()?;
    let mean = u.average("exp_avg", &g, beta1)?.div(1.0 - beta1.powf(step))?;
    let square = u.average_square("exp_avg_sq", &g, beta2)?;
    let correction = 1.0 - beta2.powf(step);
    // How many samples the moving average of g² amounts to, and how many it can at most.
    let most = 2.0 / (1.0 - beta2) - 1.0;
    let samples = most - 2.0 * step * beta2.powf(step) / correction;
    let mut step = mean.mul(lr)?;
    if samples > 5.0 {
        let rectified = (samples - 4.0) * (samples - 2.0) * most / ((most - 4.0) * (most - 2.0) * samples);
        let root = square.sqrt()?.add(eps)?;
        let rate = root.engine().full(&[], correction.sqrt(), root.dtype())?.div(&root)?;
        step = step.mul(&rate)?.mul(rectified.sqrt())?;
    }
    u.param.copy_(&u.param.sub(&step)?)
}
