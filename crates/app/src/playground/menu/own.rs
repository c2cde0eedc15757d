//! The user's programs: the name of the open one, what can be done with it, and the list.

use leptos::prelude::*;

use super::drop_down::Open;
use crate::components::icon::CROSS;
use crate::components::{Icon, Page, live, on};
use crate::shelf::{Saved, Source};

/// The open program and the user's others.
#[component]
pub fn OwnPrograms(open: RwSignal<Option<Open>>) -> impl IntoView {
    let shelf = Page::get().shelf;
    let own = move || matches!(shelf.source.get(), Source::Own(_));
    let create = move |_| {
        open.set(None);
        shelf.create();
    };
    let duplicate = move |_| {
        open.set(None);
        shelf.duplicate();
    };
    let hint = move || match shelf.source.get() {
        Source::Own(_) => "Saved in this browser as you type.",
        Source::Lesson(_) => "A lesson. Give it another name to keep a copy as your own.",
        _ => "Not among your programs yet: it will be as soon as you change it.",
    };
    view! {
        <label class="menu-name">
            <span class="hint">"Name"</span>
            <input
                data-testid="program-name"
                maxlength="60"
                autocomplete="off"
                prop:value=live(move || shelf.title.get())
                on:change=on(move |event| shelf.rename(&event_target_value(&event)))
            />
        </label>
        <p class="hint">{live(hint)}</p>
        <div class="menu-row">
            <button type="button" class="button" data-testid="program-new" on:click=on(create)>"New"</button>
            <button type="button" class="button" data-testid="program-duplicate" on:click=on(duplicate)>"Duplicate"</button>
            <button
                type="button"
                class="button"
                data-testid="program-delete"
                disabled=live(move || !own())
                on:click=on(move |_| {
                    if let Source::Own(id) = shelf.source.get_untracked() {
                        shelf.delete(id);
                    }
                })
            >
                "Delete"
            </button>
        </div>
        <h2 class="menu-topic">"My programs"</h2>
        <ul>
            {live(move || shelf.programs.get().into_iter().map(|saved| view! { <Row saved open /> }.into_any()).collect_view())}
        </ul>
        <p class="hint" hidden=live(move || !shelf.programs.with(Vec::is_empty))>
            "None yet. Change any program, or drop a .py file on the page."
        </p>
    }
}

#[component]
fn Row(saved: Saved, open: RwSignal<Option<Open>>) -> impl IntoView {
    let shelf = Page::get().shelf;
    let id = saved.id;
    let remove = format!("Delete {}", saved.name);
    let act = move |_| {
        open.set(None);
        shelf.open_own(id);
    };
    let current = live(move || shelf.source.with(|open| *open == Source::Own(id)).then_some("true"));
    view! {
        <li class="menu-pair">
            <button type="button" class="menu-item" data-testid="program" aria-current=current on:click=on(act)>
                {saved.name}
            </button>
            <button
                type="button"
                class="button icon-only quiet"
                aria-label=remove.clone()
                title=remove
                on:click=on(move |_| shelf.delete(id))
            >
                <Icon path=CROSS />
            </button>
        </li>
    }
}
