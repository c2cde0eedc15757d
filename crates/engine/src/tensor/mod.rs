//! The tensor: a view of a storage, and how it came to be.

mod fork;
mod grad;
mod inplace;
mod methods;
mod path;
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
    look: Look,
    dtype: DType,
    history: RefCell<History>,
    grad: OnceCell<Rc<Slot>>,
    inference: bool,
}

/// How a tensor lies in its storage, and what it is a view of. What `unsqueeze_` and its like make of it stands behind
/// it: nobody who has borrowed a shape loses it.
struct Look {
    layout: Layout,
    view: Option<ViewOf>,
    next: OnceCell<Box<Look>>,
}

impl Look {
    fn new(layout: Layout, view: Option<ViewOf>) -> Self {
        Self { layout, view, next: OnceCell::new() }
    }
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
            look: Look::new(layout, None),
            dtype,
            history: RefCell::new(history),
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
            look: Look::new(layout, view),
            dtype: self.0.dtype,
            history: RefCell::new(history),
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
        self.alias(self.layout().clone(), history, None)
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

    /// Where its first element lies, as a number: views of one storage begin where they do in it. Nothing is read there.
    pub fn address(&self) -> usize {
        let storage = Rc::as_ptr(&self.0.storage.borrow()).cast::<()>() as usize;
        storage.wrapping_add(self.layout().offset.wrapping_mul(self.dtype().size() as usize))
    }

    /// The engine that it belongs to.
    pub fn engine(&self) -> &Engine {
        &self.0.engine
    }

    /// The sizes of its dimensions.
    pub fn shape(&self) -> &[usize] {
        &self.layout().shape
    }

    /// The number of dimensions.
    pub fn ndim(&self) -> usize {
        self.layout().ndim()
    }

    /// The number of elements.
    pub fn numel(&self) -> usize {
        self.layout().numel()
    }

    /// The element type.
    pub fn dtype(&self) -> DType {
        self.0.dtype
    }

    /// How it lies in its storage.
    pub fn layout(&self) -> &Layout {
        &self.look().layout
    }

    fn look(&self) -> &Look {
        let mut look = &self.0.look;
        while let Some(next) = look.next.get() {
            look = next;
        }
        look
    }

    /// How often its shape was changed in place.
    fn looks(&self) -> usize {
        std::iter::successors(Some(&self.0.look), |look| look.next.get().map(|next| &**next)).count()
    }

    /// From now on it lies so.
    fn look_again(&self, look: Look) {
        // There is nothing behind the last one.
        let _ = self.look().next.set(Box::new(look));
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
        if self.layout().is_contiguous() { Ok(self.clone()) } else { self.copy() }
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
