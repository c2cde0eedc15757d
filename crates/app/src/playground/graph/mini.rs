//! Miniatures of values and gradients, as SVG: a number, bars for vectors, a heat map for everything else. Colours are classes, so that they
//! follow the theme.

use std::fmt::Write;

use protocol::program::Mini;

use super::number::{elements, escaped, summary};

/// Shades on each side of zero.
const SHADES: i32 = 8;

/// What is shown in a slot.
#[derive(Clone, Copy)]
pub struct Slot<'a> {
    /// The numbers, if there are any.
    pub mini: Option<&'a Mini>,
    /// The sizes of their tensor.
    pub shape: &'a [u32],
    /// The type of their elements.
    pub dtype: &'a str,
    /// Whether it is a gradient.
    pub gradient: bool,
    /// Left and top.
    pub at: (i32, i32),
    /// Width.
    pub w: i32,
}

/// The height of a slot of a scalar, and of one of a larger tensor.
pub const LOW: i32 = 22;
/// The same of a larger tensor: a picture, and its numbers below it.
pub const HIGH: i32 = 50;
/// The height of a picture.
const PICTURE: i32 = 30;

/// The height of the slot of a tensor.
pub fn height(shape: &[u32]) -> i32 {
    if elements(shape) == 1 { LOW } else { HIGH }
}

