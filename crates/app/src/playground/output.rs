//! What the program has put out, and the console.

use leptos::prelude::*;

/// The output panel.
#[component]
pub fn OutputPanel() -> impl IntoView {
    view! { <div class="output"></div> }
}
