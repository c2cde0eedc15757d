//! Windows added up where they slid over each other.

use engine::{Layout, Result};

use crate::element::{Input, Number};
use crate::walk::{Walk, step};

/// Adds one element of all windows after the other: each time, neighbours are added to neighbours.
pub(crate) fn run<T: Number>(
    [dim, stride, dilation]: [usize; 3],
    x: &Input<'_, T>,
    layout: &Layout,
    out: &mut [T],
) -> Result<()> {
    out.fill(T::ZERO);
    let last = x.layout.ndim() - 1;
    for j in 0..x.layout.shape[last] {
        let mut from = x.layout.slice(last, j, 1, 1);
        from.shape.remove(last);
        from.strides.remove(last);
        let to = layout.slice(dim, j * dilation, from.shape[dim], stride);
        let walk = Walk::new([&from, &to]);
        let (n, [sx, so]) = (walk.run, walk.strides);
        walk.each_run(&mut |[at, to]| {
            if T::DENSE_LOOPS && sx == 1 && so == 1 {
                for (o, &v) in out[to..to + n].iter_mut().zip(&x.data[at..at + n]) {
                    *o = o.add(v);
                }
            } else {
                for i in 0..n {
                    let place = step(to, so, i);
                    out[place] = out[place].add(x.data[step(at, sx, i)]);
                }
            }
        });
    }
    Ok(())
}
