//! Icons, 16×16, drawn with the text's colour. They say nothing to a screen reader: a word stands beside each,
//! or the button has a name.

use leptos::prelude::*;

use super::live::{Live, live};

/// A triangle to the right.
pub const PLAY: &str = "M4.5 2.8v10.4L13 8z";
/// Two bars.
pub const PAUSE: &str = "M4 3h3v10H4zM9 3h3v10H9z";
/// A triangle and a bar.
pub const STEP: &str = "M3 2.8v10.4L10.5 8zM11 3h2v10h-2z";
/// Two triangles and a bar.
pub const TO_END: &str = "M1.5 2.8v10.4L7 8zM7 2.8v10.4L12.5 8zM12.7 3h2v10h-2z";
/// An hourglass.
pub const WAITING: &str =
    "M3.5 1.5h9V4L9.2 8l3.3 4v2.5h-9V12l3.3-4-3.3-4zM5.4 3l2.6 3.1L10.6 3zM8 9.9 5.4 13h5.2z";
/// A tick.
pub const DONE: &str = "M6.3 12.6 2 8.3l1.5-1.5 2.8 2.8 6.2-6.2L14 4.9z";
/// An exclamation mark in a triangle.
pub const WARNING: &str = "M8 1.2 15.4 14H.6zM7.2 5.6l.3 4.2h1l.3-4.2zM7.2 11v1.6h1.6V11z";
/// A ring.
pub const FRESH: &str = "M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM8 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8z";
/// A cross.
pub const CROSS: &str =
    "m3.9 2.5 4.1 4.1 4.1-4.1 1.4 1.4L9.4 8l4.1 4.1-1.4 1.4L8 9.4l-4.1 4.1-1.4-1.4L6.6 8 2.5 3.9z";
/// An angle that points down.
pub const CHEVRON: &str = "M8 11.4 2.8 6.2l1.2-1.2 4 4 4-4 1.2 1.2z";
/// An arrow back to where it came from.
pub const RESET: &str = "M8 3a5 5 0 1 1-4.9 6h1.6A3.5 3.5 0 1 0 8 4.5H6.2V7L2.4 3.75 6.2.5V3z";
/// An arrow that turns back.
pub const UNDO: &str = "M6.5 2v3H9a4.5 4.5 0 0 1 0 9H5v-1.6h4a2.9 2.9 0 0 0 0-5.8H6.5v3L2 5.8z";
/// A half-filled disc.
pub const THEME_SYSTEM: &str = "M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM8 3v10A5 5 0 0 0 8 3z";
/// A sun.
pub const THEME_LIGHT: &str = "M8 4.8a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4zM7.3.8h1.4v2.4H7.3zM7.3 12.8h1.4v2.4H7.3zM.8 \
    7.3h2.4v1.4H.8zM12.8 7.3h2.4v1.4h-2.4zM2.4 3.4l1-1 1.7 1.7-1 1zM10.9 11.9l1-1 1.7 1.7-1 1zM2.4 12.6l1.7-1.7 1 1-1.7 \
    1.7zM10.9 4.1l1.7-1.7 1 1-1.7 1.7z";
/// A crescent.
pub const THEME_DARK: &str = "M6.2 1.6A6.5 6.5 0 1 0 14.4 9.8 5.4 5.4 0 0 1 6.2 1.6z";
/// A picture of an image.
pub const IMAGE: &str = "M2 2.5h12v11H2zM3.5 4v8h9V4zM6.6 5h2.8v6H8V6.4H6.6z";

/// An eraser, over a line.
pub const ERASER: &str = "M9.8 1.6 14.4 6.2 8.6 12H14v1.5H5.2L1.6 9.8zM9.8 3.7 6.4 7.1l2.5 2.5 3.4-3.4zM5.3 8.2 3.7 9.8 5.9 12h.6l1.3-1.3z";

/// An icon.
#[component]
pub fn Icon(
    /// Its outline.
    path: &'static str,
) -> impl IntoView {
    view! { <ChangingIcon path=live(move || path) /> }
}

/// An icon that changes.
#[component]
pub fn ChangingIcon(
    /// Its outline.
    path: Live<&'static str>,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path fill-rule="evenodd" d=path />
        </svg>
    }
}
