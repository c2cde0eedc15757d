//! The syntax tree. Every node knows where it stands in the text.

use std::rc::Rc;

use crate::span::Span;

/// A name; compared and hashed by its text.
pub(crate) type Name = Rc<str>;

/// A statement.
#[derive(Clone, Debug)]
pub(crate) struct Stmt {
    /// What it does.
    pub(crate) kind: StmtKind,
    /// Where it stands. Of a compound statement: its header, up to the colon.
    pub(crate) span: Span,
}

/// What a statement does.
#[derive(Clone, Debug)]
pub(crate) enum StmtKind {
    /// An expression whose value is dropped.
    Expr(Expr),
    /// `a = b = value`: targets from left to right.
    Assign { targets: Vec<Expr>, value: Expr },
    /// `target op= value`.
    AugAssign { target: Expr, op: BinOp, value: Expr },
    /// `target: annotation = value`; nothing is kept of the annotation.
    AnnAssign { target: Expr, value: Option<Expr> },
    /// `del a, b[0]`.
    Del(Vec<Expr>),
    /// `pass`.
    Pass,
    /// `break`.
    Break,
    /// `continue`.
    Continue,
    /// `return value`.
    Return(Option<Expr>),
    /// `raise exc from cause`.
    Raise { exc: Option<Expr>, cause: Option<Expr> },
    /// `assert test, msg`.
    Assert { test: Expr, msg: Option<Expr> },
    /// `global a, b`.
    Global(Vec<Name>),
    /// `nonlocal a, b`.
    Nonlocal(Vec<Name>),
    /// `import a.b as c, d`.
    Import(Vec<Alias>),
    /// `from module import a as b, c`, or `*` (no names).
    ImportFrom { module: Name, level: usize, names: Vec<Alias>, star: bool },
    /// `if test: body else: orelse`; `elif` is an `If` alone in `orelse`.
    If { test: Expr, body: Vec<Stmt>, orelse: Vec<Stmt> },
    /// `while test: body else: orelse`.
    While { test: Expr, body: Vec<Stmt>, orelse: Vec<Stmt> },
    /// `for target in iter: body else: orelse`.
    For { target: Expr, iter: Expr, body: Vec<Stmt>, orelse: Vec<Stmt> },
    /// `with items: body`.
    With { items: Vec<WithItem>, body: Vec<Stmt> },
    /// `try: … except …: … else: … finally: …`.
    Try { body: Vec<Stmt>, handlers: Vec<Handler>, orelse: Vec<Stmt>, finally: Vec<Stmt> },
    /// `def`.
    Def(Rc<FunctionDef>),
    /// `class`.
    Class(Rc<ClassDef>),
}

/// `name as alias`; a dotted name is one name with dots.
#[derive(Clone, Debug)]
pub(crate) struct Alias {
    /// What is imported.
    pub(crate) name: Name,
    /// What it is called here.
    pub(crate) alias: Option<Name>,
    /// Where it stands.
    pub(crate) span: Span,
}

/// `context as target`.
#[derive(Clone, Debug)]
pub(crate) struct WithItem {
    /// The context manager.
    pub(crate) context: Expr,
    /// Where its value goes.
    pub(crate) target: Option<Expr>,
}

/// `except kind as name: body`.
#[derive(Clone, Debug)]
pub(crate) struct Handler {
    /// The classes that it takes; all, if `None`.
    pub(crate) kind: Option<Expr>,
    /// The name of the exception in the body.
    pub(crate) name: Option<Name>,
    /// What is done.
    pub(crate) body: Vec<Stmt>,
    /// Where the header stands.
    pub(crate) span: Span,
}

/// A function.
#[derive(Debug)]
pub(crate) struct FunctionDef {
    /// Its name; `<lambda>` for a lambda.
    pub(crate) name: Name,
    /// Its parameters.
    pub(crate) params: Params,
    /// Its body; of a lambda, one `return`.
    pub(crate) body: Vec<Stmt>,
    /// Where the body begins, if it is not there yet.
    pub(crate) late: Option<u32>,
    /// What it is wrapped in, from the outermost to the innermost.
    pub(crate) decorators: Vec<Expr>,
    /// The whole, header and body.
    pub(crate) span: Span,
}

/// The parameters of a function.
#[derive(Clone, Debug, Default)]
pub(crate) struct Params {
    /// Those that may be given by place, in order.
    pub(crate) positional: Vec<Param>,
    /// How many of those stand before a `/` and can only be given by place.
    pub(crate) positional_only: usize,
    /// `*args`.
    pub(crate) args: Option<Name>,
    /// Those that can only be given by name.
    pub(crate) keyword: Vec<Param>,
    /// `**kwargs`.
    pub(crate) kwargs: Option<Name>,
}

/// One parameter.
#[derive(Clone, Debug)]
pub(crate) struct Param {
    /// Its name.
    pub(crate) name: Name,
    /// What it is if it is not given.
    pub(crate) default: Option<Expr>,
    /// Where it stands.
    pub(crate) span: Span,
}

