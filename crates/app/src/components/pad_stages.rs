//! How a drawing becomes a digit such as MNIST's: a small picture of each stage.

use leptos::html;
use leptos::prelude::*;
use protocol::{INK_SIDE, SIDE, Stages};
use web_sys::HtmlCanvasElement;

use super::Page;
use super::frame::redraw;
use super::live::live;
use crate::draw::heat;
use crate::draw::palette::{Palette, Rgb};

/// The longest side of a scaled digit.
const BOX: usize = 20;

/// One stage.
struct Stage {
    id: &'static str,
    caption: &'static str,
    /// What a screen reader says of it.
    name: &'static str,
    paint: fn(&HtmlCanvasElement, &Stages),
}

const STAGES: [Stage; 4] = [
    Stage { id: "stage-ink", caption: "Ink", name: "The ink where it was drawn", paint: paint_ink },
    Stage { id: "stage-box", caption: "Its box", name: "The ink's bounding box", paint: paint_box },
    Stage {
        id: "stage-scaled",
        caption: "20 px",
        name: "What is in the box, its longest side scaled to 20 pixels",
        paint: paint_scaled,
    },
    Stage {
        id: "stage-centred",
        caption: "Centred",
        name: "The same in 28 by 28 pixels, its centre of mass in the middle",
        paint: |canvas, stages| {
            heat::paint(canvas, &heat::grey(&exactly(stages.centred.as_slice(), SIDE * SIDE)), SIDE as u32);
        },
    },
];

/// The stages of the drawing that is read.
#[component]
pub fn StagePictures() -> impl IntoView {
    let state = Page::get().state;
    let none = Memo::new(move |_| state.prediction.with(|p| p.as_ref().is_none_or(|p| p.stages.is_none())));
    let pictures = STAGES.iter().map(|stage| view! { <Picture stage /> }).collect_view();
    view! {
        <ol class="stages" aria-label="How the drawing becomes an image such as MNIST's" data-testid="stages" class:empty=live(move || none.get())>
            {pictures}
        </ol>
    }
}

#[component]
fn Picture(stage: &'static Stage) -> impl IntoView {
    let state = Page::get().state;
    let canvas = NodeRef::<html::Canvas>::new();
    redraw(
        canvas,
        move || state.prediction.track(),
        move |canvas| {
            state.prediction.with_untracked(|prediction| {
                match prediction.as_ref().and_then(|prediction| prediction.stages.as_deref()) {
                    Some(stages) => (stage.paint)(canvas, stages),
                    None => heat::paint(canvas, &heat::grey(&[0; SIDE * SIDE]), SIDE as u32),
                }
            });
        },
    );
    view! {
        <li>
            <canvas node_ref=canvas width=SIDE height=SIDE data-testid=stage.id role="img" aria-label=stage.name></canvas>
            <span class="hint" aria-hidden="true">{stage.caption}</span>
        </li>
    }
}

fn paint_ink(canvas: &HtmlCanvasElement, stages: &Stages) {
    let ink = exactly(stages.ink.as_slice(), INK_SIDE * INK_SIDE);
    heat::paint(canvas, &heat::grey(&ink), INK_SIDE as u32);
}

fn paint_box(canvas: &HtmlCanvasElement, stages: &Stages) {
    let mut pixels = heat::grey(&exactly(stages.ink.as_slice(), INK_SIDE * INK_SIDE));
    frame(&mut pixels, stages.bounds, Palette::read().accent);
    heat::paint(canvas, &pixels, INK_SIDE as u32);
}

/// Draws the outline of a box, given as parts of a picture of [`INK_SIDE`], around what is inside.
fn frame(rgba: &mut [u8], [left, top, width, height]: [f32; 4], (r, g, b): Rgb) {
    let side = INK_SIDE as f32;
    // A float becomes the nearest integer that there is.
    let before = |at: f32| ((at * side).floor() as usize).saturating_sub(1);
    let behind = |at: f32| ((at * side).ceil() as usize).min(INK_SIDE - 1);
    let (left, right) = (before(left), behind(left + width));
    let (top, bottom) = (before(top), behind(top + height));
    for (at, pixel) in rgba.chunks_exact_mut(4).enumerate() {
        let (x, y) = (at % INK_SIDE, at / INK_SIDE);
        let inside = (left..=right).contains(&x) && (top..=bottom).contains(&y);
        if inside && (x == left || x == right || y == top || y == bottom) {
            pixel.copy_from_slice(&[r, g, b, 255]);
        }
    }
}

/// The scaled digit in the middle of a square as large as its longest side can be.
fn paint_scaled(canvas: &HtmlCanvasElement, stages: &Stages) {
    let square = in_square(stages.scaled.as_slice(), stages.scaled_width as usize);
    heat::paint(canvas, &heat::grey(&square), BOX as u32);
}

fn in_square(pixels: &[u8], width: usize) -> Vec<u8> {
    let mut square = vec![0; BOX * BOX];
    let width = width.clamp(1, BOX);
    let height = (pixels.len() / width).min(BOX);
    let (left, top) = ((BOX - width) / 2, (BOX - height) / 2);
    for (row, values) in pixels.chunks_exact(width).take(height).enumerate() {
        square[(top + row) * BOX + left..][..width].copy_from_slice(values);
    }
    square
}

/// So many grey values, whatever came.
fn exactly(values: &[u8], len: usize) -> Vec<u8> {
    let mut values = values.to_vec();
    values.resize(len, 0);
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_digit_stands_in_the_middle() {
        let square = in_square(&[9; 40], 2);
        assert_eq!(square.iter().filter(|&&value| value == 9).count(), 40);
        assert_eq!((square[8], square[9], square[10], square[11]), (0, 9, 9, 0));
        assert_eq!(in_square(&[], 0), vec![0; BOX * BOX]);
    }

    #[test]
    fn a_frame_is_around_the_box_and_inside_the_picture() {
        let mut pixels = vec![0; 4 * INK_SIDE * INK_SIDE];
        frame(&mut pixels, [0.0, 0.5, 1.0, 0.5], (1, 2, 3));
        let at = |x: usize, y: usize| pixels[4 * (y * INK_SIDE + x)];
        assert_eq!((at(0, 34), at(INK_SIDE - 1, INK_SIDE - 1), at(10, 50)), (1, 1, 0));
        frame(&mut pixels, [f32::NAN, -9.0, 1e9, f32::INFINITY], (1, 2, 3));
    }
}
