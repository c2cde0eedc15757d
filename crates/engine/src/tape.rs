//! The record of what ran: nodes, in the order of their sequence numbers, each holding what its
//! gradient needs. A node lives as long as a tensor or a later node refers to it.

use std::cell::RefCell;
use std::rc::Rc;

use crate::dtype::DType;
use crate::error::{Error, Result};
use crate::ops::Op;
use crate::tensor::Tensor;

/// A range of bytes of the program text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
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

/// How a tensor came to be, as far as gradients are concerned.
#[derive(Clone)]
pub(crate) enum History {
    /// It is a constant.
    None,
    /// It requires gradients and was made by the user: gradients accumulate here.
    Leaf(Rc<Leaf>),
    /// It was computed from tensors that require gradients.
    Op(Rc<Node>),
}

/// Where the gradient of a leaf accumulates.
#[derive(Default)]
pub(crate) struct Leaf {
    pub(crate) grad: RefCell<Option<Tensor>>,
}

/// One recorded op.
pub struct Node {
    seq: u64,
    op: Op,
    inputs: Vec<Input>,
    shape: Vec<usize>,
    dtype: DType,
    origin: Origin,
    saved: RefCell<Option<Saved>>,
}

/// What is known of an input without holding its elements.
pub(crate) struct Input {
    pub(crate) history: History,
    pub(crate) shape: Vec<usize>,
    pub(crate) dtype: DType,
}

struct Saved {
    inputs: Vec<Option<SavedTensor>>,
    output: Option<SavedTensor>,
}

/// A tensor that backward needs, with the version it had. Its history is kept apart, because a node that held
/// its own output would never be freed.
struct SavedTensor {
    tensor: Tensor,
    version: u64,
}

impl SavedTensor {
    fn new(tensor: Tensor) -> Self {
        let version = tensor.storage().version();
        Self { tensor, version }
    }

    fn unpack(&self, history: History) -> Result<Tensor> {
        let found = self.tensor.storage().version();
        if found != self.version {
            return Err(Error::ModifiedInPlace {
                dtype: self.tensor.dtype(),
                shape: self.tensor.shape().to_vec(),
                found,
                expected: self.version,
            });
        }
        Ok(self.tensor.with_history(history))
    }
}

impl Node {
    pub(crate) fn record(seq: u64, op: Op, inputs: &[&Tensor], out: &Tensor, origin: Origin) -> Self {
        let saves = op.saves();
        let saved = Saved {
            inputs: inputs
                .iter()
                .enumerate()
                .map(|(i, t)| saves.inputs[i].then(|| SavedTensor::new(t.with_history(History::None))))
                .collect(),
            output: saves.output.then(|| SavedTensor::new(out.with_history(History::None))),
        };
        let inputs = inputs
            .iter()
            .map(|t| Input { history: t.history(), shape: t.shape().to_vec(), dtype: t.dtype() })
            .collect();
        let (shape, dtype) = (out.shape().to_vec(), out.dtype());
        Self { seq, op, inputs, shape, dtype, origin, saved: RefCell::new(Some(saved)) }
    }

    /// Its place in the order of recording.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// What was computed.
    pub fn op(&self) -> &Op {
        &self.op
    }

    /// Where it comes from.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// What PyTorch prints as its `grad_fn`: `AddBackward0`.
    pub fn grad_fn(&self) -> String {
        match (self.origin.call, &self.op) {
            (Some(call), _) => call.grad_fn.to_owned(),
            (None, Op::MatMul) if self.shape.len() == 2 => "MmBackward0".to_owned(),
            (None, Op::MatMul) => "BmmBackward0".to_owned(),
            (None, op) => op.grad_fn(),
        }
    }

    /// The shape of its result.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// The element type of its result.
    pub fn dtype(&self) -> DType {
        self.dtype
    }

    pub(crate) fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// Input `i`, as it was when the op ran.
    ///
    /// # Errors
    /// [`Error::BackwardTwice`] if it was freed, [`Error::ModifiedInPlace`] if it was overwritten since.
    pub(crate) fn saved_input(&self, i: usize) -> Result<Tensor> {
        let saved = self.saved.borrow();
        let saved = saved.as_ref().ok_or(Error::BackwardTwice)?;
        let tensor = saved.inputs[i].as_ref();
        let tensor =
            tensor.ok_or_else(|| Error::Internal(format!("{} did not save input {i}", self.op.name())))?;
        tensor.unpack(self.inputs[i].history.clone())
    }

    /// The result. Errors as for [`saved_input`](Self::saved_input).
    pub(crate) fn saved_output(self: &Rc<Self>) -> Result<Tensor> {
        let saved = self.saved.borrow();
        let saved = saved.as_ref().ok_or(Error::BackwardTwice)?;
        let tensor = saved.output.as_ref();
        let tensor =
            tensor.ok_or_else(|| Error::Internal(format!("{} did not save its result", self.op.name())))?;
        tensor.unpack(History::Op(Rc::clone(self)))
    }

    /// Lets go of the saved values: what backward does unless the graph is retained.
    pub(crate) fn release(&self) {
        *self.saved.borrow_mut() = None;
    }

    /// Whether the saved values are still there.
    pub(crate) fn is_released(&self) -> bool {
        self.saved.borrow().is_none()
    }
}

impl Drop for Node {
    /// Frees a long chain of nodes in a loop: the default would recurse once per node and overflow the stack.
    fn drop(&mut self) {
        let mut orphans: Vec<Input> = std::mem::take(&mut self.inputs);
        while let Some(input) = orphans.pop() {
            if let History::Op(node) = input.history
                && let Some(mut node) = Rc::into_inner(node)
            {
                orphans.append(&mut node.inputs);
            }
        }
    }
}
