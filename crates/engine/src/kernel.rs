//! What a backend computes: kernels, as data.

use std::rc::Rc;

use crate::program::Program;
use crate::slide::{Part, Slide};

/// What a kernel computes. `x`, `y`, `z` are the inputs in order. All but [`Kernel::Map`],
/// [`Kernel::MatMul`] and [`Kernel::CrossEntropyBoth`] have one output.
#[derive(Clone, Debug, PartialEq)]
pub enum Kernel {
    /// `out = x`, converted to the output's dtype. All layouts may be strided; the shapes are equal.
    Copy,
    /// A program for each element; inputs and outputs have one shape.
    Map(Rc<Program>),
    /// Folds the last `dims` dimensions of `x` into one value each. The output has the shape of the rest.
    Reduce {
        /// How.
        op: Reduce,
        /// How many trailing dimensions are folded.
        dims: usize,
        /// What is folded instead of `x`: the one result of a program over the inputs, which have one shape.
        of: Option<Rc<Program>>,
    },
    /// The index (int64) of the extreme value along the last dimension of `x`: the first one of several.
    ArgReduce(ArgReduce),
    /// `x [B, M, K] · y [B, K, N] -> [B, M, N]`; `x` and `y` may be strided in any way.
    MatMul {
        /// What is computed of each element of the product, which is its first input; the others are the inputs after
        /// `y`. Those and the outputs have the product's shape, or that without B = 1. The outputs are its results and,
        /// if there is one more, the product. Without a program the product is the only one.
        then: Option<Rc<Program>>,
    },
    /// `out = x - log Σ exp x` along the last dimension, stable for large values.
    LogSoftmax,
    /// The mean over the rows of `x [N, C]` of log Σ exp x − x[y], for `y [N]` of int64; rows whose `y` is `ignore` do
    /// not count. The output has two elements: the mean, and 1 / the number of rows that count. A class out of range
    /// is an error on the CPU and NaN on a GPU.
    CrossEntropy {
        /// The class that does not count.
        ignore: i64,
    },
    /// The gradient of that with respect to `x`, [N, C]. Inputs: `x`, `y`, the gradient from above (0-d), and the
    /// output of [`Kernel::CrossEntropy`].
    CrossEntropyGrad {
        /// The class that does not count.
        ignore: i64,
    },
    /// The two at once. Inputs: `x`, `y` and the gradient from above. Outputs: the gradient, and what
    /// [`Kernel::CrossEntropy`] gives.
    CrossEntropyBoth {
        /// The class that does not count.
        ignore: i64,
    },
    /// `out[…, j] = x[…, y[…, j]]`; `y` is int64. An index out of range is an error on the CPU and NaN (0 for
    /// integers) on a GPU, which cannot report.
    Gather,
    /// `out = z`, but for `out[…, y[…, j]]`, with which `x[…, j]` is folded or which it becomes (the last one of several).
    /// `y` is int64 and has the shape of `x`; all have one size in every dimension but the last. An index out of range
    /// is an error on the CPU and is left out on a GPU.
    Scatter {
        /// How they are folded; `None` assigns.
        by: Option<Reduce>,
    },
    /// `out = y · size + x`, elementwise, all int64, where a negative `x` counts from the end: one step from several
    /// indices to the place of a row. An `x` out of range is an error on the CPU (named as one for dimension `dim`),
    /// and -1 on a GPU; so is what follows from a `y` that is negative.
    Locate {
        /// Which of several indices it is.
        dim: usize,
        /// The size of the dimension.
        size: usize,
    },
    /// Running sums, products or extremes along the last dimension.
    Scan(Scan),
    /// The indices (int64) that sort the last dimension of `x`: equal elements stay in order, NaN is the largest.
    ArgSort {
        /// From the largest to the smallest.
        descending: bool,
    },
    /// `out[i, …] = x[y[i], …]`; `y` is int64 and 1-d, `x` and the output have one dtype.
    IndexSelect,
    /// `out[…, l, …] = Σ x[…, i, …, j]` over the `i` and `j` with `i·step + j·dilation = l`: windows that slid along
    /// a dimension are added up where they lay. `i` runs along dimension `dim` of `x`, `j` along its last one,
    /// which the output does not have; every window lies inside the output.
    Fold {
        /// Along which dimension the windows slid.
        dim: usize,
        /// From the start of a window to that of the next.
        step: usize,
        /// From an element of a window to the next.
        dilation: usize,
    },
    /// A convolution of images `[N, C, H, W]` with weights `[O, C / groups, KH, KW]` is `[N, O, OH, OW]`. One of the three
    /// follows from the two others, which are the inputs in this order. A third input is a bias `[O]`.
    Convolve {
        /// Which it is.
        part: Part,
        /// How windows of the size of the weights slide over the images.
        slide: Slide,
        /// Into how many parts the channels are cut that do not see each other.
        groups: usize,
    },
    /// Where in its image (int64: row · W + column) the largest element of every window of `x [N, C, H, W]` lies: the first
    /// of several, of NaN if there is one. Every window reaches into the image.
    MaxPool {
        /// The size of a window.
        size: [usize; 2],
        /// How the windows slide.
        slide: Slide,
    },
    /// `x [N, C, OH, OW]` added up at the places `y` of images, which [`Kernel::MaxPool`] gave.
    MaxPoolGrad {
        /// The size of a window.
        size: [usize; 2],
        /// How the windows slide.
        slide: Slide,
    },
    /// Rows of a uint8 data set as float32: `out[i, …] = x[y[i], …] · scale`. `x` is contiguous.
    Batch {
        /// What each value is multiplied with: 1/255 for images.
        scale: f32,
    },
}

