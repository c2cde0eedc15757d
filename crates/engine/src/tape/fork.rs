//! Copies of the past: nodes, leaves, gradients, hooks. See [`Fork`].

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use super::hooks::{Entry, HookList};
use super::node::{Input, Saved};
use super::{Action, History, HookHandle, Hooks, Leaf, Node, SavedTensor, Slot};
use crate::fork::{Fork, Todo};
use crate::ops::{Custom, Op};

impl Fork {
    /// The copy of a hook's handle, which removes the copy of the hook.
    pub fn hook_handle(&mut self, old: &HookHandle) -> HookHandle {
        let list = old.list.upgrade().map(|list| Rc::downgrade(&self.hook_list(&list)));
        self.settle();
        HookHandle { list: list.unwrap_or_default(), id: old.id }
    }

    /// How the copy of a tensor came to be.
    pub(crate) fn history(&mut self, old: &History) -> History {
        match old {
            History::None => History::None,
            History::Leaf(leaf) => History::Leaf(self.leaf_shell(leaf)),
            History::Op(node, output) => History::Op(self.node_shell(node), *output),
        }
    }

    pub(crate) fn slot(&mut self, old: &Rc<Slot>) -> Rc<Slot> {
        if let Some(new) = self.slots.find(old) {
            return new;
        }
        let new = Rc::<Slot>::default();
        self.todo.push(Todo::Slot(Rc::clone(old), Rc::clone(&new)));
        self.slots.keep(old, new)
    }

    pub(crate) fn fill_slot(&mut self, old: &Slot, new: &Slot) {
        let grad = old.grad.borrow().as_ref().map(|grad| self.tensor_shell(grad));
        let before = new.grad.replace(grad);
        drop(before);
    }

    fn weak_slot(&mut self, old: &Weak<Slot>) -> Weak<Slot> {
        old.upgrade().map_or_else(Weak::new, |slot| Rc::downgrade(&self.slot(&slot)))
    }

    pub(crate) fn leaf_shell(&mut self, old: &Rc<Leaf>) -> Rc<Leaf> {
        if let Some(new) = self.leaves.find(old) {
            return new;
        }
        let new = Leaf { slot: self.weak_slot(&old.slot), hooks: self.hooks(&old.hooks) };
        self.leaves.keep(old, Rc::new(new))
    }

    fn hooks(&mut self, old: &Hooks) -> Hooks {
        let list = old.0.borrow().as_ref().map(|list| self.hook_list(list));
        Hooks(RefCell::new(list))
    }

    fn hook_list(&mut self, old: &Rc<HookList>) -> Rc<HookList> {
        if let Some(new) = self.hooks.find(old) {
            return new;
        }
        let entry = |entry: &Entry| Entry { action: self.action(&entry.action), ..*entry };
        let entries = old.entries.borrow().iter().map(entry).collect();
        let new = HookList { next: old.next.clone(), entries: RefCell::new(entries) };
        self.hooks.keep(old, Rc::new(new))
    }

    /// Code of hooks is shared: it is the same code.
    pub(crate) fn action(&mut self, old: &Action) -> Action {
        match old {
            Action::Call(hook) => Action::Call(hook.clone()),
            Action::Retain(slot) => Action::Retain(self.weak_slot(slot)),
        }
    }

    /// The copy of a node, after those of the nodes that it was computed from: in a loop with a stack of its own, for a
    /// chain may be long.
    pub(crate) fn node_shell(&mut self, old: &Rc<Node>) -> Rc<Node> {
        let mut stack = vec![Rc::clone(old)];
        while let Some(node) = stack.last().cloned() {
            if self.nodes.find(&node).is_some() {
                stack.pop();
                continue;
            }
            let open = stack.len();
            for input in &node.inputs {
                if let History::Op(before, _) = &input.history
                    && self.nodes.find(before).is_none()
                {
                    stack.push(Rc::clone(before));
                }
            }
            if stack.len() == open {
                let new = self.one_node(&node);
                self.nodes.keep(&node, Rc::new(new));
            }
        }
        // The loop ends when it has one; otherwise it is made here, which is the same.
        self.nodes.find(old).unwrap_or_else(|| Rc::new(self.one_node(old)))
    }

    /// A copy of a node, all of whose inputs have been copied.
    fn one_node(&mut self, old: &Node) -> Node {
        let input = |input: &Input| Input {
            history: self.history(&input.history),
            shape: input.shape.clone(),
            dtype: input.dtype,
            transposed: input.transposed,
        };
        let inputs = old.inputs.iter().map(input).collect();
        let op = if let Op::Custom(custom) = &old.op {
            let context = self.context_shell(custom.context());
            Op::Custom(Custom::new(custom.name(), custom.backward().clone(), context))
        } else {
            old.op.clone()
        };
        let saved = old.saved.borrow().as_ref().map(|saved| Saved {
            inputs: saved.inputs.iter().map(|t| t.as_ref().map(|t| self.saved(t))).collect(),
            output: saved.output.as_ref().map(|t| self.saved(t)),
        });
        let hooks = self.hooks(&old.hooks);
        let (seq, outputs, origin) = (old.seq, old.outputs.clone(), old.origin);
        Node { seq, op, inputs, outputs, origin, saved: RefCell::new(saved), hooks }
    }

    /// A copy of a saved tensor, with the version that it had.
    pub(crate) fn saved(&mut self, old: &SavedTensor) -> SavedTensor {
        let original = old.original.upgrade().map(|t| self.tensor_shell(&t).downgrade());
        SavedTensor {
            tensor: self.tensor_shell(&old.tensor),
            version: old.version,
            original: original.unwrap_or_default(),
        }
    }
}
