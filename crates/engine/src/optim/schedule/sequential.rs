//! `SequentialLR`: one schedule after another.

use super::{Scheduler, rates};
use crate::error::{Error, Result};
use crate::optim::Optimizer;

/// Schedules of one optimizer, and the steps at which the next one takes over.
#[derive(Clone, Debug)]
pub struct Sequential {
    schedulers: Vec<Scheduler>,
    milestones: Vec<i64>,
}

impl Sequential {
    /// `schedulers` were made for the optimizer that the sequence is for; milestones are in ascending order.
    pub fn new(schedulers: Vec<Scheduler>, milestones: Vec<i64>) -> Self {
        Self { schedulers, milestones }
    }

    pub(super) fn check(&self) -> Result<()> {
        let (schedulers, milestones) = (self.schedulers.len(), self.milestones.len());
        if schedulers == 0 || milestones != schedulers - 1 {
            return Err(Error::Value(format!(
                "Sequential Schedulers expects number of schedulers provided to be one more than the number of \
                 milestone points, but got number of schedulers {schedulers} and the number of milestones to be equal \
                 to {milestones}"
            )));
        }
        Ok(())
    }

    /// Undoes what the making of the schedulers did to the rates, and starts the first one again.
    pub(super) fn start(&mut self, optimizer: &mut Optimizer, factors: &[f64]) -> Result<()> {
        for (_, options) in optimizer.each_options() {
            options.set("lr", options.float("initial_lr"));
        }
        for scheduler in &mut self.schedulers {
            scheduler.last_epoch -= 1;
        }
        match self.schedulers.first_mut() {
            Some(first) => {
                first.step_count = 0;
                first.step_by(optimizer, factors)
            }
            None => Ok(()),
        }
    }

    /// Which schedule a step belongs to, and whether it is its first.
    fn place(&self, epoch: i64) -> (usize, bool) {
        let place = self.milestones.partition_point(|&m| m <= epoch);
        (place, place > 0 && self.milestones[place - 1] == epoch)
    }

    pub(super) fn wants_factors(&self, epoch: i64) -> Option<i64> {
        self.schedulers.get(self.place(epoch).0)?.wants_factors()
    }

    pub(super) fn step(
        &mut self,
        optimizer: &mut Optimizer,
        epoch: i64,
        factors: &[f64],
    ) -> Result<Vec<f64>> {
        let (place, first) = self.place(epoch);
        match self.schedulers.get_mut(place) {
            Some(scheduler) if first && scheduler.wants_factors().is_none() => {
                scheduler.step_to(optimizer, 0.0)?;
            }
            Some(scheduler) => {
                // Schedules with factors have no other way to their first step.
                scheduler.last_epoch = if first { -1 } else { scheduler.last_epoch };
                scheduler.step_by(optimizer, factors)?;
            }
            None => {}
        }
        Ok(rates(optimizer))
    }
}
