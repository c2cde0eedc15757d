//! What stands behind the colon: `*^+#012,.3f`.

use crate::error::{Result, value_error};

/// A specification.
#[derive(Debug, Default)]
pub(super) struct Spec {
    pub(super) fill: Option<char>,
    pub(super) align: Option<char>,
    pub(super) sign: Option<char>,
    pub(super) alternate: bool,
    pub(super) width: usize,
    pub(super) grouping: Option<char>,
    pub(super) precision: Option<usize>,
    pub(super) kind: Option<char>,
}

impl Spec {
    /// Reads a specification for a value of type `of`.
    ///
    /// # Errors
    /// `ValueError`, as Python says it.
    pub(super) fn parse(text: &str, of: &str) -> Result<Self> {
        let chars: Vec<char> = text.chars().collect();
        let at = |i: usize| chars.get(i).copied();
        let is_align = |c: Option<char>| matches!(c, Some('<' | '>' | '^' | '='));
        let (mut spec, mut i) = (Self::default(), 0);
        if is_align(at(1)) {
            (spec.fill, spec.align, i) = (at(0), at(1), 2);
        } else if is_align(at(0)) {
            (spec.align, i) = (at(0), 1);
        }
        if let Some('+' | '-' | ' ') = at(i) {
            spec.sign = at(i);
            i += 1;
        }
        if at(i) == Some('#') {
            spec.alternate = true;
            i += 1;
        }
        if at(i) == Some('0') {
            spec.fill = spec.fill.or(Some('0'));
            if spec.align.is_none() && of != "str" {
                spec.align = Some('=');
            }
            i += 1;
        }
        spec.width = number(&chars, &mut i)?.unwrap_or(0);
        while let Some(c @ (',' | '_')) = at(i) {
            match spec.grouping {
                Some(before) if before == c => {
                    return value_error(format!("Cannot specify both '{c}' and '{c}'."));
                }
                Some(_) => return value_error("Cannot specify both ',' and '_'."),
                None => spec.grouping = Some(c),
            }
            i += 1;
        }
        if at(i) == Some('.') {
            i += 1;
            spec.precision = match number(&chars, &mut i)? {
                None => return value_error("Format specifier missing precision"),
                precision => precision,
            };
        }
        spec.kind = at(i);
        if chars.len() > i + 1 {
            return value_error(format!("Invalid format specifier '{text}' for object of type '{of}'"));
        }
        Ok(spec)
    }

    /// The sign that is written.
    pub(super) fn sign_of(&self, negative: bool) -> &'static str {
        match (negative, self.sign) {
            (true, _) => "-",
            (false, Some('+')) => "+",
            (false, Some(' ')) => " ",
            (false, _) => "",
        }
    }

    /// A number of its parts, grouped and filled up to the width.
    pub(super) fn number(&self, sign: &str, whole: &str, rest: &str, group: usize) -> String {
        let Some(comma) = self.grouping else { return self.pad(sign, &format!("{whole}{rest}"), '>') };
        let filled = self.align == Some('=') && self.fill == Some('0');
        let least = if filled { self.width.saturating_sub(sign.len() + rest.chars().count()) } else { 0 };
        let mut grouped = String::new();
        // From the last digit to the first; zeros go on where digits end.
        for (count, c) in whole.chars().rev().chain(std::iter::repeat('0')).enumerate() {
            if count >= whole.len() && grouped.len() >= least {
                break;
            }
            if count > 0 && count % group == 0 {
                grouped.push(comma);
            }
            grouped.push(c);
        }
        let grouped: String = grouped.chars().rev().collect();
        self.pad(sign, &format!("{grouped}{rest}"), '>')
    }

    /// Fills up to the width.
    pub(super) fn pad(&self, sign: &str, text: &str, default: char) -> String {
        let missing = self.width.saturating_sub(sign.chars().count() + text.chars().count());
        let fill = |n: usize| self.fill.unwrap_or(' ').to_string().repeat(n);
        match self.align.unwrap_or(default) {
            '<' => format!("{sign}{text}{}", fill(missing)),
            '^' => format!("{}{sign}{text}{}", fill(missing / 2), fill(missing - missing / 2)),
            '=' => format!("{sign}{}{text}", fill(missing)),
            _ => format!("{}{sign}{text}", fill(missing)),
        }
    }
}

/// The digits at a place, as a number.
pub(super) fn number(chars: &[char], i: &mut usize) -> Result<Option<usize>> {
    let start = *i;
    while chars.get(*i).is_some_and(char::is_ascii_digit) {
        *i += 1;
    }
    let digits: String = chars.iter().skip(start).take(*i - start).collect();
    if digits.is_empty() {
        return Ok(None);
    }
    match digits.parse::<i32>() {
        Ok(n) => Ok(usize::try_from(n).ok()),
        Err(_) => value_error("Too many decimal digits in format string"),
    }
}
