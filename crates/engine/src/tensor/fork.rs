//! Copies of tensors: a new handle on a copy-on-write copy of the storage. See [`Fork`].

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use super::view::ViewOf;
use super::{Inner, Look, Tensor};
use crate::fork::{Fork, Handle, Todo};
use crate::tape::History;

impl Handle for Tensor {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0) as usize
    }
}

impl Fork {
    /// A copy that has no past and no gradient until [`fill_tensor`](Self::fill_tensor).
    pub(crate) fn tensor_shell(&mut self, old: &Tensor) -> Tensor {
        if let Some(new) = self.tensors.find(old) {
            return new;
        }
        // A base is no view itself, so this goes no deeper.
        let view = old.look().view.as_ref().map(|view| ViewOf {
            base: self.tensor_shell(&view.base),
            looks: usize::from(view.base.looks() == view.looks),
            path: view.path.clone(),
            creation: view.creation,
            seen: view.seen.clone(),
        });
        let storage = old.storage();
        let storage = self.storages.find(&storage).unwrap_or_else(|| {
            let copy = storage.forked();
            self.storages.keep(&storage, copy)
        });
        let version = old.0.version.as_ref().map(|count| {
            self.versions
                .find(count)
                .unwrap_or_else(|| self.versions.keep(count, Rc::new(Cell::new(count.get()))))
        });
        let new = Tensor(Rc::new(Inner {
            engine: old.0.engine.clone(),
            storage: RefCell::new(storage),
            version,
            // Only the last look is copied: a view of an earlier one stays one.
            look: Look::new(old.layout().clone(), view),
            dtype: old.0.dtype,
            history: RefCell::new(History::None),
            grad: OnceCell::new(),
            inference: old.0.inference,
        }));
        self.todo.push(Todo::Tensor(old.clone(), new.clone()));
        self.tensors.keep(old, new)
    }

    /// Gives a copy its past and its `.grad`. A view that is not up to date stays so.
    pub(crate) fn fill_tensor(&mut self, old: &Tensor, new: &Tensor) {
        let history = old.0.history.borrow().clone();
        let history = self.history(&history);
        new.set_history(history);
        if let Some(slot) = old.0.grad.get() {
            let slot = self.slot(slot);
            new.0.grad.get_or_init(|| slot);
        }
    }

    /// The copies of tensors of which some may be missing.
    pub(crate) fn shells(&mut self, old: &[Option<Tensor>]) -> Vec<Option<Tensor>> {
        old.iter().map(|t| t.as_ref().map(|t| self.tensor_shell(t))).collect()
    }
}
