//! Tensors, ops and autograd with PyTorch's semantics, on any [`Backend`].
//!
//! Running an op records a [`Node`] on the tape and enqueues kernels; nothing waits. [`Tensor::backward`] walks
//! the tape and emits ordinary ops. The one thing that takes time is [`Tensor::read`].
//!
//! This crate knows no browser, no clock and no files, and has no kernels of its own.

pub mod autograd;
mod backend;
mod creation;
mod dims;
mod dispatch;
mod dtype;
mod engine;
mod error;
mod fork;
mod host;
mod kernel;
pub mod layout;
mod lazy;
mod limit;
mod modes;
pub mod nn;
pub mod ops;
pub mod optim;
pub mod print;
pub mod program;
mod promote;
mod python;
mod quick;
pub mod random;
mod reading;
mod slide;
mod state;
mod storage;
mod tape;
mod tensor;
mod trace;
mod watch;

pub use backend::{
    ArgReduce, Backend, Buffer, BufferId, Kernel, Memory, Operand, Reading, Reduce, Scan, Source, Target,
};
pub use dims::Dims;
pub use dtype::{DType, Scalar};
pub use engine::Engine;
pub use error::{Error, Result};
pub use fork::Fork;
pub use host::HostData;
pub use layout::Layout;
pub use ops::Item;
pub use promote::result_type;
pub use reading::List;
pub use slide::{Part, Slide};
pub use state::EngineState;
pub use tape::{Call, Edge, Hook, HookFn, HookHandle, Leaf, Node, Origin, Output, Pass, Span};
pub use tensor::Tensor;
pub use trace::{Explanation, Launched, OpTag, Stamp, Times};
pub use watch::{Ran, Updated, Watcher};
