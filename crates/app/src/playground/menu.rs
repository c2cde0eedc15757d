//! Programs: examples, lessons, files, and how to share them.

use leptos::prelude::*;

/// The menus of programs and lessons, at the top of the page.
#[component]
pub fn ProgramMenu() -> impl IntoView {
    view! { <div class="program-menu"></div> }
}
