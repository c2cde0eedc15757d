//! The kernels that are no programs: which function runs, for which element types.

use engine::{ArgReduce, DType, Error, HostData, Kernel, Part, Reduce, Result, Scan, Slide, Target};

use crate::element::{Element, Found};
use crate::{convolve, copy, entropy, fold, index, matmul, order, pool, reduce, scatter, softmax};

/// A kernel with what it reads and writes.
pub(crate) struct Call<'a> {
    pub(crate) kernel: &'a Kernel,
    /// The element type of the first input.
    pub(crate) from: DType,
    pub(crate) inputs: &'a [Found<'a>],
    pub(crate) output: &'a Target<'a>,
    pub(crate) out: &'a mut HostData,
}

/// Each kernel stays a function of its own, so that what opening the page does not compute can follow (see the crate `split`).
pub(crate) fn run(call: &mut Call<'_>) -> Result<()> {
    match *call.kernel {
        Kernel::Copy => copy::run(call.from, &call.inputs[0], call.output, call.out),
        Kernel::Map(_) | Kernel::Reduce { of: Some(_), .. } | Kernel::CrossEntropyBoth { .. } => {
            Err(Error::Internal("programs and what has several outputs run elsewhere".to_owned()))
        }
        Kernel::Reduce { op, dims, of: None } => call.reduce(op, dims),
        Kernel::ArgReduce(op) => call.arg_reduce(op),
        Kernel::MatMul { .. } => call.matmul(),
        Kernel::LogSoftmax => call.log_softmax(),
        Kernel::CrossEntropy { ignore } => call.cross_entropy(ignore),
        Kernel::CrossEntropyGrad { ignore } => call.cross_entropy_grad(ignore),
        Kernel::Gather => call.gather(),
        Kernel::Scatter { by: Some(op) } => call.scatter_by(op),
        Kernel::Scatter { by: None } => call.scatter(),
        Kernel::Locate { dim, size } => call.locate(dim, size),
        Kernel::Scan(op) => call.scan(op),
        Kernel::ArgSort { descending } => call.argsort(descending),
        Kernel::IndexSelect => call.index_select(),
        Kernel::Fold { dim, step, dilation } => call.fold([dim, step, dilation]),
        Kernel::Convolve { part, slide, groups } => call.convolve(part, slide, groups),
        Kernel::MaxPool { size, slide } => call.max_pool(size, slide),
        Kernel::MaxPoolGrad { .. } => call.max_pool_grad(),
        Kernel::Batch { scale } => call.batch(scale),
    }
}

/// A loss with its gradient.
pub(crate) fn cross_entropy_both(
    kernel: &Kernel,
    ignore: i64,
    inputs: &[Found<'_>],
    grad: &mut HostData,
    loss: &mut HostData,
) -> Result<()> {
    typed!(real, kernel, grad.dtype(), T => {
        let (x, y, g) = (inputs[0].input::<T>()?, inputs[1].input()?, inputs[2].input()?);
        entropy::cross_entropy_both(ignore, &x, &y, &g, T::slice_mut(grad)?, T::slice_mut(loss)?)
    })
}

/// Kernels along the last dimensions.
impl Call<'_> {
    #[inline(never)]
    fn reduce(&mut self, op: Reduce, dims: usize) -> Result<()> {
        typed!(numbers, self.kernel, self.from, T => {
            reduce::run(op, dims, &self.inputs[0].input::<T>()?, T::slice_mut(self.out)?)
        })
    }

    #[inline(never)]
    fn arg_reduce(&mut self, op: ArgReduce) -> Result<()> {
        typed!(numbers, self.kernel, self.from, T => {
            reduce::run_arg(op, &self.inputs[0].input::<T>()?, i64::slice_mut(self.out)?)
        })
    }

    #[inline(never)]
    fn scan(&mut self, op: Scan) -> Result<()> {
        typed!(numbers, self.kernel, self.from, T => {
            order::scan(op, &self.inputs[0].input::<T>()?, T::slice_mut(self.out)?)
        })
    }

    #[inline(never)]
    fn argsort(&mut self, descending: bool) -> Result<()> {
        typed!(numbers, self.kernel, self.from, T => {
            order::argsort(&self.inputs[0].input::<T>()?, descending, i64::slice_mut(self.out)?)
        })
    }

    #[inline(never)]
    fn fold(&mut self, windows: [usize; 3]) -> Result<()> {
        typed!(numbers, self.kernel, self.from, T => {
            fold::run(windows, &self.inputs[0].input::<T>()?, self.output.layout, T::slice_mut(self.out)?)
        })
    }
}

