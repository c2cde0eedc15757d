//! `int`, `float` and `bool`: making them out of other values, rounding, dividing.

use engine::Scalar;

use crate::error::{Result, Stop, overflow, type_error, value_error};
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::quote::quoted;
use crate::value::Value;

pub(super) const FUNCTIONS: &[Native] =
    &[Native::new("abs(x, /)", abs), Native::new("round(number, ndigits=None)", round)];

/// A number of the engine.
pub(crate) fn of_scalar(scalar: Scalar) -> Value {
    match scalar {
        Scalar::Bool(b) => Value::Bool(b),
        Scalar::Int(i) => Value::Int(i),
        Scalar::Float(x) => Value::Float(x),
    }
}

/// A whole number, for what must be one.
///
/// # Errors
/// `TypeError`.
pub(crate) fn index(value: &Value) -> Result<i64> {
    match value.unwrapped().as_int() {
        Some(i) => Ok(i),
        None => type_error(format!("'{}' object cannot be interpreted as an integer", value.type_name())),
    }
}

/// A float without what is behind its point.
///
/// # Errors
/// If it is not finite, or too large.
pub(super) fn truncated(x: f64) -> Result<i64> {
    if x.is_nan() {
        return value_error("cannot convert float NaN to integer");
    }
    if x.is_infinite() {
        return Err(Stop::error("OverflowError", "cannot convert float infinity to integer"));
    }
    if x.abs() >= 9_223_372_036_854_775_808.0 { overflow() } else { Ok(x.trunc() as i64) }
}

/// `int(x, base)`.
pub(super) fn int(vm: &mut Machine, args: &Args) -> Result<Value> {
    let value = args.get(0);
    if args.given(1) {
        let base = index(&args.get(1))?;
        return match value.unwrapped() {
            Value::Str(text) => whole(&text, base).map(Value::Int),
            _ => type_error("int() can't convert non-string with explicit base"),
        };
    }
    if let Some(call) = converted(vm, &value, &["__int__", "__index__", "__trunc__"]) {
        return Err(call);
    }
    match value.unwrapped() {
        Value::Str(text) => whole(&text, 10).map(Value::Int),
        Value::Float(x) => truncated(x).map(Value::Int),
        other => match element(vm, &other)? {
            Some(Value::Float(x)) => truncated(x).map(Value::Int),
            Some(number) => Ok(Value::Int(number.as_int().unwrap_or_default())),
            None => type_error(format!(
                "int() argument must be a string, a bytes-like object or a real number, not '{}'",
                value.type_name()
            )),
        },
    }
}

/// `float(x)`.
pub(super) fn float(vm: &mut Machine, args: &Args) -> Result<Value> {
    let value = args.get(0);
    if let Some(call) = converted(vm, &value, &["__float__", "__index__"]) {
        return Err(call);
    }
    match value.unwrapped() {
        Value::Str(text) => parsed(&text).map(Value::Float),
        other => match element(vm, &other)?.and_then(|number| number.as_float()) {
            Some(x) => Ok(Value::Float(x)),
            None => type_error(format!(
                "float() argument must be a string or a real number, not '{}'",
                value.type_name()
            )),
        },
    }
}

/// The call of a method of the program that makes a number of an object.
fn converted(vm: &Machine, value: &Value, names: &[&str]) -> Option<Stop> {
    let Value::Instance(_) = value else { return None };
    let function = names.iter().find_map(|name| match vm.operator(value, name) {
        Some(function @ Value::Function(_)) => Some(function),
        _ => None,
    })?;
    Some(Stop::call(function, vec![value.clone()]))
}

/// The number that a value is, or the one element of a tensor.
fn element(vm: &mut Machine, value: &Value) -> Result<Option<Value>> {
    Ok(match value {
        Value::Tensor(tensor) => {
            let tensor = tensor.tensor.clone();
            if tensor.numel() != 1 {
                return value_error("only one element tensors can be converted to Python scalars");
            }
            Some(of_scalar(vm.wait(|| tensor.item())?))
        }
        Value::Object(object) => match object.as_number() {
            Some(number) => Some(of_scalar(number)),
            None => match vm.operator(value, "item") {
                Some(Value::Native(item)) => match vm.call_native(&item, vec![value.clone()]) {
                    Err(Stop::Error(fault)) if fault.class == "ValueError" => {
                        return type_error("only size-1 arrays can be converted to Python scalars");
                    }
                    number => Some(number?),
                },
                _ => None,
            },
        },
        Value::Bool(_) | Value::Int(_) | Value::Float(_) => Some(value.clone()),
        _ => None,
    })
}

/// Removes single underscores between digits; nothing, if they stand elsewhere.
fn without_underscores(text: &str) -> Option<String> {
    if text.starts_with('_') || text.ends_with('_') || text.contains("__") {
        return None;
    }
    Some(text.replace('_', ""))
}

/// A real number, for the functions of `math`; a tensor of one element is one.
///
/// # Errors
/// `TypeError` if it is none, and what reading the tensor says.
pub(super) fn real(vm: &mut Machine, value: &Value) -> Result<f64> {
    match element(vm, &value.unwrapped())?.and_then(|number| number.as_float()) {
        Some(x) => Ok(x),
        None => type_error(format!("must be real number, not {}", value.type_name())),
    }
}

