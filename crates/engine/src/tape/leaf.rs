//! Where gradients accumulate: PyTorch's `AccumulateGrad`, and the `.grad` of a tensor.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use super::Hooks;
use crate::tensor::Tensor;

/// The `.grad` of a tensor.
#[derive(Default)]
pub(crate) struct Slot {
    pub(crate) grad: RefCell<Option<Tensor>>,
}

/// The end of a path of gradients: a tensor that the user made.
///
/// It knows the `.grad` of its tensor weakly: a gradient that was recorded (`create_graph`) refers to the leaf through
/// its graph, and would otherwise keep itself alive.
pub struct Leaf {
    pub(super) slot: Weak<Slot>,
    pub(super) hooks: Hooks,
}

impl Leaf {
    pub(crate) fn new(slot: &Rc<Slot>) -> Rc<Self> {
        Rc::new(Self { slot: Rc::downgrade(slot), hooks: Hooks::default() })
    }

    /// A number that no other leaf has while this one lives.
    pub fn id(self: &Rc<Self>) -> usize {
        Rc::as_ptr(self) as usize
    }

    pub(crate) fn hooks(&self) -> &Hooks {
        &self.hooks
    }

    /// The `.grad`, unless the tensor is gone.
    pub(crate) fn slot(&self) -> Option<Rc<Slot>> {
        self.slot.upgrade()
    }
}
