//! MNIST's files, batches of it, and drawn digits made into images like its own.
//!
//! Everything is a function of the bytes or strokes that it is given: no I/O, no clock, no browser and no
//! tensors. Whoever fetches the files and whoever computes with them are other crates. Work that takes long
//! is cut into steps, so that a caller on an event loop stays responsive between them.

pub mod batches;
mod crc32;
pub mod digit;
pub mod gzip;
pub mod idx;
pub mod mnist;
pub mod own;
