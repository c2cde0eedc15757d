//! Figures as SVG: for files, and for the command line.

use std::fmt::Write;

use super::figure::{Axes, Figure};
use super::marks::{legend, shape};
use super::ticks::ticks;

/// Pixels per inch.
pub(super) const INCH: f64 = 100.0;
/// Pixels per point.
pub(super) const POINT: f64 = INCH / 72.0;

/// A rectangle on the page.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Figure {
    /// The figure as the text of an SVG file.
    pub fn to_svg(&self) -> String {
        let (width, height) = (self.size.0 * INCH, self.size.1 * INCH);
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" \
             font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"{w}\" height=\"{h}\" fill=\"#fff\"/>\n",
            w = n(width),
            h = n(height)
        );
        let mut top = 0.0;
        if !self.title.is_empty() {
            top = 24.0;
            text(&mut out, (width / 2.0, 20.0), "middle", 15.0, &self.title);
        }
        for (i, axes) in self.axes.iter().enumerate() {
            let (rows, columns) = (axes.grid.0 as f64, axes.grid.1 as f64);
            let cell = Frame {
                left: width / columns * axes.place.1 as f64,
                top: top + (height - top) / rows * axes.place.0 as f64,
                width: width / columns,
                height: (height - top) / rows,
            };
            draw(&mut out, axes, cell, i);
        }
        out.push_str("</svg>\n");
        out
    }
}

