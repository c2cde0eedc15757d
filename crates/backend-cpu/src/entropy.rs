//! The loss of classifiers, and its gradient.

use engine::{Error, Result};

use crate::element::{Input, larger};
use crate::softmax::{Real, sum_of_exps};
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

/// The scores of a row: where they lie, if side by side, else copied into `room`.
fn scores<'a, T: Real>(x: &'a Input<'_, T>, row: usize, room: &'a mut Vec<T>) -> &'a [T] {
    let (at, stride, n) =
        (step(x.layout.offset, x.layout.strides[0], row), x.layout.strides[1], x.layout.shape[1]);
    if stride == 1 {
        return &x.data[at..at + n];
    }
    room.clear();
    room.extend((0..n).map(|j| x.data[step(at, stride, j)]));
    room
}

/// The largest score of a row, and Σ exp(x − largest).
fn norm<T: Real>(row: &[T]) -> (T, T) {
    let most = row.iter().copied().reduce(larger).unwrap_or(T::ZERO);
    (most, sum_of_exps(row, most))
}

pub(crate) fn cross_entropy<T: Real>(
    ignore: i64,
    x: &Input<'_, T>,
    y: &Input<'_, i64>,
    out: &mut [T],
) -> Result<()> {
    let (rows, classes) = (x.layout.shape[0], x.layout.shape[1]);
    let (mut total, mut count, mut room) = (0.0, 0.0, Vec::new());
    for row in 0..rows {
        let Some(class) = class(y, row, ignore, classes)? else { continue };
        let scores = scores(x, row, &mut room);
        let (most, sum) = norm(scores);
        total += sum.ln().add(most).sub(scores[class]).to_scalar().to_f64();
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
    let mut room = Vec::new();
    for (row, out) in out.chunks_exact_mut(classes).enumerate() {
        let Some(class) = class(y, row, ignore, classes)? else {
            out.fill(T::ZERO);
            continue;
        };
        let scores = scores(x, row, &mut room);
        let (most, sum) = norm(scores);
        let factor = T::ONE.div(sum).mul(scale);
        for (o, &v) in out.iter_mut().zip(scores) {
            *o = v.sub(most).exp().mul(factor);
        }
        out[class] = out[class].sub(scale);
    }
    Ok(())
}
