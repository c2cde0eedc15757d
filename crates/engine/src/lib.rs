//! Tensors, ops and autograd with PyTorch's semantics, on any [`Backend`].

mod backend;
mod dtype;
mod error;
mod host;
pub mod layout;
pub mod ops;

pub use backend::{
    ArgReduce, Backend, Buffer, BufferId, Kernel, Memory, Operand, Reading, Reduce, Source, Target,
};
pub use dtype::{DType, Scalar};
pub use error::{Error, Result};
pub use host::HostData;
pub use layout::Layout;
