//! The schedules whose rate depends on the step, the initial rate and the rate before.

use std::f64::consts::PI;

use super::Schedule;
use crate::error::{Error, Result};
use crate::python;

/// What a rate is computed from.
pub(super) struct Moment {
    /// The number of the step.
    pub(super) epoch: i64,
    /// Whether it is the first that the scheduler takes.
    pub(super) first: bool,
    /// The rate before.
    pub(super) lr: f64,
    /// The initial rate.
    pub(super) base: f64,
    /// A factor that the caller has computed.
    pub(super) factor: Option<f64>,
}

/// Refuses options that make no sense.
pub(super) fn check(schedule: &Schedule) -> Result<()> {
    let outside = |x: f64| !(0.0..=1.0).contains(&x);
    let text = match schedule {
        Schedule::Step { step_size: 0, .. } => "integer division or modulo by zero".to_owned(),
        Schedule::Cosine { t_max: 0, .. } => "float division by zero".to_owned(),
        Schedule::Constant { factor, .. } if outside(*factor) => {
            "Constant multiplicative factor expected to be between 0 and 1.".to_owned()
        }
        Schedule::Linear { start_factor, .. } if outside(*start_factor) => {
            "Starting multiplicative factor expected to be between 0 and 1.".to_owned()
        }
        Schedule::Linear { end_factor, .. } if outside(*end_factor) => {
            "Ending multiplicative factor expected to be between 0 and 1.".to_owned()
        }
        Schedule::WarmRestarts(restarts) if restarts.t_0 <= 0 => {
            format!("Expected positive integer T_0, but got {}", restarts.t_0)
        }
        Schedule::WarmRestarts(restarts) if restarts.t_mult < 1 => {
            format!("Expected integer T_mult >= 1, but got {}", restarts.t_mult)
        }
        Schedule::Sequential(sequence) => return sequence.check(),
        Schedule::OneCycle(cycle) if !(0.0..=1.0).contains(&cycle.pct_start) => {
            let found = python::float(cycle.pct_start);
            format!("Expected float between 0 and 1 pct_start, but got {found}")
        }
        Schedule::Step { .. }
        | Schedule::MultiStep { .. }
        | Schedule::Constant { .. }
        | Schedule::Linear { .. }
        | Schedule::Exponential { .. }
        | Schedule::Polynomial { .. }
        | Schedule::Cosine { .. }
        | Schedule::WarmRestarts(_)
        | Schedule::OneCycle(_)
        | Schedule::Cyclic(_)
        | Schedule::Lambda
        | Schedule::Multiplicative => return Ok(()),
    };
    Err(Error::Value(text))
}

/// The rate of one group at a step.
pub(super) fn rate(schedule: &Schedule, at: &Moment) -> Result<f64> {
    let (t, lr) = (at.epoch, at.lr);
    Ok(match schedule {
        Schedule::Lambda => at.base * factor(at)?,
        Schedule::Multiplicative if t > 0 => lr * factor(at)?,
        Schedule::WarmRestarts(restarts) => restarts.rate(at.base),
        Schedule::Constant { factor, .. } if t == 0 => lr * factor,
        Schedule::Linear { start_factor, .. } if t == 0 => lr * start_factor,
        // The others leave the initial rate alone.
        _ if t == 0 => lr,
        Schedule::Step { step_size, gamma } if t.checked_rem(*step_size) == Some(0) => lr * gamma,
        Schedule::MultiStep { milestones, gamma } => match milestones.iter().filter(|&&m| m == t).count() {
            0 => lr,
            times => lr * gamma.powf(times as f64),
        },
        Schedule::Constant { factor, total_iters } if t == *total_iters => lr * (1.0 / factor),
        Schedule::Linear { start_factor, end_factor, total_iters } if t <= *total_iters => {
            let change = end_factor - start_factor;
            lr * (1.0 + change / (*total_iters as f64 * start_factor + (t - 1) as f64 * change))
        }
        Schedule::Exponential { gamma } => lr * gamma,
        Schedule::Polynomial { total_iters, power } if t <= *total_iters => {
            let left = |t: i64| 1.0 - t as f64 / *total_iters as f64;
            lr * (left(t) / left(t - 1)).powf(*power)
        }
        Schedule::Cosine { t_max, eta_min } => cosine(at, *t_max, *eta_min),
        Schedule::Step { .. }
        | Schedule::Constant { .. }
        | Schedule::Linear { .. }
        | Schedule::Polynomial { .. }
        | Schedule::Multiplicative
        | Schedule::OneCycle(_)
        | Schedule::Cyclic(_)
        | Schedule::Sequential(_) => lr,
    })
}

fn factor(at: &Moment) -> Result<f64> {
    at.factor.ok_or_else(|| Error::Value("the factor of this step is missing".to_owned()))
}

/// From the rate before; at the turning point, where that is `eta_min`, from the initial rate.
fn cosine(at: &Moment, t_max: i64, eta_min: f64) -> f64 {
    let (t, n) = (at.epoch as f64, t_max as f64);
    let past_turn = at.epoch.saturating_sub(1).saturating_sub(t_max);
    if at.first {
        return eta_min + (at.base - eta_min) * (1.0 + (t * PI / n).cos()) / 2.0;
    }
    if past_turn.checked_rem(t_max.saturating_mul(2)) == Some(0) {
        return at.lr + (at.base - eta_min) * (1.0 - (PI / n).cos()) / 2.0;
    }
    (1.0 + (PI * t / n).cos()) / (1.0 + (PI * (t - 1.0) / n).cos()) * (at.lr - eta_min) + eta_min
}

/// The rate at a step from the initial rate alone, where there is a formula for it.
pub(super) fn closed_form(schedule: &Schedule, epoch: i64, base: f64) -> Option<f64> {
    let t = epoch as f64;
    Some(match schedule {
        Schedule::Step { step_size, gamma } => base * gamma.powf((t / *step_size as f64).floor()),
        Schedule::MultiStep { milestones, gamma } => {
            base * gamma.powf(milestones.iter().filter(|&&m| m <= epoch).count() as f64)
        }
        Schedule::Constant { factor, total_iters } => {
            let over = f64::from(u8::from(epoch >= *total_iters));
            base * (factor + over * (1.0 - factor))
        }
        Schedule::Linear { start_factor, end_factor, total_iters } => {
            let done = epoch.min(*total_iters) as f64;
            base * (start_factor + (end_factor - start_factor) * done / *total_iters as f64)
        }
        Schedule::Exponential { gamma } => base * gamma.powf(t),
        Schedule::Polynomial { total_iters, power } => {
            base * (1.0 - epoch.min(*total_iters) as f64 / *total_iters as f64).powf(*power)
        }
        Schedule::Cosine { t_max, eta_min } => {
            eta_min + (base - eta_min) * (1.0 + (PI * t / *t_max as f64).cos()) / 2.0
        }
        Schedule::WarmRestarts(restarts) => restarts.rate(base),
        Schedule::OneCycle(_)
        | Schedule::Cyclic(_)
        | Schedule::Lambda
        | Schedule::Multiplicative
        | Schedule::Sequential(_) => return None,
    })
}
