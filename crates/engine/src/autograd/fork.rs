//! Copies of what functions of the user's have kept. See [`Fork`].

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use super::function::{Context, Parts};
use crate::fork::{Fork, Handle, Todo};
use crate::tensor::Tensor;

impl Handle for Context {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0) as usize
    }
}

impl Fork {
    /// A copy that holds nothing until [`fill_context`](Self::fill_context).
    pub(crate) fn context_shell(&mut self, old: &Context) -> Context {
        if let Some(new) = self.contexts.find(old) {
            return new;
        }
        let new = Context(Rc::new(Parts {
            engine: old.0.engine.clone(),
            inputs: RefCell::default(),
            needs: old.0.needs.clone(),
            to_save: RefCell::default(),
            saved: RefCell::default(),
            constants: RefCell::default(),
            dirty: RefCell::default(),
            materialize: Cell::new(old.0.materialize.get()),
            node: RefCell::default(),
        }));
        self.todo.push(Todo::Context(old.clone(), new.clone()));
        self.contexts.keep(old, new)
    }

    pub(crate) fn fill_context(&mut self, old: &Context, new: &Context) {
        let (old, new) = (&old.0, &new.0);
        for (from, to) in
            [(&old.inputs, &new.inputs), (&old.constants, &new.constants), (&old.dirty, &new.dirty)]
        {
            let copies: Vec<Tensor> = from.borrow().iter().map(|t| self.tensor_shell(t)).collect();
            *to.borrow_mut() = copies;
        }
        *new.to_save.borrow_mut() = self.shells(&old.to_save.borrow());
        let saved = old.saved.borrow().as_ref().map(|all| {
            let copy = |item: &Option<_>| item.as_ref().map(|(role, saved)| (*role, self.saved(saved)));
            all.iter().map(copy).collect()
        });
        *new.saved.borrow_mut() = saved;
        let node = old.node.borrow().upgrade();
        *new.node.borrow_mut() = node.map_or_else(Weak::new, |node| Rc::downgrade(&self.node_shell(&node)));
    }
}
