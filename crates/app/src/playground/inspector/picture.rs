//! A tensor as a picture: a heat map around zero with its scale, or, where it can be one, an image.

use leptos::html;
use leptos::prelude::*;
use protocol::program::Numbers;

use super::quantity::Kind;
use crate::components::frame::redraw;
use crate::components::{Page, live, on};
use crate::draw::heat;
use crate::draw::palette::Palette;
use crate::format::significant;

/// The sides within which a picture stays, in pixels.
const WIDEST: u32 = 272;
const HIGHEST: u32 = 200;
/// The side of a cell where there is room.
const CELL: u32 = 24;
/// No side is shorter than this.
const SLIMMEST: u32 = 12;

/// The size at which so many cells are shown.
fn size(rows: u32, columns: u32) -> (u32, u32) {
    let (rows, columns) = (rows.max(1), columns.max(1));
    // In hundredths of a pixel: a picture of 64 columns has cells of 4.25.
    let cell = (CELL * 100).min(WIDEST * 100 / columns).min(HIGHEST * 100 / rows);
    let side = |cells: u32, most: u32| (cells * cell / 100).clamp(SLIMMEST, most);
    (side(columns, WIDEST), side(rows, HIGHEST))
}

/// The largest absolute value that is finite.
fn limit(numbers: &Numbers) -> f32 {
    numbers.picture.low.abs().max(numbers.picture.high.abs())
}

/// The picture. Single numbers have none.
#[component]
pub fn Picture(numbers: Memo<Option<Numbers>>, kind: Kind) -> impl IntoView {
    let Page { theme, .. } = Page::get();
    let canvas = NodeRef::<html::Canvas>::new();
    let image = RwSignal::new(false);
    let shape = Memo::new(move |_| {
        numbers.with(|n| n.as_ref().map_or((0, 0), |n| (n.picture.rows, n.picture.columns)))
    });
    let none = move || {
        let (rows, columns) = shape.get();
        rows * columns <= 1
    };
    // Brightness is never negative, and an image has more than one row.
    let could_be_image = Memo::new(move |_| {
        let (rows, columns) = shape.get();
        kind == Kind::Value
            && rows >= 8
            && columns >= 8
            && numbers.with(|n| n.as_ref().is_some_and(|n| n.picture.low >= 0.0))
    });
    let as_image = move || could_be_image.get() && image.get();
    let track = move || {
        numbers.track();
        theme.dark.track();
        as_image();
    };
    redraw(canvas, track, move |canvas| {
        let as_image = untrack(as_image);
        numbers.with_untracked(|numbers| {
            let Some(numbers) = numbers else { return };
            let palette =
                if kind == Kind::Gradient { Palette::read().of_gradients() } else { Palette::read() };
            let (values, limit) = (numbers.picture.values.to_vec(), limit(numbers));
            let (rows, columns) = (numbers.picture.rows, numbers.picture.columns);
            if values.len() as u64 != u64::from(rows) * u64::from(columns) {
                return;
            }
            let rgba = if as_image {
                let grey = |value: &f32| {
                    if limit > 0.0 { (value / limit * 255.0).clamp(0.0, 255.0) as u8 } else { 0 }
                };
                heat::ink(&values.iter().map(grey).collect::<Vec<_>>(), palette.ink)
            } else {
                let mut rgba = heat::diverging(&values, limit, &palette);
                // What is not finite is clear: the page's pattern shows through.
                for (pixel, _) in rgba.chunks_mut(4).zip(&values).filter(|(_, value)| !value.is_finite()) {
                    pixel[3] = 0;
                }
                rgba
            };
            heat::paint_rows(canvas, &rgba, columns, rows);
        });
    });
    let width = live(move || {
        let (rows, columns) = shape.get();
        format!("{}px", size(rows, columns).0)
    });
    let height = live(move || {
        let (rows, columns) = shape.get();
        format!("{}px", size(rows, columns).1)
    });
    let end = move |sign: &'static str| {
        live(move || {
            numbers.with(|n| {
                n.as_ref().map(|n| format!("{sign}{}", significant(limit(n).into()))).unwrap_or_default()
            })
        })
    };
    let words = live(move || {
        let (rows, columns) = shape.get();
        format!("The {} as a heat map of {rows} by {columns}", kind.name())
    });
    view! {
        <figure class="picture" hidden=live(none)>
            <canvas
                node_ref=canvas
                role="img"
                aria-label=words
                class:image=live(as_image)
                style:width=width
                style:height=height
            ></canvas>
            <figcaption class="scale mono" hidden=live(as_image)>
                <span class="scale-end">{end("−")}</span>
                <span class="scale-bar" aria-hidden="true"></span>
                <span class="scale-end">{end("+")}</span>
            </figcaption>
            <button
                class="button as-image"
                type="button"
                aria-pressed=live(move || if as_image() { "true" } else { "false" })
                hidden=live(move || !could_be_image.get())
                on:click=on(move |_| image.update(|image| *image = !*image))
            >
                "As an image"
            </button>
        </figure>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_as_large_as_fits() {
        for (shape, shown) in [
            ((2, 3), (72, 48)),
            ((1, 64), (272, 12)),
            ((64, 64), (199, 199)),
            ((28, 28), (199, 199)),
            ((64, 1), (12, 199)),
            ((0, 0), (24, 24)),
        ] {
            let (columns, rows) = (shape.1, shape.0);
            assert_eq!(size(rows, columns), shown, "{shape:?}");
        }
    }
}
