//! The parameters of functions and lambdas.

use std::collections::HashSet;

use super::{Parsed, Parser, SyntaxError};
use crate::ast::{Name, Param, Params};
use crate::lexer::Tok;
use crate::span::Span;

/// Whose parameters they are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// A function's: annotations may follow, and a parenthesis closes.
    Function,
    /// A lambda's: a colon closes.
    Lambda,
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    params: Params,
    names: HashSet<Name>,
    slash: bool,
    /// The place of a `*`, alone or before a name.
    star: Option<Span>,
    bare: bool,
}

impl Parser<'_> {
    /// Parameters up to what closes them, which stays.
    pub(super) fn params(&mut self, style: Style) -> Parsed<Params> {
        let close = if style == Style::Function { ")" } else { ":" };
        let mut reading = Reading::default();
        while !self.is(close) {
            self.param(style, &mut reading)?;
            if !self.eat(",") {
                break;
            }
        }
        match reading.star {
            Some(star) if reading.bare && reading.params.keyword.is_empty() => {
                Err(fault("named arguments must follow bare *", star))
            }
            _ => Ok(reading.params),
        }
    }

    fn param(&mut self, style: Style, reading: &mut Reading) -> Parsed<()> {
        let span = self.token().span;
        if reading.params.kwargs.is_some() && matches!(self.peek(), Tok::Name | Tok::Op("*" | "**" | "/")) {
            return Err(fault("arguments cannot follow var-keyword argument", span));
        }
        if self.eat("/") {
            return slash(reading, span);
        }
        if self.eat("**") {
            let (name, at) = self.name()?;
            unique(reading, &name, at)?;
            self.rest(style, "var-keyword")?;
            reading.params.kwargs = Some(name);
            return Ok(());
        }
        if self.eat("*") {
            return self.star_param(style, reading, span);
        }
        if self.is("(") {
            return Err(self.bracketed_param(style));
        }
        let param = self.plain_param(style)?;
        unique(reading, &param.name, param.span)?;
        let params = &mut reading.params;
        if reading.star.is_some() {
            params.keyword.push(param);
            return Ok(());
        }
        let defaults = params.positional.last().is_some_and(|last| last.default.is_some());
        if defaults && param.default.is_none() {
            return Err(fault("non-default argument follows default argument", param.span));
        }
        params.positional.push(param);
        Ok(())
    }

    fn plain_param(&mut self, style: Style) -> Parsed<Param> {
        let (name, at) = self.name()?;
        if style == Style::Function && self.eat(":") {
            self.expr()?;
        }
        let equals = self.token().span;
        let default = if self.eat("=") {
            if matches!(self.peek(), Tok::Op(")" | "," | ":")) {
                return Err(fault("expected default value expression", equals));
            }
            Some(self.expr()?)
        } else {
            None
        };
        Ok(Param { name, default, span: at })
    }

    fn star_param(&mut self, style: Style, reading: &mut Reading, span: Span) -> Parsed<()> {
        if reading.star.is_some() {
            return Err(fault("* argument may appear only once", span));
        }
        reading.star = Some(span);
        reading.bare = self.peek() != Tok::Name;
        if !reading.bare {
            let (name, at) = self.name()?;
            unique(reading, &name, at)?;
            self.rest(style, "var-positional")?;
            reading.params.args = Some(name);
        }
        Ok(())
    }

    /// What may follow `*args` or `**kwargs`: an annotation, of which nothing is kept, but no default.
    fn rest(&mut self, style: Style, what: &str) -> Parsed<()> {
        if style == Style::Function && self.eat(":") {
            if self.eat("*") {
                self.operand()?;
            } else {
                self.expr()?;
            }
        }
        if self.is("=") {
            return Err(fault(&format!("{what} argument cannot have default value"), self.token().span));
        }
        Ok(())
    }

    fn bracketed_param(&mut self, style: Style) -> Box<SyntaxError> {
        let start = self.start();
        let whole = self.probe(|parser| parser.group().map(|_| parser.since(start)));
        let what = if style == Style::Function { "Function" } else { "Lambda expression" };
        match whole {
            Some(span) => fault(&format!("{what} parameters cannot be parenthesized"), span),
            None => self.unexpected(),
        }
    }
}

fn fault(message: &str, span: Span) -> Box<SyntaxError> {
    Box::new(SyntaxError::new(message, span))
}

fn slash(reading: &mut Reading, span: Span) -> Parsed<()> {
    let message = if reading.slash {
        "/ may appear only once"
    } else if reading.star.is_some() {
        "/ must be ahead of *"
    } else if reading.params.positional.is_empty() {
        "at least one argument must precede /"
    } else {
        reading.slash = true;
        reading.params.positional_only = reading.params.positional.len();
        return Ok(());
    };
    Err(fault(message, span))
}

fn unique(reading: &mut Reading, name: &Name, span: Span) -> Parsed<()> {
    if reading.names.insert(name.clone()) {
        return Ok(());
    }
    Err(fault(&format!("duplicate argument '{name}' in function definition"), span))
}
