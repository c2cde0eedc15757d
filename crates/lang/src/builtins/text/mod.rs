//! `str`.

mod letters;
mod split;

use std::rc::Rc;

use super::class;
use super::number::index;
use crate::class::Layout;
use crate::error::{Result, Stop, type_error, value_error};
use crate::machine::Machine;
use crate::native::{Args, Native, NativeClass};
use crate::value::Value;

pub(super) const STR: NativeClass = NativeClass {
    constructor: Some(Native::new("str(object='', encoding=None, errors=None)", make)),
    methods: &[OPERATORS, SEARCH, split::METHODS, letters::METHODS],
    ..class("str", Layout::Around)
};

const OPERATORS: &[Native] = &[
    Native::new("__add__(self, value, /)", add),
    Native::new("__mul__(self, value, /)", repeat),
    Native::new("__rmul__(self, value, /)", repeat),
    Native::new("__mod__(self, value, /)", super::format::modulo),
    Native::new("__getitem__(self, index, /)", super::contain::get_item),
    Native::new("__contains__(self, item, /)", super::contain::contains),
    Native::new("__iter__(self)", super::contain::iter),
    Native::new("__len__(self)", super::contain::len),
    Native::new("format(self, *args, **names)", format),
    Native::new("format_map(self, mapping, /)", format_map),
];

const SEARCH: &[Native] = &[
    Native::new("find(self, sub, start=None, end=None, /)", |_, args| find(args, false)),
    Native::new("rfind(self, sub, start=None, end=None, /)", |_, args| find(args, true)),
    Native::new("index(self, sub, start=None, end=None, /)", |_, args| position(args, false)),
    Native::new("rindex(self, sub, start=None, end=None, /)", |_, args| position(args, true)),
    Native::new("count(self, sub, start=None, end=None, /)", count),
    Native::new("startswith(self, prefix, start=None, end=None, /)", |_, args| edge(args, true)),
    Native::new("endswith(self, suffix, start=None, end=None, /)", |_, args| edge(args, false)),
    Native::new("replace(self, old, new, count=-1, /)", replace),
    Native::new("encode(self, encoding='utf-8', errors='strict')", encode),
];

/// The text that argument `i` is.
fn text(args: &Args, i: usize) -> Result<Rc<str>> {
    match args.get(i).unwrapped() {
        Value::Str(text) => Ok(text),
        other => {
            let name = args.function();
            type_error(format!("{name}() argument {} must be str, not {}", i.max(1), other.type_name()))
        }
    }
}

fn make(vm: &mut Machine, args: &Args) -> Result<Value> {
    if args.given(1) {
        return Err(Stop::call(vm.helper("_decode"), vec![args.get(0), args.get(1)]));
    }
    let value = args.get(0);
    super::show::str_of(vm, &value)
}

fn add(_vm: &mut Machine, args: &Args) -> Result<Value> {
    match args.get(1).unwrapped() {
        Value::Str(other) => {
            let own = text(args, 0)?;
            let mut joined = String::with_capacity(own.len() + other.len());
            joined += &own;
            joined += &other;
            _vm.reserve(joined.len())?;
            Ok(Value::from(joined))
        }
        Value::Instance(_) | Value::Object(_) => Ok(Value::NotImplemented),
        other => type_error(format!("can only concatenate str (not \"{}\") to str", other.type_name())),
    }
}

fn repeat(vm: &mut Machine, args: &Args) -> Result<Value> {
    let own = text(args, 0)?;
    let Some(times) = args.get(1).unwrapped().as_int() else {
        let kind = args.get(1).type_name();
        return type_error(format!("can't multiply sequence by non-int of type '{kind}'"));
    };
    let times = usize::try_from(times.max(0)).unwrap_or(usize::MAX);
    vm.reserve(own.len().saturating_mul(times))?;
    Ok(Value::from(own.repeat(times)))
}

fn format(vm: &mut Machine, args: &Args) -> Result<Value> {
    let mut names = crate::map::Map::default();
    args.names.iter().for_each(|(name, value)| names.set_str(name, value.clone()));
    let all = vec![Value::Str(text(args, 0)?), Value::tuple(args.rest.clone()), Value::dict(names)];
    Err(Stop::call(vm.helper("_str_format"), all))
}

