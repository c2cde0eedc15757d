//! F-strings. The text of a field is cut and parsed like any other expression, at its place in the program.

use super::{Parsed, Parser, SyntaxError};
use crate::ast::{Expr, FPart};
use crate::lexer::{Skip, Tok, lex_expression, prefix_start, skip_string};
use crate::span::Span;

/// How deeply strings in fields may be nested.
const STRINGS: usize = 6;

/// The parts of an f-string so far: text grows until a field comes.
#[derive(Default)]
pub(super) struct Parts {
    parts: Vec<FPart>,
    /// The text after the last field.
    pub text: String,
}

impl Parts {
    fn push(&mut self, part: FPart) {
        self.flush();
        self.parts.push(part);
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.parts.push(FPart::Text(std::mem::take(&mut self.text).into()));
        }
    }

    /// All parts.
    pub fn finish(mut self) -> Vec<FPart> {
        self.flush();
        self.parts
    }
}

/// The text of an f-string, and where in it the parser stands.
struct Body {
    at: u32,
    end: u32,
    raw: bool,
}

impl Parser<'_> {
    /// Reads what stands between the quotes of an f-string.
    pub(super) fn formatted(&mut self, body: Span, raw: bool, parts: &mut Parts) -> Parsed<()> {
        let mut body = Body { at: body.start, end: body.end, raw };
        self.parts(&mut body, 0, parts)
    }

    fn byte_at(&self, at: u32, body: &Body) -> Option<u8> {
        if at < body.end { self.text.as_bytes().get(at as usize).copied() } else { None }
    }

    /// Text and fields; in the format of a field (`level` above 0) up to its `}`.
    fn parts(&mut self, body: &mut Body, level: usize, parts: &mut Parts) -> Parsed<()> {
        loop {
            let start = body.at;
            self.skip_text(body);
            parts.text.push_str(&self.unescaped(Span::new(start, body.at), body.raw)?);
            let here = body.at;
            match (self.byte_at(here, body), self.byte_at(here + 1, body)) {
                (None, _) => return Ok(()),
                (Some(b'}'), _) if level > 0 => return Ok(()),
                (Some(brace @ b'{'), Some(b'{')) | (Some(brace @ b'}'), Some(b'}')) if level == 0 => {
                    parts.text.push(char::from(brace));
                    body.at += 2;
                }
                (Some(b'}'), _) => {
                    let span = Span::new(here, here + 1);
                    let error = SyntaxError::new("f-string: single '}' is not allowed", span);
                    return Err(Box::new(error.hint("In an f-string, write '}}' for a brace.")));
                }
                _ => self.field(body, level, parts)?,
            }
        }
    }

    fn skip_text(&self, body: &mut Body) {
        while let Some(byte) = self.byte_at(body.at, body) {
            if matches!(byte, b'{' | b'}') {
                return;
            }
            let escape = byte == b'\\' && !body.raw;
            let brace = matches!(self.byte_at(body.at + 1, body), Some(b'{' | b'}'));
            body.at += if escape && !brace { 2 } else { 1 };
            while !self.text.is_char_boundary(body.at as usize) {
                body.at += 1;
            }
        }
        body.at = body.at.min(body.end);
    }

    /// `{value=!r:spec}`.
    fn field(&mut self, body: &mut Body, level: usize, parts: &mut Parts) -> Parsed<()> {
        let open = body.at;
        if level >= 2 {
            return Err(fault("expressions nested too deeply", Span::new(open, open + 1)));
        }
        let start = open + 1;
        let end = self.expression_end(start, body)?;
        body.at = end;
        let next = self.byte_at(end, body);
        if self.text_of(Span::new(start, end)).trim().is_empty() {
            return Err(match next {
                Some(sign @ (b'!' | b':' | b'=')) => {
                    let message = format!("expression required before '{}'", char::from(sign));
                    fault(&message, Span::new(end, end + 1))
                }
                Some(b'}') => fault("empty expression not allowed", Span::new(open, end + 1)),
                _ => fault("expecting '}'", Span::new(open, open + 1)),
            });
        }
        let value = self.embedded(start, end)?;
        let shown = next == Some(b'=');
        if shown {
            body.at += 1;
            self.skip_blanks(body);
            parts.text.push_str(self.text_of(Span::new(start, body.at)));
        }
        let mut conversion = self.conversion(body)?;
        let mut spec = Vec::new();
        let with_spec = self.byte_at(body.at, body) == Some(b':');
        if with_spec {
            body.at += 1;
            let mut inner = Parts::default();
            self.parts(body, level + 1, &mut inner)?;
            spec = inner.finish();
        }
        if self.byte_at(body.at, body) != Some(b'}') {
            let at = body.at.min(body.end);
            return Err(fault("expecting '}'", Span::new(open, at)));
        }
        body.at += 1;
        if shown && !with_spec && conversion.is_none() {
            conversion = Some('r');
        }
        parts.push(FPart::Value { value, conversion, spec });
        Ok(())
    }

    fn skip_blanks(&self, body: &mut Body) {
        while self.byte_at(body.at, body).is_some_and(|b| b.is_ascii_whitespace()) {
            body.at += 1;
        }
    }

    /// `!r`, if it is there.
    fn conversion(&self, body: &mut Body) -> Parsed<Option<char>> {
        if self.byte_at(body.at, body) != Some(b'!') {
            return Ok(None);
        }
        let letter = self.byte_at(body.at + 1, body);
        if let Some(letter @ (b's' | b'r' | b'a')) = letter {
            body.at += 2;
            return Ok(Some(char::from(letter)));
        }
        let message = "invalid conversion character: expected 's', 'r', or 'a'";
        Err(fault(message, Span::new(body.at, body.at + 1)))
    }

    /// Where the expression of a field ends: at `!`, `:`, `=` or `}` outside of brackets and strings.
    fn expression_end(&self, start: u32, body: &Body) -> Parsed<u32> {
        let mut at = start;
        let mut open: Vec<u8> = Vec::new();
        while let Some(byte) = self.byte_at(at, body) {
            let next = self.byte_at(at + 1, body);
            let here = Span::new(at, at + 1);
            match byte {
                b'#' => return Err(fault_plain("f-string expression part cannot include '#'", here)),
                b'\\' => {
                    return Err(fault_plain("f-string expression part cannot include a backslash", here));
                }
                b'\'' | b'"' => {
                    at = self.string_end(at, body)?;
                    continue;
                }
                b'(' | b'[' | b'{' => open.push(byte),
                b'}' | b'!' | b':' | b'=' if open.is_empty() => match (byte, next) {
                    (b'!' | b'=', Some(b'=')) => at += 1,
                    (b'=', _) if !self.shows(at + 1, body) => {}
                    _ => return Ok(at),
                },
                b'<' | b'>' if next == Some(b'=') => at += 1,
                b')' | b']' | b'}' => self.closes(byte, open.pop(), here)?,
                _ => {}
            }
            at += 1;
        }
        Ok(body.end)
    }

    /// Whether a `=` before this place ends the expression, which is then shown with its text.
    fn shows(&self, at: u32, body: &Body) -> bool {
        let mut rest = Body { at, end: body.end, raw: body.raw };
        self.skip_blanks(&mut rest);
        matches!(self.byte_at(rest.at, body), None | Some(b'}' | b'!' | b':'))
    }

    fn closes(&self, byte: u8, open: Option<u8>, here: Span) -> Parsed<()> {
        let close = char::from(byte);
        match (open, byte) {
            (Some(b'('), b')') | (Some(b'['), b']') | (Some(b'{'), b'}') => Ok(()),
            (None, _) => Err(fault(&format!("unmatched '{close}'"), here)),
            (Some(open), _) => {
                let open = char::from(open);
                let message =
                    format!("closing parenthesis '{close}' does not match opening parenthesis '{open}'");
                Err(fault(&message, here))
            }
        }
    }

    /// The end of a string inside of a field, whose quote stands at `at`.
    fn string_end(&self, at: u32, body: &Body) -> Parsed<u32> {
        let text = self.text.get(..body.end as usize).unwrap_or("");
        let start = prefix_start(text.as_bytes(), at as usize);
        let end = skip_string(text, start, Skip::Nested, STRINGS)
            .or_else(|_| skip_string(text, at as usize, Skip::Flat, 0));
        match end {
            Ok(end) if end > at as usize => Ok(end as u32),
            _ => Err(fault("unterminated string", Span::new(at, at + 1))),
        }
    }

    /// Parses the expression between two bytes of the program.
    fn embedded(&mut self, start: u32, end: u32) -> Parsed<Expr> {
        let lexed = lex_expression(self.text, start as usize, end as usize, self.nesting);
        let tokens = std::mem::replace(&mut self.tokens, lexed.tokens);
        let faults = std::mem::replace(&mut self.faults, lexed.errors);
        let at = std::mem::take(&mut self.at);
        let result = self.nested(|parser| {
            let value = parser.value_list()?;
            if parser.peek() == Tok::End {
                return Ok(value);
            }
            let missing = parser.missing_comma(value.span.start, Some(&value));
            Err(missing.unwrap_or_else(|| parser.unexpected()))
        });
        self.tokens = tokens;
        self.faults = faults;
        self.at = at;
        result.map_err(|mut error| {
            if !error.message.starts_with("f-string") {
                error.message.insert_str(0, "f-string: ");
            }
            error
        })
    }
}

fn fault(message: &str, span: Span) -> Box<SyntaxError> {
    fault_plain(&format!("f-string: {message}"), span)
}

fn fault_plain(message: &str, span: Span) -> Box<SyntaxError> {
    Box::new(SyntaxError::new(message, span))
}
