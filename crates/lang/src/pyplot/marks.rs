//! What items look like in an SVG: lines, markers, bars, areas, images, and the legend.

use std::fmt::Write;

use super::figure::{Axes, Item, Style};
use super::png;
use super::svg::{Frame, POINT, Scale, n, text};

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

/// What an item looks like.
pub(super) fn shape(out: &mut String, item: &Item, scale: &Scale) {
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
pub(super) fn legend(out: &mut String, axes: &Axes, frame: Frame) {
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
