//! From text to tree.
//!
//! Statements and expressions are read by recursive descent, one function for a rule of Python's grammar. A
//! statement that cannot be read is skipped with the block that belongs to it, so that one pass finds several
//! mistakes. The tree is never deeper than [`Limits`] allows, however long the text: whoever walks it may recurse.

mod assign;
mod bytes;
mod call;
mod cases;
mod compound;
mod cursor;
mod define;
mod display;
mod error;
mod expression;
mod format;
mod hint;
mod import;
mod literal;
mod params;
mod pattern;
mod recovery;
mod simple;
mod target;
#[cfg(test)]
mod tests;
mod wrong;

pub use error::SyntaxError;
pub(crate) use error::{MOST_ERRORS, TOO_LARGE, is_format};

use crate::ast::Stmt;
use crate::lexer::{Token, lex};
use crate::span::Span;

/// What a text may demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of a text.
    pub source_bytes: usize,
    /// The deepest that blocks, brackets and operators may be nested.
    pub nesting: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { source_bytes: 1 << 20, nesting: 100 }
    }
}

/// The most links of a chain such as `a + b + c` or `a.b().c()`, and the most branches of an `if`.
const CHAIN: usize = 1000;
const BRANCHES: usize = 200;

/// Reads a program.
///
/// # Errors
/// All mistakes that one pass finds, in the order of the text: at most one for a line, and at most twenty.
pub(crate) fn parse(text: &str) -> Result<Vec<Stmt>, Vec<SyntaxError>> {
    parse_with(text, Limits::default())
}

/// Reads a program that may demand so much.
///
/// # Errors
/// As [`parse`]; one error for a text that is too long.
pub(crate) fn parse_with(text: &str, limits: Limits) -> Result<Vec<Stmt>, Vec<SyntaxError>> {
    read(text, limits, false)
}

/// Reads a source of ours, in which zeros may stand for the bodies of functions.
///
/// # Errors
/// As [`parse`].
pub(crate) fn parse_ours(text: &str) -> Result<Vec<Stmt>, Vec<SyntaxError>> {
    read(text, Limits::default(), true)
}

fn read(text: &str, limits: Limits, ours: bool) -> Result<Vec<Stmt>, Vec<SyntaxError>> {
    let most = limits.source_bytes.min(u32::MAX as usize / 2);
    if text.len() > most {
        let message = format!("the program is too long: {} bytes, where {most} are allowed", text.len());
        return Err(vec![SyntaxError::new(message, Span::new(0, 0))]);
    }
    let lexed = lex(text, limits.nesting, ours);
    let mut parser = Parser {
        text,
        tokens: lexed.tokens,
        faults: lexed.errors,
        at: 0,
        nesting: limits.nesting,
        depth: 0,
        tallest: 0,
        scope: Scope::default(),
        yielded: None,
        probing: false,
        errors: Vec::new(),
    };
    let statements = parser.program();
    if parser.errors.is_empty() {
        Ok(statements)
    } else {
        sorting::sort_by_key(&mut parser.errors, |error| error.span.start);
        Err(parser.errors)
    }
}

/// What a rule gives: boxed, for it is the rare case.
type Parsed<T> = Result<T, Box<SyntaxError>>;

/// What surrounds a statement.
#[derive(Clone, Copy, Debug, Default)]
struct Scope {
    /// A function: `return` and `yield` may stand here.
    function: bool,
    /// A loop of this function: `break` and `continue` may.
    looping: bool,
    /// A function or a class: `import *` may not.
    local: bool,
}

/// The state of the parse.
struct Parser<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    /// The lexer's errors.
    faults: Vec<SyntaxError>,
    at: usize,
    nesting: usize,
    /// How deeply the rules are nested.
    depth: usize,
    /// The height of the highest tree that was built since the last [`Parser::scoped`] began.
    tallest: usize,
    scope: Scope,
    /// The last `yield` of this function.
    yielded: Option<Span>,
    /// What is read now is only looked at: no second guess about it.
    probing: bool,
    errors: Vec<SyntaxError>,
}