fn whole(text: &str, base: i64) -> Result<i64> {
    if base != 0 && !(2..=36).contains(&base) {
        return value_error("int() base must be >= 2 and <= 36, or 0");
    }
    let wrong = || value_error(format!("invalid literal for int() with base {base}: {}", quoted(text)));
    let trimmed = text.trim();
    let (sign, digits) = match trimmed.strip_prefix(['-', '+']) {
        Some(rest) => (if trimmed.starts_with('-') { "-" } else { "" }, rest),
        None => ("", trimmed),
    };
    let lower = digits.to_lowercase();
    let (prefix, kind) = match lower.get(..2) {
        Some("0x") => (2, 16),
        Some("0o") => (2, 8),
        Some("0b") => (2, 2),
        _ => (0, 10),
    };
    let (digits, radix) = match base {
        0 => (lower.get(prefix..).unwrap_or(""), kind),
        base if prefix > 0 && base == kind => (lower.get(prefix..).unwrap_or(""), base),
        base => (&*lower, base),
    };
    let digits = if prefix > 0 { digits.strip_prefix('_').unwrap_or(digits) } else { digits };
    let Some(digits) = without_underscores(digits) else { return wrong() };
    let radix = u32::try_from(radix).unwrap_or(10);
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return wrong();
    }
    i64::from_str_radix(&format!("{sign}{digits}"), radix).or_else(|_| overflow())
}

fn parsed(text: &str) -> Result<f64> {
    let wrong = || value_error(format!("could not convert string to float: {}", quoted(text)));
    let trimmed = text.trim();
    let unsigned = trimmed.strip_prefix(['-', '+']).unwrap_or(trimmed).to_lowercase();
    let named = matches!(&*unsigned, "inf" | "infinity" | "nan");
    if !named && !unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return wrong();
    }
    let Some(plain) = without_underscores(trimmed) else { return wrong() };
    plain.parse().or_else(|_| wrong())
}

fn abs(vm: &mut Machine, args: &Args) -> Result<Value> {
    let value = args.get(0);
    match &value {
        Value::Int(i) => i.checked_abs().map_or_else(overflow, |i| Ok(Value::Int(i))),
        Value::Bool(b) => Ok(Value::Int(i64::from(*b))),
        Value::Float(x) => Ok(Value::Float(x.abs())),
        other => match vm.operator(other, "__abs__") {
            Some(function) => Err(Stop::call(function, vec![value.clone()])),
            None => type_error(format!("bad operand type for abs(): '{}'", other.type_name())),
        },
    }
}

fn round(vm: &mut Machine, args: &Args) -> Result<Value> {
    let value = args.get(0);
    let digits = args.opt(1).map(|digits| index(&digits)).transpose()?;
    match (value.unwrapped(), digits) {
        (Value::Float(x), None) => truncated(x.round_ties_even()).map(Value::Int),
        (Value::Float(x), Some(digits)) => Ok(Value::Float(rounded(x, digits))),
        (number @ (Value::Int(_) | Value::Bool(_)), digits) => {
            let i = number.as_int().unwrap_or_default();
            Ok(Value::Int(match digits {
                Some(digits) if digits < 0 => rounded_int(i, digits),
                _ => i,
            }))
        }
        _ => match vm.operator(&value, "__round__") {
            Some(function) => {
                let mut all = vec![value];
                all.extend(args.opt(1));
                Err(Stop::call(function, all))
            }
            None => type_error(format!("type {} doesn't define __round__ method", value.type_name())),
        },
    }
}

/// To so many digits behind the point: the decimal text that is closest is read again, which is exact.
fn rounded(x: f64, digits: i64) -> f64 {
    if !x.is_finite() || digits > 400 {
        return x;
    }
    if let Ok(decimals @ 0..) = usize::try_from(digits) {
        return engine::print::fixed(x, decimals).parse().unwrap_or(x);
    }
    // In front of the point: whole numbers of tens are rounded in the text of the number, half to even.
    let Ok(places) = usize::try_from(-digits) else { return 0.0_f64.copysign(x) };
    let text = format!("{:.0}", x.abs().trunc());
    if places > text.len() {
        return 0.0_f64.copysign(x);
    }
    let (front, back) = text.split_at(text.len() - places);
    let half = format!("5{}", "0".repeat(places - 1));
    let exact = x.fract() == 0.0;
    let odd = front.bytes().last().is_some_and(|b| b % 2 == 1);
    let up = back > &*half || (back == half && (!exact || odd));
    let front: f64 = front.parse().unwrap_or(0.0);
    let kept = format!("{}e{places}", front + f64::from(u8::from(up)));
    kept.parse::<f64>().unwrap_or(0.0).copysign(x)
}

/// To a whole number of tens, half to even.
fn rounded_int(i: i64, digits: i64) -> i64 {
    let Some(unit) = u32::try_from(-digits).ok().and_then(|d| 10_i128.checked_pow(d)) else { return 0 };
    let wide = i128::from(i);
    let (quotient, rest) = (wide.div_euclid(unit), wide.rem_euclid(unit));
    let up = 2 * rest > unit || (2 * rest == unit && quotient % 2 != 0);
    i64::try_from((quotient + i128::from(up)) * unit).unwrap_or(i)
}
