//! Kernels that are made while the program runs, as small Wasm modules: the innermost part of products, with instructions
//! that not every browser has, and elementwise programs, each in a loop of its own. Where they cannot be made, the loops
//! that the compiler made do the same.

pub(crate) mod dots;
pub(crate) mod elementwise;
mod encode;
pub(crate) mod host;
pub(crate) mod programs;
pub(crate) mod strip;
mod vectors;
