//! The run over time.

use leptos::prelude::*;

/// The timeline.
#[component]
pub fn Timeline() -> impl IntoView {
    view! { <div class="timeline"></div> }
}
