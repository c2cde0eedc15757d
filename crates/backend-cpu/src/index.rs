//! Elements and rows chosen by indices. An index out of range is an error.

use engine::{Error, Layout, Result};

use crate::element::{Element, Input};
use crate::walk::{Walk, step};

/// Checks an index into a dimension.
pub(crate) fn check(index: i64, dim: usize, size: usize) -> Result<usize> {
    usize::try_from(index).ok().filter(|&i| i < size).ok_or(Error::Index { index, dim, size })
}

/// The start of every row of the last dimension, in row-major order.
pub(crate) fn rows(layout: &Layout) -> Layout {
    layout.slice(layout.ndim() - 1, 0, 1, 1)
}

pub(crate) fn gather<T: Element>(x: &Input<'_, T>, index: &Input<'_, i64>, out: &mut [T]) -> Result<()> {
    let len = out.len();
    let (size, n) = (x.layout.shape[x.layout.ndim() - 1], index.layout.shape[index.layout.ndim() - 1]);
    if T::DENSE_LOOPS && size * n > 0 && x.layout.is_contiguous() && index.layout.is_contiguous() {
        let rows = x.data.get(x.layout.offset..).unwrap_or_default().chunks_exact(size);
        let indices = index.data.get(index.layout.offset..).unwrap_or_default().chunks_exact(n);
        for (out, (row, indices)) in out.chunks_exact_mut(n).zip(rows.zip(indices)) {
            for (o, &k) in out.iter_mut().zip(indices) {
                match usize::try_from(k).ok().and_then(|k| row.get(k)) {
                    Some(&v) => *o = v,
                    None => return check(k, x.layout.ndim() - 1, size).map(drop),
                }
            }
        }
        return Ok(());
    }
    each_gathered(x.layout, index, len, &mut |to, from| out[to] = x.data[from])
}

/// Calls `element` with where each of `len` elements goes and where it is. What follows is not made anew for each
/// type: finding an element takes longer than moving it.
fn each_gathered(
    x: &Layout,
    index: &Input<'_, i64>,
    len: usize,
    element: &mut dyn FnMut(usize, usize),
) -> Result<()> {
    let last = x.ndim() - 1;
    let (size, n) = (x.shape[last], index.layout.shape[last]);
    if n == 0 || len == 0 {
        return Ok(());
    }
    let (sx, si) = (x.strides[last], index.layout.strides[last]);
    let starts: Vec<usize> = if size == 0 { vec![0; len / n] } else { rows(x).positions().collect() };
    for (r, (ax, ai)) in starts.into_iter().zip(rows(index.layout).positions()).enumerate() {
        for j in 0..n {
            let k = check(index.data[step(ai, si, j)], last, size)?;
            element(r * n + j, step(ax, sx, k));
        }
    }
    Ok(())
}

/// `out = y · size + x`, where a negative `x` counts from the end.
pub(crate) fn locate(
    x: &Input<'_, i64>,
    y: &Input<'_, i64>,
    dim: usize,
    size: usize,
    out: &mut [i64],
) -> Result<()> {
    let n = size as i64;
    for (o, (ax, ay)) in out.iter_mut().zip(x.layout.positions().zip(y.layout.positions())) {
        let index = x.data[ax];
        if !(-n..n).contains(&index) {
            return Err(Error::Index { index, dim, size });
        }
        *o = y.data[ay].wrapping_mul(n).wrapping_add(index.rem_euclid(n));
    }
    Ok(())
}

/// The rows that `index` names, one after another.
fn each_row(x: &Layout, index: &Input<'_, i64>, body: &mut dyn FnMut(&Walk<1>, usize)) -> Result<()> {
    let size = x.shape[0];
    let mut row = x.slice(0, 0, 1.min(size), 1);
    row.shape.remove(0);
    row.strides.remove(0);
    let walk = Walk::new([&row]);
    for at in index.layout.positions() {
        let k = check(index.data[at], 0, size)?;
        let jump = k as isize * x.strides[0];
        walk.each_run(&mut |[start]| body(&walk, step(start, jump, 1)));
    }
    Ok(())
}

pub(crate) fn select<T: Element>(x: &Input<'_, T>, index: &Input<'_, i64>, out: &mut [T]) -> Result<()> {
    let mut filled = 0;
    each_row(x.layout, index, &mut |walk, at| {
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
    each_row(x.layout, index, &mut |walk, at| {
        let now = &mut out[filled..filled + walk.run];
        for (o, &v) in now.iter_mut().zip(&x.data[at..at + walk.run]) {
            *o = f32::from(v) * scale;
        }
        filled += walk.run;
    })
}
