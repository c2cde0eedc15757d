//! The digits of numbers.

use engine::print::{fixed, float_repr, scientific};

/// The digits of a whole number: `d`, `b`, `o`, `x`, `X`.
pub(super) fn digits(i: u64, kind: char) -> String {
    match kind {
        'b' => format!("{i:b}"),
        'o' => format!("{i:o}"),
        'x' => format!("{i:x}"),
        'X' => format!("{i:X}"),
        _ => i.to_string(),
    }
}

/// A float that is not negative, by the letter of its format.
pub(super) fn float(x: f64, kind: char, precision: usize, alternate: bool) -> String {
    let point = |text: String| if alternate && x.is_finite() { with_point(&text) } else { text };
    match kind {
        'f' => point(fixed(x, precision)),
        'F' => point(fixed(x, precision)).to_uppercase(),
        'e' => point(scientific(x, precision)),
        'E' => point(scientific(x, precision)).to_uppercase(),
        '%' => point(fixed(x * 100.0, precision)) + "%",
        'G' => general(x, precision, alternate, false).to_uppercase(),
        _ => general(x, precision, alternate, false),
    }
}

/// A float without a letter: as `repr`, or with so many digits and at least one behind the point.
pub(super) fn plain(x: f64, precision: Option<usize>, alternate: bool) -> String {
    match precision {
        None => float_repr(x),
        Some(precision) => general(x, precision, alternate, true),
    }
}

/// So many digits, as `g` writes them; `point`: at least one digit stands behind the point.
fn general(x: f64, precision: usize, alternate: bool, point: bool) -> String {
    if !x.is_finite() {
        return fixed(x, 0);
    }
    let precision = precision.max(1);
    let text = scientific(x, precision - 1);
    let exponent: i64 = text.split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0);
    let wide = i64::try_from(precision).unwrap_or(i64::MAX);
    if exponent < -4 || exponent >= wide - i64::from(point) {
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "+00"));
        let mantissa = if alternate { with_point(mantissa) } else { trimmed(mantissa) };
        return format!("{mantissa}e{exponent}");
    }
    let decimals = usize::try_from(wide - 1 - exponent).unwrap_or(0);
    let text = fixed(x, decimals);
    let text = if alternate { with_point(&text) } else { trimmed(&text) };
    if point && !text.contains('.') { text + ".0" } else { text }
}

fn trimmed(text: &str) -> String {
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text };
    text.to_owned()
}

/// With a point, even if no digit is behind it.
fn with_point(text: &str) -> String {
    match text.split_once('e') {
        Some((mantissa, exponent)) if !mantissa.contains('.') => format!("{mantissa}.e{exponent}"),
        None if !text.contains('.') => format!("{text}."),
        _ => text.to_owned(),
    }
}
