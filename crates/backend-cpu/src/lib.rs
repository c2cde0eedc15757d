//! Kernels for the CPU, in portable Rust: the inner loops run over slices, so that the compiler vectorises them,
//! natively and with wasm simd128. One thread, nothing asynchronous: a kernel is done when `dispatch` returns.
//!
//! Each family has a file here and a shader of the same name in `shaders/`.

/// Runs `$body` with `$t` as the element type, for the types that a kernel is defined for.
macro_rules! typed {
    (every, $dtype:expr, $t:ident => $body:expr) => {
        match $dtype {
            engine::DType::Bool => { type $t = bool; $body }
            engine::DType::UInt8 => { type $t = u8; $body }
            engine::DType::Int64 | engine::DType::Int32 | engine::DType::Int16 | engine::DType::Int8 => { type $t = i64; $body }
            engine::DType::Float32 => { type $t = f32; $body }
            engine::DType::Float64 => { type $t = f64; $body }
        }
    };
    ([$($variant:ident : $rust:ty),*], $kernel:expr, $dtype:expr, $t:ident => $body:expr) => {
        match $dtype {
            $(engine::DType::$variant => { type $t = $rust; $body })*
            other => Err(engine::Error::Unsupported { device: "the CPU", what: format!("run {:?} on {other}", $kernel) }),
        }
    };
    (numbers, $kernel:expr, $dtype:expr, $t:ident => $body:expr) => {
        $crate::typed!([Float32: f32, Float64: f64, Int64: i64], $kernel, $dtype, $t => $body)
    };
    (words, $kernel:expr, $dtype:expr, $t:ident => $body:expr) => {
        $crate::typed!([Float32: f32, Float64: f64, Int64: i64, Bool: bool], $kernel, $dtype, $t => $body)
    };
    (real, $kernel:expr, $dtype:expr, $t:ident => $body:expr) => {
        $crate::typed!([Float32: f32, Float64: f64], $kernel, $dtype, $t => $body)
    };
}

pub(crate) use typed;

mod binary;
mod buffers;
mod cast;
mod compare;
mod convolve;
mod copy;
mod element;
mod entropy;
mod fixed;
mod fold;
mod gemm;
mod index;
mod jit;
mod joined;
mod map;
mod math;
mod matmul;
mod order;
mod pool;
mod quick;
mod reduce;
mod scatter;
mod select;
mod softmax;
mod strips;
mod thin;
mod tiles;
mod unary;
mod walk;
mod windows;

use std::cell::RefCell;

use buffers::Buffers;
use element::Found;
use engine::{
    Backend, BufferId, DType, Error, Explanation, HostData, Kernel, Memory, Operand, Reading, Result, Target,
};
use fixed::Call;
pub use jit::programs::{kernels_made, make_kernels_after};
pub use matmul::product_kernels;
use tiles::Tiles;
pub use windows::window_kernels;

/// The CPU.
#[derive(Default)]
pub struct CpuBackend {
    buffers: RefCell<Buffers>,
    tiles: RefCell<Tiles>,
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

    fn dispatch(&self, kernel: &Kernel, inputs: &[Operand<'_>], outputs: &[Target<'_>]) -> Result<()> {
        let mut taken = Vec::with_capacity(outputs.len());
        for output in outputs {
            taken.push(self.buffers.borrow_mut().take(output.buffer)?);
        }
        let done = self.run(kernel, inputs, outputs, &mut taken);
        for (output, data) in outputs.iter().zip(taken) {
            self.buffers.borrow_mut().put_back(output.buffer, data);
        }
        done
    }

    fn runs_at_once(&self) -> bool {
        true
    }

    fn explain(&self, kernel: &Kernel, _: &[Operand<'_>], _: &[Target<'_>]) -> Explanation {
        let source = kernel.program().map(engine::program::Program::listing).unwrap_or_default();
        Explanation { name: kernel.name().to_owned(), source, groups: 0 }
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

impl CpuBackend {
    fn run(
        &self,
        kernel: &Kernel,
        inputs: &[Operand<'_>],
        outputs: &[Target<'_>],
        taken: &mut [HostData],
    ) -> Result<()> {
        let buffers = &*self.buffers.borrow();
        let found: Vec<Found<'_>> = inputs.iter().map(|x| Found::new(x, buffers)).collect::<Result<_>>()?;
        let tiles = &mut *self.tiles.borrow_mut();
        match (kernel, outputs, taken) {
            (Kernel::Map(program), _, taken) => map::run(program, &found, taken, tiles),
            (Kernel::Reduce { op, dims, of: Some(program) }, _, [out]) => {
                reduce::run_program(*op, *dims, program, &found, out, tiles)
            }
            (kernel, [output], [out]) => {
                let from = inputs.first().map_or(output.dtype, |x| x.dtype);
                fixed::run(&mut Call { kernel, from, inputs: &found, output, out })
            }
            (kernel, outputs, _) => {
                Err(Error::Internal(format!("{kernel:?} was given {} outputs", outputs.len())))
            }
        }
    }
}
