//! The record of what ran: nodes, in the order of their sequence numbers, each holding what its
//! gradient needs. A node lives as long as a tensor or a later node refers to it.

mod fork;
mod hooks;
mod leaf;
mod node;
mod saved;

use std::rc::Rc;

pub(crate) use hooks::{Action, HookList, Hooks};
pub use hooks::{Hook, HookFn, HookHandle};
pub use leaf::Leaf;
pub(crate) use leaf::Slot;
pub use node::{Edge, Node, Output};
pub(crate) use saved::SavedTensor;

/// A range of bytes of the program text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// From one byte to another.
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The smallest span that holds both.
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// During which pass an op was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pass {
    /// While the program computed.
    Forward,
    /// While gradients were computed.
    Backward,
}

/// Where an op comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The pass.
    pub pass: Pass,
    /// In a backward pass: the sequence number of the node whose gradient this op computes.
    pub forward: Option<u64>,
    /// The program text that made it.
    pub span: Option<Span>,
    /// The function of several ops that it is a part of.
    pub call: Option<Call>,
}

/// A function that PyTorch counts as one op and that is written here in several: a reader sees it as one node
/// until it is opened. Made by [`Engine::call`](crate::Engine::call).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Call {
    /// PyTorch's name of the function.
    pub name: &'static str,
    /// What PyTorch prints as the `grad_fn` of its result.
    pub grad_fn: &'static str,
    /// Which call it was: all nodes of one call have the same number.
    pub id: u64,
}

/// How a tensor came to be, as far as gradients are concerned: the edge along which its gradient leaves.
#[derive(Clone)]
pub(crate) enum History {
    /// It is a constant.
    None,
    /// It requires gradients and was made by the user: gradients accumulate here.
    Leaf(Rc<Leaf>),
    /// It is this output of a node, computed from tensors that require gradients.
    Op(Rc<Node>, usize),
}

impl History {
    /// Whether gradients flow along it.
    pub(crate) fn is_some(&self) -> bool {
        !matches!(self, Self::None)
    }

    /// What becomes of gradients that arrive here.
    pub(crate) fn hooks(&self) -> Option<&Hooks> {
        match self {
            Self::None => None,
            Self::Leaf(leaf) => Some(leaf.hooks()),
            Self::Op(node, _) => Some(node.hooks()),
        }
    }
}
