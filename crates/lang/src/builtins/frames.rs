//! What a program can ask of its functions: their parameters and defaults, and the variables of those that run.

use crate::code::{Code, Flavour};
use crate::error::Result;
use crate::function::Function;
use crate::machine::bind::plain;
use crate::machine::{Frame, Machine};
use crate::map::Map;
use crate::native::{Args, Native};
use crate::span::line_of;
use crate::value::Value;

pub(super) const FUNCTIONS: &[Native] = &[
    Native::new("locals()", |vm, _| {
        let frame = vm.frames.last();
        Ok(Value::dict(frame.map(variables).unwrap_or_default()))
    }),
    Native::new("_frames()", frames),
];

/// A copy of the variables of a function that runs, or of the module.
pub(super) fn variables(frame: &Frame) -> Map {
    let mut map = Map::default();
    if frame.code.flavour == Flavour::Module {
        frame.globals.attrs.borrow().iter().for_each(|(name, value)| map.set_str(name, value.clone()));
        return map;
    }
    for (name, local) in frame.code.locals.iter().zip(&frame.locals) {
        if let Some(value) = local {
            map.set_str(name, value.clone());
        }
    }
    let cells = frame.code.cells.iter().map(|(name, _)| name).chain(&frame.code.free);
    for (name, cell) in cells.zip(&frame.cells) {
        if let Some(value) = &*cell.0.borrow() {
            map.set_str(name, value.clone());
        }
    }
    map
}

/// Of each function of the program that runs, from the innermost on: its name, line, variables, and what is an argument.
fn frames(vm: &mut Machine, _args: &Args) -> Result<Value> {
    let shown = vm.frames.iter().rev().filter(|frame| !frame.code.internal);
    let told = shown.map(|frame| {
        let name = if frame.code.flavour == Flavour::Module { "<module>" } else { &*frame.code.name };
        let span = frame.code.spans.get(frame.ip.saturating_sub(1));
        let line = span.map_or(0, |span| line_of(&vm.text, span.start));
        let [args, rest, names] = parameters(&frame.code);
        let given = Value::tuple(vec![args, rest, names]);
        Value::tuple(vec![
            Value::str(name),
            Value::Int(i64::from(line)),
            Value::dict(variables(frame)),
            given,
        ])
    });
    Ok(Value::list(told.collect()))
}

/// The parameters that can be given by place, and the names of `*args` and `**kwargs`.
fn parameters(code: &Code) -> [Value; 3] {
    let (params, names) = (code.params, &code.locals);
    let (places, named) = (usize::from(params.positional), usize::from(params.keyword));
    let args = names.iter().take(places).map(|name| Value::str(plain(name))).collect();
    let name = |there: bool, i: usize| match names.get(i) {
        Some(name) if there => Value::str(plain(name)),
        _ => Value::None,
    };
    let after = places + named;
    let rest = name(params.args, after);
    [Value::list(args), rest, name(params.kwargs, after + usize::from(params.args))]
}

/// What a function tells of itself besides its names: `__defaults__`, `__kwdefaults__`, `__code__`.
///
/// # Errors
/// A fault of ours: the code was to follow and cannot be had.
pub(crate) fn function_attr(function: &Function, name: &str) -> Result<Option<Value>> {
    let code = &function.code;
    Ok(match name {
        "__defaults__" => {
            let defaults = function.defaults.borrow().clone();
            Some(if defaults.is_empty() { Value::None } else { Value::tuple(defaults) })
        }
        "__kwdefaults__" => {
            let mut map = Map::default();
            let names = code.locals.iter().skip(code.params.positional.into());
            for (name, default) in names.zip(&*function.keyword_defaults.borrow()) {
                if let Some(default) = default {
                    map.set_str(plain(name), default.clone());
                }
            }
            Some(if map.len() == 0 { Value::None } else { Value::dict(map) })
        }
        "__code__" => {
            let code = function.whole()?;
            let [_, rest, names] = parameters(code);
            let variables = code.locals.iter().map(|name| Value::str(plain(name))).collect();
            let count = |n: u16| Value::Int(n.into());
            let (fields, values): (Vec<_>, Vec<_>) = [
                ("co_name", Value::Str(code.name.clone())),
                ("co_varnames", Value::tuple(variables)),
                ("co_argcount", count(code.params.positional)),
                ("co_posonlyargcount", count(code.params.positional_only)),
                ("co_kwonlyargcount", count(code.params.keyword)),
                ("co_varargs", rest),
                ("co_varkw", names),
            ]
            .into_iter()
            .unzip();
            Some(Value::named("code", &fields, values))
        }
        _ => None,
    })
}
