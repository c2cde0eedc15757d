//! Moving over the tokens, and counting how deep.

use super::{CHAIN, Parsed, Parser, SyntaxError};
use crate::ast::{Expr, ExprKind, Name};
use crate::lexer::{Tok, Token};
use crate::span::Span;

impl Parser<'_> {
    /// The token some places ahead; the last one, past the end.
    pub(super) fn ahead(&self, places: usize) -> Token {
        let token = self.tokens.get(self.at + places).or(self.tokens.last()).copied();
        token.unwrap_or(Token { kind: Tok::End, span: Span::default() })
    }

    pub(super) fn token(&self) -> Token {
        self.ahead(0)
    }

    pub(super) fn peek(&self) -> Tok {
        self.token().kind
    }

    /// Takes a token. The last one, [`Tok::End`], stays.
    pub(super) fn bump(&mut self) -> Token {
        let token = self.token();
        if token.kind != Tok::End {
            self.at += 1;
        }
        token
    }

    pub(super) fn is(&self, operator: &str) -> bool {
        matches!(self.peek(), Tok::Op(found) if found == operator)
    }

    pub(super) fn is_key(&self, keyword: &str) -> bool {
        matches!(self.peek(), Tok::Key(found) if found == keyword)
    }

    pub(super) fn eat(&mut self, operator: &str) -> bool {
        let found = self.is(operator);
        if found {
            self.at += 1;
        }
        found
    }

    pub(super) fn eat_key(&mut self, keyword: &str) -> bool {
        let found = self.is_key(keyword);
        if found {
            self.at += 1;
        }
        found
    }

    pub(super) fn expect(&mut self, operator: &str) -> Parsed<()> {
        if self.eat(operator) { Ok(()) } else { Err(self.unexpected()) }
    }

    pub(super) fn expect_key(&mut self, keyword: &str) -> Parsed<()> {
        if self.eat_key(keyword) { Ok(()) } else { Err(self.unexpected()) }
    }

    /// The text of a range.
    pub(super) fn text_of(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// Takes a name.
    pub(super) fn name(&mut self) -> Parsed<(Name, Span)> {
        if self.peek() != Tok::Name {
            return Err(self.unexpected());
        }
        let span = self.bump().span;
        Ok((self.text_of(span).into(), span))
    }

    /// Where the next token begins.
    pub(super) fn start(&self) -> u32 {
        self.token().span.start
    }

    /// From a byte to the end of the last token taken.
    pub(super) fn since(&self, start: u32) -> Span {
        let last = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        Span::new(start, last.map_or(start, |token| token.span.end.max(start)))
    }

    /// An expression that began at a byte and ends here.
    pub(super) fn node(&self, start: u32, kind: ExprKind) -> Expr {
        Expr { kind, span: self.since(start) }
    }

    /// Reads one level deeper, if that is still allowed.
    pub(super) fn nested<T>(&mut self, rule: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= self.nesting {
            let message = format!("too deeply nested: Seegrad allows {} levels", self.nesting);
            let error = SyntaxError::new(message, self.token().span);
            return Err(Box::new(error.hint("Give parts of it names, or make functions of them.")));
        }
        self.depth += 1;
        let result = self.scoped(rule);
        self.depth -= 1;
        result
    }

    /// Reads a part of a tree: its height counts on its own.
    pub(super) fn scoped<T>(&mut self, rule: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        let before = std::mem::take(&mut self.tallest);
        let result = rule(self);
        self.tallest = self.tallest.max(before);
        result
    }

    /// A node goes on top of what was read in this scope.
    pub(super) fn grow(&mut self) -> Parsed<()> {
        self.tallest += 1;
        if self.tallest <= CHAIN {
            return Ok(());
        }
        let message = format!("expression is too long: Seegrad allows {CHAIN} operations in a row");
        let error = SyntaxError::new(message, self.since(self.start()));
        Err(Box::new(error.hint("Compute it in several statements, or in a loop.")))
    }

    /// Reads something only to see what it is: whatever comes of it, the parser stands where it stood.
    pub(super) fn probe<T>(&mut self, rule: impl FnOnce(&mut Self) -> Parsed<T>) -> Option<T> {
        if self.probing {
            return None;
        }
        self.probing = true;
        let found = self.attempt(rule);
        self.probing = false;
        found
    }

    /// Tries a rule, then goes back to where it began.
    fn attempt<T>(&mut self, rule: impl FnOnce(&mut Self) -> Parsed<T>) -> Option<T> {
        let (at, depth, tallest, errors) = (self.at, self.depth, self.tallest, self.errors.len());
        let (scope, yielded) = (self.scope, self.yielded);
        let found = rule(self).ok();
        self.at = at;
        self.depth = depth;
        self.tallest = tallest;
        self.errors.truncate(errors);
        self.scope = scope;
        self.yielded = yielded;
        found
    }

    /// Tries a rule; if it fails, the parser stands where it stood.
    pub(super) fn maybe<T>(&mut self, rule: impl FnOnce(&mut Self) -> Parsed<T>) -> Option<T> {
        let mut end = self.at;
        let found = self.attempt(|parser| {
            let value = rule(parser)?;
            end = parser.at;
            Ok(value)
        });
        if found.is_some() {
            self.at = end;
        }
        found
    }
}
