//! Numbers.

use super::token::{begins_name, continues_name};
use super::{Lexer, Tok};
use crate::parser::SyntaxError;
use crate::span::Span;

/// What may follow a number without a blank: `1if x else 2`.
const AFTER: [&str; 8] = ["and", "else", "for", "if", "in", "is", "not", "or"];

impl Lexer<'_> {
    pub(super) fn number(&mut self) {
        let start = self.at;
        let read = match (self.byte(0), self.byte(1).map(|b| b.to_ascii_lowercase())) {
            (Some(b'0'), Some(b'x')) => self.radix(16, "hexadecimal"),
            (Some(b'0'), Some(b'o')) => self.radix(8, "octal"),
            (Some(b'0'), Some(b'b')) => self.radix(2, "binary"),
            _ => self.decimal(),
        };
        match read {
            Ok(kind) => self.push(kind, start, self.at),
            Err(message) => {
                self.word_end();
                let span = Span::new(start as u32, self.at as u32);
                self.fail(SyntaxError::new(message, span));
            }
        }
    }

    /// Goes to the end of what would be one word, so that its rest is not read as another token.
    fn word_end(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or("");
        self.at += rest.find(|c| !continues_name(c)).unwrap_or(rest.len());
    }

    /// Skips digits, with single underscores between them (or, after `0x`, before them).
    fn digits(&mut self, radix: u32) -> Option<()> {
        let is_digit = |byte: Option<u8>| byte.is_some_and(|b| char::from(b).is_digit(radix));
        loop {
            if !is_digit(self.byte(0)) {
                return None;
            }
            while is_digit(self.byte(0)) {
                self.at += 1;
            }
            if self.byte(0) != Some(b'_') {
                return Some(());
            }
            self.at += 1;
        }
    }

    fn radix(&mut self, radix: u32, name: &str) -> Result<Tok, String> {
        let invalid = || format!("invalid {name} literal");
        self.at += 2;
        let start = self.at;
        if self.byte(0) == Some(b'_') {
            self.at += 1;
        }
        let read = self.digits(radix);
        if let Some(digit) = self.byte(0).filter(u8::is_ascii_digit) {
            return Err(format!("invalid digit '{}' in {name} literal", char::from(digit)));
        }
        read.ok_or_else(invalid)?;
        self.check_end().ok_or_else(invalid)?;
        self.integer(start, radix)
    }

    fn decimal(&mut self) -> Result<Tok, String> {
        let invalid = || "invalid decimal literal".to_string();
        let start = self.at;
        if self.byte(0) != Some(b'.') {
            self.digits(10).ok_or_else(invalid)?;
        }
        let whole = self.at;
        if self.byte(0) == Some(b'.') {
            self.at += 1;
            if self.byte(0).is_some_and(|b| b.is_ascii_digit()) {
                self.digits(10).ok_or_else(invalid)?;
            }
        }
        self.exponent().ok_or_else(invalid)?;
        if matches!(self.byte(0), Some(b'j' | b'J')) {
            return Err("complex numbers are not part of Seegrad".to_string());
        }
        self.check_end().ok_or_else(invalid)?;
        if self.at == whole {
            let text = self.text.get(start..whole).unwrap_or("");
            if text.starts_with('0') && text.contains(|c: char| ('1'..='9').contains(&c)) {
                return Err("leading zeros in decimal integer literals are not permitted; \
                            use an 0o prefix for octal integers"
                    .to_string());
            }
            return self.integer(start, 10);
        }
        let text: String =
            self.text.get(start..self.at).unwrap_or("").chars().filter(|&c| c != '_').collect();
        text.parse().map(Tok::Float).map_err(|_| invalid())
    }

    fn exponent(&mut self) -> Option<()> {
        if !matches!(self.byte(0), Some(b'e' | b'E')) {
            return Some(());
        }
        let signed = matches!(self.byte(1), Some(b'+' | b'-'));
        let digit = if signed { self.byte(2) } else { self.byte(1) };
        if !digit.is_some_and(|b| b.is_ascii_digit()) {
            // `1else` is a number and a keyword, `1e` is neither.
            return if signed { None } else { self.check_end() };
        }
        self.at += if signed { 2 } else { 1 };
        self.digits(10)
    }

    /// A number ends where no name goes on, except for the keywords that Python takes there.
    fn check_end(&self) -> Option<()> {
        let rest = self.text.get(self.at..)?;
        let goes_on = rest.starts_with(begins_name);
        (!goes_on || AFTER.iter().any(|word| rest.starts_with(word))).then_some(())
    }

    fn integer(&self, start: usize, radix: u32) -> Result<Tok, String> {
        let digits = self.text.get(start..self.at).unwrap_or("").bytes().filter(|&b| b != b'_');
        let mut value = 0_u64;
        for digit in digits.filter_map(|b| char::from(b).to_digit(radix)) {
            value = value
                .checked_mul(u64::from(radix))
                .and_then(|v| v.checked_add(u64::from(digit)))
                .ok_or_else(|| crate::parser::TOO_LARGE.to_string())?;
        }
        Ok(Tok::Int(value))
    }
}
