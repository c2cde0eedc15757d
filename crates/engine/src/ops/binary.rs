//! Elementwise arithmetic of two tensors.

/// `ans = op(x, y)`, elementwise, after broadcasting and promotion to one dtype.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Binary {
    /// x + y
    Add,
    /// x − y
    Sub,
    /// x · y
    Mul,
    /// x / y, of real numbers
    Div,
    /// xʸ
    Pow,
    /// The larger one; NaN if either is
    Maximum,
    /// The smaller one; NaN if either is
    Minimum,
}
