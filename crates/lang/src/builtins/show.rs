//! `print`, `str`, `repr`, `format`.

use std::rc::Rc;

use super::format;
use crate::error::{Result, Stop, type_error};
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::print::Shown;
use crate::quote::ascii;
use crate::value::Value;

pub(super) const FUNCTIONS: &[Native] = &[
    Native::new("print(*values, sep=' ', end='\n', file=None, flush=False)", print),
    Native::new("_write(text)", write),
    Native::new("_write_error(text)", write_error),
    Native::new("_handled()", handled),
    Native::new("_chain(exception)", chain),
    Native::new("_set_report(exception, text)", set_report),
    Native::new("_report_of(exception)", report_of),
    Native::new("repr(object, /)", repr),
    Native::new("ascii(object, /)", to_ascii),
    Native::new("format(value, spec='', /)", format_value),
    Native::new("_format_repr(value, spec)", format_repr),
    Native::new("_format_str(value, spec)", format_str),
    Native::new("_format_ascii(value, spec)", format_ascii),
    Native::new("_fill(value, str, texts)", fill),
    Native::new("_quote(text)", quote),
];

fn print(vm: &mut Machine, args: &Args) -> Result<Value> {
    let mut texts = Vec::with_capacity(args.rest.len());
    for value in &args.rest {
        match vm.show_str(value)? {
            Shown::Text(text) if !args.given(2) || args.get(2).is_none() => texts.push(text),
            _ => {
                let all = vec![Value::tuple(args.rest.clone()), args.get(0), args.get(1), args.get(2)];
                return Err(Stop::call(vm.helper("_print"), all));
            }
        }
    }
    if args.rest.is_empty() && args.opt(2).is_some() {
        let all = vec![Value::tuple(Vec::new()), args.get(0), args.get(1), args.get(2)];
        return Err(Stop::call(vm.helper("_print"), all));
    }
    let part = |i: usize, name: &str, default: &str| match args.get(i) {
        Value::None => Ok(Rc::from(default)),
        Value::Str(text) => Ok(text),
        other => type_error(format!("{name} must be None or a string, not {}", other.type_name())),
    };
    let (sep, end) = (part(0, "sep", " ")?, part(1, "end", "\n")?);
    let mut text = texts.join(&sep);
    text += &end;
    vm.print(&text)?;
    Ok(Value::None)
}

/// What a helper has made a text of.
fn write(vm: &mut Machine, args: &Args) -> Result<Value> {
    let text = args.str(0)?;
    vm.print(&text)?;
    Ok(Value::None)
}

fn write_error(vm: &mut Machine, args: &Args) -> Result<Value> {
    let text = args.str(0)?;
    vm.print_error(&text)?;
    Ok(Value::None)
}

/// The exception that is being handled.
fn handled(vm: &mut Machine, _args: &Args) -> Result<Value> {
    Ok(vm.handled().unwrap_or(Value::None))
}

/// The exceptions of which a report tells.
fn chain(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let Value::Instance(first) = args.get(0) else { return Ok(Value::list(Vec::new())) };
    let told = crate::machine::told(&first).into_iter();
    Ok(Value::list(told.map(|(instance, _)| Value::Instance(instance)).collect()))
}

/// What the program says of an exception of its own, for the report.
fn set_report(_vm: &mut Machine, args: &Args) -> Result<Value> {
    if let Value::Instance(instance) = args.get(0) {
        instance.raised.borrow_mut().text = Some(args.str(1)?);
    }
    Ok(Value::None)
}

/// The report of an exception, as the one that ends a program.
fn report_of(vm: &mut Machine, args: &Args) -> Result<Value> {
    match args.get(0) {
        Value::Instance(instance) => Ok(Value::from(vm.report(&Value::Instance(instance)).text)),
        other => type_error(format!("an exception was expected, not {}", other.type_name())),
    }
}

