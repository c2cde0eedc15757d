//! The parts of the page. Each shows some signals of [`State`] and sends commands; none keeps a copy of what
//! the worker knows.

mod banner;
mod charts;
mod data_status;
mod figures;
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
mod prediction;
mod settings;
mod templates;
mod training;

use leptos::prelude::*;
use protocol::{Command, Reader};

use crate::engine_link::EngineLink;
use crate::place::View;
use crate::playground::Playground;
use crate::rerun;
use crate::shelf::Shelf;
use crate::state::{Engine, State};
use crate::theme::ThemeSwitch;
use banner::Banners;
use charts::Charts;
use data_status::DataProgress;
use header::Header;
pub use icon::Icon;
use keys::Keys;
pub use live::{Live, live, on, watch};
use pad::PadPanel;
use templates::Templates;
use training::TrainingPanel;

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
    /// Which view shows.
    pub view: RwSignal<View>,
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
    let shown = View::follow_address();
    let (theme, keys_open) = (ThemeSwitch::start(), RwSignal::new(false));
    let shelf = Shelf::start(state.program);
    rerun::follow(state, link);
    provide_context(Page { state, link, shelf, theme, view: shown, keys_open });
    let body = move || match shown.get() {
        View::Playground => view! { <Playground /> }.into_any(),
        View::Lab => view! { <Lab /> }.into_any(),
    };
    view! {
        <Header />
        <Banners />
        {body}
        <Keys />
    }
}

/// The MNIST lab.
#[component]
fn Lab() -> impl IntoView {
    let Page { state, link, .. } = Page::get();
    watch(move || {
        if state.engine.get() == Engine::Alive && state.data.with(Option::is_none) {
            link.send(&Command::LoadData);
        }
    });
    view! {
        <DataProgress />
        <main class="desk">
            <TrainingPanel />
            <Charts />
            <Templates />
            <PadPanel by=Reader::Lab />
        </main>
    }
}
