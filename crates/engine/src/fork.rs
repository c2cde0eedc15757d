//! A second copy of everything that a program can change: tensors with their past, gradients and hooks, passes that are
//! under way, optimizers, modules. Copy and original go on independently of each other, on the same engine.
//!
//! Elements are not copied: storages are copy-on-write, so a copy costs pointers. What is shared among the originals
//! (a storage by views, a node by tensors) is shared among their copies in the same way, as far as one [`Fork`] copies
//! them. Functions written in Rust (closures of hooks and gradients) are shared with the original, and so are tensors
//! that they hold.
//!
//! What an engine remembers besides its tensors is copied by [`Engine::state`](crate::Engine::state).

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::autograd::function::Context;
use crate::nn::Module;
use crate::storage::Storage;
use crate::tape::{HookList, Leaf, Node, Slot};
use crate::tensor::Tensor;

/// Copies, and remembers what it has copied: a handle of one thing gives the same copy every time.
///
/// It keeps originals and copies alive until it is dropped. Weak references among the copies lead somewhere if what
/// they lead to is held by something else that was copied.
#[derive(Default)]
pub struct Fork {
    pub(crate) tensors: Memo<Tensor>,
    pub(crate) storages: Memo<Rc<Storage>>,
    pub(crate) versions: Memo<Rc<Cell<u64>>>,
    pub(crate) slots: Memo<Rc<Slot>>,
    pub(crate) leaves: Memo<Rc<Leaf>>,
    pub(crate) nodes: Memo<Rc<Node>>,
    pub(crate) hooks: Memo<Rc<HookList>>,
    pub(crate) contexts: Memo<Context>,
    pub(crate) modules: Memo<Module>,
    pub(crate) todo: Vec<Todo>,
}

/// Copies that stand already but are empty: what is inside of them may lead back to them, and far away.
pub(crate) enum Todo {
    /// The past and the gradient of a tensor.
    Tensor(Tensor, Tensor),
    /// The tensor in a `.grad`.
    Slot(Rc<Slot>, Rc<Slot>),
    /// What a function of the user's has kept.
    Context(Context, Context),
}

/// Something of which there may be several handles.
pub(crate) trait Handle: Clone {
    /// Tells it apart from others while it lives.
    fn address(&self) -> usize;
}

impl<T> Handle for Rc<T> {
    fn address(&self) -> usize {
        Self::as_ptr(self) as usize
    }
}

/// Originals with their copies. The originals are held so that no address is used twice.
pub(crate) struct Memo<H>(HashMap<usize, (H, H)>);

impl<H> Default for Memo<H> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<H: Handle> Memo<H> {
    pub(crate) fn find(&self, old: &H) -> Option<H> {
        self.at(old.address())
    }

    /// The copy of what is at this address.
    pub(crate) fn at(&self, address: usize) -> Option<H> {
        self.0.get(&address).map(|(_, new)| new.clone())
    }

    /// Remembers a copy, and gives it back.
    pub(crate) fn keep(&mut self, old: &H, new: H) -> H {
        self.0.insert(old.address(), (old.clone(), new.clone()));
        new
    }
}

impl Fork {
    /// Nothing is copied yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The copy of a tensor: same values, dtype, version and place in the graph.
    pub fn tensor(&mut self, old: &Tensor) -> Tensor {
        let new = self.tensor_shell(old);
        self.settle();
        new
    }

    /// The copy of a node, with all that it was computed from.
    pub fn node(&mut self, old: &Rc<Node>) -> Rc<Node> {
        let new = self.node_shell(old);
        self.settle();
        new
    }

    /// The copy of the end of a path of gradients.
    pub fn leaf(&mut self, old: &Rc<Leaf>) -> Rc<Leaf> {
        let new = self.leaf_shell(old);
        self.settle();
        new
    }

    /// The copy of what a function of the user's has kept: its `ctx`.
    pub fn context(&mut self, old: &Context) -> Context {
        let new = self.context_shell(old);
        self.settle();
        new
    }

    /// Fills the copies that are empty, and those that this makes. In a loop: a graph may be deep.
    pub(crate) fn settle(&mut self) {
        while let Some(todo) = self.todo.pop() {
            match todo {
                Todo::Tensor(old, new) => self.fill_tensor(&old, &new),
                Todo::Slot(old, new) => self.fill_slot(&old, &new),
                Todo::Context(old, new) => self.fill_context(&old, &new),
            }
        }
    }
}
