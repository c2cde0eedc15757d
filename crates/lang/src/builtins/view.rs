//! What `keys()`, `values()` and `items()` of a dict give: they see it change.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use super::class;
use super::set::{Combine, combined};
use crate::class::Layout;
use crate::error::Result;
use crate::fork::Fork;
use crate::iterate::IterState;
use crate::machine::Machine;
use crate::map::{Key, Map};
use crate::native::{Args, Native, NativeClass};
use crate::object::Object;
use crate::value::{Dict, Value};

/// Which part of the entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ViewKind {
    Keys,
    Values,
    Items,
}

impl ViewKind {
    /// That part of an entry.
    pub(crate) fn of(self, key: &Value, value: &Value) -> Value {
        match self {
            Self::Keys => key.clone(),
            Self::Values => value.clone(),
            Self::Items => Value::tuple(vec![key.clone(), value.clone()]),
        }
    }
}

/// `dict_keys`, `dict_values` or `dict_items`.
pub(crate) struct View {
    dict: RefCell<Value>,
    kind: ViewKind,
    /// Whether the dict is an `OrderedDict`, which is only seen when it is printed.
    ordered: bool,
}

impl View {
    pub(super) fn of(dict: Rc<Dict>, kind: ViewKind, ordered: bool) -> Value {
        Value::object(Self { dict: RefCell::new(Value::Dict(dict)), kind, ordered })
    }

    fn dict(&self) -> Option<Rc<Dict>> {
        match &*self.dict.borrow() {
            Value::Dict(dict) => Some(Rc::clone(dict)),
            _ => None,
        }
    }

    /// Its keys, values or entries.
    pub(crate) fn values(&self) -> Vec<Value> {
        let part = |(key, value): (&Value, &Value)| self.kind.of(key, value);
        self.dict().map_or_else(Vec::new, |dict| dict.0.borrow().iter().map(part).collect())
    }

    /// `dict_keys`, or `odict_keys`.
    pub(crate) fn name(&self) -> String {
        format!("{}{}", if self.ordered { "o" } else { "" }, self.class().1)
    }

    /// What walking it walks.
    pub(crate) fn iterate(&self) -> Option<IterState> {
        let dict = self.dict()?;
        let len = dict.0.borrow().len();
        Some(IterState::Entries(dict, self.kind, 0, len))
    }
}

impl Object for View {
    fn class(&self) -> (&'static str, &'static str) {
        let name = match self.kind {
            ViewKind::Keys => "dict_keys",
            ViewKind::Values => "dict_values",
            ViewKind::Items => "dict_items",
        };
        ("builtins", name)
    }

    fn repr(&self, vm: &mut Machine) -> Result<String> {
        let text = vm.repr_plain(&Value::list(self.values()));
        Ok(format!("{}({text})", self.name()))
    }

    fn fork(&self, fork: &mut Fork) -> Option<Rc<dyn Object>> {
        let copy = Rc::new(Self { dict: RefCell::new(Value::None), kind: self.kind, ordered: self.ordered });
        fork.fill_cell(&copy, &self.dict, |copy| &copy.dict);
        Some(copy)
    }

    fn each(&self, visit: &mut dyn FnMut(&Value)) {
        visit(&self.dict.borrow());
    }

    fn truth(&self) -> bool {
        self.dict().is_some_and(|dict| dict.0.borrow().len() > 0)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

const fn view(name: &'static str, methods: &'static [&'static [Native]]) -> NativeClass {
    NativeClass { methods, ..class(name, Layout::Native) }
}

pub(super) const KEYS: NativeClass = view("dict_keys", &[COMMON, SETS]);
pub(super) const VALUES: NativeClass = view("dict_values", &[COMMON]);
pub(super) const ITEMS: NativeClass = view("dict_items", &[COMMON, SETS]);

const COMMON: &[Native] = &[
    Native::new("__iter__(self)", super::contain::iter),
    Native::new("__len__(self)", super::contain::len),
    Native::new("__reversed__(self)", reversed),
];

/// Keys and items are sets.
const SETS: &[Native] = &[
    Native::new("__and__(self, value, /)", |vm, args| operator(vm, args, Combine::And)),
    Native::new("__or__(self, value, /)", |vm, args| operator(vm, args, Combine::Or)),
    Native::new("__sub__(self, value, /)", |vm, args| operator(vm, args, Combine::Sub)),
    Native::new("__xor__(self, value, /)", |vm, args| operator(vm, args, Combine::Xor)),
    Native::new("__eq__(self, value, /)", equal),
    Native::new("isdisjoint(self, other, /)", disjoint),
];

fn keys(items: Vec<Value>) -> Result<Map> {
    let mut map = Map::default();
    for item in items {
        map.set(Key::new(item)?, Value::None);
    }
    Ok(map)
}

fn both(vm: &mut Machine, args: &Args) -> Result<Option<(Map, Map)>> {
    let own = keys(args.get(0).downcast::<View>().map_or_else(Vec::new, View::values))?;
    match vm.items_of(&args.get(1))? {
        Some(other) => Ok(Some((own, keys(other)?))),
        None => Ok(None),
    }
}

fn operator(vm: &mut Machine, args: &Args, how: Combine) -> Result<Value> {
    match both(vm, args)? {
        Some((a, b)) => Ok(Value::set(combined(&a, &b, how)?)),
        None => Ok(Value::NotImplemented),
    }
}

fn equal(vm: &mut Machine, args: &Args) -> Result<Value> {
    let set = matches!(args.get(1).unwrapped(), Value::Set(_)) || args.get(1).downcast::<View>().is_some();
    if !set {
        return Ok(Value::NotImplemented);
    }
    match both(vm, args)? {
        Some((a, b)) => Ok(Value::Bool(a.len() == b.len() && a.keys().all(|key| b.contains(key)))),
        None => Ok(Value::NotImplemented),
    }
}

fn disjoint(vm: &mut Machine, args: &Args) -> Result<Value> {
    let own = keys(args.get(0).downcast::<View>().map_or_else(Vec::new, View::values))?;
    let other = keys(vm.items(args, 1)?)?;
    Ok(Value::Bool(!own.keys().any(|key| other.contains(key))))
}

fn reversed(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let mut items = args.get(0).downcast::<View>().map_or_else(Vec::new, View::values);
    items.reverse();
    Ok(Value::items_iterator(items))
}
