//! Elementwise comparisons.

use engine::ops::Compare;

use crate::binary::map;
use crate::element::Element;

pub(crate) fn run<T: Element + PartialOrd>(op: Compare, x: &[T], y: &[T], out: &mut [bool]) {
    match op {
        // Of real numbers, these decide most: they are what relu, its gradient and maxima ask.
        Compare::Le if T::DENSE_LOOPS => map(x, y, out, |a, b| a <= b),
        Compare::Gt if T::DENSE_LOOPS => map(x, y, out, |a, b| a > b),
        Compare::Eq if T::DENSE_LOOPS => map(x, y, out, |a, b| a == b),
        Compare::Eq | Compare::Ne | Compare::Lt | Compare::Le | Compare::Gt | Compare::Ge => {
            map(x, y, out, |a, b| holds(op, a, b));
        }
    }
}

#[inline(never)]
fn holds<T: PartialOrd + Copy>(op: Compare, a: T, b: T) -> bool {
    match op {
        Compare::Eq => a == b,
        Compare::Ne => a != b,
        Compare::Lt => a < b,
        Compare::Le => a <= b,
        Compare::Gt => a > b,
        Compare::Ge => a >= b,
    }
}
