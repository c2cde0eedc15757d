//! `matplotlib.pyplot`: figures as data.

/// A figure.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Figure {}

impl Figure {
    /// The figure as a drawing.
    pub fn to_svg(&self) -> String {
        String::new()
    }
}
