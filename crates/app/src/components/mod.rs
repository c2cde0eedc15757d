//! The parts of the page. Each shows some signals of [`State`] and sends commands; none keeps a copy of what
//! the worker knows.

mod banner;
pub mod controls;
mod data_status;
pub mod frame;
mod header;
pub mod icon;
mod keys;
mod live;
pub mod pad;
mod pad_change;
mod pad_input;
mod pad_stages;
mod pad_tools;
pub mod prediction;
pub mod tabs;

use leptos::prelude::*;

use crate::engine_link::EngineLink;
use crate::intake;
use crate::place::Place;
use crate::playground::Playground;
use crate::rerun;
use crate::shelf::Shelf;
use crate::state::State;
use crate::theme::ThemeSwitch;
use banner::Banners;
use data_status::{DataProgress, OwnDataLine};
use header::Header;
pub use icon::Icon;
use keys::Keys;
pub use live::{Live, live, on, watch};

/// What every component may read and use.
#[derive(Clone, Copy)]
pub struct Page {
    /// What the worker tells.
    pub state: State,
    /// The line to the worker.
    pub link: EngineLink,
    /// The programs.
    pub shelf: Shelf,
    /// Light or dark.
    pub theme: ThemeSwitch,
    /// Where the address leads.
    pub place: Place,
    /// Whether the list of keys is open.
    pub keys_open: RwSignal<bool>,
}

impl Page {
    /// The page that the component belongs to.
    pub fn get() -> Self {
        expect_context()
    }
}

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let state = State::default();
    let link = EngineLink::start(state);
    let (theme, keys_open) = (ThemeSwitch::start(), RwSignal::new(false));
    let shelf = Shelf::start(state.program);
    let place = Place::follow(state.program, shelf);
    rerun::follow(state, link);
    let page = Page { state, link, shelf, theme, place, keys_open };
    intake::listen(page);
    provide_context(page);
    view! {
        <Header />
        <Banners />
        <DataProgress />
        <OwnDataLine />
        <Playground />
        <Keys />
    }
}
