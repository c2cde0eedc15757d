//! Numbers as the page writes them: a fixed precision for each kind, so that nothing jumps while they change.

/// A part of one as percent with two digits: `92.31 %`.
pub fn percent(part: f32) -> String {
    format!("{}\u{a0}%", fixed(f64::from(part * 100.0), 2))
}

/// A probability as percent with one digit: `97.2 %`.
pub fn percent_short(part: f32) -> String {
    format!("{}\u{a0}%", fixed(f64::from(part * 100.0), 1))
}

/// A loss with four digits, or in powers of ten where these do not fit.
pub fn loss(value: f64) -> String {
    if !value.is_finite() {
        "not finite".to_owned()
    } else if value >= 1e4 {
        exponential(value, 2)
    } else {
        fixed(value, 4)
    }
}

/// A whole number in groups of three digits.
pub fn count(value: u64) -> String {
    let digits = value.to_string();
    let mut grouped = String::with_capacity(digits.len() * 2);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    grouped
}

/// Bytes as megabytes with one digit: `11.6 MB`.
pub fn megabytes(bytes: u64) -> String {
    format!("{}\u{a0}MB", fixed(bytes as f64 / 1e6, 1))
}

/// A duration in milliseconds with one digit; browsers measure no finer than that.
pub fn milliseconds(millis: f32) -> String {
    if millis < 0.1 {
        "<\u{a0}0.1\u{a0}ms".to_owned()
    } else {
        format!("{}\u{a0}ms", fixed(f64::from(millis), 1))
    }
}

/// A step on an axis, where space is short: `950`, `1.5k`, `20k`, `3M`.
pub fn axis_step(step: f64) -> String {
    let (value, unit) = match step {
        s if s >= 1e9 => (s / 1e9, "G"),
        s if s >= 1e6 => (s / 1e6, "M"),
        s if s >= 1e3 => (s / 1e3, "k"),
        s => (s, ""),
    };
    let tenths = (value * 10.0).round();
    format!("{}{unit}", fixed(value, u8::from(tenths % 10.0 != 0.0)))
}

/// Any number with about four digits that count: `0.125`, `-12.5`, `1.20e-7`.
pub fn significant(value: f64) -> String {
    let size = value.abs();
    if !value.is_finite() {
        return if value.is_nan() {
            "nan"
        } else if value > 0.0 {
            "inf"
        } else {
            "-inf"
        }
        .to_owned();
    }
    let places = match size {
        0.0 => 0,
        s if !(1e-3..1e5).contains(&s) => return exponential(value, 2),
        s if s < 1.0 => 4,
        s if s < 10.0 => 3,
        s if s < 100.0 => 2,
        s if s < 1000.0 => 1,
        _ => 0,
    };
    let text = fixed(value, places);
    if places > 0 { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// Bytes in the unit that suits them: `120 B`, `3.1 kB`, `11.6 MB`.
pub fn bytes(bytes: u64) -> String {
    match bytes {
        0..1000 => format!("{bytes}\u{a0}B"),
        1000..1_000_000 => format!("{}\u{a0}kB", fixed(bytes as f64 / 1e3, 1)),
        _ => megabytes(bytes),
    }
}

/// A number with so many decimal places.
#[cfg(not(target_arch = "wasm32"))]
pub fn fixed(value: f64, places: u8) -> String {
    format!("{value:.*}", usize::from(places))
}

/// A number as a power of ten times one with so many decimal places: `1.23e5`.
#[cfg(not(target_arch = "wasm32"))]
pub fn exponential(value: f64, places: u8) -> String {
    format!("{value:.*e}", usize::from(places))
}

// The browser writes numbers itself: std's code for it would have to be downloaded. Neither function fails with
// fewer than a hundred places.

/// A number with so many decimal places.
#[cfg(target_arch = "wasm32")]
pub fn fixed(value: f64, places: u8) -> String {
    js_sys::Number::from(value).to_fixed(places).map_or_else(|_| String::new(), String::from)
}

/// A number as a power of ten times one with so many decimal places: `1.23e5`.
#[cfg(target_arch = "wasm32")]
pub fn exponential(value: f64, places: u8) -> String {
    let text =
        js_sys::Number::from(value).to_exponential(places).map_or_else(|_| String::new(), String::from);
    text.replace("e+", "e")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped_in_threes() {
        for (value, text) in
            [(0, "0"), (999, "999"), (1000, "1 000"), (60_000, "60 000"), (1_234_567, "1 234 567")]
        {
            assert_eq!(count(value).replace('\u{202f}', " "), text);
        }
    }

    #[test]
    fn numbers_show_the_digits_that_count() {
        for (value, text) in [
            (0.0, "0"),
            (27.0, "27"),
            (-0.125, "-0.125"),
            (0.287_14, "0.2871"),
            (1234.56, "1235"),
            (12.345, "12.35"),
            (1.2e-7, "1.20e-7"),
            (f64::NEG_INFINITY, "-inf"),
        ] {
            assert_eq!(significant(value), text);
        }
    }

    #[test]
    fn sizes_have_the_unit_that_suits_them() {
        for (value, text) in [(120, "120 B"), (3100, "3.1 kB"), (11_600_000, "11.6 MB")] {
            assert_eq!(bytes(value).replace('\u{a0}', " "), text);
        }
    }

    #[test]
    fn durations_below_what_can_be_measured_are_not_zero() {
        for (millis, text) in [(0.0, "< 0.1 ms"), (0.1, "0.1 ms"), (12.34, "12.3 ms")] {
            assert_eq!(milliseconds(millis).replace('\u{a0}', " "), text);
        }
    }

    #[test]
    fn steps_are_short_on_an_axis() {
        for (step, text) in [(0.0, "0"), (950.0, "950"), (1500.0, "1.5k"), (20_000.0, "20k"), (3e6, "3M")] {
            assert_eq!(axis_step(step), text);
        }
    }
}
