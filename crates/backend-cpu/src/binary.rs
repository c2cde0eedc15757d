//! Elementwise arithmetic of two inputs.

use engine::Result;
use engine::ops::Binary;

use crate::element::{Number, larger, smaller};

/// What integers and real numbers do differently.
pub(crate) trait BinaryMath: Number {
    fn div(self, other: Self) -> Self;
    fn pow(self, other: Self) -> Self;
}

macro_rules! real_math {
    ($($rust:ty),*) => {
        $(impl BinaryMath for $rust {
            fn div(self, other: Self) -> Self { self / other }
            fn pow(self, other: Self) -> Self {
                // Squares are everywhere, and exact.
                if other == 2.0 { self * self } else { self.powf(other) }
            }
        })*
    };
}

real_math!(f32, f64);

impl BinaryMath for i64 {
    /// Not offered by the engine: integers are divided as real numbers.
    fn div(self, other: Self) -> Self {
        self.checked_div(other).unwrap_or(0)
    }

    /// Wraps around; a negative exponent leaves what is left of the fraction.
    fn pow(self, other: Self) -> Self {
        match (self, other) {
            (1, _) => 1,
            (-1, e) => 1 - 2 * (e & 1),
            (_, e) if e < 0 => 0,
            (base, e) => base.wrapping_pow(u32::try_from(e).unwrap_or(u32::MAX)),
        }
    }
}

pub(crate) fn run<T: BinaryMath>(op: Binary, x: &[T], y: &[T], out: &mut [T]) -> Result<()> {
    if !T::DENSE_LOOPS {
        map(x, y, out, |a, b| apply(op, a, b));
        return Ok(());
    }
    match op {
        Binary::Add => map(x, y, out, T::add),
        Binary::Sub => map(x, y, out, T::sub),
        Binary::Mul => map(x, y, out, T::mul),
        Binary::Div => map(x, y, out, T::div),
        Binary::Maximum => map(x, y, out, larger),
        Binary::Minimum => map(x, y, out, smaller),
        // The function costs more than the choice.
        Binary::Pow => map(x, y, out, |a, b| apply(op, a, b)),
    }
    Ok(())
}

#[inline(never)]
fn apply<T: BinaryMath>(op: Binary, a: T, b: T) -> T {
    match op {
        Binary::Add => a.add(b),
        Binary::Sub => a.sub(b),
        Binary::Mul => a.mul(b),
        Binary::Div => a.div(b),
        Binary::Pow => a.pow(b),
        Binary::Maximum => larger(a, b),
        Binary::Minimum => smaller(a, b),
    }
}

/// `out = f(x, y)`
pub(crate) fn map<T: Copy, U>(x: &[T], y: &[T], out: &mut [U], f: impl Fn(T, T) -> U) {
    for ((o, &a), &b) in out.iter_mut().zip(x).zip(y) {
        *o = f(a, b);
    }
}
