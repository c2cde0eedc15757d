//! `def`, `class` and what decorates them.

use std::rc::Rc;

use super::params::Style;
use super::{Parsed, Parser, Scope, SyntaxError};
use crate::ast::{ClassDef, Expr, FunctionDef, Stmt, StmtKind};
use crate::lexer::Tok;
use crate::span::Span;

impl Parser<'_> {
    /// A function or a class, decorated or not.
    pub(super) fn definition(&mut self) -> Parsed<Stmt> {
        let mut decorators = Vec::new();
        while self.eat("@") {
            decorators.push(self.condition()?);
            if self.peek() != Tok::Newline {
                return Err(self.unexpected());
            }
            self.bump();
        }
        match self.peek() {
            Tok::Key("def") => self.function(decorators),
            Tok::Key("class") => self.class(decorators),
            Tok::Key("async") => Err(self.not_part("'async'", "")),
            _ => Err(self.unexpected()),
        }
    }

    fn function(&mut self, decorators: Vec<Expr>) -> Parsed<Stmt> {
        let start = self.bump().span.start;
        let (name, _) = self.name()?;
        if !self.eat("(") {
            if let Tok::Error(_) = self.peek() {
                return Err(self.unexpected());
            }
            return Err(Box::new(SyntaxError::new("expected '('", self.token().span)));
        }
        let params = self.params(Style::Function)?;
        self.expect(")")?;
        if self.is("->") {
            self.returned()?;
        }
        self.colon(true)?;
        let span = self.since(start);
        let late = self.late();
        let body = match late {
            Some(_) => Vec::new(),
            None => self.body(start, "function definition", true)?,
        };
        let whole = span.to(late.or(body.last().map(last_place)).unwrap_or(span));
        let late = late.map(|body| body.start);
        let def = FunctionDef { name, params, body, late, decorators, span: whole };
        Ok(Stmt { kind: StmtKind::Def(Rc::new(def)), span })
    }

    /// Takes what stands for a body that is not there yet.
    fn late(&mut self) -> Option<Span> {
        if self.peek() != Tok::Newline || self.ahead(1).kind != Tok::Late {
            return None;
        }
        self.bump();
        Some(self.bump().span)
    }

    /// `-> annotation`; an arrow without one is a missing colon, as in Python.
    fn returned(&mut self) -> Parsed<()> {
        if self.ahead(1).kind == Tok::Op(":") {
            return self.colon(true);
        }
        self.bump();
        self.expr().map(drop)
    }

    fn class(&mut self, decorators: Vec<Expr>) -> Parsed<Stmt> {
        let start = self.bump().span.start;
        let (name, _) = self.name()?;
        let bases = if self.eat("(") { self.arguments(false)? } else { Vec::new() };
        self.colon(false)?;
        let span = self.since(start);
        let body = self.body(start, "class definition", false)?;
        let whole = span.to(body.last().map_or(span, last_place));
        let def = ClassDef { name, bases, body, decorators, span: whole };
        Ok(Stmt { kind: StmtKind::Class(Rc::new(def)), span })
    }

    fn body(&mut self, start: u32, what: &str, function: bool) -> Parsed<Vec<Stmt>> {
        let inner = Scope { function, looping: false, local: true };
        let outer = std::mem::replace(&mut self.scope, inner);
        let yielded = self.yielded.take();
        let body = self.block(what, start);
        self.scope = outer;
        self.yielded = yielded;
        body
    }
}

/// Where a statement ends, with all its blocks.
fn last_place(statement: &Stmt) -> Span {
    let mut statement = statement;
    loop {
        let last = match &statement.kind {
            StmtKind::Def(def) => return def.span,
            StmtKind::Class(def) => return def.span,
            StmtKind::If { body, orelse, .. }
            | StmtKind::While { body, orelse, .. }
            | StmtKind::For { body, orelse, .. } => orelse.last().or(body.last()),
            StmtKind::With { body, .. } => body.last(),
            StmtKind::Try { body, handlers, orelse, finally } => {
                let handled = handlers.last().and_then(|handler| handler.body.last());
                finally.last().or(orelse.last()).or(handled).or(body.last())
            }
            _ => None,
        };
        match last {
            Some(inner) => statement = inner,
            None => return statement.span,
        }
    }
}