/// A class.
#[derive(Debug)]
pub(crate) struct ClassDef {
    /// Its name.
    pub(crate) name: Name,
    /// Its bases.
    pub(crate) bases: Vec<Arg>,
    /// Its body.
    pub(crate) body: Vec<Stmt>,
    /// What it is wrapped in, from the outermost to the innermost.
    pub(crate) decorators: Vec<Expr>,
    /// The whole, header and body.
    pub(crate) span: Span,
}

/// An expression.
#[derive(Clone, Debug)]
pub(crate) struct Expr {
    /// What it computes.
    pub(crate) kind: ExprKind,
    /// Where it stands.
    pub(crate) span: Span,
}

/// What an expression computes.
#[derive(Clone, Debug)]
pub(crate) enum ExprKind {
    /// `None`, `True`, `False`, `...`, a number or a string (implicitly joined).
    Literal(Literal),
    /// `f"…"`, joined with its neighbours.
    FString(Vec<FPart>),
    /// A name.
    Name(Name),
    /// `(a, b)`.
    Tuple(Vec<Expr>),
    /// `[a, b]`.
    List(Vec<Expr>),
    /// `{a, b}`.
    Set(Vec<Expr>),
    /// `{a: b, **c}`: an entry without a key is `**c`.
    Dict(Vec<(Option<Expr>, Expr)>),
    /// `-a`, `not a`, ….
    Unary { op: UnaryOp, operand: Box<Expr> },
    /// `a + b`.
    Binary { op: BinOp, left: Box<Expr>, right: Box<Expr> },
    /// `a and b and c`, `a or b`.
    Bool { and: bool, values: Vec<Expr> },
    /// `a < b <= c`.
    Compare { left: Box<Expr>, rest: Vec<(CmpOp, Expr)> },
    /// `a if test else b`.
    IfElse { test: Box<Expr>, body: Box<Expr>, orelse: Box<Expr> },
    /// `f(a, *b, c=d, **e)`.
    Call { func: Box<Expr>, args: Vec<Arg> },
    /// `a.name`.
    Attribute { value: Box<Expr>, name: Name },
    /// `a[index]`; several indices are a tuple.
    Subscript { value: Box<Expr>, index: Box<Expr> },
    /// `a:b:c` inside of `[]`.
    Slice { start: Option<Box<Expr>>, stop: Option<Box<Expr>>, step: Option<Box<Expr>> },
    /// `*a` in a display, a call or a target.
    Starred(Box<Expr>),
    /// `lambda a: b`.
    Lambda(Rc<FunctionDef>),
    /// `[element for …]`, `(…)`, `{…}`.
    Comprehension { kind: ComprehensionKind, element: Box<Expr>, clauses: Vec<Clause> },
    /// `{key: value for …}`.
    DictComprehension { key: Box<Expr>, value: Box<Expr>, clauses: Vec<Clause> },
    /// `yield a`.
    Yield(Option<Box<Expr>>),
    /// `yield from a`.
    YieldFrom(Box<Expr>),
    /// `name := value`.
    Walrus { name: Name, value: Box<Expr> },
}

/// What a comprehension makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ComprehensionKind {
    /// A list.
    List,
    /// A set.
    Set,
    /// A generator.
    Generator,
}

/// `for target in iter if conditions`.
#[derive(Clone, Debug)]
pub(crate) struct Clause {
    /// What is bound.
    pub(crate) target: Expr,
    /// What is walked.
    pub(crate) iter: Expr,
    /// What must hold.
    pub(crate) conditions: Vec<Expr>,
}

/// An argument of a call.
#[derive(Clone, Debug)]
pub(crate) enum Arg {
    /// `a`.
    Positional(Expr),
    /// `*a`.
    Star(Expr),
    /// `name=a`.
    Keyword(Name, Expr),
    /// `**a`.
    DoubleStar(Expr),
}

/// A constant.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Literal {
    /// `None`.
    None,
    /// `True`, `False`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a point or an exponent.
    Float(f64),
    /// A text.
    Str(Rc<str>),
    /// `b'…'`.
    Bytes(Rc<[u8]>),
    /// `...`.
    Ellipsis,
}

/// A part of an f-string.
#[derive(Clone, Debug)]
pub(crate) enum FPart {
    /// Text as it is.
    Text(Rc<str>),
    /// `{value!conversion:spec}`; `{value=}` is text and a value with the conversion `r`.
    Value { value: Expr, conversion: Option<char>, spec: Vec<FPart> },
}

/// An operator of one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnaryOp {
    /// `-a`.
    Neg,
    /// `+a`.
    Pos,
    /// `~a`.
    Invert,
    /// `not a`.
    Not,
}

/// An operator of two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum BinOp {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `//`
    FloorDiv,
    /// `%`
    Mod,
    /// `**`
    Pow,
    /// `@`
    MatMul,
    /// `&`
    And,
    /// `|`
    Or,
    /// `^`
    Xor,
    /// `<<`
    Shl,
    /// `>>`
    Shr,
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CmpOp {
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// `in`
    In,
    /// `not in`
    NotIn,
    /// `is`
    Is,
    /// `is not`
    IsNot,
}
