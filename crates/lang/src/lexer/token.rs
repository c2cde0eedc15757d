//! What a text is cut into.

use crate::span::Span;

/// A token: what it is and where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// What it is.
    pub kind: Tok,
    /// Where it stands. Of an end of line or a change of indentation: possibly empty.
    pub span: Span,
}

/// What a token is. The texts of names and strings are read from the program.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Tok {
    /// A name that is no keyword.
    Name,
    /// A keyword.
    Key(&'static str),
    /// An operator or a delimiter.
    Op(&'static str),
    /// A whole number. The parser refuses what is past `i64`; only `-9223372036854775808` needs one more.
    Int(u64),
    /// A number with a point or an exponent.
    Float(f64),
    /// A string of any kind, with its prefix and its quotes.
    Str,
    /// The end of a logical line.
    Newline,
    /// Deeper indentation begins.
    Indent,
    /// Deeper indentation ends.
    Dedent,
    /// The body of a function of ours, which is not there yet.
    Late,
    /// The end of the text.
    End,
    /// What cannot be a token; the index of the error that says why.
    Error(usize),
}

const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// The operators, longer ones before their beginnings.
const OPERATORS: [&str; 47] = [
    "**=", "//=", "<<=", ">>=", "...", "**", "//", "<<", ">>", "<=", ">=", "==", "!=", "->", "+=", "-=",
    "*=", "/=", "%=", "&=", "|=", "^=", "@=", ":=", "+", "-", "*", "/", "%", "@", "&", "|", "^", "~", "<",
    ">", "=", "(", ")", "[", "]", "{", "}", ",", ":", ";", ".",
];

/// The keyword that a word is.
pub(crate) fn keyword(word: &str) -> Option<&'static str> {
    KEYWORDS.binary_search(&word).ok().and_then(|at| KEYWORDS.get(at)).copied()
}

/// The longest operator that a text begins with.
pub(crate) fn operator(text: &str) -> Option<&'static str> {
    OPERATORS.into_iter().find(|operator| text.starts_with(operator))
}

/// Whether a name may begin with this character.
pub(crate) fn begins_name(c: char) -> bool {
    c == '_' || c.is_alphabetic()
}

/// Whether a name may go on with this character.
pub(crate) fn continues_name(c: char) -> bool {
    c == '_' || c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}')
}
