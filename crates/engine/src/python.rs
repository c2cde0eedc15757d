//! How Python writes numbers: what tensors, option lists, module descriptions and messages print.

use crate::dtype::Scalar;

/// The most decimals that are written: a float64 has no more.
const MAX_DECIMALS: usize = 1100;

fn not_finite(x: f64) -> Option<&'static str> {
    if x.is_nan() {
        Some("nan")
    } else if x.is_infinite() {
        Some(if x > 0.0 { "inf" } else { "-inf" })
    } else {
        None
    }
}

/// Python's `f'{x:.{decimals}f}'`.
pub fn fixed(x: f64, decimals: usize) -> String {
    match not_finite(x) {
        Some(text) => text.to_owned(),
        None => format!("{x:.*}", decimals.min(MAX_DECIMALS)),
    }
}

/// Python's `f'{x:.{decimals}e}'`: the exponent has a sign and at least two digits.
pub fn scientific(x: f64, decimals: usize) -> String {
    match not_finite(x) {
        Some(text) => text.to_owned(),
        None => with_exponent(&format!("{x:.*e}", decimals.min(MAX_DECIMALS))),
    }
}

/// `1.5e-7`, as Rust writes it, as Python does: `1.5e-07`.
fn with_exponent(text: &str) -> String {
    let (digits, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let (sign, exponent) = match exponent.strip_prefix('-') {
        Some(positive) => ('-', positive),
        None => ('+', exponent),
    };
    format!("{digits}e{sign}{exponent:0>2}")
}

/// The power of ten of the first digit of `1.5e-7`.
fn exponent_of(text: &str) -> i32 {
    text.split_once('e').and_then(|(_, exponent)| exponent.parse().ok()).unwrap_or(0)
}

/// Python's `repr` of a float: the shortest text that gives the same number back.
pub fn float(x: f64) -> String {
    if let Some(text) = not_finite(x) {
        return text.to_owned();
    }
    // Rust changes to an exponent where Python does, but writes it without a sign and a second digit. Of two texts that
    // are equally short and equally close, which numbers of few bits have, Python takes the one with the even digit.
    let mut text = format!("{x:?}");
    if text.len() > 15 {
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, ""));
        let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let even = if exponent.is_empty() { format!("{x:.decimals$}") } else { format!("{x:.decimals$e}") };
        if even.parse() == Ok(x) {
            text = even;
        }
    }
    if text.contains('e') { with_exponent(&text) } else { text }
}

/// `repr` of a number or a truth value.
pub(crate) fn scalar(value: Scalar) -> String {
    match value {
        Scalar::Bool(true) => "True".to_owned(),
        Scalar::Bool(false) => "False".to_owned(),
        Scalar::Int(i) => i.to_string(),
        Scalar::Float(x) => float(x),
    }
}

/// `(a, b, …)`, with the comma that Python needs after a single one.
pub(crate) fn tuple(items: &[String]) -> String {
    match items {
        [only] => format!("({only},)"),
        several => format!("({})", several.join(", ")),
    }
}

/// C's `%g`, with six digits: how numbers stand in PyTorch's messages.
pub fn general(x: f64) -> String {
    if let Some(text) = not_finite(x) {
        return text.to_owned();
    }
    let six = format!("{x:.5e}");
    let exponent = exponent_of(&six);
    let trimmed = |text: &str| {
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }.to_owned()
    };
    if (-4..6).contains(&exponent) {
        return trimmed(&fixed(x, (5 - exponent).unsigned_abs() as usize));
    }
    let (digits, exponent) = six.split_once('e').unwrap_or((&six, "0"));
    with_exponent(&format!("{}e{exponent}", trimmed(digits)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_read_as_in_python() {
        let cases = [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (0.1, "0.1"),
            (1e-5, "1e-05"),
            (1.5e-7, "1.5e-07"),
            (0.0001, "0.0001"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"),
            (1e100, "1e+100"),
            (0.000_123_4, "0.0001234"),
            (123456789012345680.0, "1.2345678901234568e+17"),
            (5e-324, "5e-324"),
            (f64::from(0.1f32), "0.10000000149011612"),
            (0.771_430_969_238_281_3, "0.7714309692382812"),
            (123456789012345683968.0, "1.2345678901234568e+20"),
            (1234567890123456.0, "1234567890123456.0"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
            (f64::NAN, "nan"),
        ];
        for (x, text) in cases {
            assert_eq!(float(x), text);
        }
    }

    #[test]
    fn ties_go_to_the_even_digit() {
        assert_eq!(
            [fixed(0.125, 2), fixed(0.375, 2), fixed(0.5, 0), fixed(1.5, 0)],
            ["0.12", "0.38", "0", "2"]
        );
        assert_eq!(
            [scientific(2.5, 0), scientific(3.5, 0), scientific(-0.0, 2)],
            ["2e+00", "4e+00", "-0.00e+00"]
        );
    }

    #[test]
    fn numbers_in_messages_have_six_digits() {
        let texts = [3.0, -1.0, 1.5, 0.68268949, 1e-5, 1234567.0, 100000.0, 0.0].map(general);
        assert_eq!(texts, ["3", "-1", "1.5", "0.682689", "1e-05", "1.23457e+06", "100000", "0"]);
    }

    #[test]
    fn a_tuple_of_one_has_a_comma() {
        assert_eq!(tuple(&["2".to_owned()]), "(2,)");
        assert_eq!(tuple(&["2".to_owned(), "3".to_owned()]), "(2, 3)");
    }
}
