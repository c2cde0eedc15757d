//! `match`: read as the `if` statements that come to the same. A pattern becomes a test, in which `:=` binds what it captures; what is
//! taken apart is kept under names that no program can write.

use super::pattern::{Pattern, all, bound, hidden, literal, name};
use super::{BRANCHES, Parsed, Parser, SyntaxError};
use crate::ast::{CmpOp, Expr, ExprKind, Literal, Name, Stmt, StmtKind, UnaryOp};
use crate::lexer::Tok;
use crate::span::Span;

/// A case: its pattern and guard as one test.
struct Case {
    test: Expr,
    body: Vec<Stmt>,
    span: Span,
}

impl Parser<'_> {
    pub(super) fn match_statement(&mut self) -> Parsed<Stmt> {
        let start = self.bump().span.start;
        let subject = self.star_list()?;
        self.colon(false)?;
        let span = self.since(start);
        self.bump();
        self.bump();
        let kept = hidden(span.start);
        let cases = match self.nested(|parser| parser.cases(&name(&kept, span))) {
            Ok(cases) => cases,
            Err(error) => {
                self.report(*error);
                self.skip_block(1);
                Vec::new()
            }
        };
        if self.peek() == Tok::Dedent && !cases.is_empty() {
            self.bump();
        }
        let body = cases.into_iter().rev().fold(Vec::new(), |orelse, case| {
            vec![Stmt { kind: StmtKind::If { test: case.test, body: case.body, orelse }, span: case.span }]
        });
        let test = bound(kept, subject, span);
        Ok(Stmt { kind: StmtKind::If { test, body, orelse: Vec::new() }, span })
    }

    fn cases(&mut self, subject: &Expr) -> Parsed<Vec<Case>> {
        let mut cases = Vec::new();
        let mut last: Option<(String, Span)> = None;
        while !matches!(self.peek(), Tok::Dedent | Tok::End) {
            if self.text_of(self.token().span) != "case" {
                return Err(self.unexpected());
            }
            if let Some((why, span)) = last {
                return Err(Box::new(SyntaxError::new(
                    format!("{why} makes remaining patterns unreachable"),
                    span,
                )));
            }
            if cases.len() >= BRANCHES {
                let message = format!("too many cases: Seegrad allows {BRANCHES}");
                return Err(Box::new(SyntaxError::new(message, self.token().span)));
            }
            let start = self.bump().span.start;
            let pattern = self.patterns(subject)?;
            let guard = if self.eat_key("if") { Some(self.condition()?) } else { None };
            self.colon(false)?;
            let span = self.since(start);
            last = pattern.always.filter(|_| guard.is_none()).map(|why| (why, pattern.test.span));
            let test = all([pattern.test].into_iter().chain(guard).collect(), span);
            let body = self.block("'case' statement", start)?;
            cases.push(Case { test, body, span });
        }
        Ok(cases)
    }

    /// What stands behind `case`: a pattern, or a sequence without brackets.
    fn patterns(&mut self, subject: &Expr) -> Parsed<Pattern> {
        if self.has_items() { self.sequence(subject, self.start(), "") } else { self.pattern(subject) }
    }

    /// Whether a comma or a star comes before what ends a pattern here.
    fn has_items(&self) -> bool {
        let mut depth = 0_usize;
        for token in self.tokens.get(self.at..).unwrap_or(&[]) {
            match token.kind {
                Tok::Op("(" | "[" | "{") => depth += 1,
                Tok::Op("," | "*") if depth == 0 => return true,
                Tok::Op(")" | "]" | "}" | ":") | Tok::Key("if") if depth == 0 => return false,
                Tok::Op(")" | "]" | "}") => depth -= 1,
                Tok::Newline | Tok::End => return false,
                _ => {}
            }
        }
        false
    }

    /// `a | b as name`.
    pub(super) fn pattern(&mut self, subject: &Expr) -> Parsed<Pattern> {
        self.nested(|parser| parser.alternatives(subject))
    }

    fn alternatives(&mut self, subject: &Expr) -> Parsed<Pattern> {
        let start = self.start();
        let mut found = self.closed(subject)?;
        let mut tests = Vec::new();
        while self.is("|") {
            if let Some(why) = found.always {
                let text = format!("{why} makes remaining patterns unreachable");
                return Err(Box::new(SyntaxError::new(text, found.test.span)));
            }
            self.bump();
            let next = self.closed(subject)?;
            let differ = next.binds.len() != found.binds.len()
                || next.binds.iter().any(|name| !found.binds.contains(name));
            if differ {
                let text = "alternative patterns bind different names";
                return Err(Box::new(SyntaxError::new(text, self.since(start))));
            }
            tests.push(found.test);
            found = next;
        }
        if !tests.is_empty() {
            tests.push(found.test);
            found.test = self.node(start, ExprKind::Bool { and: false, values: tests });
        }
        if self.eat_key("as") {
            let (name, span) = self.name()?;
            if &*name == "_" {
                return Err(Box::new(SyntaxError::new("cannot use '_' as a target", span)));
            }
            self.binds(&mut found.binds, name.clone(), span)?;
            found.test = all(vec![found.test, bound(name, subject.clone(), span)], self.since(start));
        }
        Ok(found)
    }

    pub(super) fn binds(&self, binds: &mut Vec<Name>, name: Name, span: Span) -> Parsed<()> {
        if binds.contains(&name) {
            let text = format!("multiple assignments to name '{name}' in pattern");
            return Err(Box::new(SyntaxError::new(text, span)));
        }
        binds.push(name);
        Ok(())
    }

    fn closed(&mut self, subject: &Expr) -> Parsed<Pattern> {
        let start = self.start();
        match self.peek() {
            Tok::Op("[") => {
                self.bump();
                self.sequence(subject, start, "]")
            }
            Tok::Op("(") => self.grouped(subject, start),
            Tok::Op("{") => self.mapping(subject, start),
            Tok::Name if !matches!(self.ahead(1).kind, Tok::Op("." | "(")) => {
                let (name, span) = self.name()?;
                Ok(match &*name {
                    "_" => Pattern {
                        test: literal(Literal::Bool(true), span),
                        binds: Vec::new(),
                        always: Some("wildcard".to_owned()),
                    },
                    _ => Pattern {
                        test: bound(name.clone(), subject.clone(), span),
                        always: Some(format!("name capture '{name}'")),
                        binds: vec![name],
                    },
                })
            }
            Tok::Name => {
                let value = self.dotted()?;
                if self.is("(") {
                    self.class_pattern(subject, value, start)
                } else {
                    Ok(self.equal(subject, value, start))
                }
            }
            _ => {
                let value = self.constant()?;
                Ok(self.equal(subject, value, start))
            }
        }
    }

    /// `a.b.c`.
    pub(super) fn dotted(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let (name, _) = self.name()?;
        let mut value = self.node(start, ExprKind::Name(name));
        while self.eat(".") {
            let (name, _) = self.name()?;
            self.grow()?;
            value = self.node(start, ExprKind::Attribute { value: Box::new(value), name });
        }
        Ok(value)
    }

    /// A number, possibly with a sign, a text, or one of the three constants.
    pub(super) fn constant(&mut self) -> Parsed<Expr> {
        let start = self.start();
        if self.eat("-") {
            if !matches!(self.peek(), Tok::Int(_) | Tok::Float(_)) {
                return Err(self.unexpected());
            }
            let operand = Box::new(self.atom()?);
            return Ok(self.node(start, ExprKind::Unary { op: UnaryOp::Neg, operand }));
        }
        let allowed = matches!(
            self.peek(),
            Tok::Int(_) | Tok::Float(_) | Tok::Str | Tok::Key("None" | "True" | "False")
        );
        if !allowed {
            return Err(self.unexpected());
        }
        let value = self.atom()?;
        if let ExprKind::FString(_) = value.kind {
            let text = "patterns may only match literals and attribute lookups";
            return Err(Box::new(SyntaxError::new(text, value.span)));
        }
        Ok(value)
    }

    fn equal(&self, subject: &Expr, value: Expr, start: u32) -> Pattern {
        let same = matches!(value.kind, ExprKind::Literal(Literal::None | Literal::Bool(_)));
        let op = if same { CmpOp::Is } else { CmpOp::Eq };
        let test =
            self.node(start, ExprKind::Compare { left: Box::new(subject.clone()), rest: vec![(op, value)] });
        Pattern { test, binds: Vec::new(), always: None }
    }

    /// `(pattern)`, or a sequence in parentheses.
    fn grouped(&mut self, subject: &Expr, start: u32) -> Parsed<Pattern> {
        self.bump();
        if self.is(")") || self.has_items() {
            return self.sequence(subject, start, ")");
        }
        let pattern = self.pattern(subject)?;
        self.expect(")")?;
        Ok(pattern)
    }
}
