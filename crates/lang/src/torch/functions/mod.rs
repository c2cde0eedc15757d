//! The functions of `torch` that are methods of tensors too, as tables: one line each where the engine has the op.
//!
//! A line is a signature, the signature of the form that writes in place (if there is one), and what computes the result.

pub(super) mod arithmetic;
pub(super) mod elementwise;
pub(super) mod indexing;
pub(super) mod joining;
pub(super) mod logic;
pub(super) mod order;
pub(super) mod products;
pub(super) mod reduce;
pub(super) mod shape;
pub(super) mod values;

/// A table of functions.
macro_rules! table {
    ($($signature:literal $(, $in_place:literal)? => $compute:expr;)*) => {
        &[$(
            crate::native::Native::new($signature, |_, args| crate::torch::operand::computed(args, $compute)),
            $(crate::native::Native::new($in_place, |_, args| crate::torch::operand::written(args, $compute)),)?
        )*]
    };
}
pub(super) use table;
