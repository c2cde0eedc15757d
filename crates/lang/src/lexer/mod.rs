//! From text to tokens: indentation, joined lines, brackets, numbers and the extents of strings. What cannot
//! be a token becomes an error token in its place, so that the parser can report it and go on after it.

mod indent;
mod number;
mod quote;
mod token;

pub(crate) use quote::{Quotes, Skip, prefix_start, skip_string};
pub(crate) use token::{Tok, Token};

use crate::parser::{MOST_ERRORS, SyntaxError};
use crate::span::{Span, line_of};
use indent::Column;
use token::{begins_name, continues_name, keyword, operator};

/// The tokens of a text; the last one is [`Tok::End`].
pub(crate) struct Lexed {
    /// The tokens.
    pub tokens: Vec<Token>,
    /// What [`Tok::Error`] points at.
    pub errors: Vec<SyntaxError>,
}

/// An open bracket.
struct Bracket {
    byte: u8,
    at: usize,
    token: usize,
}

/// The state of the cut.
struct Lexer<'t> {
    /// The text up to where the cut ends.
    text: &'t str,
    at: usize,
    tokens: Vec<Token>,
    errors: Vec<SyntaxError>,
    brackets: Vec<Bracket>,
    indents: Vec<Column>,
    /// The deepest that brackets and blocks may be nested.
    nesting: usize,
    /// The text is an expression inside of an f-string: lines and indentation mean nothing.
    inside: bool,
    /// The text is ours: bodies may be missing.
    ours: bool,
    line_start: bool,
    /// Until here nothing more is reported: one error is enough for a line.
    quiet: usize,
    restarts: usize,
    /// How many bytes may still be read in vain for the end of an f-string that holds strings.
    budget: usize,
}

/// Cuts a program; or, if it is `ours`, a source in which zeros stand for the bodies of functions.
pub(crate) fn lex(text: &str, nesting: usize, ours: bool) -> Lexed {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    Lexer { ours, ..lexer(text, start, nesting, false) }.run()
}

/// Cuts the expression between two bytes of a program.
pub(crate) fn lex_expression(text: &str, start: usize, end: usize, nesting: usize) -> Lexed {
    lexer(text.get(..end).unwrap_or(text), start, nesting, true).run()
}

fn lexer(text: &str, at: usize, nesting: usize, inside: bool) -> Lexer<'_> {
    Lexer {
        text,
        at,
        tokens: Vec::new(),
        errors: Vec::new(),
        brackets: Vec::new(),
        indents: Vec::new(),
        nesting,
        inside,
        ours: false,
        line_start: !inside,
        quiet: 0,
        restarts: 0,
        budget: text.len().saturating_mul(4),
    }
}

