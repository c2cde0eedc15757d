//! What can be done with the graph as a whole.

use leptos::prelude::*;

use super::board::{Board, Shows};
use super::choice::choice;
use super::gestures::ZOOM;
use crate::components::controls::{QUIET, toggle};
use crate::components::{Icon, live, on};
use crate::format::count;

/// The bar above the drawing.
#[component]
pub fn Toolbar(board: Board) -> impl IntoView {
    let scene = board.scene;
    let summary = move || {
        scene.with(|scene| {
            let nodes = scene.graph.nodes.len() as u64;
            let folded: u64 =
                scene.items.iter().filter(|i| i.card.is_some()).map(|i| u64::from(i.members)).sum();
            let mut words = match nodes {
                0 => return String::new(),
                1 => "1 node".to_owned(),
                _ => format!("{} nodes", count(nodes)),
            };
            if folded > 0 {
                words.push_str(&format!(", {} in cards", count(folded)));
            }
            if scene.graph.left_out > 0 {
                words.push_str(&format!(", {} older ones left out", count(scene.graph.left_out)));
            }
            words
        })
    };
    let elsewhere = move || matches!(board.shows.get(), Shows::Race | Shows::Kernels | Shows::Lab);
    let no_folds = move || elsewhere() || scene.with(|scene| scene.folds.all.iter().all(|fold| !fold.worth));
    let hidden = move || scene.with(|scene| scene.hidden) as u64;
    let shows_backward = move || board.wish.with(|wish| wish.backward);
    let no_backward = move || elsewhere() || hidden() == 0 && !shows_backward();
    let backward = move || match hidden() {
        0 => "Backward ops".to_owned(),
        hidden => format!("Backward ops ({})", count(hidden)),
    };
    let save = choice(
        "save-image",
        "Save image".to_owned(),
        "The whole drawing as an image",
        vec!["SVG".to_owned(), "PNG".to_owned()],
        None,
        |kind| super::export::save(kind == "PNG"),
    );
    let pressed = |is: bool| if is { "true" } else { "false" };
    view! {
        <div class="graph-bar" role="toolbar" aria-label="Graph">
            <p class="graph-summary" data-testid="graph-summary">{live(summary)}</p>
            <p class="graph-stale" hidden=live(move || !board.is_stale())>"Of the last text that ran"</p>
            <span class="graph-tools">
                <button
                    class="button quiet small"
                    type="button"
                    data-testid="fold-all"
                    hidden=live(no_folds)
                    on:click=on(move |_| board.fold_all(true))
                >
                    "Fold all"
                </button>
                <button
                    class="button quiet small"
                    type="button"
                    data-testid="unfold-all"
                    hidden=live(no_folds)
                    on:click=on(move |_| board.fold_all(false))
                >
                    "Unfold all"
                </button>
                <button
                    class="button quiet small"
                    type="button"
                    data-testid="backward-ops"
                    title="Ops that backward passes have computed"
                    hidden=live(no_backward)
                    aria-pressed=live(move || pressed(shows_backward()))
                    on:click=on(move |_| board.wish.update(|wish| wish.backward = !wish.backward))
                >
                    {live(backward)}
                </button>
                {switch(board, "graph-table", "Table", "The graph as a table", Shows::Table)}
                {switch(board, "graph-race", "Race", "Versions of the program side by side", Shows::Race)}
                {switch(board, "graph-kernels", "Kernels", "Its kernels, as ops run one by one and as they are fused", Shows::Kernels)}
                {switch(board, "graph-digits", "Lab", "Draw digits for the program's model, look inside it, and see how it learns", Shows::Lab)}
                <span hidden=live(move || elsewhere() || scene.with(|scene| scene.items.is_empty()))>{save}</span>
            </span>
        </div>
    }
}

/// A button that shows something else instead of the drawing, or the drawing again.
fn switch(board: Board, id: &'static str, name: &'static str, tip: &'static str, what: Shows) -> AnyView {
    let turn = move || {
        board.shows.update(|shows| *shows = if *shows == what { Shows::Drawing } else { what });
    };
    toggle(QUIET, id, name, tip, move || board.is_shown(what), turn)
}

/// The buttons that zoom, in a corner of the drawing.
#[component]
pub fn Zoom(board: Board) -> impl IntoView {
    let button = move |id: &'static str, name: &'static str, path: &'static str, act: fn(Board)| {
        view! {
            <button
                class="button icon-only"
                type="button"
                data-testid=id
                aria-label=name
                title=name
                on:click=on(move |_| act(board))
            >
                <Icon path />
            </button>
        }
    };
    view! {
        <div class="graph-zoom" role="group" aria-label="Zoom" hidden=live(move || board.scene.with(|scene| scene.items.is_empty()))>
            {button("zoom-in", "Larger (+)", "M7.2 2.5h1.6v4.7h4.7v1.6H8.8v4.7H7.2V8.8H2.5V7.2h4.7z", |board| board.zoom(ZOOM))}
            {button("zoom-out", "Smaller (-)", "M2.5 7.2h11v1.6h-11z", |board| board.zoom(1.0 / ZOOM))}
            {button(
                "fit",
                "Show all (0)",
                "M2 2h4.5v1.5h-3v3H2zM9.5 2H14v4.5h-1.5v-3h-3zM2 9.5h1.5v3h3V14H2zM12.5 9.5H14V14H9.5v-1.5h3z",
                |board| board.fit(true),
            )}
        </div>
    }
}
