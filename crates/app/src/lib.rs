//! The page: draws what the worker reports and sends what the user does. It computes nothing: it never sees an
//! op or a kernel, and nothing here waits for the worker.

mod components;
mod console;
mod curves;
mod draw;
mod engine_link;
mod format;
mod intake;
mod lab;
pub mod lesson;
mod place;
mod playground;
mod program;
mod requests;
mod rerun;
mod share;
mod sheet;
mod shelf;
mod state;
mod tail;
mod theme;

use leptos::mount::mount_to;
use leptos::prelude::document;
use wasm_bindgen::JsCast;

/// Draws the page and starts its worker.
pub fn start() {
    console_error_panic_hook::set_once();
    // The page comes with a picture of itself, to look at while the program loads.
    let Some(root) = document().get_element_by_id("app") else { return };
    root.set_inner_html("");
    mount_to(root.unchecked_into(), components::App).forget();
}
