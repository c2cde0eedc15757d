//! Copies of a machine: everything that it refers to is copied once, what never changes is shared.
//!
//! Objects are made empty first and filled from a list of what is still to do, so that a long chain of them takes no stack.

mod shell;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use engine::Tensor;

use crate::class::Class;
use crate::code::Code;
use crate::exchange::Exchange;
use crate::function::{CellBox, Function};
use crate::machine::{Frame, NewClass, Then};
use crate::map::{Attrs, Key, Map};
use crate::value::{Dict, Module, TensorRef, Value};

/// Something that is still to be filled.
type Work = Box<dyn FnOnce(&mut Fork)>;

/// A copy that is being made.
#[derive(Default)]
pub(crate) struct Fork {
    /// Copies by the address of the original.
    known: HashMap<usize, Value>,
    /// What is still to be filled.
    work: Vec<Work>,
    /// The tensors and graphs.
    pub(crate) engine: engine::Fork,
    /// The text under which the copy goes on, if that is another.
    pub(crate) exchange: Option<Exchange>,
}

impl Fork {
    /// A copy that goes on under another text.
    pub(crate) fn under(exchange: Exchange) -> Self {
        Self { exchange: Some(exchange), ..Self::default() }
    }

    /// The copy of a value.
    pub(crate) fn value(&mut self, value: &Value) -> Value {
        if let Value::Tensor(tensor) = value {
            return Value::Tensor(TensorRef {
                tensor: self.tensor(&tensor.tensor),
                parameter: tensor.parameter,
            });
        }
        let Some(address) = value.address() else { return value.clone() };
        if let Some(copy) = self.known.get(&address) {
            return copy.clone();
        }
        let copy = self.shell(value);
        self.known.insert(address, copy.clone());
        copy
    }

    /// The copy of a tensor.
    pub(crate) fn tensor(&mut self, tensor: &Tensor) -> Tensor {
        self.engine.tensor(tensor)
    }

    /// The copies of several values.
    pub(crate) fn values(&mut self, values: &[Value]) -> Vec<Value> {
        values.iter().map(|value| self.value(value)).collect()
    }

    /// Fills what was made empty, until nothing is left to do.
    pub(crate) fn finish(&mut self) {
        while let Some(work) = self.work.pop() {
            work(self);
        }
    }

    /// Does something later: what copies others must not recurse.
    pub(crate) fn later(&mut self, work: impl FnOnce(&mut Self) + 'static) {
        self.work.push(Box::new(work));
    }

