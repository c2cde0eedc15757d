//! Statements of one line.

use super::{Parsed, Parser, SyntaxError};
use crate::ast::{Name, Stmt, StmtKind};
use crate::lexer::Tok;
use crate::span::Span;

impl Parser<'_> {
    /// A statement, or several with semicolons.
    pub(super) fn statement(&mut self, into: &mut Vec<Stmt>) -> Parsed<()> {
        match self.peek() {
            Tok::Key("if") => into.push(self.if_statement(0)?),
            Tok::Key("while") => into.push(self.while_statement()?),
            Tok::Key("for") => into.push(self.for_statement()?),
            Tok::Key("try") => into.push(self.try_statement()?),
            Tok::Key("with") => into.push(self.with_statement()?),
            Tok::Key("def" | "class") | Tok::Op("@") => into.push(self.definition()?),
            Tok::Name if self.is_match() => {
                into.push(self.match_statement()?);
            }
            _ => self.simple_statements(into)?,
        }
        Ok(())
    }

    /// The error for what Python has and Seegrad has not, at the next token.
    pub(super) fn not_part(&self, what: &str, hint: &str) -> Box<SyntaxError> {
        let verb = if what.ends_with('s') { "are" } else { "is" };
        let error = SyntaxError::new(format!("{what} {verb} not part of Seegrad"), self.token().span);
        Box::new(if hint.is_empty() { error } else { error.hint(hint) })
    }

    /// `match` is a name unless a colon ends the line and `case` begins the block.
    fn is_match(&self) -> bool {
        if self.text_of(self.token().span) != "match" {
            return false;
        }
        let line = self.tokens.get(self.at..).unwrap_or(&[]).iter().position(|t| t.kind == Tok::Newline);
        let Some(end) = line.filter(|&end| end > 1) else { return false };
        self.ahead(end - 1).kind == Tok::Op(":")
            && self.ahead(end + 1).kind == Tok::Indent
            && self.text_of(self.ahead(end + 2).span) == "case"
    }

    pub(super) fn simple_statements(&mut self, into: &mut Vec<Stmt>) -> Parsed<()> {
        loop {
            self.tallest = 0;
            let start = self.start();
            let kind = self.simple()?;
            into.push(Stmt { kind, span: self.since(start) });
            let more = self.eat(";");
            match self.peek() {
                Tok::Newline => {
                    self.bump();
                    return Ok(());
                }
                Tok::End => return Ok(()),
                _ if more => {}
                _ => return Err(self.unexpected()),
            }
        }
    }

    fn simple(&mut self) -> Parsed<StmtKind> {
        let start = self.start();
        let Tok::Key(keyword) = self.peek() else { return self.expression_statement() };
        if matches!(keyword, "pass" | "break" | "continue" | "return" | "raise" | "assert" | "del") {
            self.bump();
        }
        Ok(match keyword {
            "pass" => StmtKind::Pass,
            "break" => self.in_loop(StmtKind::Break, "'break' outside loop", start),
            "continue" => self.in_loop(StmtKind::Continue, "'continue' not properly in loop", start),
            "return" => self.return_statement(start)?,
            "raise" => self.raise()?,
            "assert" => {
                let test = self.expr()?;
                let msg = if self.eat(",") { Some(self.expr()?) } else { None };
                StmtKind::Assert { test, msg }
            }
            "del" => StmtKind::Del(self.deleted()?),
            "global" | "nonlocal" => self.declaration(keyword == "global")?,
            "import" => self.import()?,
            "from" => self.import_from()?,
            "async" => return Err(self.not_part("'async'", "")),
            _ => return self.expression_statement(),
        })
    }

    fn in_loop(&mut self, kind: StmtKind, message: &str, start: u32) -> StmtKind {
        if !self.scope.looping {
            self.report(SyntaxError::new(message, self.since(start)));
        }
        kind
    }

    /// Whether the statement ends here.
    pub(super) fn at_end(&self) -> bool {
        matches!(self.peek(), Tok::Newline | Tok::End | Tok::Op(";"))
    }

    fn return_statement(&mut self, start: u32) -> Parsed<StmtKind> {
        let value = if self.at_end() { None } else { Some(self.values()?) };
        if !self.scope.function {
            let error = SyntaxError::new("'return' outside function", self.since(start));
            self.report(error.hint("Is the line indented as deeply as its function's body?"));
        }
        Ok(StmtKind::Return(value))
    }

    fn raise(&mut self) -> Parsed<StmtKind> {
        if self.at_end() {
            return Ok(StmtKind::Raise { exc: None, cause: None });
        }
        let exc = Some(self.expr()?);
        let cause = if self.eat_key("from") { Some(self.expr()?) } else { None };
        Ok(StmtKind::Raise { exc, cause })
    }

    /// `global a, b` or `nonlocal a, b`.
    fn declaration(&mut self, global: bool) -> Parsed<StmtKind> {
        let start = self.bump().span.start;
        let mut names: Vec<Name> = Vec::new();
        loop {
            names.push(self.name()?.0);
            if !self.eat(",") {
                break;
            }
        }
        if global {
            return Ok(StmtKind::Global(names));
        }
        if !self.scope.local {
            let span: Span = self.since(start);
            self.report(SyntaxError::new("nonlocal declaration not allowed at module level", span));
        }
        Ok(StmtKind::Nonlocal(names))
    }
}
