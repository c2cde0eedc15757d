//! Whether a prediction is right.

/// What became of a predicted number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is the number, as far as one computes by hand.
    Right,
    /// It is another one.
    Wrong,
    /// It is no number.
    Unreadable,
}

impl Mark {
    /// Compares what was typed with a number as PyTorch prints it.
    pub fn of(typed: &str, truth: &str) -> Self {
        let (Some(typed), Some(truth)) = (number(typed), number(truth)) else { return Self::Unreadable };
        let near = (typed - truth).abs() <= truth.abs() * 0.01 + 1e-4;
        if near || typed == truth || (typed.is_nan() && truth.is_nan()) { Self::Right } else { Self::Wrong }
    }
}

/// A number as one writes it: with a decimal comma, a real minus sign, or as a fraction, too.
fn number(text: &str) -> Option<f32> {
    let text = text.trim().replace(',', ".").replace('−', "-");
    match text.split_once('/') {
        Some((over, under)) => Some(over.trim().parse::<f32>().ok()? / under.trim().parse::<f32>().ok()?),
        None => text.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prediction_counts_as_right_within_a_hundredth() {
        for (typed, truth, mark) in [
            ("27", "27.", Mark::Right),
            ("26.8", "27.", Mark::Right),
            ("26", "27.", Mark::Wrong),
            ("-27", "27.", Mark::Wrong),
            ("0", "0.", Mark::Right),
            ("0.1", "0.", Mark::Wrong),
            ("1/3", "0.3333", Mark::Right),
            (" −0,5 ", "-0.5000", Mark::Right),
            ("1e-7", "1.0000e-07", Mark::Right),
            ("nan", "nan", Mark::Right),
            ("inf", "inf", Mark::Right),
            ("3", "inf", Mark::Wrong),
            ("", "1.", Mark::Unreadable),
            ("three", "3.", Mark::Unreadable),
        ] {
            assert_eq!(Mark::of(typed, truth), mark, "{typed} for {truth}");
        }
    }
}
