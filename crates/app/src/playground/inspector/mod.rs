//! Everything about the chosen node: what it is, its value and gradient, how both come about, and what computed it.

mod checks;
mod derivation;
mod facts;
mod grid;
mod histogram;
mod mark;
mod picture;
mod predict;
mod quantity;

use std::sync::Arc;

use leptos::prelude::*;
use protocol::Command;
use protocol::program::{Detail, Node, NodeKind, Numbers, ProgramCommand};

use crate::components::{Icon, Live, Page, icon, live, on, watch};
use crate::program::Program;
use crate::state::Engine;
use checks::{Checks, Kernels};
use derivation::{Derivation, Update};
use facts::Facts;
use predict::{Predict, Prediction};
use quantity::{Kind, Quantity};

/// What the parts of the inspector share.
#[derive(Clone, Copy)]
struct Chosen {
    program: Program,
    /// The node in the graph, if it is there at this moment.
    node: Memo<Option<Node>>,
    /// What the worker says about it.
    detail: Memo<Option<Arc<Detail>>>,
    /// The node that was paged through, and the first of its elements that shows.
    paged: RwSignal<(Option<u32>, u64)>,
    predict: Predict,
}

impl Chosen {
    fn new() -> Self {
        let program = Page::get().state.program;
        let node = Memo::new(move |_| {
            let id = program.chosen.get()?;
            program.graph.with(|graph| graph.nodes.iter().find(|node| node.id == id).cloned())
        });
        let detail = Memo::new(move |_| {
            program.detail.get().filter(|detail| Some(detail.node) == program.chosen.get())
        });
        let paged = RwSignal::new((None, 0));
        Self { program, node, detail, paged, predict: Predict::new(node, detail) }
    }

    /// The first element that shows.
    fn offset(self) -> u64 {
        let (node, offset) = self.paged.get();
        if node == self.program.chosen.get() { offset } else { 0 }
    }

    /// The value or the gradient.
    fn numbers(self, kind: Kind) -> Memo<Option<Numbers>> {
        Memo::new(move |_| {
            self.detail.with(|detail| {
                detail.as_ref().and_then(|detail| match kind {
                    Kind::Value => detail.value.clone(),
                    Kind::Gradient => detail.gradient.clone(),
                })
            })
        })
    }

    /// How much there is of something.
    fn count(self, read: fn(&Detail) -> usize) -> Memo<usize> {
        Memo::new(move |_| self.detail.with(|detail| detail.as_ref().map_or(0, |detail| read(detail))))
    }

    /// Something that the worker says.
    fn text(self, read: impl Fn(&Detail) -> Option<String> + Send + 'static) -> Live<String> {
        live(move || {
            self.detail.with(|detail| detail.as_ref().and_then(|detail| read(detail)).unwrap_or_default())
        })
    }
}

/// What a node is called: its variable, else what computed it.
fn title(node: &Node) -> String {
    match &node.name {
        Some(name) => name.clone(),
        None if node.op.is_empty() => kind(node.kind).to_owned(),
        None => node.op.clone(),
    }
}

fn kind(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Data => "data",
        NodeKind::Constant => "number",
        NodeKind::Leaf => "leaf",
        NodeKind::Parameter => "parameter",
        NodeKind::Op => "op",
        NodeKind::Loss => "loss",
    }
}

/// The inspector. It is there as long as a node is chosen.
#[component]
pub fn Inspector() -> impl IntoView {
    let page = Page::get();
    let chosen = Chosen::new();
    ask(page, chosen);
    let open = Memo::new(move |_| chosen.program.chosen.with(Option::is_some));
    live(move || open.get().then(|| view! { <Panel chosen /> }.into_any()))
}

/// Asks about the chosen node whenever another one is chosen, another page is turned to, or another text is run.
fn ask(page: Page, chosen: Chosen) {
    let program = chosen.program;
    let question = Memo::new(move |_| {
        let edition = program.position.with(|position| position.as_ref().map(|position| position.edition));
        let alive = page.state.engine.with(|engine| *engine == Engine::Alive);
        (program.chosen.get(), chosen.offset(), edition, alive)
    });
    watch(move || {
        let (node, offset, ..) = question.get();
        page.link.send(&Command::Program(ProgramCommand::Inspect { node, offset }));
    });
}

