//! Where strings end. What stands in them is read by the parser.

use super::{Lexer, Tok};
use crate::parser::SyntaxError;
use crate::span::{Span, line_of};

/// How deep strings may be nested in the expressions of f-strings.
const DEPTH: usize = 6;

/// The prefix and the quotes of a string.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quotes {
    /// How many bytes the prefix has.
    pub prefix: usize,
    /// `f`.
    pub formatted: bool,
    /// `r`.
    pub raw: bool,
    /// `b`.
    pub bytes: bool,
    /// The quote.
    pub quote: u8,
    /// Three of them.
    pub triple: bool,
}

impl Quotes {
    /// Reads the beginning of a string; `None` where no string begins.
    pub fn read(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let prefix = bytes.iter().take(3).position(|b| matches!(b, b'\'' | b'"'))?;
        let word = text.get(..prefix)?;
        if !is_prefix(word) {
            return None;
        }
        let quote = *bytes.get(prefix)?;
        let triple = bytes.get(prefix + 1) == Some(&quote) && bytes.get(prefix + 2) == Some(&quote);
        let has = |letter: char| word.contains([letter, letter.to_ascii_uppercase()]);
        Some(Self { prefix, formatted: has('f'), raw: has('r'), bytes: has('b'), quote, triple })
    }

    /// How many quotes there are at either end.
    pub fn width(self) -> usize {
        if self.triple { 3 } else { 1 }
    }

    /// Whether the closing quotes stand at a byte.
    pub fn close(self, bytes: &[u8], at: usize) -> bool {
        (0..self.width()).all(|ahead| bytes.get(at + ahead) == Some(&self.quote))
    }
}

/// Whether a word is a string's prefix when a quote follows.
pub(super) fn is_prefix(word: &str) -> bool {
    ["", "f", "r", "b", "u", "rf", "fr", "rb", "br"].iter().any(|prefix| word.eq_ignore_ascii_case(prefix))
}

/// How strings inside of an f-string's expressions are treated.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Skip {
    /// They are skipped whole, so that they may hold the outer quotes.
    Nested,
    /// Not at all: the first closing quote ends the string.
    Flat,
}

/// The end of the string that begins at a byte; `Err` with where the search stopped.
pub(crate) fn skip_string(text: &str, start: usize, skip: Skip, depth: usize) -> Result<usize, usize> {
    let quotes = text.get(start..).and_then(Quotes::read).ok_or(start)?;
    let bytes = text.as_bytes();
    let mut at = start + quotes.prefix + quotes.width();
    let mut brackets = 0_usize;
    while let Some(&byte) = bytes.get(at) {
        let in_expression = brackets > 0;
        if !in_expression && quotes.close(bytes, at) {
            return Ok(at + quotes.width());
        }
        at += match byte {
            b'\n' | b'\r' if !quotes.triple => return Err(at),
            b'\\' if bytes.get(at + 1) == Some(&b'\r') && bytes.get(at + 2) == Some(&b'\n') => 3,
            b'\\' => 2,
            _ if !quotes.formatted || skip == Skip::Flat => 1,
            b'{' if !in_expression && bytes.get(at + 1) == Some(&b'{') => 2,
            b'\'' | b'"' if in_expression => {
                if depth == 0 {
                    return Err(at);
                }
                skip_string(text, prefix_start(bytes, at), skip, depth - 1)? - at
            }
            b'{' | b'(' | b'[' if in_expression || byte == b'{' => {
                brackets += 1;
                1
            }
            b'}' | b')' | b']' => {
                brackets = brackets.saturating_sub(1);
                1
            }
            _ => 1,
        };
    }
    Err(bytes.len())
}

/// Where the string begins whose quote stands at a byte: before its prefix, if it has one.
pub(crate) fn prefix_start(bytes: &[u8], quote: usize) -> usize {
    let is_word = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_' || *b >= 0x80;
    let start = (0..=2).rev().map(|n| quote.saturating_sub(n)).find(|&start| {
        let word = bytes.get(start..quote).and_then(|word| std::str::from_utf8(word).ok());
        let alone = start == 0 || !bytes.get(start - 1).is_some_and(is_word);
        word.is_some_and(is_prefix) && alone
    });
    start.unwrap_or(quote)
}

impl Lexer<'_> {
    /// Takes the string that begins here, with a prefix of so many bytes.
    pub(super) fn string(&mut self, prefix: usize) {
        let start = self.at;
        let nested = if prefix > 0 && self.budget > 0 {
            skip_string(self.text, start, Skip::Nested, DEPTH).inspect_err(|&stop| {
                self.budget = self.budget.saturating_sub(stop.saturating_sub(start));
            })
        } else {
            Err(start)
        };
        match nested.or_else(|_| skip_string(self.text, start, Skip::Flat, 0)) {
            Ok(end) => {
                self.at = end;
                self.push(Tok::Str, start, end);
            }
            Err(stop) => self.unterminated(start, stop.min(self.text.len())),
        }
    }

    fn unterminated(&mut self, start: usize, stop: usize) {
        let triple = self.text.get(start..).and_then(Quotes::read).is_some_and(|quotes| quotes.triple);
        let what = if triple { "triple-quoted string" } else { "string" };
        let line = line_of(self.text, stop.saturating_sub(usize::from(triple)) as u32);
        let message = format!("unterminated {what} literal (detected at line {line})");
        let hint = if triple {
            "Close the string with three quotes."
        } else {
            "Close the string with the same quote that opens it."
        };
        self.fail(SyntaxError::new(message, Span::new(start as u32, stop as u32)).hint(hint));
    }
}
