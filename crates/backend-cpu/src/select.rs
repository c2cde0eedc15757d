//! Each element from one input or the other.

use engine::Result;

use crate::element::{Element, Input};
use crate::walk::{Walk, step};

pub(crate) fn run<T: Element>(
    condition: &Input<'_, bool>,
    x: &Input<'_, T>,
    y: &Input<'_, T>,
    out: &mut [T],
) -> Result<()> {
    let walk = Walk::new([condition.layout, x.layout, y.layout]);
    let [sc, sx, sy] = walk.strides;
    let mut rest = out;
    walk.each_run(&mut |[ac, ax, ay]| {
        let (now, later) = std::mem::take(&mut rest).split_at_mut(walk.run);
        rest = later;
        for (i, o) in now.iter_mut().enumerate() {
            *o = if condition.data[step(ac, sc, i)] {
                x.data[step(ax, sx, i)]
            } else {
                y.data[step(ay, sy, i)]
            };
        }
    });
    Ok(())
}
