//! What the page knows of the program's model: a signal for each thing that is told of it, and what is chosen in its views.

use std::sync::Arc;

use leptos::prelude::*;
use protocol::program::{Images, Kept, LabEvent, Looked, Measured, Tested};
use protocol::{Drawing, Photo, Pixels};

/// Measurements that are kept; of more, every other one is dropped.
const MOST: usize = 400;

/// The signals. Cheap to copy: each is a handle.
#[derive(Clone, Copy)]
pub struct Lab {
    /// What it makes of the test set, as far as it has read it.
    pub tested: RwSignal<Option<Arc<Tested>>>,
    /// What happens inside it with what is on the pad.
    pub looked: RwSignal<Option<Arc<Looked>>>,
    /// How it did at moments of its training, by their steps.
    pub measured: RwSignal<Arc<Vec<Measured>>>,
    /// The image that was changed so that it is read wrong, or why there is none.
    pub fooled: RwSignal<Option<Result<Pixels, String>>>,
    /// What was done to it last, or why not.
    pub changed: RwSignal<Option<Result<String, String>>>,
    /// What there is to say about it.
    pub card: RwSignal<Arc<Vec<(String, String)>>>,
    /// Images of the data set.
    pub images: RwSignal<Option<Arc<Images>>>,
    /// What is kept of a training of this program.
    pub kept: RwSignal<Option<Kept>>,
    /// A picture of the user's that was put on the pad.
    pub photo: RwSignal<Option<Photo>>,
    /// An image that is to be put on the pad.
    pub put: RwSignal<Option<Pixels>>,
    /// What is on the pad.
    pub drawing: RwSignal<Option<Drawing>>,
    /// The digit that all views are about, if one was chosen.
    pub digit: RwSignal<Option<u8>>,
    /// Counts how often versions side by side were asked for.
    pub compare: RwSignal<u32>,
    /// Whether edits take effect in the run that is under way.
    pub live: RwSignal<bool>,
}

impl Default for Lab {
    fn default() -> Self {
        Self {
            tested: RwSignal::new(None),
            looked: RwSignal::new(None),
            measured: RwSignal::new(Arc::default()),
            fooled: RwSignal::new(None),
            changed: RwSignal::new(None),
            card: RwSignal::new(Arc::default()),
            images: RwSignal::new(None),
            kept: RwSignal::new(None),
            photo: RwSignal::new(None),
            put: RwSignal::new(None),
            drawing: RwSignal::new(None),
            digit: RwSignal::new(None),
            compare: RwSignal::new(0),
            live: RwSignal::new(false),
        }
    }
}

impl Lab {
    /// Takes in what the worker tells.
    pub fn apply(&self, event: LabEvent) {
        match event {
            LabEvent::Measured(measured) => {
                self.measured.update(|all| remember(Arc::make_mut(all), *measured));
            }
            LabEvent::Tested(tested) => self.tested.set(Some(Arc::from(tested))),
            LabEvent::Looked(looked) => self.looked.set(Some(Arc::from(looked))),
            LabEvent::Fooled(image) => self.fooled.set(Some(image)),
            LabEvent::Changed(what) => self.changed.set(Some(what)),
            LabEvent::Card(facts) => self.card.set(Arc::new(facts)),
            LabEvent::Images(images) => self.images.set(Some(Arc::from(images))),
            LabEvent::Kept(kept) => {
                // It is told when a run begins.
                self.begin();
                self.kept.set(kept);
            }
        }
    }

    /// Another run has begun.
    fn begin(&self) {
        self.measured.set(Arc::default());
        self.tested.set(None);
        self.changed.set(None);
    }
}

/// Puts a measurement behind those before it: what came later belongs to a run that was taken back.
fn remember(all: &mut Vec<Measured>, measured: Measured) {
    all.retain(|known| known.steps < measured.steps);
    all.push(measured);
    if all.len() > MOST {
        let mut keep = false;
        all.retain(|_| {
            keep = !keep;
            keep
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(steps: u64) -> Measured {
        Measured { clock: steps, steps, images: 1, train: (1.0, 0.5), test: (1.0, 0.5), spreads: Vec::new() }
    }

    #[test]
    fn measurements_of_what_was_taken_back_are_dropped() {
        let mut all = Vec::new();
        for steps in [1, 5, 9, 5] {
            remember(&mut all, at(steps));
        }
        assert_eq!(all.iter().map(|measured| measured.steps).collect::<Vec<_>>(), [1, 5]);
    }

    #[test]
    fn of_many_measurements_half_is_kept() {
        let mut all = Vec::new();
        (0..=MOST as u64).for_each(|steps| remember(&mut all, at(steps)));
        assert_eq!((all.len(), all[0].steps, all[MOST / 2].steps), (MOST / 2 + 1, 0, MOST as u64));
    }
}
