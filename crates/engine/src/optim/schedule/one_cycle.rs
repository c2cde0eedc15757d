//! `OneCycleLR` (Smith and Topin 2018): the rate goes up and down once, the momentum down and up.

use std::f64::consts::PI;

use super::per_group;
use crate::dtype::Scalar;
use crate::error::{Error, Result};
use crate::optim::{Optimizer, Options, Value};

/// The options of the cycle, under PyTorch's names. A list of one value is for all groups.
#[derive(Clone, Debug)]
pub struct OneCycle {
    /// The highest rate.
    pub max_lr: Vec<f64>,
    /// The steps of the cycle.
    pub total_steps: i64,
    /// The part of them in which the rate goes up.
    pub pct_start: f64,
    /// Along a cosine; else along a line.
    pub cosine: bool,
    /// Whether momentum (or the first beta) moves against the rate.
    pub cycle_momentum: bool,
    /// The lowest momentum.
    pub base_momentum: Vec<f64>,
    /// The highest momentum.
    pub max_momentum: Vec<f64>,
    /// The initial rate is `max_lr / div_factor`.
    pub div_factor: f64,
    /// The last rate is the initial one divided by this.
    pub final_div_factor: f64,
    /// Down to the initial rate first, and then to the last one.
    pub three_phase: bool,
}

impl OneCycle {
    /// A cycle of `total_steps` with PyTorch's defaults.
    pub fn new(max_lr: f64, total_steps: i64) -> Self {
        Self {
            max_lr: vec![max_lr],
            total_steps,
            pct_start: 0.3,
            cosine: true,
            cycle_momentum: true,
            base_momentum: vec![0.85],
            max_momentum: vec![0.95],
            div_factor: 25.0,
            final_div_factor: 1e4,
            three_phase: false,
        }
    }

    /// Enters the corners of the cycle into the groups, where PyTorch keeps them.
    pub(super) fn start(&self, optimizer: &mut Optimizer) -> Result<()> {
        if self.total_steps <= 0 {
            let text = format!("Expected positive integer total_steps, but got {}", self.total_steps);
            return Err(Error::Value(text));
        }
        let groups = optimizer.groups().len();
        let max_lr = per_group(&self.max_lr, "max_lr", groups)?;
        let known = |name: &str| optimizer.defaults().get(name).is_some();
        if self.cycle_momentum && !known("momentum") && !known("betas") {
            return Err(no_momentum());
        }
        let high = per_group(&self.max_momentum, "max_momentum", groups)?;
        let low = per_group(&self.base_momentum, "base_momentum", groups)?;
        for (group, options) in optimizer.each_options() {
            let initial = max_lr[group] / self.div_factor;
            options.set("initial_lr", initial);
            options.set("max_lr", max_lr[group]);
            options.set("min_lr", initial / self.final_div_factor);
            if self.cycle_momentum {
                set_momentum(options, high[group]);
                options.set("max_momentum", high[group]);
                options.set("base_momentum", low[group]);
            }
        }
        Ok(())
    }

    /// Where each phase ends, and between which rates and momenta it leads.
    fn phases(&self) -> Vec<(f64, [&'static str; 4])> {
        let (n, last) = (self.total_steps as f64, (self.total_steps - 1) as f64);
        let up = ["initial_lr", "max_lr", "max_momentum", "base_momentum"];
        let first = (self.pct_start * n - 1.0, up);
        if self.three_phase {
            let down = ["max_lr", "initial_lr", "base_momentum", "max_momentum"];
            let out = ["initial_lr", "min_lr", "max_momentum", "max_momentum"];
            vec![first, (2.0 * self.pct_start * n - 2.0, down), (last, out)]
        } else {
            vec![first, (last, ["max_lr", "min_lr", "base_momentum", "max_momentum"])]
        }
    }

    fn between(&self, start: f64, end: f64, pct: f64) -> f64 {
        if self.cosine {
            end + (start - end) / 2.0 * ((PI * pct).cos() + 1.0)
        } else {
            (end - start) * pct + start
        }
    }

    /// The rates at a step; moves the momenta.
    pub(super) fn rates(&self, optimizer: &mut Optimizer, epoch: i64) -> Result<Vec<f64>> {
        if epoch > self.total_steps {
            let (tried, total) = (epoch.saturating_add(1), self.total_steps);
            return Err(Error::Value(format!(
                "Tried to step {tried} times. The specified number of total steps is {total}"
            )));
        }
        let phases = self.phases();
        let t = epoch as f64;
        let phase = phases.iter().position(|(end, _)| t <= *end).unwrap_or(phases.len() - 1);
        let start = if phase == 0 { 0.0 } else { phases[phase - 1].0 };
        let (end, [lr_from, lr_to, momentum_from, momentum_to]) = phases[phase];
        if end == start {
            return Err(Error::Value("float division by zero".to_owned()));
        }
        let pct = (t - start) / (end - start);
        let mut rates = Vec::with_capacity(optimizer.groups().len());
        for (_, options) in optimizer.each_options() {
            let at = |from: &str, to: &str| self.between(options.float(from), options.float(to), pct);
            let (lr, momentum) = (at(lr_from, lr_to), at(momentum_from, momentum_to));
            if self.cycle_momentum {
                set_momentum(options, momentum);
            }
            rates.push(lr);
        }
        Ok(rates)
    }
}

pub(super) fn no_momentum() -> Error {
    let text = "optimizer must support momentum with `cycle_momentum` option enabled";
    Error::Value(text.to_owned())
}

/// Sets the first beta of an optimizer that has betas, else the momentum.
fn set_momentum(options: &mut Options, momentum: f64) {
    match options.get("betas") {
        Some(Value::Pair(_, beta2)) => options.set("betas", Value::Pair(Scalar::Float(momentum), beta2)),
        Some(_) | None => options.set("momentum", momentum),
    }
}
