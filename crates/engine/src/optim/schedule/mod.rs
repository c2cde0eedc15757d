//! Learning rate schedules, as in `torch.optim.lr_scheduler`.
//!
//! A [`Scheduler`] holds no optimizer: it is handed to each step. Rates are computed as PyTorch computes them,
//! from the rate before wherever PyTorch does so, in f64 on the host.

mod cyclic;
mod one_cycle;
mod plateau;
mod restarts;
mod sequential;
mod simple;

pub use cyclic::{Cyclic, CyclicMode};
pub use one_cycle::OneCycle;
pub use plateau::{Mode, Plateau, ThresholdMode};
pub use restarts::WarmRestarts;
pub use sequential::Sequential;

use super::Optimizer;
use crate::error::{Error, Result};

/// How the learning rate changes from step to step. `t` is the number of the step; 0 when the scheduler is made.
#[derive(Clone, Debug)]
pub enum Schedule {
    /// `StepLR`: times `gamma` every `step_size` steps.
    Step {
        /// The steps between two changes.
        step_size: i64,
        /// The factor.
        gamma: f64,
    },
    /// `MultiStepLR`: times `gamma` at each milestone.
    MultiStep {
        /// The steps at which it changes; one named twice counts twice.
        milestones: Vec<i64>,
        /// The factor.
        gamma: f64,
    },
    /// `ConstantLR`: times `factor` until step `total_iters`.
    Constant {
        /// The factor.
        factor: f64,
        /// When it ends.
        total_iters: i64,
    },
    /// `LinearLR`: a factor that goes from `start_factor` to `end_factor` in `total_iters` steps.
    Linear {
        /// The factor at first.
        start_factor: f64,
        /// The factor at last.
        end_factor: f64,
        /// The steps between.
        total_iters: i64,
    },
    /// `ExponentialLR`: times `gamma` every step.
    Exponential {
        /// The factor.
        gamma: f64,
    },
    /// `PolynomialLR`: times (1 − t / total_iters)^power.
    Polynomial {
        /// The steps until it is 0.
        total_iters: i64,
        /// The exponent.
        power: f64,
    },
    /// `CosineAnnealingLR`: half a cosine from the initial rate down to `eta_min` in `t_max` steps, and up again.
    Cosine {
        /// The steps of half a period.
        t_max: i64,
        /// The lowest rate.
        eta_min: f64,
    },
    /// `CosineAnnealingWarmRestarts`.
    WarmRestarts(WarmRestarts),
    /// `OneCycleLR`.
    OneCycle(OneCycle),
    /// `CyclicLR`.
    Cyclic(Cyclic),
    /// `LambdaLR`: the initial rate times a factor that the caller computes from t; see [`Scheduler::step_by`].
    Lambda,
    /// `MultiplicativeLR`: the rate before times a factor that the caller computes from t.
    Multiplicative,
    /// `SequentialLR`.
    Sequential(Sequential),
}

/// A schedule under way.
#[derive(Clone, Debug)]
pub struct Scheduler {
    schedule: Schedule,
    base_lrs: Vec<f64>,
    last_epoch: i64,
    step_count: u64,
    last_lr: Vec<f64>,
}

impl Scheduler {
    /// Starts a schedule: the optimizer gets the rates of step 0.
    ///
    /// # Errors
    /// [`Error::Value`] for options that make no sense.
    pub fn new(optimizer: &mut Optimizer, schedule: Schedule) -> Result<Self> {
        Self::new_by(optimizer, schedule, &[])
    }

    /// As [`new`](Self::new), with the factors of step 0 for schedules that take them: one for all groups or one each.
    ///
    /// # Errors
    /// As for [`new`](Self::new).
    pub fn new_by(optimizer: &mut Optimizer, schedule: Schedule, factors: &[f64]) -> Result<Self> {
        simple::check(&schedule)?;
        match &schedule {
            Schedule::OneCycle(cycle) => cycle.start(optimizer)?,
            Schedule::Cyclic(cycle) => cycle.start(optimizer)?,
            Schedule::Step { .. }
            | Schedule::MultiStep { .. }
            | Schedule::Constant { .. }
            | Schedule::Linear { .. }
            | Schedule::Exponential { .. }
            | Schedule::Polynomial { .. }
            | Schedule::Cosine { .. }
            | Schedule::WarmRestarts(_)
            | Schedule::Lambda
            | Schedule::Multiplicative
            | Schedule::Sequential(_) => {}
        }
        for (_, options) in optimizer.each_options() {
            if options.get("initial_lr").is_none() {
                options.set("initial_lr", options.float("lr"));
            }
        }
        let base_lrs = optimizer.groups().iter().map(|g| g.options.float("initial_lr")).collect();
        let mut scheduler = Self { schedule, base_lrs, last_epoch: -1, step_count: 0, last_lr: Vec::new() };
        if let Schedule::Sequential(sequence) = &mut scheduler.schedule {
            sequence.start(optimizer, factors)?;
            scheduler.last_epoch = 0;
            scheduler.last_lr = rates(optimizer);
        } else {
            scheduler.step_by(optimizer, factors)?;
        }
        Ok(scheduler)
    }

