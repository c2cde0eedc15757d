//! Indentation. A tab reaches to the next multiple of eight; where that decides how a line relates to the one
//! before it, the text is refused, as Python does: the same must come out when a tab is one blank wide.

use super::{Lexer, Tok};
use crate::parser::SyntaxError;
use crate::span::Span;

/// How far a block is indented.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Column {
    /// With tabs that reach to the next multiple of eight.
    pub column: usize,
    /// With tabs that are one wide.
    pub narrow: usize,
}

impl Lexer<'_> {
    /// Reads the indentation of a line; a line without a statement is skipped, and the next one begins.
    pub(super) fn indentation(&mut self) {
        let start = self.at;
        if self.ours && self.byte(0) == Some(0) {
            return self.late();
        }
        let column = self.measure();
        match self.byte(0) {
            None | Some(b'#' | b'\n' | b'\r') => {
                self.comment();
                self.at += match (self.byte(0), self.byte(1)) {
                    (Some(b'\r'), Some(b'\n')) => 2,
                    (Some(_), _) => 1,
                    (None, _) => 0,
                };
            }
            Some(_) => {
                self.line_start = false;
                self.compare(column, start);
            }
        }
    }

    /// Takes the zeros that stand for whole lines.
    fn late(&mut self) {
        let start = self.at;
        while self.byte(0) == Some(0) {
            self.at += 1;
        }
        self.push(Tok::Late, start, self.at);
    }

    fn measure(&mut self) -> Column {
        let mut found = Column::default();
        while let Some(byte) = self.byte(0) {
            match byte {
                b' ' => found = Column { column: found.column + 1, narrow: found.narrow + 1 },
                b'\t' => found = Column { column: (found.column / 8 + 1) * 8, narrow: found.narrow + 1 },
                b'\x0c' => found = Column::default(),
                _ => break,
            }
            self.at += 1;
        }
        found
    }

    fn compare(&mut self, found: Column, start: usize) {
        let top = self.indents.last().copied().unwrap_or_default();
        let span = Span::new(start as u32, self.at as u32);
        if found.column == top.column {
            if found.narrow != top.narrow {
                // From here on the block is indented like this line.
                self.indents.pop();
                self.indents.push(found);
                self.fail(tabs(span));
            }
        } else if found.column > top.column {
            if found.narrow <= top.narrow {
                self.fail(tabs(span));
            } else if self.indents.len() >= self.nesting {
                self.fail(SyntaxError::indentation("too many levels of indentation", span));
            } else {
                self.indents.push(found);
                self.push(Tok::Indent, start, self.at);
            }
        } else {
            self.outdent(found, span);
        }
    }

    fn outdent(&mut self, found: Column, span: Span) {
        let mut last = Column::default();
        while let Some(top) = self.indents.last().copied().filter(|top| top.column > found.column) {
            last = top;
            self.indents.pop();
            let outer = self.indents.last().copied().unwrap_or_default();
            if outer.column < found.column {
                // Between two levels: an error, and from here on the inner level.
                self.indents.push(Column { narrow: found.narrow.min(last.narrow), ..found });
                let message = "unindent does not match any outer indentation level";
                return self.fail(SyntaxError::indentation(message, span));
            }
            self.push(Tok::Dedent, self.at, self.at);
        }
        let top = self.indents.last().copied().unwrap_or_default();
        if top.narrow != found.narrow && last != Column::default() {
            self.fail(tabs(span));
        }
    }
}

fn tabs(span: Span) -> SyntaxError {
    let error = SyntaxError::new("inconsistent use of tabs and spaces in indentation", span);
    SyntaxError { kind: "TabError", ..error }
        .hint("Indent every line of a block in the same way: best with four spaces.")
}
