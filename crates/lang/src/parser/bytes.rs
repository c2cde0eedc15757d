//! `b'…'`: what its characters and escapes stand for.

use super::{Parsed, Parser, SyntaxError};
use crate::ast::{Expr, ExprKind, Literal};
use crate::lexer::{Quotes, Tok};
use crate::span::Span;

impl Parser<'_> {
    /// One literal of bytes or several that stand side by side.
    pub(super) fn bytes(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let mut bytes = Vec::new();
        while self.peek() == Tok::Str {
            let span = self.token().span;
            let Some(quotes) = Quotes::read(self.text_of(span)) else { return Err(self.unexpected()) };
            if !quotes.bytes {
                return Err(self.mixed());
            }
            self.bump();
            let body = Span::new(
                span.start + (quotes.prefix + quotes.width()) as u32,
                span.end.saturating_sub(quotes.width() as u32),
            );
            self.read_bytes(body, quotes.raw, &mut bytes)?;
        }
        Ok(self.node(start, ExprKind::Literal(Literal::Bytes(bytes.into()))))
    }

    /// The error of a text beside bytes.
    pub(super) fn mixed(&self) -> Box<SyntaxError> {
        Box::new(SyntaxError::new("cannot mix bytes and nonbytes literals", self.token().span))
    }

    fn read_bytes(&self, body: Span, raw: bool, out: &mut Vec<u8>) -> Parsed<()> {
        let source = self.text_of(body);
        if !source.is_ascii() {
            return Err(Box::new(SyntaxError::new("bytes can only contain ASCII literal characters", body)));
        }
        let mut rest = source.as_bytes();
        while let [first, after @ ..] = rest {
            rest = after;
            match (first, rest) {
                // The end of a line is one character, however it is written.
                (b'\r', [b'\n', after @ ..]) => {
                    out.push(b'\n');
                    rest = after;
                }
                (b'\r', _) => out.push(b'\n'),
                (b'\\', [_, ..]) if !raw => match escape(rest, out) {
                    Some(after) => rest = after,
                    None => {
                        let at = source.len() - rest.len() - 1;
                        let message = format!("(value error) invalid \\x escape at position {at}");
                        return Err(Box::new(SyntaxError::new(message, body)));
                    }
                },
                (&byte, _) => out.push(byte),
            }
        }
        Ok(())
    }
}

/// Reads an escape from after its backslash, and gives what follows; nothing if it is wrong.
fn escape<'a>(rest: &'a [u8], out: &mut Vec<u8>) -> Option<&'a [u8]> {
    let (&first, after) = rest.split_first()?;
    let plain = match first {
        b'\n' => return Some(after),
        b'\r' => return Some(after.strip_prefix(b"\n").unwrap_or(after)),
        b'\\' | b'\'' | b'"' => first,
        b'a' => 7,
        b'b' => 8,
        b'f' => 12,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 11,
        b'0'..=b'7' => {
            let length = rest.iter().take(3).take_while(|b| (b'0'..=b'7').contains(b)).count();
            let (digits, after) = rest.split_at(length);
            let value = digits.iter().fold(0_u32, |value, digit| value * 8 + u32::from(digit - b'0'));
            // Python drops the ninth bit.
            out.push((value & 0xff) as u8);
            return Some(after);
        }
        b'x' => {
            let (digits, after) = after.split_at_checked(2)?;
            let digits = std::str::from_utf8(digits).ok()?;
            // A sign would be read as part of the number.
            let value = digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u8::from_str_radix(digits, 16));
            out.push(value?.ok()?);
            return Some(after);
        }
        // Python keeps the backslash of what is no escape.
        other => {
            out.push(b'\\');
            other
        }
    };
    out.push(plain);
    Some(after)
}
