//! Questions about objects: their types, attributes, hashes and sizes.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::error::{Result, Stop, type_error};
use crate::machine::Machine;
use crate::map::{Key, Map};
use crate::native::{Args, Native};
use crate::value::Value;

pub(super) const FUNCTIONS: &[Native] = &[
    Native::new("len(obj, /)", len),
    Native::new("isinstance(obj, class_or_tuple, /)", isinstance),
    Native::new("issubclass(cls, class_or_tuple, /)", issubclass),
    Native::new("callable(obj, /)", callable),
    Native::new("hash(obj, /)", hash),
    Native::new("id(obj, /)", id),
    Native::new("getattr(object, name, default=None, /)", getattr),
    Native::new("hasattr(obj, name, /)", hasattr),
    Native::new("setattr(obj, name, value, /)", setattr),
    Native::new("delattr(obj, name, /)", delattr),
    Native::new("dir(object=None, /)", dir),
    Native::new("vars(object=None, /)", vars),
    Native::new("globals()", globals),
    Native::new("_find_global(module, name)", find_global),
];

fn len(vm: &mut Machine, args: &Args) -> Result<Value> {
    let value = args.get(0);
    if let Value::Instance(_) = value
        && let Some(function @ Value::Function(_)) = vm.operator(&value, "__len__")
    {
        return Err(Stop::call(vm.helper("_len"), vec![function, value]));
    }
    let len = match value.unwrapped() {
        Value::Str(text) => text.chars().count(),
        Value::List(list) => list.0.borrow().len(),
        Value::Tuple(tuple) => tuple.items().len(),
        Value::Dict(dict) => dict.0.borrow().len(),
        Value::Set(set) => set.items.borrow().len(),
        Value::Range(range) => range.len(),
        Value::Tensor(tensor) => match tensor.tensor.shape().first() {
            Some(&len) => len,
            None => return type_error("len() of a 0-d tensor"),
        },
        Value::Class(class) if class.lookup("_members_").is_some() => {
            return Err(Stop::call(vm.helper("_len_of_class"), vec![value]));
        }
        other => match vm.operator(&other, "__len__") {
            Some(function) => return Err(Stop::call(function, vec![value])),
            None => return type_error(format!("object of type '{}' has no len()", other.type_name())),
        },
    };
    Ok(Value::from(len))
}

/// Whether `class` is, or is derived from, one of `kinds`.
fn derived(vm: &Machine, value: &Value, kinds: &Value, name: &str) -> Result<bool> {
    match kinds {
        // Tuples may be inside each other, however deep.
        Value::Tuple(_) => {
            let mut rest = vec![kinds.clone()];
            while let Some(kind) = rest.pop() {
                match &kind {
                    Value::Tuple(inner) => rest.extend(inner.items().iter().rev().cloned()),
                    kind if derived(vm, value, kind, name)? => return Ok(true),
                    _ => {}
                }
            }
            Ok(false)
        }
        Value::Class(kind) => {
            let Value::Class(class) = value else { return Ok(false) };
            Ok(class.is_subclass(kind) || virtual_subclass(&class.name, kind.builtin.get(), &kind.name))
        }
        Value::Instance(_) if vm.operator(kinds, "__instancecheck__").is_some() => Ok(true),
        _ => type_error(format!("{name}() arg 2 must be a type, a tuple of types, or a union")),
    }
}

/// What `collections.abc` and `numbers` count among their classes.
fn virtual_subclass(class: &str, ours: bool, kind: &str) -> bool {
    let sequence = matches!(class, "list" | "tuple" | "str" | "range" | "Size");
    let container = sequence
        || matches!(class, "dict" | "set" | "frozenset" | "dict_keys" | "dict_values" | "dict_items");
    ours && match kind {
        "Number" | "Real" => matches!(class, "int" | "float" | "bool"),
        "Integral" => matches!(class, "int" | "bool"),
        "Sequence" => sequence,
        "MutableSequence" => class == "list",
        "Mapping" | "MutableMapping" => class == "dict",
        "Iterable" => container || class == "generator",
        "Sized" | "Container" | "Collection" => container,
        "Iterator" | "Generator" => class == "generator",
        "Callable" => matches!(class, "function" | "builtin_function_or_method" | "method" | "type"),
        "Hashable" => matches!(class, "int" | "float" | "bool" | "str" | "tuple" | "NoneType"),
        _ => false,
    }
}

fn isinstance(vm: &mut Machine, args: &Args) -> Result<Value> {
    if let Value::Tensor(tensor) = args.get(0)
        && crate::torch::is_of_type(&tensor.tensor, &args.get(1))
    {
        return Ok(Value::Bool(true));
    }
    let class = vm.class_of(&args.get(0)).map_or(Value::None, Value::Class);
    derived(vm, &class, &args.get(1), "isinstance").map(Value::Bool)
}

fn issubclass(vm: &mut Machine, args: &Args) -> Result<Value> {
    match args.get(0) {
        class @ Value::Class(_) => derived(vm, &class, &args.get(1), "issubclass").map(Value::Bool),
        _ => type_error("issubclass() arg 1 must be a class"),
    }
}

fn callable(vm: &mut Machine, args: &Args) -> Result<Value> {
    let value = args.get(0);
    let plain = matches!(value, Value::Function(_) | Value::Native(_) | Value::Method(_) | Value::Class(_));
    Ok(Value::Bool(plain || vm.operator(&value, "__call__").is_some()))
}

