//! Elements put where indices say, into a copy of a tensor. An index out of range is an error.

use engine::{Layout, Result};

use crate::element::{Element, Input};
use crate::index::{check, rows};
use crate::walk::{Walk, step};

/// `put` is what becomes of an element and the one that comes to it.
pub(crate) fn run<T: Element>(
    x: &Input<'_, T>,
    index: &Input<'_, i64>,
    base: &Input<'_, T>,
    out: &mut [T],
    put: impl Fn(T, T) -> T,
) -> Result<()> {
    let walk = Walk::new([base.layout]);
    let (n, [stride], mut filled) = (walk.run, walk.strides, 0);
    walk.each_run(&mut |[at]| {
        let now = &mut out[filled..filled + n];
        if stride == 1 {
            now.copy_from_slice(&base.data[at..at + n]);
        } else {
            now.iter_mut().enumerate().for_each(|(i, o)| *o = base.data[step(at, stride, i)]);
        }
        filled += n;
    });
    each_scattered(x.layout, index, base.layout, &mut |to, from| out[to] = put(out[to], x.data[from]))
}

/// Calls `element` with where each element goes and where it is.
fn each_scattered(
    x: &Layout,
    index: &Input<'_, i64>,
    out: &Layout,
    element: &mut dyn FnMut(usize, usize),
) -> Result<()> {
    let last = x.ndim() - 1;
    let (size, n) = (out.shape[last], x.shape[last]);
    if x.numel() == 0 {
        return Ok(());
    }
    let (sx, si) = (x.strides[last], index.layout.strides[last]);
    for (r, (ax, ai)) in rows(x).positions().zip(rows(index.layout).positions()).enumerate() {
        for j in 0..n {
            let k = check(index.data[step(ai, si, j)], last, size)?;
            element(r * size + k, step(ax, sx, j));
        }
    }
    Ok(())
}
