//! The top of the page: its name, which backend computes, and the switches for backend and theme.

use leptos::prelude::*;
use protocol::{BackendChoice, BackendKind, BackendReport, Command};

use super::Page;
use super::icon::{self, ChangingIcon};
use super::live::{live, on};
use crate::place::{LAB, is_lab};
use crate::playground::{ProgramMenu, Transport};
use crate::state::Engine;
use crate::theme::Theme;

/// The backends that can be chosen, their handles and names.
const CHOICES: [(BackendChoice, &str, &str); 3] = [
    (BackendChoice::Auto, "auto", "Auto"),
    (BackendChoice::WebGpu, "webgpu", "WebGPU"),
    (BackendChoice::Cpu, "cpu", "CPU"),
];

/// The header.
#[component]
pub fn Header() -> impl IntoView {
    let page = Page::get();
    view! {
        <header class="header">
            <div class="brand">
                <Logo />
                <h1>"Seegrad"</h1>
            </div>
            <DigitsLink />
            <ProgramMenu />
            <Transport />
            <Backend />
            <BackendSwitch />
            <ThemeButton />
            <button
                class="button icon-only quiet"
                type="button"
                aria-label="List of keys"
                title="List of keys (?)"
                on:click=on(move |_| page.keys_open.set(true))
            >
                <span aria-hidden="true">"?"</span>
            </button>
        </header>
    }
}

/// The link to the digits, and a program that reads them.
#[component]
fn DigitsLink() -> impl IntoView {
    let place = Page::get().place;
    let again = move |_| {
        // Otherwise the address changes, which is noticed.
        if is_lab() {
            place.show_digits();
        }
    };
    view! {
        <nav class="views" aria-label="Views">
            <a href=LAB data-testid="view-lab" title="Draw digits for a model that you train" on:click=on(again)>"MNIST"</a>
        </nav>
    }
}

#[component]
fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 24 24" aria-hidden="true">
            <path class="logo-edge" d="M5.5 6.5 12 17.5 18.5 6.5" />
            <circle class="logo-negative" cx="5" cy="6" r="3.2" />
            <circle class="logo-positive" cx="19" cy="6" r="3.2" />
            <circle class="logo-node" cx="12" cy="18" r="3.2" />
        </svg>
    }
}

fn kind(report: &BackendReport) -> (&'static str, &'static str) {
    match report.active {
        BackendKind::Cpu => ("cpu", "CPU"),
        BackendKind::WebGpu => ("webgpu", "WebGPU"),
    }
}

#[component]
fn Backend() -> impl IntoView {
    let Page { state, .. } = Page::get();
    let report = move || state.backend.get();
    let handle = move || report().map(|report| kind(&report).0);
    let name = move || match (report(), state.engine.get()) {
        (Some(report), _) => kind(&report).1,
        (None, Engine::GivenUp) => "No engine",
        (None, _) => "Starting…",
    };
    let detail = move || report().map(|report| report.name).unwrap_or_default();
    let reason = move || report().and_then(|report| report.reason).unwrap_or_default();
    view! {
        <div class="backend" data-testid="backend" data-backend=live(handle) role="status">
            <p class="backend-name">
                <strong>{live(name)}</strong>
                " "
                <span>{live(detail)}</span>
            </p>
            <p class="backend-reason" data-testid="backend-reason" title=live(reason) hidden=live(move || reason().is_empty())>
                {live(reason)}
            </p>
        </div>
    }
}

#[component]
fn BackendSwitch() -> impl IntoView {
    let Page { state, link, .. } = Page::get();
    let choose = move |handle: &str| {
        if let Some((choice, ..)) = CHOICES.into_iter().find(|(_, name, _)| *name == handle) {
            state.choice.set(choice);
            link.send(&Command::SelectBackend(choice));
        }
    };
    let options = CHOICES.map(|(choice, handle, name)| {
        view! { <option value=handle selected=live(move || state.choice.get() == choice)>{name}</option> }
    });
    view! {
        <label class="backend-switch">
            <span class="label">"Backend"</span>
            <select
                data-testid="backend-select"
                prop:value=live(move || CHOICES.into_iter().find(|(c, ..)| *c == state.choice.get()).map(|(_, handle, _)| handle))
                on:change=on(move |event| choose(&event_target_value(&event)))
            >
                {options}
            </select>
        </label>
    }
}

#[component]
fn ThemeButton() -> impl IntoView {
    let choice = Page::get().theme.choice;
    let path = live(move || match choice.get() {
        Theme::System => icon::THEME_SYSTEM,
        Theme::Light => icon::THEME_LIGHT,
        Theme::Dark => icon::THEME_DARK,
    });
    let name = move || format!("Theme: {}. Switch to {}.", choice.get().name(), choice.get().next().name());
    view! {
        <button
            class="button icon-only quiet"
            type="button"
            data-testid="theme"
            data-theme-choice=live(move || Some(choice.get().name()))
            aria-label=live(name)
            title=live(name)
            on:click=on(move |_| choice.update(|theme| *theme = theme.next()))
        >
            <ChangingIcon path />
        </button>
    }
}
