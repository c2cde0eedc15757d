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

/// Begins to attend to what the page sends.
pub fn start() {
    port::report_crashes();
    let (sender, inputs) = mpsc::unbounded();
    port::listen(sender.clone());
    wasm_bindgen_futures::spawn_local(session::run(sender, inputs));
    // The page waits for a first sign of life before it sends anything.
    port::post(&protocol::Event::Pong);
}
