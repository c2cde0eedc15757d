//! The program that the browser loads. The page and the worker are built as one, and the page hands it to the
//! worker: what both need, from the allocator to the messages, is downloaded and compiled once. They share
//! nothing else, and neither knows the other.
//!
//! A release is cut in two (see the crate `split`): what opening the page takes, and a rest that follows by itself.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/rest.js")]
extern "C" {
    /// Fetches the rest of the program that exports this, if there is one: at once, or while other work goes on.
    #[wasm_bindgen(js_name = fetchRest)]
    fn fetch_rest(exports: &JsValue, at_once: bool);
}

/// Called by a program that was cut when it needs a function of the rest that is not there yet.
#[wasm_bindgen]
pub fn rest_needed() {
    fetch_rest(&wasm_bindgen::exports(), true);
}

fn main() {
    fetch_rest(&wasm_bindgen::exports(), false);
    if web_sys::window().is_some() {
        app::start();
    } else {
        worker::start(rest_needed);
    }
}
