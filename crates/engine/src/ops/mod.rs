//! The closed set of ops.

mod binary;
mod compare;
mod unary;

pub use binary::Binary;
pub use compare::Compare;
pub use unary::Unary;
