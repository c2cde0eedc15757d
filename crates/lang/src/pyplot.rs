//! `matplotlib.pyplot`: figures as data.

/// A figure.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Figure {}
