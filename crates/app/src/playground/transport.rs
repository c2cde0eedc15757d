//! Run, pause, step and step back.

use leptos::prelude::*;

/// The transport bar, at the top of the page.
#[component]
pub fn Transport() -> impl IntoView {
    view! { <div class="transport"></div> }
}
