//! Backward passes. Where nobody has to be asked they run at once, otherwise step by step from Python.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use engine::Tensor;
use engine::autograd::{self, Backward, Event, Options};

use super::function;
use crate::class::Layout;
use crate::error::{Result, Stop, runtime_error, type_error};
use crate::fork::Fork;
use crate::machine::{Event as Told, Machine};
use crate::native::{Args, NativeClass};
use crate::object::Object;
use crate::value::Value;

/// A pass that is under way.
pub(super) struct Walk {
    walk: RefCell<Backward>,
    /// Whether its gradients are its result, and how it treats the graph.
    grad: bool,
    options: Options,
}

impl Object for Walk {
    fn class(&self) -> (&'static str, &'static str) {
        ("torch", "_Walk")
    }

    fn repr(&self, _vm: &mut Machine) -> Result<String> {
        Ok("<backward pass>".to_owned())
    }

    fn fork(&self, fork: &mut Fork) -> Option<Rc<dyn Object>> {
        let walk = fork.engine.backward(&self.walk.borrow());
        Some(Rc::new(Self { walk: RefCell::new(walk), grad: self.grad, options: self.options }))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The class of passes.
pub(in crate::torch) const WALK: NativeClass = NativeClass {
    module: "torch",
    name: "_Walk",
    base: None,
    layout: Layout::Native,
    constructor: None,
    methods: &[],
    getters: &[],
};

impl Walk {
    /// What the pass gives.
    fn result(&self) -> Result<Value> {
        if !self.grad {
            return Ok(Value::None);
        }
        let found = autograd::found(self.walk.borrow().captured(), self.options)?;
        Ok(Value::tuple(found.into_iter().map(Value::from).collect()))
    }
}

/// Runs a pass, or has it run by the part in Python.
fn run(vm: &mut Machine, walk: Backward, grad: bool, options: Options) -> Result<Value> {
    let walk = Walk { walk: RefCell::new(walk), grad, options };
    if vm.stepped_passes || vm.stops.nodes || !vm.torch.outside.is_empty() {
        let drive = crate::torch::python(vm, "_drive");
        return Err(Stop::call(drive, vec![Value::object(walk)]));
    }
    while walk.walk.borrow_mut().step()?.is_some() {}
    walk.result()
}

fn options(args: &Args, retain: usize, create: usize) -> Result<Options> {
    let create_graph = args.bool(create)?;
    let retain_graph = if args.get(retain).is_none() { create_graph } else { args.bool(retain)? };
    Ok(Options { retain_graph, create_graph, allow_unused: false })
}

/// One tensor or several.
fn several(args: &Args, i: usize) -> Result<Vec<Tensor>> {
    match args.get(i) {
        Value::Tensor(t) => Ok(vec![t.tensor]),
        _ => args.tensors(i),
    }
}

/// Gradients that begin a pass: one or several, each of which may be `None`.
fn gradients(args: &Args, i: usize) -> Result<Vec<Option<Tensor>>> {
    let one = |value: &Value| match value {
        Value::None => Ok(None),
        Value::Tensor(t) => Ok(Some(t.tensor.clone())),
        other => {
            let found = other.type_name();
            type_error(format!("gradients can be either Tensors or None, but got {found}"))
        }
    };
    match args.get(i) {
        Value::None => Ok(Vec::new()),
        value => match value.sequence() {
            Some(items) => items.iter().map(one).collect(),
            None => Ok(vec![one(&value)?]),
        },
    }
}

fn start_backward(
    vm: &mut Machine,
    args: &Args,
    roots: &[Tensor],
    gradients: &[Option<Tensor>],
    [retain, create, inputs]: [usize; 3],
) -> Result<Value> {
    let options = options(args, retain, create)?;
    let inputs = if args.get(inputs).is_none() { None } else { Some(several(args, inputs)?) };
    let inputs: Option<Vec<&Tensor>> = inputs.as_ref().map(|inputs| inputs.iter().collect());
    let roots: Vec<&Tensor> = roots.iter().collect();
    let gradients: Vec<Option<&Tensor>> = gradients.iter().map(Option::as_ref).collect();
    match autograd::backward_walk(&roots, &gradients, inputs.as_deref(), options)? {
        Some(walk) => run(vm, walk, false, options),
        None => Ok(Value::None),
    }
}

/// `loss.backward()`.
pub(super) fn tensor_backward(vm: &mut Machine, args: &Args) -> Result<Value> {
    start_backward(vm, args, &[args.tensor(0)?], &gradients(args, 1)?, [2, 3, 4])
}

/// `torch.autograd.backward`.
pub(super) fn backward(vm: &mut Machine, args: &Args) -> Result<Value> {
    start_backward(vm, args, &several(args, 0)?, &gradients(args, 1)?, [2, 3, 4])
}

/// `torch.autograd.grad`.
pub(super) fn grad(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (outputs, inputs, gradients) = (several(args, 0)?, several(args, 1)?, gradients(args, 2)?);
    let options = Options { allow_unused: args.bool(6)?, ..options(args, 3, 4)? };
    let outputs: Vec<&Tensor> = outputs.iter().collect();
    let inputs: Vec<&Tensor> = inputs.iter().collect();
    let gradients: Vec<Option<&Tensor>> = gradients.iter().map(Option::as_ref).collect();
    match autograd::grad_walk(&outputs, &inputs, &gradients, options)? {
        Some(walk) => run(vm, walk, true, options),
        None => {
            let found = autograd::found(vec![None; inputs.len()], options)?;
            Ok(Value::tuple(found.into_iter().map(Value::from).collect()))
        }
    }
}

fn with<T>(args: &Args, body: impl FnOnce(&Walk) -> Result<T>) -> Result<T> {
    match args.get(0).downcast::<Walk>() {
        Some(walk) => body(walk),
        None => Err(args.wrong(0, "a backward pass")),
    }
}

/// Goes on to what the program has to answer: a hook with its gradient, or `None` with a `ctx` and gradients. `True`, if there
/// is only something to tell; `None` at the end.
pub(super) fn walk_on(vm: &mut Machine, args: &Args) -> Result<Value> {
    with(args, |walk| {
        loop {
            let event = walk.walk.borrow_mut().step()?;
            match event {
                None => return Ok(Value::None),
                Some(Event::Leaf(_)) => {}
                Some(Event::Node(visit)) => {
                    if vm.stops.nodes {
                        vm.tell(Told::Node(visit.node.seq()));
                    }
                    if vm.stops.nodes || vm.stepped_passes {
                        return Ok(Value::Bool(true));
                    }
                }
                Some(Event::Hook(call)) => {
                    let Some(hook) = vm.torch.outside.hook(call.token) else {
                        walk.walk.borrow_mut().resume_hook("hook", None)?;
                        continue;
                    };
                    return Ok(Value::tuple(vec![hook, Value::tuple(vec![call.gradient.into()])]));
                }
                Some(Event::Function(call)) => {
                    let Some(ctx) = vm.torch.outside.function(call.token) else {
                        return runtime_error("the function of a node is gone");
                    };
                    let mut all = vec![ctx];
                    all.extend(call.gradients.into_iter().map(Value::from));
                    return Ok(Value::tuple(vec![Value::None, Value::tuple(all)]));
                }
            }
        }
    })
}

/// Gives what the program has answered: to a hook, or to the function of a `ctx`.
pub(super) fn walk_answer(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (asked, answer) = (args.get(1), args.get(2));
    if let Value::Instance(ctx) = &asked
        && let Some(places) = ctx.get("_places")
    {
        let name = ctx.get("_name");
        let name = if let Some(Value::Str(name)) = &name { &**name } else { "" };
        let answer = function::answer(name, &places, &answer)?;
        return with(args, |walk| {
            let event = walk.walk.borrow_mut().resume_function(answer)?;
            if let (Event::Node(visit), true) = (event, vm.stops.nodes) {
                vm.tell(Told::Node(visit.node.seq()));
            }
            Ok(Value::None)
        });
    }
    let replacement = match &answer {
        Value::None => None,
        Value::Tensor(t) => Some(&t.tensor),
        other => {
            let found = other.type_name();
            return type_error(format!("hooks must return a Tensor or None, not {found}"));
        }
    };
    let name = match vm.find_attr(&asked, "__name__")? {
        Some(Value::Str(name)) => name.to_string(),
        _ => "hook".to_owned(),
    };
    with(args, |walk| {
        walk.walk.borrow_mut().resume_hook(&name, replacement)?;
        Ok(Value::None)
    })
}

/// Whether what the program computes now is recorded.
pub(super) fn walk_records(_vm: &mut Machine, args: &Args) -> Result<Value> {
    with(args, |walk| Ok(Value::Bool(walk.walk.borrow().records())))
}

/// The gradients that were asked for.
pub(super) fn walk_result(_vm: &mut Machine, args: &Args) -> Result<Value> {
    with(args, Walk::result)
}
