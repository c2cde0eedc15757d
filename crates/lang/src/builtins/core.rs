//! What the machine itself relies on: `object`, `type`, exceptions, `iter` and `next`.

use std::rc::Rc;

use super::class;
use crate::class::{Class, Instance, Layout};
use crate::error::{Result, Stop, type_error};
use crate::iterate::{Next, resume};
use crate::machine::Machine;
use crate::map::{Attrs, Map};
use crate::native::{Args, Native, NativeClass};
use crate::value::{Module, Value};

pub(super) const OBJECT: NativeClass = NativeClass {
    methods: &[&[
        Native::new("__init__(self, *args, **names)", init),
        Native::new("__new__(cls, *args, **names)", new),
        Native::new("__setattr__(self, name, value)", set_attribute),
        Native::new("__getattribute__(self, name)", attribute),
        Native::new("__delattr__(self, name)", delete_attribute),
        Native::new("__repr__(self)", own_repr),
        Native::new("__str__(self)", own_str),
        Native::new("__format__(self, spec)", own_format),
        Native::new("__dir__(self)", super::lookup::dir),
        Native::new("__init_subclass__(*ignored)", nothing),
    ]],
    ..class("object", Layout::Plain)
};

pub(super) const TYPE: NativeClass = NativeClass {
    constructor: Some(Native::new("type(object, bases=None, names=None)", type_of)),
    methods: &[&[Native::new("mro(cls)", mro)]],
    ..class("type", Layout::Native)
};

pub(super) const BASE_EXCEPTION: NativeClass = NativeClass {
    methods: &[&[
        Native::new("__init__(self, *args, **names)", init_exception),
        Native::new("__str__(self)", exception_str),
        Native::new("with_traceback(self, traceback)", with_traceback),
    ]],
    ..class("BaseException", Layout::Exception)
};

pub(super) const FUNCTIONS: &[Native] = &[
    Native::new("iter(object, sentinel=None, /)", iter),
    Native::new("next(iterator, default=None, /)", next),
    Native::new("_wrap(cls, inner)", wrap),
    Native::new("_own(cls, name)", own),
    Native::new("_set_hash(object, hash)", set_hash),
    Native::new("_set_same(a, b, same)", set_same),
];

/// The constants that are no keywords, and the attributes that every exception has.
pub(super) fn build(vm: &mut Machine, module: &Rc<Module>) {
    module.set("NotImplemented", Value::NotImplemented);
    module.set("Ellipsis", Value::Ellipsis);
    module.set("__debug__", Value::Bool(true));
    if let Some(class) = vm.class("builtins", "BaseException") {
        for name in ["__cause__", "__context__", "__traceback__"] {
            class.attrs.borrow_mut().set(name.into(), Value::None);
        }
    }
}

fn nothing(_vm: &mut Machine, _args: &Args) -> Result<Value> {
    Ok(Value::None)
}

/// `object.__init__`: what a class without an `__init__` has.
fn init(vm: &mut Machine, args: &Args) -> Result<Value> {
    let Value::Instance(instance) = args.get(0) else { return Ok(Value::None) };
    let class = instance.class();
    if (args.rest.is_empty() && args.names.is_empty()) || class.layout == Layout::Around {
        return Ok(Value::None);
    }
    let by_program = |name: &str| matches!(class.lookup(name), Some(Value::Function(_) | Value::Property(_)));
    if by_program("__new__") && !by_program("__init__") {
        return Ok(Value::None);
    }
    let _ = vm;
    if by_program("__init__") {
        return type_error("object.__init__() takes exactly one argument (the instance to initialize)");
    }
    type_error(format!("{}() takes no arguments", class.name))
}

