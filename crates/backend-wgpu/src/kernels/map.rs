//! Programs of elementwise functions: which generated kernel, and with which parameters.

use std::rc::Rc;

use engine::program::{Program, Step};
use engine::{DType, Error, Result, Target};

use super::copy::packed;
use super::{GROUP, Launch, Plan, Slot, View};
use crate::generate::{Form, Generated, Lie, Words};
use crate::params::{Params, Walk, word};
use crate::pipelines::Recipe;

/// With more heavy steps than that, a kernel computes one element: four would be four copies of each to compile.
const HEAVY: usize = 3;

/// Elementwise functions into dense outputs.
pub(super) fn map(program: &Rc<Program>, views: &[View], outputs: &[Target<'_>]) -> Result<Plan> {
    let Some(shape) = outputs.first().map(|output| output.layout.shape.as_slice()) else {
        return Err(Error::Internal("a program without outputs".to_owned()));
    };
    let walk = walk(shape, views)?;
    let inputs = lies(&walk, views);
    let (form, inputs) = match by_fours(&walk, views, &inputs) {
        Some(inputs) if program.heavy() <= HEAVY || writes_bytes(outputs) => (Form::Map4, inputs),
        Some(_) | None => (Form::Map, inputs),
    };
    let count = shape.iter().product::<usize>();
    let count = if form == Form::Map4 { count.div_ceil(4) } else { count };
    let compute = |program: &Rc<Program>, outputs: &[Target<'_>]| {
        let (program, inputs) = (Rc::clone(program), inputs.clone());
        let kernel = Generated { program, inputs, outer: walk.shape.len(), inner: 0, form };
        let outputs = outputs.iter().map(|output| Slot::Buffer(output.buffer)).collect();
        generated(kernel, views, outputs, Params::new(count, 1), &[&walk], count.div_ceil(GROUP))
    };
    if form == Form::Map4 || !writes_bytes(outputs) {
        return Ok(compute(program, outputs)?.into());
    }
    // An invocation that computes one element cannot write a part of a word: each output is computed by itself.
    let mut all = Plan { launches: Vec::new(), scratch: 0, spare: 0 };
    for (&register, output) in program.outputs.iter().zip(outputs) {
        let mut alone = Program { outputs: vec![register], ..Program::clone(program) };
        if output.dtype == DType::UInt8 {
            alone.outputs = vec![alone.inputs.len() + alone.steps.len()];
            alone.steps.push(Step::Cast(DType::Int64, register));
        }
        let plan = packed(compute(&Rc::new(alone), &[*output])?, output)?;
        all.launches.extend(plan.launches);
        all.scratch = all.scratch.max(plan.scratch);
    }
    Ok(all)
}

fn writes_bytes(outputs: &[Target<'_>]) -> bool {
    outputs.iter().any(|output| output.dtype == DType::UInt8)
}

/// The dimensions of a walk over all inputs that are no constants.
pub(super) fn walk(shape: &[usize], views: &[View]) -> Result<Walk> {
    if let Some(view) = views.iter().find(|view| view.shape != *shape) {
        return Err(Error::Internal(format!("an input of shape {:?} for {shape:?}", view.shape)));
    }
    // The walk of the output: it lies densely.
    let dense = engine::Layout::contiguous(shape).strides;
    let strides: Vec<&[isize]> =
        buffers(views).map(|view| view.strides.as_slice()).chain([dense.as_slice()]).collect();
    Ok(Walk::new(shape, &strides))
}

/// The inputs that are no constants.
pub(super) fn buffers(views: &[View]) -> impl Iterator<Item = &View> {
    views.iter().filter(|view| !matches!(view.slot, Slot::Constant { .. }))
}

/// How each input lies, if its strides are those of the walk.
pub(super) fn lies(walk: &Walk, views: &[View]) -> Vec<Lie> {
    let dense = engine::Layout::contiguous(&walk.shape).strides;
    let mut strides = walk.strides.iter();
    let lie = |view: &View| match view.slot {
        Slot::Constant { .. } => Lie::Scalar,
        Slot::Buffer(_) | Slot::Scratch | Slot::Spare => {
            let strides = strides.next().map_or(&[][..], Vec::as_slice);
            let even = strides.iter().zip(&dense).zip(&walk.shape).all(|((s, d), &n)| n == 1 || s == d);
            if even { Lie::Dense } else { Lie::Strided }
        }
    };
    views.iter().map(lie).collect()
}

/// How each input lies for kernels that take four elements at a time, if all of them do.
fn by_fours(walk: &Walk, views: &[View], lies: &[Lie]) -> Option<Vec<Lie>> {
    let whole_rows = walk.shape.last().is_some_and(|n| n.is_multiple_of(4));
    let mut strides = walk.strides.iter();
    let lie = |(view, &lie): (&View, &Lie)| {
        if lie == Lie::Scalar {
            return Some(lie);
        }
        let aligned = view.offset.is_multiple_of(4);
        match (lie, strides.next().map_or(&[][..], Vec::as_slice)) {
            (Lie::Dense, _) => aligned.then_some(lie),
            (_, [.., 0]) if whole_rows => Some(Lie::Same),
            (_, [before @ .., 1]) => {
                let aligned = aligned && whole_rows && before.iter().all(|s| s % 4 == 0);
                aligned.then_some(Lie::Fours)
            }
            _ => None,
        }
    };
    views.iter().zip(lies).map(lie).collect()
}

/// A launch of a generated kernel. `walks` are those over results and within them.
pub(super) fn generated(
    kernel: Generated,
    views: &[View],
    outputs: Vec<Slot>,
    mut params: Params,
    walks: &[&Walk],
    groups: usize,
) -> Result<Launch> {
    let words = Words::new(&kernel);
    let strided = kernel.inputs.iter().filter(|lie| lie.is_walked()).count();
    if !words.fit(strided) {
        let what = format!("walk {} dimensions of {strided} operands", kernel.outer + kernel.inner);
        return Err(Error::Unsupported { device: crate::NAME, what });
    }
    let sizes = walks.iter().flat_map(|walk| walk.shape.iter().copied());
    sizes.enumerate().for_each(|(d, size)| params.free(words.size(d), size as u32));
    let (mut buffer, mut before) = (0, 0);
    for (k, (view, lie)) in views.iter().zip(&kernel.inputs).enumerate() {
        match view.slot {
            Slot::Constant { bits, .. } => params.free(words.input(k), bits),
            Slot::Buffer(_) | Slot::Scratch | Slot::Spare => {
                params.free(words.input(k), view.offset as u32);
                if lie.is_walked() {
                    let strides = walks.iter().flat_map(|walk| walk.strides[buffer].iter().copied());
                    strides.enumerate().for_each(|(d, s)| params.free(words.stride(before, d), word(s)));
                    before += 1;
                }
                buffer += 1;
            }
        }
    }
    let inputs = buffers(views).map(|view| view.slot).collect();
    Ok(Launch { recipe: Recipe::Generated(Rc::new(kernel)), inputs, outputs, params, groups })
}

#[cfg(test)]
mod tests {
    use engine::Layout;
    use engine::ops::{Binary, Unary};

    use super::*;

    /// How the operands of a sum over `shape` are read, of which the second one lies so.
    fn sum(shape: [usize; 2], strides: [isize; 2], offset: usize) -> Result<(Form, Vec<Lie>)> {
        let dtype = DType::Float32;
        let whole = Layout::contiguous(&shape);
        let other = Layout { strides: strides.as_slice().into(), offset, ..whole.clone() };
        let view = |layout: &Layout, buffer| View {
            slot: Slot::Buffer(buffer),
            dtype,
            shape: layout.shape.clone(),
            strides: layout.strides.clone(),
            offset: layout.offset,
        };
        let program = Rc::new(Program::single(Step::Binary(Binary::Add, 0, 1), &[dtype, dtype]));
        let target = Target { buffer: 2, dtype, layout: &whole };
        let plan = map(&program, &[view(&whole, 0), view(&other, 1)], &[target])?;
        match &plan.launches[0].recipe {
            Recipe::Generated(kernel) => Ok((kernel.form, kernel.inputs.clone())),
            other => Err(Error::Internal(format!("{other:?} is no program"))),
        }
    }

    #[test]
    fn a_kernel_that_takes_long_to_compile_computes_one_element() -> Result<()> {
        let layout = Layout::contiguous(&[8]);
        let form = |heavy: usize, dtype: DType| {
            let mut steps: Vec<Step> = (0..heavy).map(|r| Step::Unary(Unary::Exp, r)).collect();
            steps.push(Step::Cast(dtype, heavy));
            let program = Program { inputs: vec![DType::Float32], steps, outputs: vec![heavy + 1] };
            let (slot, shape, strides) = (Slot::Buffer(0), layout.shape.clone(), layout.strides.clone());
            let view = View { slot, dtype: DType::Float32, shape, strides, offset: 0 };
            let plan = map(&Rc::new(program), &[view], &[Target { buffer: 1, dtype, layout: &layout }])?;
            match &plan.launches[0].recipe {
                Recipe::Generated(kernel) => Ok(kernel.form),
                other => Err(Error::Internal(format!("{other:?} is no program"))),
            }
        };
        assert_eq!(form(HEAVY, DType::Int64)?, Form::Map4);
        assert_eq!(form(HEAVY + 1, DType::Int64)?, Form::Map);
        assert_eq!(form(HEAVY + 1, DType::UInt8)?, Form::Map4, "bytes are written by four");
        Ok(())
    }

    #[test]
    fn four_elements_are_read_at_a_time_where_they_lie_so() -> Result<()> {
        assert_eq!(sum([6, 8], [8, 1], 4)?, (Form::Map4, vec![Lie::Dense; 2]));
        assert_eq!(sum([6, 7], [7, 1], 0)?, (Form::Map4, vec![Lie::Dense; 2]), "whole tensors are one row");
        assert_eq!(sum([6, 8], [0, 1], 4)?, (Form::Map4, vec![Lie::Dense, Lie::Fours]), "a row for all");
        assert_eq!(sum([6, 8], [1, 0], 3)?, (Form::Map4, vec![Lie::Dense, Lie::Same]), "a column for all");
        let strided = (Form::Map, vec![Lie::Dense, Lie::Strided]);
        assert_eq!(sum([6, 7], [0, 1], 0)?, strided, "rows do not end with four");
        assert_eq!(sum([6, 8], [9, 1], 0)?, strided, "nor begin with four");
        assert_eq!(sum([6, 8], [0, 1], 3)?, strided, "nor this one");
        assert_eq!(sum([6, 8], [1, 6], 0)?, strided, "transposed");
        assert_eq!(sum([6, 8], [8, 1], 3)?.0, Form::Map, "dense, but not from four on");
        Ok(())
    }
}
