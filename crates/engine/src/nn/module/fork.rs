//! Copies of modules. See [`Fork`].

use std::cell::RefCell;
use std::rc::Rc;

use super::{Inner, Module};
use crate::fork::{Fork, Handle};
use crate::tensor::Tensor;

impl Handle for Module {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0) as usize
    }
}

impl Fork {
    /// The copy of a module with everything below it.
    pub fn module(&mut self, old: &Module) -> Module {
        let new = self.module_shell(old);
        self.settle();
        new
    }

    /// Modules are never inside each other deeper than `DEEPEST`, so this may call itself.
    fn module_shell(&mut self, old: &Module) -> Module {
        if let Some(new) = self.modules.find(old) {
            return new;
        }
        let inner = &old.0;
        let children = inner.children.borrow();
        let children =
            children.iter().map(|(name, child)| (name.clone(), self.module_shell(child))).collect();
        let new = Module(Rc::new(Inner {
            kind: inner.kind.clone(),
            parameters: self.named(&inner.parameters),
            buffers: self.named(&inner.buffers),
            children: RefCell::new(children),
            training: inner.training.clone(),
            depth: inner.depth.clone(),
        }));
        self.modules.keep(old, new)
    }

    fn named(
        &mut self,
        old: &RefCell<Vec<(String, Option<Tensor>)>>,
    ) -> RefCell<Vec<(String, Option<Tensor>)>> {
        let copy =
            |(name, t): &(String, Option<Tensor>)| (name.clone(), t.as_ref().map(|t| self.tensor_shell(t)));
        RefCell::new(old.borrow().iter().map(copy).collect())
    }
}
