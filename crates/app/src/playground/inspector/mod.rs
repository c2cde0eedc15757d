//! Everything about the chosen node.

use leptos::prelude::*;

/// The inspector.
#[component]
pub fn Inspector() -> impl IntoView {
    view! { <div class="inspector"></div> }
}
