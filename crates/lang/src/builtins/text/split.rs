//! Taking texts apart and putting them together.

use std::rc::Rc;

use super::text;
use crate::builtins::number::index;
use crate::error::{Result, Stop, type_error, value_error};
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::value::Value;

pub(super) const METHODS: &[Native] = &[
    Native::new("split(self, sep=None, maxsplit=-1)", |_, args| split(args, false)),
    Native::new("rsplit(self, sep=None, maxsplit=-1)", |_, args| split(args, true)),
    Native::new("splitlines(self, keepends=False)", splitlines),
    Native::new("partition(self, sep, /)", |_, args| partition(args, false)),
    Native::new("rpartition(self, sep, /)", |_, args| partition(args, true)),
    Native::new("join(self, iterable, /)", join),
    Native::new("strip(self, chars=None, /)", |_, args| strip(args, true, true)),
    Native::new("lstrip(self, chars=None, /)", |_, args| strip(args, true, false)),
    Native::new("rstrip(self, chars=None, /)", |_, args| strip(args, false, true)),
    Native::new("removeprefix(self, prefix, /)", removeprefix),
    Native::new("removesuffix(self, suffix, /)", removesuffix),
];

fn list(parts: impl IntoIterator<Item = String>) -> Value {
    Value::list(parts.into_iter().map(Value::from).collect())
}

fn split(args: &Args, from_end: bool) -> Result<Value> {
    let own = text(args, 0)?;
    let most = usize::try_from(index(&args.get(2))?).unwrap_or(usize::MAX);
    if args.get(1).is_none() {
        let parts = if from_end { blanks_from_end(&own, most) } else { blanks(&own, most) };
        return Ok(list(parts));
    }
    let sep = text(args, 1)?;
    if sep.is_empty() {
        return value_error("empty separator");
    }
    let most = most.saturating_add(1);
    let mut parts: Vec<String> = if from_end {
        own.rsplitn(most, &*sep).map(str::to_owned).collect()
    } else {
        own.splitn(most, &*sep).map(str::to_owned).collect()
    };
    if from_end {
        parts.reverse();
    }
    Ok(list(parts))
}

/// The words of a text; behind so many of them, the rest.
fn blanks(text: &str, most: usize) -> Vec<String> {
    let (mut parts, mut rest) = (Vec::new(), text.trim_start());
    while !rest.is_empty() {
        if parts.len() == most {
            parts.push(rest.to_owned());
            return parts;
        }
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(end);
        parts.push(word.to_owned());
        rest = tail.trim_start();
    }
    parts
}

fn blanks_from_end(text: &str, most: usize) -> Vec<String> {
    let (mut parts, mut rest) = (Vec::new(), text.trim_end());
    while !rest.is_empty() {
        if parts.len() == most {
            parts.push(rest.to_owned());
            break;
        }
        let start = rest.rfind(char::is_whitespace);
        let start =
            start.and_then(|at| rest.get(at..)?.chars().next().map(|c| at + c.len_utf8())).unwrap_or(0);
        let (front, word) = rest.split_at(start);
        parts.push(word.to_owned());
        rest = front.trim_end();
    }
    parts.reverse();
    parts
}

fn splitlines(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let (own, keep) = (text(args, 0)?, args.bool(1)?);
    let (mut lines, mut line) = (Vec::new(), String::new());
    let mut chars = own.chars().peekable();
    while let Some(c) = chars.next() {
        if !matches!(c, '\n' | '\r' | '\x0b' | '\x0c' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}')
        {
            line.push(c);
            continue;
        }
        let pair = c == '\r' && chars.peek() == Some(&'\n');
        if pair {
            chars.next();
        }
        if keep {
            line.push(c);
            line.push_str(if pair { "\n" } else { "" });
        }
        lines.push(std::mem::take(&mut line));
    }
    if !line.is_empty() {
        lines.push(line);
    }
    Ok(list(lines))
}

fn partition(args: &Args, last: bool) -> Result<Value> {
    let (own, sep) = (text(args, 0)?, text(args, 1)?);
    if sep.is_empty() {
        return value_error("empty separator");
    }
    let found = if last { own.rsplit_once(&*sep) } else { own.split_once(&*sep) };
    let parts = match found {
        Some((a, b)) => [a, &*sep, b],
        None if last => ["", "", &*own],
        None => [&*own, "", ""],
    };
    Ok(Value::tuple(parts.map(Value::str).to_vec()))
}

fn join(vm: &mut Machine, args: &Args) -> Result<Value> {
    let sep = text(args, 0)?;
    let items = match vm.items(args, 1) {
        Err(Stop::Error(fault)) if fault.text.ends_with("is not iterable") => {
            return type_error("can only join an iterable");
        }
        items => items?,
    };
    let mut parts: Vec<Rc<str>> = Vec::with_capacity(items.len());
    for (i, item) in items.iter().enumerate() {
        match item.unwrapped() {
            Value::Str(part) => parts.push(part),
            other => {
                let kind = other.type_name();
                return type_error(format!("sequence item {i}: expected str instance, {kind} found"));
            }
        }
    }
    let bytes = parts.iter().fold(0_usize, |sum, part| sum.saturating_add(part.len()));
    vm.reserve(bytes.saturating_add(sep.len().saturating_mul(parts.len())))?;
    Ok(Value::from(parts.join(&*sep)))
}

fn strip(args: &Args, front: bool, back: bool) -> Result<Value> {
    let own = text(args, 0)?;
    let chars: Option<Vec<char>> = match args.get(1) {
        Value::None => None,
        _ => Some(text(args, 1)?.chars().collect()),
    };
    let gone = |c: char| chars.as_ref().map_or_else(|| c.is_whitespace(), |chars| chars.contains(&c));
    let mut part = &*own;
    if front {
        part = part.trim_start_matches(gone);
    }
    if back {
        part = part.trim_end_matches(gone);
    }
    Ok(Value::str(part))
}

fn removeprefix(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let (own, prefix) = (text(args, 0)?, text(args, 1)?);
    Ok(Value::str(own.strip_prefix(&*prefix).unwrap_or(&own)))
}

fn removesuffix(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let (own, suffix) = (text(args, 0)?, text(args, 1)?);
    Ok(Value::str(own.strip_suffix(&*suffix).unwrap_or(&own)))
}
