//! `dict`.

use super::class;
use super::view::{View, ViewKind};
use crate::class::Layout;
use crate::error::{Result, Stop, type_error, value_error};
use crate::machine::Machine;
use crate::map::{Key, Map};
use crate::native::{Args, Native, NativeClass};
use crate::value::Value;

pub(super) const DICT: NativeClass = NativeClass {
    constructor: Some(Native::new("dict(*args, **names)", make)),
    methods: &[&[
        Native::new("__init__(self, *args, **names)", init),
        Native::new("get(self, key, default=None, /)", get),
        Native::new("setdefault(self, key, default=None, /)", setdefault),
        Native::new("pop(self, key, default=None, /)", pop),
        Native::new("popitem(self)", popitem),
        Native::new("update(self, *args, **names)", update),
        Native::new("clear(self)", clear),
        Native::new("copy(self)", copy),
        Native::new("keys(self)", |_, args| view(args, ViewKind::Keys)),
        Native::new("values(self)", |_, args| view(args, ViewKind::Values)),
        Native::new("items(self)", |_, args| view(args, ViewKind::Items)),
        Native::new("fromkeys(iterable, value=None, /)", from_keys),
        Native::new("__or__(self, value, /)", union),
        Native::new("__ior__(self, value, /)", update_in_place),
        Native::new("__reversed__(self)", reversed),
        Native::new("__getitem__(self, index, /)", super::contain::get_item),
        Native::new("__setitem__(self, index, value, /)", super::contain::set_item),
        Native::new("__delitem__(self, index, /)", super::contain::delete_item),
        Native::new("__contains__(self, item, /)", super::contain::contains),
        Native::new("__iter__(self)", super::contain::iter),
        Native::new("__len__(self)", super::contain::len),
    ]],
    ..class("dict", Layout::Around)
};

/// The entries that `dict(…)` and `update(…)` are given.
fn entries(vm: &mut Machine, args: &Args, name: &str) -> Result<Map> {
    let mut map = Map::default();
    match &*args.rest {
        [] => {}
        [source] => match source.unwrapped() {
            Value::Dict(dict) => map = dict.0.borrow().clone(),
            plain => {
                let keys = matches!(plain, Value::Instance(_)) && vm.operator(&plain, "keys").is_some();
                let Some(items) = (if keys { None } else { vm.items_of(source)? }) else {
                    let mut names = Map::default();
                    args.names.iter().for_each(|(name, value)| names.set_str(name, value.clone()));
                    let all = vec![args.receiver(), source.clone(), Value::dict(names)];
                    return Err(Stop::call(
                        vm.helper(if name == "dict" { "_dict_of" } else { "_dict_update" }),
                        all,
                    ));
                };
                for (i, item) in items.iter().enumerate() {
                    let (key, value) = pair(vm, i, item)?;
                    map.set(map.key(key)?, value);
                }
            }
        },
        several => {
            return type_error(format!("{name} expected at most 1 argument, got {}", several.len()));
        }
    }
    for (name, value) in &args.names {
        map.set_str(name, value.clone());
    }
    vm.reserve(64 * map.len())?;
    Ok(map)
}

fn pair(vm: &mut Machine, i: usize, item: &Value) -> Result<(Value, Value)> {
    let wrong =
        || type_error(format!("cannot convert dictionary update sequence element #{i} to a sequence"));
    let items = match vm.items_of(item) {
        Ok(Some(items)) => items,
        Ok(None) | Err(Stop::Error(_)) => return wrong(),
        Err(error) => return Err(error),
    };
    match <[Value; 2]>::try_from(items) {
        Ok([key, value]) => Ok((key, value)),
        Err(items) => {
            let len = items.len();
            value_error(format!("dictionary update sequence element #{i} has length {len}; 2 is required"))
        }
    }
}

fn make(vm: &mut Machine, args: &Args) -> Result<Value> {
    entries(vm, args, "dict").map(Value::dict)
}

fn put(vm: &mut Machine, args: &Args, name: &str) -> Result<()> {
    let dict = args.dict(0)?;
    let new = entries(vm, args, name)?;
    let mut map = dict.0.borrow_mut();
    for (key, value) in new.iter() {
        map.set(Key::new(key.clone())?, value.clone());
    }
    Ok(())
}

fn init(vm: &mut Machine, args: &Args) -> Result<Value> {
    put(vm, args, "update").map(|()| Value::None)
}

fn update(vm: &mut Machine, args: &Args) -> Result<Value> {
    put(vm, args, "update").map(|()| Value::None)
}

fn get(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let dict = args.dict(0)?;
    let found = {
        let map = dict.0.borrow();
        map.get(&map.key(args.get(1))?)
    };
    Ok(found.unwrap_or_else(|| args.get(2)))
}

fn setdefault(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let dict = args.dict(0)?;
    let key = dict.0.borrow().key(args.get(1))?;
    if let Some(found) = dict.0.borrow().get(&key) {
        return Ok(found);
    }
    dict.0.borrow_mut().set(key, args.get(2));
    Ok(args.get(2))
}

fn pop(vm: &mut Machine, args: &Args) -> Result<Value> {
    let dict = args.dict(0)?;
    let key = dict.0.borrow().key(args.get(1))?;
    let gone = dict.0.borrow_mut().remove(&key);
    match gone {
        Some(value) => Ok(value),
        None if args.given(2) => Ok(args.get(2)),
        None => Err(vm.key_error(args.get(1))),
    }
}

fn popitem(vm: &mut Machine, args: &Args) -> Result<Value> {
    match args.dict(0)?.0.borrow_mut().pop_last() {
        Some((key, value)) => Ok(Value::tuple(vec![key.into_value(), value])),
        None => Err(vm.key_error(Value::str("popitem(): dictionary is empty"))),
    }
}

fn clear(_vm: &mut Machine, args: &Args) -> Result<Value> {
    args.dict(0)?.0.borrow_mut().clear();
    Ok(Value::None)
}

fn copy(vm: &mut Machine, args: &Args) -> Result<Value> {
    let map = args.dict(0)?.0.borrow().clone();
    vm.reserve(64 * map.len())?;
    Ok(Value::dict(map))
}

fn view(args: &Args, kind: ViewKind) -> Result<Value> {
    let ordered = matches!(args.get(0), Value::Instance(own) if own.class().is_builtin("OrderedDict"));
    Ok(View::of(args.dict(0)?, kind, ordered))
}

fn union(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let (Value::Dict(a), Value::Dict(b)) = (args.get(0).unwrapped(), args.get(1).unwrapped()) else {
        return Ok(Value::NotImplemented);
    };
    let mut map = a.0.borrow().clone();
    for (key, value) in b.0.borrow().iter() {
        map.set(Key::new(key.clone())?, value.clone());
    }
    Ok(Value::dict(map))
}

fn update_in_place(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let Value::Dict(other) = args.get(1).unwrapped() else { return Ok(Value::NotImplemented) };
    let new = other.0.borrow().clone();
    let dict = args.dict(0)?;
    for (key, value) in new.iter() {
        dict.0.borrow_mut().set(Key::new(key.clone())?, value.clone());
    }
    Ok(args.get(0))
}

fn reversed(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let keys = args.dict(0)?.0.borrow().keys().rev().map(|key| key.value().clone()).collect();
    Ok(Value::items_iterator(keys))
}

fn from_keys(vm: &mut Machine, args: &Args) -> Result<Value> {
    let mut map = Map::default();
    for key in vm.items(args, 0)? {
        map.set(Key::new(key)?, args.get(1));
    }
    Ok(Value::dict(map))
}
