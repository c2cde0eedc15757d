//! The streams of random numbers of `random` and `numpy.random`.

mod distributions;
pub(crate) mod numpy;
mod pcg;
pub(crate) mod python;
