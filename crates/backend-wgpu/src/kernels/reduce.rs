//! Folding the last dimensions, and what goes along rows: which of the kernels is the fastest depends on how many
//! results there are and how many elements go into each.

use engine::{ArgReduce, DType, Error, Reduce, Result, Target};

use super::{Launch, Plan, ROW_GROUP, Slot, View, launch};
use crate::params::{Params, Walk};
use crate::shaders::Variant;

/// Up to this many elements one invocation folds alone.
const SHORT: usize = 128;

/// With this many results, invocations fold up to [`MEDIUM`] elements alone: the device is busy enough.
const MANY: usize = 512;
const MEDIUM: usize = 256;

/// A result of more elements than this is folded by several workgroups, if there are few results.
const LONG: usize = 32768;
const FEW: usize = 64;

/// Elements that a workgroup folds in that case, at least.
const PART: usize = 16384;

fn wants_tree(count: usize, length: usize) -> bool {
    length > SHORT && !(count >= MANY && length <= MEDIUM)
}

fn groups(count: usize, tree: bool) -> usize {
    if tree { count } else { count.div_ceil(ROW_GROUP) }
}

pub(super) fn fold(op: Reduce, dims: usize, x: &View, output: &Target<'_>) -> Result<Plan> {
    let [(outer, outer_strides), (inner, inner_strides)] = x.split(dims)?;
    let (count, length): (usize, usize) = (outer.iter().product(), inner.iter().product());
    let outer = Walk::new(outer, &[outer_strides]);
    let inner = Walk::new(inner, &[inner_strides]);
    let dtype = x.dtype;
    if count > FEW || length <= LONG {
        let tree = wants_tree(count, length);
        let params = Params::new(count, length).walks(&outer, Some(&inner))?.more([1, length as u32, 0, 0]);
        return Ok(
            launch(Variant::reduce(op, dtype, tree)?, &[x], output, params, groups(count, tree)).into()
        );
    }
    let parts = (length / PART).min(1024 / count);
    let each = length.div_ceil(parts);
    let params = Params::new(count * parts, length).walks(&outer, Some(&inner))?;
    let params = params.more([parts as u32, each as u32, 0, 0]);
    let mut first = launch(Variant::reduce(op, dtype, true)?, &[x], output, params, count * parts);
    first.output = Slot::Scratch;
    let second = fold_scratch(op, dtype, count, parts, [parts as isize, 1], output)?;
    Ok(Plan { launches: vec![first, second], scratch: count * parts })
}

/// Folds `parts` intermediate results into each of `count` results; `strides` are those from result to result
/// and from part to part.
pub(super) fn fold_scratch(
    op: Reduce,
    dtype: DType,
    count: usize,
    parts: usize,
    strides: [isize; 2],
    output: &Target<'_>,
) -> Result<Launch> {
    let tree = wants_tree(count, parts);
    let outer = Walk::new(&[count], &[&strides[..1]]);
    let inner = Walk::new(&[parts], &[&strides[1..]]);
    let params = Params::new(count, parts).walks(&outer, Some(&inner))?.more([1, parts as u32, 0, 0]);
    let mut second = launch(Variant::reduce(op, dtype, tree)?, &[], output, params, groups(count, tree));
    second.inputs = vec![Slot::Scratch];
    Ok(second)
}

pub(super) fn arg(op: ArgReduce, x: &View, output: &Target<'_>) -> Result<Plan> {
    let (params, count, length) = rows(x)?;
    if length == 0 {
        return Err(Error::Internal("the extreme of no elements was asked for".to_owned()));
    }
    let tree = wants_tree(count, length);
    let variant = Variant::arg_reduce(op, x.dtype, tree)?;
    Ok(launch(variant, &[x], output, params, groups(count, tree)).into())
}

pub(super) fn log_softmax(x: &View, output: &Target<'_>) -> Result<Plan> {
    let (params, count, length) = rows(x)?;
    let tree = wants_tree(count, length);
    let variant = Variant::log_softmax(x.dtype, tree)?;
    Ok(launch(variant, &[x], output, params, groups(count, tree)).into())
}

/// Parameters for kernels along the last dimension, the number of rows and their length.
pub(super) fn rows(x: &View) -> Result<(Params, usize, usize)> {
    let [(outer, outer_strides), (inner, inner_strides)] = x.split(1)?;
    let (count, length): (usize, usize) = (outer.iter().product(), inner.iter().product());
    let (outer, inner) = (Walk::new(outer, &[outer_strides]), Walk::new(inner, &[inner_strides]));
    Ok((Params::new(count, length).walks(&outer, Some(&inner))?, count, length))
}

#[cfg(test)]
mod tests {
    use engine::Layout;

    use super::*;

    fn sum(shape: &[usize], dims: usize) -> Result<Vec<(&'static str, usize)>> {
        let layout = Layout::contiguous(shape);
        let (slot, dtype) = (Slot::Buffer(0), DType::Float32);
        let view = View { slot, dtype, shape: layout.shape.clone(), strides: layout.strides, offset: 0 };
        let result = Layout::contiguous(&shape[..shape.len() - dims]);
        let plan = fold(Reduce::Sum, dims, &view, &Target { buffer: 1, dtype, layout: &result })?;
        Ok(plan.launches.iter().map(|l| (l.variant.entry, l.groups)).collect())
    }

    #[test]
    fn the_kernel_fits_the_shape() -> Result<()> {
        assert_eq!(sum(&[1000, 10], 1)?, [("serial", 16)]);
        assert_eq!(sum(&[10, 128], 1)?, [("serial", 1)], "the gradient of a bias");
        assert_eq!(sum(&[10, 1000], 1)?, [("tree", 10)]);
        assert_eq!(sum(&[1 << 22], 1)?, [("tree", 256), ("tree", 1)]);
        assert_eq!(sum(&[64, 1 << 16], 1)?, [("tree", 256), ("serial", 1)]);
        assert_eq!(sum(&[5, 0], 1)?, [("serial", 1)], "the identity");
        Ok(())
    }
}
