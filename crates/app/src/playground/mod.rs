//! The playground: the text of a program and the graph that it records, side by side, with everything that can be asked of either.

mod editor;
mod graph;
mod inspector;
mod lesson;
mod menu;
mod output;
mod pane;
mod timeline;
mod transport;

use leptos::prelude::*;

use crate::components::{Page, live, watch};
use editor::Editor;
use graph::GraphView;
use inspector::Inspector;
use lesson::AboveEditor;
pub use menu::ProgramMenu;
use output::OutputPanel;
use pane::{Pane, PaneTabs};
use timeline::Timeline;
pub use transport::Transport;

/// The panes of the playground. Below 760 px, one of them shows at a time.
#[component]
pub fn Playground() -> impl IntoView {
    let shown = RwSignal::new(Pane::Graph);
    let shelf = Page::get().shelf;
    watch(move || {
        if shelf.lesson.with(Option::is_some) {
            shown.set(Pane::Code);
        }
    });
    view! {
        <main class="playground" data-shown=live(move || shown.get().name())>
            <section class="panel pane-code" aria-label="Program">
                <AboveEditor />
                <Editor />
            </section>
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
