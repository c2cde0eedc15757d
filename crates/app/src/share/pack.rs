//! Compressing and expanding, by the browser's own streams: no code of ours is downloaded for it.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableWritablePair, Response};

#[wasm_bindgen]
extern "C" {
    type CompressionStream;

    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<CompressionStream, JsValue>;

    type DecompressionStream;

    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;
}

/// Deflate, without a header.
const FORMAT: &str = "deflate-raw";

/// More compressed bytes are not expanded: a link is no place for so much.
const MOST_BYTES: usize = 64 * 1024;

/// A text, compressed; `None` where the browser cannot do it.
pub async fn pack(text: &str) -> Option<Vec<u8>> {
    let stream = CompressionStream::new(FORMAT).ok()?;
    through(text.as_bytes(), stream.unchecked_ref()).await.ok()
}

/// What was compressed; `None` if it is damaged, too large or no text.
pub async fn unpack(bytes: &[u8]) -> Option<String> {
    if bytes.len() > MOST_BYTES {
        return None;
    }
    let stream = DecompressionStream::new(FORMAT).ok()?;
    String::from_utf8(through(bytes, stream.unchecked_ref()).await.ok()?).ok()
}

async fn through(bytes: &[u8], pair: &ReadableWritablePair) -> Result<Vec<u8>, JsValue> {
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes)))?;
    let stream = blob.stream().pipe_through(pair);
    let response = Response::new_with_opt_readable_stream(Some(&stream))?;
    let buffer: ArrayBuffer = JsFuture::from(response.array_buffer()?).await?.unchecked_into();
    Ok(Uint8Array::new(&buffer).to_vec())
}
