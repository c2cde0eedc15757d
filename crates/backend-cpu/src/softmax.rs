//! The logarithm of softmax along the last dimension.

use engine::Result;

use crate::element::{Input, Number, larger};
use crate::walk::step;

/// Functions that only real numbers have.
pub(crate) trait Real: Number {
    fn exp(self) -> Self;
    fn div(self, other: Self) -> Self;
    fn ln(self) -> Self;
}

impl Real for f32 {
    fn exp(self) -> Self {
        f32::exp(self)
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
        let max = row.iter().copied().reduce(larger).unwrap_or(T::ZERO);
        let total = row.iter().fold(T::ZERO, |sum, &v| sum.add(v.sub(max).exp()));
        let norm = total.ln();
        for o in row {
            *o = o.sub(max).sub(norm);
        }
    }
    Ok(())
}
