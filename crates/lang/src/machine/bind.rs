//! The arguments of a function of the program become its first locals.

use std::fmt::Display;

use crate::ast::Name;
use crate::error::{Result, type_error};
use crate::function::Function;
use crate::map::{Key, Map};
use crate::value::Value;

use super::Frame;

/// Puts the arguments of a call into the locals of its frame.
///
/// # Errors
/// `TypeError` with Python's words.
pub(super) fn bind(
    function: &Function,
    frame: &mut Frame,
    args: Vec<Value>,
    kwargs: Vec<(Name, Value)>,
) -> Result<()> {
    let params = function.code.params;
    let (positional, keyword) = (usize::from(params.positional), usize::from(params.keyword));
    let named = positional + keyword;
    let given = args.len();
    let mut rest = args;
    let extra = rest.split_off(given.min(positional));
    for (slot, value) in frame.locals.iter_mut().zip(rest) {
        *slot = Some(value);
    }
    if !extra.is_empty() && !params.args {
        return too_many(function, given);
    }
    let mut others = Map::default();
    for (name, value) in kwargs {
        let names = function.code.locals.iter().take(named).skip(params.positional_only.into());
        let found = names.map(|local| plain(local)).position(|local| *local == *name);
        match found.map(|i| i + usize::from(params.positional_only)).and_then(|i| frame.locals.get_mut(i)) {
            Some(slot @ None) => *slot = Some(value),
            Some(Some(_)) => {
                return type_error(format!(
                    "{}() got multiple values for argument '{name}'",
                    title(function)
                ));
            }
            None if params.kwargs => {
                others.set(Key::new(Value::Str(name))?, value);
            }
            None => {
                let mut first = function.code.locals.iter().take(params.positional_only.into());
                let problem = if first.any(|local| *plain(local) == *name) {
                    "some positional-only arguments passed as keyword arguments:"
                } else {
                    "an unexpected keyword argument"
                };
                return type_error(format!("{}() got {problem} '{name}'", title(function)));
            }
        }
    }
    defaults(function, frame, positional)?;
    if params.args
        && let Some(slot) = frame.locals.get_mut(named)
    {
        *slot = Some(Value::tuple(extra));
    }
    if params.kwargs
        && let Some(slot) = frame.locals.get_mut(named + usize::from(params.args))
    {
        *slot = Some(Value::dict(others));
    }
    Ok(())
}

fn defaults(function: &Function, frame: &mut Frame, positional: usize) -> Result<()> {
    let defaults = function.defaults.borrow();
    let first = positional.saturating_sub(defaults.len());
    let mut missing = Vec::new();
    for i in 0..positional {
        if let Some(slot @ None) = frame.locals.get_mut(i) {
            match i.checked_sub(first).and_then(|k| defaults.get(k)) {
                Some(default) => *slot = Some(default.clone()),
                None => missing.push(plain(&function.code.locals[i]).to_owned()),
            }
        }
    }
    if !missing.is_empty() {
        return lacking(function, &missing, "positional");
    }
    for (k, default) in function.keyword_defaults.borrow().iter().enumerate() {
        if let Some(slot @ None) = frame.locals.get_mut(positional + k) {
            match default {
                Some(default) => *slot = Some(default.clone()),
                None => missing.push(plain(&function.code.locals[positional + k]).to_owned()),
            }
        }
    }
    if missing.is_empty() { Ok(()) } else { lacking(function, &missing, "keyword-only") }
}

fn lacking(function: &Function, missing: &[String], kind: &str) -> Result<()> {
    lacking_arguments(&title(function), missing, kind)
}

/// # Errors
/// `TypeError`: the function, by the name that it is called by, has not been given these.
pub(crate) fn lacking_arguments<T>(title: &str, missing: &[impl Display], kind: &str) -> Result<T> {
    let s = if missing.len() == 1 { "" } else { "s" };
    let quoted: Vec<String> = missing.iter().map(|name| format!("'{name}'")).collect();
    let list = match &*quoted {
        [one] => one.clone(),
        [a, b] => format!("{a} and {b}"),
        [front @ .., last] => format!("{}, and {last}", front.join(", ")),
        [] => String::new(),
    };
    let count = missing.len();
    type_error(format!("{title}() missing {count} required {kind} argument{s}: {list}"))
}

fn too_many(function: &Function, given: usize) -> Result<()> {
    let most = usize::from(function.code.params.positional);
    let least = most - function.defaults.borrow().len().min(most);
    let takes = if least == most { most.to_string() } else { format!("from {least} to {most}") };
    let s = if most == 1 { "" } else { "s" };
    let was = if given == 1 { "was" } else { "were" };
    type_error(format!("{}() takes {takes} positional argument{s} but {given} {was} given", title(function)))
}

/// The name with that of its class: `Net.forward`.
fn title(function: &Function) -> String {
    function.title()
}

/// The name of a parameter that is in a cell.
pub(crate) fn plain(name: &str) -> &str {
    name.strip_suffix(" (cell)").unwrap_or(name)
}
