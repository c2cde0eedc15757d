//! The losses of a run: the scalars on which `backward` was called.

use lang::Machine;
use protocol::program::LossPoint;

use crate::player::{MOST_LOSSES, Player};
use crate::recorder::Loss;

/// Losses that are read at a time: each takes a while on a GPU.
const AT_A_TIME: usize = 64;

/// Reads these losses, of many some, and puts them behind those that are known; of more than `most`, every other one is dropped. Whether
/// there were any.
pub(crate) async fn read(fresh: &[Loss], points: &mut Vec<LossPoint>, most: usize) -> bool {
    let known = points.len();
    let stride = fresh.len().div_ceil(AT_A_TIME).max(1);
    let last = fresh.len().saturating_sub(1);
    for (i, loss) in fresh.iter().enumerate() {
        if !(last - i).is_multiple_of(stride) {
            continue;
        }
        let (Some(clock), Ok(data)) = (loss.clock, loss.value.read().await) else { continue };
        if let Some(value) = crate::numbers::values(data).first() {
            points.push(LossPoint { clock, steps: loss.steps, value: *value });
        }
    }
    let changed = points.len() > known;
    if points.len() > most {
        let mut keep = false;
        points.retain(|_| {
            keep = !keep;
            keep
        });
    }
    changed
}

impl Player {
    /// Reads the losses since this was called last; of many, some. What was known before is thinned out when it becomes too much.
    pub async fn read_losses(&mut self) {
        let fresh = self.recorder.take_losses();
        self.losses_changed |= read(&fresh, &mut self.losses, MOST_LOSSES).await;
    }

    /// All losses up to here, if they have changed since this was called last.
    pub fn take_losses(&mut self) -> Option<Vec<LossPoint>> {
        let clock = self.machine.as_ref().map_or(0, Machine::clock);
        let known = self.losses.partition_point(|loss| loss.clock <= clock);
        std::mem::take(&mut self.losses_changed).then(|| self.losses[..known].to_vec())
    }
}
