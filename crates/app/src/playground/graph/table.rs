//! The graph as a table: for screen readers, and for whoever prefers to read.

use leptos::prelude::*;
use protocol::program::{Mini, Node};

use super::board::{Board, Shows};
use super::number::{escaped, sizes, summary};
use super::scene::Scene;
use crate::components::{live, on};

/// Rows of the table: of a larger graph, the newest.
const ROWS: usize = 500;

/// The table.
#[component]
pub fn Table(board: Board) -> impl IntoView {
    // Built only while it shows, and as one text: it is made anew at each change.
    let rows = move || {
        if !board.is_shown(Shows::Table) {
            return String::new();
        }
        let chosen = board.program.chosen.get();
        board.scene.with(|scene| rows(scene, chosen))
    };
    let left_out = move || {
        let count = board.scene.with(|scene| scene.graph.nodes.len());
        count
            .checked_sub(ROWS + 1)
            .map(|more| format!("The newest {ROWS} nodes; {} older ones are not listed.", more + 1))
    };
    let choose = move |event: web_sys::MouseEvent| {
        use wasm_bindgen::JsCast;
        let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let id =
            element.and_then(|element| element.get_attribute("data-choose")).and_then(|id| id.parse().ok());
        if id.is_some() {
            board.choose(id);
        }
    };
    view! {
        <div class="graph-table" hidden=live(move || !board.is_shown(Shows::Table)) tabindex="0" role="region" aria-label="Graph as a table">
            <p class="hint">{live(left_out)}</p>
            <table on:click=on(choose)>
                <thead>
                    <tr>
                        <th scope="col">"Node"</th>
                        <th scope="col">"Variable"</th>
                        <th scope="col">"Shape"</th>
                        <th scope="col">"Line"</th>
                        <th scope="col">"Computed of"</th>
                        <th scope="col">"Value"</th>
                        <th scope="col">"Gradient"</th>
                    </tr>
                </thead>
                <tbody inner_html=live(rows)></tbody>
            </table>
        </div>
    }
}

fn rows(scene: &Scene, chosen: Option<u32>) -> String {
    let nodes = &scene.graph.nodes;
    let shown = nodes.iter().enumerate().skip(nodes.len().saturating_sub(ROWS));
    let shown = shown.filter(|(i, _)| scene.shown_in[*i].is_some());
    shown.map(|(_, node)| row(scene, node, chosen == Some(node.id))).collect()
}

fn row(scene: &Scene, node: &Node, chosen: bool) -> String {
    let inputs: Vec<String> = node
        .inputs
        .iter()
        .map(|id| {
            scene.places.get(id).map_or_else(|| format!("#{id}"), |&i| called(&scene.graph.nodes[i as usize]))
        })
        .collect();
    let number = |mini: &Option<Mini>, dtype: &str, none: &str| match mini {
        Some(mini) => escaped(&summary(mini, &node.shape, dtype, 24)),
        None => none.to_owned(),
    };
    let none = if node.requires_grad { "none yet" } else { "–" };
    format!(
        r#"<tr{mark}><th scope="row"><button type="button" class="link" data-choose="{id}">{title}</button></th><td>{name}</td><td>{shape}</td><td>{line}</td><td>{inputs}</td><td>{value}</td><td>{gradient}</td></tr>"#,
        mark = if chosen { r#" aria-current="true" class="chosen""# } else { "" },
        id = node.id,
        title = escaped(&format!("{} #{}", title(node), node.id)),
        name = escaped(node.name.as_deref().unwrap_or("–")),
        shape = escaped(&sizes(&node.shape)),
        line = node.line.map_or_else(|| "–".to_owned(), |line| line.to_string()),
        inputs = if inputs.is_empty() { "–".to_owned() } else { escaped(&inputs.join(", ")) },
        value = number(&node.value, &node.dtype, "not kept"),
        gradient = number(&node.gradient, "float32", none),
    )
}

/// The op, or what the tensor is.
fn title(node: &Node) -> String {
    use protocol::program::NodeKind;
    match node.kind {
        _ if !node.op.is_empty() => node.op.clone(),
        NodeKind::Data => "data".to_owned(),
        NodeKind::Constant => "constant".to_owned(),
        NodeKind::Leaf => "leaf".to_owned(),
        NodeKind::Parameter => "parameter".to_owned(),
        NodeKind::Op | NodeKind::Loss => "op".to_owned(),
    }
}

/// A node as others name it.
fn called(node: &Node) -> String {
    match &node.name {
        Some(name) => format!("{name} #{}", node.id),
        None => format!("{} #{}", title(node), node.id),
    }
}
