//! What is on the digit pad: strokes of a round pen, an image of the test set, and the cross-hair of whoever
//! draws with keys.

use protocol::{PAD_SIDE, Point, SIDE, Stroke};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::palette::{Palette, css};
use super::{context, fit, heat};

/// The pad's content.
#[derive(Clone, Copy)]
pub struct Picture<'a> {
    /// The strokes, oldest first.
    pub strokes: &'a [Stroke],
    /// An image instead of strokes, 28×28, and the canvas to unfold it on.
    pub image: Option<(&'a [u8], &'a HtmlCanvasElement)>,
    /// Where the keys' pen is, and whether it is down.
    pub crosshair: Option<(Point, bool)>,
}

/// Draws the pad anew.
pub fn draw(canvas: &HtmlCanvasElement, picture: Picture<'_>, palette: &Palette) {
    let (Some(_), Some(context)) = (fit(canvas), context(canvas)) else { return };
    let scale = f64::from(canvas.width()) / f64::from(PAD_SIDE);
    // None of these fails with finite numbers.
    let _ = context.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0);
    context.clear_rect(0.0, 0.0, f64::from(PAD_SIDE), f64::from(PAD_SIDE));
    if let Some((pixels, unfolded)) = picture.image {
        heat::paint(unfolded, &heat::ink(pixels, palette.ink), SIDE as u32);
        context.set_image_smoothing_enabled(false);
        let side = f64::from(PAD_SIDE);
        let _ = context.draw_image_with_html_canvas_element_and_dw_and_dh(unfolded, 0.0, 0.0, side, side);
    }
    let ink = css(palette.ink);
    context.set_line_cap("round");
    context.set_line_join("round");
    context.set_stroke_style_str(&ink);
    for stroke in picture.strokes {
        draw_stroke(&context, stroke);
    }
    if let Some((at, down)) = picture.crosshair {
        draw_crosshair(&context, at, down, palette);
    }
}

/// A smooth line: curves from middle to middle of the points, which pull them towards themselves.
fn draw_stroke(context: &CanvasRenderingContext2d, stroke: &Stroke) {
    let at = |point: Point| (f64::from(point.x), f64::from(point.y));
    let [first, rest @ ..] = stroke.points.as_slice() else { return };
    context.set_line_width(f64::from(stroke.width));
    context.begin_path();
    let (x, y) = at(*first);
    context.move_to(x, y);
    for pair in rest.windows(2) {
        let ((x, y), (next_x, next_y)) = (at(pair[0]), at(pair[1]));
        context.quadratic_curve_to(x, y, f64::midpoint(x, next_x), f64::midpoint(y, next_y));
    }
    // A line of no length has round ends too: a dot.
    let (x, y) = at(*rest.last().unwrap_or(first));
    context.line_to(x, y);
    context.stroke();
}

fn draw_crosshair(context: &CanvasRenderingContext2d, at: Point, down: bool, palette: &Palette) {
    let (x, y) = (f64::from(at.x), f64::from(at.y));
    let (gap, arm) = if down { (4.0, 14.0) } else { (7.0, 17.0) };
    context.set_stroke_style_str(&css(palette.accent));
    context.set_line_width(if down { 4.0 } else { 2.5 });
    context.begin_path();
    for (dx, dy) in [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)] {
        context.move_to(x + gap * dx, y + gap * dy);
        context.line_to(x + arm * dx, y + arm * dy);
    }
    context.stroke();
}
