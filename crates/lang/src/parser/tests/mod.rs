//! What the parser reads and what it says.

mod errors;
mod hostile;
mod limits;
mod recovery;
mod spans;
mod strings;
mod trees;

use super::{SyntaxError, parse};
use crate::ast::{Expr, ExprKind, Stmt, StmtKind};
use crate::span::line_of;

/// The statements of a text without mistakes.
fn read(text: &str) -> Vec<Stmt> {
    match parse(text) {
        Ok(statements) => statements,
        Err(errors) => panic!("{text:?}: {errors:?}"),
    }
}

/// The mistakes of a text.
fn wrong(text: &str) -> Vec<SyntaxError> {
    match parse(text) {
        Ok(statements) => panic!("{text:?} is {statements:?}"),
        Err(errors) => errors,
    }
}

/// The expression that a text is.
fn expr(text: &str) -> Expr {
    match read(text).pop().map(|statement| statement.kind) {
        Some(StmtKind::Expr(expr)) => expr,
        other => panic!("{text:?} is {other:?}"),
    }
}

/// Kind, message and line of each mistake.
fn said(text: &str) -> Vec<String> {
    let line = |error: &SyntaxError| line_of(text, error.span.start);
    wrong(text).iter().map(|error| format!("{} {error}", line(error))).collect()
}
