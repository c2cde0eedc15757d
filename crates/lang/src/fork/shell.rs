//! Objects without their content, which follows.

use std::cell::RefCell;
use std::rc::Rc;

use super::Fork;
use crate::class::{Class, Instance};
use crate::function::{CellBox, Method, Property};
use crate::generator::{Generator, GeneratorState};
use crate::iterate::{Iter, IterState};
use crate::value::{List, Module, Set, Slice, Tuple, Value};

impl Fork {
    /// An object without its content, which follows.
    pub(super) fn shell(&mut self, value: &Value) -> Value {
        match value {
            Value::Tuple(old) => {
                let (old, new) = (Rc::clone(old), Tuple::shell());
                let copy = Value::Tuple(Rc::clone(&new));
                self.later(move |fork| new.fill(fork.values(old.items()), old.kind().clone()));
                copy
            }
            Value::List(old) => {
                let (old, new) = (Rc::clone(old), Rc::new(List::default()));
                let copy = Value::List(Rc::clone(&new));
                self.later(move |fork| *new.0.borrow_mut() = fork.values(&old.0.borrow()));
                copy
            }
            Value::Dict(old) => Value::Dict(self.dict(old)),
            Value::Set(old) => {
                let new = Rc::new(Set::default());
                new.frozen.set(old.frozen.get());
                let (old, copy) = (Rc::clone(old), Value::Set(Rc::clone(&new)));
                self.later(move |fork| *new.items.borrow_mut() = fork.map(&old.items.borrow()));
                copy
            }
            Value::Slice(old) => {
                let (start, stop, step) =
                    (self.value(&old.start), self.value(&old.stop), self.value(&old.step));
                Value::Slice(Rc::new(Slice { start, stop, step }))
            }
            Value::Function(old) => Value::Function(self.function(old)),
            Value::Method(old) => {
                let new = Rc::new(Method { receiver: Value::None.into(), function: Value::None.into() });
                self.fill_cell(&new, &old.receiver, |new| &new.receiver);
                self.fill_cell(&new, &old.function, |new| &new.function);
                Value::Method(new)
            }
            Value::Property(old) => {
                let new = Rc::new(Property {
                    kind: old.kind,
                    get: Value::None.into(),
                    set: Value::None.into(),
                    del: Value::None.into(),
                });
                self.fill_cell(&new, &old.get, |new| &new.get);
                self.fill_cell(&new, &old.set, |new| &new.set);
                self.fill_cell(&new, &old.del, |new| &new.del);
                Value::Property(new)
            }
            Value::Class(old) => Value::Class(self.new_class(old)),
            Value::Instance(old) => Value::Instance(self.instance(old)),
            Value::Generator(old) => Value::Generator(self.generator(old)),
            Value::Iter(old) => {
                let new = Rc::new(Iter(RefCell::new(IterState::Items([].into(), 0))));
                let (old, copy) = (Rc::clone(old), Value::Iter(Rc::clone(&new)));
                self.later(move |fork| {
                    let state = fork.iterator(&old.0.borrow());
                    *new.0.borrow_mut() = state;
                });
                copy
            }
            Value::Module(old) => {
                let new = Rc::new(Module { name: old.name.clone(), attrs: RefCell::default() });
                let (old, copy) = (Rc::clone(old), Value::Module(Rc::clone(&new)));
                self.later(move |fork| *new.attrs.borrow_mut() = fork.attrs(&old.attrs.borrow()));
                copy
            }
            Value::Cell(old) => {
                let new = Rc::new(CellBox::default());
                let (old, copy) = (Rc::clone(old), Value::Cell(Rc::clone(&new)));
                self.later(move |fork| {
                    let value = old.0.borrow().as_ref().map(|value| fork.value(value));
                    *new.0.borrow_mut() = value;
                });
                copy
            }
            Value::Object(old) => match old.fork(self) {
                Some(new) => Value::Object(new),
                None => value.clone(),
            },
            _ => value.clone(),
        }
    }

    fn new_class(&mut self, old: &Rc<Class>) -> Rc<Class> {
        let new = Rc::new(Class {
            name: old.name.clone(),
            module: old.module.clone(),
            bases: RefCell::default(),
            ancestors: RefCell::default(),
            attrs: RefCell::default(),
            constructor: old.constructor.clone(),
            builtin: old.builtin.clone(),
            layout: old.layout,
        });
        let (old, copy) = (Rc::clone(old), Rc::clone(&new));
        self.later(move |fork| {
            *new.bases.borrow_mut() = fork.classes(&old.bases.borrow());
            *new.ancestors.borrow_mut() = fork.classes(&old.ancestors.borrow());
            *new.attrs.borrow_mut() = fork.attrs(&old.attrs.borrow());
        });
        copy
    }

    fn instance(&mut self, old: &Rc<Instance>) -> Rc<Instance> {
        let new = Instance::new(self.class(&old.class()));
        *new.raised.borrow_mut() = old.raised.borrow().clone();
        let (old, copy) = (Rc::clone(old), Rc::clone(&new));
        self.later(move |fork| {
            *new.attrs.borrow_mut() = fork.attrs(&old.attrs.borrow());
            let inner = old.inner.borrow().as_ref().map(|inner| fork.value(inner));
            *new.inner.borrow_mut() = inner;
        });
        copy
    }

    fn generator(&mut self, old: &Rc<Generator>) -> Rc<Generator> {
        let state = match &*old.state.borrow() {
            GeneratorState::Running => GeneratorState::Running,
            GeneratorState::Done | GeneratorState::Waiting(_) => GeneratorState::Done,
        };
        let new = Rc::new(Generator { name: old.name.clone(), state: state.into() });
        let (old, copy) = (Rc::clone(old), Rc::clone(&new));
        self.later(move |fork| {
            if let GeneratorState::Waiting(frame) = &*old.state.borrow() {
                let frame = fork.frame(frame);
                *new.state.borrow_mut() = GeneratorState::Waiting(Box::new(frame));
            }
        });
        copy
    }

    fn iterator(&mut self, old: &IterState) -> IterState {
        match old {
            IterState::List(list, i) => match self.value(&Value::List(Rc::clone(list))) {
                Value::List(list) => IterState::List(list, *i),
                _ => old.clone(),
            },
            IterState::Items(items, i) => IterState::Items(self.values(items).into(), *i),
            IterState::Range(..) | IterState::Text(..) => old.clone(),
            IterState::Keys(dict, i, len) => match self.value(&Value::Dict(Rc::clone(dict))) {
                Value::Dict(dict) => IterState::Keys(dict, *i, *len),
                _ => old.clone(),
            },
            IterState::Entries(dict, kind, i, len) => match self.value(&Value::Dict(Rc::clone(dict))) {
                Value::Dict(dict) => IterState::Entries(dict, *kind, *i, *len),
                _ => old.clone(),
            },
            IterState::Enumerate { inner, next, depth } => {
                IterState::Enumerate { inner: self.value(inner), next: *next, depth: *depth }
            }
            IterState::Zip { inner, strict, depth } => {
                IterState::Zip { inner: self.values(inner), strict: *strict, depth: *depth }
            }
        }
    }
}
