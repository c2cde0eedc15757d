//! Pictures of numbers: weights in diverging colours around zero, and grey images.

use wasm_bindgen::Clamped;
use web_sys::{HtmlCanvasElement, ImageData};

use super::context;
use super::palette::{Palette, Rgb};

/// Red, green, blue and opacity of each value on a scale from `-limit` to `limit`.
pub fn diverging(values: &[f32], limit: f32, palette: &Palette) -> Vec<u8> {
    values
        .iter()
        .flat_map(|&value| {
            // A limit of zero, or a value that is no number, gives the colour of zero.
            let part = if limit > 0.0 && value.is_finite() { (value / limit).clamp(-1.0, 1.0) } else { 0.0 };
            let end = if part < 0.0 { palette.negative } else { palette.positive };
            let (r, g, b) = mix(palette.zero, end, part.abs());
            [r, g, b, 255]
        })
        .collect()
}

/// The largest absolute value among those that are finite.
pub fn limit(values: &[f32]) -> f32 {
    values.iter().map(|value| value.abs()).filter(|value| value.is_finite()).fold(0.0, f32::max)
}

/// Grey values as they are: 0 black, 255 white.
pub fn grey(values: &[u8]) -> Vec<u8> {
    values.iter().flat_map(|&value| [value, value, value, 255]).collect()
}

/// Grey values as ink of one colour on nothing: 0 is clear, 255 covers.
pub fn ink(values: &[u8], (r, g, b): Rgb) -> Vec<u8> {
    values.iter().flat_map(|&value| [r, g, b, value]).collect()
}

/// Puts a square picture on the canvas, one canvas pixel for each of its own.
pub fn paint(canvas: &HtmlCanvasElement, rgba: &[u8], side: u32) {
    paint_rows(canvas, rgba, side, side);
}

/// Puts a picture of so many columns and rows on the canvas.
pub fn paint_rows(canvas: &HtmlCanvasElement, rgba: &[u8], columns: u32, rows: u32) {
    if (canvas.width(), canvas.height()) != (columns, rows) {
        canvas.set_width(columns);
        canvas.set_height(rows);
    }
    let image = ImageData::new_with_u8_clamped_array_and_sh(Clamped(rgba), columns, rows);
    if let (Some(context), Ok(image)) = (context(canvas), image) {
        // Fails only for a picture of no size.
        let _ = context.put_image_data(&image, 0.0, 0.0);
    }
}

fn mix(from: Rgb, to: Rgb, part: f32) -> Rgb {
    let channel =
        |from: u8, to: u8| (f32::from(from) + (f32::from(to) - f32::from(from)) * part).round() as u8;
    (channel(from.0, to.0), channel(from.1, to.1), channel(from.2, to.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PALETTE: Palette = {
        let grey = (128, 128, 128);
        let (negative, zero, positive) = ((200, 100, 0), (240, 240, 240), (0, 100, 200));
        Palette {
            quiet: grey,
            line: grey,
            train: grey,
            test: grey,
            negative,
            zero,
            positive,
            ink: grey,
            accent: grey,
        }
    };

    #[test]
    fn zero_and_both_ends_have_their_own_colours() {
        let pixels = diverging(&[-2.0, -1.0, 0.0, 1.0, 9.0], 1.0, &PALETTE);
        let ends: Vec<Rgb> = pixels.chunks(4).map(|p| (p[0], p[1], p[2])).collect();
        let Palette { negative, zero, positive, .. } = PALETTE;
        assert_eq!(ends, [negative, negative, zero, positive, positive]);
    }

    #[test]
    fn without_a_scale_everything_is_zero() {
        for (value, limit) in [(1.0, 0.0), (f32::NAN, 1.0), (f32::INFINITY, 1.0)] {
            assert_eq!(diverging(&[value], limit, &PALETTE), [240, 240, 240, 255], "{value} of {limit}");
        }
    }

    #[test]
    fn the_limit_looks_past_what_is_not_finite() {
        assert_eq!(limit(&[0.5, -3.0, f32::NAN, f32::INFINITY]), 3.0);
        assert_eq!(limit(&[]), 0.0);
    }
}