    /// Copies a value into a cell of a copy, later.
    pub(crate) fn fill_cell<T: 'static>(
        &mut self,
        copy: &Rc<T>,
        value: &RefCell<Value>,
        cell: fn(&T) -> &RefCell<Value>,
    ) {
        let (copy, value) = (Rc::clone(copy), value.borrow().clone());
        self.later(move |fork| {
            let value = fork.value(&value);
            *cell(&copy).borrow_mut() = value;
        });
    }

    pub(crate) fn attrs(&mut self, old: &Attrs) -> Attrs {
        let mut new = Attrs::default();
        for (name, value) in old.iter() {
            new.set(name.clone(), self.value(value));
        }
        new
    }

    pub(super) fn map(&mut self, old: &Map) -> Map {
        let mut new = Map::default();
        for (key, value) in old.iter() {
            // A tuple that is a key must be whole before it is hashed.
            let key = self.key(key);
            let value = self.value(value);
            if let Ok(key) = Key::new(key) {
                new.set(key, value);
            }
        }
        new
    }

    /// The copy of a key, whole. Keys are only as deep as what can be hashed.
    fn key(&mut self, old: &Value) -> Value {
        if let Value::Tuple(tuple) = old {
            let items = tuple.items().iter().map(|item| self.key(item)).collect();
            let copy = self.value(old);
            if let Value::Tuple(copy) = &copy {
                copy.fill(items, tuple.kind().clone());
            }
            return copy;
        }
        self.value(old)
    }

    pub(super) fn dict(&mut self, old: &Rc<Dict>) -> Rc<Dict> {
        let (old, new) = (Rc::clone(old), Rc::new(Dict::default()));
        let copy = Rc::clone(&new);
        self.later(move |fork| *new.0.borrow_mut() = fork.map(&old.0.borrow()));
        copy
    }

    fn code(&mut self, old: &Rc<Code>) -> Rc<Code> {
        self.exchange.as_mut().map_or_else(|| Rc::clone(old), |exchange| exchange.code(old))
    }

    pub(crate) fn function(&mut self, old: &Rc<Function>) -> Rc<Function> {
        let new = Rc::new(Function {
            code: self.code(&old.code),
            globals: self.module(&old.globals),
            defaults: RefCell::default(),
            keyword_defaults: RefCell::default(),
            closure: RefCell::default(),
            attrs: RefCell::default(),
        });
        let (old, copy) = (Rc::clone(old), Rc::clone(&new));
        self.later(move |fork| {
            *new.defaults.borrow_mut() = fork.values(&old.defaults.borrow());
            let keywords = old.keyword_defaults.borrow();
            *new.keyword_defaults.borrow_mut() =
                keywords.iter().map(|value| value.as_ref().map(|value| fork.value(value))).collect();
            *new.closure.borrow_mut() = fork.cells(&old.closure.borrow());
            *new.attrs.borrow_mut() = fork.attrs(&old.attrs.borrow());
        });
        copy
    }

    pub(crate) fn module(&mut self, old: &Rc<Module>) -> Rc<Module> {
        match self.value(&Value::Module(Rc::clone(old))) {
            Value::Module(new) => new,
            _ => Rc::clone(old),
        }
    }

    pub(super) fn cells(&mut self, old: &[Rc<CellBox>]) -> Vec<Rc<CellBox>> {
        let copy = |cell: &Rc<CellBox>| match self.value(&Value::Cell(Rc::clone(cell))) {
            Value::Cell(new) => new,
            _ => Rc::clone(cell),
        };
        old.iter().map(copy).collect()
    }

    pub(crate) fn class(&mut self, old: &Rc<Class>) -> Rc<Class> {
        match self.value(&Value::Class(Rc::clone(old))) {
            Value::Class(new) => new,
            _ => Rc::clone(old),
        }
    }

    pub(super) fn classes(&mut self, old: &[Rc<Class>]) -> Vec<Rc<Class>> {
        old.iter().map(|class| self.class(class)).collect()
    }

    /// The copy of a frame.
    pub(crate) fn frame(&mut self, old: &Frame) -> Frame {
        let generator = old.generator.as_ref().map(|generator| {
            match self.value(&Value::Generator(Rc::clone(generator))) {
                Value::Generator(new) => new,
                _ => Rc::clone(generator),
            }
        });
        let mut copy = Frame {
            code: Rc::clone(&old.code),
            ip: old.ip,
            stack: self.values(&old.stack),
            locals: old.locals.iter().map(|local| local.as_ref().map(|value| self.value(value))).collect(),
            cells: self.cells(&old.cells),
            globals: self.module(&old.globals),
            namespace: old.namespace.as_ref().map(|names| self.attrs(names)),
            tries: old.tries.clone(),
            handled: self.values(&old.handled),
            exits: self.values(&old.exits),
            then: self.then(&old.then),
            exhausted: match &old.exhausted {
                crate::machine::Exhausted::Push(value) => crate::machine::Exhausted::Push(self.value(value)),
                other => other.clone(),
            },
            generator,
        };
        if let Some(exchange) = &mut self.exchange {
            exchange.frame(&mut copy);
        }
        copy
    }

    fn then(&mut self, old: &Then) -> Then {
        match old {
            Then::Instead(value) => Then::Instead(self.value(value)),
            Then::Module(module) => Then::Module(self.module(module)),
            Then::Class(new) => Then::Class(Rc::new(NewClass {
                name: new.name.clone(),
                bases: self.classes(&new.bases),
                keywords: new
                    .keywords
                    .iter()
                    .map(|(name, value)| (name.clone(), self.value(value)))
                    .collect(),
            })),
            other => other.clone(),
        }
    }
}
