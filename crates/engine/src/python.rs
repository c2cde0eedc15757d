//! How Python writes numbers: what option lists and module descriptions print.

use crate::dtype::Scalar;

/// `repr(x)`: the shortest digits that give `x` again.
pub(crate) fn float(x: f64) -> String {
    if x.is_nan() {
        return "nan".to_owned();
    }
    // Rust changes to an exponent where Python does, but writes it without a sign and a second digit.
    let text = format!("{x:?}");
    let Some((digits, exponent)) = text.split_once('e') else { return text };
    let (sign, exponent) = exponent.strip_prefix('-').map_or(('+', exponent), |rest| ('-', rest));
    format!("{digits}e{sign}{exponent:0>2}")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_written_as_python_writes_them() {
        let cases = [
            (1e-5, "1e-05"),
            (0.000_123_4, "0.0001234"),
            (1e16, "1e+16"),
            (1e15, "1000000000000000.0"),
            (-0.0, "-0.0"),
            (1.5e-10, "1.5e-10"),
            (1e100, "1e+100"),
            (f64::NEG_INFINITY, "-inf"),
            (f64::NAN, "nan"),
            (1.0, "1.0"),
        ];
        for (x, text) in cases {
            assert_eq!(float(x), text);
        }
    }

    #[test]
    fn a_tuple_of_one_has_a_comma() {
        assert_eq!(tuple(&["2".to_owned()]), "(2,)");
        assert_eq!(tuple(&["2".to_owned(), "3".to_owned()]), "(2, 3)");
    }
}
