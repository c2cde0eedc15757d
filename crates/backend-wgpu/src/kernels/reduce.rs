//! Folding the last dimensions, and what goes along rows: which of the kernels is the fastest depends on how many
//! results there are and how many elements go into each.

use std::rc::Rc;

use engine::program::Program;
use engine::{ArgReduce, DType, Error, Reduce, Result, Target};

use super::map::{buffers, generated, lies};
use super::{Launch, Plan, ROW_GROUP, Slot, View, launch};
use crate::generate::{Form, Generated, Lie};
use crate::params::{Params, Walk};
use crate::shaders::Variant;

/// Up to this many elements one invocation folds alone.
const SHORT: usize = 128;

/// With this many results, invocations fold up to [`MEDIUM`] elements alone: the device is busy enough.
const MANY: usize = 512;
const MEDIUM: usize = 256;

/// Up to this many elements are folded by a small workgroup: in a large one, most invocations would take part in little more
/// than waiting for each other.
const ROW: usize = 1024;

/// A result of more elements than this is folded by several workgroups, if there are few results.
const LONG: usize = 32768;
const FEW: usize = 64;

/// Elements that a workgroup folds in that case, at least.
const PART: usize = 16384;

fn wants_tree(count: usize, length: usize) -> bool {
    length > SHORT && !(count >= MANY && length <= MEDIUM)
}

/// How `count` results of `length` elements are folded.
fn form(op: Reduce, count: usize, length: usize) -> Form {
    match wants_tree(count, length) {
        false => Form::Serial(op),
        true if length <= ROW => Form::Row(op),
        true => Form::Tree(op),
    }
}

fn groups(count: usize, tree: bool) -> usize {
    if tree { count } else { count.div_ceil(ROW_GROUP) }
}

/// Folds the last `dims` dimensions of a program's result, or of the only input.
pub(super) fn fold(
    op: Reduce,
    dims: usize,
    of: Option<&Rc<Program>>,
    views: &[View],
    output: &Target<'_>,
) -> Result<Plan> {
    let (Some(first), Some(kept)) =
        (views.first(), views.first().and_then(|x| x.shape.len().checked_sub(dims)))
    else {
        return Err(Error::Internal(format!("{dims} dimensions of {} inputs are folded", views.len())));
    };
    if views.iter().any(|view| view.shape != first.shape) {
        return Err(Error::Internal("inputs of several shapes are folded".to_owned()));
    }
    let same = || Rc::new(Program { inputs: vec![first.dtype], steps: Vec::new(), outputs: vec![0] });
    let program = of.map_or_else(same, Rc::clone);
    let fold = Fold::new(program, views, kept);
    let (count, length) = (fold.count, fold.length);
    let out = Slot::Buffer(output.buffer);
    if count > FEW || length <= LONG {
        return Ok(fold.launch(out, form(op, count, length), [1, length])?.into());
    }
    let parts = (length / PART).min(1024 / count);
    let each = length.div_ceil(parts);
    let first = fold.launch(Slot::Scratch, Form::Tree(op), [parts, each])?;
    let second = fold_scratch(op, output.dtype, count, parts, [parts as isize, 1], output)?;
    Ok(Plan { launches: vec![first, second], scratch: count * parts, spare: 0 })
}

/// What is folded, with its walks.
struct Fold<'a> {
    program: Rc<Program>,
    views: &'a [View],
    /// Results, and elements in each.
    count: usize,
    length: usize,
    outer: Walk,
    inner: Walk,
    inputs: Vec<Lie>,
}

impl<'a> Fold<'a> {
    fn new(program: Rc<Program>, views: &'a [View], kept: usize) -> Self {
        let shape: &[usize] = views.first().map_or(&[], |view| &view.shape);
        let dense = engine::Layout::contiguous(shape).strides;
        let strides: Vec<&[isize]> =
            buffers(views).map(|view| view.strides.as_slice()).chain([dense.as_slice()]).collect();
        let part = |range: std::ops::Range<usize>| {
            let strides: Vec<&[isize]> = strides.iter().map(|s| &s[range.clone()]).collect();
            Walk::new(&shape[range], &strides)
        };
        let (outer, inner) = (part(0..kept), part(kept..shape.len()));
        let length: usize = shape[kept..].iter().product();
        // Densely means: results one after another, each without gaps.
        let whole = Walk {
            shape: [outer.shape.as_slice(), &inner.shape].concat(),
            strides: outer
                .strides
                .iter()
                .zip(&inner.strides)
                .map(|(o, i)| [o.as_slice(), i].concat())
                .collect(),
        };
        let inputs = lies(&whole, views);
        Self { program, views, count: shape[..kept].iter().product(), length, outer, inner, inputs }
    }