/// `object.__new__`, and that of `int`, `tuple` and so on: an object before its `__init__`.
fn new(vm: &mut Machine, args: &Args) -> Result<Value> {
    let Value::Class(class) = args.get(0) else {
        return type_error("object.__new__(X): X is not a type object");
    };
    let Some(constructor) = class.constructor.clone().filter(|_| class.layout == Layout::Around) else {
        if class.builtin.get() && class.layout == Layout::Native {
            return Err(Stop::call(Value::Class(class), args.rest.clone()));
        }
        return vm.instantiate(&class);
    };
    let changeable = matches!(constructor.native.name(), "list" | "dict" | "set");
    let own = class.is_native();
    if changeable && !own {
        return vm.instantiate(&class);
    }
    let bound = Args::bind(&constructor, args.rest.clone(), args.names.clone())?;
    let inner = match vm.native(&constructor, &bound) {
        Err(Stop::Call(call)) => {
            let mut names = Map::default();
            call.kwargs.iter().for_each(|(name, value)| names.set_str(name, value.clone()));
            let all = vec![Value::Class(class), call.callee, Value::tuple(call.args), Value::dict(names)];
            return Err(Stop::call(vm.helper("_new_around"), all));
        }
        inner => inner?,
    };
    Ok(if own { inner } else { around(&class, inner) })
}

/// An instance of a class derived from that of `inner`.
fn around(class: &Rc<Class>, inner: Value) -> Value {
    let instance = Instance::new(Rc::clone(class));
    *instance.inner.borrow_mut() = Some(inner);
    Value::Instance(instance)
}

fn wrap(_vm: &mut Machine, args: &Args) -> Result<Value> {
    match args.get(0) {
        Value::Class(class) if !class.is_native() => Ok(around(&class, args.get(1))),
        _ => Ok(args.get(1)),
    }
}

/// What a class itself has under a name, not its ancestors.
fn own(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let name = args.str(1)?;
    match args.get(0) {
        Value::Class(class) => Ok(class.attrs.borrow().get(&name).unwrap_or(Value::None)),
        _ => Err(args.wrong(0, "type")),
    }
}

/// Remembers what `__hash__` of the program gave: keys are compared without running it again.
fn set_hash(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let Value::Instance(instance) = args.get(0) else { return Ok(Value::None) };
    match args.get(1).as_int() {
        Some(hash) => instance.hash.set(Some(hash)),
        None => return type_error("__hash__ method should return an integer"),
    }
    Ok(Value::None)
}

/// Notes whether the program calls two keys equal.
fn set_same(vm: &mut Machine, args: &Args) -> Result<Value> {
    let same = vm.truth(&args.get(2))?.unwrap_or(true);
    if let (Value::Instance(a), Value::Instance(b)) = (args.get(0), args.get(1)) {
        a.same.borrow_mut().push((Rc::downgrade(&b), same));
    }
    Ok(Value::None)
}

fn set_attribute(vm: &mut Machine, args: &Args) -> Result<Value> {
    let name = args.str(1)?;
    match args.get(0) {
        Value::Instance(instance) => vm.set_plainly(&instance, &name, args.get(2))?,
        other => vm.set_attr(&other, &name, args.get(2))?,
    }
    Ok(Value::None)
}

fn attribute(vm: &mut Machine, args: &Args) -> Result<Value> {
    let name = args.str(1)?;
    match vm.find_attr(&args.get(0), &name)? {
        Some(value) => Ok(value),
        None => {
            let kind = args.get(0).type_name();
            crate::error::attribute_error(format!("'{kind}' object has no attribute '{name}'"))
        }
    }
}

fn delete_attribute(vm: &mut Machine, args: &Args) -> Result<Value> {
    let name = args.str(1)?;
    if let Value::Instance(instance) = args.get(0) {
        vm.delete_plainly(&instance, &name)?;
    }
    Ok(Value::None)
}

fn own_repr(vm: &mut Machine, args: &Args) -> Result<Value> {
    if let Value::Instance(instance) = args.get(0)
        && let Some(inner) = instance.inner.borrow().clone().filter(|inner| !matches!(inner, Value::Set(_)))
    {
        return Err(Stop::call(vm.helper("repr"), vec![inner]));
    }
    vm.show_without_own(&args.get(0)).map(Value::from)
}

