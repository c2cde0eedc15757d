//! Names, numbers and strings.

use super::format::Parts;
use super::{Parsed, Parser, SyntaxError, TOO_LARGE};
use crate::ast::{Expr, ExprKind, Literal};
use crate::lexer::{Quotes, Tok};
use crate::span::Span;

impl Parser<'_> {
    /// A value that begins with no operator.
    pub(super) fn atom(&mut self) -> Parsed<Expr> {
        let span = self.token().span;
        let literal = match self.peek() {
            Tok::Op("(") => return self.group(),
            Tok::Op("[") => return self.list(),
            Tok::Op("{") => return self.braces(),
            Tok::Str => return self.strings(),
            Tok::Name => {
                let (name, span) = self.name()?;
                return Ok(Expr { kind: ExprKind::Name(name), span });
            }
            Tok::Key("await") => return Err(self.not_part("'await'", "")),
            Tok::Key("None") => Literal::None,
            Tok::Key("True") => Literal::Bool(true),
            Tok::Key("False") => Literal::Bool(false),
            Tok::Op("...") => Literal::Ellipsis,
            Tok::Float(value) => Literal::Float(value),
            Tok::Int(value) => match i64::try_from(value) {
                Ok(value) => Literal::Int(value),
                Err(_) => return Err(Box::new(SyntaxError::new(TOO_LARGE, span))),
            },
            _ => return Err(self.unexpected()),
        };
        self.bump();
        Ok(Expr { kind: ExprKind::Literal(literal), span })
    }

    /// One string or several that stand side by side.
    fn strings(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let mut parts = Parts::default();
        let mut formatted = false;
        if Quotes::read(self.text_of(self.token().span)).is_some_and(|quotes| quotes.bytes) {
            return self.bytes();
        }
        while self.peek() == Tok::Str {
            let span = self.token().span;
            let Some(quotes) = Quotes::read(self.text_of(span)) else { return Err(self.unexpected()) };
            if quotes.bytes {
                return Err(self.mixed());
            }
            self.bump();
            let body = Span::new(
                span.start + (quotes.prefix + quotes.width()) as u32,
                span.end.saturating_sub(quotes.width() as u32),
            );
            if quotes.formatted {
                formatted = true;
                self.formatted(body, quotes.raw, &mut parts)?;
            } else {
                parts.text.push_str(&self.unescaped(body, quotes.raw)?);
            }
        }
        if formatted {
            self.grow()?;
            return Ok(self.node(start, ExprKind::FString(parts.finish())));
        }
        Ok(self.node(start, ExprKind::Literal(Literal::Str(parts.text.into()))))
    }

    /// The text that a range of a string stands for.
    pub(super) fn unescaped(&self, body: Span, raw: bool) -> Parsed<String> {
        let source = self.text_of(body);
        let mut text = String::with_capacity(source.len());
        let mut at = 0;
        while let Some(c) = source.get(at..).and_then(|rest| rest.chars().next()) {
            if c == '\\' && !raw {
                at = self.escape(source, at, body, &mut text)?;
                continue;
            }
            at += c.len_utf8();
            match c {
                // The end of a line is one character, however it is written.
                '\r' => {
                    if source.as_bytes().get(at) == Some(&b'\n') {
                        at += 1;
                    }
                    text.push('\n');
                }
                c => text.push(c),
            }
        }
        Ok(text)
    }

    /// Reads the escape whose backslash stands at `at`, and gives where it ends.
    fn escape(&self, source: &str, at: usize, body: Span, text: &mut String) -> Parsed<usize> {
        let Some(c) = source.get(at + 1..).and_then(|rest| rest.chars().next()) else {
            text.push('\\');
            return Ok(at + 1);
        };
        let mut next = at + 1 + c.len_utf8();
        let plain = match c {
            '\n' => None,
            '\r' => {
                next += usize::from(source.as_bytes().get(next) == Some(&b'\n'));
                None
            }
            '\\' | '\'' | '"' => Some(c),
            'a' => Some('\u{7}'),
            'b' => Some('\u{8}'),
            'f' => Some('\u{c}'),
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            'v' => Some('\u{b}'),
            '0'..='7' => {
                let digits = source.get(at + 1..).unwrap_or("");
                let length = digits.bytes().take(3).take_while(|b| (b'0'..=b'7').contains(b)).count();
                next = at + 1 + length;
                let value = u32::from_str_radix(digits.get(..length).unwrap_or("0"), 8).unwrap_or(0);
                char::from_u32(value)
            }
            'x' | 'u' | 'U' => {
                let (value, end) = self.hexadecimal(source, at, c, body)?;
                next = end;
                Some(value)
            }
            'N' => {
                let span = within(body, at, next);
                let error = SyntaxError::new("\\N escapes are not part of Seegrad", span);
                return Err(Box::new(error.hint("Write the character itself, or its code after \\u.")));
            }
            // Python keeps the backslash of what is no escape.
            other => {
                text.push('\\');
                Some(other)
            }
        };
        text.extend(plain);
        Ok(next)
    }

    /// `\xhh`, `\uXXXX` or `\UXXXXXXXX`: its character and where it ends.
    fn hexadecimal(&self, source: &str, at: usize, kind: char, body: Span) -> Parsed<(char, usize)> {
        let (most, shape) = match kind {
            'x' => (2, "\\xXX"),
            'u' => (4, "\\uXXXX"),
            _ => (8, "\\UXXXXXXXX"),
        };
        let digits = source.get(at + 2..).unwrap_or("");
        let length = digits.bytes().take(most).take_while(u8::is_ascii_hexdigit).count();
        let end = at + 2 + length;
        let value = digits.get(..length).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let character = value.filter(|_| length == most).and_then(char::from_u32);
        if let Some(character) = character {
            return Ok((character, end));
        }
        let what = match (length == most, value) {
            (false, _) => format!("truncated {shape} escape"),
            (true, Some(0xD800..=0xDFFF)) => "surrogates not allowed".to_string(),
            _ => "illegal Unicode character".to_string(),
        };
        // Python counts in the bytes of the string.
        let last = (end - 1).max(at + 1);
        let place = format!("'unicodeescape' codec can't decode bytes in position {at}-{last}");
        Err(Box::new(SyntaxError::new(format!("(unicode error) {place}: {what}"), within(body, at, end))))
    }
}

fn within(body: Span, start: usize, end: usize) -> Span {
    Span::new(body.start + start as u32, body.start + end as u32)
}
