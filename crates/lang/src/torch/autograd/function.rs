//! Functions of the program with a gradient of their own: the native half of `torch.autograd.Function`.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use engine::Tensor;
use engine::autograd::function::{Backward, Context};

use crate::class::Layout;
use crate::error::{Result, runtime_error, type_error};
use crate::fork::Fork;
use crate::machine::Machine;
use crate::native::{Args, NativeClass};
use crate::object::Object;
use crate::value::Value;

/// What the engine keeps for a `ctx`.
struct ContextObject(RefCell<Context>);

impl Object for ContextObject {
    fn class(&self) -> (&'static str, &'static str) {
        ("torch", "_Context")
    }

    fn repr(&self, _vm: &mut Machine) -> Result<String> {
        Ok("<context of a function>".to_owned())
    }

    fn fork(&self, fork: &mut Fork) -> Option<Rc<dyn Object>> {
        let context = fork.engine.context(&self.0.borrow());
        Some(Rc::new(Self(RefCell::new(context))))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Its class.
pub(in crate::torch) const CONTEXT: NativeClass = NativeClass {
    module: "torch",
    name: "_Context",
    base: None,
    layout: Layout::Native,
    constructor: None,
    methods: &[],
    getters: &[],
};

fn context(args: &Args) -> Result<Context> {
    match args.get(0).downcast::<ContextObject>() {
        Some(object) => Ok(object.0.borrow().clone()),
        None => Err(args.wrong(0, "a context")),
    }
}

fn tensor(value: &Value) -> Option<Tensor> {
    match value {
        Value::Tensor(t) => Some(t.tensor.clone()),
        _ => None,
    }
}

/// Begins a call with these arguments.
pub(super) fn begin(vm: &mut Machine, args: &Args) -> Result<Value> {
    let inputs: Vec<Tensor> = args.rest.iter().filter_map(tensor).collect();
    let engine = inputs.first().map_or_else(|| vm.engine(), |t| t.engine().clone());
    let context = Context::begin(&engine, &inputs.iter().collect::<Vec<_>>());
    Ok(Value::object(ContextObject(RefCell::new(context))))
}

/// For each argument, whether it is a tensor, and whether its gradient is asked for.
pub(super) fn needs(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let context = context(args)?;
    let mut needs = context.needs_input_grad().iter();
    let items = args.get(1).sequence().unwrap_or_default();
    let (mut places, mut asked) = (Vec::new(), Vec::new());
    for item in &items {
        let is_tensor = tensor(item).is_some();
        places.push(Value::Bool(is_tensor));
        asked.push(Value::Bool(is_tensor && needs.next() == Some(&true)));
    }
    Ok(Value::tuple(vec![Value::tuple(places), Value::tuple(asked)]))
}

/// `ctx.save_for_backward`.
pub(super) fn save(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let items = args.get(1).sequence().unwrap_or_default();
    let mut tensors = Vec::new();
    for item in &items {
        match (item, tensor(item)) {
            (Value::None, _) => tensors.push(None),
            (_, Some(t)) => tensors.push(Some(t)),
            (other, None) => {
                let (found, i) = (other.type_name(), tensors.len());
                return type_error(format!(
                    "save_for_backward can only save variables, but argument {i} is of type {found}"
                ));
            }
        }
    }
    context(args)?.save_for_backward(&tensors.iter().map(Option::as_ref).collect::<Vec<_>>());
    Ok(Value::None)
}

/// `ctx.saved_tensors`.
pub(super) fn saved(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let tensors = context(args)?.saved_tensors()?;
    Ok(Value::tuple(tensors.into_iter().map(Value::from).collect()))
}

/// `ctx.mark_dirty`, `ctx.mark_non_differentiable`, `ctx.set_materialize_grads`.
pub(super) fn mark(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let (context, value) = (context(args)?, args.get(2));
    let tensors: Vec<Tensor> = value.sequence().unwrap_or_default().iter().filter_map(tensor).collect();
    let tensors: Vec<&Tensor> = tensors.iter().collect();
    match &*args.str(1)? {
        "dirty" => context.mark_dirty(&tensors),
        "constant" => context.mark_non_differentiable(&tensors),
        _ => context.set_materialize_grads(matches!(value, Value::Bool(true))),
    }
    Ok(Value::None)
}

/// Ends a call: what its forward gave gets a past.
pub(super) fn finish(vm: &mut Machine, args: &Args) -> Result<Value> {
    let context = context(args)?;
    let (ctx, name, value) = (args.get(1), args.str(2)?, args.get(3));
    let single = matches!(value, Value::Tensor(_));
    let items = if single { vec![value] } else { value.sequence().unwrap_or_else(|| vec![value]) };
    let mut outputs = Vec::new();
    for (i, item) in items.iter().enumerate() {
        match tensor(item) {
            Some(t) => outputs.push(t),
            None => {
                let found = item.type_name();
                return type_error(format!(
                    "{name}Backward.forward: expected Tensor or tuple of Tensor (got {found}) for return value {i}"
                ));
            }
        }
    }
    let token = vm.torch.outside.add_function(context.clone(), ctx);
    let results = context.finish(&name, Backward::Outside(token), &outputs)?;
    if single && let Some(result) = results.first() {
        let same = outputs.first().is_some_and(|output| output.same_as(result));
        return Ok(match (same, items.into_iter().next()) {
            (true, Some(given)) => given,
            _ => result.clone().into(),
        });
    }
    Ok(results.into())
}

/// What a backward gave, as gradients of the tensors among the arguments of its forward.
///
/// # Errors
/// `RuntimeError`, in PyTorch's words, if they do not go with those arguments.
pub(super) fn answer(name: &str, places: &Value, answer: &Value) -> Result<Vec<Option<Tensor>>> {
    let places = places.sequence().unwrap_or_default();
    let mut given = match answer {
        Value::Tuple(_) | Value::List(_) => answer.sequence().unwrap_or_default(),
        one => vec![one.clone()],
    };
    while given.len() > places.len() && given.last().is_some_and(Value::is_none) {
        given.pop();
    }
    if given.len() != places.len() {
        let (expected, got) = (places.len(), given.len());
        return runtime_error(format!(
            "function {name}Backward returned an incorrect number of gradients (expected {expected}, got {got})"
        ));
    }
    let mut gradients = Vec::new();
    for (i, (place, value)) in places.iter().zip(&given).enumerate() {
        match (matches!(place, Value::Bool(true)), value) {
            (true, Value::None) => gradients.push(None),
            (true, Value::Tensor(t)) => gradients.push(Some(t.tensor.clone())),
            (false, Value::None) => {}
            (true, other) => {
                let found = other.type_name();
                return type_error(format!("expected Variable or None (got {found})"));
            }
            (false, _) => {
                let place = i + 1;
                return runtime_error(format!(
                    "function {name}Backward returned a gradient different from None at position {place}, but the \
                     corresponding forward input was not a Variable"
                ));
            }
        }
    }
    Ok(gradients)
}
