//! Pictures of numbers, several on one canvas.

use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;
use protocol::program::Pictures;

use crate::components::frame::redraw;
use crate::components::{Page, live, on};
use crate::draw::heat;
use crate::draw::palette::Palette;

/// The most that stand beside each other.
const COLUMNS: usize = 16;
/// The side of a number's cell, in pixels of the canvas.
const CELL: usize = 1;

/// What the colours are those of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Weights and values.
    Value,
    /// Gradients.
    Gradient,
}

/// How pictures lie on a canvas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Rows and columns of one picture.
    rows: usize,
    columns: usize,
    /// How many there are, and how many beside each other.
    pub count: usize,
    across: usize,
}

impl Sheet {
    /// The sheet of these pictures; numbers are pictures of one cell.
    pub fn of(pictures: &Pictures) -> Self {
        let (rows, columns) = pictures.sides.unwrap_or((CELL as u32, CELL as u32));
        let (rows, columns) = ((rows as usize).max(1), (columns as usize).max(1));
        let count = pictures.values.len() / (rows * columns);
        Self { rows, columns, count, across: count.clamp(1, COLUMNS) }
    }

    fn down(&self) -> usize {
        self.count.div_ceil(self.across)
    }

    /// Width and height in cells, with a line between two pictures.
    pub fn size(&self) -> (usize, usize) {
        let gap = usize::from(self.rows > 1);
        (self.across * (self.columns + gap) - gap, self.down() * (self.rows + gap) - gap)
    }

    /// The picture at a place, in parts of width and height.
    fn at(&self, x: f64, y: f64) -> Option<usize> {
        let place = |part: f64, of: usize| ((part.clamp(0.0, 0.999)) * of as f64) as usize;
        let at = place(y, self.down()) * self.across + place(x, self.across);
        (at < self.count).then_some(at)
    }

    /// Where the picture lies: left, top, width and height, in percent.
    fn place(&self, at: usize) -> [f64; 4] {
        let (width, height) = self.size();
        let gap = usize::from(self.rows > 1);
        let part = |cells: usize, of: usize| cells as f64 / of.max(1) as f64 * 100.0;
        [
            part(at % self.across * (self.columns + gap), width),
            part(at / self.across * (self.rows + gap), height),
            part(self.columns, width),
            part(self.rows, height),
        ]
    }

    /// The colours of all cells, row by row.
    fn paint(&self, values: &[f32], palette: &Palette) -> Vec<u8> {
        let (width, height) = self.size();
        let gap = usize::from(self.rows > 1);
        let mut rgba = vec![0; width * height * 4];
        let colours = heat::diverging(values, heat::limit(values), palette);
        for (cell, colour) in colours.chunks_exact(4).enumerate() {
            let (picture, inside) = (cell / (self.rows * self.columns), cell % (self.rows * self.columns));
            let x = picture % self.across * (self.columns + gap) + inside % self.columns;
            let y = picture / self.across * (self.rows + gap) + inside / self.columns;
            if let Some(place) = rgba.get_mut((y * width + x) * 4..(y * width + x) * 4 + 4) {
                place.copy_from_slice(colour);
            }
        }
        rgba
    }
}

/// The pictures; with `chosen`, one of them can be chosen by a click.
#[component]
pub fn PictureSheet(
    /// What they are, for those who do not see them.
    label: String,
    /// The pictures.
    pictures: Pictures,
    /// The colours.
    #[prop(default = Kind::Value)]
    kind: Kind,
    /// The picture that is marked, and what happens at a click.
    #[prop(optional)]
    chosen: Option<(Option<usize>, Callback<usize>)>,
) -> impl IntoView {
    let Page { theme, .. } = Page::get();
    let canvas = NodeRef::<html::Canvas>::new();
    let sheet = Sheet::of(&pictures);
    let Pictures { values, .. } = pictures;
    let values = values.to_vec();
    redraw(
        canvas,
        move || theme.dark.track(),
        move |canvas| {
            let palette = Palette::read();
            let palette = if kind == Kind::Gradient { palette.of_gradients() } else { palette };
            let (width, height) = sheet.size();
            heat::paint_rows(canvas, &sheet.paint(&values, &palette), width as u32, height as u32);
        },
    );
    let mark = chosen.and_then(|(at, _)| at).filter(|at| *at < sheet.count).map(|at| {
        let [left, top, width, height] = sheet.place(at);
        view! { <span class="sheet-mark" style=format!("left:{left}%;top:{top}%;width:{width}%;height:{height}%")></span> }
    });
    let click = move |event: MouseEvent| {
        let Some((_, choose)) = chosen else { return };
        let Some(canvas) = canvas.get_untracked() else { return };
        let (width, height) = (f64::from(canvas.client_width()), f64::from(canvas.client_height()));
        if let Some(at) = sheet
            .at(f64::from(event.offset_x()) / width.max(1.0), f64::from(event.offset_y()) / height.max(1.0))
        {
            choose.run(at);
        }
    };
    let (width, height) = sheet.size();
    view! {
        <span class="sheet" class:numbers=sheet.columns == 1 class:choose=chosen.is_some() style=format!("--cells:{width};aspect-ratio:{width}/{height}")>
            <canvas node_ref=canvas role="img" aria-label=label on:click=on(click)></canvas>
            {mark}
        </span>
    }
}

/// A picture with words under it.
pub fn figure(caption: String, picture: AnyView) -> AnyView {
    view! { <figure class="lab-figure">{picture}<figcaption>{caption}</figcaption></figure> }.into_any()
}

/// What shows in place of a view that has nothing to show.
pub fn nothing(text: impl Fn() -> String + Send + 'static) -> AnyView {
    view! { <p class="hint lab-nothing">{live(text)}</p> }.into_any()
}

#[cfg(test)]
mod tests {
    use protocol::Floats;

    use super::*;

    fn pictures(sides: Option<(u32, u32)>, count: usize) -> Pictures {
        Pictures { sides, values: Floats::from(&vec![1.0; count][..]) }
    }

    #[test]
    fn pictures_lie_in_rows_with_a_line_between_two() {
        let sheet = Sheet::of(&pictures(Some((2, 3)), 20 * 6));
        assert_eq!((sheet.count, sheet.size()), (20, (16 * 4 - 1, 2 * 3 - 1)));
        assert_eq!(
            (sheet.at(0.0, 0.0), sheet.at(0.99, 0.2), sheet.at(0.1, 0.9), sheet.at(0.9, 0.9)),
            (Some(0), Some(15), Some(17), None)
        );
    }

    #[test]
    fn numbers_are_cells() {
        let sheet = Sheet::of(&pictures(None, 10));
        assert_eq!((sheet.count, sheet.size()), (10, (10, 1)));
        assert_eq!(Sheet::of(&Pictures::default()).count, 0);
    }
}
