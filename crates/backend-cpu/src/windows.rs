//! Convolutions that read windows where they lie, with kernels that were made for it.

use engine::Part;

use crate::convolve::Sizes;
use crate::matmul::MatMul;

/// Computes a part of a convolution, if there is a kernel for it; false if not.
pub(crate) fn run<T: MatMul>(_: Part, _: &Sizes, _: [&[T]; 2], _: &mut [T]) -> bool {
    false
}
