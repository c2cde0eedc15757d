//! The crate's tests from outside, in one program so that they share their tools.

mod digits;
mod files;
mod hostile;
mod recognition;
mod support;
