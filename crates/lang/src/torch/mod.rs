//! `torch`, bound to the engine.

pub(crate) mod dtype;
pub(crate) mod loading;
pub(crate) mod nn;
pub(crate) mod optim;

use engine::{Engine, Tensor};

use crate::error::{Result, Stop, runtime_error, type_error};
use crate::fork::Fork;
use crate::machine::Machine;
use crate::native::{NativeClass, NativeModule};
use crate::value::Value;

/// The modules of PyTorch.
pub(crate) const MODULES: &[NativeModule] = &[];

/// Its native classes, bases first.
pub(crate) const CLASSES: &[&NativeClass] = &[];

/// What `torch` remembers.
pub(crate) struct Torch {
    /// The engine of new tensors.
    pub(crate) engine: Engine,
}

impl Torch {
    pub(crate) fn new(engine: Engine) -> Self {
        Self { engine }
    }

    /// How many ops were recorded so far.
    pub(crate) fn recorded(&self) -> u64 {
        self.engine.recorded()
    }

    /// A copy for another machine.
    pub(crate) fn fork(&self, _fork: &mut Fork) -> Self {
        Self { engine: self.engine.clone() }
    }
}

/// A tensor as PyTorch prints it.
///
/// # Errors
/// What reading it says.
pub(crate) fn repr_tensor(vm: &mut Machine, tensor: &crate::value::TensorRef) -> Result<String> {
    let options = engine::print::PrintOptions::default();
    let text = vm.wait(|| tensor.tensor.to_string_async(&options))?;
    Ok(if tensor.parameter { format!("Parameter containing:\n{text}") } else { text })
}

/// Whether a tensor of one element is true.
///
/// # Errors
/// If it has more, or none; and what reading it says.
pub(crate) fn tensor_truth(vm: &mut Machine, tensor: &Tensor) -> Result<bool> {
    match tensor.numel() {
        0 => runtime_error("Boolean value of Tensor with no values is ambiguous"),
        1 => Ok(vm.wait(|| tensor.item())?.to_bool()),
        _ => {
            Err(Stop::error("RuntimeError", "Boolean value of Tensor with more than one value is ambiguous")
                .hint("Use .any(), .all() or .item() to make one truth value of it."))
        }
    }
}

/// The rows of a tensor: what iterating over it gives.
///
/// # Errors
/// `TypeError` if it has no dimensions.
pub(crate) fn rows(tensor: &Tensor) -> Result<Vec<Value>> {
    if tensor.ndim() == 0 {
        return type_error("iteration over a 0-d tensor");
    }
    Ok(tensor.unbind(0)?.into_iter().map(Value::from).collect())
}
