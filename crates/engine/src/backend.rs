//! What a device must be able to do: hold buffers and run kernels.
//!
//! A [`Kernel`] is lower than an op: shapes are already broadcast, dimensions that matter stand last,
//! and results of reductions, products and selections are fresh and contiguous. Each backend has one
//! function per kernel family, with the same name on both (`shaders/reduce.wgsl`, `backend-cpu/src/reduce.rs`).

use std::future::{Future, ready};
use std::pin::Pin;
use std::rc::Rc;

use crate::dtype::{DType, Scalar};
use crate::error::Result;
use crate::host::HostData;
use crate::layout::Layout;
use crate::program::Program;
use crate::trace::{Explanation, Stamp, Times};

/// What a backend calls a buffer of its own.
pub type BufferId = u32;

/// A value that is on its way from a device to the host.
pub type Reading<'a> = Pin<Box<dyn Future<Output = Result<HostData>> + 'a>>;

/// A device that computes.
///
/// Promises of an implementation:
/// - Kernels take effect in the order of [`dispatch`](Self::dispatch), and before any later [`read`](Self::read).
/// - Nothing but the futures of `read` and `times` waits for the device.
/// - A failure is an error value, never a panic. A lost device gives [`Error::DeviceLost`](crate::Error::DeviceLost)
///   at the latest from the next `read`.
/// - A buffer that was freed may be handed out again at once: kernels already dispatched still see its old content.
///
/// Promises of the caller: an output buffer is never an input of the same kernel, and every layout stays
/// inside its buffer.
pub trait Backend {
    /// A short name for messages: `CPU` or `WebGPU`.
    fn name(&self) -> &'static str;

    /// Reserves room for `len` elements. The content is undefined.
    ///
    /// # Errors
    /// If the device has no such element type or too little memory.
    fn alloc(&self, dtype: DType, len: usize) -> Result<BufferId>;

    /// Reserves room and fills it with `data`.
    ///
    /// # Errors
    /// As [`alloc`](Self::alloc), and if a value does not fit the device's element type.
    fn upload(&self, data: &HostData) -> Result<BufferId>;

    /// Gives a buffer back.
    fn free(&self, id: BufferId);

    /// Enqueues one kernel.
    ///
    /// # Errors
    /// If the kernel is not defined for the element types, or the device can be seen to be lost.
    fn dispatch(&self, kernel: &Kernel, inputs: &[Operand<'_>], outputs: &[Target<'_>]) -> Result<()>;

    /// The same, for a kernel whose time will be asked for: `None` where the device does not tell it.
    fn dispatch_timed(
        &self,
        kernel: &Kernel,
        inputs: &[Operand<'_>],
        outputs: &[Target<'_>],
    ) -> Result<Option<Stamp>> {
        self.dispatch(kernel, inputs, outputs).map(|()| None)
    }

    /// The milliseconds that kernels took, after all that was dispatched before; `None` for those that are too long ago.
    fn times(&self, stamps: Vec<Stamp>) -> Times<'_> {
        Box::pin(ready(Ok(vec![None; stamps.len()])))
    }

    /// Whether a kernel is done when [`dispatch`](Self::dispatch) returns, so that it can be timed from outside.
    fn runs_at_once(&self) -> bool;

    /// How a kernel is computed, for a reader.
    fn explain(&self, kernel: &Kernel, inputs: &[Operand<'_>], outputs: &[Target<'_>]) -> Explanation;

    /// Hands everything enqueued so far to the device, without waiting.
    fn submit(&self);

    /// Copies a whole buffer to the host, after all that was dispatched before.
    fn read(&self, id: BufferId) -> Reading<'_>;

    /// Live buffers and the bytes they hold (what the pool keeps for reuse not counted).
    fn memory(&self) -> Memory;
}

/// What a backend holds at the moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// Buffers in use.
    pub buffers: usize,
    /// Bytes in use by them.
    pub bytes: u64,
}

/// A buffer on a device. Dropping it gives it back.
pub struct Buffer {
    backend: Rc<dyn Backend>,
    id: BufferId,
    dtype: DType,
    len: usize,
}

impl Buffer {
    /// Room for `len` elements of undefined content, of the type as which devices hold `dtype`.
    ///
    /// # Errors
    /// As [`Backend::alloc`].
    pub fn alloc(backend: &Rc<dyn Backend>, dtype: DType, len: usize) -> Result<Self> {
        let dtype = dtype.stored();
        Ok(Self { backend: Rc::clone(backend), id: backend.alloc(dtype, len)?, dtype, len })
    }

    /// A buffer with the content of `data`.
    ///
    /// # Errors
    /// As [`Backend::upload`].
    pub fn upload(backend: &Rc<dyn Backend>, data: &HostData) -> Result<Self> {
        let id = backend.upload(data)?;
        Ok(Self { backend: Rc::clone(backend), id, dtype: data.dtype(), len: data.len() })
    }

    /// The backend's own name for it.
    pub fn id(&self) -> BufferId {
        self.id
    }

    /// The element type.
    pub fn dtype(&self) -> DType {
        self.dtype
    }

    /// The number of elements.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it has no elements.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Copies the content to the host.
    pub fn read(&self) -> Reading<'_> {
        self.backend.read(self.id)
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        self.backend.free(self.id);
    }
}

/// An input of a kernel.
#[derive(Clone, Copy, Debug)]
pub struct Operand<'a> {
    /// Where the elements are.
    pub source: Source,
    /// Their type.
    pub dtype: DType,
    /// How they lie. For a [`Source::Scalar`] only the shape counts.
    pub layout: &'a Layout,
}

/// Where a kernel finds the elements of an input.
#[derive(Clone, Copy, Debug)]
pub enum Source {
    /// In a buffer.
    Buffer(BufferId),
    /// Every element is this number: constants cost no memory and no upload.
    Scalar(Scalar),
}

/// Where a kernel writes.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// The buffer. Never one of the kernel's inputs.
    pub buffer: BufferId,
    /// The type of its elements.
    pub dtype: DType,
    /// Where in the buffer. Contiguous from offset 0, except for [`Kernel::Copy`].
    pub layout: &'a Layout,
}

/// What a kernel computes. `x`, `y`, `z` are the inputs in order. All but [`Kernel::Map`] have one output.
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
    /// `x [B, M, K] · y [B, K, N] -> out [B, M, N]`; `x` and `y` may be strided in any way.
    MatMul,
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
            Self::MatMul => "matmul",
            Self::LogSoftmax => "log_softmax",
            Self::CrossEntropy { .. } => "cross_entropy",
            Self::CrossEntropyGrad { .. } => "cross_entropy_grad",
            Self::Gather => "gather",
            Self::Scatter { .. } => "scatter",
            Self::Locate { .. } => "locate",
            Self::Scan(_) => "scan",
            Self::ArgSort { .. } => "argsort",
            Self::IndexSelect => "index_select",
            Self::Fold { .. } => "fold",
            Self::Batch { .. } => "batch",
        }
    }

    /// The program that it runs for each element, if it has one.
    pub fn program(&self) -> Option<&Program> {
        match self {
            Self::Map(program) => Some(program),
            Self::Reduce { of, .. } => of.as_deref(),
            Self::Copy
            | Self::ArgReduce(_)
            | Self::MatMul
            | Self::LogSoftmax
            | Self::CrossEntropy { .. }
            | Self::CrossEntropyGrad { .. }
            | Self::Gather
            | Self::Scatter { .. }
            | Self::Locate { .. }
            | Self::Scan(_)
            | Self::ArgSort { .. }
            | Self::IndexSelect
            | Self::Fold { .. }
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
