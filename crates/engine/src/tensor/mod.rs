//! The tensor: a view of a storage, and how it came to be.

mod fork;
mod grad;
mod inplace;
mod methods;
mod read;
mod view;

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::{Rc, Weak};

use crate::dtype::DType;
use crate::engine::Engine;
use crate::error::Result;
use crate::layout::Layout;
use crate::ops::Op;
use crate::storage::Storage;
use crate::tape::{History, Leaf, Node, Slot};
use view::ViewOf;

/// A tensor. Cloning gives another handle to the same tensor, as assigning to a second name does in Python.
#[derive(Clone)]
pub struct Tensor(Rc<Inner>);

/// A tensor that is not kept alive.
#[derive(Default)]
pub(crate) struct WeakTensor(Weak<Inner>);

struct Inner {
    engine: Engine,
    storage: RefCell<Rc<Storage>>,
    /// Counts writes apart from the storage's own count: what `.data` gives.
    version: Option<Rc<Cell<u64>>>,
    layout: Layout,
    dtype: DType,
    history: RefCell<History>,
    view: Option<ViewOf>,
    grad: OnceCell<Rc<Slot>>,
    inference: bool,
}

impl WeakTensor {
    pub(crate) fn upgrade(&self) -> Option<Tensor> {
        self.0.upgrade().map(Tensor)
    }
}

impl Tensor {
    pub(crate) fn new(
        engine: &Engine,
        storage: Rc<Storage>,
        layout: Layout,
        dtype: DType,
        history: History,
    ) -> Self {
        Self(Rc::new(Inner {
            engine: engine.clone(),
            storage: RefCell::new(storage),
            version: None,
            layout,
            dtype,
            history: RefCell::new(history),
            view: None,
            grad: OnceCell::new(),
            inference: engine.is_inference_mode(),
        }))
    }

    /// Another tensor with the same elements.
    fn alias(&self, layout: Layout, history: History, view: Option<ViewOf>) -> Self {
        Self(Rc::new(Inner {
            engine: self.0.engine.clone(),
            storage: RefCell::new(self.storage()),
            version: self.0.version.clone(),
            layout,
            dtype: self.0.dtype,
            history: RefCell::new(history),
            view,
            grad: OnceCell::new(),
            inference: self.0.inference,
        }))
    }

    /// The same elements, in another layout of the same storage.
    pub(crate) fn view_as(&self, layout: Layout) -> Self {
        self.alias(layout, History::None, None)
    }

    /// The same elements with another past.
    pub(crate) fn with_history(&self, history: History) -> Self {
        self.alias(self.0.layout.clone(), history, None)
    }

    pub(crate) fn downgrade(&self) -> WeakTensor {
        WeakTensor(Rc::downgrade(&self.0))
    }

    /// Whether two handles are of one tensor: Python's `is`.
    pub fn same_as(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// A number that no other tensor has while this one lives: Python's `id`.
    pub fn id(&self) -> usize {
        Rc::as_ptr(&self.0).cast::<()>() as usize
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

    pub(crate) fn storage(&self) -> Rc<Storage> {
        Rc::clone(&self.0.storage.borrow())
    }

    /// How often its elements were overwritten: `_version`. Views and `detach()` count together, `.data` apart.
    pub fn version(&self) -> u64 {
        self.0.version.as_ref().map_or_else(|| self.0.storage.borrow().version(), |count| count.get())
    }

    /// Whether it was made in inference mode.
    pub fn is_inference(&self) -> bool {
        self.0.inference
    }

    /// The node that computed it.
    pub fn grad_fn(&self) -> Option<Rc<Node>> {
        match self.history() {
            History::Op(node, _) => Some(node),
            History::None | History::Leaf(_) => None,
        }
    }

    /// Where its gradients accumulate, if it is a leaf that requires them.
    pub fn leaf(&self) -> Option<Rc<Leaf>> {
        match self.history() {
            History::Leaf(leaf) => Some(leaf),
            History::None | History::Op(..) => None,
        }
    }

    /// Which of the outputs of its `grad_fn` it is: 0, except for custom functions with several.
    pub fn output_nr(&self) -> usize {
        match self.history() {
            History::Op(_, output) => output,
            History::None | History::Leaf(_) => 0,
        }
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
}

impl std::fmt::Debug for Tensor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tensor({:?}, {})", self.shape(), self.dtype())
    }
}
