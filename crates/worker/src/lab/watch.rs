//! The model is measured now and then while it is trained.

use playground::{Labelled, Player};
use protocol::program::LabEvent;

use super::tell;
use crate::pace::now;
use crate::sets::{Half, Sets};

/// Images of each set that it reads.
const IMAGES: u32 = 1000;
/// The time between two measurements: at least so many times what one takes, so that training goes on at nearly its full
/// speed; and less at the beginning, when much changes, than later.
const PAUSES: f64 = 10.0;
const PAUSE_MS: f64 = 700.0;
const PAUSE_OF_RUN: f64 = 0.1;

/// Whether and when the model is measured.
#[derive(Default)]
pub(crate) struct Watch {
    on: bool,
    /// When the run was first seen under way.
    since: Option<f64>,
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
        self.since = None;
        self.measured = None;
    }

    /// Measures, if it is time: a run that has stopped is measured at once.
    pub(crate) async fn slice(&mut self, player: &Player, sets: &Sets) {
        let position = player.position();
        let stands = !player.is_running();
        if !self.on || position.steps == 0 || self.measured == Some(position.clock) {
            return;
        }
        let since = *self.since.get_or_insert_with(now);
        let complete = sets.train.is_complete() && sets.test.is_complete();
        if !complete || !stands && now() < self.due {
            return;
        }
        let began = now();
        let measured = player.measure(&some(&sets.train), &some(&sets.test)).await;
        let ended = now();
        self.measured = Some(position.clock);
        let pause = ((ended - since) * PAUSE_OF_RUN).min(PAUSE_MS);
        self.due = ended + pause.max((ended - began) * PAUSES);
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
