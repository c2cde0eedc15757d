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
pub use crate::kernel::{ArgReduce, Kernel, Reduce, Scan};
use crate::layout::Layout;
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