    fn launch(&self, output: Slot, form: Form, [parts, each]: [usize; 2]) -> Result<Launch> {
        let kernel = Generated {
            program: Rc::clone(&self.program),
            inputs: self.inputs.clone(),
            outer: self.outer.shape.len(),
            inner: self.inner.shape.len(),
            form,
        };
        let count = self.count * parts;
        let params = Params::new(count, self.length).more([parts as u32, each as u32, 0, 0]);
        let walks = [&self.outer, &self.inner];
        let serial = matches!(form, Form::Serial(_));
        generated(kernel, self.views, vec![output], params, &walks, groups(count, !serial))
    }
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
    let view = View {
        slot: Slot::Scratch,
        dtype,
        shape: [count, parts].as_slice().into(),
        strides: strides.as_slice().into(),
        offset: 0,
    };
    let program = Rc::new(Program { inputs: vec![dtype], steps: Vec::new(), outputs: vec![0] });
    let views = [view];
    let fold = Fold::new(program, &views, 1);
    fold.launch(Slot::Buffer(output.buffer), form(op, count, parts), [1, parts])
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
    use engine::ops::Unary;
    use engine::program::Step;

    use super::*;

    fn sum(shape: &[usize], dims: usize) -> Result<Vec<(&'static str, usize)>> {
        let layout = Layout::contiguous(shape);
        let (slot, dtype) = (Slot::Buffer(0), DType::Float32);
        let view = View { slot, dtype, shape: layout.shape.clone(), strides: layout.strides, offset: 0 };
        let result = Layout::contiguous(&shape[..shape.len() - dims]);
        let plan = fold(Reduce::Sum, dims, None, &[view], &Target { buffer: 1, dtype, layout: &result })?;
        Ok(plan.launches.iter().map(|l| (l.recipe.entry(), l.groups)).collect())
    }

    #[test]
    fn elements_that_take_long_to_compile_are_folded_one_by_one() -> Result<()> {
        let entry = |step: Step, steps: usize| {
            let steps = (0..steps).map(|_| step).collect();
            let program = Rc::new(Program { inputs: vec![DType::Float32], steps, outputs: vec![1] });
            let (layout, result) = (Layout::contiguous(&[10, 100]), Layout::contiguous(&[10]));
            let (slot, dtype) = (Slot::Buffer(0), DType::Float32);
            let view = View { slot, dtype, shape: layout.shape, strides: layout.strides, offset: 0 };
            let target = Target { buffer: 1, dtype, layout: &result };
            let plan = fold(Reduce::Sum, 1, Some(&program), &[view], &target)?;
            Ok::<_, Error>(plan.launches[0].recipe.entry())
        };
        assert_eq!(entry(Step::Unary(Unary::Neg, 0), 8)?, "serial");
        assert_eq!(entry(Step::Unary(Unary::Neg, 0), 9)?, "serial_one", "many steps");
        assert_eq!(entry(Step::Unary(Unary::Log, 0), 1)?, "serial_one", "a heavy step");
        Ok(())
    }

    #[test]
    fn the_kernel_fits_the_shape() -> Result<()> {
        assert_eq!(sum(&[1000, 10], 1)?, [("serial", 16)]);
        assert_eq!(sum(&[10, 128], 1)?, [("serial", 1)], "the gradient of a bias");
        assert_eq!(
            sum(&[640, 576], 1)?,
            [("row", 640)],
            "the gradient of a convolution's bias, image by image"
        );
        assert_eq!(sum(&[10, 10_000], 1)?, [("tree", 10)]);
        assert_eq!(sum(&[1 << 22], 1)?, [("tree", 256), ("row", 1)]);
        assert_eq!(sum(&[64, 1 << 16], 1)?, [("tree", 256), ("serial", 1)]);
        assert_eq!(sum(&[5, 0], 1)?, [("serial", 1)], "the identity");
        Ok(())
    }
}
