//! `set` and `frozenset`.

use std::rc::Rc;

use super::class;
use crate::class::Layout;
use crate::error::{Result, Stop};
use crate::machine::Machine;
use crate::map::Map;
use crate::native::{Args, Native, NativeClass};
use crate::value::{Set, Value};

pub(super) const SET: NativeClass = NativeClass {
    constructor: Some(Native::new("set(iterable=(), /)", make)),
    methods: &[
        &[
            Native::new("__init__(self, iterable=(), /)", init),
            Native::new("add(self, elem, /)", add),
            Native::new("remove(self, elem, /)", remove),
            Native::new("discard(self, elem, /)", discard),
            Native::new("pop(self)", pop),
            Native::new("clear(self)", clear),
            Native::new("update(self, *others)", |vm, args| change(vm, args, Combine::Or)),
            Native::new("intersection_update(self, *others)", |vm, args| change(vm, args, Combine::And)),
            Native::new("difference_update(self, *others)", |vm, args| change(vm, args, Combine::Sub)),
            Native::new("symmetric_difference_update(self, *others)", |vm, args| {
                change(vm, args, Combine::Xor)
            }),
            Native::new("__ior__(self, value, /)", |_, args| in_place(args, Combine::Or)),
            Native::new("__iand__(self, value, /)", |_, args| in_place(args, Combine::And)),
            Native::new("__isub__(self, value, /)", |_, args| in_place(args, Combine::Sub)),
            Native::new("__ixor__(self, value, /)", |_, args| in_place(args, Combine::Xor)),
        ],
        COMMON,
    ],
    ..class("set", Layout::Around)
};

pub(super) const FROZENSET: NativeClass = NativeClass {
    constructor: Some(Native::new("frozenset(iterable=(), /)", make_frozen)),
    methods: &[COMMON],
    ..class("frozenset", Layout::Around)
};

const COMMON: &[Native] = &[
    Native::new("union(self, *others)", |vm, args| method(vm, args, Combine::Or)),
    Native::new("intersection(self, *others)", |vm, args| method(vm, args, Combine::And)),
    Native::new("difference(self, *others)", |vm, args| method(vm, args, Combine::Sub)),
    Native::new("symmetric_difference(self, *others)", |vm, args| method(vm, args, Combine::Xor)),
    Native::new("__or__(self, value, /)", |_, args| operator(args, Combine::Or)),
    Native::new("__and__(self, value, /)", |_, args| operator(args, Combine::And)),
    Native::new("__sub__(self, value, /)", |_, args| operator(args, Combine::Sub)),
    Native::new("__xor__(self, value, /)", |_, args| operator(args, Combine::Xor)),
    Native::new("issubset(self, other, /)", |vm, args| relation(vm, args, within)),
    Native::new("issuperset(self, other, /)", |vm, args| relation(vm, args, |a, b| within(b, a))),
    Native::new("isdisjoint(self, other, /)", |vm, args| {
        relation(vm, args, |a, b| !a.keys().any(|key| b.contains(key)))
    }),
    Native::new("copy(self)", copy),
    Native::new("__contains__(self, item, /)", super::contain::contains),
    Native::new("__iter__(self)", super::contain::iter),
    Native::new("__len__(self)", super::contain::len),
];

/// How two sets become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Combine {
    And,
    Or,
    Sub,
    Xor,
}

/// The set of two.
///
/// # Errors
/// None, as the elements of sets can be hashed.
pub(super) fn combined(a: &Map, b: &Map, how: Combine) -> Result<Map> {
    let mut out = Map::default();
    for key in a.keys() {
        let keep = match how {
            Combine::Or => true,
            Combine::And => b.contains(key),
            Combine::Sub | Combine::Xor => !b.contains(key),
        };
        if keep {
            out.set(key.clone(), Value::None);
        }
    }
    if matches!(how, Combine::Or | Combine::Xor) {
        for key in b.keys().filter(|key| !a.contains(key)) {
            out.set(key.clone(), Value::None);
        }
    }
    Ok(out)
}

fn set(args: &Args, i: usize) -> Result<Rc<Set>> {
    match args.get(i).unwrapped() {
        Value::Set(set) => Ok(set),
        _ => Err(args.wrong(i, "set")),
    }
}

fn elements(vm: &mut Machine, items: Vec<Value>) -> Result<Map> {
    vm.reserve(64 * items.len())?;
    let mut map = Map::default();
    for item in items {
        map.set(map.key(item)?, Value::None);
    }
    Ok(map)
}

fn with(map: Map, frozen: bool) -> Value {
    let set = Value::set(map);
    if let Value::Set(set) = &set {
        set.frozen.set(frozen);
    }
    set
}