/// Closes the inspector. The focus goes back to the node.
pub fn close(page: Page) {
    let program = page.state.program;
    if let Some(node) = program.chosen.get_untracked() {
        program.chosen.set(None);
        super::focus(&format!("[data-testid=graph] [data-node=\"{node}\"]"));
    }
}

#[component]
fn Panel(chosen: Chosen) -> impl IntoView {
    let page = Page::get();
    let Chosen { program, node, predict, .. } = chosen;
    let heading = move || node.with(|node| node.as_ref().map_or_else(|| "A node".to_owned(), title));
    let what = move || {
        node.with(|node| match node {
            Some(node) if node.name.is_some() && !node.op.is_empty() => {
                format!("{} · {}", kind(node.kind), node.op)
            }
            Some(node) if node.name.is_none() && node.op.is_empty() => String::new(),
            Some(node) => kind(node.kind).to_owned(),
            None => String::new(),
        })
    };
    view! {
        <aside
            class="inspector panel"
            data-testid="inspector"
            aria-label="Inspector"
            data-node=live(move || program.chosen.get())
            data-hides=live(move || predict.hides.get().then_some("gradient"))
        >
            <header class="inspector-head">
                <h2 class="mono">{live(heading)}</h2>
                <span class="hint">{live(what)}</span>
                <button
                    class="button predict-switch"
                    type="button"
                    data-testid="predict-first"
                    aria-pressed=live(move || if predict.mode.get() { "true" } else { "false" })
                    title="Hide gradients, to be predicted first"
                    on:click=on(move |_| predict.mode.update(|mode| *mode = !*mode))
                >
                    "Predict first"
                </button>
                <button
                    class="button quiet icon-only"
                    type="button"
                    data-testid="inspector-close"
                    aria-label="Close the inspector"
                    title="Close (Escape)"
                    on:click=on(move |_| close(page))
                >
                    <Icon path=icon::CROSS />
                </button>
            </header>
            <div class="inspector-body">
                <p class="hint" hidden=live(move || node.with(Option::is_some))>
                    "This node is not in the graph at this moment. Choose another one, or go to where it was."
                </p>
                <Facts chosen />
                <Quantity chosen kind=Kind::Value />
                <Prediction chosen />
                <Quantity chosen kind=Kind::Gradient />
                <Derivation chosen />
                <Update chosen />
                <Checks chosen />
                <Kernels chosen />
            </div>
        </aside>
    }
}

/// Rows under each other, as many as there are at the moment. What a row says may change; the row stays.
#[component]
fn Rows(count: Memo<usize>, row: fn(Chosen, usize) -> AnyView, chosen: Chosen) -> impl IntoView {
    view! {
        <For each=move || 0..count.get() key=|at| *at children=move |at| row(chosen, at) />
    }
}

/// A button that names a node: pointing at it lights it up everywhere, pressing it shows it here.
fn node_button(program: Program, id: Option<u32>, fallback: String) -> AnyView {
    use crate::program::Spot;
    let Some(id) = id else { return view! { <span class="mono">{fallback}</span> }.into_any() };
    let name = live(move || {
        let name = program.graph.with(|graph| graph.nodes.iter().find(|node| node.id == id).map(title));
        name.unwrap_or_else(|| fallback.clone())
    });
    let point = move |at: bool| program.pointed.set(at.then_some(Spot::Node(id)));
    view! {
        <button
            class="chip mono"
            type="button"
            title="Show this node"
            on:click=on(move |_| program.chosen.set(Some(id)))
            on:pointerenter=on(move |_| point(true))
            on:pointerleave=on(move |_| point(false))
            on:focus=on(move |_| point(true))
            on:blur=on(move |_| point(false))
        >
            {name}
        </button>
    }
    .into_any()
}