    /// One step of the schedule: `scheduler.step()`.
    ///
    /// # Errors
    /// [`Error::Value`] past the end of a schedule that has one, or where factors are needed.
    pub fn step(&mut self, optimizer: &mut Optimizer) -> Result<()> {
        self.step_by(optimizer, &[])
    }

    /// One step, with the factors of [`wants_factors`](Self::wants_factors): one for all groups or one each.
    ///
    /// # Errors
    /// As for [`step`](Self::step).
    pub fn step_by(&mut self, optimizer: &mut Optimizer, factors: &[f64]) -> Result<()> {
        self.step_count += 1;
        self.last_epoch = self.last_epoch.saturating_add(1);
        if let Schedule::Sequential(sequence) = &mut self.schedule {
            self.last_lr = sequence.step(optimizer, self.last_epoch, factors)?;
            return Ok(());
        }
        if let Schedule::WarmRestarts(restarts) = &mut self.schedule {
            restarts.advance();
        }
        let rates = self.next_rates(optimizer, factors)?;
        self.apply(optimizer, &rates);
        Ok(())
    }

    /// Goes to step `epoch`: `scheduler.step(epoch)`. Only warm restarts take fractions.
    ///
    /// # Errors
    /// As for [`step`](Self::step).
    pub fn step_to(&mut self, optimizer: &mut Optimizer, epoch: f64) -> Result<()> {
        self.step_count += 1;
        self.last_epoch = epoch.floor() as i64;
        if let Schedule::WarmRestarts(restarts) = &mut self.schedule {
            restarts.go_to(epoch)?;
        }
        let closed = |base: &f64| simple::closed_form(&self.schedule, self.last_epoch, *base);
        let rates = match self.base_lrs.iter().map(closed).collect::<Option<Vec<_>>>() {
            Some(rates) => rates,
            None => self.next_rates(optimizer, &[])?,
        };
        self.apply(optimizer, &rates);
        Ok(())
    }

    /// The number of the next step, if its factors have to be handed to [`step_by`](Self::step_by).
    pub fn wants_factors(&self) -> Option<i64> {
        match &self.schedule {
            Schedule::Lambda | Schedule::Multiplicative => Some(self.last_epoch.saturating_add(1)),
            Schedule::Sequential(sequence) => sequence.wants_factors(self.last_epoch.saturating_add(1)),
            Schedule::Step { .. }
            | Schedule::MultiStep { .. }
            | Schedule::Constant { .. }
            | Schedule::Linear { .. }
            | Schedule::Exponential { .. }
            | Schedule::Polynomial { .. }
            | Schedule::Cosine { .. }
            | Schedule::WarmRestarts(_)
            | Schedule::OneCycle(_)
            | Schedule::Cyclic(_) => None,
        }
    }

    fn next_rates(&self, optimizer: &mut Optimizer, factors: &[f64]) -> Result<Vec<f64>> {
        let (epoch, first) = (self.last_epoch, self.step_count == 1);
        match &self.schedule {
            Schedule::OneCycle(cycle) => cycle.rates(optimizer, epoch),
            Schedule::Cyclic(cycle) => Ok(cycle.rates(optimizer, epoch)),
            schedule => {
                let rate = |(group, (base, lr)): (usize, (&f64, f64))| {
                    let factor = factors.get(group).or(factors.first()).copied();
                    simple::rate(schedule, &simple::Moment { epoch, first, lr, base: *base, factor })
                };
                self.base_lrs.iter().zip(rates(optimizer)).enumerate().map(rate).collect()
            }
        }
    }

    fn apply(&mut self, optimizer: &mut Optimizer, rates: &[f64]) {
        for (group, &lr) in rates.iter().enumerate() {
            if let Some(options) = optimizer.options_mut(group) {
                options.set("lr", lr);
            }
        }
        self.last_lr = rates.to_vec();
    }

    /// The rate of each group since the last step: `scheduler.get_last_lr()`.
    pub fn last_lr(&self) -> &[f64] {
        &self.last_lr
    }

    /// The number of the last step.
    pub fn last_epoch(&self) -> i64 {
        self.last_epoch
    }

    /// How the rate changes.
    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }

    /// What it remembers, under PyTorch's names.
    pub fn state(&self) -> Vec<(&'static str, Vec<f64>)> {
        let mut state = vec![
            ("base_lrs", self.base_lrs.clone()),
            ("last_epoch", vec![self.last_epoch as f64]),
            ("_step_count", vec![self.step_count as f64]),
            ("_last_lr", self.last_lr.clone()),
        ];
        if let Schedule::WarmRestarts(restarts) = &self.schedule {
            state.extend([("T_cur", vec![restarts.t_cur]), ("T_i", vec![restarts.t_i])]);
        }
        state
    }
}

/// The learning rate of each group.
fn rates(optimizer: &Optimizer) -> Vec<f64> {
    optimizer.groups().iter().map(|group| group.options.float("lr")).collect()
}

/// One value for each group, from one for all or one each.
fn per_group(values: &[f64], name: &str, groups: usize) -> Result<Vec<f64>> {
    match values {
        [one] => Ok(vec![*one; groups]),
        several if several.len() == groups => Ok(several.to_vec()),
        several => Err(Error::Value(format!("expected {groups} values for {name}, got {}", several.len()))),
    }
}
