//! The menu of sharing: a link that holds the program, and the program as a file.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use super::drop_down::{DropDown, Open};
use crate::components::{Page, live, on};
use crate::format::count;
use crate::share::link::LONG_LINK;
use crate::share::notebook::notebook;
use crate::share::{Shared, files, link_to};
use crate::shelf::file_name;

/// The menu.
#[component]
pub fn ShareMenu(open: RwSignal<Option<Open>>) -> impl IntoView {
    let label = view! { <span>"Share"</span> };
    let panel = |_| view! { <Panel /> }.into_any();
    view! { <DropDown which=Open::Share open name="Share" label=label.into_any() panel /> }
}

#[component]
fn Panel() -> impl IntoView {
    let Page { state, shelf, .. } = Page::get();
    let program = state.program;
    let (link, copied) = (RwSignal::new(String::new()), RwSignal::new(false));
    let field = NodeRef::<html::Input>::new();
    // The link of the program as it is when the menu opens: it closes when the program is clicked.
    let shared = Shared {
        text: program.text.get_untracked(),
        name: shelf.title.get_untracked(),
        unit: program.unit.get_untracked(),
        breakpoints: program.breakpoints.get_untracked().into_iter().collect(),
    };
    spawn_local(async move { link.set(link_to(&shared).await) });
    let copy = move |_| {
        let link = link.get_untracked();
        if let Some(field) = field.get_untracked() {
            field.select();
        }
        // Without a clipboard, the link stands selected in its field.
        if window().is_secure_context() {
            spawn_local(async move {
                let done = JsFuture::from(window().navigator().clipboard().write_text(&link)).await;
                copied.set(done.is_ok());
            });
        }
    };
    let size = move || link.with(String::len);
    let is_long = move || size() > LONG_LINK;
    let save = move |ending: &'static str, kind: &'static str, write: fn(&str) -> String| {
        let name = shelf.title.with_untracked(|title| file_name(title));
        let content = program.text.with_untracked(|text| write(text));
        files::download(&format!("{name}.{ending}"), kind, &content);
    };
    view! {
        <label class="menu-name">
            <span class="hint">"Link to this program"</span>
            <input readonly data-testid="share-link" node_ref=field prop:value=live(move || link.get()) />
        </label>
        <p class="hint" data-testid="share-size" role="status">
            {live(move || format!("The whole program is in the link: {} bytes.", count(size() as u64)))}
            <strong hidden=live(move || !is_long())>" Links above 8 KB are cut off by some programs: send a file instead."</strong>
        </p>
        <div class="menu-row">
            <button type="button" class="button primary" data-testid="copy-link" on:click=on(copy)>
                {live(move || if copied.get() { "Copied" } else { "Copy link" })}
            </button>
        </div>
        <h2 class="menu-topic">"As a file"</h2>
        <div class="menu-row">
            <button
                type="button"
                class="button"
                data-testid="download-py"
                on:click=on(move |_| save("py", "text/x-python", str::to_owned))
            >
                "Python (.py)"
            </button>
            <button
                type="button"
                class="button"
                data-testid="download-ipynb"
                on:click=on(move |_| save("ipynb", "application/x-ipynb+json", notebook))
            >
                "Notebook (.ipynb)"
            </button>
        </div>
        <p class="hint">"The program runs unchanged under PyTorch. The notebook opens in Jupyter and Colab."</p>
    }
}
