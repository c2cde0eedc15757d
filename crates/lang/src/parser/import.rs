//! `import` and `from … import`.

use super::{Parsed, Parser, SyntaxError};
use crate::ast::{Alias, Name, StmtKind};
use crate::lexer::Tok;

impl Parser<'_> {
    pub(super) fn import(&mut self) -> Parsed<StmtKind> {
        self.bump();
        let mut names = Vec::new();
        loop {
            let start = self.start();
            let name = self.dotted_name()?;
            names.push(self.alias(start, name)?);
            if !self.eat(",") {
                return Ok(StmtKind::Import(names));
            }
        }
    }

    fn dotted_name(&mut self) -> Parsed<Name> {
        let mut dotted = self.name()?.0.to_string();
        while self.eat(".") {
            dotted.push('.');
            dotted.push_str(&self.name()?.0);
        }
        Ok(dotted.into())
    }

    fn alias(&mut self, start: u32, name: Name) -> Parsed<Alias> {
        let alias = if self.eat_key("as") { Some(self.name()?.0) } else { None };
        Ok(Alias { name, alias, span: self.since(start) })
    }

    pub(super) fn import_from(&mut self) -> Parsed<StmtKind> {
        let start = self.bump().span.start;
        let mut level = 0;
        loop {
            level += match self.peek() {
                Tok::Op(".") => 1,
                Tok::Op("...") => 3,
                _ => break,
            };
            self.bump();
        }
        let relative = level > 0 && self.is_key("import");
        let module = if relative { "".into() } else { self.dotted_name()? };
        self.expect_key("import")?;
        if self.eat("*") {
            if self.scope.local {
                let span = self.since(start);
                self.report(SyntaxError::new("import * only allowed at module level", span));
            }
            return Ok(StmtKind::ImportFrom { module, level, names: Vec::new(), star: true });
        }
        let names = self.imported()?;
        Ok(StmtKind::ImportFrom { module, level, names, star: false })
    }

    /// The names after `import`, in parentheses or not.
    fn imported(&mut self) -> Parsed<Vec<Alias>> {
        let bracketed = self.eat("(");
        let mut names = Vec::new();
        loop {
            let start = self.start();
            let name = self.name()?.0;
            names.push(self.alias(start, name)?);
            if !self.eat(",") {
                break;
            }
            if bracketed && self.is(")") {
                break;
            }
            if !bracketed && self.at_end() {
                let message = "trailing comma not allowed without surrounding parentheses";
                return Err(Box::new(SyntaxError::new(message, self.token().span)));
            }
        }
        if bracketed {
            self.expect(")")?;
        }
        Ok(names)
    }
}