fn hash(vm: &mut Machine, args: &Args) -> Result<Value> {
    let value = args.get(0);
    if let Value::Instance(_) = value
        && let Some(function @ Value::Function(_)) = vm.operator(&value, "__hash__")
    {
        return Err(Stop::call(function, vec![value]));
    }
    let whole = |i: i64| {
        let rest = i.unsigned_abs() % ((1 << 61) - 1);
        let hash = i64::try_from(rest).unwrap_or_default() * i.signum();
        if hash == -1 { -2 } else { hash }
    };
    let key = Key::new(value.clone())?;
    Ok(Value::Int(match &value {
        Value::Int(i) => whole(*i),
        Value::Bool(b) => i64::from(*b),
        Value::Float(x) if x.trunc() == *x && x.abs() < 9e18 => whole(*x as i64),
        _ => {
            let mut hasher = DefaultHasher::new();
            key.hash(&mut hasher);
            i64::from_ne_bytes(hasher.finish().to_ne_bytes()) >> 1
        }
    }))
}

fn id(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let value = args.get(0);
    let address = match &value {
        Value::Str(_) | Value::Int(_) | Value::Float(_) | Value::Bool(_) | Value::None => {
            let mut hasher = DefaultHasher::new();
            Key::new(value.clone())?.hash(&mut hasher);
            usize::try_from(hasher.finish() >> 17).unwrap_or_default() & !15
        }
        other => other.address().unwrap_or_default(),
    };
    Ok(Value::from(address))
}

fn name(args: &Args) -> Result<std::rc::Rc<str>> {
    match args.get(1).unwrapped() {
        Value::Str(name) => Ok(name),
        other => type_error(format!("attribute name must be string, not '{}'", other.type_name())),
    }
}

fn getattr(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (object, name) = (args.get(0), name(args)?);
    if !args.given(2) {
        return vm.get_attr(&object, &name);
    }
    if asks(vm, &object) {
        let all = vec![object, Value::Str(name), args.get(2)];
        return Err(Stop::call(vm.helper("_getattr_or"), all));
    }
    match vm.find_attr(&object, &name) {
        Ok(found) => Ok(found.unwrap_or_else(|| args.get(2))),
        Err(Stop::Call(_)) => {
            Err(Stop::call(vm.helper("_getattr_or"), vec![object, Value::Str(name), args.get(2)]))
        }
        Err(Stop::Error(fault)) if fault.class == "AttributeError" => Ok(args.get(2)),
        Err(error) => Err(error),
    }
}

/// Whether the program says which attributes an object has.
fn asks(vm: &Machine, object: &Value) -> bool {
    let by_program = |name| matches!(vm.operator(object, name), Some(Value::Function(_)));
    matches!(object, Value::Instance(_)) && (by_program("__getattr__") || by_program("__getattribute__"))
}

fn hasattr(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (object, name) = (args.get(0), name(args)?);
    if asks(vm, &object) {
        return Err(Stop::call(vm.helper("_hasattr"), vec![object, Value::Str(name)]));
    }
    match vm.find_attr(&object, &name) {
        Ok(found) => Ok(Value::Bool(found.is_some())),
        Err(Stop::Call(_)) => Err(Stop::call(vm.helper("_hasattr"), vec![object, Value::Str(name)])),
        Err(Stop::Error(fault)) if fault.class == "AttributeError" => Ok(Value::Bool(false)),
        Err(error) => Err(error),
    }
}

fn setattr(vm: &mut Machine, args: &Args) -> Result<Value> {
    let name = name(args)?;
    match vm.set_attr(&args.get(0), &name, args.get(2)) {
        Ok(()) => Ok(Value::None),
        Err(Stop::Call(call)) => {
            Err(Stop::call(vm.helper("_silently"), vec![call.callee, Value::tuple(call.args)]))
        }
        Err(error) => Err(error),
    }
}

fn delattr(vm: &mut Machine, args: &Args) -> Result<Value> {
    let name = name(args)?;
    match vm.delete_attr(&args.get(0), &name) {
        Ok(()) => Ok(Value::None),
        Err(Stop::Call(call)) => {
            Err(Stop::call(vm.helper("_silently"), vec![call.callee, Value::tuple(call.args)]))
        }
        Err(error) => Err(error),
    }
}

pub(super) fn dir(vm: &mut Machine, args: &Args) -> Result<Value> {
    let object = match (args.given(0), vm.globals()) {
        (false, Some(globals)) => Value::Module(globals),
        _ => args.get(0),
    };
    Ok(Value::list(vm.dir(&object).into_iter().map(Value::Str).collect()))
}

fn vars(vm: &mut Machine, args: &Args) -> Result<Value> {
    match args.opt(0) {
        None => Ok(Value::dict(vm.frames.last().map(super::frames::variables).unwrap_or_default())),
        Some(Value::Module(module)) => {
            let mut map = Map::default();
            module.attrs.borrow().iter().for_each(|(name, value)| map.set_str(name, value.clone()));
            Ok(Value::dict(map))
        }
        Some(object) => match vm.find_attr(&object, "__dict__")? {
            Some(dict) => Ok(dict),
            None => type_error("vars() argument must have __dict__ attribute"),
        },
    }
}

fn globals(vm: &mut Machine, _args: &Args) -> Result<Value> {
    let mut map = Map::default();
    if let Some(globals) = vm.globals() {
        globals.attrs.borrow().iter().for_each(|(name, value)| map.set_str(name, value.clone()));
    }
    Ok(Value::dict(map))
}

/// What a module, or the nearest one around it that there is, calls by a name; `None` if nothing.
fn find_global(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (module, name) = (args.str(0)?, args.str(1)?);
    let mut place = Some(&*module);
    while let Some(path) = place {
        if let Some(found) = vm.modules.get(path).and_then(|module| module.get(&name)) {
            return Ok(found);
        }
        place = path.rsplit_once('.').map(|(outer, _)| outer);
    }
    Ok(Value::None)
}
