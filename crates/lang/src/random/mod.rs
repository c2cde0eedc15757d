//! The streams of random numbers of `random` and `numpy.random`.

mod distributions;
pub(crate) mod numpy;

/// The state of both.
#[derive(Clone, Default)]
pub(crate) struct Streams {}
