//! Matrix products: which tiles, and into how many parts the inner dimension is cut.

use std::rc::Rc;

use engine::program::Program;
use engine::{DType, Dims, Error, Reduce, Result, Target};

use super::{Launch, Plan, ROW_GROUP, Slot, View, launch, map, reduce};
use crate::finish::{self, Finished, Product};
use crate::params::{BEHIND_FOURS, Params, word};
use crate::pipelines::Recipe;
use crate::shaders::{Tiles, Variant};
use crate::tile::{self, Fours, Tile};

/// Up to this many multiplications, invocations need not share what they load.
const LITTLE: usize = 1 << 21;

/// The same for narrow results: what an invocation loads, its neighbours have just loaded.
const LITTLE_AND_NARROW: usize = 1 << 25;

/// Invocations that keep a device busy then.
const BUSY_ALONE: usize = 8192;

/// Workgroups that keep a device busy: with fewer, tiles are small and the inner dimension is cut.
const BUSY: usize = 64;

/// Elements of the inner dimension that a step of a kernel takes, at most.
const STEPS: usize = 32;

/// The least of the inner dimension that is worth a workgroup.
const PART: usize = 4 * STEPS;

/// Results narrower than this waste most of a tile of 64 × 64.
const NARROW: usize = 32;

/// A product by itself.
pub(super) fn plain(x: &View, y: &View, output: &Target<'_>, software: bool) -> Result<Plan> {
    if software { in_registers(x, y, output) } else { product(x, y, output) }
}

