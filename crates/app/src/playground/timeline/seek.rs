//! Going to a moment while a finger moves over the timeline: one question is under way at a time, and the newest place wins.

use leptos::prelude::*;
use protocol::Command;
use protocol::program::ProgramCommand;

use crate::components::{Page, watch};
use crate::engine_link::performance_now;
use crate::requests::Requests;

/// Asks for moments.
#[derive(Clone, Copy)]
pub struct Seeker {
    page: Page,
    /// Where the handle is held, until the run has come there.
    pub held: RwSignal<Option<u64>>,
    dragging: StoredValue<bool>,
    requests: StoredValue<(Requests, u32)>,
}

impl Seeker {
    /// Nothing is asked for yet.
    pub fn new() -> Self {
        let seeker = Self {
            page: Page::get(),
            held: RwSignal::new(None),
            dragging: StoredValue::new(false),
            requests: StoredValue::new((Requests::default(), 0)),
        };
        watch(move || {
            seeker.page.state.program.position.track();
            seeker.arrived();
        });
        watch(move || {
            // What was refused, or asked of a worker that is gone, is not answered.
            seeker.page.state.refusal.track();
            seeker.page.state.crash.track();
            seeker.requests.update_value(|(requests, _)| requests.give_up());
            seeker.held.set(None);
        });
        seeker
    }

    /// The handle is to be here. While it is dragged, it stays where the finger is, wherever the run may be.
    pub fn hold(self, clock: u64, dragging: bool) {
        self.dragging.set_value(dragging);
        if self.held.get_untracked() != Some(clock) {
            self.held.set(Some(clock));
            request_animation_frame(move || self.ask());
        }
    }

    /// The finger was lifted.
    pub fn let_go(self) {
        self.dragging.set_value(false);
    }

    fn ask(self) {
        let Some(clock) = self.held.get_untracked() else { return };
        let id = self.requests.try_update_value(|(requests, newest)| {
            let id = requests.ask(performance_now());
            *newest = id.unwrap_or(*newest);
            id
        });
        if id.flatten().is_some() {
            self.page.link.send(&Command::Program(ProgramCommand::Seek { clock }));
        }
    }

    /// The run reported where it stands.
    fn arrived(self) {
        let again = self.requests.try_update_value(|(requests, newest)| {
            let id = *newest;
            requests.answered(id)
        });
        if again == Some(true) {
            request_animation_frame(move || self.ask());
        } else if !self.dragging.get_value() {
            self.held.set(None);
        }
    }
}
