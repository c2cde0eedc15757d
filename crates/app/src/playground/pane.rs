//! The tabs at the bottom of a narrow page: which pane shows.

use leptos::prelude::*;

use crate::components::{live, on};

/// A pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pane {
    /// The text.
    Code,
    /// The graph, and the inspector of the chosen node.
    Graph,
    /// What was printed, and the console.
    Output,
}

impl Pane {
    const ALL: [Self; 3] = [Self::Code, Self::Graph, Self::Output];

    /// Its name in styles.
    pub fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Graph => "graph",
            Self::Output => "output",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Code => "Code",
            Self::Graph => "Graph",
            Self::Output => "Output",
        }
    }
}

/// The tabs. On a wide page, where all panes show, they are hidden.
#[component]
pub fn PaneTabs(shown: RwSignal<Pane>) -> impl IntoView {
    let tabs = Pane::ALL.map(|pane| {
        view! {
            <button
                type="button"
                class="pane-tab"
                data-testid=format!("tab-{}", pane.name())
                aria-pressed=live(move || if shown.get() == pane { "true" } else { "false" })
                on:click=on(move |_| shown.set(pane))
            >
                {pane.label()}
            </button>
        }
    });
    view! { <nav class="pane-tabs" aria-label="Panes">{tabs}</nav> }
}
