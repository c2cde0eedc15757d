//! `CosineAnnealingWarmRestarts` (Loshchilov and Hutter 2017): half cosines down, each after a jump up.

use std::f64::consts::PI;

use crate::error::{Error, Result};
use crate::python;

/// Periods of `t_0`, `t_0 · t_mult`, `t_0 · t_mult²`, … steps, in each of which the rate falls to `eta_min`.
#[derive(Clone, Debug)]
pub struct WarmRestarts {
    pub(super) t_0: i64,
    pub(super) t_mult: i64,
    eta_min: f64,
    /// Steps since the last restart.
    pub(super) t_cur: f64,
    /// Steps of the period under way.
    pub(super) t_i: f64,
}

impl WarmRestarts {
    /// Before its first step.
    pub fn new(t_0: i64, t_mult: i64, eta_min: f64) -> Self {
        Self { t_0, t_mult, eta_min, t_cur: -1.0, t_i: t_0 as f64 }
    }

    pub(super) fn advance(&mut self) {
        self.t_cur += 1.0;
        if self.t_cur >= self.t_i {
            self.t_cur -= self.t_i;
            self.t_i *= self.t_mult as f64;
        }
    }

    pub(super) fn go_to(&mut self, epoch: f64) -> Result<()> {
        if epoch < 0.0 || epoch.is_nan() {
            let found = python::float(epoch);
            return Err(Error::Value(format!("Expected non-negative epoch, but got {found}")));
        }
        let (first, mult) = (self.t_0 as f64, self.t_mult as f64);
        if epoch < first {
            (self.t_i, self.t_cur) = (first, epoch);
        } else if self.t_mult == 1 {
            self.t_cur = epoch % first;
        } else {
            let n = ((epoch / first * (mult - 1.0) + 1.0).ln() / mult.ln()).trunc();
            self.t_cur = epoch - first * (mult.powf(n) - 1.0) / (mult - 1.0);
            self.t_i = first * mult.powf(n);
        }
        Ok(())
    }

    pub(super) fn rate(&self, base: f64) -> f64 {
        self.eta_min + (base - self.eta_min) * (1.0 + (PI * self.t_cur / self.t_i).cos()) / 2.0
    }
}
