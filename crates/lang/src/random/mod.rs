//! The streams of random numbers of `random` and `numpy.random`.

mod distributions;
pub(crate) mod numpy;
pub(crate) mod python;
mod sha512;

/// The state of those that are no object of their own.
#[derive(Clone, Default)]
pub(crate) struct Streams {}
