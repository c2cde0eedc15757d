//! What a tensor has to do with gradients: whether it requires them, where they go, and who looks at them.

use std::rc::Rc;

use super::Tensor;
use crate::error::{Error, Result};
use crate::layout::Layout;
use crate::storage::Storage;
use crate::tape::{Action, History, Hook, HookHandle, Leaf, Slot};

impl Tensor {
    pub(crate) fn slot(&self) -> &Rc<Slot> {
        self.0.grad.get_or_init(Rc::default)
    }

    /// Where the gradient of this handle's tensor is: a saved leaf shares that of the leaf.
    fn grad_slot(&self) -> Option<Rc<Slot>> {
        match &*self.0.history.borrow() {
            History::Leaf(leaf) => leaf.slot(),
            History::None | History::Op(..) => self.0.grad.get().cloned(),
        }
    }

    /// Whether gradients flow to it.
    pub fn requires_grad(&self) -> bool {
        self.0.history.borrow().is_some()
            || self.look().view.as_ref().is_some_and(|view| view.base.requires_grad())
    }

    /// Whether it was made by the user rather than computed from tensors that require gradients.
    pub fn is_leaf(&self) -> bool {
        !matches!(self.history(), History::Op(..))
    }

    /// Makes it a leaf that collects gradients, or a constant again.
    ///
    /// # Errors
    /// [`Error::IntegerGrad`] for integers and truth values; [`Error::NotLeaf`] if it was computed;
    /// [`Error::Shape`] for an inference tensor outside inference mode.
    pub fn requires_grad_(&self, requires_grad: bool) -> Result<()> {
        if requires_grad && self.0.inference && !self.engine().is_inference_mode() {
            let text = "Setting requires_grad=True on inference tensor outside InferenceMode is not allowed.";
            return Err(Error::Shape(text.to_owned()));
        }
        if requires_grad && !self.0.dtype.is_floating_point() {
            return Err(Error::IntegerGrad);
        }
        match (self.history(), requires_grad) {
            (History::None, true) => self.set_history(History::Leaf(Leaf::new(self.slot()))),
            (History::Leaf(_), false) => self.set_history(History::None),
            (History::Op(..), false) => return Err(Error::NotLeaf),
            (History::None, false) | (History::Leaf(_) | History::Op(..), true) => {}
        }
        Ok(())
    }

    /// The gradient that has accumulated: of a leaf that backward has reached, or of a tensor that was computed and
    /// asked to [`retain_grad`](Self::retain_grad).
    pub fn grad(&self) -> Option<Tensor> {
        self.grad_slot()?.grad.borrow().clone()
    }

    /// Sets or clears the gradient, unchecked.
    pub fn set_grad(&self, grad: Option<Tensor>) {
        let slot = self.grad_slot().unwrap_or_else(|| Rc::clone(self.slot()));
        let before = slot.grad.replace(grad);
        drop(before);
    }

    /// `x.grad = value`: as [`set_grad`](Self::set_grad), with PyTorch's checks.
    ///
    /// # Errors
    /// [`Error::Shape`] if the gradient is the tensor itself, or of another shape, dtype or device.
    pub fn assign_grad(&self, grad: Option<&Tensor>) -> Result<()> {
        let fail = |text: &str| Err(Error::Shape(text.to_owned()));
        match grad {
            Some(g) if g.same_as(self) => fail("can't assign Variable as its own grad"),
            Some(g) if g.dtype() != self.dtype() => fail("assigned grad has data of a different type"),
            Some(g) if !g.engine().same_as(self.engine()) => {
                fail("assigned grad has data located on a different device")
            }
            Some(g) if g.shape() != self.shape() => fail("assigned grad has data of a different size"),
            Some(_) | None => {
                self.set_grad(grad.cloned());
                Ok(())
            }
        }
    }

    /// Forgets the gradient, or makes it zero: `zero_grad(set_to_none)`. A gradient that somebody else holds too is
    /// zeroed in place, so that they see it.
    ///
    /// # Errors
    /// What the backend says.
    pub fn zero_grad(&self, set_to_none: bool) -> Result<()> {
        match self.grad() {
            Some(_) if set_to_none => self.set_grad(None),
            Some(grad) => {
                let grad = if grad.requires_grad() { grad.detach() } else { grad };
                grad.zero_()?;
                self.set_grad(Some(grad));
            }
            None => {}
        }
        Ok(())
    }

    /// Keeps the gradient of a tensor that was computed, as `.grad`. A leaf keeps its own anyway.
    ///
    /// # Errors
    /// [`Error::Shape`] if no gradients flow to it.
    pub fn retain_grad(&self) -> Result<()> {
        match self.current_history()? {
            History::None => {
                Err(Error::Shape("can't retain_grad on Tensor that has requires_grad=False".to_owned()))
            }
            History::Leaf(_) => Ok(()),
            History::Op(node, output) => {
                if !node.hooks().retains(self.slot()) {
                    node.hooks().add(output, Action::Retain(Rc::downgrade(self.slot())));
                }
                Ok(())
            }
        }
    }

