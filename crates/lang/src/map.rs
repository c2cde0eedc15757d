//! Ordered maps: of attributes, by name, and of a `dict`, by anything that can be hashed.

use std::cell::RefCell;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use indexmap::IndexMap;

use crate::ast::Name;
use crate::class::Instance;
use crate::error::{Result, Stop, type_error};
use crate::value::{TupleKind, Value};

/// Attributes in the order in which they were first set.
#[derive(Clone, Default)]
pub(crate) struct Attrs(IndexMap<Name, Value>);

impl Attrs {
    pub(crate) fn get(&self, name: &str) -> Option<Value> {
        self.0.get(name).cloned()
    }

    pub(crate) fn set(&mut self, name: Name, value: Value) {
        self.0.insert(name, value);
    }

    pub(crate) fn remove(&mut self, name: &str) -> Option<Value> {
        self.0.shift_remove(name)
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Name, &Value)> {
        self.0.iter()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Takes everything out.
    pub(crate) fn take(&mut self) -> Vec<Value> {
        std::mem::take(&mut self.0).into_values().collect()
    }
}

/// A value that can be hashed, made by [`Key::new`].
#[derive(Clone)]
pub(crate) struct Key(Value);

/// How deep tuples may be inside each other as a key.
const DEEPEST: usize = 50;

/// How many items they may have in all.
const MOST: usize = 1 << 22;

impl Key {
    /// # Errors
    /// `TypeError` if it cannot be hashed.
    pub(crate) fn new(value: Value) -> Result<Self> {
        check(&value, 0, &mut 0)?;
        Ok(Self(value))
    }

    pub(crate) fn value(&self) -> &Value {
        &self.0
    }

    pub(crate) fn into_value(self) -> Value {
        self.0
    }
}

fn check(value: &Value, depth: usize, seen: &mut usize) -> Result<()> {
    let name = match value {
        Value::List(_) => "list",
        Value::Dict(_) => "dict",
        Value::Set(set) if !set.frozen.get() => "set",
        Value::Slice(_) => "slice",
        Value::Object(object) if !object.is_hashable() => {
            return type_error(format!("unhashable type: '{}'", value.type_name()));
        }
        Value::Instance(instance) => return check_instance(instance, depth, seen),
        Value::Tuple(tuple) if depth < DEEPEST => {
            *seen += tuple.items().len();
            if *seen > MOST {
                return type_error("tuples have too many items to be hashed");
            }
            return tuple.items().iter().try_for_each(|item| check(item, depth + 1, seen));
        }
        Value::Tuple(_) => return type_error("tuples are too deep inside each other to be hashed"),
        _ => return Ok(()),
    };
    type_error(format!("unhashable type: '{name}'"))
}

/// An object with a `__hash__` of the program is asked for it once; one with an `__eq__` alone cannot be hashed.
fn check_instance(instance: &Rc<Instance>, depth: usize, seen: &mut usize) -> Result<()> {
    let class = instance.class();
    if let Some(Value::Int(_) | Value::Float(_) | Value::Str(_)) = &*instance.inner.borrow()
        && !matches!(class.lookup("__eq__"), Some(Value::Function(_)))
    {
        // A number or a text by another name, whose place in a dict is that of its value.
        return Ok(());
    }
    match class.lookup("__hash__") {
        Some(Value::Function(_)) if instance.hash.get().is_some() => Ok(()),
        Some(Value::Function(_)) => Err(Stop::Hash(Value::Instance(Rc::clone(instance)))),
        None if !matches!(class.lookup("__eq__"), Some(Value::Function(_))) => {
            let inner = instance.inner.borrow().clone();
            inner.map_or(Ok(()), |inner| check(&inner, depth, seen))
        }
        _ => type_error(format!("unhashable type: '{}'", class.name)),
    }
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_into(&self.0, state);
    }
}

fn hash_into<H: Hasher>(value: &Value, state: &mut H) {
    match &value.plain() {
        Value::Bool(b) => i64::from(*b).hash(state),
        Value::Int(i) => i.hash(state),
        // A float that is a whole number is equal to that number.
        Value::Float(x) if *x == x.trunc() && x.abs() < 9e18 => (*x as i64).hash(state),
        Value::Float(x) => x.to_bits().hash(state),
        Value::Str(s) => s.hash(state),
        Value::Tuple(tuple) => tuple.items().iter().for_each(|item| hash_into(item, state)),
        Value::Range(range) => (range.start, range.stop, range.step).hash(state),
        // The order of the elements must not count.
        Value::Set(set) => set.items.borrow().len().hash(state),
        Value::Object(object) => object.hash().unwrap_or_default().hash(state),
        Value::Instance(instance) => match (instance.hash.get(), &*instance.inner.borrow()) {
            (Some(hash), _) => hash.hash(state),
            (None, Some(inner)) => hash_into(inner, state),
            (None, None) => value.address().hash(state),
        },
        other => other.address().hash(state),
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        equal(&self.0, &other.0)
    }
}

impl Eq for Key {}

thread_local! {
    /// Two keys with the same hash of which it is not known whether the program calls them equal.
    static UNSURE: RefCell<Option<(Value, Value)>> = const { RefCell::new(None) };
}

