//! One recorded op.

use std::cell::RefCell;
use std::rc::Rc;

use super::{History, Hooks, Leaf, Origin, SavedTensor};
use crate::dtype::DType;
use crate::error::{Error, Result};
use crate::ops::{Binary, Op, Saves};
use crate::tensor::Tensor;

/// One recorded op.
pub struct Node {
    pub(super) seq: u64,
    pub(super) op: Op,
    pub(super) inputs: Vec<Input>,
    pub(super) outputs: Vec<Output>,
    pub(super) origin: Origin,
    /// `None` once it was freed.
    pub(super) saved: RefCell<Option<Saved>>,
    pub(super) hooks: Hooks,
}

/// What is known of an input without holding its elements.
pub(crate) struct Input {
    pub(crate) history: History,
    pub(crate) shape: Vec<usize>,
    pub(crate) dtype: DType,
    /// Whether it was a matrix (or several) that lies column after column.
    pub(crate) transposed: bool,
}

/// What is known of an output without holding its elements.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// Its shape.
    pub shape: Vec<usize>,
    /// Its element type.
    pub dtype: DType,
}

/// Where the gradient of an input goes: PyTorch's `next_functions`, one by one.
#[derive(Clone)]
pub enum Edge {
    /// Nowhere: it is a constant.
    None,
    /// Into the `.grad` of a leaf.
    Leaf(Rc<Leaf>),
    /// To the node that computed it, as the gradient of this one of its outputs.
    Node(Rc<Node>, usize),
}

pub(super) struct Saved {
    pub(super) inputs: Vec<Option<SavedTensor>>,
    pub(super) output: Option<SavedTensor>,
}

impl Saved {
    fn is_empty(&self) -> bool {
        self.output.is_none() && self.inputs.iter().all(Option::is_none)
    }
}

/// What an op saves, less what only gradients that nobody asks for would need.
fn needed(op: &Op, inputs: &[&Tensor]) -> Saves {
    let mut saves = op.saves();
    let asked = |i: usize| inputs.get(i).is_some_and(|t| t.requires_grad());
    if matches!(op, Op::Binary(Binary::Mul | Binary::Div) | Op::MatMul) {
        saves.inputs[0] &= asked(1);
    }
    if matches!(op, Op::Binary(Binary::Mul) | Op::MatMul) {
        saves.inputs[1] &= asked(0);
    }
    if matches!(op, Op::Binary(Binary::Pow)) {
        saves.output &= asked(1);
    }
    saves
}

impl Node {
    /// # Errors
    /// If a tensor that is to be saved was made in inference mode.
    pub(crate) fn record(
        seq: u64,
        op: Op,
        inputs: &[&Tensor],
        outputs: &[&Tensor],
        origin: Origin,
    ) -> Result<Self> {
        let saves = needed(&op, inputs);
        let save = |wanted: bool, t: &Tensor| wanted.then(|| SavedTensor::new(t)).transpose();
        let saved = Saved {
            inputs: inputs
                .iter()
                .enumerate()
                .map(|(i, t)| save(saves.inputs.get(i).copied().unwrap_or(false), t))
                .collect::<Result<_>>()?,
            output: outputs.first().map(|t| save(saves.output, t)).transpose()?.flatten(),
        };
        let past = |t: &&Tensor| {
            let (history, shape) = (t.current_history()?, t.shape().to_vec());
            let transposed = matches!(t.layout().strides.as_slice(), [.., 1, across] if *across > 1);
            Ok(Input { history, shape, dtype: t.dtype(), transposed })
        };
        let inputs = inputs.iter().map(past).collect::<Result<_>>()?;
        let outputs =
            outputs.iter().map(|t| Output { shape: t.shape().to_vec(), dtype: t.dtype() }).collect();
        let saved = RefCell::new(Some(saved));
        Ok(Self { seq, op, inputs, outputs, origin, saved, hooks: Hooks::default() })
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
        self.origin.call.map_or_else(|| self.op.grad_fn(), |call| call.grad_fn.to_owned())
    }

    /// The shape of its (first) result.
    pub fn shape(&self) -> &[usize] {
        self.outputs.first().map_or(&[], |out| &out.shape)
    }

    /// The element type of its (first) result.
    pub fn dtype(&self) -> DType {
        self.outputs.first().map_or(DType::Float32, |out| out.dtype)
    }

    /// All its results: more than one only of a custom function.
    pub fn outputs(&self) -> &[Output] {
        &self.outputs
    }

    /// For each input, where its gradient goes: `next_functions`.
    pub fn edges(&self) -> Vec<Edge> {
        let edge = |input: &Input| match &input.history {
            History::None => Edge::None,
            History::Leaf(leaf) => Edge::Leaf(Rc::clone(leaf)),
            History::Op(node, output) => Edge::Node(Rc::clone(node), *output),
        };
        self.inputs.iter().map(edge).collect()
    }

    pub(crate) fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    pub(crate) fn hooks(&self) -> &Hooks {
        &self.hooks
    }

    /// Input `i`, as it was when the op ran.
    ///
    /// # Errors
    /// [`Error::BackwardTwice`] if it was freed, [`Error::ModifiedInPlace`] if it was overwritten since.
    pub(crate) fn saved_input(&self, i: usize) -> Result<Tensor> {
        let saved = self.saved.borrow();
        let saved = saved.as_ref().ok_or(Error::BackwardTwice)?;
        let tensor = saved.inputs.get(i).and_then(Option::as_ref);
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
        tensor.unpack_output(History::Op(Rc::clone(self), 0))
    }

    /// The result was written into `holder`: what was saved of it is now there, and is overwritten when that is.
    pub(crate) fn move_output(&self, holder: &Tensor) -> Result<()> {
        if let Some(saved) = self.saved.borrow_mut().as_mut()
            && let Some(output) = saved.output.as_mut()
        {
            *output = SavedTensor::new(holder)?;
        }
        Ok(())
    }

    /// Lets go of the saved values: what backward does unless the graph is retained.
    pub(crate) fn release(&self) {
        // A node that saved nothing can be walked any number of times, as in PyTorch.
        let mut saved = self.saved.borrow_mut();
        if saved.as_ref().is_some_and(Saved::is_empty) {
            return;
        }
        *saved = None;
        if let Op::Custom(function) = &self.op {
            function.release();
        }
    }

    /// Whether the saved values are gone, if there were any.
    pub(crate) fn is_released(&self) -> bool {
        self.saved.borrow().is_none()
    }
}

impl Drop for Node {
    /// Frees a long chain of nodes in a loop: the default would recurse once per node and overflow the stack.
    fn drop(&mut self) {
        let mut orphans: Vec<Input> = std::mem::take(&mut self.inputs);
        while let Some(input) = orphans.pop() {
            if let History::Op(node, _) = input.history
                && let Some(mut node) = Rc::into_inner(node)
            {
                orphans.append(&mut node.inputs);
            }
        }
    }
}
