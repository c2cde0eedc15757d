//! Fetches the files of trained weights that the page brings along, when a program asks for one.

use futures_channel::mpsc::UnboundedSender;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use crate::Input;
use crate::port::scope;

/// Their folder, seen from the worker's own file.
const FOLDER: &str = "weights/";

/// Fetches a file, and hands it in; with nothing in it, if it cannot be had.
pub(crate) fn fetch(path: String, inputs: UnboundedSender<Input>) {
    wasm_bindgen_futures::spawn_local(async move {
        let name = path.rsplit('/').next().unwrap_or(&path);
        let content = content(&format!("{FOLDER}{name}")).await.ok().flatten();
        // The session lives as long as the worker: there is always somebody to receive.
        let _received = inputs.unbounded_send(Input::Weights { path, content });
    });
}

async fn content(address: &str) -> Result<Option<Vec<u8>>, JsValue> {
    let response = JsFuture::from(scope().fetch_with_str(address)).await?;
    let response: Response = response.unchecked_into();
    if !response.ok() {
        return Ok(None);
    }
    let buffer = JsFuture::from(response.array_buffer()?).await?;
    Ok(Some(js_sys::Uint8Array::new(&buffer).to_vec()))
}