/// A number with two decimals at most.
pub(super) fn n(x: f64) -> String {
    let text = format!("{x:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A text on the page.
pub(super) fn text(out: &mut String, at: (f64, f64), anchor: &str, size: f64, content: &str) {
    let (x, y, size, content) = (n(at.0), n(at.1), n(size), escaped(content));
    let _ = writeln!(
        out,
        "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" font-size=\"{size}\">{content}</text>"
    );
}

/// From values to places on the page.
pub(super) struct Scale {
    pub(super) frame: Frame,
    view: [f64; 4],
    log: (bool, bool),
}

impl Scale {
    fn part(x: f64, from: f64, to: f64, log: bool) -> f64 {
        if log { (x.ln() - from.ln()) / (to.ln() - from.ln()) } else { (x - from) / (to - from) }
    }

    pub(super) fn x(&self, x: f64) -> f64 {
        self.frame.left + self.frame.width * Self::part(x, self.view[0], self.view[1], self.log.0)
    }

    pub(super) fn y(&self, y: f64) -> f64 {
        self.frame.top + self.frame.height * (1.0 - Self::part(y, self.view[2], self.view[3], self.log.1))
    }
}

/// The place of the axes in their cell; of the right proportions, if a unit is to be equally long on both.
fn inner(axes: &Axes, cell: Frame, view: [f64; 4]) -> Frame {
    let left = if axes.hidden { 8.0 } else { 52.0 };
    let bottom = if axes.hidden { 8.0 } else { 44.0 };
    let mut frame = Frame {
        left: cell.left + left,
        top: cell.top + 28.0,
        width: (cell.width - left - 16.0).max(10.0),
        height: (cell.height - 28.0 - bottom).max(10.0),
    };
    let ratio = ((view[3] - view[2]) / (view[1] - view[0])).abs();
    if axes.equal && ratio.is_finite() && ratio > 0.0 {
        let (width, height) = (frame.width.min(frame.height / ratio), frame.height.min(frame.width * ratio));
        frame.left += (frame.width - width) / 2.0;
        frame.top += (frame.height - height) / 2.0;
        (frame.width, frame.height) = (width, height);
    }
    frame
}

fn draw(out: &mut String, axes: &Axes, cell: Frame, number: usize) {
    let view = axes.view();
    let frame = inner(axes, cell, view);
    let scale = Scale { frame, view, log: (axes.x.log, axes.y.log) };
    let Frame { left, top, width, height } = frame;
    let rect = format!("x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"", n(left), n(top), n(width), n(height));
    if !axes.hidden {
        around(out, axes, &scale);
    }
    let _ = writeln!(
        out,
        "<clipPath id=\"a{number}\"><rect {rect}/></clipPath>\n<g clip-path=\"url(#a{number})\">"
    );
    axes.items.iter().for_each(|item| shape(out, item, &scale));
    out.push_str("</g>\n");
    if !axes.hidden {
        let _ = writeln!(out, "<rect {rect} fill=\"none\" stroke=\"#000\"/>");
    }
    if !axes.title.is_empty() {
        text(out, (left + width / 2.0, top - 8.0), "middle", 14.0, &axes.title);
    }
    if axes.legend {
        legend(out, axes, frame);
    }
}

/// Ticks, their lines and texts, and the labels of both axes.
fn around(out: &mut String, axes: &Axes, scale: &Scale) {
    let Frame { left, top, width, height } = scale.frame;
    let (right, bottom) = (left + width, top + height);
    let mut line = |a: (f64, f64), b: (f64, f64), color: &str| {
        let (x1, y1, x2, y2) = (n(a.0), n(a.1), n(b.0), n(b.1));
        let _ = writeln!(out, "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" stroke=\"{color}\"/>");
    };
    let (xs, ys) =
        (ticks(&axes.x, scale.view[0], scale.view[1]), ticks(&axes.y, scale.view[2], scale.view[3]));
    for x in xs.iter().map(|(at, _)| scale.x(*at)) {
        if axes.lines {
            line((x, top), (x, bottom), "#ddd");
        }
        line((x, bottom), (x, bottom + 4.0), "#000");
    }
    for y in ys.iter().map(|(at, _)| scale.y(*at)) {
        if axes.lines {
            line((left, y), (right, y), "#ddd");
        }
        line((left - 4.0, y), (left, y), "#000");
    }
    xs.iter().for_each(|(at, content)| text(out, (scale.x(*at), bottom + 16.0), "middle", 11.0, content));
    ys.iter().for_each(|(at, content)| text(out, (left - 7.0, scale.y(*at) + 4.0), "end", 11.0, content));
    if !axes.x.label.is_empty() {
        text(out, (left + width / 2.0, bottom + 34.0), "middle", 12.0, &axes.x.label);
    }
    if !axes.y.label.is_empty() {
        let (x, y, content) = (n(left - 40.0), n(top + height / 2.0), escaped(&axes.y.label));
        let _ = writeln!(
            out,
            "<text transform=\"translate({x} {y}) rotate(-90)\" text-anchor=\"middle\">{content}</text>"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Axis, Item, Style};
    use super::*;

    fn figure() -> Figure {
        let style = Style {
            color: "#ff0000".to_owned(),
            alpha: 1.0,
            width: 1.5,
            dash: "--".to_owned(),
            marker: "o".to_owned(),
            size: 6.0,
            label: "a < b".to_owned(),
        };
        let line = Item::Line { x: vec![0.0, 1.0, f64::NAN, 2.0], y: vec![0.0, 1.0, 1.0, 4.0], style };
        let image =
            Item::Image { rows: 1, columns: 1, pixels: vec![0, 0, 0, 255], extent: [0.0, 1.0, 0.0, 1.0] };
        let x = Axis { label: "x & y".to_owned(), ..Axis::default() };
        let axes = Axes { grid: (1, 1), legend: true, x, items: vec![image, line], ..Axes::default() };
        Figure { size: (4.0, 3.0), title: "T".to_owned(), axes: vec![axes] }
    }

    #[test]
    fn a_figure_becomes_one_svg() {
        let svg = figure().to_svg();
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"), "{svg}");
        for part in
            ["width=\"400\"", "a &lt; b", "x &amp; y", "<image ", "<circle ", "stroke-dasharray", ">T</text>"]
        {
            assert!(svg.contains(part), "{part} is missing in {svg}");
        }
    }

    #[test]
    fn a_value_that_is_not_finite_is_a_gap() {
        let svg = figure().to_svg();
        let path = svg.lines().find(|line| line.contains("stroke-dasharray") && line.contains("<path"));
        assert_eq!(path.map(|line| line.matches('M').count()), Some(2), "{svg}");
        assert!(!svg.contains("NaN"), "{svg}");
    }

    #[test]
    fn an_empty_figure_is_a_page() {
        assert!(Figure { size: (1.0, 1.0), ..Figure::default() }.to_svg().contains("<rect"));
    }
}
