//! Tabs: a list of names, of which one is chosen with a click or with arrow keys.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::live::{live, on};
use crate::playground::focus;

/// A tab: what it stands for, its handle, and its name.
pub type Tab<T> = (T, &'static str, &'static str);

/// The list. Each name is followed by what `mark` makes for it. `controls` is the id of the pane below.
pub fn tabs<T: Copy + PartialEq + Send + Sync + 'static>(
    label: &'static str,
    controls: &'static str,
    all: &'static [Tab<T>],
    shown: RwSignal<T>,
    mark: impl Fn(T) -> AnyView,
) -> AnyView {
    let tab = |&(what, id, name): &Tab<T>| {
        let selected = move || shown.get() == what;
        view! {
            <button
                type="button"
                class="tab"
                role="tab"
                id=id
                data-testid=id
                aria-controls=controls
                aria-selected=live(move || if selected() { "true" } else { "false" })
                tabindex=live(move || if selected() { "0" } else { "-1" })
                on:click=on(move |_| shown.set(what))
            >
                {name}
                {mark(what)}
            </button>
        }
        .into_any()
    };
    let turn = move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowRight" => 1,
            "ArrowLeft" => all.len() - 1,
            _ => return,
        };
        event.prevent_default();
        let at = all.iter().position(|(what, ..)| *what == shown.get_untracked()).unwrap_or(0);
        let (what, id, _) = all[(at + by) % all.len()];
        shown.set(what);
        focus(&format!("#{id}"));
    };
    view! {
        <div class="tabs" role="tablist" aria-label=label on:keydown=on(turn)>
            {all.iter().map(tab).collect_view()}
        </div>
    }
    .into_any()
}

/// The handle of the tab that is chosen: the name of the pane below.
pub fn chosen<T: PartialEq>(all: &'static [Tab<T>], shown: &T) -> &'static str {
    all.iter().find(|(what, ..)| what == shown).map_or("", |(_, id, _)| *id)
}
