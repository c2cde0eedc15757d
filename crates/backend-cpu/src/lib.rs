//! Kernels for the CPU, in portable Rust: the inner loops run over slices, so that the compiler vectorises them,
//! natively and with wasm simd128. One thread, nothing asynchronous: a kernel is done when `dispatch` returns.
//!
//! Each family has a file here and a shader of the same name in `shaders/`.

mod binary;
mod buffers;
mod compare;
mod copy;
mod element;
mod index;
mod matmul;
mod order;
mod reduce;
mod scatter;
mod select;
mod softmax;
mod unary;
mod walk;

use std::cell::RefCell;

use buffers::Buffers;
use element::{Element, Found, Number};
use engine::{Backend, BufferId, DType, Error, HostData, Kernel, Memory, Operand, Reading, Result, Target};

/// The CPU.
#[derive(Default)]
pub struct CpuBackend {
    buffers: RefCell<Buffers>,
}

impl CpuBackend {
    /// A backend without buffers.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Backend for CpuBackend {
    fn name(&self) -> &'static str {
        "CPU"
    }

    fn alloc(&self, dtype: DType, len: usize) -> Result<BufferId> {
        Ok(self.buffers.borrow_mut().alloc(dtype, len))
    }

    fn upload(&self, data: &HostData) -> Result<BufferId> {
        Ok(self.buffers.borrow_mut().insert(data.clone()))
    }

    fn free(&self, id: BufferId) {
        self.buffers.borrow_mut().free(id);
    }

    fn dispatch(&self, kernel: &Kernel, inputs: &[Operand<'_>], output: Target<'_>) -> Result<()> {
        let mut out = self.buffers.borrow_mut().take(output.buffer)?;
        let done = run(kernel, inputs, &self.buffers.borrow(), &output, &mut out);
        self.buffers.borrow_mut().put_back(output.buffer, out);
        done
    }

    fn submit(&self) {}

    fn read(&self, id: BufferId) -> Reading<'_> {
        let data = self.buffers.borrow().get(id).cloned();
        Box::pin(std::future::ready(data))
    }

    fn memory(&self) -> Memory {
        self.buffers.borrow().memory()
    }
}

/// Runs `$body` with `$t` as the element type, for the types that a kernel is defined for.
macro_rules! typed {
    (every, $dtype:expr, $t:ident => $body:expr) => {
        match $dtype {
            DType::Bool => { type $t = bool; $body }
            DType::UInt8 => { type $t = u8; $body }
            DType::Int64 => { type $t = i64; $body }
            DType::Float32 => { type $t = f32; $body }
            DType::Float64 => { type $t = f64; $body }
        }
    };
    ([$($variant:ident : $rust:ty),*], $kernel:expr, $dtype:expr, $t:ident => $body:expr) => {
        match $dtype {
            $(DType::$variant => { type $t = $rust; $body })*
            other => Err(Error::Unsupported { device: "the CPU", what: format!("run {:?} on {other}", $kernel) }),
        }
    };
    (numbers, $kernel:expr, $dtype:expr, $t:ident => $body:expr) => {
        typed!([Float32: f32, Float64: f64, Int64: i64], $kernel, $dtype, $t => $body)
    };
    (real, $kernel:expr, $dtype:expr, $t:ident => $body:expr) => {
        typed!([Float32: f32, Float64: f64], $kernel, $dtype, $t => $body)
    };
}

fn run(
    kernel: &Kernel,
    inputs: &[Operand<'_>],
    buffers: &Buffers,
    output: &Target<'_>,
    out: &mut HostData,
) -> Result<()> {
    let from = inputs.first().map_or(output.dtype, |x| x.dtype);
    let inputs: Vec<Found<'_>> = inputs.iter().map(|x| Found::new(x, buffers)).collect::<Result<_>>()?;
    match *kernel {
        Kernel::Copy => copy::run(from, &inputs[0], output, out),
        Kernel::Unary(op) => typed!(numbers, kernel, from, T => {
            unary::run(op, &inputs[0].input::<T>()?, T::slice_mut(out)?)
        }),
        Kernel::Binary(op) => typed!(numbers, kernel, from, T => {
            let (x, y) = (inputs[0].input::<T>()?, inputs[1].input()?);
            binary::run(op, &x, &y, T::slice_mut(out)?)
        }),
        Kernel::Compare(op) => typed!(numbers, kernel, from, T => {
            let (x, y) = (inputs[0].input::<T>()?, inputs[1].input()?);
            compare::run(op, &x, &y, bool::slice_mut(out)?)
        }),
        Kernel::Where => {
            typed!(every, output.dtype, T => {
                let condition = inputs[0].input::<bool>()?;
                let (x, y) = (inputs[1].input::<T>()?, inputs[2].input()?);
                select::run(&condition, &x, &y, T::slice_mut(out)?)
            })
        }
        Kernel::Reduce { op, dims } => typed!(numbers, kernel, from, T => {
            reduce::run(op, dims, &inputs[0].input::<T>()?, T::slice_mut(out)?)
        }),
        Kernel::ArgReduce(op) => typed!(numbers, kernel, from, T => {
            reduce::run_arg(op, &inputs[0].input::<T>()?, i64::slice_mut(out)?)
        }),
        Kernel::MatMul => typed!(real, kernel, from, T => {
            let (x, y) = (inputs[0].input::<T>()?, inputs[1].input()?);
            matmul::run(&x, &y, T::slice_mut(out)?)
        }),
        Kernel::LogSoftmax => typed!(real, kernel, from, T => {
            softmax::run(&inputs[0].input::<T>()?, T::slice_mut(out)?)
        }),
        Kernel::Gather => {
            typed!(every, from, T => {
                let (x, index) = (inputs[0].input::<T>()?, inputs[1].input()?);
                index::gather(&x, &index, T::slice_mut(out)?)
            })
        }
        Kernel::Scatter { add: true } => typed!(numbers, kernel, from, T => {
            let (x, index, base) = (inputs[0].input::<T>()?, inputs[1].input()?, inputs[2].input()?);
            scatter::run(&x, &index, &base, T::slice_mut(out)?, T::add)
        }),
        Kernel::Scatter { add: false } => {
            typed!(every, from, T => {
                let (x, index, base) = (inputs[0].input::<T>()?, inputs[1].input()?, inputs[2].input()?);
                scatter::run(&x, &index, &base, T::slice_mut(out)?, |_, new| new)
            })
        }
        Kernel::Locate { dim, size } => {
            let (x, y) = (inputs[0].input()?, inputs[1].input()?);
            index::locate(&x, &y, dim, size, i64::slice_mut(out)?)
        }
        Kernel::Scan(op) => typed!(numbers, kernel, from, T => {
            order::scan(op, &inputs[0].input::<T>()?, T::slice_mut(out)?)
        }),
        Kernel::ArgSort { descending } => typed!(numbers, kernel, from, T => {
            order::argsort(&inputs[0].input::<T>()?, descending, i64::slice_mut(out)?)
        }),
        Kernel::IndexSelect => {
            typed!(every, from, T => {
                let (x, index) = (inputs[0].input::<T>()?, inputs[1].input()?);
                index::select(&x, &index, T::slice_mut(out)?)
            })
        }
        Kernel::Batch { scale } => {
            let (x, index) = (inputs[0].input::<u8>()?, inputs[1].input()?);
            index::batch(&x, &index, scale, f32::slice_mut(out)?)
        }
    }
}
