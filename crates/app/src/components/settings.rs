//! The settings of a run. What is typed takes effect when the field is left or Enter is pressed, so that half a
//! number resets nothing; what is wrong is said at once, and stays as it was typed.

use leptos::prelude::*;
use protocol::{Command, Settings};

use super::Page;
use super::live::{live, on, watch};
use crate::form::{Field, INITS};

fn apply(page: Page, settings: Settings) {
    let before = page.state.settings.get_untracked();
    if settings != before {
        page.state.settings.set(settings);
        page.link.send(&Command::Configure(settings));
    }
}

/// The form.
#[component]
pub fn SettingsForm() -> impl IntoView {
    view! {
        <form class="settings" aria-labelledby="settings-title" on:submit=on(|event: leptos::ev::SubmitEvent| event.prevent_default())>
            <h3 id="settings-title">"Settings"</h3>
            {Field::ALL.map(|field| view! { <TextSetting field /> })}
            <InitSetting />
            <p class="hint">"A new batch size, seed or start begins again at step 0."</p>
        </form>
    }
}

#[component]
fn TextSetting(field: Field) -> impl IntoView {
    let page = Page::get();
    let settings = page.state.settings;
    let text = RwSignal::new(field.text(&settings.get_untracked()));
    // Settings change elsewhere too, when a run goes on from a checkpoint: the text follows the value then.
    let in_force = Memo::new(move |_| field.text(&settings.get()));
    watch(move || text.set(in_force.get()));
    let error = Memo::new(move |_| field.read(&text.get(), settings.get()).err());
    let error_id = format!("{}-error", field.id());
    let commit = move |_| {
        if let Ok(settings) = field.read(&text.get_untracked(), settings.get_untracked()) {
            apply(page, settings);
        }
    };
    let message =
        move || error.get().map(|why| format!("{why} In force: {}.", in_force.get())).unwrap_or_default();
    view! {
        <div class="setting">
            <label for=field.id()>{field.label()}</label>
            <input
                id=field.id()
                data-testid=field.id()
                type="text"
                inputmode=field.input_mode()
                autocomplete="off"
                spellcheck="false"
                aria-invalid=live(move || error.get().is_some().then_some("true"))
                aria-describedby=error_id.clone()
                prop:value=live(move || text.get())
                on:input=on(move |event| text.set(event_target_value(&event)))
                on:change=on(commit)
            />
            <p class="message error" id=error_id role="status" hidden=live(move || error.get().is_none())>
                {live(message)}
            </p>
        </div>
    }
}

#[component]
fn InitSetting() -> impl IntoView {
    let page = Page::get();
    let settings = page.state.settings;
    let chosen = move || {
        INITS.into_iter().find(|(init, ..)| *init == settings.get().init).map(|(_, handle, _)| handle)
    };
    let choose = move |handle: &str| {
        if let Some((init, ..)) = INITS.into_iter().find(|(_, name, _)| *name == handle) {
            apply(page, Settings { init, ..settings.get_untracked() });
        }
    };
    let options = INITS.map(|(init, handle, name)| {
        view! { <option value=handle selected=live(move || settings.get().init == init)>{name}</option> }
    });
    view! {
        <div class="setting">
            <label for="init">"Initial weights"</label>
            <select
                id="init"
                data-testid="init"
                prop:value=live(chosen)
                on:change=on(move |event| choose(&event_target_value(&event)))
            >
                {options}
            </select>
        </div>
    }
}
