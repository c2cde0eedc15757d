//! The graph that the program has recorded.

use leptos::prelude::*;

/// The graph.
#[component]
pub fn GraphView() -> impl IntoView {
    view! { <div class="graph"></div> }
}
