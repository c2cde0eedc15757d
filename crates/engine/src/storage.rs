//! Where the elements of tensors are. Views of a tensor share one storage; storages may share a buffer
//! until one of them is written to, which is what makes snapshots cheap.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::backend::{Backend, Buffer, Kernel, Operand, Source, Target};
use crate::dtype::{DType, Scalar};
use crate::error::{Error, Result};
use crate::host::HostData;
use crate::layout::Layout;

/// Elements in row-major order, and how often they were overwritten.
pub(crate) struct Storage {
    data: RefCell<Data>,
    version: Cell<u64>,
    len: usize,
}

/// What a kernel reads from a storage; holding it keeps the content alive and unchanged.
#[derive(Clone)]
pub(crate) enum Data {
    /// Every element has this value.
    Constant(Scalar),
    /// The elements are on the device. A buffer that two hold is never written to.
    Buffer(Rc<Buffer>),
    /// The elements are to be computed by a task that waits in the engine's queue.
    Pending(Rc<Pending>),
}

/// The result of a task.
pub(crate) struct Pending(RefCell<Progress>);

enum Progress {
    /// Which task of the queue computes it.
    Waiting(usize),
    Done(Rc<Buffer>),
    Failed(Error),
}

impl Pending {
    /// The result of task number `task`.
    pub(crate) fn new(task: usize) -> Rc<Self> {
        Rc::new(Self(RefCell::new(Progress::Waiting(task))))
    }

    /// The task that it waits for.
    pub(crate) fn task(&self) -> Option<usize> {
        match *self.0.borrow() {
            Progress::Waiting(task) => Some(task),
            Progress::Done(_) | Progress::Failed(_) => None,
        }
    }

    /// Why there is no buffer.
    pub(crate) fn failure(&self) -> Error {
        match &*self.0.borrow() {
            Progress::Failed(error) => error.clone(),
            Progress::Waiting(_) | Progress::Done(_) => {
                Error::Internal("a result was asked for before its task ran".to_owned())
            }
        }
    }

    /// Notes what became of it.
    pub(crate) fn settle(&self, result: Result<Rc<Buffer>>) {
        *self.0.borrow_mut() = result.map_or_else(Progress::Failed, Progress::Done);
    }
}

impl Data {
    /// As an operand of a kernel that runs now. It is of the type that devices hold.
    ///
    /// # Errors
    /// If the task that computes it failed.
    pub(crate) fn operand<'a>(&self, dtype: DType, layout: &'a Layout) -> Result<Operand<'a>> {
        let source = match self {
            Self::Constant(value) => Source::Scalar(*value),
            Self::Buffer(buffer) => Source::Buffer(buffer.id()),
            Self::Pending(pending) => match &*pending.0.borrow() {
                Progress::Done(buffer) => Source::Buffer(buffer.id()),
                Progress::Failed(error) => return Err(error.clone()),
                Progress::Waiting(task) => {
                    return Err(Error::Internal(format!("task {task} was skipped, but its result is read")));
                }
            },
        };
        Ok(Operand { source, dtype: dtype.stored(), layout })
    }

    /// What is done counts as a buffer. Whoever holds the last handle to a result becomes the holder of its buffer.
    fn settle(&mut self) {
        if !matches!(self, Self::Pending(pending) if matches!(*pending.0.borrow(), Progress::Done(_))) {
            return;
        }
        if let Self::Pending(pending) = std::mem::replace(self, Self::Constant(Scalar::Bool(false))) {
            let progress = match Rc::try_unwrap(pending) {
                Ok(pending) => pending.0.into_inner(),
                Err(shared) => match &*shared.0.borrow() {
                    Progress::Done(buffer) => Progress::Done(Rc::clone(buffer)),
                    Progress::Waiting(task) => Progress::Waiting(*task),
                    Progress::Failed(error) => Progress::Failed(error.clone()),
                },
            };
            if let Progress::Done(buffer) = progress {
                *self = Self::Buffer(buffer);
            }
        }
    }

    /// A buffer that only the caller holds, with this content: the same buffer if nobody else holds it, else a copy.
    ///
    /// # Errors
    /// What the backend says, and if the task that computes it failed.
    pub(crate) fn into_own(
        mut self,
        backend: &Rc<dyn Backend>,
        dtype: DType,
        len: usize,
    ) -> Result<Rc<Buffer>> {
        self.settle();
        match self {
            Self::Buffer(buffer) if Rc::strong_count(&buffer) == 1 => Ok(buffer),
            shared => shared.copied(backend, dtype, len),
        }
    }

    fn copied(&self, backend: &Rc<dyn Backend>, dtype: DType, len: usize) -> Result<Rc<Buffer>> {
        let layout = Layout::contiguous(&[len]);
        let fresh = Rc::new(Buffer::alloc(backend, dtype, len)?);
        let target = Target { buffer: fresh.id(), dtype: fresh.dtype(), layout: &layout };
        backend.dispatch(&Kernel::Copy, &[self.operand(dtype, &layout)?], &[target])?;
        Ok(fresh)
    }
}

impl Storage {
    /// A storage with this content.
    pub(crate) fn new(data: Data, len: usize) -> Rc<Self> {
        Rc::new(Self { data: RefCell::new(data), version: Cell::new(0), len })
    }

    pub(crate) fn constant(value: Scalar, len: usize) -> Rc<Self> {
        Self::new(Data::Constant(value), len)
    }

    pub(crate) fn upload(backend: &Rc<dyn Backend>, data: &HostData) -> Result<Rc<Self>> {
        Ok(Self::new(Data::Buffer(Rc::new(Buffer::upload(backend, data)?)), data.len()))
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
        let mut data = self.data.borrow_mut();
        data.settle();
        data.clone()
    }

    /// A buffer that only this storage holds, with the present content.
    ///
    /// # Errors
    /// What the backend says.
    pub(crate) fn own(&self, backend: &Rc<dyn Backend>, dtype: DType) -> Result<Rc<Buffer>> {
        let mut data = self.data.borrow_mut();
        data.settle();
        if let Data::Buffer(buffer) = &*data
            && Rc::strong_count(buffer) == 1
        {
            return Ok(Rc::clone(buffer));
        }
        let fresh = data.copied(backend, dtype, self.len)?;
        *data = Data::Buffer(Rc::clone(&fresh));
        Ok(fresh)
    }

    /// Puts other content in the place of the present one, which is returned.
    pub(crate) fn swap(&self, data: Data) -> Data {
        std::mem::replace(&mut *self.data.borrow_mut(), data)
    }

    /// Takes over the whole content of another storage of the same size and dtype.
    pub(crate) fn replace(&self, other: &Self) {
        debug_assert_eq!(self.len, other.len, "only storages of one size can stand for each other");
        self.swap(other.source());
    }

    /// A storage of its own with the same content and as many writes behind it: copied when one of the two is written
    /// to.
    pub(crate) fn forked(&self) -> Rc<Self> {
        let (data, version) = (RefCell::new(self.source()), self.version.clone());
        Rc::new(Self { data, version, len: self.len })
    }

    /// To be called after every write.
    pub(crate) fn bump_version(&self) {
        self.version.set(self.version.get() + 1);
    }
}
