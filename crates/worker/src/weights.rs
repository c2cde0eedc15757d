//! Fetches the files of trained weights that the page brings along, when a program asks for one.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use crate::Input;
use crate::play::Waiting;
use crate::port::scope;
use crate::session::Session;

/// Their folder, seen from the worker's own file.
const FOLDER: &str = "weights/";

impl Session {
    /// Begins to fetch a file.
    pub(crate) fn fetch_weights(&self, path: &str) {
        let (path, inputs) = (path.to_owned(), self.inputs.clone());
        wasm_bindgen_futures::spawn_local(async move {
            let name = path.rsplit('/').next().unwrap_or(&path);
            let content = content(&format!("{FOLDER}{name}")).await.ok().flatten();
            // The session lives as long as the worker: there is always somebody to receive.
            let _received = inputs.unbounded_send(Input::Weights { path, content });
        });
    }

    /// A file has come, or will not come. It stays in the program's folder.
    pub(crate) fn weights_have_come(&mut self, path: &str, content: Option<Vec<u8>>) {
        let play = &mut self.play;
        if let Some(content) = content {
            play.player.put_file(path, content);
        }
        if matches!(&play.waiting, Some(Waiting::Weights(wanted)) if wanted == path) {
            play.waiting = None;
            play.player.set_waiting(None);
            play.player.reply_file(path);
        }
    }
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
