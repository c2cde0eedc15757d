//! A chart of curves over the steps of a training, drawn with plotters.

use plotters::prelude::*;
use plotters::style::RelativeSize;
use plotters_canvas::CanvasBackend;
use web_sys::HtmlCanvasElement;

use super::palette::{Palette, Rgb};
use super::{context, fit};
use crate::format;

/// Sizes in CSS pixels.
const LABEL_SIZE: f64 = 12.0;
const LINE_WIDTH: f64 = 2.0;
const LABELS_LEFT: f64 = 44.0;
const LABELS_BELOW: f64 = 20.0;
const MARGIN: f64 = 8.0;
/// Half of the last label below stands right of the plot.
const MARGIN_RIGHT: f64 = 22.0;

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

/// Draws the chart anew. Where the browser refuses to, the old picture stays: there is nobody to tell.
pub fn draw(canvas: &HtmlCanvasElement, chart: &Chart<'_>, palette: &Palette) {
    let (Some(scale), Some(context)) = (fit(canvas), context(canvas)) else { return };
    context.clear_rect(0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height()));
    if let Some(backend) = CanvasBackend::with_canvas_object(canvas.clone()) {
        let _ = draw_on(backend, chart, palette, scale);
    }
}

/// The step at a place of a chart, counted in CSS pixels from the left of a canvas that is so wide.
pub fn step_at(chart: &[&[(f64, f64)]], x: f64, width: f64) -> f64 {
    let plot = (width - LABELS_LEFT - MARGIN_RIGHT).max(1.0);
    ((x - LABELS_LEFT) / plot).clamp(0.0, 1.0) * last_step(chart.iter().copied())
}

fn draw_on<B: DrawingBackend>(
    backend: B,
    chart: &Chart<'_>,
    palette: &Palette,
    scale: f64,
) -> Result<(), DrawingAreaErrorKind<B::ErrorType>> {
    let px = |css: f64| (css * scale).round() as u32;
    let colour = |(r, g, b): Rgb| RGBColor(r, g, b);
    let area = backend.into_drawing_area();
    let (bottom, top) = chart.range;
    let end = last_step(chart.curves.iter().map(|(points, _)| *points));
    let mut context = ChartBuilder::on(&area)
        .margin_top(px(MARGIN))
        .margin_right(px(MARGIN_RIGHT))
        .x_label_area_size(px(LABELS_BELOW))
        .y_label_area_size(px(LABELS_LEFT))
        .build_cartesian_2d(0.0..end, bottom..top)?;
    let (line, quiet) = (colour(palette.line), colour(palette.quiet));
    context
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(line.mix(0.0))
        .bold_line_style(line.stroke_width(px(1.0)))
        .axis_style(line.stroke_width(px(1.0)))
        .x_labels(5)
        .y_labels(5)
        .set_all_tick_mark_size(RelativeSize::Smaller(0.01))
        .label_style(("system-ui, sans-serif", LABEL_SIZE * scale).into_font().color(&quiet))
        .x_label_formatter(&|step| format::axis_step(*step))
        .y_label_formatter(&|value| (chart.label)(*value))
        .draw()?;
    for (points, rgb) in chart.curves {
        let style = colour(*rgb).stroke_width(px(LINE_WIDTH));
        for piece in inside(points, chart.range) {
            context.draw_series(LineSeries::new(piece, style))?;
        }
        if let Some(&(step, value)) = points.last() {
            let place = (step, value.clamp(bottom, top));
            context.draw_series([Circle::new(place, px(3.0), colour(*rgb).filled())])?;
        }
    }
    if let Some(step) = chart.mark {
        let style = quiet.stroke_width(px(1.0));
        context.draw_series(LineSeries::new([(step, bottom), (step, top)], style))?;
    }
    area.present()
}

/// What of a curve lies between two values, in pieces: plotters would draw the rest over the labels.
fn inside(points: &[(f64, f64)], (bottom, top): (f64, f64)) -> Vec<Points> {
    let mut pieces: Vec<Points> = Vec::new();
    for pair in points.windows(2) {
        let [(x, y), (next, then)] = [pair[0], pair[1]];
        // The parts of the way at which the line enters and leaves.
        let part = |value: f64| (value - y) / (then - y);
        let (low, high) = if y == then { (0.0, 1.0) } else { (part(bottom), part(top)) };
        let (enters, leaves) = (low.min(high).max(0.0), low.max(high).min(1.0));
        if enters > leaves || y == then && !(bottom..=top).contains(&y) {
            continue;
        }
        let at = |part: f64| match part {
            1.0 => (next, then),
            part => (x + (next - x) * part, y + (then - y) * part),
        };
        match pieces.last_mut().filter(|piece| piece.last() == Some(&(x, y)) && enters == 0.0) {
            Some(piece) => piece.push(at(leaves)),
            None => pieces.push(vec![at(enters), at(leaves)]),
        }
    }
    pieces
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
    fn a_curve_is_cut_where_it_leaves_the_chart() {
        let curve = points([0.5, 0.5, 2.5, 0.5, -0.5, -0.5, 0.5]);
        let cut: [&[(f64, f64)]; 3] = [
            &[(1.0, 0.5), (2.0, 0.5), (2.25, 1.0)],
            &[(3.75, 1.0), (4.0, 0.5), (4.5, 0.0)],
            &[(6.5, 0.0), (7.0, 0.5)],
        ];
        assert_eq!(inside(&curve, (0.0, 1.0)), cut);
        assert_eq!(inside(&points([3.0, -1.0]), (0.0, 1.0)), [[(1.5, 1.0), (1.75, 0.0)]]);
        assert!(inside(&points([3.0, 2.0, 2.0]), (0.0, 1.0)).is_empty());
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
        assert_eq!(step_at(&[&curve], 44.0 + 117.0, 300.0), 50.0);
        assert_eq!((step_at(&[&curve], 0.0, 300.0), step_at(&[&curve], 900.0, 300.0)), (0.0, 100.0));
    }
}
