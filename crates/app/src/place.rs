//! Which view of the page shows: the playground, or the MNIST lab.

use leptos::ev;
use leptos::prelude::*;

/// A view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Program and graph.
    #[default]
    Playground,
    /// Training on MNIST.
    Lab,
}

/// The fragment of the address that opens the lab.
pub const LAB: &str = "#lab";

impl View {
    /// What the address asks for.
    fn of_address() -> Self {
        let fragment = window().location().hash().unwrap_or_default();
        if fragment == LAB { Self::Lab } else { Self::Playground }
    }

    /// The view of the address, also when that changes.
    pub fn follow_address() -> RwSignal<Self> {
        let view = RwSignal::new(Self::of_address());
        // The page has one view for as long as it lives: the listener is never removed.
        let listener = window_event_listener(ev::hashchange, move |_| view.set(Self::of_address()));
        on_cleanup(move || listener.remove());
        view
    }
}
