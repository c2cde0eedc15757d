//! Accuracies in what a program prints: `test accuracy 92.10%`, `Accuracy: 0.921`, `acc = 92.1`.

/// The accuracy that a printed text tells, as a part of one. It stands behind the last such word: the first number with a percent sign, or
/// else the first number.
pub(super) fn accuracy(text: &str) -> Option<f64> {
    let text = text.to_ascii_lowercase();
    let behind = text.rmatch_indices("acc").find_map(|(at, _)| {
        let apart = !text[..at].ends_with(char::is_alphabetic);
        let rest = text[at..].trim_start_matches(char::is_alphabetic);
        let word = &text[at..text.len() - rest.len()];
        (apart && matches!(word, "acc" | "accuracy" | "accuracies")).then_some(rest)
    })?;
    let numbers = numbers(behind);
    let percent = numbers.iter().find(|(_, percent)| *percent);
    let (value, percent) = *percent.or(numbers.first())?;
    let part = if percent || value > 1.0 { value / 100.0 } else { value };
    (0.0..=1.0).contains(&part).then_some(part)
}

/// The numbers of a text, and whether a percent sign follows each.
fn numbers(text: &str) -> Vec<(f64, bool)> {
    let mut numbers = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let from = &rest[at..];
        let end = from.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(from.len());
        rest = &from[end..];
        if let Ok(value) = from[..end].trim_end_matches('.').parse() {
            numbers.push((value, rest.trim_start().starts_with('%')));
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accuracies_are_found_as_tutorials_print_them() {
        for (text, wanted) in [
            ("epoch  1   test accuracy 92.10%\n", Some(0.921)),
            ("Test Error: \n Accuracy: 64.5%, Avg loss: 1.1\n", Some(0.645)),
            ("Accuracy of the network on the 10000 test images: 54 %\n", Some(0.54)),
            ("train acc 0.95, test acc 0.925\n", Some(0.925)),
            ("accuracy: 9432/10000 (94%)\n", Some(0.94)),
            ("acc = 91.5\n", Some(0.915)),
            ("val_acc: 1.0.\n", Some(1.0)),
            ("loss 0.3\n", None),
            ("accuracy\n", None),
            ("access 3\n", None),
            ("accuracy of 10000\n", None),
        ] {
            let found = accuracy(text).map(|part| (part * 1e6).round() / 1e6);
            assert_eq!(found, wanted, "{text}");
        }
    }
}