    /// Whether it was computed and keeps its gradient: `retains_grad`.
    pub fn retains_grad(&self) -> bool {
        match self.history() {
            History::Op(node, _) => node.hooks().retains(self.slot()),
            History::None | History::Leaf(_) => false,
        }
    }

    /// Calls `hook` with the whole gradient of this tensor in every backward pass, before it goes on. What the hook
    /// gives back takes its place. Hooks run in the order of their registration; those of leaves only where the
    /// gradient accumulates.
    ///
    /// # Errors
    /// [`Error::Shape`] if no gradients flow to it.
    pub fn register_hook(&self, hook: Hook) -> Result<HookHandle> {
        let text = "cannot register a hook on a tensor that doesn't require gradient";
        let history = self.current_history()?;
        let hooks = history.hooks().ok_or_else(|| Error::Shape(text.to_owned()))?;
        let output = if let History::Op(_, output) = &history { *output } else { 0 };
        Ok(hooks.add(output, Action::Call(hook)))
    }

    /// As [`register_hook`](Self::register_hook), with a Rust function.
    ///
    /// # Errors
    /// [`Error::Shape`] if no gradients flow to it.
    pub fn register_hook_fn(
        &self,
        hook: impl Fn(&Tensor) -> Result<Option<Tensor>> + 'static,
    ) -> Result<HookHandle> {
        self.register_hook(Hook::Closure(Rc::new(hook)))
    }

    /// The same elements, cut off from the graph: `.detach()`. Writes to one are seen by, and counted for, both.
    pub fn detach(&self) -> Self {
        self.with_history(History::None)
    }

    /// Cuts the tensor itself off from the graph.
    ///
    /// # Errors
    /// [`Error::Shape`] for a view: its base would still have the past.
    pub fn detach_(&self) -> Result<()> {
        if self.look().view.is_some() {
            let text = "Can't detach views in-place. Use detach() instead. If you are using DistributedDataParallel \
                        (DDP) for training, and gradient_as_bucket_view is set as True, gradients are views of DDP \
                        buckets, and hence detach_() cannot be called on these gradients. To fix this error, please \
                        refer to the Optimizer.zero_grad() function in torch/optim/optimizer.py as the solution.";
            return Err(Error::Shape(text.to_owned()));
        }
        self.set_history(History::None);
        Ok(())
    }

    /// The same elements without a past, whose writes are *not* counted: `.data`. Backward does not notice them.
    pub fn data(&self) -> Self {
        let inner = super::Inner {
            engine: self.0.engine.clone(),
            storage: std::cell::RefCell::new(self.storage()),
            version: Some(Rc::default()),
            look: super::Look::new(self.layout().clone(), None),
            dtype: self.0.dtype,
            history: std::cell::RefCell::new(History::None),
            grad: std::cell::OnceCell::new(),
            inference: self.0.inference,
        };
        Self(Rc::new(inner))
    }

    /// Lets the tensor hold the elements of `value` from now on, without a trace in the graph: `x.data = value`. They
    /// share the elements then, unless they lie in another order; then they are copied.
    ///
    /// # Errors
    /// [`Error::Shape`] for another dtype, which a tensor cannot take on here.
    pub fn set_data(&self, value: &Tensor) -> Result<()> {
        let fail = |text: String| Err(Error::Shape(text));
        if self.requires_grad() && !value.dtype().is_floating_point() {
            let text = "data set to a tensor that requires gradients must be floating point or complex dtype";
            return fail(text.to_owned());
        }
        if value.dtype() != self.dtype() {
            return fail(format!(
                "data of type {} cannot take the place of data of type {}",
                value.dtype(),
                self.dtype()
            ));
        }
        let plain = |layout: &Layout| layout.is_contiguous() && layout.offset == 0;
        let storage = if value.shape() != self.shape() {
            self.look_again(super::Look::new(value.layout().clone(), None));
            value.storage()
        } else if value.layout() == self.layout() || plain(value.layout()) && plain(self.layout()) {
            value.storage()
        } else {
            let fresh = Storage::constant(0.0.into(), self.storage().len());
            fresh.replace(&self.storage());
            let holder = Self::new(
                self.engine(),
                Rc::clone(&fresh),
                self.layout().clone(),
                self.dtype(),
                History::None,
            );
            holder.write_elements(value)?;
            fresh
        };
        let before = self.0.storage.replace(storage);
        drop(before);
        Ok(())
    }
}
