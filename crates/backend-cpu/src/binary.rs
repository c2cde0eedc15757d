//! Elementwise arithmetic of two operands.

use engine::ops::Binary;
use engine::{Error, Result};

use crate::math::Math;

pub(crate) fn run<T: Math>(op: Binary, x: &[T], y: &[T], out: &mut [T]) -> Result<()> {
    if matches!(op, Binary::FloorDivide | Binary::Remainder) && y.iter().any(|b| b.is_zero_divisor()) {
        return Err(Error::Shape("ZeroDivisionError".to_owned()));
    }
    if !T::DENSE_LOOPS {
        map(x, y, out, |a, b| apply(op, a, b));
        return Ok(());
    }
    match op {
        Binary::Add => map(x, y, out, |a, b| T::binary(Binary::Add, a, b)),
        Binary::Sub => map(x, y, out, |a, b| T::binary(Binary::Sub, a, b)),
        Binary::Mul => map(x, y, out, |a, b| T::binary(Binary::Mul, a, b)),
        Binary::Div => map(x, y, out, |a, b| T::binary(Binary::Div, a, b)),
        Binary::Maximum => map(x, y, out, |a, b| T::binary(Binary::Maximum, a, b)),
        Binary::Minimum => map(x, y, out, |a, b| T::binary(Binary::Minimum, a, b)),
        // The function costs more than the choice.
        Binary::Pow | Binary::FloorDivide | Binary::Remainder | Binary::And | Binary::Or | Binary::Xor => {
            map(x, y, out, |a, b| apply(op, a, b));
        }
    }
    Ok(())
}

#[inline(never)]
fn apply<T: Math>(op: Binary, a: T, b: T) -> T {
    T::binary(op, a, b)
}

/// `out = f(x, y)`
pub(crate) fn map<T: Copy, U>(x: &[T], y: &[T], out: &mut [U], f: impl Fn(T, T) -> U) {
    for ((o, &a), &b) in out.iter_mut().zip(x).zip(y) {
        *o = f(a, b);
    }
}