/// The text, or the call of the helper that asks the program.
fn shown(vm: &Machine, shown: Shown, value: &Value, str: bool) -> Result<String> {
    match shown {
        Shown::Text(text) => Ok(text),
        Shown::Holes(holes) => {
            let args = vec![value.clone(), Value::Bool(str), Value::list(holes)];
            Err(Stop::call(vm.helper("_show"), args))
        }
    }
}

fn repr(vm: &mut Machine, args: &Args) -> Result<Value> {
    let value = args.get(0);
    let text = vm.show_repr(&value)?;
    shown(vm, text, &value, false).map(Value::from)
}

/// `str(value)`, where the program need not be asked.
pub(super) fn str_of(vm: &mut Machine, value: &Value) -> Result<Value> {
    if let Value::Str(_) = value {
        return Ok(value.clone());
    }
    let text = vm.show_str(value)?;
    shown(vm, text, value, true).map(Value::from)
}

fn to_ascii(vm: &mut Machine, args: &Args) -> Result<Value> {
    let value = args.get(0);
    match vm.show_repr(&value)? {
        Shown::Text(text) => Ok(Value::from(ascii(&text))),
        Shown::Holes(_) => Err(Stop::call(vm.helper("_ascii"), vec![value])),
    }
}

fn quote(_vm: &mut Machine, args: &Args) -> Result<Value> {
    Ok(Value::from(ascii(&args.str(0)?)))
}

fn fill(vm: &mut Machine, args: &Args) -> Result<Value> {
    let texts = args.get(2).sequence().unwrap_or_default();
    let texts = texts.iter().filter_map(|text| match text.unwrapped() {
        Value::Str(text) => Some(text),
        _ => None,
    });
    let texts: Vec<Rc<str>> = texts.collect();
    vm.show_filled(&args.get(0), args.bool(1)?, texts).map(Value::from)
}

fn format_value(vm: &mut Machine, args: &Args) -> Result<Value> {
    let value = args.get(0);
    let Value::Str(spec) = args.get(1) else {
        let kind = args.get(1).type_name();
        return type_error(format!("format() argument 2 must be str, not {kind}"));
    };
    formatted(vm, &value, &spec)
}

/// `format(value, spec)`.
fn formatted(vm: &mut Machine, value: &Value, spec: &Rc<str>) -> Result<Value> {
    if let Value::Instance(_) = value
        && let Some(function @ Value::Function(_)) = vm.operator(value, "__format__")
    {
        return Err(Stop::call(function, vec![value.clone(), Value::Str(Rc::clone(spec))]));
    }
    // A float32 of NumPy is written as the float that it is.
    let number = value.downcast::<crate::numpy::number::Number>().is_some();
    if spec.is_empty() && !number && !matches!(value, Value::Tensor(_)) {
        return str_of(vm, value);
    }
    match format::format(vm, &value.unwrapped(), spec)? {
        Some(text) => Ok(Value::from(text)),
        None if spec.is_empty() => str_of(vm, value),
        None => type_error(format!("unsupported format string passed to {}.__format__", value.type_name())),
    }
}

/// An f-string's `{value!r:spec}`.
fn format_repr(vm: &mut Machine, args: &Args) -> Result<Value> {
    let text = vm.show_repr(&args.get(0))?;
    converted(vm, args, text, "repr", str::to_owned)
}

fn format_str(vm: &mut Machine, args: &Args) -> Result<Value> {
    let text = vm.show_str(&args.get(0))?;
    converted(vm, args, text, "str", str::to_owned)
}

fn format_ascii(vm: &mut Machine, args: &Args) -> Result<Value> {
    let text = vm.show_repr(&args.get(0))?;
    converted(vm, args, text, "ascii", ascii)
}

fn converted(
    vm: &mut Machine,
    args: &Args,
    shown: Shown,
    function: &str,
    then: fn(&str) -> String,
) -> Result<Value> {
    match shown {
        Shown::Text(text) => formatted(vm, &Value::from(then(&text)), &args.str(1)?),
        Shown::Holes(_) => {
            let all = vec![vm.helper(function), args.get(0), args.get(1)];
            Err(Stop::call(vm.helper("_convert_format"), all))
        }
    }
}