fn format_map(vm: &mut Machine, args: &Args) -> Result<Value> {
    let all = vec![Value::Str(text(args, 0)?), Value::tuple(Vec::new()), args.get(1)];
    Err(Stop::call(vm.helper("_str_format"), all))
}

/// The part of the text between the last two arguments, and how many characters stand before it; nothing, if the start
/// lies behind the end.
fn part(args: &Args, start: usize) -> Result<Option<(String, usize)>> {
    let own = text(args, 0)?;
    if args.get(start).is_none() && args.get(start + 1).is_none() {
        return Ok(Some((own.to_string(), 0)));
    }
    let chars: Vec<char> = own.chars().collect();
    let len = i64::try_from(chars.len()).unwrap_or(i64::MAX);
    let at = |value: Value, default: i64| -> Result<i64> {
        let Some(value) = Some(value).filter(|value| !value.is_none()) else { return Ok(default) };
        let i = index(&value)?;
        Ok(if i < 0 { i.saturating_add(len).max(0) } else { i })
    };
    let (from, to) = (at(args.get(start), 0)?, at(args.get(start + 1), len)?.min(len));
    let (Ok(from), Ok(to)) = (usize::try_from(from), usize::try_from(to)) else { return Ok(None) };
    if from > to {
        return Ok(None);
    }
    Ok(chars.get(from..to).map(|part| (part.iter().collect(), from)))
}

fn place(args: &Args, last: bool) -> Result<Option<usize>> {
    let wanted = text(args, 1)?;
    let Some((part, before)) = part(args, 2)? else { return Ok(None) };
    let found = if last { part.rfind(&*wanted) } else { part.find(&*wanted) };
    Ok(found.and_then(|at| part.get(..at)).map(|front| before + front.chars().count()))
}

fn find(args: &Args, last: bool) -> Result<Value> {
    Ok(place(args, last)?.map_or(Value::Int(-1), Value::from))
}

fn position(args: &Args, last: bool) -> Result<Value> {
    match place(args, last)? {
        Some(i) => Ok(Value::from(i)),
        None => value_error("substring not found"),
    }
}

fn count(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let wanted = text(args, 1)?;
    let Some((part, _)) = part(args, 2)? else { return Ok(Value::Int(0)) };
    Ok(Value::from(if wanted.is_empty() { part.chars().count() + 1 } else { part.matches(&*wanted).count() }))
}

fn edge(args: &Args, start: bool) -> Result<Value> {
    let Some((part, _)) = part(args, 2)? else { return Ok(Value::Bool(false)) };
    let candidates = match args.get(1).unwrapped() {
        Value::Tuple(tuple) => tuple.items().to_vec(),
        one => vec![one],
    };
    for candidate in candidates {
        let Value::Str(candidate) = candidate.unwrapped() else {
            let (name, kind) = (args.function(), candidate.type_name());
            return type_error(format!("{name} first arg must be str or a tuple of str, not {kind}"));
        };
        if if start { part.starts_with(&*candidate) } else { part.ends_with(&*candidate) } {
            return Ok(Value::Bool(true));
        }
    }
    Ok(Value::Bool(false))
}

fn replace(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (own, old, new) = (text(args, 0)?, text(args, 1)?, text(args, 2)?);
    let times = own.matches(&*old).count();
    vm.reserve(own.len().saturating_add(times.saturating_mul(new.len())))?;
    Ok(Value::from(match usize::try_from(index(&args.get(3))?) {
        Ok(most) => own.replacen(&*old, &new, most),
        Err(_) => own.replace(&*old, &new),
    }))
}

fn encode(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let (own, encoding) = (text(args, 0)?, text(args, 1)?.to_lowercase().replace('-', ""));
    match &*encoding {
        "utf8" => Ok(super::bytes::Bytes::value(own.as_bytes())),
        "ascii" | "latin1" => {
            let most = if encoding == "ascii" { 0x7f } else { 0xff };
            let bytes: Option<Vec<u8>> =
                own.chars().map(|c| u8::try_from(u32::from(c)).ok().filter(|&b| b <= most)).collect();
            match bytes {
                Some(bytes) => Ok(super::bytes::Bytes::value(&bytes)),
                None => value_error(format!("'{encoding}' codec can't encode a character of the text")),
            }
        }
        _ => Err(Stop::error("LookupError", format!("unknown encoding: {}", text(args, 1)?))),
    }
}
