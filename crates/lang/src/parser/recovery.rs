//! Blocks of statements, and going on after a mistake.

use super::{MOST_ERRORS, Parsed, Parser, SyntaxError};
use crate::ast::Stmt;
use crate::lexer::Tok;
use crate::span::line_of;

impl Parser<'_> {
    /// The whole text.
    pub(super) fn program(&mut self) -> Vec<Stmt> {
        let mut statements = Vec::new();
        while self.peek() != Tok::End && self.errors.len() < MOST_ERRORS {
            self.statements(&mut statements);
            // A dedent here closes a block that was skipped.
            if self.peek() == Tok::Dedent {
                self.bump();
            }
        }
        statements
    }

    /// Statements up to the end of the block.
    fn statements(&mut self, into: &mut Vec<Stmt>) {
        while !matches!(self.peek(), Tok::End | Tok::Dedent) && self.errors.len() < MOST_ERRORS {
            let (depth, scope, known) = (self.depth, self.scope, self.errors.len());
            self.tallest = 0;
            if let Err(error) = self.statement(into) {
                self.withdraw(known, &error);
                self.report(*error);
                self.depth = depth;
                self.scope = scope;
                self.skip_statement();
            }
        }
    }

    /// What follows a colon: statements on the same line, or an indented block. `after` says of what, `start` where that begins.
    pub(super) fn block(&mut self, after: &str, start: u32) -> Parsed<Vec<Stmt>> {
        let mut body = Vec::new();
        if self.peek() != Tok::Newline {
            self.simple_statements(&mut body)?;
            return Ok(body);
        }
        self.bump();
        if self.peek() != Tok::Indent {
            if let Tok::Error(_) = self.peek() {
                return Err(self.unexpected());
            }
            let line = line_of(self.text, start);
            let message = format!("expected an indented block after {after} on line {line}");
            let error = SyntaxError::indentation(message, self.token().span);
            self.report(error.hint("Indent what belongs to it by four spaces; 'pass' does nothing."));
            return Ok(body);
        }
        self.bump();
        self.nested(|parser| {
            parser.statements(&mut body);
            Ok(())
        })?;
        if self.peek() == Tok::Dedent {
            self.bump();
        }
        Ok(body)
    }

    /// Keeps an error, if its line has none yet.
    pub(super) fn report(&mut self, error: SyntaxError) {
        let line = |error: &SyntaxError| line_of(self.text, error.span.start);
        let known = self.errors.iter().any(|other| line(other) == line(&error));
        if !known && self.errors.len() < MOST_ERRORS {
            self.errors.push(error);
        }
    }

    /// Takes back what was said of a line since `known` if it cannot be read at all: Python says that first.
    fn withdraw(&mut self, known: usize, error: &SyntaxError) {
        let (text, line) = (self.text, line_of(self.text, error.span.start));
        let mut index = 0;
        self.errors.retain(|other| {
            index += 1;
            index <= known || line_of(text, other.span.start) != line
        });
    }

    /// Skips the rest of a statement with its block and the clauses that belong to it.
    fn skip_statement(&mut self) {
        loop {
            self.skip_line();
            let clause = matches!(self.peek(), Tok::Key("elif" | "else" | "except" | "finally"));
            if !clause {
                return;
            }
        }
    }

    fn skip_line(&mut self) {
        loop {
            match self.peek() {
                Tok::End | Tok::Dedent => return,
                Tok::Indent => return self.skip_block(0),
                Tok::Newline => {
                    self.bump();
                    if self.peek() == Tok::Indent {
                        self.skip_block(0);
                    }
                    return;
                }
                _ => self.bump(),
            };
        }
    }

    /// Skips to the end of a block, of so many that are open.
    pub(super) fn skip_block(&mut self, mut open: usize) {
        loop {
            match self.bump().kind {
                Tok::Indent => open += 1,
                Tok::Dedent if open <= 1 => return,
                Tok::Dedent => open -= 1,
                Tok::End => return,
                _ => {}
            }
        }
    }
}
