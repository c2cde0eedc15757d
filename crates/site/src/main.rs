//! The program that the browser loads. The page and the worker are built as one, and the page hands it to the
//! worker: what both need, from the allocator to the messages, is downloaded and compiled once. They share
//! nothing else, and neither knows the other.

fn main() {
    if web_sys::window().is_some() {
        app::start();
    } else {
        worker::start();
    }
}
