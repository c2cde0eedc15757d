//! `"{0[1]}: {name.attr!r:>{width}}"`: the parts of it. The values are put in by a helper in Python.

use crate::error::{Result, value_error};
use crate::machine::Machine;
use crate::native::Args;
use crate::value::Value;

/// `_template(text)`: a list of `(literal, first, path, conversion, spec)`; `first` is `None` behind the last field, `path` is
/// a list of `(is_attribute, name)`.
pub(super) fn parse(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let chars: Vec<char> = args.str(0)?.chars().collect();
    let (mut parts, mut literal, mut i) = (Vec::new(), String::new(), 0);
    while let Some(&c) = chars.get(i) {
        i += 1;
        let doubled = chars.get(i) == Some(&c);
        match c {
            '{' | '}' if doubled => {
                literal.push(c);
                i += 1;
            }
            '}' => return value_error("Single '}' encountered in format string"),
            '{' => {
                let end = closing(&chars, i)?;
                let inside = chars.get(i..end).unwrap_or_default();
                parts.push(field(std::mem::take(&mut literal), inside)?);
                i = end + 1;
            }
            c => literal.push(c),
        }
    }
    if !literal.is_empty() {
        let none = Value::None;
        parts.push(Value::tuple(vec![Value::from(literal), none.clone(), none.clone(), none.clone(), none]));
    }
    Ok(Value::list(parts))
}

/// Where the brace that is open before `start` is closed.
fn closing(chars: &[char], start: usize) -> Result<usize> {
    if chars.len() == start {
        return value_error("Single '{' encountered in format string");
    }
    let mut depth = 1;
    let mut index = false;
    for (i, c) in chars.iter().enumerate().skip(start) {
        match c {
            '[' if depth == 1 => index = true,
            ']' => index = false,
            '{' if !index => depth += 1,
            '}' if !index => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Ok(i);
        }
    }
    value_error("expected '}' before end of string")
}

fn field(literal: String, inside: &[char]) -> Result<Value> {
    let mut index = false;
    let end = inside.iter().position(|c| {
        match c {
            '[' => index = true,
            ']' => index = false,
            _ => {}
        }
        !index && matches!(c, '!' | ':')
    });
    let end = end.unwrap_or(inside.len());
    let name: String = inside.get(..end).unwrap_or_default().iter().collect();
    let rest: String = inside.get(end..).unwrap_or_default().iter().collect();
    let (conversion, spec) = match rest.strip_prefix('!') {
        None => (Value::None, rest.strip_prefix(':').unwrap_or("").to_owned()),
        Some(rest) => {
            let mut chars = rest.chars();
            let Some(c) = chars.next() else { return value_error("unmatched '{' in format spec") };
            let rest = chars.as_str();
            match rest.strip_prefix(':') {
                Some(spec) => (Value::from(c.to_string()), spec.to_owned()),
                None if rest.is_empty() => (Value::from(c.to_string()), String::new()),
                None => return value_error("expected ':' after conversion specifier"),
            }
        }
    };
    let (first, path) = path(&name)?;
    Ok(Value::tuple(vec![Value::from(literal), first, Value::list(path), conversion, Value::from(spec)]))
}

/// The name of a field and what follows it: `0[1].attr`.
fn path(name: &str) -> Result<(Value, Vec<Value>)> {
    let end = name.find(['.', '[']).unwrap_or(name.len());
    let (first, mut rest) = name.split_at(end);
    let number = |text: &str| text.parse::<i64>().map_or_else(|_| Value::str(text), Value::Int);
    let mut path = Vec::new();
    while !rest.is_empty() {
        if let Some(tail) = rest.strip_prefix('.') {
            let end = tail.find(['.', '[']).unwrap_or(tail.len());
            let (attr, tail) = tail.split_at(end);
            if attr.is_empty() {
                return value_error("Empty attribute in format string");
            }
            path.push(Value::tuple(vec![Value::Bool(true), Value::str(attr)]));
            rest = tail;
        } else if let Some((key, tail)) = rest.strip_prefix('[').and_then(|tail| tail.split_once(']')) {
            if key.is_empty() {
                return value_error("Empty attribute in format string");
            }
            path.push(Value::tuple(vec![Value::Bool(false), number(key)]));
            rest = tail;
        } else {
            return value_error("Only '.' or '[' may follow ']' in format field specifier");
        }
    }
    Ok((number(first), path))
}
