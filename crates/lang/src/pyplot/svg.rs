//! Figures as SVG: for files, and for the command line.

use std::fmt::Write;

use super::figure::{Axes, Figure, Item, Style};
use super::png;
use super::ticks::ticks;

/// Pixels per inch.
const INCH: f64 = 100.0;
/// Pixels per point.
const POINT: f64 = INCH / 72.0;

/// A rectangle on the page.
#[derive(Clone, Copy)]
struct Frame {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
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
fn n(x: f64) -> String {
    let text = format!("{x:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn text(out: &mut String, at: (f64, f64), anchor: &str, size: f64, content: &str) {
    let (x, y, size, content) = (n(at.0), n(at.1), n(size), escaped(content));
    let _ = writeln!(
        out,
        "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" font-size=\"{size}\">{content}</text>"
    );
}

/// From values to places on the page.
struct Scale {
    frame: Frame,
    view: [f64; 4],
    log: (bool, bool),
}

impl Scale {
    fn part(x: f64, from: f64, to: f64, log: bool) -> f64 {
        if log { (x.ln() - from.ln()) / (to.ln() - from.ln()) } else { (x - from) / (to - from) }
    }

    fn x(&self, x: f64) -> f64 {
        self.frame.left + self.frame.width * Self::part(x, self.view[0], self.view[1], self.log.0)
    }

    fn y(&self, y: f64) -> f64 {
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

/// The attributes of a stroke.
fn stroke(style: &Style) -> String {
    let width = style.width * POINT;
    let dash = match &*style.dash {
        "--" | "dashed" => format!(" stroke-dasharray=\"{} {}\"", n(3.7 * width), n(1.6 * width)),
        ":" | "dotted" => format!(" stroke-dasharray=\"{} {}\"", n(width), n(1.65 * width)),
        "-." | "dashdot" => {
            format!(
                " stroke-dasharray=\"{} {} {} {}\"",
                n(6.4 * width),
                n(1.6 * width),
                n(width),
                n(1.6 * width)
            )
        }
        _ => String::new(),
    };
    format!(
        "stroke=\"{}\" stroke-width=\"{}\" stroke-opacity=\"{}\"{dash}",
        style.color,
        n(width),
        n(style.alpha)
    )
}

fn has_line(style: &Style) -> bool {
    !matches!(&*style.dash, "" | " " | "none" | "None") && style.width > 0.0
}

/// Lines through points, with gaps at those that are not finite.
fn path(points: impl Iterator<Item = (f64, f64)>) -> String {
    let (mut path, mut pen) = (String::new(), false);
    for (x, y) in points {
        if !(x.is_finite() && y.is_finite()) {
            pen = false;
            continue;
        }
        let _ = write!(path, "{}{} {}", if pen { "L" } else { "M" }, n(x), n(y));
        pen = true;
    }
    path
}

fn shape(out: &mut String, item: &Item, scale: &Scale) {
    let placed = |x: &[f64], y: &[f64]| {
        x.iter().zip(y).map(|(&x, &y)| (scale.x(x), scale.y(y))).collect::<Vec<(f64, f64)>>()
    };
    match item {
        Item::Line { x, y, style } => {
            let points = placed(x, y);
            if has_line(style) {
                let path = path(points.iter().copied());
                let _ = writeln!(out, "<path d=\"{path}\" fill=\"none\" {}/>", stroke(style));
            }
            points
                .iter()
                .for_each(|at| marker(out, *at, &style.marker, style.size, &style.color, style.alpha));
        }
        Item::Points { x, y, colors, sizes, style } => {
            for (i, at) in placed(x, y).into_iter().enumerate() {
                let color = colors.get(i % colors.len().max(1)).unwrap_or(&style.color);
                let size = sizes.get(i % sizes.len().max(1)).map_or(6.0, |area| area.max(0.0).sqrt());
                marker(out, at, &style.marker, size, color, style.alpha);
            }
        }
        Item::Bars { left, bottom, width, height, colors, style } => {
            for (i, ((left, bottom), (width, height))) in
                left.iter().zip(bottom).zip(width.iter().zip(height)).enumerate()
            {
                let ((a, b), (c, d)) =
                    ((scale.x(*left), scale.y(*bottom)), (scale.x(left + width), scale.y(bottom + height)));
                let (x, y, w, h) = (n(a.min(c)), n(b.min(d)), n((c - a).abs()), n((d - b).abs()));
                let color = colors.get(i % colors.len().max(1)).unwrap_or(&style.color);
                let alpha = n(style.alpha);
                let _ = writeln!(
                    out,
                    "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"{color}\" fill-opacity=\"{alpha}\"/>"
                );
            }
        }
        Item::Area { x, low, high, style } => {
            let mut points = placed(x, low);
            points.extend(placed(x, high).into_iter().rev());
            let (path, color, alpha) = (path(points.into_iter()), &style.color, n(style.alpha));
            let _ = writeln!(out, "<path d=\"{path}Z\" fill=\"{color}\" fill-opacity=\"{alpha}\"/>");
        }
        Item::Image { rows, columns, pixels, extent: [left, right, low, high] } => {
            let ((a, b), (c, d)) = ((scale.x(*left), scale.y(*high)), (scale.x(*right), scale.y(*low)));
            let (x, y, w, h) = (n(a.min(c)), n(b.min(d)), n((c - a).abs()), n((d - b).abs()));
            let url = png::url(*columns, *rows, pixels);
            let _ = writeln!(
                out,
                "<image x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" preserveAspectRatio=\"none\" \
                 style=\"image-rendering:pixelated\" href=\"{url}\"/>"
            );
        }
        Item::Text { at, about, text: content, style } => {
            let place = (scale.x(at.0), scale.y(at.1));
            if let Some(about) = about {
                let path = path([place, (scale.x(about.0), scale.y(about.1))].into_iter());
                let _ = writeln!(out, "<path d=\"{path}\" fill=\"none\" stroke=\"{}\"/>", style.color);
            }
            text(out, place, "start", style.size * POINT, content);
        }
        Item::Rule { vertical, at, style } => {
            let Frame { left, top, width, height } = scale.frame;
            let ends = if *vertical {
                [(scale.x(*at), top), (scale.x(*at), top + height)]
            } else {
                [(left, scale.y(*at)), (left + width, scale.y(*at))]
            };
            let _ = writeln!(out, "<path d=\"{}\" fill=\"none\" {}/>", path(ends.into_iter()), stroke(style));
        }
    }
}

/// A marker of so many points.
fn marker(out: &mut String, (x, y): (f64, f64), kind: &str, size: f64, color: &str, alpha: f64) {
    if !(x.is_finite() && y.is_finite()) || matches!(kind, "" | " " | "none" | "None") {
        return;
    }
    let r = if matches!(kind, "." | ",") { size / 4.0 } else { size / 2.0 } * POINT;
    let corners = |points: &[(f64, f64)]| path(points.iter().map(|(dx, dy)| (x + dx * r, y + dy * r))) + "Z";
    let fill = format!("fill=\"{color}\" fill-opacity=\"{}\"", n(alpha));
    let _ = match kind {
        "x" | "X" | "+" | "*" | "|" | "_" => {
            let lines: &[[f64; 4]] = match kind {
                "+" => &[[-1.0, 0.0, 1.0, 0.0], [0.0, -1.0, 0.0, 1.0]],
                "|" => &[[0.0, -1.0, 0.0, 1.0]],
                "_" => &[[-1.0, 0.0, 1.0, 0.0]],
                "*" => &[[-1.0, 0.0, 1.0, 0.0], [-0.5, -0.87, 0.5, 0.87], [-0.5, 0.87, 0.5, -0.87]],
                _ => &[[-1.0, -1.0, 1.0, 1.0], [-1.0, 1.0, 1.0, -1.0]],
            };
            let lines: String = lines
                .iter()
                .map(|[a, b, c, d]| path([(x + a * r, y + b * r), (x + c * r, y + d * r)].into_iter()))
                .collect();
            writeln!(
                out,
                "<path d=\"{lines}\" stroke=\"{color}\" stroke-width=\"1.5\" stroke-opacity=\"{}\"/>",
                n(alpha)
            )
        }
        "s" => writeln!(
            out,
            "<path d=\"{}\" {fill}/>",
            corners(&[(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)])
        ),
        "D" | "d" => {
            writeln!(
                out,
                "<path d=\"{}\" {fill}/>",
                corners(&[(0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)])
            )
        }
        "^" => writeln!(out, "<path d=\"{}\" {fill}/>", corners(&[(0.0, -1.0), (1.0, 1.0), (-1.0, 1.0)])),
        "v" => writeln!(out, "<path d=\"{}\" {fill}/>", corners(&[(0.0, 1.0), (1.0, -1.0), (-1.0, -1.0)])),
        "<" => writeln!(out, "<path d=\"{}\" {fill}/>", corners(&[(-1.0, 0.0), (1.0, -1.0), (1.0, 1.0)])),
        ">" => writeln!(out, "<path d=\"{}\" {fill}/>", corners(&[(1.0, 0.0), (-1.0, -1.0), (-1.0, 1.0)])),
        _ => writeln!(out, "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" {fill}/>", n(x), n(y), n(r)),
    };
}

/// The list of what has a label, in the upper right corner.
fn legend(out: &mut String, axes: &Axes, frame: Frame) {
    let entries: Vec<(&Item, &str)> =
        axes.items.iter().filter_map(|item| item.label().map(|label| (item, label))).collect();
    let longest = entries.iter().map(|(_, label)| label.chars().count()).max().unwrap_or(0);
    if longest == 0 {
        return;
    }
    let (width, height) = (48.0 + 7.0 * longest as f64, 10.0 + 18.0 * entries.len() as f64);
    let (left, top) = (frame.left + frame.width - width - 6.0, frame.top + 6.0);
    let _ = writeln!(
        out,
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"#fff\" fill-opacity=\"0.8\" stroke=\"#ccc\" rx=\"3\"/>",
        n(left),
        n(top),
        n(width),
        n(height)
    );
    for (i, (item, label)) in entries.into_iter().enumerate() {
        let y = top + 14.0 + 18.0 * i as f64;
        if let Some(style) = item.style() {
            sample(out, item, style, left + 8.0, y);
        }
        text(out, (left + 40.0, y + 4.0), "start", 12.0, label);
    }
}

/// What an item looks like, in the legend.
fn sample(out: &mut String, item: &Item, style: &Style, x: f64, y: f64) {
    match item {
        Item::Bars { colors, .. } => {
            let (color, alpha) = (colors.first().unwrap_or(&style.color), n(style.alpha));
            let (x, y) = (n(x), n(y - 5.0));
            let _ = writeln!(
                out,
                "<rect x=\"{x}\" y=\"{y}\" width=\"24\" height=\"10\" fill=\"{color}\" fill-opacity=\"{alpha}\"/>"
            );
        }
        Item::Points { colors, .. } => {
            let color = colors.first().unwrap_or(&style.color);
            marker(out, (x + 12.0, y), &style.marker, 6.0, color, style.alpha);
        }
        _ => {
            if has_line(style) {
                let path = path([(x, y), (x + 24.0, y)].into_iter());
                let _ = writeln!(out, "<path d=\"{path}\" fill=\"none\" {}/>", stroke(style));
            }
            marker(out, (x + 12.0, y), &style.marker, style.size.min(8.0), &style.color, style.alpha);
        }
    }
}
