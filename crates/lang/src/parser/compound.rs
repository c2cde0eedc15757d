//! `if`, `while`, `for`, `with` and `try`.

use super::target::Purpose;
use super::{BRANCHES, Parsed, Parser, SyntaxError};
use crate::ast::{Expr, Handler, Stmt, StmtKind, WithItem};
use crate::lexer::Tok;

impl Parser<'_> {
    /// The colon at the end of a header. With `forced`, whatever stands there instead is a missing colon;
    /// otherwise only the end of the line is.
    pub(super) fn colon(&mut self, forced: bool) -> Parsed<()> {
        if self.eat(":") {
            return Ok(());
        }
        if let Tok::Error(_) = self.peek() {
            return Err(self.unexpected());
        }
        if forced || self.peek() == Tok::Newline {
            let habit = self.habit("invalid syntax");
            let hint =
                habit.unwrap_or_else(|| "A header such as 'if', 'for' or 'def' ends with a colon.".into());
            return Err(Box::new(SyntaxError::new("expected ':'", self.token().span).hint(hint)));
        }
        Err(self.unexpected())
    }

    /// A header of one word, its colon, and its block.
    fn clause(&mut self, keyword: &str) -> Parsed<Vec<Stmt>> {
        let start = self.bump().span.start;
        self.colon(true)?;
        self.block(&format!("'{keyword}' statement"), start)
    }

    fn else_clause(&mut self) -> Parsed<Vec<Stmt>> {
        if self.is_key("else") { self.clause("else") } else { Ok(Vec::new()) }
    }

    /// `if` or `elif`, the so-many-th branch.
    pub(super) fn if_statement(&mut self, branch: usize) -> Parsed<Stmt> {
        let keyword = if branch == 0 { "'if' statement" } else { "'elif' statement" };
        if branch > BRANCHES {
            let message = format!("too many 'elif' branches: Seegrad allows {BRANCHES}");
            return Err(Box::new(SyntaxError::new(message, self.token().span)));
        }
        let start = self.bump().span.start;
        let test = self.condition()?;
        self.colon(false)?;
        let span = self.since(start);
        let body = self.block(keyword, start)?;
        let orelse =
            if self.is_key("elif") { vec![self.if_statement(branch + 1)?] } else { self.else_clause()? };
        Ok(Stmt { kind: StmtKind::If { test, body, orelse }, span })
    }

    pub(super) fn while_statement(&mut self) -> Parsed<Stmt> {
        let start = self.bump().span.start;
        let test = self.condition()?;
        self.colon(false)?;
        let span = self.since(start);
        let body = self.loop_body("'while' statement", start)?;
        let orelse = self.else_clause()?;
        Ok(Stmt { kind: StmtKind::While { test, body, orelse }, span })
    }

    fn loop_body(&mut self, what: &str, start: u32) -> Parsed<Vec<Stmt>> {
        let outer = std::mem::replace(&mut self.scope.looping, true);
        let body = self.block(what, start);
        self.scope.looping = outer;
        body
    }

    pub(super) fn for_statement(&mut self) -> Parsed<Stmt> {
        let start = self.bump().span.start;
        let target = self.loop_target()?;
        self.expect_key("in")?;
        let iter = self.values()?;
        self.colon(false)?;
        let span = self.since(start);
        let body = self.loop_body("'for' statement", start)?;
        let orelse = self.else_clause()?;
        Ok(Stmt { kind: StmtKind::For { target, iter, body, orelse }, span })
    }

    pub(super) fn with_statement(&mut self) -> Parsed<Stmt> {
        let start = self.bump().span.start;
        let bracketed = if self.is("(") { self.maybe(Self::bracketed_items) } else { None };
        let items = match bracketed {
            Some(items) => items,
            None => self.with_items()?,
        };
        self.colon(false)?;
        let span = self.since(start);
        let body = self.block("'with' statement", start)?;
        Ok(Stmt { kind: StmtKind::With { items, body }, span })
    }

    /// `(a as b, c)`, if a colon follows: otherwise it is an expression.
    fn bracketed_items(&mut self) -> Parsed<Vec<WithItem>> {
        self.expect("(")?;
        let mut items = vec![self.with_item()?];
        while self.eat(",") && !self.is(")") {
            items.push(self.with_item()?);
        }
        self.expect(")")?;
        if self.is(":") { Ok(items) } else { Err(self.unexpected()) }
    }

    fn with_items(&mut self) -> Parsed<Vec<WithItem>> {
        let mut items = vec![self.with_item()?];
        while self.eat(",") {
            items.push(self.with_item()?);
        }
        Ok(items)
    }

    fn with_item(&mut self) -> Parsed<WithItem> {
        let context = self.expr()?;
        if !self.eat_key("as") {
            return Ok(WithItem { context, target: None });
        }
        let target = self.star_target()?;
        self.check_target(&target, Purpose::Assign)?;
        Ok(WithItem { context, target: Some(target) })
    }

    pub(super) fn try_statement(&mut self) -> Parsed<Stmt> {
        let header = self.token().span;
        let span = header.to(if self.ahead(1).kind == Tok::Op(":") { self.ahead(1).span } else { header });
        let body = self.clause("try")?;
        let mut handlers = Vec::new();
        while self.is_key("except") {
            handlers.push(self.handler()?);
        }
        self.bare_handler_last(&handlers);
        let orelse = if handlers.is_empty() { Vec::new() } else { self.else_clause()? };
        let finally = if self.is_key("finally") { self.clause("finally")? } else { Vec::new() };
        if handlers.is_empty() && finally.is_empty() {
            let here = self.token().span;
            self.report(SyntaxError::new("expected 'except' or 'finally' block", here));
        }
        Ok(Stmt { kind: StmtKind::Try { body, handlers, orelse, finally }, span })
    }

    fn bare_handler_last(&mut self, handlers: &[Handler]) {
        let others = handlers.split_last().map_or(&[][..], |(_, others)| others);
        if let Some(bare) = others.iter().find(|handler| handler.kind.is_none()) {
            self.report(SyntaxError::new("default 'except:' must be last", bare.span));
        }
    }

    fn handler(&mut self) -> Parsed<Handler> {
        let start = self.bump().span.start;
        if self.is("*") {
            return Err(self.not_part("'except*'", "Write 'except' without the star."));
        }
        let mut kind: Option<Expr> = None;
        let mut name = None;
        if !matches!(self.peek(), Tok::Op(":") | Tok::Newline) {
            let first = self.start();
            kind = Some(self.expr()?);
            if self.is(",") {
                self.star_list_rest()?;
                let error =
                    SyntaxError::new("multiple exception types must be parenthesized", self.since(first));
                return Err(Box::new(error.hint("Write except (A, B): with parentheses.")));
            }
            if self.eat_key("as") {
                name = Some(self.name()?.0);
            }
        }
        self.colon(false)?;
        let span = self.since(start);
        let body = self.block("'except' statement", start)?;
        Ok(Handler { kind, name, body, span })
    }
}