/// Draws a slot.
pub fn slot(out: &mut String, slot: Slot) {
    let Slot { mini, shape, dtype, gradient, at: (x, y), w } = slot;
    let h = height(shape);
    let kind = if gradient { "gradient" } else { "value" };
    let Some(mini) = mini else {
        // Nothing has arrived: that is not zero.
        let what = if gradient { "no gradient yet" } else { "value not kept" };
        let _ = write!(
            out,
            r#"<g class="slot empty {kind}"><title>{what}</title><rect x="{x}" y="{y}" width="{w}" height="{h}" rx="4"/></g>"#
        );
        return;
    };
    let bad = if mini.not_finite > 0 { " bad" } else { "" };
    let values = mini.values.to_vec();
    let sign = match values.as_slice() {
        [value] if elements(shape) == 1 && *value != 0.0 => {
            if *value < 0.0 {
                " minus"
            } else {
                " plus"
            }
        }
        _ => "",
    };
    let _ = write!(
        out,
        r#"<g class="slot {kind}{bad}{sign}"><rect x="{x}" y="{y}" width="{w}" height="{h}" rx="4"/>"#
    );
    let (middle, base) = (x + w / 2, if h == LOW { y + 15 } else { y + h - 4 });
    if h == HIGH && !values.is_empty() {
        let limit = mini.low.abs().max(mini.high.abs());
        let rows = mini.rows.max(1);
        let vector = rows == 1 || mini.columns <= 1;
        let columns = if vector { values.len() as u32 } else { mini.columns };
        let (height, width) = if vector { (100, columns * 10) } else { (rows, columns) };
        let _ = write!(
            out,
            r#"<svg class="picture" x="{}" y="{}" width="{}" height="{PICTURE}" viewBox="0 0 {width} {height}" preserveAspectRatio="none">"#,
            x + 3,
            y + 3,
            w - 6,
        );
        if vector {
            bars(out, &values, mini.low, mini.high);
        } else {
            cells(out, &values, columns as usize, limit);
        }
        out.push_str("</svg>");
    }
    let text = escaped(&summary(mini, shape, dtype, (w - 4) / 6));
    let small = if h == LOW { "number" } else { "range" };
    // Long texts are made to fit: the slot keeps its width while its numbers change.
    let letters = text.chars().count() as i32;
    let letter = if h == LOW { 7 } else { 6 };
    let squeeze = if letters * letter > w - 4 {
        format!(r#" textLength="{}" lengthAdjust="spacingAndGlyphs""#, w - 6)
    } else {
        String::new()
    };
    let _ = write!(
        out,
        r#"<text class="{small}" data-testid="{kind}" x="{middle}" y="{base}" text-anchor="middle"{squeeze}>{text}</text></g>"#
    );
}

/// Which shade a value has: from -8 to 8, and nothing for what is not finite.
fn shade(value: f32, limit: f32) -> Option<i32> {
    if !value.is_finite() {
        return None;
    }
    let part = if limit > 0.0 { (value / limit).clamp(-1.0, 1.0) } else { 0.0 };
    Some((part * SHADES as f32).round() as i32)
}

/// A heat map: one path for each shade.
fn cells(out: &mut String, values: &[f32], columns: usize, limit: f32) {
    for wanted in (-SHADES..=SHADES).map(Some).chain([None]) {
        let mut path = String::new();
        let mut i = 0;
        while i < values.len() {
            let start = i;
            // Neighbours of one shade are drawn as one.
            while i < values.len() && shade(values[i], limit) == wanted && i / columns == start / columns {
                i += 1;
            }
            if i > start {
                let (column, row, run) = (start % columns, start / columns, i - start);
                let _ = write!(path, "M{column} {row}h{run}v1h-{run}z");
            } else {
                i += 1;
            }
        }
        if !path.is_empty() {
            let class = class(wanted);
            let _ = write!(out, r#"<path class="{class}" d="{path}"/>"#);
        }
    }
}

fn class(shade: Option<i32>) -> String {
    match shade {
        None => "bad".to_owned(),
        Some(0) => "s0".to_owned(),
        Some(shade) if shade < 0 => format!("n{}", -shade),
        Some(shade) => format!("p{shade}"),
    }
}

/// Bars up and down from zero.
fn bars(out: &mut String, values: &[f32], low: f32, high: f32) {
    let (low, high) = (low.min(0.0), high.max(0.0));
    let span = if high > low { high - low } else { 1.0 };
    let zero = (high / span * 100.0).round() as i32;
    for (class, sign) in [("n8", -1.0), ("p8", 1.0)] {
        let mut path = String::new();
        for (i, &value) in values.iter().enumerate() {
            if value.is_finite() && value * sign > 0.0 {
                let end = ((high - value) / span * 100.0).round().clamp(0.0, 100.0) as i32;
                let _ = write!(path, "M{} {zero}h8V{end}h-8z", i * 10 + 1);
            }
        }
        if !path.is_empty() {
            let _ = write!(out, r#"<path class="{class}" d="{path}"/>"#);
        }
    }
    for (i, _) in values.iter().enumerate().filter(|(_, value)| !value.is_finite()) {
        let _ = write!(out, r#"<path class="bad" d="M{} 0h8v100h-8z"/>"#, i * 10 + 1);
    }
    let _ = write!(out, r#"<path class="zero" d="M0 {zero}H{}"/>"#, values.len() * 10);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_neighbours_are_one_shape_and_nan_has_a_class_of_its_own() {
        let mut out = String::new();
        cells(&mut out, &[1.0, 1.0, -1.0, f32::NAN], 2, 1.0);
        assert_eq!(
            out,
            r#"<path class="n8" d="M0 1h1v1h-1z"/><path class="p8" d="M0 0h2v1h-2z"/><path class="bad" d="M1 1h1v1h-1z"/>"#
        );
    }

    #[test]
    fn bars_begin_at_zero() {
        let mut out = String::new();
        bars(&mut out, &[1.0, -1.0], -1.0, 1.0);
        assert!(out.contains("M1 50h8V0h-8z") && out.contains("M11 50h8V100h-8z"), "{out}");
    }

    #[test]
    fn what_has_not_arrived_is_an_empty_slot() {
        let mut out = String::new();
        slot(&mut out, Slot { mini: None, shape: &[], dtype: "float32", gradient: true, at: (0, 0), w: 60 });
        assert!(out.contains("no gradient yet") && !out.contains("<text"), "{out}");
    }
}
