//! The streams of random numbers of `random` and `numpy.random`.

/// The state of both.
#[derive(Clone, Default)]
pub(crate) struct Streams {}
