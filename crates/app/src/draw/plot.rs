//! A chart of curves over the steps of a training.

use std::f64::consts::TAU;

use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::palette::{Palette, Rgb};
use super::{context, fit};
use crate::format;

/// Sizes in CSS pixels.
const FONT: &str = "12px system-ui, sans-serif";
const LINE_WIDTH: f64 = 2.0;
const DOT: f64 = 3.0;
const LABELS_LEFT: f64 = 44.0;
const LABELS_BELOW: f64 = 20.0;
const MARGIN: f64 = 8.0;
/// Labels of an axis, at most and about.
const LABELS: f64 = 5.0;

/// Points of a curve: step and value, by their steps.
pub type Points = Vec<(f64, f64)>;

/// What a chart shows.
pub struct Chart<'a> {
    /// The curves and their colours; the last is on top.
    pub curves: &'a [(&'a [(f64, f64)], Rgb)],
    /// The values at the bottom and at the top.
    pub range: (f64, f64),
    /// How a value is written on the axis.
    pub label: &'a dyn Fn(f64) -> String,
    /// The step that is pointed at.
    pub mark: Option<f64>,
}

/// Draws the chart anew.
pub fn draw(canvas: &HtmlCanvasElement, chart: &Chart<'_>, palette: &Palette) {
    let (Some(scale), Some(context)) = (fit(canvas), context(canvas)) else { return };
    let (width, height) = (f64::from(canvas.width()) / scale, f64::from(canvas.height()) / scale);
    let plot = Plot {
        context,
        width: (width - LABELS_LEFT - MARGIN).max(1.0),
        height: (height - LABELS_BELOW - MARGIN).max(1.0),
        end: last_step(chart.curves.iter().map(|(points, _)| *points)),
        range: chart.range,
    };
    // The canvas counts pixels of the screen. Setting the scale fails only for what is no number.
    let _ = plot.context.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0);
    plot.context.clear_rect(0.0, 0.0, width, height);
    plot.axes(chart.label, palette);
    for (points, rgb) in chart.curves {
        plot.curve(points, *rgb);
    }
    if let Some(step) = chart.mark {
        let (bottom, top) = chart.range;
        plot.line(&[(step, bottom), (step, top)], palette.quiet, 1.0);
    }
}

/// Where a chart is drawn.
struct Plot {
    context: CanvasRenderingContext2d,
    width: f64,
    height: f64,
    /// The last step.
    end: f64,
    range: (f64, f64),
}

impl Plot {
    /// Where a step and a value lie; what lies outside runs along the edge.
    fn place(&self, (step, value): (f64, f64)) -> (f64, f64) {
        let (bottom, top) = self.range;
        let part = (value.clamp(bottom, top) - bottom) / (top - bottom).max(f64::MIN_POSITIVE);
        (LABELS_LEFT + self.width * step / self.end, MARGIN + self.height * (1.0 - part))
    }

    fn line(&self, points: &[(f64, f64)], rgb: Rgb, width: f64) {
        self.context.begin_path();
        for &point in points {
            let (x, y) = self.place(point);
            self.context.line_to(x, y);
        }
        self.context.set_stroke_style_str(&css(rgb));
        self.context.set_line_width(width);
        self.context.set_line_join("round");
        self.context.stroke();
    }

    fn curve(&self, points: &[(f64, f64)], rgb: Rgb) {
        self.line(points, rgb, LINE_WIDTH);
        if let Some(&last) = points.last() {
            let (x, y) = self.place(last);
            self.context.begin_path();
            // Only a negative radius fails.
            let _ = self.context.arc(x, y, DOT, 0.0, TAU);
            self.context.set_fill_style_str(&css(rgb));
            self.context.fill();
        }
    }

    /// Lines at some values, and the numbers beside and below.
    fn axes(&self, label: &dyn Fn(f64) -> String, palette: &Palette) {
        let (bottom, top) = self.range;
        self.line(&[(0.0, top), (0.0, bottom), (self.end, bottom)], palette.line, 1.0);
        self.context.set_font(FONT);
        self.context.set_fill_style_str(&css(palette.quiet));
        // Text fails to be drawn only at places that are no numbers.
        self.context.set_text_align("right");
        self.context.set_text_baseline("middle");
        for value in ticks(bottom, top) {
            self.line(&[(0.0, value), (self.end, value)], palette.line, 1.0);
            let (x, y) = self.place((0.0, value));
            let _ = self.context.fill_text(&label(value), x - 6.0, y);
        }
        self.context.set_text_align("center");
        self.context.set_text_baseline("top");
        for step in ticks(0.0, self.end) {
            let (x, y) = self.place((step, bottom));
            let _ = self.context.fill_text(&format::axis_step(step), x, y + 6.0);
        }
    }
}

fn css((r, g, b): Rgb) -> String {
    format!("rgb({r} {g} {b})")
}

/// Round numbers between two others, about five of them.
fn ticks(low: f64, high: f64) -> Vec<f64> {
    let rough = (high - low) / LABELS;
    if !(rough.is_finite() && rough > 0.0) {
        return Vec::new();
    }
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|part| part * power).into_iter().find(|step| *step >= rough * 0.999);
    let step = step.unwrap_or(10.0 * power);
    let (first, last) = ((low / step - 1e-9).ceil() as i64, (high / step + 1e-9).floor() as i64);
    (first..=last).map(|i| i as f64 * step).collect()
}

