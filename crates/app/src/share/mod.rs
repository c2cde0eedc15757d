//! Taking programs out of the page and into it: links, files, notebooks.

pub mod files;
pub mod json;
pub mod link;
pub mod notebook;
mod pack;

use leptos::prelude::*;

pub use link::Shared;

/// The address of this page without a fragment, and with this one instead.
fn address(fragment: &str) -> String {
    let here = window().location().href().unwrap_or_default();
    let page = here.split('#').next().unwrap_or_default();
    format!("{page}{fragment}")
}

/// The address that opens this program: compressed, or as plain text where the browser cannot compress.
pub async fn link_to(shared: &Shared) -> String {
    match pack::pack(&shared.write()).await {
        Some(packed) => address(&link::fragment(&packed)),
        None => address(&format!("#code={}", String::from(js_sys::encode_uri_component(&shared.text)))),
    }
}

/// The program of a fragment; `None` if it cannot be read.
pub async fn program_of(fragment: link::Fragment<'_>) -> Option<Shared> {
    match fragment {
        link::Fragment::Plain(code) => {
            let text = String::from(js_sys::decode_uri_component(code).ok()?);
            Some(Shared { text, ..Shared::default() })
        }
        link::Fragment::Packed(bytes) => Shared::read(&pack::unpack(&bytes).await?),
        link::Fragment::Broken => None,
    }
}
