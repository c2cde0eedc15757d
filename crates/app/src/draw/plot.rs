//! A chart of two curves over the steps of a training, drawn with plotters.

use plotters::prelude::*;
use plotters::style::RelativeSize;
use plotters_canvas::CanvasBackend;
use web_sys::HtmlCanvasElement;

use super::palette::{Palette, Rgb};
use super::{context, fit};
use crate::format;
use crate::history::Series;

/// Sizes in CSS pixels.
const LABEL_SIZE: f64 = 12.0;
const LINE_WIDTH: f64 = 2.0;
const LABELS_LEFT: f64 = 40.0;
const LABELS_BELOW: f64 = 20.0;
const MARGIN: f64 = 8.0;

/// What a chart shows.
pub struct Chart<'a> {
    /// The training set's curve.
    pub train: &'a Series,
    /// The test set's curve.
    pub test: &'a Series,
    /// The values at the bottom and at the top.
    pub range: (f64, f64),
    /// How a value is written on the axis.
    pub label: fn(f64) -> String,
}

/// Draws the chart anew. Where the browser refuses to, the old picture stays: there is nobody to tell.
pub fn draw(canvas: &HtmlCanvasElement, chart: &Chart<'_>, palette: &Palette) {
    let (Some(scale), Some(context)) = (fit(canvas), context(canvas)) else { return };
    context.clear_rect(0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height()));
    if let Some(backend) = CanvasBackend::with_canvas_object(canvas.clone()) {
        let _ = draw_on(backend, chart, palette, scale);
    }
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
    let mut context = ChartBuilder::on(&area)
        .margin_top(px(MARGIN))
        .margin_right(px(MARGIN))
        .x_label_area_size(px(LABELS_BELOW))
        .y_label_area_size(px(LABELS_LEFT))
        .build_cartesian_2d(0.0..last_step(chart), bottom..top)?;
    let (line, quiet) = (colour(palette.line), colour(palette.quiet));
    context
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(line.mix(0.0))
        .bold_line_style(line.stroke_width(px(1.0)))
        .axis_style(line.stroke_width(px(1.0)))
        .x_labels(5)
        .y_labels(6)
        .set_all_tick_mark_size(RelativeSize::Smaller(0.01))
        .label_style(("system-ui, sans-serif", LABEL_SIZE * scale).into_font().color(&quiet))
        .x_label_formatter(&|step| format::axis_step(*step))
        .y_label_formatter(&|value| (chart.label)(*value))
        .draw()?;
    for (series, rgb) in [(chart.train, palette.train), (chart.test, palette.test)] {
        // What lies outside runs along the edge: plotters would draw it over the labels.
        let points = series.points().map(|(step, value)| (step, value.clamp(bottom, top)));
        context.draw_series(LineSeries::new(points, colour(rgb).stroke_width(px(LINE_WIDTH))))?;
    }
    if let Some((step, value)) = chart.test.last() {
        let dot = Circle::new((step, value.clamp(bottom, top)), px(3.0), colour(palette.test).filled());
        context.draw_series([dot])?;
    }
    area.present()
}

fn last_step(chart: &Chart<'_>) -> f64 {
    let last = |series: &Series| series.last().map_or(0.0, |(step, _)| step);
    last(chart.train).max(last(chart.test)).max(10.0)
}

/// The range of a chart of losses: from zero to a little above the curves, past the steep start.
pub fn loss_range(train: &Series, test: &Series) -> (f64, f64) {
    let top = quantile(train, 0.97).into_iter().chain(quantile(test, 0.97)).fold(0.0, f64::max);
    if top > 0.0 { (0.0, top * 1.15) } else { (0.0, 2.5) }
}

/// The range of a chart of accuracies: up to one, from a multiple of 0.1 below the curves, past the steep start.
pub fn accuracy_range(train: &Series, test: &Series) -> (f64, f64) {
    let bottom = quantile(train, 0.05).into_iter().chain(quantile(test, 0.05)).fold(1.0, f64::min);
    if train.is_empty() && test.is_empty() {
        (0.0, 1.0)
    } else {
        ((bottom * 10.0 - 0.2).floor().max(0.0) / 10.0, 1.0)
    }
}

/// The value below which a part of the curve lies, rounded away from the nearer end: of a few points, the most
/// extreme one does not count.
fn quantile(series: &Series, part: f64) -> Option<f64> {
    // Put in one by one: a few hundred values are sorted as fast as by std, whose code for it is long.
    let mut values: Vec<f64> = Vec::new();
    for (_, value) in series.points() {
        values.insert(values.partition_point(|&smaller| smaller < value), value);
    }
    let at = values.len().checked_sub(1)? as f64 * part;
    let index = if part < 0.5 { at.ceil() } else { at.floor() };
    values.get(index as usize).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(values: impl IntoIterator<Item = f64>) -> Series {
        let mut series = Series::default();
        for (step, value) in (1..).zip(values) {
            series.push(step, value, 1.0);
        }
        series
    }

    #[test]
    fn a_few_large_losses_do_not_flatten_the_rest() {
        let losses = series((0..200).map(|i| if i < 3 { 100.0 } else { 0.5 }));
        assert_eq!(loss_range(&losses, &Series::default()), (0.0, 0.575));
    }

    #[test]
    fn accuracies_are_shown_from_a_tenth_below_the_curves() {
        let accuracies = series((0..200).map(|i| if i < 3 { 0.1 } else { 0.88 }));
        assert_eq!(accuracy_range(&accuracies, &Series::default()), (0.8, 1.0));
    }

    #[test]
    fn the_first_of_a_few_scores_does_not_set_the_range() {
        let scores = series([0.1, 0.88, 0.9, 0.92]);
        assert_eq!(accuracy_range(&Series::default(), &scores), (0.8, 1.0));
    }

    #[test]
    fn an_empty_chart_has_a_range() {
        let (loss, accuracy) = (Series::default(), Series::default());
        assert_eq!(loss_range(&loss, &loss), (0.0, 2.5));
        assert_eq!(accuracy_range(&accuracy, &accuracy), (0.0, 1.0));
    }
}
