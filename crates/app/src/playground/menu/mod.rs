//! Programs: the user's own, examples, lessons, and how to share them; the menus at the top of the page.

mod drop_down;
mod lessons;
mod notice;
mod own;
mod programs;
mod share;

use leptos::prelude::*;

use drop_down::Open;
use lessons::LessonMenu;
use notice::NoticeLine;
use programs::Programs;
use share::ShareMenu;

/// The menus of programs and lessons, at the top of the page.
#[component]
pub fn ProgramMenu() -> impl IntoView {
    let open = RwSignal::new(None::<Open>);
    view! {
        <nav class="program-menu" aria-label="Programs">
            <Programs open />
            <LessonMenu open />
            <ShareMenu open />
        </nav>
        <NoticeLine />
    }
}
