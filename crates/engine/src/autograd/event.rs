//! What a backward pass says as it is stepped.

use std::rc::Rc;

use super::function::Context;
use crate::tape::{Leaf, Node};
use crate::tensor::Tensor;

/// One step of a backward pass.
pub enum Event {
    /// A node has turned its gradient into those of its inputs.
    Node(Visit),
    /// A leaf has received its gradient, from all that used it.
    Leaf(Arrival),
    /// A hook outside the engine must be called: answer with [`resume_hook`](super::Backward::resume_hook).
    Hook(HookCall),
    /// The backward of a function outside the engine must be called: answer with
    /// [`resume_function`](super::Backward::resume_function).
    Function(FunctionCall),
}

/// A node was visited.
pub struct Visit {
    /// Which.
    pub node: Rc<Node>,
    /// The gradient of each of its outputs; `None` where none came back.
    pub upstream: Vec<Option<Tensor>>,
    /// What it gave to its inputs.
    pub contributions: Vec<Contribution>,
}

/// What a node gives to one of its inputs. Where that goes is [`Node::edges`]`()[input]`.
pub struct Contribution {
    /// Which input.
    pub input: usize,
    /// Its gradient, of its shape and dtype.
    pub gradient: Tensor,
    /// The sum of all that the receiver has received so far: more than the gradient where paths join.
    pub total: Tensor,
}

/// A gradient arrived at a leaf.
pub struct Arrival {
    /// Which.
    pub leaf: Rc<Leaf>,
    /// The gradient of this pass; `None` if all paths ended before.
    pub gradient: Option<Tensor>,
    /// What its `.grad` is now; `None` if the tensor is gone or received nothing.
    pub total: Option<Tensor>,
}

/// A hook is to be called.
pub struct HookCall {
    /// The number under which it was registered.
    pub token: u64,
    /// What it is called with.
    pub gradient: Tensor,
}

/// The backward of a function is to be called.
pub struct FunctionCall {
    /// The number under which it was given.
    pub token: u64,
    /// Its node.
    pub node: Rc<Node>,
    /// What its forward left.
    pub context: Context,
    /// The gradients of its outputs.
    pub gradients: Vec<Option<Tensor>>,
}
