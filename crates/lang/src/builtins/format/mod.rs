//! Texts made of values: the specification behind the colon, and `%`.

mod number;
mod percent;
mod spec;
mod template;

use crate::error::{Result, Stop, type_error, value_error};
use crate::machine::Machine;
use crate::native::Native;
use crate::value::Value;

pub(super) use percent::percent;
use spec::Spec;

pub(super) const FUNCTIONS: &[Native] = &[
    Native::new("_template(text)", template::parse),
    Native::new("_percent_filled(template, values, texts)", percent::filled),
];

/// `format(value, spec)` of numbers, truth values, texts, and tensors and arrays of no dimension; nothing, if it is
/// something else.
///
/// # Errors
/// `ValueError` if the specification is wrong, and what reading the tensor says.
pub(super) fn format(vm: &mut Machine, value: &Value, text: &str) -> Result<Option<String>> {
    let number = match value {
        Value::Tensor(tensor) if tensor.tensor.ndim() == 0 => {
            let tensor = tensor.tensor.clone();
            super::number::of_scalar(vm.wait(|| tensor.item())?)
        }
        Value::Object(object) => match (object.as_number(), crate::numpy::Array::tensor(value)) {
            (Some(number), _) => super::number::of_scalar(number),
            (None, Some(array)) if array.ndim() == 0 => super::number::of_scalar(vm.wait(|| array.item())?),
            (None, _) => return Ok(None),
        },
        other => other.clone(),
    };
    if !matches!(number, Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Str(_)) {
        return Ok(None);
    }
    let spec = Spec::parse(text, &number.type_name())?;
    vm.reserve(spec.width.saturating_add(spec.precision.unwrap_or(0)))?;
    match number {
        Value::Str(text) => of_text(&spec, &text).map(Some),
        Value::Bool(b) if text.is_empty() => Ok(Some(if b { "True" } else { "False" }.to_owned())),
        Value::Bool(b) => of_int(&spec, i64::from(b)).map(Some),
        Value::Int(i) => of_int(&spec, i).map(Some),
        Value::Float(x) => of_float(&spec, x).map(Some),
        _ => Ok(None),
    }
}

fn of_text(spec: &Spec, text: &str) -> Result<String> {
    match spec.kind {
        None | Some('s') => {}
        Some(kind) => return unknown(kind, "str"),
    }
    if spec.sign.is_some() {
        return value_error("Sign not allowed in string format specifier");
    }
    if spec.alternate {
        return value_error("Alternate form (#) not allowed in string format specifier");
    }
    if spec.align == Some('=') {
        return value_error("'=' alignment not allowed in string format specifier");
    }
    if let Some(comma) = spec.grouping {
        return value_error(format!("Cannot specify '{comma}' with 's'."));
    }
    let part: String = match spec.precision {
        Some(most) => text.chars().take(most).collect(),
        None => text.to_owned(),
    };
    Ok(spec.pad("", &part, '<'))
}

fn of_int(spec: &Spec, i: i64) -> Result<String> {
    let kind = spec.kind.unwrap_or('d');
    match kind {
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%' => return of_float(spec, i as f64),
        'b' | 'c' | 'd' | 'n' | 'o' | 'x' | 'X' => {}
        other => return unknown(other, "int"),
    }
    if spec.precision.is_some() {
        return value_error("Precision not allowed in integer format specifier");
    }
    if let (Some(','), 'b' | 'o' | 'x' | 'X' | 'c') | (Some('_'), 'c') = (spec.grouping, kind) {
        return value_error(format!("Cannot specify '{}' with '{kind}'.", spec.grouping.unwrap_or(',')));
    }
    if kind == 'c' {
        if spec.sign.is_some() {
            return value_error("Sign not allowed with integer format specifier 'c'");
        }
        let Some(c) = u32::try_from(i).ok().and_then(char::from_u32) else {
            return Err(Stop::error("OverflowError", "%c arg not in range(0x110000)"));
        };
        return Ok(spec.pad("", &c.to_string(), '<'));
    }
    let digits = number::digits(i.unsigned_abs(), kind);
    let prefix = match (spec.alternate, kind) {
        (true, 'b' | 'o' | 'x' | 'X') => format!("0{kind}"),
        _ => String::new(),
    };
    let sign = spec.sign_of(i < 0);
    Ok(spec.number(&format!("{sign}{prefix}"), &digits, "", if kind == 'd' { 3 } else { 4 }))
}

fn of_float(spec: &Spec, x: f64) -> Result<String> {
    let text = match spec.kind {
        None => number::plain(x.abs(), spec.precision, spec.alternate),
        Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n' | '%') => {
            let kind = spec.kind.unwrap_or('f');
            number::float(x.abs(), kind, spec.precision.unwrap_or(6), spec.alternate)
        }
        Some(kind) => return unknown(kind, "float"),
    };
    let negative = x.is_sign_negative() && !x.is_nan();
    let whole = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (whole, rest) = text.split_at(whole);
    Ok(spec.number(spec.sign_of(negative), whole, rest, 3))
}

fn unknown<T>(kind: char, of: &str) -> Result<T> {
    value_error(format!("Unknown format code '{kind}' for object of type '{of}'"))
}

/// `str.__mod__`.
pub(super) fn modulo(vm: &mut Machine, args: &crate::native::Args) -> Result<Value> {
    match args.get(0).unwrapped() {
        Value::Str(template) => percent(vm, &template, &args.get(1)),
        _ => type_error("descriptor '__mod__' requires a 'str' object"),
    }
}
