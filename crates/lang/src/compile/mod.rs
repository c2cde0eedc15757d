//! From syntax tree to bytecode.

mod block;
mod call;
mod expr;
mod function;
mod scope;
mod stmt;
mod variable;
mod visit;

use std::collections::HashMap;
use std::rc::Rc;

use crate::ast::{Name, Stmt};
use crate::code::{Code, Flavour, Op, ParamNames};
use crate::parser::SyntaxError;
use crate::span::Span;
use crate::value::Value;
use scope::Scope;

/// Compiles a module or a program. `internal` code is not shown in tracebacks and not stepped.
///
/// # Errors
/// What is wrong although it can be parsed: `return` outside of a function, and its like.
pub(crate) fn compile(body: &[Stmt], text: &str, internal: bool) -> Result<Rc<Code>, SyntaxError> {
    Compiler { lines: line_starts(text), units: Vec::new(), internal, source: None }.module(body, text)
}

/// Compiles the part of a module of ours in Python. Functions whose bodies are not there yet are compiled from `source` when they are
/// called.
///
/// # Errors
/// As [`compile`].
pub(crate) fn compile_ours(body: &[Stmt], source: &'static str) -> Result<Rc<Code>, SyntaxError> {
    let (lines, units) = (line_starts(source), Vec::new());
    Compiler { lines, units, internal: true, source: Some(source) }.module(body, source)
}

fn line_starts(text: &str) -> Vec<u32> {
    let breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i as u32 + 1);
    std::iter::once(0).chain(breaks).collect()
}

type Result<T, E = SyntaxError> = std::result::Result<T, E>;

struct Compiler {
    lines: Vec<u32>,
    /// The functions that are being compiled, from the outermost to the innermost.
    units: Vec<Unit>,
    internal: bool,
    /// Where the bodies are that are not there yet.
    source: Option<&'static str>,
}

/// One function, class body or module that is being compiled.
struct Unit {
    code: Code,
    scope: Scope,
    /// What must be undone before control leaves: from the outermost to the innermost.
    blocks: Vec<Block>,
    span: Span,
    line: u32,
    /// Where names and constants are that were used before.
    names: HashMap<Name, u32>,
    constants: HashMap<(u8, u64, Option<Name>), u32>,
}

/// A construct that has something on the stack, or must be undone when left.
#[derive(Clone)]
enum Block {
    /// Where `continue` goes, the jumps of `break`, and whether an iterator is on the stack.
    Loop { start: usize, breaks: Vec<usize>, iterator: bool },
    /// A `Try` that an `EndTry` ends.
    Try,
    /// A handler that a `LeaveHandler` ends.
    Handler,
    /// The name of the exception in a handler, which is unbound when it is left.
    Unbind(Name),
    /// A `finally` that must run.
    Finally(Rc<Vec<Stmt>>),
    /// A `with` whose exit must be called.
    With,
}

impl Compiler {
    fn module(mut self, body: &[Stmt], text: &str) -> Result<Rc<Code>> {
        let span = Span::new(0, text.len() as u32);
        self.open("<module>".into(), Flavour::Module, Scope::of_block(body), span);
        self.docstring(body);
        self.block(body)?;
        self.constant(Value::None);
        self.emit(Op::Return);
        Ok(self.close())
    }

    fn unit(&mut self) -> &mut Unit {
        if self.units.is_empty() {
            self.open("<module>".into(), Flavour::Module, Scope::default(), Span::default());
        }
        let last = self.units.len() - 1;
        &mut self.units[last]
    }

    fn open(&mut self, name: Name, flavour: Flavour, scope: Scope, span: Span) {
        let free = scope.free().into_iter();
        let free = sorting::set(free.filter(|name| flavour != Flavour::Module && self.is_bound_around(name)));
        let qualname = match self.units.last().map(|outer| &outer.code) {
            Some(outer) if outer.flavour == Flavour::Class => format!("{}.{name}", outer.qualname).into(),
            Some(outer) if outer.flavour != Flavour::Module => {
                format!("{}.<locals>.{name}", outer.qualname).into()
            }
            _ => name.clone(),
        };
        let mut code = Code {
            name,
            qualname,
            span,
            ops: Vec::new(),
            spans: Vec::new(),
            constants: Vec::new(),
            names: Vec::new(),
            locals: Vec::new(),
            cells: Vec::new(),
            free: free.iter().cloned().collect(),
            captures: Vec::new(),
            params: ParamNames::default(),
            inner: Vec::new(),
            flavour,
            internal: self.internal,
            doc: None,
            late: None,
        };
        match flavour {
            Flavour::Module => {}
            Flavour::Class => {
                if scope.wanted.contains("__class__") || scope.free().contains("__class__") {
                    code.cells.push(("__class__".into(), None));
                }
            }
            Flavour::Function | Flavour::Generator => {
                for name in &scope.bound {
                    if scope.wanted.contains(name) {
                        code.cells.push((name.clone(), None));
                    } else {
                        code.locals.push(name.clone());
                    }
                }
            }
        }
        let (names, constants) = (HashMap::new(), HashMap::new());
        self.units.push(Unit { code, scope, blocks: Vec::new(), span, line: 0, names, constants });
    }

