//! The model is measured now and then while it is trained.

use playground::{Labelled, Player};
use protocol::program::LabEvent;

use super::tell;
use crate::pace::now;
use crate::sets::{Half, Sets};

/// Images of each set that it reads.
const IMAGES: u32 = 1000;
/// The time between two measurements, at least, and as a multiple of what one takes: training goes on at nearly its full speed.
const PAUSE_MS: f64 = 700.0;
const PAUSES: f64 = 10.0;

/// Whether and when the model is measured.
#[derive(Default)]
pub(crate) struct Watch {
    on: bool,
    due: f64,
    /// The clock of the last measurement.
    measured: Option<u64>,
}

impl Watch {
    /// Begins to measure, or ends.
    pub(crate) fn set(&mut self, on: bool) {
        self.on = on;
        self.due = 0.0;
    }

    /// Another program has begun.
    pub(crate) fn begin(&mut self) {
        self.due = 0.0;
        self.measured = None;
    }

    /// Measures, if it is time: a run that has stopped is measured at once.
    pub(crate) async fn slice(&mut self, player: &Player, sets: &Sets) {
        let position = player.position();
        let stands = !player.is_running();
        if !self.on || position.steps == 0 || self.measured == Some(position.clock) {
            return;
        }
        let complete = sets.train.is_complete() && sets.test.is_complete();
        if !complete || !stands && now() < self.due {
            return;
        }
        let began = now();
        let measured = player.measure(&some(&sets.train), &some(&sets.test)).await;
        let ended = now();
        self.measured = Some(position.clock);
        self.due = ended + ((ended - began) * PAUSES).max(PAUSE_MS);
        if let Ok(measured) = measured {
            tell(LabEvent::Measured(Box::new(measured)));
        }
    }
}

/// The first images of a set.
fn some(half: &Half) -> Labelled<'_> {
    let images = (0..IMAGES.min(half.len())).filter_map(|index| half.get(index as usize));
    let (images, labels) = images.unzip();
    Labelled { images, labels }
}
