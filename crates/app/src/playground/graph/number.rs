//! Numbers and names as they stand in the drawing.

use protocol::program::{Mini, Node};

use crate::format::{exponential, fixed};

/// What kind of numbers a tensor holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbers {
    /// Real ones.
    Real,
    /// Whole ones.
    Whole,
    /// True and false.
    Truth,
}

impl Numbers {
    /// Of an element type, as PyTorch names it.
    pub fn of(dtype: &str) -> Self {
        match dtype {
            "bool" => Self::Truth,
            _ if dtype.starts_with("int") || dtype.starts_with("uint") => Self::Whole,
            _ => Self::Real,
        }
    }
}

/// A number with the same places whatever its value, as long as it is neither large nor small: `27.0000`.
pub fn steady(value: f32, numbers: Numbers) -> String {
    match numbers {
        _ if !value.is_finite() => not_finite(value).to_owned(),
        Numbers::Truth => (if value == 0.0 { "False" } else { "True" }).to_owned(),
        Numbers::Whole => fixed(value.into(), 0),
        Numbers::Real if value == 0.0 || (1e-3..1e4).contains(&value.abs()) => {
            let places = if value.abs() >= 1e3 { 2 } else { 4 };
            fixed(value.into(), places)
        }
        Numbers::Real => exponential(value.into(), 2),
    }
}

/// A number in three digits, without zeros at its end: `0.5`, `12.3`, `1e5`.
pub fn short(value: f32, numbers: Numbers) -> String {
    if numbers != Numbers::Real || !value.is_finite() {
        return steady(value, numbers);
    }
    let size = value.abs();
    let text = match size {
        0.0 => return "0".to_owned(),
        _ if !(1e-2..1e4).contains(&size) => {
            let text = exponential(value.into(), 1);
            return text.replace(".0e", "e");
        }
        _ if size >= 100.0 => fixed(value.into(), 0),
        _ if size >= 10.0 => fixed(value.into(), 1),
        _ => fixed(value.into(), 2),
    };
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

fn not_finite(value: f32) -> &'static str {
    if value.is_nan() {
        "nan"
    } else if value > 0.0 {
        "inf"
    } else {
        "-inf"
    }
}

/// The elements of a tensor.
pub fn elements(shape: &[u32]) -> u64 {
    shape.iter().map(|&size| u64::from(size)).product()
}

/// What a tensor comes to in a few words: its number, its numbers if they are few and take no more than so many letters, or their range.
pub fn summary(mini: &Mini, shape: &[u32], dtype: &str, letters: i32) -> String {
    let numbers = Numbers::of(dtype);
    let values = mini.values.to_vec();
    if (2..=4).contains(&values.len()) && values.len() as u64 == elements(shape) {
        let list = values.iter().map(|&value| short(value, numbers)).collect::<Vec<_>>().join(", ");
        if list.len() as i32 <= letters {
            return list;
        }
    }
    match (elements(shape), values.as_slice()) {
        (0, _) | (_, []) => "empty".to_owned(),
        (1, [value]) => steady(*value, numbers),
        _ if mini.not_finite > 0 => format!("{} not finite", mini.not_finite),
        _ => format!("{}…{}", short(mini.low, numbers), short(mini.high, numbers)),
    }
}

/// Sizes as they are read: `2×3`; of a scalar, a word.
pub fn sizes(shape: &[u32]) -> String {
    if shape.is_empty() { "scalar".to_owned() } else { joined(shape, "×") }
}

/// Sizes with something between them.
pub fn joined(shape: &[u32], between: &str) -> String {
    shape.iter().map(u32::to_string).collect::<Vec<_>>().join(between)
}

/// A name that fits: its end is cut off if it does not.
pub fn fitting(name: &str, letters: usize) -> String {
    if name.chars().count() <= letters {
        return name.to_owned();
    }
    let mut cut: String = name.chars().take(letters.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

/// What a node is called: its op, or what it is.
pub fn title(node: &Node) -> String {
    match node.name.as_deref() {
        _ if !node.op.is_empty() => node.op.clone(),
        Some(name) => name.to_owned(),
        None => "tensor".to_owned(),
    }
}

/// Text as it stands in markup.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            // Control characters are not allowed in markup.
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_width_and_say_what_they_are() {
        let table = [
            (27.0, Numbers::Real, "27.0000", "27"),
            (-0.5, Numbers::Real, "-0.5000", "-0.5"),
            (1234.5, Numbers::Real, "1234.50", "1234"),
            (123_456.0, Numbers::Real, "1.23e5", "1.2e5"),
            (1e-5, Numbers::Real, "1.00e-5", "1e-5"),
            (0.0, Numbers::Real, "0.0000", "0"),
            (f32::NAN, Numbers::Real, "nan", "nan"),
            (f32::NEG_INFINITY, Numbers::Whole, "-inf", "-inf"),
            (3.0, Numbers::Whole, "3", "3"),
            (1.0, Numbers::Truth, "True", "True"),
        ];
        for (value, numbers, long, brief) in table {
            assert_eq!((steady(value, numbers), short(value, numbers)), (long.to_owned(), brief.to_owned()));
        }
    }

    #[test]
    fn a_tensor_is_summed_up_by_its_numbers_or_their_range() {
        let mini = |values: &[f32], not_finite| Mini {
            rows: 1,
            columns: values.len() as u32,
            values: values.into(),
            low: -1.0,
            high: 2.0,
            not_finite,
        };
        let table = [
            (mini(&[3.0], 0), vec![], "3.0000"),
            (mini(&[3.125, 0.5, -0.25], 0), vec![3], "-1…2"),
            (mini(&[3.0, 0.5], 0), vec![2], "3, 0.5"),
            (mini(&[1.0; 16], 0), vec![32], "-1…2"),
            (mini(&[1.0; 16], 4), vec![32], "4 not finite"),
            (mini(&[], 0), vec![0, 3], "empty"),
        ];
        for (mini, shape, text) in table {
            assert_eq!(summary(&mini, &shape, "float32", 10), text);
        }
    }

    #[test]
    fn names_cannot_break_the_markup() {
        assert_eq!(escaped("a<b>&\"\n"), "a&lt;b&gt;&amp;&quot; ");
        assert_eq!(fitting("activation", 5), "acti…");
    }
}
