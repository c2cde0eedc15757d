//! Messages across the page: the worker failed, or a command was refused.

use leptos::prelude::*;

use super::Page;
use super::icon::{self, Icon};
use super::live::{live, on};
use crate::state::Engine;

/// All messages that are due.
#[component]
pub fn Banners() -> impl IntoView {
    let Page { state, .. } = Page::get();
    // A live region must be there before what it is to announce.
    view! {
        <div class="banners" role="alert">
            {live(move || state.crash.get().map(|message| view! { <CrashBanner message /> }.into_any()))}
            {live(move || state.refusal.get().map(|message| view! { <RefusalBanner message /> }.into_any()))}
        </div>
    }
}

#[component]
fn CrashBanner(message: String) -> impl IntoView {
    let Page { state, link, .. } = Page::get();
    let given_up = move || state.engine.get() == Engine::GivenUp;
    let program = state.program;
    let again = move |_| {
        program.lost.set(None);
        state.crash.set(None);
    };
    let outcome = move || match state.engine.get() {
        Engine::Starting => "It is being started again.",
        Engine::Alive if program.is_lost() => "It was started again: the run is lost, the program is not.",
        Engine::Alive => "It was started again.",
        Engine::GivenUp => "It was not started again, because it stopped three times within 30 seconds.",
    };
    view! {
        <div class="banner error" data-testid="problem">
            <Icon path=icon::WARNING />
            <p>
                <strong>{format!("The engine stopped: {message}. ")}</strong>
                {live(outcome)}
            </p>
            {live(move || program.is_lost().then(|| view! {
                <button
                    class="button"
                    type="button"
                    data-testid="run-again"
                    disabled=live(move || state.engine.get() != Engine::Alive)
                    on:click=on(again)
                >
                    "Run the program again"
                </button>
            }.into_any()))}
            {live(move || given_up().then(|| view! {
                <button class="button" type="button" data-testid="restart" on:click=on(move |_| link.restart())>
                    "Restart the engine"
                </button>
            }.into_any()))}
            <Dismiss on_click=move || state.crash.set(None) />
        </div>
    }
}

#[component]
fn RefusalBanner(message: String) -> impl IntoView {
    let Page { state, .. } = Page::get();
    view! {
        <div class="banner" data-testid="refusal">
            <Icon path=icon::WARNING />
            <p>{message}</p>
            <Dismiss on_click=move || state.refusal.set(None) />
        </div>
    }
}

/// A button that takes a message away.
#[component]
pub fn Dismiss(on_click: impl Fn() + 'static) -> impl IntoView {
    view! {
        <button
            class="button icon-only quiet"
            type="button"
            aria-label="Dismiss this message"
            title="Dismiss this message"
            on:click=on(move |_| on_click())
        >
            <Icon path=icon::CROSS />
        </button>
    }
}
