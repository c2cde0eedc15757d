//! The dedicated worker. It owns the program and its run, the engine, both backends and the data set; the page only
//! sends commands and draws what is reported. Nothing here blocks: long work is cut into slices, and between two
//! slices whatever the page has sent is attended to.

mod backends;
mod bench;
mod lab;
mod loader;
mod own;
mod pace;
mod play;
mod port;
mod predict;
mod race;
mod session;
mod sets;
mod weights;

use futures_channel::mpsc;
use futures_util::future::LocalBoxFuture;
use protocol::Command;

/// What the worker attends to, in the order of arrival.
enum Input {
    /// From the page.
    Command(Command),
    /// From the loader.
    Loaded(datasets::mnist::File, datasets::mnist::Part),
    /// A file of weights for a program, or nothing if it cannot be had.
    Weights { path: String, content: Option<Vec<u8>> },
    /// The loader has stopped: with all files, or at one that it could not have.
    LoaderStopped,
    /// A device was lost.
    DeviceLost {
        /// Which.
        generation: u32,
        /// Why, in the browser's words.
        reason: String,
    },
}

/// What stays a function of its own. Put together, all that the worker can do would have to be there before it does anything: the
/// page loads that first which it opens with (see the crate `split`).
fn apart<'a, T>(future: impl Future<Output = T> + 'a) -> LocalBoxFuture<'a, T> {
    Box::pin(future)
}

/// Begins to attend to what the page sends. `fetch` brings the parts of the program that are not there yet, before it returns.
pub fn start(fetch: fn()) {
    lang::on_missing(fetch);
    port::report_crashes();
    let (sender, inputs) = mpsc::unbounded();
    port::listen(sender.clone());
    wasm_bindgen_futures::spawn_local(session::run(sender, inputs));
    // The page waits for a first sign of life before it sends anything.
    port::post(&protocol::Event::Pong);
}
