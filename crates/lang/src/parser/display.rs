//! Values in brackets: groups, tuples, lists, sets, dictionaries and comprehensions.

use super::target::Purpose;
use super::{Parsed, Parser, SyntaxError};
use crate::ast::{Clause, ComprehensionKind, Expr, ExprKind};
use crate::lexer::Tok;

impl Parser<'_> {
    /// `(…)`: a group, a tuple or a generator.
    pub(super) fn group(&mut self) -> Parsed<Expr> {
        let start = self.bump().span.start;
        if self.eat(")") {
            return Ok(self.node(start, ExprKind::Tuple(Vec::new())));
        }
        if self.is_key("yield") {
            let value = self.scoped(Self::yielding)?;
            self.expect(")")?;
            return Ok(value);
        }
        let inner = self.start();
        let first = self.element()?;
        if self.is_key("for") {
            return self.comprehension(start, ComprehensionKind::Generator, first, ")");
        }
        if !self.is(",") {
            self.close(")", inner, Some(&first))?;
            if let ExprKind::Starred(_) = first.kind {
                return Err(Box::new(SyntaxError::new("cannot use starred expression here", first.span)));
            }
            return Ok(first);
        }
        let items = self.items(first, ")")?;
        Ok(self.node(start, ExprKind::Tuple(items)))
    }

    /// `[…]`.
    pub(super) fn list(&mut self) -> Parsed<Expr> {
        let start = self.bump().span.start;
        if self.eat("]") {
            return Ok(self.node(start, ExprKind::List(Vec::new())));
        }
        let first = self.element()?;
        if self.is_key("for") {
            return self.comprehension(start, ComprehensionKind::List, first, "]");
        }
        let items = self.items(first, "]")?;
        Ok(self.node(start, ExprKind::List(items)))
    }

    /// `{…}`: a dictionary or a set.
    pub(super) fn braces(&mut self) -> Parsed<Expr> {
        let start = self.bump().span.start;
        if self.is("}") || self.is("**") {
            return self.dict(start, None);
        }
        let first_start = self.start();
        let first = self.element()?;
        if self.is(":") && !matches!(first.kind, ExprKind::Starred(_)) {
            return self.dict(start, Some((first_start, first)));
        }
        if self.is_key("for") {
            return self.comprehension(start, ComprehensionKind::Set, first, "}");
        }
        let items = self.items(first, "}")?;
        Ok(self.node(start, ExprKind::Set(items)))
    }

    /// An expression or `*a`.
    fn element(&mut self) -> Parsed<Expr> {
        if self.is("*") { self.star_target() } else { self.condition() }
    }

    /// The elements after the first, and the bracket that closes them.
    fn items(&mut self, first: Expr, close: &str) -> Parsed<Vec<Expr>> {
        let begin = first.span.start;
        let mut start = begin;
        let mut items = vec![first];
        while self.eat(",") {
            if self.is(close) {
                break;
            }
            start = self.start();
            items.push(self.element()?);
        }
        if self.is_key("for") && items.len() > 1 && close != ")" {
            let message = "did you forget parentheses around the comprehension target?";
            return Err(Box::new(SyntaxError::new(message, self.since(begin))));
        }
        self.grow()?;
        self.close(close, start, items.last())?;
        Ok(items)
    }

    /// The entries of a dictionary, of whose first the key may have been read.
    fn dict(&mut self, start: u32, first: Option<(u32, Expr)>) -> Parsed<Expr> {
        let mut entries = Vec::new();
        let mut first = first;
        while !self.is("}") {
            let entry_start = first.as_ref().map_or(self.start(), |(start, _)| *start);
            if first.is_none() && self.eat("**") {
                let value = self.operand()?;
                if self.is_key("for") {
                    let message = "dict unpacking cannot be used in dict comprehension";
                    return Err(Box::new(SyntaxError::new(message, self.since(entry_start))));
                }
                entries.push((None, value));
            } else {
                let key = match first.take() {
                    Some((_, key)) => key,
                    None => self.expr()?,
                };
                let value = self.entry_value(&key)?;
                if self.is_key("for") && entries.is_empty() {
                    return self.dict_comprehension(start, key, value);
                }
                entries.push((Some(key), value));
            }
            if !self.eat(",") {
                let value = entries.last().map(|(_, value)| value);
                let at = value.map_or(entry_start, |value| value.span.start);
                self.close("}", at, value)?;
                self.grow()?;
                return Ok(self.node(start, ExprKind::Dict(entries)));
            }
        }
        self.bump();
        self.grow()?;
        Ok(self.node(start, ExprKind::Dict(entries)))
    }

    /// `: value`.
    fn entry_value(&mut self, key: &Expr) -> Parsed<Expr> {
        if !self.is(":") {
            if let Tok::Error(_) = self.peek() {
                return Err(self.unexpected());
            }
            let after = self.since(key.span.end);
            return Err(Box::new(SyntaxError::new("':' expected after dictionary key", after)));
        }
        let colon = self.bump().span;
        if matches!(self.peek(), Tok::Op("}" | ",")) {
            let message = "expression expected after dictionary key and ':'";
            return Err(Box::new(SyntaxError::new(message, colon)));
        }
        if self.is("*") {
            let value = self.star_target()?;
            let message = "cannot use a starred expression in a dictionary value";
            return Err(Box::new(SyntaxError::new(message, value.span)));
        }
        self.expr()
    }

    fn dict_comprehension(&mut self, start: u32, key: Expr, value: Expr) -> Parsed<Expr> {
        let clauses = self.clauses(start, "dict comprehension")?;
        self.close("}", start, None)?;
        let (key, value) = (Box::new(key), Box::new(value));
        Ok(self.node(start, ExprKind::DictComprehension { key, value, clauses }))
    }

    /// What follows the element of a comprehension, and the bracket that closes it.
    fn comprehension(
        &mut self,
        start: u32,
        kind: ComprehensionKind,
        element: Expr,
        close: &str,
    ) -> Parsed<Expr> {
        self.no_star_clause(element.span.start)
            .or_else(|error| if let ExprKind::Starred(_) = element.kind { Err(error) } else { Ok(()) })?;
        let what = match kind {
            ComprehensionKind::List => "list comprehension",
            ComprehensionKind::Set => "set comprehension",
            ComprehensionKind::Generator => "generator expression",
        };
        let clauses = self.clauses(start, what)?;
        let last = clauses.last().map(|clause| clause.conditions.last().unwrap_or(&clause.iter));
        self.close(close, last.map_or(start, |last| last.span.start), last)?;
        Ok(self.node(start, ExprKind::Comprehension { kind, element: Box::new(element), clauses }))
    }

    /// Refuses `for` after a starred element.
    pub(super) fn no_star_clause(&self, start: u32) -> Parsed<()> {
        if !self.is_key("for") {
            return Ok(());
        }
        let message = "iterable unpacking cannot be used in comprehension";
        Err(Box::new(SyntaxError::new(message, self.since(start))))
    }

    /// `for target in iter if condition`, as often as it stands there, after an element that began at `start`.
    pub(super) fn clauses(&mut self, start: u32, what: &str) -> Parsed<Vec<Clause>> {
        if let Some(span) = self.yielded.filter(|span| span.start >= start) {
            self.report(SyntaxError::new(format!("'yield' inside {what}"), span));
        }
        let mut clauses = Vec::new();
        while self.eat_key("for") {
            let target = self.scoped(Self::loop_target)?;
            self.check_target(&target, Purpose::Assign)?;
            self.expect_key("in")?;
            let iter = self.scoped(Self::disjunction)?;
            let mut conditions = Vec::new();
            while self.eat_key("if") {
                conditions.push(self.scoped(Self::disjunction)?);
            }
            clauses.push(Clause { target, iter, conditions });
        }
        if self.is_key("async") {
            return Err(self.not_part("'async'", ""));
        }
        self.grow()?;
        Ok(clauses)
    }
}
