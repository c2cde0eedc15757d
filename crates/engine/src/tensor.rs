//! The tensor: a view of a storage, and how it came to be.

use std::cell::RefCell;
use std::rc::Rc;

use crate::backend::Kernel;
use crate::dtype::{DType, Scalar};
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::host::HostData;
use crate::layout::Layout;
use crate::ops::Op;
use crate::storage::{Data, Storage};
use crate::tape::{History, Leaf, Node};

/// A tensor. Cloning gives another handle to the same tensor, as assigning to a second name does in Python.
#[derive(Clone)]
pub struct Tensor(Rc<Inner>);

struct Inner {
    engine: Engine,
    storage: Rc<Storage>,
    layout: Layout,
    dtype: DType,
    history: RefCell<History>,
}

impl Tensor {
    pub(crate) fn new(
        engine: &Engine,
        storage: Rc<Storage>,
        layout: Layout,
        dtype: DType,
        history: History,
    ) -> Self {
        let history = RefCell::new(history);
        Self(Rc::new(Inner { engine: engine.clone(), storage, layout, dtype, history }))
    }

    /// The same elements, in another layout of the same storage.
    pub(crate) fn view_as(&self, layout: Layout) -> Self {
        Self::new(&self.0.engine, Rc::clone(&self.0.storage), layout, self.0.dtype, History::None)
    }

    /// The same elements with another past.
    pub(crate) fn with_history(&self, history: History) -> Self {
        Self::new(&self.0.engine, Rc::clone(&self.0.storage), self.0.layout.clone(), self.0.dtype, history)
    }

    /// The engine that it belongs to.
    pub fn engine(&self) -> &Engine {
        &self.0.engine
    }

    /// The sizes of its dimensions.
    pub fn shape(&self) -> &[usize] {
        &self.0.layout.shape
    }

    /// The number of dimensions.
    pub fn ndim(&self) -> usize {
        self.0.layout.ndim()
    }

    /// The number of elements.
    pub fn numel(&self) -> usize {
        self.0.layout.numel()
    }

    /// The element type.
    pub fn dtype(&self) -> DType {
        self.0.dtype
    }

    /// How it lies in its storage.
    pub fn layout(&self) -> &Layout {
        &self.0.layout
    }

    pub(crate) fn storage(&self) -> &Rc<Storage> {
        &self.0.storage
    }

    pub(crate) fn history(&self) -> History {
        self.0.history.borrow().clone()
    }

    /// Whether gradients flow to it.
    pub fn requires_grad(&self) -> bool {
        !matches!(*self.0.history.borrow(), History::None)
    }

    /// Whether it was made by the user rather than computed from tensors that require gradients.
    pub fn is_leaf(&self) -> bool {
        !matches!(*self.0.history.borrow(), History::Op(_))
    }

    /// The node that computed it.
    pub fn grad_fn(&self) -> Option<Rc<Node>> {
        match &*self.0.history.borrow() {
            History::Op(node) => Some(Rc::clone(node)),
            History::None | History::Leaf(_) => None,
        }
    }

    /// Makes it a leaf that collects gradients, or a constant again.
    ///
    /// # Errors
    /// [`Error::IntegerGrad`] for integers and truth values; [`Error::GraphInPlace`] if it was computed.
    pub fn requires_grad_(&self, requires_grad: bool) -> Result<()> {
        if requires_grad && !self.0.dtype.is_floating_point() {
            return Err(Error::IntegerGrad);
        }
        let mut history = self.0.history.borrow_mut();
        match (&*history, requires_grad) {
            (History::None, true) => *history = History::Leaf(Rc::new(Leaf::default())),
            (History::Leaf(_), false) => *history = History::None,
            (History::Op(_), false) => return Err(Error::GraphInPlace("requires_grad_")),
            (History::None, false) | (History::Leaf(_) | History::Op(_), true) => {}
        }
        Ok(())
    }

    /// The gradient that has accumulated, if backward has reached this leaf.
    pub fn grad(&self) -> Option<Tensor> {
        match &*self.0.history.borrow() {
            History::Leaf(leaf) => leaf.grad.borrow().clone(),
            History::None | History::Op(_) => None,
        }
    }

    /// Sets or clears the gradient of a leaf. Does nothing on other tensors.
    pub fn set_grad(&self, grad: Option<Tensor>) {
        if let History::Leaf(leaf) = &*self.0.history.borrow() {
            *leaf.grad.borrow_mut() = grad;
        }
    }

    /// The same elements, cut off from the graph: `.detach()`.
    pub fn detach(&self) -> Self {
        self.with_history(History::None)
    }

