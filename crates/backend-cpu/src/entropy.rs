//! The loss of classifiers, and its gradient.

use engine::{Error, Result};

use crate::element::{Input, larger};
use crate::softmax::Real;
use crate::walk::step;

/// The class of a row: none if the row does not count.
fn class(y: &Input<'_, i64>, row: usize, ignore: i64, classes: usize) -> Result<Option<usize>> {
    let value = y.data[step(y.layout.offset, y.layout.strides[0], row)];
    match usize::try_from(value).ok().filter(|&class| class < classes) {
        _ if value == ignore => Ok(None),
        Some(class) => Ok(Some(class)),
        None => Err(Error::Shape(format!("Target {value} is out of bounds."))),
    }
}

/// The place of a row, and the step within it.
fn row_of<T>(x: &Input<'_, T>, row: usize) -> (usize, isize) {
    (step(x.layout.offset, x.layout.strides[0], row), x.layout.strides[1])
}

/// The largest score of a row, and Σ exp(x − largest).
fn norm<T: Real>(x: &Input<'_, T>, at: usize, stride: isize, n: usize) -> (T, T) {
    let score = |j: usize| x.data[step(at, stride, j)];
    let most = (0..n).map(score).reduce(larger).unwrap_or(T::ZERO);
    (most, (0..n).fold(T::ZERO, |sum, j| sum.add(score(j).sub(most).exp())))
}

pub(crate) fn cross_entropy<T: Real>(
    ignore: i64,
    x: &Input<'_, T>,
    y: &Input<'_, i64>,
    out: &mut [T],
) -> Result<()> {
    let (rows, classes) = (x.layout.shape[0], x.layout.shape[1]);
    let (mut total, mut count) = (0.0, 0.0);
    for row in 0..rows {
        let Some(class) = class(y, row, ignore, classes)? else { continue };
        let (at, stride) = row_of(x, row);
        let (most, sum) = norm(x, at, stride, classes);
        total += sum.ln().add(most).sub(x.data[step(at, stride, class)]).to_scalar().to_f64();
        count += 1.0;
    }
    // Nothing that counts has the mean NaN, as in PyTorch.
    out[0] = T::from_scalar((total / count).into());
    out[1] = T::from_scalar((1.0 / count).into());
    Ok(())
}

/// The last inputs are the gradient from above, and what [`cross_entropy`] gave.
pub(crate) fn cross_entropy_grad<T: Real>(
    ignore: i64,
    x: &Input<'_, T>,
    y: &Input<'_, i64>,
    [g, both]: [&Input<'_, T>; 2],
    out: &mut [T],
) -> Result<()> {
    let classes = x.layout.shape[1];
    let scale = g.data[g.layout.offset].mul(both.data[both.layout.offset + 1]);
    if classes == 0 {
        return Ok(());
    }
    for (row, out) in out.chunks_exact_mut(classes).enumerate() {
        let Some(class) = class(y, row, ignore, classes)? else {
            out.fill(T::ZERO);
            continue;
        };
        let (at, stride) = row_of(x, row);
        let (most, sum) = norm(x, at, stride, classes);
        let factor = T::ONE.div(sum).mul(scale);
        for (j, o) in out.iter_mut().enumerate() {
            *o = x.data[step(at, stride, j)].sub(most).exp().mul(factor);
        }
        out[class] = out[class].sub(scale);
    }
    Ok(())
}