/// The step at a place of a chart, counted in CSS pixels from the left of a canvas that is so wide.
pub fn step_at(chart: &[&[(f64, f64)]], x: f64, width: f64) -> f64 {
    let plot = (width - LABELS_LEFT - MARGIN).max(1.0);
    ((x - LABELS_LEFT) / plot).clamp(0.0, 1.0) * last_step(chart.iter().copied())
}

fn last_step<'a>(curves: impl Iterator<Item = &'a [(f64, f64)]>) -> f64 {
    curves.filter_map(|points| points.last()).map(|(step, _)| *step).fold(10.0, f64::max)
}

/// The range of a chart of losses: from zero to a little above the curves, past the steep start.
pub fn loss_range(curves: &[&[(f64, f64)]]) -> (f64, f64) {
    let top = curves.iter().filter_map(|points| quantile(points, 0.97)).fold(0.0, f64::max);
    if top > 0.0 { (0.0, top * 1.15) } else { (0.0, 2.5) }
}

/// The range of a chart of accuracies: up to one, from a multiple of 0.1 below the curves, past the steep start.
pub fn accuracy_range(curves: &[&[(f64, f64)]]) -> (f64, f64) {
    let lows: Vec<f64> = curves.iter().filter_map(|points| quantile(points, 0.05)).collect();
    if lows.is_empty() {
        return (0.0, 1.0);
    }
    let bottom = lows.into_iter().fold(1.0, f64::min);
    ((bottom * 10.0 - 0.2).floor().max(0.0) / 10.0, 1.0)
}

/// The range of a chart of logarithms: all that is there.
pub fn log_range(curves: &[&[(f64, f64)]]) -> (f64, f64) {
    let values = || curves.iter().flat_map(|points| points.iter().map(|(_, value)| *value));
    let (low, high) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
    if low.is_finite() && high.is_finite() { (low.min(high - 0.1), high) } else { (-2.0, 0.5) }
}

/// The value below which a part of the curve lies, rounded away from the nearer end: of a few points, the most
/// extreme one does not count.
fn quantile(points: &[(f64, f64)], part: f64) -> Option<f64> {
    // Put in one by one: a few hundred values are sorted as fast as by std, whose code for it is long.
    let mut values: Vec<f64> = Vec::new();
    for (_, value) in points {
        values.insert(values.partition_point(|smaller| smaller < value), *value);
    }
    let at = values.len().checked_sub(1)? as f64 * part;
    let index = if part < 0.5 { at.ceil() } else { at.floor() };
    values.get(index as usize).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(values: impl IntoIterator<Item = f64>) -> Points {
        (1..).zip(values).map(|(step, value)| (f64::from(step), value)).collect()
    }

    #[test]
    fn a_few_large_losses_do_not_flatten_the_rest() {
        let losses = points((0..200).map(|i| if i < 3 { 100.0 } else { 0.5 }));
        assert_eq!(loss_range(&[&losses, &[]]), (0.0, 0.575));
    }

    #[test]
    fn accuracies_are_shown_from_a_tenth_below_the_curves() {
        let accuracies = points((0..200).map(|i| if i < 3 { 0.1 } else { 0.88 }));
        assert_eq!(accuracy_range(&[&accuracies]), (0.8, 1.0));
    }

    #[test]
    fn the_first_of_a_few_scores_does_not_set_the_range() {
        assert_eq!(accuracy_range(&[&points([0.1, 0.88, 0.9, 0.92])]), (0.8, 1.0));
    }

    #[test]
    fn axes_have_round_numbers() {
        let near = |found: Vec<f64>, wanted: &[f64]| {
            assert_eq!(found.len(), wanted.len(), "{found:?}");
            assert!(found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-9), "{found:?}");
        };
        near(ticks(0.0, 2.5), &[0.0, 0.5, 1.0, 1.5, 2.0, 2.5]);
        near(ticks(0.8, 1.0), &[0.8, 0.85, 0.9, 0.95, 1.0]);
        near(ticks(0.0, 937.0), &[0.0, 200.0, 400.0, 600.0, 800.0]);
        near(ticks(-2.0, 0.5), &[-2.0, -1.5, -1.0, -0.5, 0.0, 0.5]);
        near(ticks(1.0, 1.0), &[]);
        near(ticks(f64::NAN, 1.0), &[]);
    }

    #[test]
    fn an_empty_chart_has_a_range() {
        assert_eq!(
            (loss_range(&[]), accuracy_range(&[&[]]), log_range(&[])),
            ((0.0, 2.5), (0.0, 1.0), (-2.0, 0.5))
        );
    }

    #[test]
    fn a_place_on_the_chart_is_a_step() {
        let curve = points((0..100).map(f64::from));
        assert_eq!(step_at(&[&curve], 44.0 + 124.0, 300.0), 50.0);
        assert_eq!((step_at(&[&curve], 0.0, 300.0), step_at(&[&curve], 900.0, 300.0)), (0.0, 100.0));
    }
}
