//! The graph that the program has recorded: as a drawing, or as a table.

mod board;
mod camera;
mod choice;
mod edit;
mod editing;
pub mod export;
mod fold;
mod gestures;
mod grow;
mod layout;
mod mini;
mod node;
mod number;
mod painter;
pub mod scan;
mod scene;
mod scrub;
mod stage;
mod table;
mod tangent;
mod toolbar;
mod turns;
mod walk;

#[cfg(test)]
mod edit_tests;
#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod scene_tests;

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::svg;
use leptos_use_resize_observer::use_resize_observer;
use wasm_bindgen::JsCast;
use web_sys::{Element, ResizeObserverEntry};

use super::kernels::KernelsView;
use super::lab::LabView;
use super::race::RaceView;
use crate::components::{Page, live, on, watch};
use board::{Board, Shows};
use editing::NodeTools;
use gestures::Pointers;
use node::Detail;
use painter::Painter;
use table::Table;
use toolbar::{Toolbar, Zoom};

/// The graph.
#[component]
pub fn GraphView() -> impl IntoView {
    let Page { state, place, .. } = Page::get();
    let board = Board::new(state.program);
    watch(move || {
        if place.digits.get() > 0 {
            board.shows.set(Shows::Lab);
        }
    });
    watch(move || {
        if state.program.lab.compare.get() > 0 {
            board.shows.set(Shows::Race);
        }
    });
    let hands = StoredValue::new_local(Pointers::default());
    let svg = NodeRef::<svg::Svg>::new();
    start(board, svg);
    export::shows(board);
    let class = move || {
        let detail = match Detail::at(board.camera.with(|camera| camera.scale)) {
            Detail::Near => "near",
            Detail::Middle => "middle",
            Detail::Far => "far",
        };
        let stale = if board.is_stale() { " stale" } else { "" };
        let shown = match board.shows.get() {
            Shows::Drawing | Shows::Table => "graph",
            Shows::Race => "race",
            Shows::Kernels => "schedule",
            Shows::Lab => "lab",
        };
        format!("graph {detail}{stale} shows-{shown}")
    };
    // These are built when they first show, and keep what they have.
    let kernels = Memo::new(move |_| board.is_shown(Shows::Kernels));
    let raced = Memo::new(move |before| before == Some(&true) || board.is_shown(Shows::Race));
    let lab = Memo::new(move |_| board.is_shown(Shows::Lab));
    let drawn = Memo::new(move |before| before == Some(&true) || lab.get());
    let measured = Memo::new(move |before| before == Some(&true) || kernels.get());
    let empty = move || board.scene.with(|scene| scene.items.is_empty());
    view! {
        <div class=live(class) data-testid="graph">
            <Toolbar board />
            <div class="graph-area" node_ref=board.area hidden=live(move || !board.is_shown(Shows::Drawing))>
                <svg
                    class="graph-drawing"
                    node_ref=svg
                    role="application"
                    aria-label="Graph. Arrow keys walk along its edges, Enter chooses a node or opens a card, F folds, plus, minus and 0 zoom."
                    on:pointerdown=on(move |event| gestures::press(board, hands, &event))
                    on:pointermove=on(move |event| gestures::drag(board, hands, &event))
                    on:pointerup=on(move |event| gestures::lift(hands, &event))
                    on:pointercancel=on(move |event| gestures::lift(hands, &event))
                    on:pointerover=on(move |event| gestures::hover(board, &event))
                    on:pointerleave=on(move |_| gestures::point(board, None))
                    on:wheel=on(move |event| gestures::wheel(board, &event))
                    on:click=on(move |event| gestures::click(board, hands, &event))
                    on:dblclick=on(move |event| gestures::double_click(board, &event))
                    on:keydown=on(move |event| gestures::key(board, &event))
                    on:focusin=on(move |event| gestures::focus(board, &event))
                    on:focusout=on(move |_| gestures::point(board, None))
                ></svg>
                <p class="graph-empty" hidden=live(move || !empty())>
                    "Nothing recorded yet. Run a program that computes with tensors, and every op appears here as a node."
                </p>
                <NodeTools board />
                <Zoom board />
            </div>
            <Table board />
            {live(move || raced.get().then(|| view! { <RaceView /> }.into_any()))}
            {live(move || drawn.get().then(|| view! { <LabView shows=lab /> }.into_any()))}
            {live(move || measured.get().then(|| view! { <KernelsView shows=kernels /> }.into_any()))}
        </div>
    }
}

/// Draws whenever something changes: once a frame at most.
fn start(board: Board, svg: NodeRef<svg::Svg>) {
    use_resize_observer(board.area, move |entries, _| {
        if let Some(rect) = entries.first().map(ResizeObserverEntry::content_rect) {
            // A pane that is hidden has no size, and keeps its camera.
            let size = (rect.width(), rect.height());
            if size.0 > 0.0 && size != board.pane.get_untracked() {
                board.pane.set(size);
            }
        }
    });
    let due = Rc::new(Cell::new(false));
    let schedule = Rc::new(move |changed: bool| {
        let ready = board.painter.try_update_value(|painter| {
            if painter.is_none() {
                let element = svg.get_untracked().and_then(|svg| svg.dyn_into::<Element>().ok());
                *painter = element.and_then(|element| Painter::new(&element));
            }
            if let Some(painter) = painter {
                painter.changed |= changed;
            }
            painter.is_some()
        });
        if ready != Some(true) || due.replace(true) {
            return;
        }
        let due = Rc::clone(&due);
        request_animation_frame(move || {
            due.set(false);
            board.painter.try_update_value(|painter| {
                if let Some(painter) = painter {
                    painter.paint(&board);
                }
            });
        });
    });
    let moved = Rc::clone(&schedule);
    let program = board.program;
    watch(move || {
        svg.track();
        board.scene.track();
        board.current.track();
        program.pointed.track();
        program.chosen.track();
        program.diagnostics.track();
        program.position.with(|position| position.as_ref().and_then(|at| at.visiting));
        schedule(true);
    });
    watch(move || {
        board.camera.track();
        board.pane.track();
        moved(false);
    });
}
