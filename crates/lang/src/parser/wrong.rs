//! What to say of a token that fits no rule.

use super::hint::hint;
use super::{Parsed, Parser, SyntaxError};
use crate::ast::{Expr, ExprKind, StmtKind};
use crate::lexer::Tok;
use crate::span::Span;

impl Parser<'_> {
    /// The error for the next token, which fits no rule.
    pub(super) fn unexpected(&mut self) -> Box<SyntaxError> {
        let token = self.token();
        let error = match token.kind {
            Tok::Error(index) => match self.faults.get(index) {
                Some(fault) => fault.clone(),
                None => SyntaxError::new("invalid syntax", token.span),
            },
            Tok::Indent => SyntaxError::indentation("unexpected indent", token.span),
            _ => self.legacy().unwrap_or_else(|| SyntaxError::new("invalid syntax", token.span)),
        };
        if error.hint.is_some() {
            return Box::new(error);
        }
        let hint = self.habit(&error.message);
        Box::new(SyntaxError { hint, ..error })
    }

    /// The hint for a message about the next token.
    pub(super) fn habit(&self, message: &str) -> Option<String> {
        hint(message, self.previous_text(), self.text_of(self.token().span), self.keyword_as_name())
    }

    /// The keyword that stands here, or just before a `=`, where a name may be meant.
    fn keyword_as_name(&self) -> Option<&'static str> {
        let previous = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        match (previous.map(|token| token.kind), self.peek(), self.ahead(1).kind) {
            (Some(Tok::Key(word)), Tok::Op("="), _) => Some(word),
            (_, Tok::Key(word), Tok::Op("=" | "." | "," | "(")) => Some(word),
            _ => None,
        }
    }

    fn previous_text(&self) -> &str {
        let previous = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        previous.map_or("", |token| self.text_of(token.span))
    }

    /// `print a`, as Python 2 wrote it.
    fn legacy(&mut self) -> Option<SyntaxError> {
        let previous = *self.at.checked_sub(1).and_then(|at| self.tokens.get(at))?;
        let name = self.text_of(previous.span).to_string();
        let known = previous.kind == Tok::Name && matches!(name.as_str(), "print" | "exec");
        if !known || !self.begins_expression() {
            return None;
        }
        let end = self.probe(|parser| Ok(parser.star_list()?.span.end))?;
        let message = format!("Missing parentheses in call to '{name}'. Did you mean {name}(...)?");
        Some(SyntaxError::new(message, Span::new(previous.span.start, end)))
    }

    /// Takes the bracket that closes what was read; `last`, which began at `start`, stands before it.
    pub(super) fn close(&mut self, bracket: &str, start: u32, last: Option<&Expr>) -> Parsed<()> {
        if self.eat(bracket) {
            return Ok(());
        }
        Err(self.missing_comma(start, last).unwrap_or_else(|| self.unexpected()))
    }

    /// In brackets: the error if another expression follows directly.
    pub(super) fn missing_comma(&mut self, start: u32, last: Option<&Expr>) -> Option<Box<SyntaxError>> {
        let last = last?;
        let name_and_string = matches!(last.kind, ExprKind::Name(_)) && self.peek() == Tok::Str;
        if !self.begins_expression() || name_and_string {
            return None;
        }
        if let Some(error) = self.legacy() {
            return Some(Box::new(error));
        }
        let end = self.probe(|parser| Ok(parser.expr()?.span.end))?;
        let span = Span::new(tail_start(last, start), end);
        Some(Box::new(SyntaxError::new("invalid syntax. Perhaps you forgot a comma?", span)))
    }
}

/// Where the last operand of an expression begins that holds whole expressions; it began at `start`.
fn tail_start(expr: &Expr, start: u32) -> u32 {
    match &expr.kind {
        ExprKind::IfElse { orelse, .. } => tail_start(orelse, orelse.span.start),
        ExprKind::Walrus { value, .. } => tail_start(value, value.span.start),
        ExprKind::Lambda(def) => match def.body.first().map(|statement| &statement.kind) {
            Some(StmtKind::Return(Some(value))) => tail_start(value, value.span.start),
            _ => start,
        },
        _ => start,
    }
}
