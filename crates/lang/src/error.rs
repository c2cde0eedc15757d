//! What stops an instruction: an exception, something that is needed from outside, or a function to be called first.

use std::rc::Rc;

use crate::need::Need;
use crate::value::Value;

/// The result of anything that a program can ask for.
pub(crate) type Result<T> = std::result::Result<T, Stop>;

/// Why an instruction did not come to its end.
pub(crate) enum Stop {
    /// An exception is raised: the instance.
    Raise(Value),
    /// An exception that has no instance yet.
    Error(Box<Fault>),
    /// Something is needed from outside. The instruction is run again once it is there, so it must not have changed anything.
    Need(Need),
    /// `__hash__` of this object is to be run, and then the instruction again: as for `Need`.
    Hash(Value),
    /// Whether these objects are equal is to be asked, and then the instruction run again.
    Same(Value, Value),
    /// The result is that of this call.
    Call(Box<Call>),
    /// The result is what this generator yields next, having been sent the value.
    Resume(Box<Resume>),
}

/// An exception as its class and its text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fault {
    /// The name of the class: `TypeError`.
    pub(crate) class: &'static str,
    pub(crate) text: String,
    /// A line for learners.
    pub(crate) hint: Option<String>,
}

/// A call of a function of the program, or of one of ours that is written in Python.
pub(crate) struct Call {
    pub(crate) callee: Value,
    pub(crate) args: Vec<Value>,
    pub(crate) kwargs: Vec<(Rc<str>, Value)>,
}

/// Going on with a generator.
pub(crate) struct Resume {
    pub(crate) generator: Rc<crate::generator::Generator>,
    /// What its `yield` gives.
    pub(crate) sent: Value,
    /// Whether that is an exception, which its `yield` raises.
    pub(crate) thrown: bool,
    /// What there is instead once it is exhausted; `StopIteration`, if `None`.
    pub(crate) default: Option<Value>,
}

impl Stop {
    pub(crate) fn error(class: &'static str, text: impl Into<String>) -> Self {
        Self::Error(Box::new(Fault { class, text: text.into(), hint: None }))
    }

    /// The call of `callee` stands for the result.
    pub(crate) fn call(callee: Value, args: Vec<Value>) -> Self {
        Self::Call(Box::new(Call { callee, args, kwargs: Vec::new() }))
    }

    /// With a line for learners.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        if let Self::Error(fault) = &mut self {
            fault.hint = Some(hint.into());
        }
        self
    }
}

/// A `TypeError`.
pub(crate) fn type_error<T>(text: impl Into<String>) -> Result<T> {
    Err(Stop::error("TypeError", text))
}

/// A `ValueError`.
pub(crate) fn value_error<T>(text: impl Into<String>) -> Result<T> {
    Err(Stop::error("ValueError", text))
}

/// An `IndexError`.
pub(crate) fn index_error<T>(text: impl Into<String>) -> Result<T> {
    Err(Stop::error("IndexError", text))
}

/// An `AttributeError`.
pub(crate) fn attribute_error<T>(text: impl Into<String>) -> Result<T> {
    Err(Stop::error("AttributeError", text))
}

/// A `RuntimeError`.
pub(crate) fn runtime_error<T>(text: impl Into<String>) -> Result<T> {
    Err(Stop::error("RuntimeError", text))
}

/// An `OverflowError`: our integers have 64 bits.
pub(crate) fn overflow<T>() -> Result<T> {
    Err(Stop::error("OverflowError", "the result is too large: integers have 64 bits here")
        .hint("Python's integers have no bounds. Use floats (1e30) or torch.float64 for large numbers."))
}

impl From<engine::Error> for Stop {
    fn from(error: engine::Error) -> Self {
        use engine::Error as E;
        if let E::Devices(..) = &error {
            // As programs call them. The second of two devices is always `cuda`.
            let text = "Expected all tensors to be on the same device, but found at least two devices, cuda:0 and cpu!";
            return Self::error("RuntimeError", text).hint("Move both with .to(device).");
        }
        let class = match &error {
            E::Dim { .. } | E::Index { .. } | E::BadIndex(_) => "IndexError",
            E::Value(_) => "ValueError",
            E::Type(_) => "TypeError",
            E::Broadcast { .. }
            | E::MatMul(..)
            | E::View { .. }
            | E::Shape(_)
            | E::DType { .. }
            | E::TooLarge { .. }
            | E::NotScalar
            | E::NoGraph(_)
            | E::BackwardTwice
            | E::ModifiedInPlace { .. }
            | E::LeafInPlace
            | E::ViewOfLeafInPlace
            | E::NotLeaf
            | E::Unused
            | E::IntegerGrad
            | E::Devices(..)
            | E::Unsupported { .. }
            | E::DeviceLost(_)
            | E::Internal(_) => "RuntimeError",
        };
        let hint = hint(&error);
        Self::Error(Box::new(Fault { class, text: error.to_string(), hint: hint.map(str::to_owned) }))
    }
}

/// What a learner may want to know about a common mistake.
fn hint(error: &engine::Error) -> Option<&'static str> {
    use engine::Error as E;
    Some(match error {
        E::Broadcast { .. } => {
            "Sizes broadcast from the right: each pair must be equal, or one of them 1. Print both .shape."
        }
        E::MatMul(..) => {
            "A product of (n, k) needs (k, m): the inner sizes must be equal. Is a .T or a .view missing?"
        }
        E::View { .. } => "A view keeps the number of elements. Use -1 for one size to have it computed.",
        E::NotScalar => "Reduce the loss to one number first, for example with .mean() or .sum().",
        E::NoGraph(_) => {
            "Nothing that it was computed from has requires_grad=True, or it was computed under no_grad."
        }
        E::BackwardTwice => {
            "Compute the loss again before each backward(), or keep the graph with retain_graph=True."
        }
        E::ModifiedInPlace { .. } => "Write x = x + 1 instead of x += 1 for a tensor that the graph needs.",
        E::LeafInPlace | E::ViewOfLeafInPlace => {
            "Update parameters inside of `with torch.no_grad():`, or let an optimizer do it."
        }
        E::IntegerGrad => {
            "Gradients need real numbers: write torch.tensor([1., 2.]) with points, or call .float()."
        }
        E::Devices(..) => "Move both to one device with .to(device).",
        _ => return None,
    })
}
