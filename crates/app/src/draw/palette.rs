//! The theme's colours, read from the page's custom properties, for what is drawn on a canvas.

use leptos::prelude::{document, window};

/// A colour: red, green, blue.
pub type Rgb = (u8, u8, u8);

/// The colours that canvases use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Text of axes.
    pub quiet: Rgb,
    /// Lines of a grid.
    pub line: Rgb,
    /// The training set's curve.
    pub train: Rgb,
    /// The test set's curve.
    pub test: Rgb,
    /// A negative value at full strength.
    pub negative: Rgb,
    /// A value of zero.
    pub zero: Rgb,
    /// A positive value at full strength.
    pub positive: Rgb,
    /// The pad's ink.
    pub ink: Rgb,
    /// The pad's cross-hair.
    pub accent: Rgb,
}

impl Palette {
    /// The colours of the theme in force.
    pub fn read() -> Self {
        let colour = reader();
        Self {
            quiet: colour("--text-quiet"),
            line: colour("--line"),
            train: colour("--curve-train"),
            test: colour("--curve-test"),
            negative: colour("--value-negative"),
            zero: colour("--value-zero"),
            positive: colour("--value-positive"),
            ink: colour("--ink"),
            accent: colour("--accent"),
        }
    }

    /// The same, with the colours of gradients in place of those of values.
    pub fn of_gradients(self) -> Self {
        let colour = reader();
        Self {
            negative: colour("--gradient-negative"),
            zero: colour("--gradient-zero"),
            positive: colour("--gradient-positive"),
            ..self
        }
    }
}

/// Looks colours up by the names of their properties.
fn reader() -> impl Fn(&str) -> Rgb {
    let style =
        document().document_element().and_then(|root| window().get_computed_style(&root).ok().flatten());
    move |name| {
        let text = style.as_ref().and_then(|style| style.get_property_value(name).ok()).unwrap_or_default();
        // Grey is visible on light and dark, should a property be missing.
        parse_hex(text.trim()).unwrap_or((128, 128, 128))
    }
}

/// `#rrggbb` as a colour.
pub fn parse_hex(text: &str) -> Option<Rgb> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let value = u32::from_str_radix(digits, 16).ok()?;
    let [_, r, g, b] = value.to_be_bytes();
    Some((r, g, b))
}

/// A colour as a canvas wants it.
pub fn css((r, g, b): Rgb) -> String {
    format!("rgb({r},{g},{b})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_six_hexadecimal_digits_are_a_colour() {
        assert_eq!(parse_hex("#ff8000"), Some((255, 128, 0)));
        for text in ["", "#fff", "ff8000", "#ff80zz", "#é1234"] {
            assert_eq!(parse_hex(text), None, "{text}");
        }
    }
}
