//! What is to be done with a gradient before it goes on: the hooks of a tensor, in the order of their registration.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use super::Slot;
use crate::error::Result;
use crate::tensor::Tensor;

/// Looks at a gradient and may give another in its place.
pub type HookFn = dyn Fn(&Tensor) -> Result<Option<Tensor>>;

/// A hook of a tensor.
#[derive(Clone)]
pub enum Hook {
    /// A function, called by the walk itself.
    Closure(Rc<HookFn>),
    /// Code that the engine cannot run, under a number that its owner knows: the walk stops and asks
    /// (see [`Event::Hook`](crate::autograd::Event::Hook)).
    Outside(u64),
}

/// What happens to the gradient of an output.
#[derive(Clone)]
pub(crate) enum Action {
    /// The user looks at it.
    Call(Hook),
    /// It is kept as `.grad` of a tensor that is no leaf: `retain_grad()`.
    Retain(Weak<Slot>),
}

#[derive(Clone)]
pub(super) struct Entry {
    pub(super) id: u64,
    pub(super) output: usize,
    pub(super) action: Action,
}

#[derive(Default)]
pub(crate) struct HookList {
    pub(super) next: Cell<u64>,
    pub(super) entries: RefCell<Vec<Entry>>,
}

/// The actions of a node or a leaf, in order.
#[derive(Default)]
pub(crate) struct Hooks(pub(super) RefCell<Option<Rc<HookList>>>);

impl Hooks {
    fn list(&self) -> Rc<HookList> {
        Rc::clone(self.0.borrow_mut().get_or_insert_with(Rc::default))
    }

    pub(crate) fn add(&self, output: usize, action: Action) -> HookHandle {
        let list = self.list();
        let id = list.next.get();
        list.next.set(id + 1);
        list.entries.borrow_mut().push(Entry { id, output, action });
        HookHandle { list: Rc::downgrade(&list), id }
    }

    /// All actions now: what they change in the list counts from the next time on.
    pub(crate) fn actions(&self) -> Vec<(usize, Action)> {
        let Some(list) = self.0.borrow().clone() else { return Vec::new() };
        let entries = list.entries.borrow();
        entries.iter().map(|entry| (entry.output, entry.action.clone())).collect()
    }

    /// Whether `slot` is filled here.
    pub(crate) fn retains(&self, slot: &Rc<Slot>) -> bool {
        self.actions().iter().any(|(_, action)| is_for(action, slot))
    }

    /// Fills `slot` here no longer. Gives back whether it was.
    pub(crate) fn release(&self, slot: &Rc<Slot>) -> bool {
        let Some(list) = self.0.borrow().clone() else { return false };
        let mut entries = list.entries.borrow_mut();
        let before = entries.len();
        entries.retain(|entry| !is_for(&entry.action, slot));
        entries.len() < before
    }
}

fn is_for(action: &Action, slot: &Rc<Slot>) -> bool {
    matches!(action, Action::Retain(held) if std::ptr::eq(held.as_ptr(), Rc::as_ptr(slot)))
}

/// A hook that can be removed. Dropping the handle leaves the hook where it is.
#[derive(Clone)]
pub struct HookHandle {
    pub(super) list: Weak<HookList>,
    pub(super) id: u64,
}

impl HookHandle {
    /// Whether the hook is still there, on something that is.
    pub fn is_live(&self) -> bool {
        let list = self.list.upgrade();
        list.is_some_and(|list| list.entries.borrow().iter().any(|entry| entry.id == self.id))
    }

    /// Removes the hook. Does nothing the second time.
    pub fn remove(&self) {
        if let Some(list) = self.list.upgrade() {
            list.entries.borrow_mut().retain(|entry| entry.id != self.id);
        }
    }
}
