//! Patterns of `match` that take a value apart, and what the tests that they become are made of.

use super::{Parsed, Parser, SyntaxError};
use crate::ast::{Arg, CmpOp, Expr, ExprKind, Literal, Name};
use crate::lexer::Tok;
use crate::span::Span;

/// A pattern: the test that it is, the names that it binds, and why nothing after it is reached, if it always holds.
pub(super) struct Pattern {
    pub(super) test: Expr,
    pub(super) binds: Vec<Name>,
    pub(super) always: Option<String>,
}

impl Parser<'_> {
    /// The items of a sequence, up to what closes it; up to the colon or the guard, if nothing does.
    pub(super) fn sequence(&mut self, subject: &Expr, start: u32, close: &str) -> Parsed<Pattern> {
        let kept = hidden(start);
        let mut parts = Parts::new(name(&kept, subject.span));
        let mut starred: Option<usize> = None;
        loop {
            let end = if close.is_empty() { self.is(":") || self.is_key("if") } else { self.is(close) };
            if end {
                break;
            }
            if self.eat("*") {
                if starred.is_some() {
                    let text = "multiple starred names in sequence pattern";
                    return Err(Box::new(SyntaxError::new(text, self.since(start))));
                }
                starred = Some(parts.count);
                let (name, span) = self.name()?;
                self.left(&mut parts, name, span)?;
            } else {
                self.part(&mut parts)?;
            }
            if !self.eat(",") {
                break;
            }
        }
        if !close.is_empty() {
            self.expect(close)?;
        }
        let span = self.since(start);
        let count = |n: usize| literal(Literal::Int(n as i64), span);
        let (before, after) = match starred {
            Some(at) => (count(at), count(parts.count - at - 1)),
            None => (count(parts.count), literal(Literal::None, span)),
        };
        Ok(parts.pattern(kept, "_match_sequence", vec![subject.clone(), before, after], span))
    }

    /// One pattern of the next part of something.
    fn part(&mut self, parts: &mut Parts) -> Parsed<()> {
        let subject = parts.next(self.token().span);
        let span = self.token().span;
        let pattern = self.pattern(&subject)?;
        pattern.binds.into_iter().try_for_each(|name| self.binds(&mut parts.binds, name, span))?;
        parts.tests.push(pattern.test);
        Ok(())
    }

    /// The name of all that is left, as the next part.
    fn left(&mut self, parts: &mut Parts, name: Name, span: Span) -> Parsed<()> {
        let subject = parts.next(span);
        if &*name == "_" {
            return Ok(());
        }
        self.binds(&mut parts.binds, name.clone(), span)?;
        parts.tests.push(bound(name, subject, span));
        Ok(())
    }

    /// `{key: pattern, **rest}`.
    pub(super) fn mapping(&mut self, subject: &Expr, start: u32) -> Parsed<Pattern> {
        let kept = hidden(start);
        let mut parts = Parts::new(name(&kept, subject.span));
        let (mut keys, mut rest) = (Vec::new(), false);
        self.bump();
        while !self.is("}") {
            if rest {
                return Err(self.unexpected());
            }
            if self.eat("**") {
                rest = true;
                let (name, span) = self.name()?;
                self.left(&mut parts, name, span)?;
            } else {
                let dotted = self.peek() == Tok::Name && self.ahead(1).kind == Tok::Op(".");
                keys.push(if dotted { self.dotted()? } else { self.constant()? });
                self.expect(":")?;
                self.part(&mut parts)?;
            }
            if !self.eat(",") {
                break;
            }
        }
        self.expect("}")?;
        let span = self.since(start);
        let keys = Expr { kind: ExprKind::Tuple(keys), span };
        let args = vec![subject.clone(), keys, literal(Literal::Bool(rest), span)];
        Ok(parts.pattern(kept, "_match_mapping", args, span))
    }

    /// `Class(pattern, name=pattern)`.
    pub(super) fn class_pattern(&mut self, subject: &Expr, class: Expr, start: u32) -> Parsed<Pattern> {
        let kept = hidden(start);
        let mut parts = Parts::new(name(&kept, subject.span));
        let mut names: Vec<Expr> = Vec::new();
        self.bump();
        while !self.is(")") {
            let named = self.peek() == Tok::Name && self.ahead(1).kind == Tok::Op("=");
            if named {
                let (name, span) = self.name()?;
                self.bump();
                names.push(literal(Literal::Str(name), span));
            } else if !names.is_empty() {
                let text = "positional patterns follow keyword patterns";
                return Err(Box::new(SyntaxError::new(text, self.token().span)));
            }
            self.part(&mut parts)?;
            if !self.eat(",") {
                break;
            }
        }
        self.expect(")")?;
        let span = self.since(start);
        let places = literal(Literal::Int((parts.count - names.len()) as i64), span);
        let args = vec![subject.clone(), class, places, Expr { kind: ExprKind::Tuple(names), span }];
        Ok(parts.pattern(kept, "_match_class", args, span))
    }
}

/// What something is taken apart into: a list under a hidden name.
struct Parts {
    list: Expr,
    count: usize,
    tests: Vec<Expr>,
    binds: Vec<Name>,
}

impl Parts {
    fn new(list: Expr) -> Self {
        Self { list, count: 0, tests: Vec::new(), binds: Vec::new() }
    }

    /// The next part.
    fn next(&mut self, span: Span) -> Expr {
        let index = Box::new(literal(Literal::Int(self.count as i64), span));
        self.count += 1;
        Expr { kind: ExprKind::Subscript { value: Box::new(self.list.clone()), index }, span }
    }

    /// Taken apart by a function, which gives `None` if that cannot be done.
    fn pattern(self, kept: Name, function: &str, args: Vec<Expr>, span: Span) -> Pattern {
        let func = Box::new(name(&function.into(), span));
        let args = args.into_iter().map(Arg::Positional).collect();
        let value = Box::new(Expr { kind: ExprKind::Call { func, args }, span });
        let left = Box::new(Expr { kind: ExprKind::Walrus { name: kept, value }, span });
        let rest = vec![(CmpOp::IsNot, literal(Literal::None, span))];
        let fits = Expr { kind: ExprKind::Compare { left, rest }, span };
        Pattern {
            test: all([fits].into_iter().chain(self.tests).collect(), span),
            binds: self.binds,
            always: None,
        }
    }
}

/// A name that belongs to a place of the text.
pub(super) fn hidden(start: u32) -> Name {
    format!("_match.{start}").into()
}

pub(super) fn name(name: &Name, span: Span) -> Expr {
    Expr { kind: ExprKind::Name(name.clone()), span }
}

pub(super) fn literal(value: Literal, span: Span) -> Expr {
    Expr { kind: ExprKind::Literal(value), span }
}

/// Binds a name: a test that holds, whatever the value is.
pub(super) fn bound(name: Name, value: Expr, span: Span) -> Expr {
    let value = Expr { kind: ExprKind::Walrus { name, value: Box::new(value) }, span };
    Expr { kind: ExprKind::Tuple(vec![value]), span }
}

pub(super) fn all(mut tests: Vec<Expr>, span: Span) -> Expr {
    match tests.len() {
        1 => tests.remove(0),
        _ => Expr { kind: ExprKind::Bool { and: true, values: tests }, span },
    }
}
