//! The losses of a run: the scalars on which `backward` was called.

use lang::Machine;
use protocol::program::LossPoint;

use crate::player::{MOST_LOSSES, Player};

/// Losses that are read at a time: each takes a while on a GPU.
const AT_A_TIME: usize = 64;

impl Player {
    /// Reads the losses since this was called last; of many, some. What was known before is thinned out when it becomes too much.
    pub async fn read_losses(&mut self) {
        let fresh = self.recorder.take_losses();
        let stride = fresh.len().div_ceil(AT_A_TIME).max(1);
        let last = fresh.len().saturating_sub(1);
        for (i, loss) in fresh.iter().enumerate() {
            if !(last - i).is_multiple_of(stride) {
                continue;
            }
            let (Some(clock), Ok(data)) = (loss.clock, loss.value.read().await) else { continue };
            if let Some(value) = crate::numbers::values(data).first() {
                self.losses.push(LossPoint { clock, steps: loss.steps, value: *value });
                self.losses_changed = true;
            }
        }
        if self.losses.len() > MOST_LOSSES {
            let mut keep = false;
            self.losses.retain(|_| {
                keep = !keep;
                keep
            });
        }
    }

    /// All losses up to here, if they have changed since this was called last.
    pub fn take_losses(&mut self) -> Option<Vec<LossPoint>> {
        let clock = self.machine.as_ref().map_or(0, Machine::clock);
        let known = self.losses.partition_point(|loss| loss.clock <= clock);
        std::mem::take(&mut self.losses_changed).then(|| self.losses[..known].to_vec())
    }
}
