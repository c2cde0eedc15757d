//! Files: written to where the browser keeps downloads, and read when they are chosen, dropped or pasted.

use js_sys::Array;
use leptos::ev::{self, EventDescriptor};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, ClipboardEvent, DataTransfer, DragEvent, File, HtmlAnchorElement, Response, Url,
};

/// A larger file is no program.
const MOST_BYTES: f64 = 4e6;

/// Hands a text to the browser as a file to be kept.
pub fn download(name: &str, kind: &str, content: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&JsValue::from_str(content)), &options);
    let Ok(url) = blob.and_then(|blob| Url::create_object_url_with_blob(&blob)) else { return };
    if let Ok(link) = document().create_element("a") {
        let link: HtmlAnchorElement = link.unchecked_into();
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    let _ = Url::revoke_object_url(&url);
}

/// The text in a file; `None` for what is no text, or too long for a program.
pub async fn text(file: &File) -> Option<String> {
    if file.size() > MOST_BYTES {
        return None;
    }
    let text = JsFuture::from(file.text()).await.ok()?.as_string()?;
    // The browser puts U+FFFD where bytes are no text; NUL is in no program.
    (!text.contains(['\u{fffd}', '\0'])).then_some(text)
}

/// Listens for files that are dropped on the page or pasted into it, for as long as the page lives.
pub fn listen(take: impl Fn(DataTransfer) + Copy + 'static) {
    on_window(ev::dragover, |event: &DragEvent| {
        if has_files(event) {
            event.prevent_default();
        }
    });
    on_window(ev::drop, move |event: &DragEvent| {
        if let Some(data) = event.data_transfer().filter(|_| has_files(event)) {
            event.prevent_default();
            take(data);
        }
    });
    on_window(ev::paste, move |event: &ClipboardEvent| {
        let holds_files = |data: &DataTransfer| data.files().is_some_and(|files| files.length() > 0);
        if let Some(data) = event.clipboard_data().filter(holds_files) {
            event.prevent_default();
            take(data);
        }
    });
}

fn on_window<E: EventDescriptor + 'static>(event: E, act: impl Fn(&E::EventType) + 'static)
where
    E::EventType: JsCast,
{
    let listener = window_event_listener(event, move |event| act(&event));
    on_cleanup(move || listener.remove());
}

fn has_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|data| data.types().includes(&JsValue::from_str("Files"), 0))
}

/// The text at an address of this site; `None` if there is none.
pub async fn fetch(path: &str) -> Option<String> {
    let response = JsFuture::from(window().fetch_with_str(path)).await.ok()?;
    let response: Response = response.unchecked_into();
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}
