//! Iterators that are native.

use std::cell::RefCell;
use std::rc::Rc;

use crate::builtins::{View, ViewKind};
use crate::error::{Result, Resume, Stop, type_error};
use crate::generator::Generator;
use crate::machine::Machine;
use crate::value::{Dict, List, Range, Value};

/// An iterator.
pub(crate) struct Iter(pub(crate) RefCell<IterState>);

/// What an iterator walks, and where it is.
#[derive(Clone)]
pub(crate) enum IterState {
    /// A list, which may change meanwhile.
    List(Rc<List>, usize),
    /// Items that are known.
    Items(Rc<[Value]>, usize),
    Range(Range, usize),
    /// The characters of a text from this byte on.
    Text(Rc<str>, usize),
    /// The keys of a dict, and how many there were at first.
    Keys(Rc<Dict>, usize, usize),
    /// Its keys, values or both, in the same way.
    Entries(Rc<Dict>, ViewKind, usize, usize),
    /// `depth`: how many such iterators are inside each other.
    Enumerate {
        inner: Value,
        next: i64,
        depth: u8,
    },
    Zip {
        inner: Vec<Value>,
        strict: bool,
        depth: u8,
    },
}

/// How many native iterators may be inside each other: they are walked by recursion.
const DEEPEST: u8 = 16;

/// What an iterator gives.
pub(crate) enum Next {
    Item(Value),
    End,
}

impl Value {
    pub(crate) fn iterator(state: IterState) -> Self {
        Self::Iter(Rc::new(Iter(RefCell::new(state))))
    }

    /// An iterator over items that are known.
    pub(crate) fn items_iterator(items: Vec<Self>) -> Self {
        Self::iterator(IterState::Items(items.into(), 0))
    }

    /// Whether walking it never runs the program: a native iterator is only made of native ones.
    pub(crate) fn is_native_iterator(&self) -> bool {
        matches!(self, Self::Iter(_))
    }

    /// The depth of an iterator around this one; nothing, if that must not be native.
    pub(crate) fn depth_around(&self) -> Option<u8> {
        let Self::Iter(iter) = self else { return None };
        match &*iter.0.borrow() {
            IterState::Enumerate { depth, .. } | IterState::Zip { depth, .. } => {
                (*depth < DEEPEST).then_some(depth + 1)
            }
            _ => Some(1),
        }
    }
}

impl Machine {
    /// `iter(value)`.
    ///
    /// # Errors
    /// `TypeError` if it cannot be walked; and a call, if the program makes the iterator.
    pub(crate) fn iter(&mut self, value: &Value) -> Result<Value> {
        if let Value::Instance(_) = value {
            match self.operator(value, "__iter__") {
                Some(Value::None) => {
                    return type_error(format!("'{}' object is not iterable", value.type_name()));
                }
                Some(function @ Value::Function(_)) => return Err(Stop::call(function, vec![value.clone()])),
                _ => {}
            }
            if let Some(Value::Function(_)) = self.operator(value, "__getitem__")
                && self.operator(value, "__iter__").is_none()
            {
                return Err(Stop::call(self.helper("_iterate_by_index"), vec![value.clone()]));
            }
        }
        let state = match value.unwrapped() {
            Value::List(list) => IterState::List(list, 0),
            Value::Tuple(tuple) => IterState::Items(tuple.items().into(), 0),
            Value::Str(text) => IterState::Text(text, 0),
            Value::Dict(dict) => {
                let len = dict.0.borrow().len();
                IterState::Keys(dict, 0, len)
            }
            Value::Set(set) => {
                IterState::Items(set.items.borrow().keys().map(|key| key.value().clone()).collect(), 0)
            }
            Value::Range(range) => IterState::Range(range, 0),
            Value::Iter(_) | Value::Generator(_) => return Ok(value.clone()),
            Value::Class(_) => return Err(Stop::call(self.helper("_iterate_class"), vec![value.clone()])),
            Value::Tensor(tensor) => {
                self.reserve_parts(tensor.tensor.shape().first().copied().unwrap_or(0))?;
                IterState::Items(crate::torch::rows(&tensor.tensor)?.into(), 0)
            }
            Value::Object(object) if object.as_any().is::<crate::numpy::Array>() => {
                IterState::Items(crate::numpy::rows(self, &Value::Object(object))?.into(), 0)
            }
            _ => {
                if let Some(state) = value.downcast::<View>().and_then(View::iterate) {
                    return Ok(Value::iterator(state));
                }
                return match self.operator(value, "__iter__") {
                    Some(function) => Err(Stop::call(function, vec![value.clone()])),
                    None if self.operator(value, "__next__").is_some() => Ok(value.clone()),
                    None => type_error(format!("'{}' object is not iterable", value.type_name())),
                };
            }
        };
        Ok(Value::iterator(state))
    }