/// `object.__str__`: what `repr` gives.
fn own_str(vm: &mut Machine, args: &Args) -> Result<Value> {
    match args.get(0) {
        Value::Instance(_) => Err(Stop::call(vm.helper("repr"), vec![args.get(0)])),
        other => super::show::str_of(vm, &other),
    }
}

fn own_format(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (object, spec) = (args.get(0), args.str(1)?);
    if spec.is_empty() {
        return Err(Stop::call(vm.helper("str"), vec![object]));
    }
    match super::format::format(vm, &object.unwrapped(), &spec)? {
        Some(text) => Ok(Value::from(text)),
        None => type_error(format!("unsupported format string passed to {}.__format__", object.type_name())),
    }
}

fn init_exception(_vm: &mut Machine, args: &Args) -> Result<Value> {
    if let Value::Instance(instance) = args.get(0) {
        instance.set("args", Value::tuple(args.rest.clone()));
    }
    Ok(Value::None)
}

fn exception_str(vm: &mut Machine, args: &Args) -> Result<Value> {
    match args.get(0) {
        Value::Instance(instance) => vm.show_exception(&instance).map(Value::from),
        _ => Err(args.wrong(0, "BaseException")),
    }
}

fn with_traceback(_vm: &mut Machine, args: &Args) -> Result<Value> {
    Ok(args.get(0))
}

fn type_of(vm: &mut Machine, args: &Args) -> Result<Value> {
    if !args.given(1) {
        return Ok(vm.class_of(&args.get(0)).map_or(Value::None, Value::Class));
    }
    let name = args.str(0)?;
    let mut bases = Vec::new();
    for base in args.get(1).sequence().unwrap_or_default() {
        match base {
            Value::Class(class) => bases.push(class),
            _ => return type_error("type() bases must be types"),
        }
    }
    if bases.is_empty() {
        bases.extend(vm.class("builtins", "object"));
    }
    let mut attrs = Attrs::default();
    for (key, value) in args.dict(2)?.0.borrow().iter() {
        if let Value::Str(key) = key {
            attrs.set(Rc::clone(key), value.clone());
        }
    }
    let named = match attrs.get("__module__") {
        Some(Value::Str(module)) => Some(module),
        _ => None,
    };
    let module = match vm.globals().and_then(|globals| globals.get("__name__")) {
        Some(Value::Str(module)) => module,
        _ => "__main__".into(),
    };
    let class = Class::new(name, named.unwrap_or(module), bases, attrs)?;
    Err(Stop::call(vm.helper("_made_class"), vec![Value::Class(class)]))
}

fn mro(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let Value::Class(class) = args.get(0) else { return Err(args.wrong(0, "type")) };
    let mut order = vec![Value::Class(Rc::clone(&class))];
    order.extend(class.ancestors.borrow().iter().cloned().map(Value::Class));
    Ok(Value::list(order))
}

fn iter(vm: &mut Machine, args: &Args) -> Result<Value> {
    if args.given(1) {
        return Err(Stop::call(vm.helper("_iter_until"), vec![args.get(0), args.get(1)]));
    }
    vm.iter(&args.get(0))
}

fn next(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (iterator, default) = (args.get(0), args.given(1).then(|| args.get(1)));
    if let Value::Generator(generator) = &iterator {
        return Err(match resume(generator, Value::None) {
            Stop::Resume(mut resume) => {
                resume.default = default;
                Stop::Resume(resume)
            }
            other => other,
        });
    }
    match (vm.next(&iterator), default) {
        (Ok(Next::Item(item)), _) => Ok(item),
        (Ok(Next::End), Some(default)) => Ok(default),
        (Ok(Next::End), None) => {
            let exception = vm.exception("StopIteration", Vec::new())?;
            Err(Stop::Raise(exception))
        }
        (Err(Stop::Call(call)), Some(default)) => {
            Err(Stop::call(vm.helper("_next_or"), vec![call.callee, Value::tuple(call.args), default]))
        }
        (Err(stop), _) => Err(stop),
    }
}
