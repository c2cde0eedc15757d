//! What is wrong with a text.

use std::fmt;

use crate::span::Span;

/// How many errors are reported for a text at most.
pub(crate) const MOST_ERRORS: usize = 20;

/// Said of a whole number that needs more than 64 bits.
pub(crate) const TOO_LARGE: &str = "integer literal is too large: Seegrad's integers have 64 bits";

/// A mistake in the text of a program, in Python's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// `SyntaxError`, `IndentationError` or `TabError`.
    pub kind: &'static str,
    /// What Python says.
    pub message: String,
    /// Where. Empty where something is missing; always within the text, and between characters.
    pub span: Span,
    /// What may help, in one line.
    pub hint: Option<String>,
}

impl SyntaxError {
    /// A `SyntaxError`.
    pub(crate) fn new(message: impl Into<String>, span: Span) -> Self {
        Self { kind: "SyntaxError", message: message.into(), span, hint: None }
    }

    /// An `IndentationError`.
    pub(crate) fn indentation(message: impl Into<String>, span: Span) -> Self {
        Self { kind: "IndentationError", ..Self::new(message, span) }
    }

    /// With a hint.
    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind, self.message)
    }
}

impl std::error::Error for SyntaxError {}

/// Whether a character is one of those that only steer how others are shown.
pub(crate) fn is_format(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}