impl Kernel {
    /// The family that it belongs to.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Copy => "copy",
            Self::Map(_) => "map",
            Self::Reduce { .. } => "reduce",
            Self::ArgReduce(_) => "arg_reduce",
            Self::MatMul { .. } => "matmul",
            Self::LogSoftmax => "log_softmax",
            Self::CrossEntropy { .. } => "cross_entropy",
            Self::CrossEntropyGrad { .. } => "cross_entropy_grad",
            Self::CrossEntropyBoth { .. } => "cross_entropy_both",
            Self::Gather => "gather",
            Self::Scatter { .. } => "scatter",
            Self::Locate { .. } => "locate",
            Self::Scan(_) => "scan",
            Self::ArgSort { .. } => "argsort",
            Self::IndexSelect => "index_select",
            Self::Fold { .. } => "fold",
            Self::Convolve { part, .. } => part.name(),
            Self::MaxPool { .. } => "max_pool2d",
            Self::MaxPoolGrad { .. } => "max_pool2d_backward",
            Self::Batch { .. } => "batch",
        }
    }

    /// The program that it runs for each element, if it has one.
    pub fn program(&self) -> Option<&Program> {
        match self {
            Self::Map(program) => Some(program),
            Self::Reduce { of, .. } => of.as_deref(),
            Self::MatMul { then } => then.as_deref(),
            Self::Copy
            | Self::ArgReduce(_)
            | Self::LogSoftmax
            | Self::CrossEntropy { .. }
            | Self::CrossEntropyGrad { .. }
            | Self::CrossEntropyBoth { .. }
            | Self::Gather
            | Self::Scatter { .. }
            | Self::Locate { .. }
            | Self::Scan(_)
            | Self::ArgSort { .. }
            | Self::IndexSelect
            | Self::Fold { .. }
            | Self::Convolve { .. }
            | Self::MaxPool { .. }
            | Self::MaxPoolGrad { .. }
            | Self::Batch { .. } => None,
        }
    }
}

/// How a reduction folds values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reduce {
    /// The sum; 0 for none.
    Sum,
    /// The product; 1 for none.
    Prod,
    /// The largest; NaN if there is one.
    Max,
    /// The smallest; NaN if there is one.
    Min,
}

/// What runs along a dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scan {
    /// The sum so far.
    Sum,
    /// The product so far.
    Prod,
    /// The largest so far; NaN from the first one on.
    Max,
    /// The smallest so far; NaN from the first one on.
    Min,
}

/// Which index is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ArgReduce {
    /// That of the largest value (of NaN, if there is one).
    Max,
    /// That of the smallest value (of NaN, if there is one).
    Min,
}
