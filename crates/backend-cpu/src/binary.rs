//! Elementwise arithmetic of two inputs.

use engine::ops::Binary;
use engine::{Error, Result};

use crate::element::{Element, Input};
use crate::math::Math;
use crate::walk::{Walk, step};

pub(crate) fn run<T: Math>(op: Binary, x: &Input<'_, T>, y: &Input<'_, T>, out: &mut [T]) -> Result<()> {
    if matches!(op, Binary::FloorDivide | Binary::Remainder) {
        refuse_zero(y)?;
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

/// Integers cannot be divided by zero.
fn refuse_zero<T: Math>(y: &Input<'_, T>) -> Result<()> {
    let walk = Walk::new([y.layout]);
    let mut found = false;
    walk.each_run(&mut |[at]| {
        found |= (0..walk.run).any(|i| y.data[step(at, walk.strides[0], i)].is_zero_divisor());
    });
    if found { Err(Error::Shape("ZeroDivisionError".to_owned())) } else { Ok(()) }
}

/// `out = f(x, y)`: runs in which both inputs are dense, or one is constant, become loops over slices.
pub(crate) fn map<T: Element, U>(x: &Input<'_, T>, y: &Input<'_, T>, out: &mut [U], f: impl Fn(T, T) -> U) {
    let walk = Walk::new([x.layout, y.layout]);
    let (n, [sx, sy]) = (walk.run, walk.strides);
    let mut rest = out;
    walk.each_run(&mut |[ax, ay]| {
        let (now, later) = std::mem::take(&mut rest).split_at_mut(n);
        rest = later;
        match (sx, sy) {
            (1, 1) if T::DENSE_LOOPS => {
                let (x, y) = (&x.data[ax..ax + n], &y.data[ay..ay + n]);
                for ((o, &a), &b) in now.iter_mut().zip(x).zip(y) {
                    *o = f(a, b);
                }
            }
            (1, 0) if T::DENSE_LOOPS => {
                let b = y.data[ay];
                for (o, &a) in now.iter_mut().zip(&x.data[ax..ax + n]) {
                    *o = f(a, b);
                }
            }
            (0, 1) if T::DENSE_LOOPS => {
                let a = x.data[ax];
                for (o, &b) in now.iter_mut().zip(&y.data[ay..ay + n]) {
                    *o = f(a, b);
                }
            }
            _ => {
                for (i, o) in now.iter_mut().enumerate() {
                    *o = f(x.data[step(ax, sx, i)], y.data[step(ay, sy, i)]);
                }
            }
        }
    });
}
