//! Drawing on canvases: curves, heat maps, and ink. These functions get numbers and colours; what they mean,
//! and when to draw, is the components' business.

pub mod heat;
pub mod ink;
pub mod palette;
pub mod plot;

use leptos::prelude::window;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// The canvas's drawing context; `None` where the browser refuses one, for lack of memory for example.
pub fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok().flatten()?.dyn_into().ok()
}

/// Gives the canvas as many pixels as it covers on the screen. Returns how many make one CSS pixel, or `None`
/// while it covers nothing.
pub fn fit(canvas: &HtmlCanvasElement) -> Option<f64> {
    let scale = window().device_pixel_ratio().clamp(1.0, 4.0);
    let side = |css: i32| (f64::from(css) * scale).round() as u32;
    let (width, height) = (side(canvas.client_width()), side(canvas.client_height()));
    if width == 0 || height == 0 {
        return None;
    }
    // Setting a size clears the canvas even where it is the same.
    if (canvas.width(), canvas.height()) != (width, height) {
        canvas.set_width(width);
        canvas.set_height(height);
    }
    Some(scale)
}
