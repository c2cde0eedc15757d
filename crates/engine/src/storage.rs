//! Where the elements of tensors are. Views of a tensor share one storage; storages may share a buffer
//! until one of them is written to, which is what makes snapshots cheap.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::backend::{Backend, Buffer, Kernel, Operand, Source, Target};
use crate::dtype::{DType, Scalar};
use crate::error::Result;
use crate::host::HostData;
use crate::layout::Layout;

/// Elements in row-major order, and how often they were overwritten.
pub(crate) struct Storage {
    data: RefCell<Data>,
    version: Cell<u64>,
    len: usize,
}

/// What a kernel reads from a storage; holding it keeps the buffer alive and unchanged.
#[derive(Clone)]
pub(crate) enum Data {
    /// Every element has this value.
    Constant(Scalar),
    /// The elements are on the device. A buffer that two hold is never written to.
    Buffer(Rc<Buffer>),
}

impl Data {
    pub(crate) fn operand<'a>(&self, dtype: DType, layout: &'a Layout) -> Operand<'a> {
        let source = match self {
            Self::Constant(value) => Source::Scalar(*value),
            Self::Buffer(buffer) => Source::Buffer(buffer.id()),
        };
        Operand { source, dtype, layout }
    }
}

impl Storage {
    fn new(data: Data, len: usize) -> Rc<Self> {
        Rc::new(Self { data: RefCell::new(data), version: Cell::new(0), len })
    }

    pub(crate) fn constant(value: Scalar, len: usize) -> Rc<Self> {
        Self::new(Data::Constant(value), len)
    }

    pub(crate) fn upload(backend: &Rc<dyn Backend>, data: &HostData) -> Result<Rc<Self>> {
        Ok(Self::new(Data::Buffer(Rc::new(Buffer::upload(backend, data)?)), data.len()))
    }

    pub(crate) fn alloc(backend: &Rc<dyn Backend>, dtype: DType, len: usize) -> Result<Rc<Self>> {
        Ok(Self::new(Data::Buffer(Rc::new(Buffer::alloc(backend, dtype, len)?)), len))
    }

    /// How often the elements were overwritten.
    pub(crate) fn version(&self) -> u64 {
        self.version.get()
    }

    /// The number of elements.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// The content as it is now; later writes do not change what was returned.
    pub(crate) fn source(&self) -> Data {
        self.data.borrow().clone()
    }

    /// A buffer that only this storage holds, with the present content.
    pub(crate) fn materialize(&self, backend: &Rc<dyn Backend>, dtype: DType) -> Result<Rc<Buffer>> {
        let mut data = self.data.borrow_mut();
        if let Data::Buffer(buffer) = &*data
            && Rc::strong_count(buffer) == 1
        {
            return Ok(Rc::clone(buffer));
        }
        let layout = Layout::contiguous(&[self.len]);
        let fresh = Rc::new(Buffer::alloc(backend, dtype, self.len)?);
        let target = Target { buffer: fresh.id(), dtype, layout: &layout };
        backend.dispatch(&Kernel::Copy, &[data.operand(dtype, &layout)], target)?;
        *data = Data::Buffer(Rc::clone(&fresh));
        Ok(fresh)
    }

    /// Takes over the whole content of another storage of the same size and dtype.
    pub(crate) fn replace(&self, other: &Self) {
        debug_assert_eq!(self.len, other.len, "only storages of one size can stand for each other");
        let data = other.source();
        *self.data.borrow_mut() = data;
    }

    /// To be called after every write.
    pub(crate) fn bump_version(&self) {
        self.version.set(self.version.get() + 1);
    }
}