    /// Whether a function around the one that is about to be compiled binds the name.
    fn is_bound_around(&self, name: &Name) -> bool {
        for unit in self.units.iter().rev() {
            match unit.code.flavour {
                Flavour::Module => return false,
                Flavour::Class => {
                    if unit.code.cells.iter().any(|(cell, _)| cell == name) {
                        return true;
                    }
                }
                Flavour::Function | Flavour::Generator => {
                    if unit.scope.globals.contains(name) {
                        return false;
                    }
                    if unit.scope.bound.contains(name) {
                        return true;
                    }
                }
            }
        }
        false
    }

    fn close(&mut self) -> Rc<Code> {
        let unit = self.units.pop();
        let mut code = match unit {
            Some(unit) => unit.code,
            None => return self.close_empty(),
        };
        if let Some(outer) = self.units.last() {
            let place = |name: &Name| {
                let cell = outer.code.cells.iter().position(|(cell, _)| cell == name);
                let free = || outer.code.free.iter().position(|free| free == name);
                cell.or_else(|| free().map(|i| i + outer.code.cells.len())).unwrap_or_default() as u16
            };
            code.captures = code.free.iter().map(place).collect();
        }
        Rc::new(code)
    }

    fn close_empty(&mut self) -> Rc<Code> {
        self.open("<module>".into(), Flavour::Module, Scope::default(), Span::default());
        self.close()
    }

    fn emit(&mut self, op: Op) -> usize {
        let unit = self.unit();
        unit.code.ops.push(op);
        unit.code.spans.push(unit.span);
        unit.code.ops.len() - 1
    }

    /// Emits ops that come from `span`.
    fn at<T>(&mut self, span: Span, body: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.unit().span, span);
        let out = body(self);
        self.unit().span = before;
        out
    }

    fn here(&mut self) -> usize {
        self.unit().code.ops.len()
    }

    /// Lets a jump that was emitted before go to here.
    fn land(&mut self, jump: usize) {
        let target = self.here() as u32;
        if let Some(op) = self.unit().code.ops.get_mut(jump) {
            *op = match *op {
                Op::Jump(_) => Op::Jump(target),
                Op::JumpIfFalse(_) => Op::JumpIfFalse(target),
                Op::JumpIfTrue(_) => Op::JumpIfTrue(target),
                Op::JumpIfFalseOrPop(_) => Op::JumpIfFalseOrPop(target),
                Op::JumpIfTrueOrPop(_) => Op::JumpIfTrueOrPop(target),
                Op::ForIter(_) => Op::ForIter(target),
                Op::Try(_) => Op::Try(target),
                Op::TryWith(_) => Op::TryWith(target),
                Op::NoMatch(_) => Op::NoMatch(target),
                Op::YieldFrom(_) => Op::YieldFrom(target),
                other => other,
            };
        }
    }

    fn constant(&mut self, value: Value) -> usize {
        let key = match &value {
            Value::None => Some((0, 0, None)),
            Value::Bool(b) => Some((1, u64::from(*b), None)),
            Value::Int(i) => Some((2, *i as u64, None)),
            Value::Float(x) => Some((3, x.to_bits(), None)),
            Value::Str(text) => Some((4, 0, Some(Rc::clone(text)))),
            _ => None,
        };
        let unit = self.unit();
        let next = unit.code.constants.len() as u32;
        let i = match key {
            Some(key) => *unit.constants.entry(key).or_insert(next),
            None => next,
        };
        if i == next {
            unit.code.constants.push(value);
        }
        self.emit(Op::Const(i))
    }

    /// Announces the line of a statement, once.
    fn line(&mut self, span: Span) {
        let line = self.lines.partition_point(|&start| start <= span.start) as u32;
        let unit = self.unit();
        if unit.line != line {
            unit.line = line;
            self.at(span, |c| c.emit(Op::Line(line)));
        }
    }
}

/// An error of the compiler.
fn syntax_error<T>(message: &str, span: Span) -> Result<T> {
    Err(SyntaxError { kind: "SyntaxError", message: message.to_owned(), span, hint: None })
}
