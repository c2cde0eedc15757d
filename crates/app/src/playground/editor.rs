//! The editor of the program text.

use leptos::prelude::*;

/// The editor.
#[component]
pub fn Editor() -> impl IntoView {
    view! { <div class="editor"></div> }
}
