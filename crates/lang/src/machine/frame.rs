//! A function that is running.

use std::rc::Rc;

use crate::ast::Name;
use crate::class::Class;
use crate::code::Code;
use crate::function::CellBox;
use crate::generator::Generator;
use crate::map::Attrs;
use crate::value::{Module, Value};

/// A function that is running, or a generator that waits.
pub(crate) struct Frame {
    pub(crate) code: Rc<Code>,
    /// The op that runs next.
    pub(crate) ip: usize,
    pub(crate) stack: Vec<Value>,
    pub(crate) locals: Vec<Option<Value>>,
    /// Its own cells, then those it captured.
    pub(crate) cells: Vec<Rc<CellBox>>,
    pub(crate) globals: Rc<Module>,
    /// The names of a class body.
    pub(crate) namespace: Option<Attrs>,
    pub(crate) tries: Vec<Guard>,
    /// The exceptions that are being handled, from the outermost to the innermost.
    pub(crate) handled: Vec<Value>,
    /// The exits of the `with` blocks around.
    pub(crate) exits: Vec<Value>,
    /// What becomes of the result.
    pub(crate) then: Then,
    /// What becomes of a `StopIteration` that leaves it.
    pub(crate) exhausted: Exhausted,
    pub(crate) generator: Option<Rc<Generator>>,
}

/// Where exceptions go, and what there was when they were sent there.
#[derive(Clone, Copy)]
pub(crate) struct Guard {
    pub(crate) handler: usize,
    pub(crate) stack: usize,
    pub(crate) handled: usize,
    pub(crate) exits: usize,
}

/// What becomes of the result of a frame.
#[derive(Clone)]
pub(crate) enum Then {
    /// It is pushed on the stack of the caller.
    Push,
    /// It is dropped.
    Discard,
    /// This is pushed: a new object, after its `__init__`.
    Instead(Value),
    /// A class is made of the names of the frame.
    Class(Rc<NewClass>),
    /// The module is complete; it is dropped.
    Module(Rc<Module>),
    /// If its truth is `when`, the caller goes on at `to`; else the caller's topmost value is dropped.
    JumpOrPop { to: u32, when: bool },
}

/// A class to be made.
pub(crate) struct NewClass {
    pub(crate) name: Name,
    pub(crate) bases: Vec<Rc<Class>>,
    pub(crate) keywords: Vec<(Name, Value)>,
}

/// What becomes of a `StopIteration` that leaves a frame.
#[derive(Clone)]
pub(crate) enum Exhausted {
    /// It goes on to the caller.
    Raise,
    /// The caller's loop ends: its iterator is popped, and it goes on there.
    Jump(u32),
    /// This is pushed instead.
    Push(Value),
    /// `yield from` ends: the iterator is replaced by the value of the exception, and the caller goes on there.
    Value(u32),
}

impl Frame {
    pub(crate) fn new(code: Rc<Code>, globals: Rc<Module>, captured: &[Rc<CellBox>]) -> Self {
        let mut cells: Vec<Rc<CellBox>> = code.cells.iter().map(|_| Rc::default()).collect();
        cells.extend(captured.iter().cloned());
        let locals = vec![None; code.locals.len()];
        Self {
            code,
            ip: 0,
            stack: Vec::new(),
            locals,
            cells,
            globals,
            namespace: None,
            tries: Vec::new(),
            handled: Vec::new(),
            exits: Vec::new(),
            then: Then::Push,
            exhausted: Exhausted::Raise,
            generator: None,
        }
    }

    pub(crate) fn push(&mut self, value: Value) {
        self.stack.push(value);
    }

    /// The topmost value, which the compiler has made sure is there.
    pub(crate) fn pop(&mut self) -> Value {
        self.stack.pop().unwrap_or(Value::None)
    }

    /// The value so far below the topmost.
    pub(crate) fn peek(&self, below: usize) -> Value {
        self.stack
            .len()
            .checked_sub(below + 1)
            .and_then(|i| self.stack.get(i))
            .cloned()
            .unwrap_or(Value::None)
    }

    /// Drops so many values.
    pub(crate) fn drop(&mut self, count: usize) {
        let left = self.stack.len().saturating_sub(count);
        self.stack.truncate(left);
    }

    /// The topmost values, in the order in which they were pushed.
    pub(crate) fn top(&self, count: usize) -> &[Value] {
        &self.stack[self.stack.len().saturating_sub(count)..]
    }
}
