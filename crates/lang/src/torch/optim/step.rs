//! One step of an optimizer: the values of its dicts, the engine's update, and back.

use std::rc::Rc;

use engine::optim::{Algorithm, Entry, Options, State, Value as OptionValue};
use engine::{DType, Tensor};

use crate::error::{Result, Stop, type_error};
use crate::machine::Machine;
use crate::map::{Key, Map};
use crate::native::{Args, Native};
use crate::value::{Dict, Value};

pub(super) const FUNCTIONS: &[Native] = &[
    Native::new("_check_options(algorithm, defaults)", check),
    Native::new("_step(algorithm, param_groups, state)", step),
    Native::new("_stepped()", |vm, _| {
        vm.optimizer_stepped();
        Ok(Value::None)
    }),
];

fn algorithm(a: &Args) -> Result<Algorithm> {
    let name = a.str(0)?;
    Algorithm::named(&name)
        .ok_or_else(|| Stop::error("ValueError", format!("there is no optimizer of the name {name}")))
}

/// The options in a dict: what the engine knows of it.
fn options(dict: &Map) -> Options {
    let mut options = Options::default();
    for (name, value) in dict.iter() {
        let Value::Str(name) = name else { continue };
        let known = match value {
            Value::None => OptionValue::None,
            Value::Tuple(_) | Value::List(_) => match value.sequence().unwrap_or_default().as_slice() {
                [a, b] => match (a.as_scalar(), b.as_scalar()) {
                    (Some(a), Some(b)) => OptionValue::Pair(a, b),
                    _ => continue,
                },
                _ => continue,
            },
            other => match other.as_scalar() {
                Some(number) => OptionValue::Number(number),
                None => continue,
            },
        };
        options.set(name, known);
    }
    options
}

/// Refuses options that make no sense.
fn check(_vm: &mut Machine, a: &Args) -> Result<Value> {
    algorithm(a)?.check(&options(&a.dict(1)?.0.borrow()))?;
    Ok(Value::None)
}

/// A parameter to be updated, and what is remembered of it.
struct Job {
    param: Tensor,
    options: Rc<Options>,
    memory: Rc<Dict>,
    state: State,
}

fn step(vm: &mut Machine, a: &Args) -> Result<Value> {
    let algorithm = algorithm(a)?;
    let memory = a.dict(2)?;
    let groups = a.list(1)?.0.borrow().clone();
    let mut jobs = Vec::new();
    for group in groups {
        let Value::Dict(group) = group.unwrapped() else { return type_error("param group must be a dict") };
        let (options, params) = {
            let group = group.0.borrow();
            (Rc::new(options(&group)), group.get_str("params").and_then(|params| params.sequence()))
        };
        for value in params.unwrap_or_default() {
            let Value::Tensor(param) = &value else { continue };
            let param = param.tensor.clone();
            if param.grad().is_none() {
                continue;
            }
            let own = remembered(&memory, value)?;
            let state = state(vm, &own)?;
            jobs.push(Job { param, options: Rc::clone(&options), memory: own, state });
        }
    }
    // Nothing is read from here on.
    for mut job in jobs {
        algorithm.update(&job.param, &job.options, &mut job.state)?;
        keep(vm, algorithm, &job)?;
    }
    Ok(Value::None)
}

/// The dict of a parameter; a new one the first time.
fn remembered(memory: &Rc<Dict>, param: Value) -> Result<Rc<Dict>> {
    let key = Key::new(param)?;
    let known = memory.0.borrow().get(&key).map(|value| value.unwrapped());
    if let Some(Value::Dict(dict)) = known {
        return Ok(dict);
    }
    let dict = Rc::new(Dict::default());
    memory.0.borrow_mut().set(key, Value::Dict(Rc::clone(&dict)));
    Ok(dict)
}

/// What is remembered, as the engine has it: numbers on the host.
fn state(vm: &mut Machine, dict: &Rc<Dict>) -> Result<State> {
    let mut state = State::default();
    let entries: Vec<(Value, Value)> =
        dict.0.borrow().iter().map(|(name, value)| (name.clone(), value.clone())).collect();
    for (name, value) in entries {
        let Value::Str(name) = name else { continue };
        match value {
            Value::Tensor(t) if is_number(&name) => {
                let number = match t.tensor.known() {
                    Some(number) => number,
                    None => vm.wait(|| t.tensor.item())?,
                };
                state.set(&name, Entry::Number(number.to_f64()));
            }
            Value::Tensor(t) => state.set(&name, Entry::Tensor(t.tensor)),
            other => {
                if let Some(number) = other.as_float() {
                    state.set(&name, Entry::Number(number));
                }
            }
        }
    }
    Ok(state)
}

fn is_number(name: &str) -> bool {
    matches!(name, "step" | "mu_product")
}

/// Enters what is remembered into the dict: numbers as PyTorch keeps them, for most algorithms as tensors.
fn keep(vm: &Machine, algorithm: Algorithm, job: &Job) -> Result<()> {
    let plain = matches!(algorithm, Algorithm::Adadelta | Algorithm::RmsProp);
    let mut dict = job.memory.0.borrow_mut();
    for (name, entry) in job.state.iter() {
        let value = match entry {
            Entry::Number(n) if plain => Value::Int(*n as i64),
            Entry::Number(n) => vm.engine().full(&[], *n, DType::Float32)?.into(),
            Entry::Tensor(t) => match dict.get_str(name) {
                Some(Value::Tensor(old)) if old.tensor.same_as(t) => continue,
                _ => t.clone().into(),
            },
        };
        dict.set_str(name, value);
    }
    if algorithm == Algorithm::Sgd && dict.get_str("momentum_buffer").is_none() {
        dict.set_str("momentum_buffer", Value::None);
    }
    Ok(())
}