/// Whether two objects with a `__hash__` of the program are one key. Keys are compared where the program cannot be run: what it must
/// be asked first is noted, and counts as different.
fn same_key(x: &Rc<Instance>, y: &Rc<Instance>) -> bool {
    if Rc::ptr_eq(x, y) || x.hash.get() != y.hash.get() {
        return Rc::ptr_eq(x, y);
    }
    let compared = |instance: &Rc<Instance>| instance.class().lookup("__eq__");
    if !matches!((compared(x), compared(y)), (Some(Value::Function(_)), _) | (_, Some(Value::Function(_)))) {
        return false;
    }
    let known = |a: &Rc<Instance>, b: &Rc<Instance>| {
        let answers = a.same.borrow();
        answers.iter().find(|(other, _)| other.as_ptr() == Rc::as_ptr(b)).map(|(_, same)| *same)
    };
    known(x, y).or_else(|| known(y, x)).unwrap_or_else(|| {
        UNSURE.set(Some((Value::Instance(Rc::clone(x)), Value::Instance(Rc::clone(y)))));
        false
    })
}

/// Equality of what can be hashed.
fn equal(a: &Value, b: &Value) -> bool {
    if let (Value::Instance(x), Value::Instance(y)) = (a, b)
        && x.hash.get().is_some()
        && y.hash.get().is_some()
    {
        return same_key(x, y);
    }
    let inner = |value: &Value| match value {
        Value::Instance(instance) if instance.hash.get().is_none() => instance.inner.borrow().clone(),
        _ => None,
    };
    let (x, y) = (inner(a), inner(b));
    if x.is_some() || y.is_some() {
        return equal(x.as_ref().unwrap_or(a), y.as_ref().unwrap_or(b));
    }
    let number = |v: &Value| match v {
        Value::Bool(b) => Some(i64::from(*b)),
        Value::Int(i) => Some(*i),
        _ => None,
    };
    // A number of NumPy is equal to that of Python.
    let (a, b) = (&a.plain(), &b.plain());
    match (a, b) {
        (Value::Float(x), Value::Float(y)) => x == y || x.to_bits() == y.to_bits(),
        (Value::Float(x), other) | (other, Value::Float(x)) => number(other).is_some_and(|i| i as f64 == *x),
        (Value::Tuple(x), Value::Tuple(y)) => {
            let (x_items, y_items) = (x.items(), y.items());
            let sizes = !matches!((x.kind(), y.kind()), (TupleKind::Size, TupleKind::Named(_)));
            sizes && x_items.len() == y_items.len() && x_items.iter().zip(y_items).all(|(a, b)| equal(a, b))
        }
        (Value::Set(x), Value::Set(y)) => {
            let (x, y) = (x.items.borrow(), y.items.borrow());
            x.len() == y.len() && x.keys().all(|key| y.contains(key))
        }
        (Value::Object(x), Value::Object(y)) => x.equals(&**y).unwrap_or_else(|| a.is(b)),
        _ => match (number(a), number(b)) {
            (Some(x), Some(y)) => x == y,
            _ => a.is(b),
        },
    }
}

/// What a `dict` holds, in order.
#[derive(Clone, Default)]
pub(crate) struct Map(IndexMap<Key, Value>);

impl Map {
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn get(&self, key: &Key) -> Option<Value> {
        self.0.get(key).cloned()
    }

    pub(crate) fn get_str(&self, key: &str) -> Option<Value> {
        self.0.get(&Key(Value::str(key))).cloned()
    }

    pub(crate) fn contains(&self, key: &Key) -> bool {
        self.0.contains_key(key)
    }

    /// A value as a key of this map.
    ///
    /// # Errors
    /// As for [`Key::new`]; and what the program must be asked first, if it decides which keys are equal.
    pub(crate) fn key(&self, value: Value) -> Result<Key> {
        let key = Key::new(value)?;
        if let Value::Instance(instance) = &key.0
            && instance.hash.get().is_some()
        {
            UNSURE.set(None);
            self.0.contains_key(&key);
            if let Some((a, b)) = UNSURE.take() {
                return Err(Stop::Same(a, b));
            }
        }
        Ok(key)
    }

    /// Sets the value of a key, which keeps its place if it was there.
    pub(crate) fn set(&mut self, key: Key, value: Value) -> Option<Value> {
        self.0.insert(key, value)
    }

    pub(crate) fn set_str(&mut self, key: &str, value: impl Into<Value>) {
        self.0.insert(Key(Value::str(key)), value.into());
    }

    pub(crate) fn remove(&mut self, key: &Key) -> Option<Value> {
        self.0.shift_remove(key)
    }

    pub(crate) fn pop_last(&mut self) -> Option<(Key, Value)> {
        self.0.pop()
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn keys(&self) -> impl DoubleEndedIterator<Item = &Key> {
        self.0.keys()
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (&Value, &Value)> {
        self.0.iter().map(|(key, value)| (&key.0, value))
    }

    /// The entry at a place of the order.
    pub(crate) fn at(&self, i: usize) -> Option<(&Value, &Value)> {
        self.0.get_index(i).map(|(key, value)| (&key.0, value))
    }

    /// Takes everything out.
    pub(crate) fn take(&mut self) -> Vec<Value> {
        std::mem::take(&mut self.0).into_iter().flat_map(|(key, value)| [key.0, value]).collect()
    }
}
