//! `torch`, bound to the engine.

mod autograd;
mod composed;
mod creation;
pub(crate) mod data;
pub(crate) mod device;
pub(crate) mod dtype;
mod fill;
mod functions;
pub(crate) mod generator;
pub(crate) mod loading;
pub(crate) mod nn;
pub(crate) mod node;
pub(crate) mod operand;
pub(crate) mod optim;
mod outside;
pub(crate) mod random;
mod save;
mod sequence;
mod settings;
mod size;
mod state;
mod tensor;

pub(crate) use state::Torch;
pub(crate) use tensor::repr_tensor;

use std::rc::Rc;

use engine::Tensor;

use crate::error::{Result, Stop, runtime_error, type_error};
use crate::machine::Machine;
use crate::native::{NativeClass, NativeModule};
use crate::value::{Module, Value};

/// A module that is written in Python alone.
const fn in_python(name: &'static str, source: &'static str) -> NativeModule {
    NativeModule { name, functions: &[], classes: &[], build: None, source: Some(source) }
}

/// The modules of PyTorch.
pub(crate) const MODULES: &[NativeModule] = &[
    NativeModule {
        name: "torch",
        functions: &[
            functions::elementwise::BOTH,
            functions::elementwise::MORE,
            functions::arithmetic::BOTH,
            functions::arithmetic::FUNCTIONS,
            functions::logic::BOTH,
            functions::logic::MORE,
            functions::reduce::BOTH,
            functions::reduce::MORE,
            functions::shape::BOTH,
            functions::joining::BOTH,
            functions::joining::MORE,
            functions::joining::FUNCTIONS,
            functions::products::BOTH,
            functions::products::FUNCTIONS,
            functions::order::BOTH,
            functions::order::MORE,
            functions::indexing::BOTH,
            functions::indexing::FUNCTIONS,
            functions::values::BOTH,
            functions::values::MORE,
            creation::FUNCTIONS,
            random::FUNCTIONS,
            random::BOTH,
            settings::FUNCTIONS,
            composed::BOTH,
            save::FUNCTIONS,
            autograd::HELPERS,
        ],
        classes: CLASSES,
        build: Some(build),
        source: Some(python!("torch/torch.py")),
    },
    NativeModule {
        name: "torch.autograd",
        functions: &[autograd::FUNCTIONS],
        classes: &[&autograd::VARIABLE],
        build: None,
        source: Some(python!("torch/autograd/autograd.py")),
    },
    in_python("torch.autograd.functional", python!("torch/autograd/functional.py")),
    in_python("torch.autograd.profiler", python!("torch/autograd/profiler.py")),
    in_python("torch.profiler", python!("torch/profiler.py")),
    in_python("torch.amp", python!("torch/amp.py")),
    in_python("torch.cpu", "import torch.cpu.amp\n"),
    in_python("torch.cpu.amp", "from torch.amp import _ForCpu as autocast\n"),
    in_python("torch.cuda", python!("torch/cuda.py")),
    in_python("torch.cuda.amp", "from torch.amp import _ForCuda as autocast, GradScaler\n"),
    in_python("torch.version", "__version__ = \"1.13.1\"\ncuda = hip = None\n"),
    in_python("torch.testing", python!("torch/testing.py")),
    in_python("torch.func", python!("torch/func.py")),
    in_python("functorch", python!("torch/functorch.py")),
    in_python("torch.backends", python!("torch/backends.py")),
    in_python("torch._saving", python!("torch/saving.py")),
    in_python("safetensors", ""),
    in_python("safetensors.torch", "from torch._saving import load_file, save_file\n"),
    in_python("torch.jit", python!("torch/jit.py")),
    in_python("torch._composed", concat!(python!("torch/composed.py"), python!("torch/placed.py"))),
    in_python("torch.special", python!("torch/special.py")),
    in_python("torch.linalg", concat!(python!("torch/linalg.py"), "\n\n", python!("torch/eigen.py"))),
    in_python(
        "torch.distributions",
        concat!(
            python!("torch/distributions/base.py"),
            python!("torch/distributions/discrete.py"),
            python!("torch/distributions/more.py"),
            python!("torch/distributions/gamma.py"),
            python!("torch/distributions/transformed.py")
        ),
    ),
    in_python("torch.distributions.transforms", "from torch.distributions import *\n"),
    in_python("torch.distributions.categorical", "from torch.distributions import Categorical\n"),
    in_python("torch.distributions.kl", "from torch.distributions import kl_divergence\n"),
    in_python("torch.distributions.normal", "from torch.distributions import Normal\n"),
];

/// The native classes that are names of `torch`, bases first.
pub(crate) const CLASSES: &[&NativeClass] = &[
    &tensor::TENSOR,
    &tensor::FLOAT,
    &tensor::DOUBLE,
    &tensor::LONG,
    &tensor::INT,
    &tensor::SHORT,
    &tensor::CHAR,
    &tensor::BYTE,
    &tensor::BOOL,
    &dtype::DTYPE,
    &dtype::FINFO,
    &dtype::IINFO,
    &device::DEVICE,
    &size::SIZE,
    &generator::GENERATOR,
];

/// Those that have no name there: programs get their instances from functions.
pub(crate) const UNNAMED: &[&NativeClass] = &[
    &generator::STATE,
    &node::NODE,
    &autograd::VARIABLE,
    &autograd::HANDLE,
    &autograd::WALK,
    &autograd::CONTEXT,
];

fn build(vm: &mut Machine, module: &Rc<Module>) {
    dtype::build(vm, module);
    let constants =
        [("inf", f64::INFINITY), ("nan", f64::NAN), ("pi", std::f64::consts::PI), ("e", std::f64::consts::E)];
    for (name, value) in constants {
        module.set(name, value);
    }
    module.set("default_generator", generator::default_generator());
}

/// A function of the part of `torch` that is written in Python.
pub(crate) fn python(vm: &Machine, name: &str) -> Value {
    vm.modules.get("torch").and_then(|torch| torch.get(name)).unwrap_or(Value::None)
}

/// Whether a tensor is of one of the classes that its type decides: `torch.FloatTensor`, `Variable`.
pub(crate) fn is_of_type(tensor: &Tensor, kinds: &Value) -> bool {
    match kinds {
        // Only the kinds themselves: what is inside of tuples in tuples is looked for by `isinstance`.
        Value::Tuple(kinds) => {
            kinds.items().iter().any(|kind| matches!(kind, Value::Class(_)) && is_of_type(tensor, kind))
        }
        Value::Class(class) if class.builtin.get() && &*class.name == "Variable" => true,
        Value::Class(class)
            if class.builtin.get() && class.name.ends_with("Tensor") && &*class.name != "Tensor" =>
        {
            tensor::dtype_named(kinds) == Some(tensor.dtype())
        }
        _ => false,
    }
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
