//! Tensors as files: what NumPy, safetensors and PyTorch write is read, and what is written they read.
//!
//! Everything is a function from bytes to arrays or back: no I/O, no browser, and of the engine only its element
//! types. Files come from users, so nothing in them is trusted: every size is checked in u64 against the bytes
//! that are there before memory is taken for it, and what is wrong is an [`Error`] that says where.
//!
//! | format | read | written |
//! |---|---|---|
//! | [`npy`]: one array of NumPy | versions 1.0 to 3.0, either byte order, C and Fortran order | as `numpy.save` does |
//! | [`npz`]: several, in a zip file | stored and deflated | stored, without NumPy's marks for huge files |
//! | [`safetensors`] | all but 8-bit floats and smaller, and complex numbers | as the reference library does |
//! | [`checkpoint`]: PyTorch's `.pt` | a state dict, saved by PyTorch 1.6 or later | – |
//!
//! The engine does not have every element type. Others are read into one that holds every value: float16 and
//! bfloat16 into float32, integers without a sign that have more than a byte into int64. A uint64 beyond int64 is an error, not another number.

mod array;
pub mod checkpoint;
mod crc32;
mod element;
mod error;
pub mod npy;
pub mod npz;
mod pickle;
pub mod safetensors;
mod text;
mod zip;

pub use array::Array;
pub use crc32::crc32;
pub use error::{Error, Result};