    /// `next(iterator)`.
    ///
    /// # Errors
    /// `TypeError` if it is none; and what must be run, if the program or a generator gives the next item: that raises
    /// `StopIteration` at the end.
    pub(crate) fn next(&mut self, iterator: &Value) -> Result<Next> {
        match iterator {
            Value::Iter(iter) => self.next_native(iter),
            Value::Generator(generator) => Err(resume(generator, Value::None)),
            other => match self.operator(other, "__next__") {
                Some(function) => Err(Stop::call(function, vec![other.clone()])),
                None => type_error(format!("'{}' object is not an iterator", other.type_name())),
            },
        }
    }

    fn next_native(&mut self, iter: &Rc<Iter>) -> Result<Next> {
        let mut state = iter.0.borrow_mut();
        let item = match &mut *state {
            IterState::List(list, i) => {
                *i += 1;
                list.0.borrow().get(*i - 1).cloned()
            }
            IterState::Items(items, i) => {
                *i += 1;
                items.get(*i - 1).cloned()
            }
            IterState::Range(range, i) => {
                *i += 1;
                (*i <= range.len()).then(|| Value::Int(range.at(*i - 1)))
            }
            IterState::Text(text, at) => text.get(*at..).and_then(|rest| rest.chars().next()).map(|c| {
                *at += c.len_utf8();
                Value::str(c.encode_utf8(&mut [0; 4]))
            }),
            IterState::Keys(dict, i, len) => {
                let dict = dict.0.borrow();
                if dict.len() != *len {
                    return Err(Stop::error("RuntimeError", "dictionary changed size during iteration"));
                }
                *i += 1;
                dict.at(*i - 1).map(|(key, _)| key.clone())
            }
            IterState::Entries(dict, kind, i, len) => {
                let dict = dict.0.borrow();
                if dict.len() != *len {
                    return Err(Stop::error("RuntimeError", "dictionary changed size during iteration"));
                }
                *i += 1;
                dict.at(*i - 1).map(|(key, value)| kind.of(key, value))
            }
            IterState::Enumerate { inner, next, .. } => match self.next(&inner.clone())? {
                Next::Item(item) => {
                    *next += 1;
                    Some(Value::tuple(vec![Value::Int(*next - 1), item]))
                }
                Next::End => None,
            },
            IterState::Zip { inner, strict, .. } => return self.next_zip(&inner.clone(), *strict),
        };
        Ok(item.map_or(Next::End, Next::Item))
    }

    fn next_zip(&mut self, inner: &[Value], strict: bool) -> Result<Next> {
        let mut items = Vec::with_capacity(inner.len());
        self.spend(24 * inner.len())?;
        for (i, iterator) in inner.iter().enumerate() {
            match self.next(iterator)? {
                Next::Item(item) => items.push(item),
                Next::End if strict && i > 0 => {
                    let text = format!("zip() argument {} is shorter than argument {i}", i + 1);
                    return Err(Stop::error("ValueError", text));
                }
                Next::End => return Ok(Next::End),
            }
        }
        Ok(if items.is_empty() { Next::End } else { Next::Item(Value::tuple(items)) })
    }

    /// All items of what can be walked without running the program; nothing, if it cannot.
    ///
    /// # Errors
    /// `TypeError` if it cannot be walked at all.
    pub(crate) fn items_of(&mut self, value: &Value) -> Result<Option<Vec<Value>>> {
        let iterator = match value {
            Value::Generator(_) => return Ok(None),
            Value::Iter(_) => value.clone(),
            other => match self.iter(other) {
                Ok(iterator) => iterator,
                Err(Stop::Call(_)) => return Ok(None),
                Err(error) => return Err(error),
            },
        };
        if !iterator.is_native_iterator() {
            return Ok(None);
        }
        let mut items = Vec::new();
        while let Next::Item(item) = self.next(&iterator)? {
            // A reference, and what may have been made for it.
            self.spend(64)?;
            items.push(item);
        }
        Ok(Some(items))
    }

    /// All items of argument `i`. If the program gives them, the function is called again with a list of them.
    ///
    /// # Errors
    /// As for [`items_of`](Self::items_of).
    pub(crate) fn items(&mut self, args: &crate::native::Args, i: usize) -> Result<Vec<Value>> {
        match self.items_of(&args.get(i))? {
            Some(items) => Ok(items),
            None => Err(args.again(self, i)),
        }
    }
}

/// Going on with a generator.
pub(crate) fn resume(generator: &Rc<Generator>, sent: Value) -> Stop {
    Stop::Resume(Box::new(Resume { generator: Rc::clone(generator), sent, thrown: false, default: None }))
}
