//! One thing of the recorded graph: a tensor, and the op that computed it.

use std::rc::Rc;

use engine::ops::Op;
use engine::optim::{Algorithm, Options, State};
use engine::{Call, Node, Pass, Span, Tensor};

/// A tensor of the graph, and how it came to be.
pub(crate) struct Record {
    /// Its number.
    pub(crate) id: u32,
    /// The op; none for a leaf.
    pub(crate) computed: Option<Computed>,
    /// The tensor itself: who uses it is known by that.
    pub(crate) tensor: Tensor,
    /// Its elements as they were when it was recorded.
    pub(crate) value: Tensor,
    /// Whether it was first seen in a backward pass.
    pub(crate) of_backward: bool,
    /// Where in the text it was made.
    pub(crate) span: Option<Span>,
    /// The modules that were being called.
    pub(crate) modules: Rc<[String]>,
    /// How often its place had made one before.
    pub(crate) turn: u32,
    /// Whether it was required at the time.
    pub(crate) requires_grad: bool,
    /// Whether `backward` was called on it.
    pub(crate) is_loss: bool,
    /// The gradient that arrived last.
    pub(crate) gradient: Option<Tensor>,
    /// How many did.
    pub(crate) arrivals: u32,
    /// What its node gave to its inputs when it was visited last: the number of each, and its gradient.
    pub(crate) given: Vec<(usize, Tensor)>,
    /// The optimizer's update that changed it last.
    pub(crate) update: Option<Rc<Update>>,
}

impl Record {
    /// What its value takes that is nobody else's: nothing for leaves and views.
    pub(crate) fn bytes(&self) -> u64 {
        let last = self.computed.as_ref().and_then(|computed| computed.steps.last());
        if last.is_some_and(|step| !matches!(step.op, Op::View(_))) { bytes(&self.value) } else { 0 }
    }
}

/// What the elements of a tensor take.
pub(crate) fn bytes(tensor: &Tensor) -> u64 {
    tensor.numel() as u64 * tensor.dtype().size()
}

/// How a tensor was computed.
pub(crate) struct Computed {
    /// PyTorch's name of the function.
    pub(crate) name: &'static str,
    /// The ops that it is composed of, the last of which gave the result: one, except for functions of several.
    pub(crate) steps: Vec<Step>,
    /// Of what, by number.
    pub(crate) inputs: Vec<u32>,
    /// The elements of the inputs at the time.
    pub(crate) operands: Vec<Tensor>,
    /// The node of the last step.
    pub(crate) node: Option<Rc<Node>>,
    /// Of which call all steps are.
    pub(crate) call: Option<Call>,
    /// In which pass it ran.
    pub(crate) pass: Pass,
}

/// An op of a function of several.
pub(crate) struct Step {
    pub(crate) op: Op,
    pub(crate) inputs: Vec<Source>,
}

/// What an op of a function is computed of.
#[derive(Clone)]
pub(crate) enum Source {
    /// An operand of the function, by its place.
    Operand(usize),
    /// The result of an earlier step.
    Step(usize),
    /// A number or tensor of the function's own.
    Own(Tensor),
}

/// An update of a parameter by an optimizer.
pub(crate) struct Update {
    pub(crate) algorithm: Algorithm,
    pub(crate) options: Options,
    pub(crate) before: Tensor,
    pub(crate) grad: Tensor,
    pub(crate) after: Tensor,
    pub(crate) state_before: State,
    pub(crate) state: State,
}
