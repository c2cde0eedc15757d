//! Where the address leads: `#lab` shows digits, with a program that reads them.

use leptos::ev;
use leptos::prelude::*;

use crate::components::watch;
use crate::program::Program;
use crate::shelf::Shelf;

/// The fragment of the address that leads to the digits.
pub const LAB: &str = "#lab";

/// Whether the address leads to the digits.
pub fn is_lab() -> bool {
    window().location().hash().is_ok_and(|fragment| fragment == LAB)
}

/// What was asked for by the address, or by the link to it.
#[derive(Clone, Copy)]
pub struct Place {
    /// Counts how often the digits were asked for: each time, their view shows.
    pub digits: RwSignal<u32>,
}

impl Place {
    /// Follows the address.
    pub fn follow(program: Program, shelf: Shelf) -> Self {
        let place = Self { digits: RwSignal::new(u32::from(is_lab())) };
        let answered = StoredValue::new(0);
        watch(move || {
            let asked = place.digits.get();
            // While the page starts, nothing may be open yet.
            if program.opened.get() > 0 && answered.get_value() != asked {
                answered.set_value(asked);
                shelf.open_digits();
            }
        });
        let listener = window_event_listener(ev::hashchange, move |_| {
            if is_lab() {
                place.show_digits();
            }
        });
        on_cleanup(move || listener.remove());
        place
    }

    /// Shows the digits.
    pub fn show_digits(&self) {
        self.digits.update(|count| *count = count.wrapping_add(1));
    }
}
