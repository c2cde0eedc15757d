//! Ticks at round numbers.

use super::figure::Axis;

/// Ticks of an axis between two values: as they are set, or a few round numbers.
pub(super) fn ticks(axis: &Axis, from: f64, to: f64) -> Vec<(f64, String)> {
    let (low, high) = (from.min(to), from.max(to));
    if let Some(set) = &axis.ticks {
        return set.iter().filter(|(at, _)| (low..=high).contains(at)).cloned().collect();
    }
    if axis.log { powers(low, high) } else { round(low, high) }
}

/// At most nine multiples of 1, 2, 2.5 or 5 times a power of ten.
fn round(low: f64, high: f64) -> Vec<(f64, String)> {
    let span = high - low;
    if !(span > 0.0 && span.is_finite()) {
        return Vec::new();
    }
    let unit = 10f64.powf((span / 8.0).log10().floor());
    let steps = [1.0, 2.0, 2.5, 5.0, 10.0, 20.0].map(|factor| factor * unit);
    let step = steps.into_iter().find(|step| span / step <= 8.0).unwrap_or(span);
    let (first, last) = ((low / step - 1e-9).ceil(), (high / step + 1e-9).floor());
    let count = (last - first).clamp(0.0, 20.0) as usize;
    (0..=count).map(|i| (first + i as f64) * step).map(|at| (at, text(at, step))).collect()
}

/// Powers of ten.
fn powers(low: f64, high: f64) -> Vec<(f64, String)> {
    let (first, last) = (low.max(1e-300).log10().ceil(), high.max(1e-300).log10().floor());
    let step = (((last - first) / 8.0).floor() + 1.0).max(1.0);
    let count = ((last - first) / step).clamp(0.0, 20.0) as usize;
    let exponents = (0..=count).map(|i| first + i as f64 * step).filter(|exponent| *exponent <= last);
    exponents.map(|exponent| (10f64.powf(exponent), format!("1e{exponent}"))).collect()
}

/// A value at a tick, with as many digits as the distance between ticks needs; with all it has, if there is no distance.
pub(super) fn text(at: f64, step: f64) -> String {
    let at = if at.abs() < step * 1e-6 { 0.0 } else { at };
    if at != 0.0 && !(1e-4..1e6).contains(&at.abs()) {
        let text = format!("{at:.2e}");
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let digits =
            if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits };
        return format!("{digits}e{exponent}");
    }
    if step == 0.0 {
        return format!("{at}");
    }
    let mut digits = 0;
    while digits < 8 && (step * 10f64.powi(digits) - (step * 10f64.powi(digits)).round()).abs() > 1e-6 {
        digits += 1;
    }
    format!("{at:.*}", digits.unsigned_abs() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(axis: &Axis, from: f64, to: f64) -> Vec<String> {
        ticks(axis, from, to).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn ticks_are_round_numbers() {
        let plain = Axis::default();
        assert_eq!(texts(&plain, 0.0, 1.0), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(texts(&plain, 100.0, -3.0), ["0", "20", "40", "60", "80", "100"]);
        assert_eq!(texts(&plain, 0.0, 2e7).last().map(String::as_str), Some("2e7"));
        assert_eq!(texts(&Axis { log: true, ..plain.clone() }, 0.5, 200.0), ["1e0", "1e1", "1e2"]);
        assert!(texts(&plain, f64::NAN, 1.0).is_empty());
    }

    #[test]
    fn ticks_that_are_set_are_kept_within_the_view() {
        let set =
            Axis { ticks: Some(vec![(1.0, "one".to_owned()), (9.0, "nine".to_owned())]), ..Axis::default() };
        assert_eq!(texts(&set, 0.0, 2.0), ["one"]);
    }
}