    /// The same elements, in row-major order without gaps; itself if they are.
    ///
    /// # Errors
    /// What the backend says.
    pub fn contiguous(&self) -> Result<Self> {
        if self.0.layout.is_contiguous() { Ok(self.clone()) } else { self.copy() }
    }

    /// A copy with a storage of its own: `.clone()`.
    ///
    /// # Errors
    /// What the backend says.
    pub fn copy(&self) -> Result<Self> {
        self.0.engine.apply(Op::Clone, &[self])
    }

    /// Copies the elements to the host, in row-major order. The values are those of now, whatever is written
    /// to the tensor before the future completes.
    ///
    /// # Errors
    /// [`Error::DeviceLost`] and what else the backend says.
    pub fn read(&self) -> impl Future<Output = Result<HostData>> + 'static {
        let start = self.start_read();
        async move {
            match start? {
                (Data::Constant(value), n, dtype) => Ok(constant(value, n, dtype)),
                (Data::Buffer(buffer), n, _) => Ok(truncated(buffer.read().await?, n)),
                (Data::Pending(pending), ..) => Err(pending.failure()),
            }
        }
    }

    /// The content to read, in a buffer that begins with the elements of this tensor.
    fn start_read(&self) -> Result<(Data, usize, DType)> {
        let whole = self.0.layout.is_contiguous() && self.0.layout.offset == 0;
        self.0.engine.flush()?;
        let source = self.0.storage.source();
        if whole || matches!(source, Data::Constant(_)) {
            return Ok((source, self.numel(), self.dtype()));
        }
        let dense = self.0.engine.run(Kernel::Copy, &[(self, self.layout())], self.shape(), self.dtype())?;
        self.0.engine.flush()?;
        Ok((dense.storage().source(), self.numel(), self.dtype()))
    }

    /// Overwrites the elements with those of `value`, which is broadcast and converted.
    ///
    /// # Errors
    /// [`Error::LeafInPlace`] and [`Error::GraphInPlace`] while gradients are recorded; [`Error::Shape`].
    pub fn copy_(&self, value: &Tensor) -> Result<()> {
        self.write_("copy_", value)
    }

    /// Adds `alpha · other` to the elements.
    ///
    /// # Errors
    /// As for [`copy_`](Self::copy_).
    pub fn add_(&self, other: &Tensor, alpha: f64) -> Result<()> {
        self.check_writable("add_", other)?;
        let sum = self.0.engine.no_grad(|| self.add(&other.mul(alpha)?))?;
        self.write_("add_", &sum)
    }

    fn check_writable(&self, op: &'static str, value: &Tensor) -> Result<()> {
        if !self.0.engine.is_grad_enabled() {
            return Ok(());
        }
        match &*self.0.history.borrow() {
            History::Leaf(_) => Err(Error::LeafInPlace),
            History::Op(_) => Err(Error::GraphInPlace(op)),
            History::None if value.requires_grad() => Err(Error::GraphInPlace(op)),
            History::None => Ok(()),
        }
    }

    fn write_(&self, op: &'static str, value: &Tensor) -> Result<()> {
        self.check_writable(op, value)?;
        let engine = &self.0.engine;
        let layout = value.layout().expand(self.shape())?;
        let covers = self.0.layout.is_contiguous() && self.numel() == self.0.storage.len();
        if covers {
            // A new buffer instead of the old one: nothing that still reads the old one has to be copied.
            let fits = value.dtype() == self.dtype()
                && layout == Layout::contiguous(self.shape())
                && value.storage().len() == self.numel();
            let dense = if fits {
                value.detach()
            } else {
                engine.run(Kernel::Copy, &[(value, &layout)], self.shape(), self.dtype())?
            };
            self.0.storage.replace(dense.storage());
        } else {
            // If the two overlap, the buffer is held twice, and the write goes to a copy of it.
            engine.run_into(Kernel::Copy, &[(value, &layout)], self)?;
        }
        self.0.storage.bump_version();
        if matches!(*self.0.history.borrow(), History::Leaf(_)) {
            engine.end_step();
        }
        Ok(())
    }
}

fn constant(value: Scalar, n: usize, dtype: DType) -> HostData {
    match dtype {
        DType::Bool => vec![value.to_bool(); n].into(),
        DType::UInt8 => vec![value.to_i64() as u8; n].into(),
        DType::Int64 => vec![value.to_i64(); n].into(),
        DType::Float32 => vec![value.to_f64() as f32; n].into(),
        DType::Float64 => vec![value.to_f64(); n].into(),
    }
}

fn truncated(mut data: HostData, n: usize) -> HostData {
    crate::each_dtype!(&mut data, v => v.truncate(n));
    data
}

impl std::fmt::Debug for Tensor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tensor({:?}, {})", self.shape(), self.dtype())
    }
}
