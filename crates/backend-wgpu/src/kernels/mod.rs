//! What to launch for a kernel: pipelines, parameters and numbers of workgroups. Touches no device.

mod convolve;
mod copy;
mod entropy;
mod fold;
mod index;
mod map;
mod matmul;
mod order;
mod pool;
mod reduce;

use engine::{BufferId, DType, Dims, Error, Kernel, Operand, Result, Source, Target};

use crate::elements;
use crate::params::{OUT, Params};
use crate::pipelines::Recipe;
use crate::shaders::Variant;

/// Invocations in a workgroup of most kernels.
const GROUP: usize = 256;

/// Invocations in a workgroup of the kernels with one invocation per row.
const ROW_GROUP: usize = 64;

/// What a binding refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// A buffer of the caller.
    Buffer(BufferId),
    /// A word that every element has; of uint8, its lowest byte.
    Constant {
        /// The word.
        bits: u32,
        /// Elements per word.
        per_word: usize,
    },
    /// The plan's own buffer for intermediate results.
    Scratch,
    /// Another one: no launch reads what it writes.
    Spare,
}

/// One launch of one pipeline.
#[derive(Debug)]
pub(crate) struct Launch {
    pub(crate) recipe: Recipe,
    pub(crate) inputs: Vec<Slot>,
    pub(crate) outputs: Vec<Slot>,
    pub(crate) params: Params,
    /// How many workgroups.
    pub(crate) groups: usize,
}

/// The launches of one kernel, in order.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) launches: Vec<Launch>,
    /// Words of intermediate results.
    pub(crate) scratch: usize,
    /// The same for the other buffer.
    pub(crate) spare: usize,
}

impl From<Launch> for Plan {
    fn from(launch: Launch) -> Self {
        Self { launches: vec![launch], scratch: 0, spare: 0 }
    }
}

/// Plans a kernel whose outputs are not empty. `software`: the device is a processor that plays a graphics card.
pub(crate) fn plan(
    kernel: &Kernel,
    inputs: &[Operand<'_>],
    outputs: &[Target<'_>],
    software: bool,
) -> Result<Plan> {
    let views: Vec<View> = inputs.iter().map(View::new).collect::<Result<_>>()?;
    if let Kernel::Map(program) = kernel {
        return map::map(program, &views, outputs);
    }
    if let (Kernel::MatMul { then: Some(program) }, [x, y, others @ ..]) = (kernel, views.as_slice()) {
        return matmul::finished(program, [x, y], others, outputs, software);
    }
    if let (Kernel::CrossEntropyBoth { ignore }, [x, y, g], [grad, loss]) =
        (kernel, views.as_slice(), outputs)
    {
        return entropy::both(*ignore, [x, y, g], grad, loss);
    }
    let [output] = outputs else {
        return Err(Error::Internal(format!("{kernel:?} was given {} outputs", outputs.len())));
    };
    match (kernel, views.as_slice()) {
        (Kernel::Copy, [x]) => copy::copy(x, output),
        (Kernel::Reduce { op, dims, of }, views) => reduce::fold(*op, *dims, of.as_ref(), views, output),
        (Kernel::ArgReduce(op), [x]) => reduce::arg(*op, x, output),
        (Kernel::LogSoftmax, [x]) => reduce::log_softmax(x, output),
        (Kernel::CrossEntropy { ignore }, [x, y]) => entropy::forward(*ignore, x, y, output),
        (Kernel::CrossEntropyGrad { ignore }, [x, y, g, both]) => {
            entropy::backward(*ignore, [x, y, g, both], output)
        }
        (Kernel::MatMul { then: None }, [x, y]) => matmul::plain(x, y, output, software),
        (Kernel::Gather, [x, y]) => index::gather(x, y, output),
        (Kernel::Scatter { by }, [x, y, z]) => index::scatter(*by, x, y, z, output),
        (Kernel::Locate { size, .. }, [x, y]) => index::locate(*size, x, y, output),
        (Kernel::Scan(op), [x]) => order::scan(*op, x, output),
        (Kernel::ArgSort { descending }, [x]) => order::argsort(*descending, x, output),
        (Kernel::IndexSelect, [x, y]) => index::select(x, y, output),
        (Kernel::Fold { dim, step, dilation }, [x]) => fold::windows([*dim, *step, *dilation], x, output),
        (Kernel::Convolve { part, slide, groups }, views @ [_, _, ..]) => {
            convolve::part(*part, *slide, *groups, views, output)
        }
        (Kernel::MaxPool { size, slide }, [x]) => pool::places(*size, *slide, x, output),
        (Kernel::MaxPoolGrad { size, slide }, [x, y]) => pool::spread(*size, *slide, x, y, output),
        (Kernel::Batch { scale }, [x, y]) => index::batch(*scale, x, y, output),
        (kernel, views) => Err(Error::Internal(format!("{kernel:?} was given {} inputs", views.len()))),
    }
}

/// An input, with the strides of a constant made zero.
#[derive(Clone, Debug)]
struct View {
    slot: Slot,
    dtype: DType,
    shape: Dims<usize>,
    strides: Dims<isize>,
    offset: usize,
}

impl View {
    fn new(operand: &Operand<'_>) -> Result<Self> {
        let shape = operand.layout.shape.clone();
        Ok(match operand.source {
            Source::Buffer(id) => Self {
                slot: Slot::Buffer(id),
                dtype: operand.dtype,
                strides: operand.layout.strides.clone(),
                offset: operand.layout.offset,
                shape,
            },
            Source::Scalar(value) => Self {
                slot: Slot::Constant {
                    bits: elements::constant(value, operand.dtype)?,
                    per_word: if operand.dtype == DType::UInt8 { 4 } else { 1 },
                },
                dtype: operand.dtype,
                strides: Dims::repeat(0, shape.len()),
                offset: 0,
                shape,
            },
        })
    }

    /// The shape and strides split before the last `n` dimensions.
    fn split(&self, n: usize) -> Result<[(&[usize], &[isize]); 2]> {
        let at = self.shape.len().checked_sub(n).ok_or_else(|| {
            Error::Internal(format!("a kernel needs {n} dimensions, but got {:?}", self.shape))
        })?;
        let (front, back) = self.shape.split_at(at);
        let (front_strides, back_strides) = self.strides.split_at(at);
        Ok([(front, front_strides), (back, back_strides)])
    }
}

/// A launch into the caller's output.
fn launch(
    variant: Variant,
    inputs: &[&View],
    output: &Target<'_>,
    mut params: Params,
    groups: usize,
) -> Launch {
    for (i, input) in inputs.iter().enumerate() {
        params.offset(i, input.offset);
    }
    params.offset(OUT, output.layout.offset);
    let inputs = inputs.iter().map(|view| view.slot).collect();
    Launch {
        recipe: Recipe::Fixed(variant),
        inputs,
        outputs: vec![Slot::Buffer(output.buffer)],
        params,
        groups,
    }
}