fn make(vm: &mut Machine, args: &Args) -> Result<Value> {
    let items = vm.items(args, 0)?;
    elements(vm, items).map(|map| with(map, false))
}

fn make_frozen(vm: &mut Machine, args: &Args) -> Result<Value> {
    let items = vm.items(args, 0)?;
    elements(vm, items).map(|map| with(map, true))
}

fn init(vm: &mut Machine, args: &Args) -> Result<Value> {
    let set = set(args, 0)?;
    let items = vm.items(args, 1)?;
    let map = elements(vm, items)?;
    *set.items.borrow_mut() = map;
    Ok(Value::None)
}

fn add(vm: &mut Machine, args: &Args) -> Result<Value> {
    let set = set(args, 0)?;
    let key = set.items.borrow().key(args.get(1))?;
    set.items.borrow_mut().set(key, Value::None);
    vm.charge(64);
    Ok(Value::None)
}

fn remove(vm: &mut Machine, args: &Args) -> Result<Value> {
    let set = set(args, 0)?;
    let key = set.items.borrow().key(args.get(1))?;
    let gone = set.items.borrow_mut().remove(&key);
    match gone {
        Some(_) => Ok(Value::None),
        None => Err(vm.key_error(args.get(1))),
    }
}

fn discard(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let set = set(args, 0)?;
    let key = set.items.borrow().key(args.get(1))?;
    set.items.borrow_mut().remove(&key);
    Ok(Value::None)
}

fn pop(vm: &mut Machine, args: &Args) -> Result<Value> {
    let set = set(args, 0)?;
    let first = set.items.borrow().keys().next().cloned();
    match first {
        Some(key) => {
            set.items.borrow_mut().remove(&key);
            Ok(key.into_value())
        }
        None => Err(vm.key_error(Value::str("pop from an empty set"))),
    }
}

fn clear(_vm: &mut Machine, args: &Args) -> Result<Value> {
    set(args, 0)?.items.borrow_mut().clear();
    Ok(Value::None)
}

fn copy(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let set = set(args, 0)?;
    let items = set.items.borrow().clone();
    Ok(with(items, set.frozen.get()))
}

/// The set combined with everything that is given; if the program gives it, the helper makes lists first.
fn all_combined(vm: &mut Machine, args: &Args, how: Combine) -> Result<Map> {
    let mut map = set(args, 0)?.items.borrow().clone();
    for other in &args.rest {
        let Some(items) = vm.items_of(other)? else { return Err(args.again_with_lists(vm)) };
        let other = elements(vm, items)?;
        map = combined(&map, &other, how)?;
    }
    Ok(map)
}

fn method(vm: &mut Machine, args: &Args, how: Combine) -> Result<Value> {
    let frozen = set(args, 0)?.frozen.get();
    all_combined(vm, args, how).map(|map| with(map, frozen))
}

fn change(vm: &mut Machine, args: &Args, how: Combine) -> Result<Value> {
    let map = all_combined(vm, args, how)?;
    *set(args, 0)?.items.borrow_mut() = map;
    Ok(Value::None)
}

fn operator(args: &Args, how: Combine) -> Result<Value> {
    let (Value::Set(a), Value::Set(b)) = (args.get(0).unwrapped(), args.get(1).unwrapped()) else {
        return Ok(Value::NotImplemented);
    };
    let map = combined(&a.items.borrow(), &b.items.borrow(), how)?;
    Ok(with(map, a.frozen.get()))
}

fn in_place(args: &Args, how: Combine) -> Result<Value> {
    let (Value::Set(a), Value::Set(b)) = (args.get(0).unwrapped(), args.get(1).unwrapped()) else {
        return Ok(Value::NotImplemented);
    };
    let map = combined(&a.items.borrow(), &b.items.borrow(), how)?;
    *a.items.borrow_mut() = map;
    Ok(args.get(0))
}

fn within(a: &Map, b: &Map) -> bool {
    a.keys().all(|key| b.contains(key))
}

fn relation(vm: &mut Machine, args: &Args, holds: fn(&Map, &Map) -> bool) -> Result<Value> {
    let set = set(args, 0)?;
    let items = vm.items(args, 1)?;
    let other = elements(vm, items)?;
    let holds = holds(&set.items.borrow(), &other);
    Ok(Value::Bool(holds))
}

/// The call of the function with lists in the place of what the program gives.
impl Args {
    fn again_with_lists(&self, vm: &Machine) -> Stop {
        let (function, args) = self.call();
        Stop::call(vm.helper("_with_lists"), vec![function, Value::tuple(args)])
    }
}
