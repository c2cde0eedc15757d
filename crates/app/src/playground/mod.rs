//! The playground: the text of a program and the graph that it records, side by side, with everything that can be asked of either.

mod divider;
mod editor;
mod graph;
mod inspector;
mod kernels;
mod lab;
mod lesson;
mod menu;
mod output;
mod pane;
mod profile;
mod race;
mod timeline;
mod transport;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::components::{Page, live, watch};
use divider::{Border, Divider};
use editor::Editor;
pub use editor::KEYS as EDITOR_KEYS;
use graph::GraphView;
use inspector::Inspector;
use lesson::AboveEditor;
pub use menu::ProgramMenu;
use output::OutputPanel;
use pane::{Pane, PaneTabs};
use timeline::Timeline;
pub use transport::Transport;

/// What the page's keys do here.
pub mod deeds {
    pub use super::inspector::close as close_inspector;
    pub use super::transport::{run_or_pause, step, step_back};
}

/// Gives the focus to the first element of these that can be seen.
pub fn focus(selector: &str) {
    let Ok(found) = document().query_selector_all(selector) else { return };
    let elements = (0..found.length()).filter_map(|at| found.get(at)?.dyn_into::<Element>().ok());
    for element in elements.filter(|element| element.get_client_rects().length() > 0) {
        let focus = js_sys::Reflect::get(&element, &"focus".into()).ok();
        // Elements of SVG take the focus too, though their interface has another name.
        if let Some(focus) = focus.and_then(|focus| focus.dyn_into::<js_sys::Function>().ok()) {
            let _ = focus.call0(&element);
            return;
        }
    }
}

/// The panes of the playground. Below 760 px, one of them shows at a time.
#[component]
pub fn Playground() -> impl IntoView {
    let shown = RwSignal::new(Pane::Graph);
    let Page { shelf, place, .. } = Page::get();
    let shares = divider::shares();
    watch(move || {
        if shelf.lesson.with(Option::is_some) {
            shown.set(Pane::Code);
        }
    });
    watch(move || {
        if place.digits.get() > 0 {
            shown.set(Pane::Graph);
        }
    });
    view! {
        <main class="playground" data-shown=live(move || shown.get().name()) style=live(move || divider::style(shares))>
            <section class="panel pane-code" aria-label="Program">
                <AboveEditor />
                <Editor />
            </section>
            <Divider shares border=Border::Width />
            <Divider shares border=Border::Height />
            <section class="panel pane-output" aria-label="Output">
                <OutputPanel />
            </section>
            <section class="panel pane-graph" aria-label="Graph">
                <GraphView />
            </section>
            <Inspector />
            <section class="panel pane-time" aria-label="Time">
                <Timeline />
            </section>
            <PaneTabs shown />
        </main>
    }
}
