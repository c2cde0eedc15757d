//! `torch.nn`: modules, parameters, functions, initial values. Layers are written in Python, over the functions of the engine.

mod clip;
mod functional;
mod init;
mod module;
mod register;

pub(crate) use register::{register, registered, unregister};

use crate::native::{NativeClass, NativeModule};

/// The modules of `torch.nn`.
pub(crate) const MODULES: &[NativeModule] = &[
    NativeModule {
        name: "torch.nn",
        functions: &[module::FUNCTIONS],
        classes: CLASSES,
        build: None,
        source: Some(concat!(
            include_str!("module.py"),
            include_str!("state.py"),
            include_str!("containers.py"),
            include_str!("layers.py"),
            include_str!("norm.py"),
            include_str!("images.py"),
            include_str!("lazy.py"),
            include_str!("activations.py"),
            include_str!("losses.py"),
            include_str!("recurrent.py"),
            include_str!("attention.py"),
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
        source: Some(include_str!("utils.py")),
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
        source: Some(include_str!("sequences.py")),
    },
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
