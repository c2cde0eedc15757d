//! `ReduceLROnPlateau`: the rate falls when a metric no longer improves. The caller has read the metric.

use crate::error::{Error, Result};
use crate::optim::Optimizer;

/// Which metrics are better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Small ones.
    Min,
    /// Large ones.
    Max,
}

/// How much better counts as better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThresholdMode {
    /// In parts of the best metric.
    Rel,
    /// In units of the metric.
    Abs,
}

/// The schedule and what it remembers, under PyTorch's names.
#[derive(Clone, Debug)]
pub struct Plateau {
    /// Which metrics are better.
    pub mode: Mode,
    /// What a rate is multiplied with.
    pub factor: f64,
    /// How many steps without improvement are borne.
    pub patience: u64,
    /// How much better counts as better.
    pub threshold: f64,
    /// In which units.
    pub threshold_mode: ThresholdMode,
    /// Steps after a reduction in which nothing is counted.
    pub cooldown: u64,
    /// The lowest rate: one for all groups or one each.
    pub min_lr: Vec<f64>,
    /// Smaller changes are not made.
    pub eps: f64,
    /// The best metric so far.
    pub best: f64,
    /// Steps without improvement.
    pub bad_epochs: u64,
    /// Steps of the cooldown that are left.
    pub cooling: u64,
    /// The number of the last step.
    pub last_epoch: u64,
    /// The rate of each group since the last step; none before the first.
    pub last_lr: Vec<f64>,
}

impl Plateau {
    /// With PyTorch's defaults: factor 0.1, patience 10, relative threshold 1e-4.
    pub fn new(mode: Mode) -> Self {
        Self {
            mode,
            factor: 0.1,
            patience: 10,
            threshold: 1e-4,
            threshold_mode: ThresholdMode::Rel,
            cooldown: 0,
            min_lr: vec![0.0],
            eps: 1e-8,
            best: match mode {
                Mode::Min => f64::INFINITY,
                Mode::Max => f64::NEG_INFINITY,
            },
            bad_epochs: 0,
            cooling: 0,
            last_epoch: 0,
            last_lr: Vec::new(),
        }
    }

    /// Checks the options for an optimizer.
    ///
    /// # Errors
    /// [`Error::Value`].
    pub fn check(&self, optimizer: &Optimizer) -> Result<()> {
        if self.factor >= 1.0 {
            return Err(Error::Value("Factor should be < 1.0.".to_owned()));
        }
        let groups = optimizer.groups().len();
        if self.min_lr.len() != 1 && self.min_lr.len() != groups {
            let text = format!("expected {groups} min_lrs, got {}", self.min_lr.len());
            return Err(Error::Value(text));
        }
        Ok(())
    }

    fn is_better(&self, metric: f64) -> bool {
        match (self.mode, self.threshold_mode) {
            (Mode::Min, ThresholdMode::Rel) => metric < self.best * (1.0 - self.threshold),
            (Mode::Min, ThresholdMode::Abs) => metric < self.best - self.threshold,
            (Mode::Max, ThresholdMode::Rel) => metric > self.best * (self.threshold + 1.0),
            (Mode::Max, ThresholdMode::Abs) => metric > self.best + self.threshold,
        }
    }

    /// One step with the metric of now. Whether the rate was reduced.
    ///
    /// # Errors
    /// As for [`check`](Self::check).
    pub fn step(&mut self, optimizer: &mut Optimizer, metric: f64) -> Result<bool> {
        self.check(optimizer)?;
        self.last_epoch += 1;
        if self.is_better(metric) {
            self.best = metric;
            self.bad_epochs = 0;
        } else {
            self.bad_epochs += 1;
        }
        if self.cooling > 0 {
            self.cooling -= 1;
            self.bad_epochs = 0;
        }
        let reduces = self.bad_epochs > self.patience;
        if reduces {
            self.reduce(optimizer);
            self.cooling = self.cooldown;
            self.bad_epochs = 0;
        }
        self.last_lr = super::rates(optimizer);
        Ok(reduces)
    }

    fn reduce(&self, optimizer: &mut Optimizer) {
        for (group, options) in optimizer.each_options() {
            let lowest = self.min_lr.get(group).or(self.min_lr.first()).copied().unwrap_or(0.0);
            let old = options.float("lr");
            let new = (old * self.factor).max(lowest);
            if old - new > self.eps {
                options.set("lr", new);
            }
        }
    }

    /// What it remembers, under PyTorch's names.
    pub fn state(&self) -> Vec<(&'static str, Vec<f64>)> {
        vec![
            ("best", vec![self.best]),
            ("num_bad_epochs", vec![self.bad_epochs as f64]),
            ("cooldown_counter", vec![self.cooling as f64]),
            ("last_epoch", vec![self.last_epoch as f64]),
            ("_last_lr", self.last_lr.clone()),
        ]
    }
}
