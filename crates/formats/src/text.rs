//! The texts inside binary files: a header of Python or JSON, read from left to right.
//!
//! This is no parser for either language, only for the few forms that headers have. Nothing nests, so nothing recurses.

use crate::{Error, Result};

/// A text that is being read.
pub(crate) struct Text<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Where the text begins in the file.
    base: u64,
}

impl<'a> Text<'a> {
    /// A text that begins at byte `base` of the file.
    pub(crate) fn new(bytes: &'a [u8], base: usize) -> Self {
        Self { bytes, at: 0, base: base as u64 }
    }

    /// An error about what comes next.
    pub(crate) fn error(&self, expected: impl Into<String>) -> Error {
        let found = match self.bytes.get(self.at) {
            None => "the end of the header".to_owned(),
            Some(byte) => format!("'{}'", byte.escape_ascii()),
        };
        Error::Syntax { at: self.base + self.at as u64, expected: expected.into(), found }
    }

    /// The next byte that is no white space; it is not taken.
    pub(crate) fn peek(&mut self) -> Option<u8> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at += rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        self.bytes.get(self.at).copied()
    }

    /// Takes the byte, if it comes next.
    pub(crate) fn take(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    /// Takes the byte, which must come next.
    pub(crate) fn expect(&mut self, byte: u8) -> Result<()> {
        if self.take(byte) { Ok(()) } else { Err(self.error(format!("'{}'", byte.escape_ascii()))) }
    }

    /// Takes a word, if it comes next.
    pub(crate) fn take_word(&mut self, word: &str) -> bool {
        self.peek();
        let there = self.bytes[self.at..].starts_with(word.as_bytes());
        self.at += if there { word.len() } else { 0 };
        there
    }

    /// Nothing but white space may follow.
    pub(crate) fn end(&mut self) -> Result<()> {
        if self.peek().is_none() { Ok(()) } else { Err(self.error("the end of the header")) }
    }

    /// A number in decimal digits.
    pub(crate) fn number(&mut self) -> Result<u64> {
        let mut value = match self.peek() {
            Some(digit @ b'0'..=b'9') => u64::from(digit - b'0'),
            _ => return Err(self.error("a number")),
        };
        self.at += 1;
        while let Some(digit @ b'0'..=b'9') = self.bytes.get(self.at) {
            let next = value.checked_mul(10).and_then(|value| value.checked_add(u64::from(digit - b'0')));
            value = next.ok_or_else(|| self.error("a number below 2^64"))?;
            self.at += 1;
        }
        Ok(value)
    }

    /// Numbers between brackets, with commas between them. `trailing`: one more comma may follow.
    pub(crate) fn numbers(&mut self, [open, close]: [u8; 2], trailing: bool) -> Result<Vec<u64>> {
        self.expect(open)?;
        let mut numbers = Vec::new();
        while !self.take(close) {
            if !numbers.is_empty() {
                self.expect(b',')?;
                if trailing && self.take(close) {
                    break;
                }
            }
            numbers.push(self.number()?);
            // The comma makes it a tuple.
            if trailing && numbers.len() == 1 && self.peek() != Some(b',') {
                return Err(self.error("','"));
            }
        }
        Ok(numbers)
    }

    /// A string of Python without escapes: names of fields and types have none.
    pub(crate) fn python_string(&mut self) -> Result<&'a str> {
        let Some(quote @ (b'\'' | b'"')) = self.peek() else {
            return Err(self.error("a string"));
        };
        self.at += 1;
        let rest = &self.bytes[self.at..];
        let len = rest.iter().position(|&byte| byte == quote || byte == b'\\');
        let text = len.and_then(|len| std::str::from_utf8(&rest[..len]).ok());
        let text = text.ok_or_else(|| self.error("the rest of a string"))?;
        self.at += text.len();
        self.expect(quote)?;
        Ok(text)
    }

    /// A string of JSON.
    pub(crate) fn json_string(&mut self) -> Result<String> {
        if self.peek() != Some(b'"') {
            return Err(self.error("a string"));
        }
        self.at += 1;
        let mut text = Vec::new();
        loop {
            match self.bytes.get(self.at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    self.at += 1;
                    let mut utf8 = [0; 4];
                    text.extend_from_slice(self.escaped()?.encode_utf8(&mut utf8).as_bytes());
                }
                Some(&byte) if byte >= b' ' => {
                    text.push(byte);
                    self.at += 1;
                }
                _ => return Err(self.error("the rest of a string")),
            }
        }
        let text = String::from_utf8(text).map_err(|_| self.error("a string in UTF-8"))?;
        self.at += 1;
        Ok(text)
    }

    /// What follows a backslash in JSON.
    fn escaped(&mut self) -> Result<char> {
        let plain = match self.bytes.get(self.at) {
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(&same @ (b'"' | b'\\' | b'/')) => same.into(),
            Some(b'u') => return self.code(),
            _ => return Err(self.error("an escaped character")),
        };
        self.at += 1;
        Ok(plain)
    }

    /// A character by its code in UTF-16: `uXXXX`, or two of them for one beyond U+FFFF.
    fn code(&mut self) -> Result<char> {
        let high = self.code_unit()?;
        let code = if (0xd800..0xdc00).contains(&high) && self.bytes.get(self.at) == Some(&b'\\') {
            self.at += 1;
            let low = self.code_unit()?.wrapping_sub(0xdc00);
            if low < 0x400 { 0x1_0000 + ((high - 0xd800) << 10) + low } else { high }
        } else {
            high
        };
        char::from_u32(code).ok_or_else(|| self.error("a character's code"))
    }

    fn code_unit(&mut self) -> Result<u32> {
        let digits = self.bytes.get(self.at..self.at + 5).and_then(|code| code.strip_prefix(b"u"));
        let value = digits
            .filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))
            .and_then(|digits| u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        let value = value.ok_or_else(|| self.error("a 'u' and four hexadecimal digits"))?;
        self.at += 5;
        Ok(value)
    }
}

/// Appends a string of JSON, escaped no more than it must be.
pub(crate) fn push_json(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_come_back() {
        let text = "a\"b\\c\n\t\r\u{8}\u{c}\u{1}/é𝄞";
        let mut written = String::new();
        push_json(&mut written, text);
        assert_eq!(Text::new(written.as_bytes(), 0).json_string().as_deref(), Ok(text));
        let escaped = br#""\u00e9\ud834\udd1e\/""#;
        assert_eq!(Text::new(escaped, 0).json_string().as_deref(), Ok("é𝄞/"));
        for wrong in [r#""\ud834""#, r#""\ud834\u0041""#, r#""\u+123""#, r#""\x""#, "\"a", "\"a\n\""] {
            assert!(Text::new(wrong.as_bytes(), 0).json_string().is_err(), "{wrong}");
        }
    }

    #[test]
    fn numbers_end_at_64_bits() {
        assert_eq!(Text::new(b" 18446744073709551615", 0).number(), Ok(u64::MAX));
        assert!(Text::new(b"18446744073709551616", 0).number().is_err());
        assert_eq!(Text::new(b"(3,)", 0).numbers(*b"()", true), Ok(vec![3]));
        assert_eq!(Text::new(b"[3, 4]", 0).numbers(*b"[]", false), Ok(vec![3, 4]));
        for wrong in ["(3)", "(3,,)", "(,)", "(3 4)", "(-1,)", "(3,"] {
            assert!(Text::new(wrong.as_bytes(), 0).numbers(*b"()", true).is_err(), "{wrong}");
        }
    }
}
