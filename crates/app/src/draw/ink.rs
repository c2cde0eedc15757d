//! What is on the digit pad: strokes of a round pen or an eraser, a picture, and the cross-hair of whoever draws with keys.

use protocol::{Dot, PAD_SIDE, Point, Stroke};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::palette::{Palette, css};
use super::{context, fit, heat};

/// The pad's content.
#[derive(Clone, Copy)]
pub struct Picture<'a> {
    /// The strokes, oldest first.
    pub strokes: &'a [Stroke],
    /// A picture instead of strokes: its side, its pixels, and the canvas to unfold it on.
    pub image: Option<((u32, &'a [u8]), &'a HtmlCanvasElement)>,
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
    if let Some(((side, pixels), unfolded)) = picture.image {
        heat::paint(unfolded, &heat::ink(pixels, palette.ink), side);
        context.set_image_smoothing_enabled(false);
        let side = f64::from(PAD_SIDE);
        let _ = context.draw_image_with_html_canvas_element_and_dw_and_dh(unfolded, 0.0, 0.0, side, side);
    }
    context.set_line_cap("round");
    context.set_line_join("round");
    context.set_stroke_style_str(&css(palette.ink));
    for stroke in picture.strokes {
        // Neither fails with a known name.
        let how = if stroke.erases { "destination-out" } else { "source-over" };
        let _ = context.set_global_composite_operation(how);
        draw_stroke(&context, stroke);
    }
    let _ = context.set_global_composite_operation("source-over");
    if let Some((at, down)) = picture.crosshair {
        draw_crosshair(&context, at, down, palette);
    }
}

/// A smooth line: curves from middle to middle of its places, which pull them towards themselves. What is read is smoothed in the same way.
fn draw_stroke(context: &CanvasRenderingContext2d, stroke: &Stroke) {
    let [first, rest @ ..] = stroke.places.as_slice() else { return };
    begin(context, *first);
    for pair in rest.windows(2) {
        let middle = Dot {
            x: f32::midpoint(pair[0].x, pair[1].x),
            y: f32::midpoint(pair[0].y, pair[1].y),
            width: f32::midpoint(pair[0].width, pair[1].width),
        };
        let at = |dot: Dot| (f64::from(dot.x), f64::from(dot.y));
        let ((x, y), (next_x, next_y)) = (at(pair[0]), at(middle));
        context.quadratic_curve_to(x, y, next_x, next_y);
        // A line has one width: where the pressure changes, another one begins.
        if pair[0].width != pair[1].width {
            context.stroke();
            begin(context, middle);
        }
    }
    // A line of no length has round ends too: a dot.
    let last = rest.last().unwrap_or(first);
    context.line_to(f64::from(last.x), f64::from(last.y));
    context.stroke();
}

fn begin(context: &CanvasRenderingContext2d, at: Dot) {
    context.set_line_width(f64::from(at.width));
    context.begin_path();
    context.move_to(f64::from(at.x), f64::from(at.y));
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
