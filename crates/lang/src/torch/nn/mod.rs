//! `torch.nn`: modules, parameters, functions, initial values. Layers are written in Python, over the functions of the engine.

mod clip;
mod functional;
mod init;
mod module;
mod register;

pub(crate) use register::{register, registered, unregister};

use super::in_python;
use crate::native::{NativeClass, NativeModule};

/// The modules of `torch.nn`.
pub(crate) const MODULES: &[NativeModule] = &[
    NativeModule {
        name: "torch.nn",
        functions: &[module::FUNCTIONS],
        classes: CLASSES,
        build: None,
        source: Some(concat!(
            python!("torch/nn/module.py"),
            python!("torch/nn/state.py"),
            python!("torch/nn/containers.py"),
            python!("torch/nn/layers.py"),
            python!("torch/nn/norm.py"),
            python!("torch/nn/images.py"),
            python!("torch/nn/lazy.py"),
            python!("torch/nn/activations.py"),
            python!("torch/nn/losses.py"),
            python!("torch/nn/rare.py"),
            python!("torch/nn/recurrent.py"),
            python!("torch/nn/attention.py"),
        )),
    },
    NativeModule {
        name: "torch.nn.parameter",
        functions: &[],
        classes: &[&module::PARAMETER],
        build: None,
        source: None,
    },
    functional::MODULE,
    init::MODULE,
    NativeModule {
        name: "torch.nn.utils",
        functions: &[clip::FUNCTIONS],
        classes: &[],
        build: None,
        source: Some(python!("torch/nn/utils.py")),
    },
    NativeModule {
        name: "torch.nn.utils.clip_grad",
        functions: &[],
        classes: &[],
        build: None,
        source: Some("from torch.nn.utils import clip_grad_norm_, clip_grad_norm, clip_grad_value_\n"),
    },
    NativeModule {
        name: "torch.nn.utils.rnn",
        functions: &[],
        classes: &[],
        build: None,
        source: Some(python!("torch/nn/sequences.py")),
    },
    in_python("torch.nn.utils.stateless", "from torch.func import functional_call\n"),
    in_python("torch.nn.utils.prune", python!("torch/nn/prune.py")),
    in_python("torch.nn.utils.parametrize", python!("torch/nn/parametrize.py")),
    NativeModule {
        name: "torch.nn.modules",
        functions: &[],
        classes: &[],
        build: None,
        source: Some("from torch.nn import *\n"),
    },
];

/// The native classes, bases first.
pub(crate) const CLASSES: &[&NativeClass] = &[&module::PARAMETER, &module::MODULE];
