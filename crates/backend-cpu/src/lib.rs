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
use smallvec::SmallVec;
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
        let own = self.room_for_product(kernel, inputs, outputs);
        let ids = || outputs.iter().map(|output| output.buffer).chain(own);
        let mut taken = SmallVec::<[HostData; 3]>::new();
        for id in ids() {
            taken.push(self.buffers.borrow_mut().take(id)?);
        }
        let done = self.run(kernel, inputs, outputs, &mut taken);
        for (id, data) in ids().zip(taken) {
            self.buffers.borrow_mut().put_back(id, data);
        }
        own.into_iter().for_each(|id| self.free(id));
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
    /// A buffer for a product of which only a program sees anything.
    fn room_for_product(
        &self,
        kernel: &Kernel,
        inputs: &[Operand<'_>],
        outputs: &[Target<'_>],
    ) -> Option<BufferId> {
        let Kernel::MatMul { then: Some(program) } = kernel else { return None };
        let (first, len) = (inputs.first()?, outputs.first()?.layout.numel());
        (outputs.len() == program.outputs.len()).then(|| self.buffers.borrow_mut().alloc(first.dtype, len))
    }

    /// Writes what was taken: the buffers of the outputs, and of a product that is none of them.
    fn run(
        &self,
        kernel: &Kernel,
        inputs: &[Operand<'_>],
        outputs: &[Target<'_>],
        taken: &mut [HostData],
    ) -> Result<()> {
        let buffers = &*self.buffers.borrow();
        let mut found: SmallVec<[Found<'_>; 4]> =
            inputs.iter().map(|x| Found::new(x, buffers)).collect::<Result<_>>()?;
        let tiles = &mut *self.tiles.borrow_mut();
        let from = inputs.first().map_or(DType::Float32, |x| x.dtype);
        match (kernel, outputs, taken) {
            (Kernel::Map(program), _, taken) => map::run(program, &found, taken, tiles),
            (Kernel::Reduce { op, dims, of: Some(program) }, _, [out]) => {
                reduce::run_program(*op, *dims, program, &found, out, tiles)
            }
            (Kernel::MatMul { then: Some(program) }, [output, ..], [results @ .., product]) => {
                fixed::run(&mut Call { kernel, from, inputs: &found, output, out: product })?;
                // In the place of the factors, of which there are two.
                found.remove(0);
                found[0] = Found::whole(product, &output.layout.shape);
                map::run(program, &found, results, tiles)
            }
            (Kernel::CrossEntropyBoth { ignore }, [..], [grad, loss]) => {
                fixed::cross_entropy_both(kernel, *ignore, &found, grad, loss)
            }
            (kernel, [output], [out]) => fixed::run(&mut Call { kernel, from, inputs: &found, output, out }),
            (kernel, outputs, _) => {
                Err(Error::Internal(format!("{kernel:?} was given {} outputs", outputs.len())))
            }
        }
    }
}
