//! `CyclicLR` (Smith 2017): the rate goes up and down between two bounds, over and over.

use super::one_cycle::no_momentum;
use super::per_group;
use crate::error::Result;
use crate::optim::Optimizer;

/// How the height of the cycles changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CyclicMode {
    /// It stays.
    Triangular,
    /// It is halved with each cycle.
    Triangular2,
    /// It is multiplied by gamma with each step.
    ExpRange,
}

/// The options of the cycles, under PyTorch's names. A list of one value is for all groups.
#[derive(Clone, Debug)]
pub struct Cyclic {
    /// The lower bound.
    pub base_lr: Vec<f64>,
    /// The upper bound.
    pub max_lr: Vec<f64>,
    /// The steps from the lower bound to the upper.
    pub step_size_up: f64,
    /// The steps back.
    pub step_size_down: f64,
    /// How the height changes.
    pub mode: CyclicMode,
    /// For [`CyclicMode::ExpRange`].
    pub gamma: f64,
    /// Whether momentum moves against the rate.
    pub cycle_momentum: bool,
    /// The lowest momentum.
    pub base_momentum: Vec<f64>,
    /// The highest momentum.
    pub max_momentum: Vec<f64>,
}

impl Cyclic {
    /// Cycles with PyTorch's defaults.
    pub fn new(base_lr: f64, max_lr: f64) -> Self {
        Self {
            base_lr: vec![base_lr],
            max_lr: vec![max_lr],
            step_size_up: 2000.0,
            step_size_down: 2000.0,
            mode: CyclicMode::Triangular,
            gamma: 1.0,
            cycle_momentum: true,
            base_momentum: vec![0.8],
            max_momentum: vec![0.9],
        }
    }

    pub(super) fn start(&self, optimizer: &mut Optimizer) -> Result<()> {
        let groups = optimizer.groups().len();
        let base_lr = per_group(&self.base_lr, "base_lr", groups)?;
        per_group(&self.max_lr, "max_lr", groups)?;
        if self.cycle_momentum && optimizer.defaults().get("momentum").is_none() {
            return Err(no_momentum());
        }
        let momentum = per_group(&self.base_momentum, "base_momentum", groups)?;
        per_group(&self.max_momentum, "max_momentum", groups)?;
        for (group, options) in optimizer.each_options() {
            options.set("lr", base_lr[group]);
            if self.cycle_momentum {
                options.set("momentum", momentum[group]);
            }
        }
        Ok(())
    }

    /// The rates at a step; moves the momenta.
    pub(super) fn rates(&self, optimizer: &mut Optimizer, epoch: i64) -> Vec<f64> {
        let total = self.step_size_up + self.step_size_down;
        let ratio = self.step_size_up / total;
        let t = epoch as f64;
        let cycle = (1.0 + t / total).floor();
        let x = 1.0 + t / total - cycle;
        let part = if x <= ratio { x / ratio } else { (x - 1.0) / (ratio - 1.0) };
        let height = match self.mode {
            CyclicMode::Triangular => 1.0,
            CyclicMode::Triangular2 => 1.0 / 2f64.powf(cycle - 1.0),
            CyclicMode::ExpRange => self.gamma.powf(t),
        };
        let of = |values: &[f64], group: usize| values.get(group).or(values.first()).copied().unwrap_or(0.0);
        let mut rates = Vec::with_capacity(optimizer.groups().len());
        for (group, options) in optimizer.each_options() {
            let (low, high) = (of(&self.base_lr, group), of(&self.max_lr, group));
            rates.push(low + (high - low) * part * height);
            if self.cycle_momentum {
                let (low, high) = (of(&self.base_momentum, group), of(&self.max_momentum, group));
                options.set("momentum", high - (high - low) * part * height);
            }
        }
        rates
    }
}
