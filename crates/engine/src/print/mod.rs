//! Tensors and numbers as PyTorch prints them.
//!
//! Everything here works on values that the host has: [`Tensor::to_string_async`](crate::Tensor::to_string_async)
//! reads them first.

mod options;
mod tensor;

pub use crate::python::{fixed, float as float_repr, general, scientific};
pub use options::{PrintOptions, Profile};
pub use tensor::{elements_shown, format_size, format_tensor};
