//! What modules are made of natively: parameters, the call of a module, initial values of layers, and recurrent steps.

use engine::nn::{Recurrence, linear, recurrent_step};
use engine::{Tensor, random};

use crate::class::Layout;
use crate::error::{Call, Result, Stop, type_error};
use crate::machine::Machine;
use crate::native::{Args, Native, NativeClass};
use crate::value::{TensorRef, Value};

/// `nn.Parameter`: a tensor that modules register.
pub(super) const PARAMETER: NativeClass = NativeClass {
    module: "torch.nn",
    name: "Parameter",
    base: Some("Tensor"),
    layout: Layout::Native,
    constructor: Some(Native::new("Parameter(data=None, requires_grad=True)", parameter)),
    methods: &[],
    getters: &[],
};

/// What `nn.Module` inherits from.
pub(super) const MODULE: NativeClass = NativeClass {
    module: "torch.nn",
    name: "_Module",
    base: None,
    layout: Layout::Module,
    constructor: None,
    methods: &[&[Native::new("__call__(self, *args, **names)", call)]],
    getters: &[],
};

pub(super) const FUNCTIONS: &[Native] = &[
    Native::new("_draw_linear(weight, bias=None)", draw_linear),
    Native::new("_draw_embedding(weight, padding_idx=None)", draw_embedding),
    Native::new("_draw_recurrent(parameters, hidden_size)", draw_recurrent),
    Native::new("_clear_gradients(parameters, set_to_none)", clear_gradients),
    Native::new("_recurrent_step(kind, x, h, c, weight_ih, weight_hh, bias_ih, bias_hh)", one_step),
    Native::new("_recurrent_layer(kind, x, start, weights, backwards)", layer),
];

fn parameter(vm: &mut Machine, a: &Args) -> Result<Value> {
    let data = match a.opt_tensor(0)? {
        Some(data) => data.data(),
        None => vm.engine().full(&[0], 0.0, engine::DType::Float32)?,
    };
    data.requires_grad_(a.bool(1)?)?;
    Ok(Value::Tensor(TensorRef { tensor: data, parameter: true }))
}

/// Calls `forward`: at once, unless there are hooks.
fn call(vm: &mut Machine, a: &Args) -> Result<Value> {
    let module = a.get(0);
    let Value::Instance(instance) = &module else { return type_error("a module is called as an object") };
    let hooked = ["_forward_pre_hooks", "_forward_hooks", "_backward_hooks"].iter().any(|name| {
        let hooks = instance.get(name).map(|hooks| hooks.unwrapped());
        matches!(hooks, Some(Value::Dict(hooks)) if hooks.0.borrow().len() > 0)
    });
    if !hooked {
        let callee = vm.get_attr(&module, "forward")?;
        return Err(Stop::Call(Box::new(Call { callee, args: a.rest.clone(), kwargs: a.names.clone() })));
    }
    let callee = vm.get_attr(&module, "_call_with_hooks")?;
    let mut names = crate::map::Map::default();
    a.names.iter().for_each(|(name, value)| names.set_str(name, value.clone()));
    Err(Stop::call(callee, vec![Value::tuple(a.rest.clone()), Value::dict(names)]))
}

fn draw_linear(_vm: &mut Machine, a: &Args) -> Result<Value> {
    random::init::linear_(&a.tensor(0)?, a.opt_tensor(1)?.as_ref())?;
    Ok(Value::None)
}

fn draw_embedding(_vm: &mut Machine, a: &Args) -> Result<Value> {
    let padding = a.opt_int(1)?.and_then(|row| usize::try_from(row).ok());
    random::init::embedding_(&a.tensor(0)?, padding)?;
    Ok(Value::None)
}

fn draw_recurrent(_vm: &mut Machine, a: &Args) -> Result<Value> {
    random::init::recurrent_(&a.tensors(0)?, a.count(1)?)?;
    Ok(Value::None)
}

fn clear_gradients(_vm: &mut Machine, a: &Args) -> Result<Value> {
    let to_none = a.bool(1)?;
    for parameter in a.tensors(0)? {
        parameter.zero_grad(to_none)?;
    }
    Ok(Value::None)
}

fn recurrence(a: &Args) -> Result<Recurrence> {
    Ok(match &*a.str(0)? {
        "tanh" => Recurrence::Tanh,
        "relu" => Recurrence::Relu,
        "lstm" => Recurrence::Lstm,
        _ => Recurrence::Gru,
    })
}

/// The new state: one tensor, or h and c.
fn one_step(_vm: &mut Machine, a: &Args) -> Result<Value> {
    let from_input = linear(&a.tensor(1)?, &a.tensor(4)?, a.opt_tensor(6)?.as_ref())?;
    let mut state = vec![a.tensor(2)?];
    state.extend(a.opt_tensor(3)?);
    let (weight, bias) = (a.tensor(5)?, a.opt_tensor(7)?);
    let new = recurrent_step(recurrence(a)?, &from_input, &state, &weight, bias.as_ref())?;
    Ok(match new.as_slice() {
        [only] => only.clone().into(),
        _ => new.into(),
    })
}

/// All steps of one layer in one direction over `[steps, batch, inputs]`: every h, and the last state as a list.
fn layer(_vm: &mut Machine, a: &Args) -> Result<Value> {
    let (kind, x, mut state) = (recurrence(a)?, a.tensor(1)?, a.tensors(2)?);
    let weights = a.get(3).sequence().unwrap_or_default();
    let weight = |i: usize| match weights.get(i) {
        Some(Value::Tensor(t)) => Some(t.tensor.clone()),
        _ => None,
    };
    let (Some(weight_ih), Some(weight_hh)) = (weight(0), weight(1)) else {
        return type_error("a recurrent layer has lost its weights");
    };
    let from_input = linear(&x, &weight_ih, weight(2).as_ref())?;
    let bias = weight(3);
    let steps = x.shape().first().copied().unwrap_or(0);
    let mut made: Vec<Tensor> = Vec::with_capacity(steps);
    let backwards = a.bool(4)?;
    for i in 0..steps {
        let t = if backwards { steps - 1 - i } else { i };
        let from_input = from_input.select(0, t as i64)?;
        state = recurrent_step(kind, &from_input, &state, &weight_hh, bias.as_ref())?;
        made.extend(state.first().cloned());
    }
    if backwards {
        made.reverse();
    }
    if made.is_empty() {
        return Err(Stop::error("RuntimeError", "Expected sequence length to be larger than 0 in RNN"));
    }
    let ends = Value::list(state.into_iter().map(Value::from).collect());
    Ok(Value::tuple(vec![Tensor::stack(&made, 0)?.into(), ends]))
}
