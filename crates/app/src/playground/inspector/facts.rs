//! What the chosen node is: shape, type, where it was made, of what, and for what.

use leptos::prelude::*;
use protocol::program::Node;

use super::grid::sizes;
use super::{Chosen, node_button};
use crate::components::{live, on};
use crate::program::Spot;

/// Nodes that are named; of more, the first ones.
const MOST_NAMES: usize = 8;

/// The facts.
#[component]
pub fn Facts(chosen: Chosen) -> impl IntoView {
    let fact = move |read: fn(&Node) -> Option<String>| {
        Memo::new(move |_| chosen.node.with(|node| node.as_ref().and_then(read)))
    };
    let shape = fact(|node| {
        let scalar = if node.shape.is_empty() { " (a single number)" } else { "" };
        Some(format!("{}{scalar}", sizes(&node.shape)))
    });
    let flow = fact(|node| match (&node.grad_fn, node.requires_grad) {
        (Some(function), _) => Some(function.clone()),
        (None, true) => Some("collected in .grad".to_owned()),
        (None, false) => Some("none flows here".to_owned()),
    });
    let arrivals = fact(|node| match (node.arrivals, node.backward) {
        (0, _) => None,
        (1, _) => Some("once".to_owned()),
        (count, _) => Some(format!("{count} times, each added to the sum")),
    });
    let modules = fact(|node| (!node.modules.is_empty()).then(|| node.modules.join(" › ")));
    let program = chosen.program;
    let of =
        move || chosen.node.with(|node| node.as_ref().map(|node| node.inputs.clone()).unwrap_or_default());
    let used = Memo::new(move |_| {
        let Some(id) = program.chosen.get() else { return Vec::new() };
        program.graph.with(|graph| {
            graph
                .nodes
                .iter()
                .filter(|node| !node.backward && node.inputs.contains(&id))
                .map(|node| node.id)
                .collect()
        })
    });
    view! {
        <dl class="facts">
            <Fact label="shape" value=shape mono=true />
            <Fact label="type" value=fact(|node| Some(node.dtype.clone())) mono=true />
            <LineFact chosen />
            <Fact label="gradient" value=flow mono=true />
            <Fact label="arrived" value=arrivals />
            <Fact label="module" value=modules mono=true />
            <Nodes label="made of" chosen ids=Memo::new(move |_| of()) />
            <Nodes label="used by" chosen ids=used />
        </dl>
    }
}

/// A fact; it is there only if it is known.
#[component]
fn Fact(label: &'static str, value: Memo<Option<String>>, #[prop(optional)] mono: bool) -> impl IntoView {
    let hidden = move || live(move || value.with(Option::is_none));
    view! {
        <dt hidden=hidden()>{label}</dt>
        <dd class=if mono { "mono" } else { "" } hidden=hidden()>{live(move || value.get().unwrap_or_default())}</dd>
    }
}

/// The line that made the node: pointing at it lights it up in the text.
#[component]
fn LineFact(chosen: Chosen) -> impl IntoView {
    let program = chosen.program;
    let line = Memo::new(move |_| chosen.node.with(|node| node.as_ref().and_then(|node| node.line)));
    let point = move |at: bool| program.pointed.set(line.get_untracked().filter(|_| at).map(Spot::Line));
    let hidden = move || live(move || line.with(Option::is_none));
    view! {
        <dt hidden=hidden()>"made in"</dt>
        <dd hidden=hidden()>
            <button
                class="chip"
                type="button"
                data-testid="inspector-line"
                title="Show this line in the program"
                on:click=on(move |_| point(true))
                on:pointerenter=on(move |_| point(true))
                on:pointerleave=on(move |_| point(false))
                on:focus=on(move |_| point(true))
                on:blur=on(move |_| point(false))
            >
                {live(move || format!("line {}", line.get().unwrap_or_default()))}
            </button>
        </dd>
    }
}

/// Nodes, by name.
#[component]
fn Nodes(label: &'static str, chosen: Chosen, ids: Memo<Vec<u32>>) -> impl IntoView {
    let hidden = move || live(move || ids.with(Vec::is_empty));
    let buttons = live(move || {
        let ids = ids.get();
        let more = ids.len().saturating_sub(MOST_NAMES);
        let buttons: Vec<AnyView> = ids
            .into_iter()
            .take(MOST_NAMES)
            .map(|id| node_button(chosen.program, Some(id), "an older node".to_owned()))
            .collect();
        let rest =
            (more > 0).then(|| view! { <span class="hint">{format!("and {more} more")}</span> }.into_any());
        buttons.into_iter().chain(rest).collect_view()
    });
    view! {
        <dt hidden=hidden()>{label}</dt>
        <dd class="chips" hidden=hidden()>{buttons}</dd>
    }
}
