//! Elements and rows chosen by indices. An index out of range is an error.

use engine::{Error, Layout, Result};

use crate::element::{Element, Input, Number};
use crate::walk::{Walk, step};

/// Checks an index into a dimension.
fn check(index: i64, dim: usize, size: usize) -> Result<usize> {
    usize::try_from(index).ok().filter(|&i| i < size).ok_or(Error::Index { index, dim, size })
}

/// The start of every row of the last dimension, in row-major order.
fn rows(layout: &Layout) -> Layout {
    layout.slice(layout.ndim() - 1, 0, 1, 1)
}

pub(crate) fn gather<T: Element>(x: &Input<'_, T>, index: &Input<'_, i64>, out: &mut [T]) -> Result<()> {
    let last = x.layout.ndim() - 1;
    let (size, n) = (x.layout.shape[last], index.layout.shape[last]);
    if n == 0 || out.is_empty() {
        return Ok(());
    }
    let (sx, si) = (x.layout.strides[last], index.layout.strides[last]);
    let starts: Vec<usize> =
        if size == 0 { vec![0; out.len() / n] } else { rows(&x.layout).positions().collect() };
    for ((row, ax), ai) in out.chunks_exact_mut(n).zip(starts).zip(rows(&index.layout).positions()) {
        for (j, o) in row.iter_mut().enumerate() {
            let k = check(index.data[step(ai, si, j)], last, size)?;
            *o = x.data[step(ax, sx, k)];
        }
    }
    Ok(())
}

pub(crate) fn scatter_add<T: Number>(
    x: &Input<'_, T>,
    index: &Input<'_, i64>,
    layout: &Layout,
    out: &mut [T],
) -> Result<()> {
    let last = x.layout.ndim() - 1;
    let (size, n) = (layout.shape[last], x.layout.shape[last]);
    out.fill(T::ZERO);
    if n == 0 || out.is_empty() && x.layout.numel() == 0 {
        return Ok(());
    }
    let (sx, si) = (x.layout.strides[last], index.layout.strides[last]);
    let (sources, indices) = (rows(&x.layout), rows(&index.layout));
    for (r, (ax, ai)) in sources.positions().zip(indices.positions()).enumerate() {
        for j in 0..n {
            let k = check(index.data[step(ai, si, j)], last, size)?;
            let o = &mut out[r * size + k];
            *o = o.add(x.data[step(ax, sx, j)]);
        }
    }
    Ok(())
}

/// The rows that `index` names, one after another.
fn each_row<T: Element>(
    x: &Input<'_, T>,
    index: &Input<'_, i64>,
    body: &mut dyn FnMut(&Walk<1>, usize),
) -> Result<()> {
    let size = x.layout.shape[0];
    let mut row = x.layout.slice(0, 0, 1.min(size), 1);
    row.shape.remove(0);
    row.strides.remove(0);
    let walk = Walk::new([&row]);
    for at in index.layout.positions() {
        let k = check(index.data[at], 0, size)?;
        let jump = k as isize * x.layout.strides[0];
        walk.each_run(&mut |[start]| body(&walk, step(start, jump, 1)));
    }
    Ok(())
}

pub(crate) fn select<T: Element>(x: &Input<'_, T>, index: &Input<'_, i64>, out: &mut [T]) -> Result<()> {
    let mut filled = 0;
    each_row(x, index, &mut |walk, at| {
        let (n, [stride]) = (walk.run, walk.strides);
        let now = &mut out[filled..filled + n];
        if stride == 1 {
            now.copy_from_slice(&x.data[at..at + n]);
        } else {
            now.iter_mut().enumerate().for_each(|(i, o)| *o = x.data[step(at, stride, i)]);
        }
        filled += n;
    })
}

pub(crate) fn batch(x: &Input<'_, u8>, index: &Input<'_, i64>, scale: f32, out: &mut [f32]) -> Result<()> {
    let mut filled = 0;
    each_row(x, index, &mut |walk, at| {
        let now = &mut out[filled..filled + walk.run];
        for (o, &v) in now.iter_mut().zip(&x.data[at..at + walk.run]) {
            *o = f32::from(v) * scale;
        }
        filled += walk.run;
    })
}
