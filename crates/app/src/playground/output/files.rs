//! The program's files: those it has written, to be saved, and those it is given.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::program::SavedFile;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, HtmlAnchorElement, Url};

use crate::components::{Page, live, on};
use crate::format;
use crate::intake;

/// The files.
#[component]
pub fn Files() -> impl IntoView {
    let page = Page::get();
    let program = page.state.program;
    let input = NodeRef::<html::Input>::new();
    let none = Memo::new(move |_| program.saved.with(Vec::is_empty) && program.given.with(Vec::is_empty));
    let saved = live(move || {
        let row = |file: &SavedFile| {
            let (name, size) = (file.name.clone(), file.content.len() as u64);
            let save = {
                let name = name.clone();
                move |_| save(page, &name)
            };
            row(&name, "written by the program", size, Some(Box::new(save)))
        };
        program.saved.with(|files| files.iter().map(row).collect_view())
    });
    let given = live(move || {
        program.given.with(|files| {
            files.iter().map(|(name, size)| row(name, "given by you", *size, None)).collect_view()
        })
    });
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        if let Some(files) = input.files() {
            for file in (0..files.length()).filter_map(|at| files.get(at)) {
                spawn_local(async move { intake::give(page, &file).await });
            }
        }
        // The same file can be chosen again.
        input.set_value("");
    };
    view! {
        <div class="files" data-testid="files">
            <p class="hint empty" hidden=live(move || !none.get())>
                "Files that the program saves appear here. A file that you add can be opened by its name."
            </p>
            <ul>{saved}{given}</ul>
            <button
                class="button"
                type="button"
                data-testid="add-file"
                on:click=on(move |_| if let Some(input) = input.get_untracked() { input.click() })
            >
                "Add a file…"
            </button>
            <input type="file" multiple hidden node_ref=input data-testid="file-input" on:change=on(chosen) />
        </div>
    }
}

/// A file: its name, where it is from, its size, and a button to save it.
fn row(
    name: &str,
    from: &'static str,
    size: u64,
    save: Option<Box<dyn FnMut(web_sys::MouseEvent)>>,
) -> AnyView {
    let button = save.map(|save| {
        view! {
            <button class="button" type="button" aria-label=format!("Download {name}") on:click=save>"Download"</button>
        }
    });
    view! {
        <li class="file">
            <span class="mono file-name">{name.to_owned()}</span>
            <span class="hint">{from}", "{format::bytes(size)}</span>
            {button}
        </li>
    }
    .into_any()
}

/// Has the browser save a file that the program has written.
fn save(page: Page, name: &str) {
    page.state.program.saved.with_untracked(|files| {
        let Some(file) = files.iter().find(|file| file.name == name) else { return };
        let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(file.content.as_slice()));
        // A browser that is out of memory saves nothing.
        let Ok(address) =
            Blob::new_with_u8_array_sequence(&parts).and_then(|blob| Url::create_object_url_with_blob(&blob))
        else {
            return;
        };
        if let Ok(link) = document().create_element("a") {
            let link: HtmlAnchorElement = link.unchecked_into();
            link.set_href(&address);
            link.set_download(name.rsplit('/').next().unwrap_or(name));
            link.click();
        }
        // Fails only for an address that is none.
        let _ = Url::revoke_object_url(&address);
    });
}