/// Products and classes.
impl Call<'_> {
    #[inline(never)]
    fn matmul(&mut self) -> Result<()> {
        typed!(real, self.kernel, self.from, T => {
            let (x, y) = (self.inputs[0].input::<T>()?, self.inputs[1].input()?);
            matmul::run(&x, &y, T::slice_mut(self.out)?)
        })
    }

    #[inline(never)]
    fn log_softmax(&mut self) -> Result<()> {
        typed!(real, self.kernel, self.from, T => {
            softmax::run(&self.inputs[0].input::<T>()?, T::slice_mut(self.out)?)
        })
    }

    #[inline(never)]
    fn cross_entropy(&mut self, ignore: i64) -> Result<()> {
        typed!(real, self.kernel, self.from, T => {
            let (x, y) = (self.inputs[0].input::<T>()?, self.inputs[1].input()?);
            entropy::cross_entropy(ignore, &x, &y, T::slice_mut(self.out)?)
        })
    }

    #[inline(never)]
    fn cross_entropy_grad(&mut self, ignore: i64) -> Result<()> {
        typed!(real, self.kernel, self.from, T => {
            let (x, y) = (self.inputs[0].input::<T>()?, self.inputs[1].input()?);
            let (g, both) = (self.inputs[2].input()?, self.inputs[3].input()?);
            entropy::cross_entropy_grad(ignore, &x, &y, [&g, &both], T::slice_mut(self.out)?)
        })
    }
}

/// Windows over images.
impl Call<'_> {
    #[inline(never)]
    fn convolve(&mut self, part: Part, slide: Slide, groups: usize) -> Result<()> {
        typed!(real, self.kernel, self.from, T => {
            let inputs = self.inputs.iter().map(Found::input::<T>).collect::<Result<Vec<_>>>()?;
            convolve::run(part, slide, groups, &inputs, self.output.layout, T::slice_mut(self.out)?)
        })
    }

    #[inline(never)]
    fn max_pool(&mut self, size: [usize; 2], slide: Slide) -> Result<()> {
        typed!(real, self.kernel, self.from, T => {
            let x = self.inputs[0].input::<T>()?;
            pool::places(size, slide, &x, self.output.layout, i64::slice_mut(self.out)?)
        })
    }

    #[inline(never)]
    fn max_pool_grad(&mut self) -> Result<()> {
        typed!(real, self.kernel, self.from, T => {
            let (x, places) = (self.inputs[0].input::<T>()?, self.inputs[1].input()?);
            pool::spread(&x, &places, self.output.layout, T::slice_mut(self.out)?)
        })
    }
}

/// Elements and rows named by integers.
impl Call<'_> {
    #[inline(never)]
    fn gather(&mut self) -> Result<()> {
        typed!(every, self.from, T => {
            let (x, index) = (self.inputs[0].input::<T>()?, self.inputs[1].input()?);
            index::gather(&x, &index, T::slice_mut(self.out)?)
        })
    }

    #[inline(never)]
    fn scatter_by(&mut self, op: Reduce) -> Result<()> {
        typed!(numbers, self.kernel, self.from, T => self.scattered::<T>(|a, b| reduce::apply(op, a, b)))
    }

    #[inline(never)]
    fn scatter(&mut self) -> Result<()> {
        typed!(every, self.from, T => self.scattered::<T>(|_, new| new))
    }

    fn scattered<T: Element>(&mut self, put: impl Fn(T, T) -> T) -> Result<()> {
        let [x, index, base] = [0, 1, 2].map(|i| &self.inputs[i]);
        scatter::run(&x.input()?, &index.input()?, &base.input()?, T::slice_mut(self.out)?, put)
    }

    #[inline(never)]
    fn locate(&mut self, dim: usize, size: usize) -> Result<()> {
        let (x, y) = (self.inputs[0].input()?, self.inputs[1].input()?);
        index::locate(&x, &y, dim, size, i64::slice_mut(self.out)?)
    }

    #[inline(never)]
    fn index_select(&mut self) -> Result<()> {
        typed!(every, self.from, T => {
            let (x, index) = (self.inputs[0].input::<T>()?, self.inputs[1].input()?);
            index::select(&x, &index, T::slice_mut(self.out)?)
        })
    }

    #[inline(never)]
    fn batch(&mut self, scale: f32) -> Result<()> {
        let (x, index) = (self.inputs[0].input::<u8>()?, self.inputs[1].input()?);
        index::batch(&x, &index, scale, f32::slice_mut(self.out)?)
    }
}
