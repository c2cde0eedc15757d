//! Kernels for WebGPU: the device, its pipelines, its buffer pool and reading back.
//!
//! [`open`] finds a device and proves that it computes; [`WgpuBackend`] is an [`engine::Backend`] on it.
//! It is made for one thread (a dedicated worker) and waits for nothing but in `read` and `times`. What a kernel means is
//! said in `engine`; how it is computed is said in `shaders/`, one file per family.
//!
//! A dispatch goes through `kernels` (what to launch), `pool` (where the buffers are), `pipelines` (what is bound)
//! and `stream` (what is recorded until the next submit). `timer` knows how long kernels took that are asked about.

mod device;
mod elements;
pub mod finish;
pub mod generate;
mod kernels;
mod open;
mod params;
mod pipelines;
mod pool;
mod reached;
mod read;
mod recent;
pub mod samples;
mod selftest;
pub mod shaders;
mod state;
mod status;
mod stream;
pub mod tile;
mod timer;
mod wgsl;

pub use device::WgpuBackend;
pub use open::{OpenError, open};

/// What messages call this backend.
const NAME: &str = "WebGPU";
