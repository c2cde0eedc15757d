//! Bytecode.

use std::rc::Rc;

use crate::ast::{BinOp, CmpOp, Name, UnaryOp};
use crate::late::Late;
use crate::span::Span;
use crate::value::Value;

/// The code of a function, a class body or a module.
pub(crate) struct Code {
    pub(crate) name: Name,
    /// The name with those of the classes and functions around it: `Net.forward`.
    pub(crate) qualname: Name,
    /// The text that it comes from.
    pub(crate) span: Span,
    pub(crate) ops: Vec<Op>,
    /// For each op, the text that it comes from.
    pub(crate) spans: Vec<Span>,
    pub(crate) constants: Vec<Value>,
    pub(crate) names: Vec<Name>,
    /// The variables that only this function sees: first the parameters.
    pub(crate) locals: Vec<Name>,
    /// The variables that inner functions see too, and which local, if any, has the first value: that of a parameter.
    pub(crate) cells: Vec<(Name, Option<u16>)>,
    /// The variables of enclosing functions.
    pub(crate) free: Vec<Name>,
    /// For each of `free`, where the enclosing function has it: among its cells and then its free variables.
    pub(crate) captures: Vec<u16>,
    pub(crate) params: ParamNames,
    /// The codes of inner functions and classes.
    pub(crate) inner: Vec<Rc<Code>>,
    pub(crate) flavour: Flavour,
    /// Whether it is ours: not shown in tracebacks, not stepped.
    pub(crate) internal: bool,
    /// The text before everything else, as documentation.
    pub(crate) doc: Option<Rc<str>>,
    /// What stands for the rest of it, if that is not there yet: this code has the names and parameters, and does nothing.
    pub(crate) late: Option<Box<Late>>,
}

/// What kind of code it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flavour {
    Module,
    Class,
    Function,
    Generator,
}

/// How a function takes its arguments. Its locals begin with all of them in this order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ParamNames {
    pub(crate) positional: u16,
    pub(crate) positional_only: u16,
    pub(crate) keyword: u16,
    pub(crate) args: bool,
    pub(crate) kwargs: bool,
}

impl ParamNames {
    /// How many there are.
    pub(crate) fn count(self) -> usize {
        usize::from(self.positional)
            + usize::from(self.keyword)
            + usize::from(self.args)
            + usize::from(self.kwargs)
    }
}

/// One instruction. Unless said otherwise, operands are popped and a result is pushed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Op {
    /// A statement on this line begins.
    Line(u32),
    Const(u32),
    Pop,
    Dup,
    /// `a b` → `a b a b`.
    DupTwo,
    /// `a b` → `b a`.
    Swap,
    /// `a b c` → `c a b`.
    RotThree,
    LoadLocal(u16),
    StoreLocal(u16),
    DeleteLocal(u16),
    LoadCell(u16),
    StoreCell(u16),
    DeleteCell(u16),
    /// The variable itself, for a closure.
    PushCell(u16),
    LoadGlobal(u32),
    StoreGlobal(u32),
    DeleteGlobal(u32),
    /// In the body of a class or module: the innermost scope, then the globals.
    LoadName(u32),
    StoreName(u32),
    DeleteName(u32),
    LoadAttr(u32),
    /// `value object`.
    StoreAttr(u32),
    DeleteAttr(u32),
    /// `object index`.
    Subscript,
    /// `value object index`.
    StoreSubscript,
    DeleteSubscript,
    Unary(UnaryOp),
    Binary(BinOp),
    InPlace(BinOp),
    Compare(CmpOp),
    Jump(u32),
    JumpIfFalse(u32),
    JumpIfTrue(u32),
    /// Jumps and keeps the value, or pops it.
    JumpIfFalseOrPop(u32),
    JumpIfTrueOrPop(u32),
    BuildTuple(u32),
    BuildList(u32),
    BuildSet(u32),
    /// So many pairs of key and value.
    BuildDict(u32),
    /// Whether there is a step.
    BuildSlice,
    BuildString(u32),
    /// `value`, or `value spec`.
    Format {
        conversion: Option<char>,
        spec: bool,
    },
    /// Appends to the list so far below the value.
    ListAppend(u16),
    SetAdd(u16),
    /// `key value`, into the dict so far below both.
    DictAdd(u16),
    /// `list iterable` → `list`.
    ListExtend,
    SetExtend,
    /// `dict mapping` → `dict`; in a call, keys must be new strings.
    DictUpdate {
        call: bool,
    },
    ListToTuple,
    /// Pushes the items so that the first is on top.
    Unpack(u32),
    /// So many before the starred one and so many after it.
    UnpackStarred(u16, u16),
    Iter,
    /// Pushes the next item; at the end, pops the iterator and jumps.
    ForIter(u32),
    /// `callee args…`, the last so many of which have the names of a constant tuple.
    Call {
        args: u16,
        names: Option<u32>,
    },
    /// `callee tuple dict`.
    CallSpread,
    /// Defaults of parameters (a tuple and a dict) and cells (a tuple) are below.
    MakeFunction(u32),
    /// `bases (a tuple) keywords (a dict) cells (a tuple)`: runs the body and makes a class of its names.
    MakeClass(u32),
    Return,
    Yield,
    /// `iterator sent` → `iterator item`; at the end, jumps with the result in the place of both.
    YieldFrom(u32),
    /// The module of that name, or the first part of it.
    Import {
        name: u32,
        top: bool,
    },
    /// `module` → `module attribute`.
    ImportFrom(u32),
    /// `module`: binds all its names.
    ImportStar,
    /// From here on, an exception goes to the handler, on the stack.
    Try(u32),
    /// As `Try`, without the value on top: what entering gave.
    TryWith(u32),
    /// The innermost `Try` ends.
    EndTry,
    /// The exception on the stack is being handled.
    EnterHandler,
    /// The exception that is being handled.
    LoadHandled,
    /// `class`: jumps if the exception that is being handled is of another.
    NoMatch(u32),
    LeaveHandler,
    /// Raises the exception that is being handled again.
    Reraise,
    /// 0: again; 1: `exception`; 2: `exception cause`.
    Raise(u8),
    /// `context`: remembers its exit, and pushes what entering gives.
    Enter,
    /// Calls the innermost remembered exit: without an exception, or with the one that is being handled.
    Exit {
        handling: bool,
    },
    /// Raises an `AssertionError`; with a message on the stack, or without.
    AssertFailed(bool),
}
