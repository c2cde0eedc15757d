//! The parts of the page. Each shows some signals of [`State`] and sends commands; none keeps a copy of what
//! the worker knows.

mod banner;
mod charts;
mod data_status;
mod figures;
mod frame;
mod header;
mod icon;
mod keys;
mod live;
mod pad;
mod pad_input;
mod pad_tools;
mod prediction;
mod settings;
mod templates;
mod training;

use leptos::prelude::*;

use crate::engine_link::EngineLink;
use crate::state::State;
use crate::theme::ThemeSwitch;
use banner::Banners;
use charts::Charts;
use data_status::DataProgress;
use header::Header;
use keys::Keys;
pub use live::watch;
use pad::PadPanel;
use templates::Templates;
use training::TrainingPanel;

/// What every component may read and use.
#[derive(Clone, Copy)]
struct Page {
    state: State,
    link: EngineLink,
    theme: ThemeSwitch,
    /// Whether the list of keys is open.
    keys_open: RwSignal<bool>,
}

impl Page {
    /// The page that the component belongs to.
    fn get() -> Self {
        expect_context()
    }
}

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let state = State::default();
    let link = EngineLink::start(state);
    provide_context(Page { state, link, theme: ThemeSwitch::start(), keys_open: RwSignal::new(false) });
    view! {
        <Header />
        <DataProgress />
        <Banners />
        <main class="desk">
            <TrainingPanel />
            <Charts />
            <Templates />
            <PadPanel />
        </main>
        <Keys />
    }
}
