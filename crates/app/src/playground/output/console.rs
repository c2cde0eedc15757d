//! The console: expressions, computed where the run stands.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use protocol::Command;
use protocol::program::ProgramCommand;

use super::printed::Blocks;
use crate::components::{Page, live, on, watch};
use crate::console::Entry;
use crate::tail::Tail;

/// What was asked and answered, and the line to ask.
#[component]
pub fn ConsoleView() -> impl IntoView {
    let page = Page::get();
    let program = page.state.program;
    let text = RwSignal::new(String::new());
    let frame = NodeRef::<html::Div>::new();
    watch(move || {
        program.answers.track();
        program.console.track();
        request_animation_frame(move || {
            if let Some(frame) = frame.get_untracked() {
                frame.set_scroll_top(frame.scroll_height());
            }
        });
    });
    let enter = move || {
        let typed = text.get_untracked();
        if let Some(id) = program.console.try_update(|console| console.enter(&typed)).flatten() {
            page.link.send(&Command::Program(ProgramCommand::Evaluate { id, text: typed }));
            text.set(String::new());
        }
    };
    let key = move |event: KeyboardEvent| {
        let found = match event.key().as_str() {
            // The Enter that ends the composition of a character is none.
            "Enter" if !event.is_composing() => {
                enter();
                None
            }
            "ArrowUp" => program.console.try_update(|console| console.older(&text.get_untracked())).flatten(),
            "ArrowDown" => program.console.try_update(|console| console.newer()).flatten(),
            _ => return,
        };
        event.prevent_default();
        if let Some(found) = found {
            text.set(found);
        }
    };
    let empty = Memo::new(move |_| program.console.with(|console| console.entries.is_empty()));
    view! {
        <div class="console-log" node_ref=frame role="log" aria-label="Answers" tabindex="0" data-testid="console">
            <p class="hint empty" hidden=live(move || !empty.get())>
                "Type an expression, such as w.grad, to see what it is at this moment of the run."
            </p>
            <For
                each=move || program.console.with(|console| console.entries.clone())
                key=|entry| entry.id
                children=|entry| view! { <Exchange entry /> }
            />
        </div>
        <label class="console-line">
            <span class="mono" aria-hidden="true">">>>"</span>
            <input
                class="mono"
                type="text"
                data-testid="console-input"
                aria-label="Expression to evaluate"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                enterkeyhint="go"
                prop:value=live(move || text.get())
                on:input=on(move |event| text.set(event_target_value(&event)))
                on:keydown=on(key)
            />
        </label>
    }
}

/// A question and its answer.
#[component]
fn Exchange(entry: Entry) -> impl IntoView {
    let program = Page::get().state.program;
    let id = entry.id;
    let answer = Memo::new(move |_| {
        program.answers.with(|answers| {
            answers.iter().rev().find(|answer| answer.id == id).map(|answer| Tail::of(&answer.output))
        })
    });
    let blocks = Signal::derive(move || {
        answer.with(|tail| tail.as_ref().map(|t| t.blocks.clone()).unwrap_or_default())
    });
    view! {
        <div class="exchange">
            <pre class="typed"><span aria-hidden="true">">>> "</span>{entry.text}</pre>
            <p class="hint" hidden=live(move || answer.with(Option::is_some))>"…"</p>
            <Blocks blocks />
        </div>
    }
}
