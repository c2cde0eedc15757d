//! What follows a value: attributes, indices and arguments.

use std::collections::HashSet;

use super::{Parsed, Parser, SyntaxError};
use crate::ast::{Arg, ComprehensionKind, Expr, ExprKind, Name};
use crate::lexer::Tok;
use crate::span::Span;

/// What the arguments so far demand of the next.
#[derive(Default)]
struct Given {
    args: Vec<Arg>,
    names: HashSet<Name>,
    keyword: bool,
    unpacked: bool,
}

impl Parser<'_> {
    /// A value with all its attributes, indices and calls.
    pub(super) fn primary(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let mut value = self.atom()?;
        loop {
            let kind = match self.peek() {
                Tok::Op(".") => {
                    self.bump();
                    let (name, _) = self.name()?;
                    ExprKind::Attribute { value: Box::new(value), name }
                }
                Tok::Op("(") => {
                    self.bump();
                    let args = self.scoped(|parser| parser.arguments(true))?;
                    ExprKind::Call { func: Box::new(value), args }
                }
                Tok::Op("[") => {
                    self.bump();
                    let index = Box::new(self.scoped(Self::index)?);
                    ExprKind::Subscript { value: Box::new(value), index }
                }
                _ => return Ok(value),
            };
            self.grow()?;
            value = self.node(start, kind);
        }
    }

    /// The arguments of a call, or the bases of a class, and the parenthesis that closes them.
    pub(super) fn arguments(&mut self, call: bool) -> Parsed<Vec<Arg>> {
        let mut given = Given::default();
        while !self.is(")") {
            let start = self.start();
            self.argument(&mut given, call)?;
            if !self.eat(",") {
                let last = given.args.last().map(|arg| match arg {
                    Arg::Positional(e) | Arg::Star(e) | Arg::Keyword(_, e) | Arg::DoubleStar(e) => e,
                });
                let start = match (given.args.last(), last) {
                    (Some(Arg::Positional(_)), _) | (_, None) => start,
                    (_, Some(last)) => last.span.start,
                };
                self.close(")", start, last)?;
                return Ok(given.args);
            }
        }
        self.bump();
        Ok(given.args)
    }

    fn argument(&mut self, given: &mut Given, call: bool) -> Parsed<()> {
        let start = self.start();
        if self.eat("**") {
            given.unpacked = true;
            given.args.push(Arg::DoubleStar(self.expr()?));
            return Ok(());
        }
        if self.eat("*") {
            let value = self.expr()?;
            if given.unpacked {
                let message = "iterable argument unpacking follows keyword argument unpacking";
                return Err(fault(message, self.since(start)));
            }
            self.no_star_clause(start)?;
            given.args.push(Arg::Star(value));
            return Ok(());
        }
        if self.ahead(1).kind == Tok::Op("=") && matches!(self.peek(), Tok::Name | Tok::Key(_)) {
            return self.keyword_argument(given);
        }
        self.positional_argument(given, call, start)
    }

    fn keyword_argument(&mut self, given: &mut Given) -> Parsed<()> {
        let span = self.token().span;
        if let Tok::Key(word) = self.peek() {
            if matches!(word, "None" | "True" | "False") {
                return Err(fault(&format!("cannot assign to {word}"), span.to(self.ahead(1).span)));
            }
            return Err(self.unexpected());
        }
        let (name, _) = self.name()?;
        self.bump();
        let value = self.expr()?;
        if self.is_key("for") {
            let message = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
            return Err(fault(message, Span::new(span.start, self.ahead(0).span.start)));
        }
        if !given.names.insert(name.clone()) {
            let whole = self.since(span.start);
            self.report(SyntaxError::new(format!("keyword argument repeated: {name}"), whole));
        }
        given.keyword = true;
        given.args.push(Arg::Keyword(name, value));
        Ok(())
    }

    fn positional_argument(&mut self, given: &mut Given, call: bool, start: u32) -> Parsed<()> {
        let value = self.argument_value()?;
        if self.is("=") {
            let message = "expression cannot contain assignment, perhaps you meant \"==\"?";
            return Err(fault(message, Span::new(start, self.token().span.end)));
        }
        if call && self.is_key("for") {
            let generator = self.generator(start, value)?;
            let alone = given.args.is_empty() && self.is(")");
            let trailing = given.args.is_empty() && self.is(",") && self.ahead(1).kind == Tok::Op(")");
            if !alone && !trailing {
                let missing = self.missing_comma(generator.span.start, Some(&generator));
                let message = "Generator expression must be parenthesized";
                return Err(missing.unwrap_or_else(|| fault(message, generator.span)));
            }
            given.args.push(Arg::Positional(generator));
            return Ok(());
        }
        let span = self.since(start);
        if given.unpacked {
            return Err(fault("positional argument follows keyword argument unpacking", span));
        }
        if given.keyword {
            let error = SyntaxError::new("positional argument follows keyword argument", span);
            return Err(Box::new(error.hint("Put arguments without a name before those with one.")));
        }
        given.args.push(Arg::Positional(value));
        Ok(())
    }

    /// An argument: as [`Parser::condition`], but what a `=` after it means is said by the caller.
    fn argument_value(&mut self) -> Parsed<Expr> {
        if self.ahead(1).kind == Tok::Op(":=") {
            return self.condition();
        }
        let value = self.expr()?;
        if self.is(":=") { Err(self.unexpected()) } else { Ok(value) }
    }

    /// A generator whose element was read.
    fn generator(&mut self, start: u32, element: Expr) -> Parsed<Expr> {
        let clauses = self.clauses(start, "generator expression")?;
        let kind = ComprehensionKind::Generator;
        Ok(self.node(start, ExprKind::Comprehension { kind, element: Box::new(element), clauses }))
    }

    /// What stands between the brackets of an index, and the one that closes them.
    fn index(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let first = self.slice()?;
        if !self.is(",") {
            self.close("]", start, Some(&first))?;
            return Ok(first);
        }
        let mut items = vec![first];
        let mut last = start;
        while self.eat(",") && !self.is("]") {
            last = self.start();
            items.push(self.slice()?);
        }
        let span = self.since(start);
        self.grow()?;
        self.close("]", last, items.last())?;
        Ok(Expr { kind: ExprKind::Tuple(items), span })
    }

    /// One index: an expression, or `a:b:c`.
    fn slice(&mut self) -> Parsed<Expr> {
        let start = self.start();
        if self.is("*") {
            return self.star_target();
        }
        let first = if self.is(":") { None } else { Some(self.condition()?) };
        if !self.eat(":") {
            return match first {
                Some(expr) => Ok(expr),
                None => Err(self.unexpected()),
            };
        }
        let stop = self.bound()?;
        let step = if self.eat(":") { self.bound()? } else { None };
        self.grow()?;
        Ok(self.node(start, ExprKind::Slice { start: first.map(Box::new), stop, step }))
    }

    fn bound(&mut self) -> Parsed<Option<Box<Expr>>> {
        if self.begins_expression() { Ok(Some(Box::new(self.expr()?))) } else { Ok(None) }
    }
}

fn fault(message: &str, span: Span) -> Box<SyntaxError> {
    Box::new(SyntaxError::new(message, span))
}
