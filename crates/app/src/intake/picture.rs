//! A file with a picture, drawn by the browser as small as the digit pad takes it.

use protocol::{Photo, SIDE};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, File, HtmlCanvasElement, ImageBitmap};

use super::levels;

/// The side of a picture that is made into a digit: four pixels for each of the digit's.
const PHOTO_SIDE: u32 = 4 * SIDE as u32;

/// What a picture turned out to be.
pub enum Taken {
    /// 28×28 pixels: an image such as the data set's, shown to models as it is.
    Digit(Vec<u8>),
    /// Anything larger: ink, which is made into a digit.
    Photo(Photo),
}

/// Reads a picture; `None` if the browser does not know its format.
pub async fn read(file: &File) -> Option<Taken> {
    let bitmap = leptos::prelude::window().create_image_bitmap_with_blob(file).ok()?;
    let bitmap: ImageBitmap = JsFuture::from(bitmap).await.ok()?.unchecked_into();
    let (width, height) = (bitmap.width(), bitmap.height());
    if (width, height) == (SIDE as u32, SIDE as u32) {
        let grey = drawn(&bitmap, width, height)?;
        return Some(Taken::Digit(levels::white_on_black(&grey, SIDE)));
    }
    let longest = width.max(height).max(1);
    let fit = |side: u32| (u64::from(side) * u64::from(PHOTO_SIDE) / u64::from(longest)).max(1) as u32;
    let (width, height) = (fit(width), fit(height));
    let ink = levels::ink(&drawn(&bitmap, width, height)?, width as usize);
    Some(Taken::Photo(square(&ink, width as usize, height as usize)))
}

/// The grey values of a picture at this size, on white where it is transparent.
fn drawn(bitmap: &ImageBitmap, width: u32, height: u32) -> Option<Vec<u8>> {
    let canvas: HtmlCanvasElement =
        leptos::prelude::document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let (w, h) = (f64::from(width), f64::from(height));
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, w, h);
    context.set_image_smoothing_enabled(true);
    context.draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, w, h).ok()?;
    let pixels = context.get_image_data(0.0, 0.0, w, h).ok()?.data();
    // Luma as television has it (ITU-R BT.601).
    let luma = |p: &[u8]| 0.299 * f32::from(p[0]) + 0.587 * f32::from(p[1]) + 0.114 * f32::from(p[2]);
    Some(pixels.chunks_exact(4).map(|pixel| luma(pixel).round() as u8).collect())
}

/// Ink in the middle of a square sheet.
fn square(ink: &[u8], width: usize, height: usize) -> Photo {
    let side = PHOTO_SIDE as usize;
    let (left, top) = (side.saturating_sub(width) / 2, side.saturating_sub(height) / 2);
    let mut pixels = vec![0; side * side];
    for (row, values) in ink.chunks_exact(width.max(1)).take(side).enumerate() {
        let start = (top + row) * side + left;
        if let Some(line) = pixels.get_mut(start..start + values.len()) {
            line.copy_from_slice(values);
        }
    }
    Photo { side: PHOTO_SIDE, pixels: pixels.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_picture_stands_in_the_middle() {
        let photo = square(&[9; 112 * 20], 112, 20);
        let rows: Vec<bool> = photo.pixels.as_slice().chunks(112).map(|row| row == [9; 112]).collect();
        assert_eq!((rows.len(), rows.iter().filter(|full| **full).count()), (112, 20));
        assert!(rows[46] && !rows[45] && rows[65] && !rows[66]);
    }
}
