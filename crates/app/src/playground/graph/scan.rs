//! The words of a program: just enough of Python's to find the parts of an expression. Places are bytes of the text.

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A name or a keyword.
    Name,
    /// A number.
    Number,
    /// A string.
    Text,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// Everything else.
    Sign,
}

/// A word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// What it is.
    pub kind: Kind,
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

/// Signs of two letters and more.
const LONG: [&str; 21] = [
    "**=", "//=", ">>=", "<<=", "...", "**", "//", "==", "!=", "<=", ">=", "->", ":=", "+=", "-=", "*=",
    "/=", "%=", "@=", "<<", ">>",
];

/// The words of a text, without comments.
pub fn words(text: &str) -> Vec<Word> {
    let bytes = text.as_bytes();
    let at = |i: usize| bytes.get(i).copied().unwrap_or(0);
    let is_letter = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80;
    let mut words = Vec::new();
    let mut i = 0;
    while i < bytes.len() {
        let start = i;
        let kind = match at(i) {
            b if b.is_ascii_whitespace() || b == b'\\' => {
                i += 1;
                continue;
            }
            b'#' => {
                while i < bytes.len() && at(i) != b'\n' {
                    i += 1;
                }
                continue;
            }
            b if b.is_ascii_digit() || b == b'.' && at(i + 1).is_ascii_digit() => {
                while is_letter(at(i))
                    || at(i) == b'.'
                    || matches!(at(i), b'+' | b'-') && matches!(at(i - 1), b'e' | b'E')
                {
                    i += 1;
                }
                Kind::Number
            }
            b'"' | b'\'' => {
                i = string_end(bytes, i);
                Kind::Text
            }
            b if is_letter(b) => {
                while is_letter(at(i)) {
                    i += 1;
                }
                // r"…", f'…'
                if i - start <= 2 && matches!(at(i), b'"' | b'\'') {
                    i = string_end(bytes, i);
                    Kind::Text
                } else {
                    Kind::Name
                }
            }
            b'(' | b'[' | b'{' => {
                i += 1;
                Kind::Open
            }
            b')' | b']' | b'}' => {
                i += 1;
                Kind::Close
            }
            _ => {
                let long = LONG.into_iter().find(|long| bytes[i..].starts_with(long.as_bytes()));
                i += long.map_or(1, str::len);
                Kind::Sign
            }
        };
        words.push(Word { kind, start, end: i });
    }
    words
}

/// Where a string ends that begins with a quote here.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let quote = bytes[start];
    let triple = bytes[start..].starts_with(&[quote; 3]);
    let length = if triple { 3 } else { 1 };
    let mut i = start + length;
    while i < bytes.len() {
        match bytes[i] {
            b'\\' => i += 1,
            b'\n' if !triple => return i,
            _ if bytes[i..].starts_with(&[quote; 3][..length]) => return i + length,
            _ => {}
        }
        i += 1;
    }
    bytes.len()
}

/// A number changed by so many steps of its last digit: `0.5` becomes `0.6`, `3` becomes `4`. It keeps its digits after the point, and its
/// power of ten.
pub fn scrubbed(number: &str, steps: i64) -> Option<String> {
    let (sign, rest) = number.strip_prefix('-').map_or((1, number), |rest| (-1, rest));
    let (mantissa, power) = match rest.find(['e', 'E']) {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let (whole, part) =
        mantissa.split_once('.').map_or((mantissa, None), |(whole, part)| (whole, Some(part)));
    let digits = [whole, part.unwrap_or_default()].concat();
    if digits.is_empty() || digits.len() > 15 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let value = digits.parse::<i64>().ok()? * sign + steps;
    let sign = if value < 0 { "-" } else { "" };
    let places = part.map_or(0, str::len);
    let mut digits = value.unsigned_abs().to_string();
    while digits.len() <= places {
        digits.insert(0, '0');
    }
    if part.is_some() {
        digits.insert(digits.len() - places, '.');
    }
    Some([sign, digits.as_str(), power].concat())
}

/// Whether what was typed is a number.
pub fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let words = words(digits);
    let whole =
        matches!(words.as_slice(), [Word { kind: Kind::Number, start: 0, end }] if *end == digits.len());
    whole && digits.parse::<f64>().is_ok_and(f64::is_finite)
}

/// Whether what was typed can be the name of a variable.
pub fn is_name(text: &str) -> bool {
    let one =
        matches!(words(text).as_slice(), [Word { kind: Kind::Name, start: 0, end }] if *end == text.len());
    one && !KEYWORDS.contains(&text)
}

const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_past_strings_and_comments() {
        let text = "y = f'a{b}' + x_1**-1e-3 # (no\n\"\"\"(\"\"\" @ z.t()";
        let found: Vec<_> = words(text).into_iter().map(|word| &text[word.start..word.end]).collect();
        let wanted = [
            "y",
            "=",
            "f'a{b}'",
            "+",
            "x_1",
            "**",
            "-",
            "1e-3",
            "\"\"\"(\"\"\"",
            "@",
            "z",
            ".",
            "t",
            "(",
            ")",
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn numbers_change_in_their_last_digit() {
        let table = [
            ("0.5", 1, Some("0.6")),
            ("0.1", -3, Some("-0.2")),
            ("3", -5, Some("-2")),
            ("-1.", 1, Some("0.")),
            ("9.99", 1, Some("10.00")),
            ("1e-3", 1, Some("2e-3")),
            (".5", 1, Some("0.6")),
            ("0xff", 1, None),
            ("1_000", 1, None),
        ];
        for (number, steps, wanted) in table {
            assert_eq!(scrubbed(number, steps).as_deref(), wanted, "{number}");
        }
    }

    #[test]
    fn only_numbers_and_names_are_taken_for_such() {
        for (text, number, name) in [
            ("1.5e3", true, false),
            ("-2", true, false),
            ("x1", false, true),
            ("1 + 1", false, false),
            ("for", false, false),
            ("", false, false),
        ] {
            assert_eq!((is_number(text), is_name(text)), (number, name), "{text}");
        }
    }
}
