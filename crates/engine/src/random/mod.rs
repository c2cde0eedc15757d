//! PyTorch's random numbers on the CPU: the same seed gives the same numbers.
//!
//! [`Generator`] is the stream of words, `distributions` makes numbers of them, in the order in which PyTorch does.
//! `creation` and `fill` are the functions that make and fill tensors from the engine's own generator, [`init`]
//! is `torch.nn.init`. Everything is drawn on the host and then uploaded, so all backends see the same numbers.

mod cephes;
mod creation;
mod discrete;
mod distributions;
mod dropout;
mod fill;
mod gamma;
mod generator;
pub mod init;
mod loader;
mod multinomial;
mod orthogonal;
mod poisson;
mod truncated;

pub use dropout::{dropout, feature_dropout};
pub use generator::Generator;
pub use init::linear_init;