impl Lexer<'_> {
    fn run(mut self) -> Lexed {
        while self.errors.len() < MOST_ERRORS {
            if self.line_start {
                self.indentation();
                if self.line_start && self.at < self.text.len() {
                    continue;
                }
            }
            self.blanks();
            if self.at < self.text.len() {
                self.token();
            } else if self.brackets.is_empty() {
                break;
            } else {
                self.unclosed();
            }
        }
        self.finish()
    }

    fn finish(mut self) -> Lexed {
        let end = self.text.trim_end_matches(['\n', '\r']).len().max(self.last_end());
        let ended = |token: &Token| matches!(token.kind, Tok::Newline | Tok::Dedent | Tok::Late);
        if !self.inside && self.tokens.last().is_some_and(|token| !ended(token)) {
            self.push(Tok::Newline, end, end);
        }
        for _ in 0..self.indents.len() {
            self.push(Tok::Dedent, end, end);
        }
        self.push(Tok::End, end, end);
        Lexed { tokens: self.tokens, errors: self.errors }
    }

    fn last_end(&self) -> usize {
        self.tokens.last().map_or(0, |token| token.span.end as usize)
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    fn char(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn push(&mut self, kind: Tok, start: usize, end: usize) {
        self.tokens.push(Token { kind, span: Span::new(start as u32, end as u32) });
    }

    /// Reports an error at a range, unless its line has one already, and goes on after the range.
    fn fail(&mut self, error: SyntaxError) {
        let (start, end) = (error.span.start as usize, error.span.end as usize);
        self.at = self.at.max(end);
        if start < self.quiet {
            return;
        }
        self.quiet = self
            .text
            .as_bytes()
            .iter()
            .skip(end)
            .position(|&b| b == b'\n')
            .map_or(self.text.len(), |n| end + n);
        self.errors.push(error);
        self.push(Tok::Error(self.errors.len() - 1), start, end);
    }

    /// Skips blanks, comments and joined lines.
    fn blanks(&mut self) {
        while let Some(byte) = self.byte(0) {
            match byte {
                b' ' | b'\t' | b'\x0c' => self.at += 1,
                b'#' => self.comment(),
                b'\n' | b'\r' if self.inside || !self.brackets.is_empty() => self.at += 1,
                b'\\' => {
                    let ended = match (self.byte(1), self.byte(2)) {
                        (Some(b'\r'), Some(b'\n')) => 3,
                        (Some(b'\n' | b'\r'), _) => 2,
                        _ => break,
                    };
                    if self.at + ended >= self.text.len() && !self.inside {
                        let span = Span::new(self.at as u32, self.at as u32 + 1);
                        self.fail(SyntaxError::new("unexpected EOF while parsing", span));
                    }
                    self.at += ended.min(self.text.len() - self.at);
                }
                _ => break,
            }
        }
    }

    fn comment(&mut self) {
        while self.byte(0).is_some_and(|b| b != b'\n' && b != b'\r') {
            self.at += 1;
        }
    }

    fn newline(&mut self) {
        let start = self.at;
        self.at += if self.byte(0) == Some(b'\r') && self.byte(1) == Some(b'\n') { 2 } else { 1 };
        self.push(Tok::Newline, start, start);
        self.line_start = true;
    }

    fn token(&mut self) {
        let Some(c) = self.char() else { return };
        match c {
            '\n' | '\r' => self.newline(),
            '\'' | '"' => self.string(0),
            '0'..='9' => self.number(),
            '.' if self.byte(1).is_some_and(|b| b.is_ascii_digit()) => self.number(),
            c if begins_name(c) => self.word(),
            _ => self.sign(c),
        }
    }

    fn word(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or("");
        let length = rest.find(|c| !continues_name(c)).unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or("");
        if matches!(self.byte(length), Some(b'\'' | b'"')) && quote::is_prefix(word) {
            return self.string(length);
        }
        let start = self.at;
        self.at += length;
        self.push(keyword(word).map_or(Tok::Name, Tok::Key), start, start + length);
    }

    fn sign(&mut self, c: char) {
        let start = self.at;
        let Some(operator) = self.text.get(start..).and_then(operator) else { return self.stranger(c) };
        match operator {
            "(" | "[" | "{" => {
                if self.brackets.len() >= self.nesting {
                    let span = Span::new(start as u32, start as u32 + 1);
                    return self.fail(SyntaxError::new("too many nested parentheses", span));
                }
                self.brackets.push(Bracket { byte: c as u8, at: start, token: self.tokens.len() });
            }
            ")" | "]" | "}" => {
                if let Some(error) = self.close(operator) {
                    return self.fail(error);
                }
            }
            _ => {}
        }
        self.at += operator.len();
        self.push(Tok::Op(operator), start, self.at);
    }

    /// Takes a closing bracket; the error if it closes nothing, or something else.
    fn close(&mut self, operator: &str) -> Option<SyntaxError> {
        let span = Span::new(self.at as u32, self.at as u32 + 1);
        let Some(open) = self.brackets.pop() else {
            return Some(SyntaxError::new(format!("unmatched '{operator}'"), span));
        };
        let fits = matches!((open.byte, operator), (b'(', ")") | (b'[', "]") | (b'{', "}"));
        if fits {
            return None;
        }
        let message = format!(
            "closing parenthesis '{operator}' does not match opening parenthesis '{}'",
            char::from(open.byte)
        );
        let (here, there) = (line_of(self.text, self.at as u32), line_of(self.text, open.at as u32));
        let line = if here == there { String::new() } else { format!(" on line {there}") };
        Some(SyntaxError::new(message + &line, span))
    }

    /// A character that begins no token.
    fn stranger(&mut self, c: char) {
        let span = Span::new(self.at as u32, (self.at + c.len_utf8()) as u32);
        let code = c as u32;
        let invisible = c.is_control() || c.is_whitespace() || crate::parser::is_format(c);
        let message = match c {
            '\\' if self.at + 1 == self.text.len() => "unexpected EOF while parsing".to_string(),
            '\\' => "unexpected character after line continuation character".to_string(),
            '\0' => "source code cannot contain null bytes".to_string(),
            _ if invisible => format!("invalid non-printable character U+{code:04X}"),
            _ if !c.is_ascii() => format!("invalid character '{c}' (U+{code:04X})"),
            _ => "invalid syntax".to_string(),
        };
        self.fail(SyntaxError::new(message, span));
    }

    /// The text ends inside of a bracket: says so at the last one open on the first one's line, and goes on at the next line that looks as
    /// if a statement began there. An error inside of the bracket says more than that it is open.
    fn unclosed(&mut self) {
        self.restarts += 1;
        let Some(first) = self.brackets.first() else { return };
        let line = line_of(self.text, first.at as u32);
        let open =
            self.brackets.iter().rfind(|open| line_of(self.text, open.at as u32) == line).unwrap_or(first);
        let (at, byte, token) = (open.at, char::from(open.byte), open.token);
        let resume = self.resume(at);
        let inner = self.tokens.get(token..).unwrap_or(&[]).iter().find_map(|t| match t.kind {
            Tok::Error(_) if (t.span.start as usize) < resume => Some(*t),
            _ => None,
        });
        self.tokens.truncate(token);
        self.brackets.clear();
        self.quiet = 0;
        let from = match inner {
            Some(error) => {
                self.tokens.push(error);
                error.span.end as usize
            }
            None => {
                let span = Span::new(at as u32, at as u32 + 1);
                self.fail(SyntaxError::new(format!("'{byte}' was never closed"), span));
                at
            }
        };
        if !self.inside && self.restarts < MOST_ERRORS {
            let end = self.last_end();
            self.push(Tok::Newline, end, end);
            self.at = self.resume(from);
            self.line_start = true;
        }
    }

    /// The beginning of the next line after `from` that is not indented deeper than the block and begins
    /// with a letter.
    fn resume(&self, from: usize) -> usize {
        let depth = self.indents.last().map_or(0, |column| column.column);
        let rest = self.text.get(from..).unwrap_or("");
        let mut at = from;
        for line in rest.split_inclusive('\n') {
            let bare = line.trim_start_matches([' ', '\t']);
            let starts = bare.starts_with(|c| begins_name(c) || c == '@');
            if at > from && starts && line.len() - bare.len() <= depth {
                return at;
            }
            at += line.len();
        }
        self.text.len()
    }
}
