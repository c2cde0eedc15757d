//! The logarithm of softmax along the last dimension.

use engine::Result;

use crate::element::{Input, Number, larger};
use crate::quick;
use crate::walk::step;

/// Functions that only real numbers have.
pub(crate) trait Real: Number {
    fn exp(self) -> Self;
    fn div(self, other: Self) -> Self;
    fn ln(self) -> Self;
}

impl Real for f32 {
    #[inline(always)]
    fn exp(self) -> Self {
        quick::exp(self)
    }
    fn div(self, other: Self) -> Self {
        self / other
    }
    fn ln(self) -> Self {
        f32::ln(self)
    }
}

impl Real for f64 {
    fn exp(self) -> Self {
        f64::exp(self)
    }
    fn div(self, other: Self) -> Self {
        self / other
    }
    fn ln(self) -> Self {
        f64::ln(self)
    }
}

/// The largest element of a row; NaN if there is one.
pub(crate) fn largest<T: Real>(row: &[T]) -> T {
    row.iter().copied().reduce(larger).unwrap_or(T::ZERO)
}

/// Σ exp(v − max)
pub(crate) fn sum_of_exps<T: Real>(row: &[T], max: T) -> T {
    sum_of(row, |v| v.sub(max).exp())
}

/// Σ f(v), in lanes that are added up at the end.
#[inline(always)]
pub(crate) fn sum_of<T: Real>(row: &[T], f: impl Fn(T) -> T) -> T {
    const LANES: usize = 8;
    let (chunks, rest) = row.as_chunks::<LANES>();
    let mut lanes = [T::ZERO; LANES];
    for chunk in chunks {
        for (lane, &v) in lanes.iter_mut().zip(chunk) {
            *lane = lane.add(f(v));
        }
    }
    let total = lanes.into_iter().fold(T::ZERO, T::add);
    rest.iter().fold(total, |sum, &v| sum.add(f(v)))
}

pub(crate) fn run<T: Real>(x: &Input<'_, T>, out: &mut [T]) -> Result<()> {
    let last = x.layout.ndim() - 1;
    let (n, stride) = (x.layout.shape[last], x.layout.strides[last]);
    if n == 0 {
        return Ok(());
    }
    let rows = x.layout.slice(last, 0, 1, 1);
    for (row, at) in out.chunks_exact_mut(n).zip(rows.positions()) {
        for (i, o) in row.iter_mut().enumerate() {
            *o = x.data[step(at, stride, i)];
        }
        let max = largest(row);
        let norm = sum_of_exps(row, max).ln();
        for o in row {
            *o = o.sub(max).sub(norm);
        }
    }
    Ok(())
}
