//! What the program has put out, the console, and its files: one shows at a time.

mod console;
mod files;
mod printed;

use leptos::prelude::*;

use crate::components::{Page, live, on, watch};
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

impl Tab {
    const ALL: [Self; 3] = [Self::Output, Self::Console, Self::Files];

    fn label(self) -> &'static str {
        match self {
            Self::Output => "Output",
            Self::Console => "Console",
            Self::Files => "Files",
        }
    }

    fn id(self) -> &'static str {
        match self {
            Self::Output => "output-tab",
            Self::Console => "console-tab",
            Self::Files => "files-tab",
        }
    }
}

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
    let tabs = Tab::ALL.into_iter().zip(news).map(|(tab, news)| {
        let selected = move || shown.get() == tab;
        view! {
            <button
                type="button"
                class="tab"
                role="tab"
                id=tab.id()
                data-testid=tab.id()
                aria-controls="output-pane"
                aria-selected=live(move || if selected() { "true" } else { "false" })
                tabindex=live(move || if selected() { "0" } else { "-1" })
                on:click=on(move |_| shown.set(tab))
            >
                {tab.label()}
                <span class="dot" hidden=live(move || !news.get())>
                    <span class="visually-hidden">"new"</span>
                </span>
            </button>
        }
    });
    let turn = move |event: leptos::ev::KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowRight" => 1,
            "ArrowLeft" => Tab::ALL.len() - 1,
            _ => return,
        };
        event.prevent_default();
        let at = Tab::ALL.iter().position(|tab| *tab == shown.get_untracked()).unwrap_or(0);
        let tab = Tab::ALL[(at + by) % Tab::ALL.len()];
        shown.set(tab);
        super::focus(&format!("#{}", tab.id()));
    };
    let hidden = move |tab| live(move || shown.get() != tab);
    view! {
        <div class="output">
            <div class="tabs" role="tablist" aria-label="Output" on:keydown=on(turn)>
                {tabs.collect_view()}
            </div>
            <div
                class="output-pane"
                id="output-pane"
                role="tabpanel"
                aria-labelledby=live(move || shown.get().id())
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
