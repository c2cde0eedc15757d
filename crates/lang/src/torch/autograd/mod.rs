//! `torch.autograd`: passes, hooks, functions of the program, and the modes.

mod function;
mod hook;
mod pass;

use crate::error::Result;
use crate::machine::Machine;
use crate::native::{Args, Native, NativeClass};
use crate::value::Value;

pub(super) use function::CONTEXT;
pub(super) use hook::HANDLE;
pub(super) use pass::WALK;

/// Methods of tensors.
pub(super) const METHODS: &[Native] = &[
    Native::new(
        "backward(self, gradient=None, retain_graph=None, create_graph=False, inputs=None)",
        pass::tensor_backward,
    ),
    Native::new("register_hook(self, hook)", hook::register),
];

/// What the part of `torch` in Python is built on.
pub(super) const HELPERS: &[Native] = &[
    Native::new("_walk_on(walk)", pass::walk_on),
    Native::new("_walk_answer(walk, asked, answer)", pass::walk_answer),
    Native::new("_walk_records(walk)", pass::walk_records),
    Native::new("_walk_result(walk)", pass::walk_result),
    Native::new("_context_begin(*args)", function::begin),
    Native::new("_context_needs(context, args)", function::needs),
    Native::new("_context_save(context, tensors)", function::save),
    Native::new("_context_saved(context)", function::saved),
    Native::new("_context_mark(context, how, tensors)", function::mark),
    Native::new("_context_finish(context, ctx, name, outputs)", function::finish),
    Native::new("_set_grad(enabled)", |vm, args| {
        let enabled = args.bool(0)?;
        let before = vm.torch.engine.is_grad_enabled();
        for engine in vm.torch.engines() {
            engine.set_grad_enabled(enabled);
        }
        Ok(Value::Bool(before))
    }),
    Native::new("_set_inference(enabled, grad)", |vm, args| {
        let (enabled, grad) = (args.bool(0)?, args.bool(1)?);
        let before = vm.torch.engine.is_inference_mode();
        for engine in vm.torch.engines() {
            engine.set_inference_mode(enabled);
            engine.set_grad_enabled(grad);
        }
        Ok(Value::Bool(before))
    }),
    Native::new("is_grad_enabled()", |vm, _| Ok(Value::Bool(vm.torch.engine.is_grad_enabled()))),
    Native::new("is_inference_mode_enabled()", |vm, _| Ok(Value::Bool(vm.torch.engine.is_inference_mode()))),
];

/// Functions of `torch.autograd`.
pub(super) const FUNCTIONS: &[Native] = &[
    Native::new(
        "backward(tensors, grad_tensors=None, retain_graph=None, create_graph=False, inputs=None)",
        pass::backward,
    ),
    Native::new(
        "grad(outputs, inputs, grad_outputs=None, retain_graph=None, create_graph=False, only_inputs=True, allow_unused=False)",
        pass::grad,
    ),
];

/// `Variable`: what tensors with gradients were made by in PyTorch's first years.
pub(super) const VARIABLE: NativeClass = NativeClass {
    module: "torch.autograd",
    name: "Variable",
    base: None,
    layout: crate::class::Layout::Native,
    constructor: Some(Native::new("Variable(data, requires_grad=False, volatile=False)", variable)),
    methods: &[],
    getters: &[],
};

fn variable(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let x = args.tensor(0)?.detach();
    x.requires_grad_(args.bool(1)?)?;
    Ok(x.into())
}