/// A product, and what a program makes of its elements: in one kernel, unless the product is summed of parts.
pub(super) fn finished(
    program: &Rc<Program>,
    [x, y]: [&View; 2],
    others: &[View],
    outputs: &[Target<'_>],
    software: bool,
) -> Result<Plan> {
    let Some(output) = outputs.first() else {
        return Err(Error::Internal("a program without outputs".to_owned()));
    };
    let keeps = outputs.len() > program.outputs.len();
    let mut plan = plain(x, y, output, software)?;
    let [launch] = plan.launches.as_mut_slice() else {
        return apart(program, plan, x.dtype, others, outputs);
    };
    let product = match &launch.recipe {
        Recipe::Fixed(variant) => Product::Fixed(*variant),
        Recipe::Tile(tile) => Product::Tile(*tile),
        other @ (Recipe::Generated(_) | Recipe::Finished(_)) => {
            return Err(Error::Internal(format!("{other:?} is no product")));
        }
    };
    let numbers: Vec<bool> = others.iter().map(|view| matches!(view.slot, Slot::Constant { .. })).collect();
    if numbers.len() > BEHIND_FOURS {
        return apart(program, plan, x.dtype, others, outputs);
    }
    for (k, view) in others.iter().enumerate() {
        match view.slot {
            Slot::Constant { bits, .. } => launch.params.free(finish::word(k, 0), bits),
            Slot::Buffer(_) | Slot::Scratch | Slot::Spare => {
                launch.params.free(finish::word(k, 0), view.offset as u32);
                // Without B = 1 its stride is that of nothing.
                for (i, &stride) in (1..=3).rev().zip(view.strides.iter().rev()) {
                    launch.params.free(finish::word(k, i), word(stride));
                }
                launch.inputs.push(view.slot);
            }
        }
    }
    launch.outputs = outputs.iter().map(|output| Slot::Buffer(output.buffer)).collect();
    let program = Rc::clone(program);
    launch.recipe = Recipe::Finished(Rc::new(Finished { product, program, numbers, keeps }));
    Ok(plan)
}

/// The product in a buffer, and the program in a kernel of its own.
fn apart(
    program: &Rc<Program>,
    mut plan: Plan,
    dtype: DType,
    others: &[View],
    outputs: &[Target<'_>],
) -> Result<Plan> {
    let (results, kept) = outputs.split_at(program.outputs.len());
    let layout = outputs[0].layout.clone();
    let slot = kept.first().map_or(Slot::Spare, |product| Slot::Buffer(product.buffer));
    if let Some(last) = plan.launches.last_mut() {
        last.outputs = vec![slot];
    }
    if slot == Slot::Spare {
        plan.spare = layout.numel();
    }
    let product = View { slot, dtype, shape: layout.shape, strides: layout.strides, offset: 0 };
    let views: Vec<View> = std::iter::once(product).chain(others.iter().cloned()).collect();
    let behind = map::map(program, &views, results)?;
    plan.launches.extend(behind.launches);
    Ok(plan)
}

fn product(x: &View, y: &View, output: &Target<'_>) -> Result<Plan> {
    let [batch, m, k, n] = sizes(x, y)?;
    let count = batch * m * n;
    let large = batch * m.div_ceil(64) * n.div_ceil(64);
    let narrow = m.min(n) <= NARROW;
    let (tiles, tile, busy) = if count.saturating_mul(k) <= if narrow { LITTLE_AND_NARROW } else { LITTLE } {
        (Tiles::None, 1, BUSY_ALONE)
    } else if large < BUSY || narrow {
        (Tiles::Small, 16, BUSY)
    } else {
        (Tiles::Large, 64, BUSY)
    };
    let (rows, columns) = (m.div_ceil(tile), n.div_ceil(tile));
    let pieces = batch * rows * columns;
    let parts = busy.div_ceil(pieces).min(k / PART).max(1);
    let each = k.div_ceil(parts).next_multiple_of(STEPS).max(STEPS);
    let parts = k.div_ceil(each).max(1);

    let variant = Variant::matmul(x.dtype, tiles)?;
    let work = pieces * parts;
    let groups = if tiles == Tiles::None { work.div_ceil(ROW_GROUP) } else { work };
    let mut params = Params::new(work, k).more([m as u32, n as u32, parts as u32, each as u32]).rest([
        rows as u32,
        columns as u32,
        batch as u32,
        0,
    ]);
    params.strides(0, &along(x, k, 2));
    params.strides(1, &along(y, k, 1));
    let mut first = launch(variant, &[x, y], output, params, groups);
    if parts == 1 {
        return Ok(first.into());
    }
    first.outputs = vec![Slot::Scratch];
    let strides = [1, count as isize];
    let second = reduce::fold_scratch(Reduce::Sum, x.dtype, count, parts, strides, output)?;
    Ok(Plan { launches: vec![first, second], scratch: count * parts, spare: 0 })
}

/// The same on a processor that plays a graphics card: no workgroup waits there.
fn in_registers(x: &View, y: &View, output: &Target<'_>) -> Result<Plan> {
    let [batch, m, k, n] = sizes(x, y)?;
    // Only float32 is multiplied.
    Variant::matmul(x.dtype, Tiles::None)?;
    let tile = Tile::new([batch, m, k, n], fours(x, 2, 1), fours(y, 1, 2));
    let count = tile.invocations([batch, m, n]);
    let (rows, columns) = (m.div_ceil(tile.rows), n.div_ceil(tile.columns));
    let mut params = Params::new(count, k).more([m as u32, n as u32, rows as u32, columns as u32]);
    for (operand, view) in [x, y].into_iter().enumerate() {
        params.offset(operand, view.offset);
        view.strides.iter().enumerate().for_each(|(d, &s)| params.free(4 * operand + d, word(s)));
    }
    let (inputs, outputs) = (vec![x.slot, y.slot], vec![Slot::Buffer(output.buffer)]);
    let groups = count.div_ceil(tile::GROUP);
    Ok(Launch { recipe: Recipe::Tile(tile), inputs, outputs, params, groups }.into())
}

/// B, M, K and N of `x [B, M, K] · y [B, K, N]`.
fn sizes(x: &View, y: &View) -> Result<[usize; 4]> {
    match (x.shape.as_slice(), y.shape.as_slice()) {
        (&[batch, m, k], &[same, inner, n]) if same == batch && inner == k => Ok([batch, m, k, n]),
        (x, y) => Err(Error::Internal(format!("a product of shapes {x:?} and {y:?}"))),
    }
}

/// Along which dimension four elements can be loaded at once.
fn fours(view: &View, inner: usize, outer: usize) -> Fours {
    let whole = |d: usize| view.shape[d] == 1 || view.strides[d] % 4 == 0;
    let dense = |d: usize| view.strides[d] == 1;
    if !matches!(view.slot, Slot::Buffer(_)) || !view.offset.is_multiple_of(4) || !whole(0) {
        Fours::Apart
    } else if dense(inner) && whole(outer) {
        Fours::Inner
    } else if dense(outer) && whole(inner) {
        Fours::Outer
    } else {
        Fours::Apart
    }
}

/// The strides of an input. A stride of 1 along the inner dimension tells the kernel how to load; where there is
/// only one element along it, that would mislead.
fn along(view: &View, k: usize, inner: usize) -> Dims<isize> {
    let mut strides = view.strides.clone();
    if k == 1 && word(strides[inner]) == 1 {
        strides[inner] = 0;
    }
    strides
}

#[cfg(test)]
mod tests {
    use engine::{DType, Layout};

    use super::*;

    fn entries(b: usize, m: usize, k: usize, n: usize) -> Result<Vec<(&'static str, usize)>> {
        let view = |shape: [usize; 3]| {
            let layout = Layout::contiguous(&shape);
            let (slot, dtype) = (Slot::Buffer(0), DType::Float32);
            View { slot, dtype, shape: layout.shape, strides: layout.strides, offset: 0 }
        };
        let layout = Layout::contiguous(&[b, m, n]);
        let target = Target { buffer: 1, dtype: DType::Float32, layout: &layout };
        let plan = product(&view([b, m, k]), &view([b, k, n]), &target)?;
        assert_eq!(plan.launches.len() > 1, plan.scratch > 0, "scratch is for the second launch");
        Ok(plan.launches.iter().map(|l| (l.recipe.entry(), l.groups)).collect())
    }

    #[test]
    fn tiles_and_parts_fit_the_shape() -> Result<()> {
        assert_eq!(entries(1, 512, 512, 512)?, [("blocked", 64)]);
        assert_eq!(entries(1, 128, 784, 10)?, [("direct", 100), ("serial", 20)], "5 parts of 160");
        assert_eq!(entries(1, 10, 128, 784)?, [("direct", 123)], "one part is all there is");
        assert_eq!(entries(1, 1, 784, 10)?, [("direct", 1), ("serial", 1)]);
        assert_eq!(entries(1, 1000, 784, 10)?, [("direct", 157)], "no more parts than keep a device busy");
        assert_eq!(entries(1, 10, 8192, 784)?, [("narrow", 98), ("serial", 123)], "49 tiles, 2 parts");
        assert_eq!(entries(1, 2, 0, 2)?, [("direct", 1)], "zeros");
        Ok(())
    }
}
