//! `bytes`: what `encode` and files that are opened as binary give.

use std::any::Any;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use super::class;
use super::number::index;
use crate::class::Layout;
use crate::error::{Result, Stop, type_error, value_error};
use crate::fork::Fork;
use crate::machine::Machine;
use crate::native::{Args, Native, NativeClass};
use crate::object::Object;
use crate::value::Value;

pub(super) const BYTES: NativeClass = NativeClass {
    constructor: Some(Native::new("bytes(source=(), encoding=None)", make)),
    methods: &[&[
        Native::new("__len__(self)", |_, args| Ok(Value::from(of(args, 0)?.len()))),
        Native::new("__iter__(self)", iter),
        Native::new("__getitem__(self, index, /)", get_item),
        Native::new("__add__(self, value, /)", add),
        Native::new("decode(self, encoding='utf-8', errors='strict')", decode),
        Native::new("hex(self)", hex),
        Native::new("join(self, iterable_of_bytes, /)", join),
        Native::new("startswith(self, prefix, /)", |_, args| {
            Ok(Value::Bool(of(args, 0)?.starts_with(&of(args, 1)?)))
        }),
    ]],
    ..class("bytes", Layout::Native)
};

/// Bytes that never change.
pub(crate) struct Bytes(pub(crate) Rc<[u8]>);

impl Bytes {
    pub(crate) fn value(bytes: &[u8]) -> Value {
        Value::object(Self(bytes.into()))
    }
}

impl Object for Bytes {
    fn class(&self) -> (&'static str, &'static str) {
        ("builtins", "bytes")
    }

    fn repr(&self, _vm: &mut Machine) -> Result<String> {
        let quote = if self.0.contains(&b'\'') && !self.0.contains(&b'"') { '"' } else { '\'' };
        let mut out = format!("b{quote}");
        for &byte in &*self.0 {
            match byte {
                b'\\' => out += "\\\\",
                b'\n' => out += "\\n",
                b'\r' => out += "\\r",
                b'\t' => out += "\\t",
                b if char::from(b) == quote => out += &format!("\\{quote}"),
                b' '..=b'~' => out.push(char::from(byte)),
                _ => out += &format!("\\x{byte:02x}"),
            }
        }
        out.push(quote);
        Ok(out)
    }

    fn fork(&self, _fork: &mut Fork) -> Option<Rc<dyn Object>> {
        None
    }

    fn hash(&self) -> Option<u64> {
        let mut hasher = DefaultHasher::new();
        self.0.hash(&mut hasher);
        Some(hasher.finish())
    }

    fn equals(&self, other: &dyn Object) -> Option<bool> {
        Some(other.as_any().downcast_ref::<Self>().is_some_and(|other| self.0 == other.0))
    }

    fn truth(&self) -> bool {
        !self.0.is_empty()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn of(args: &Args, i: usize) -> Result<Rc<[u8]>> {
    match args.get(i).downcast::<Bytes>() {
        Some(bytes) => Ok(Rc::clone(&bytes.0)),
        None => Err(args.wrong(i, "bytes")),
    }
}

fn make(vm: &mut Machine, args: &Args) -> Result<Value> {
    match args.get(0).unwrapped() {
        Value::Str(text) if args.given(1) => Ok(Bytes::value(text.as_bytes())),
        Value::Str(_) => type_error("string argument without an encoding"),
        Value::Int(n) => match usize::try_from(n) {
            Ok(n) => {
                vm.reserve(n)?;
                Ok(Bytes::value(&vec![0; n]))
            }
            Err(_) => value_error("negative count"),
        },
        other if other.downcast::<Bytes>().is_some() => Ok(other),
        _ => {
            let byte = |item: &Value| match u8::try_from(index(item)?) {
                Ok(byte) => Ok(byte),
                Err(_) => value_error("bytes must be in range(0, 256)"),
            };
            let bytes = vm.items(args, 0)?.iter().map(byte).collect::<Result<Vec<u8>>>()?;
            Ok(Bytes::value(&bytes))
        }
    }
}

fn iter(_vm: &mut Machine, args: &Args) -> Result<Value> {
    Ok(Value::items_iterator(of(args, 0)?.iter().map(|&byte| Value::Int(byte.into())).collect()))
}

fn get_item(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let bytes = of(args, 0)?;
    if let Value::Slice(slice) = args.get(1) {
        let places = crate::machine::places(&slice, bytes.len())?;
        let part: Vec<u8> = places.filter_map(|i| bytes.get(i).copied()).collect();
        return Ok(Bytes::value(&part));
    }
    let i = index(&args.get(1))?;
    let place = if i < 0 { i.saturating_add(i64::try_from(bytes.len()).unwrap_or(i64::MAX)) } else { i };
    match usize::try_from(place).ok().and_then(|i| bytes.get(i)) {
        Some(&byte) => Ok(Value::Int(byte.into())),
        None => Err(Stop::error("IndexError", "index out of range")),
    }
}

fn add(_vm: &mut Machine, args: &Args) -> Result<Value> {
    if args.get(1).downcast::<Bytes>().is_none() {
        return type_error(format!("can't concat {} to bytes", args.get(1).type_name()));
    }
    Ok(Bytes::value(&[of(args, 0)?, of(args, 1)?].concat()))
}

fn join(vm: &mut Machine, args: &Args) -> Result<Value> {
    let separator = of(args, 0)?;
    let mut joined: Vec<u8> = Vec::new();
    for (i, item) in vm.items(args, 1)?.iter().enumerate() {
        let Some(part) = item.downcast::<Bytes>() else {
            let kind = item.type_name();
            return type_error(format!("sequence item {i}: expected a bytes-like object, {kind} found"));
        };
        if i > 0 {
            joined.extend_from_slice(&separator);
        }
        joined.extend_from_slice(&part.0);
    }
    vm.reserve(joined.len())?;
    Ok(Bytes::value(&joined))
}

fn decode(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let bytes = of(args, 0)?;
    match &*args.str(2)? {
        "replace" => return Ok(Value::from(String::from_utf8_lossy(&bytes).into_owned())),
        "ignore" => {
            let texts = bytes.utf8_chunks().map(|chunk| chunk.valid());
            return Ok(Value::from(texts.collect::<String>()));
        }
        _ => {}
    }
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(Value::str(text)),
        Err(error) => {
            let at = error.valid_up_to();
            value_error(format!("'utf-8' codec can't decode byte in position {at}"))
        }
    }
}

fn hex(_vm: &mut Machine, args: &Args) -> Result<Value> {
    Ok(Value::from(of(args, 0)?.iter().map(|byte| format!("{byte:02x}")).collect::<String>()))
}
