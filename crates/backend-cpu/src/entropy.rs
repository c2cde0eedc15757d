//! The loss of classifiers, and its gradient.

use engine::{Error, Result};

use crate::element::Input;
use crate::softmax::{Real, largest, sum_of, sum_of_exps};
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

/// What the loss gives for the sum over the rows that count, and their number. The mean of none is NaN, as in PyTorch.
fn tell<T: Real>(total: f64, count: f64, out: &mut [T]) {
    out[0] = T::from_scalar((total / count).into());
    out[1] = T::from_scalar((1.0 / count).into());
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
        let most = largest(scores);
        total += sum_of_exps(scores, most).ln().add(most).sub(scores[class]).to_scalar().to_f64();
        count += 1.0;
    }
    tell(total, count, out);
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
    let scale = g.data[g.layout.offset].mul(both.data[both.layout.offset + 1]);
    gradient(ignore, x, y, scale, out).map(drop)
}

/// The inputs are the scores, the classes and the gradient from above.
pub(crate) fn cross_entropy_both<T: Real>(
    ignore: i64,
    x: &Input<'_, T>,
    y: &Input<'_, i64>,
    g: &Input<'_, T>,
    out: &mut [T],
    loss: &mut [T],
) -> Result<()> {
    let [rows, classes] = [x.layout.shape[0], x.layout.shape[1]];
    let mut count = 0.0;
    for row in 0..rows {
        count += if class(y, row, ignore, classes)?.is_some() { 1.0 } else { 0.0 };
    }
    let share = T::from_scalar((1.0 / count).into());
    let total = gradient(ignore, x, y, g.data[g.layout.offset].mul(share), out)?;
    tell(total, count, loss);
    Ok(())
}

/// Scores that are worked on at once: they stay in the processor's first cache.
const BLOCK: usize = 2048;

/// `out = scale · (softmax(x) − one_hot(y))`, 0 for rows that do not count. Gives back Σ ln Σ exp x − x[y] over the others.
fn gradient<T: Real>(
    ignore: i64,
    x: &Input<'_, T>,
    y: &Input<'_, i64>,
    scale: T,
    out: &mut [T],
) -> Result<f64> {
    let classes = x.layout.shape[1].max(1);
    let rows = (BLOCK / classes).max(1);
    let (mut total, mut room) = (0.0, Vec::new());
    for (block, out) in out.chunks_mut(rows * classes).enumerate() {
        let first = block * rows;
        for (row, out) in (first..).zip(out.chunks_exact_mut(classes)) {
            let scores = scores(x, row, &mut room);
            let most = largest(scores);
            out.iter_mut().zip(scores).for_each(|(o, &v)| *o = v.sub(most));
            if let Some(class) = class(y, row, ignore, classes)? {
                total -= out[class].to_scalar().to_f64();
            }
        }
        // All of them in one loop: a row may be too short for one of its own.
        out.iter_mut().for_each(|v| *v = v.exp());
        for (row, out) in (first..).zip(out.chunks_exact_mut(classes)) {
            let Some(class) = class(y, row, ignore, classes)? else {
                out.fill(T::ZERO);
                continue;
            };
            let sum = sum_of(out, |v| v);
            total += sum.ln().to_scalar().to_f64();
            let factor = scale.div(sum);
            out.iter_mut().for_each(|v| *v = v.mul(factor));
            out[class] = out[class].sub(scale);
        }
    }
    Ok(total)
}
