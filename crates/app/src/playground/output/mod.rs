//! What the program has put out, the console, and its files: one shows at a time.

mod console;
mod files;
mod printed;

use leptos::prelude::*;

use crate::components::{Page, live, tabs, watch};
use console::ConsoleView;
use files::Files;
use printed::Printed;

/// What the panel shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tab {
    Output,
    Console,
    Files,
}

/// The tabs, their handles and names.
const TABS: [tabs::Tab<Tab>; 3] = [
    (Tab::Output, "output-tab", "Output"),
    (Tab::Console, "console-tab", "Console"),
    (Tab::Files, "files-tab", "Files"),
];

/// The output panel.
#[component]
pub fn OutputPanel() -> impl IntoView {
    let program = Page::get().state.program;
    let shown = RwSignal::new(Tab::Output);
    let news = [
        news(shown, Tab::Output, move || program.output.with(Vec::len)),
        news(shown, Tab::Console, move || program.answers.with(Vec::len)),
        news(shown, Tab::Files, move || program.saved.with(Vec::len)),
    ];
    let dot = move |tab: Tab| {
        let news = news[tab as usize];
        view! {
            <span class="dot" hidden=live(move || !news.get())>
                <span class="visually-hidden">"new"</span>
            </span>
        }
        .into_any()
    };
    let hidden = move |tab| live(move || shown.get() != tab);
    view! {
        <div class="output">
            {tabs::tabs("Output", "output-pane", &TABS, shown, dot)}
            <div
                class="output-pane"
                id="output-pane"
                role="tabpanel"
                aria-labelledby=live(move || tabs::chosen(&TABS, &shown.get()))
            >
                <div class="output-body" hidden=hidden(Tab::Output)><Printed /></div>
                <div class="output-body" hidden=hidden(Tab::Console)><ConsoleView /></div>
                <div class="output-body" hidden=hidden(Tab::Files)><Files /></div>
            </div>
        </div>
    }
}

/// Whether more has come under a tab since it was last looked at.
fn news(shown: RwSignal<Tab>, tab: Tab, size: impl Fn() -> usize + 'static) -> RwSignal<bool> {
    let news = RwSignal::new(false);
    let seen = StoredValue::new(untrack(&size));
    watch(move || {
        let size = size();
        if shown.get() == tab {
            news.set(false);
        } else if size > seen.get_value() {
            news.set(true);
        }
        seen.set_value(size);
    });
    news
}
