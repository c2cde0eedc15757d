//! The model's ten weight templates: for each digit, which pixels speak for it and which against.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use protocol::{CLASSES, PIXELS, SIDE};

use super::Page;
use super::frame::redraw;
use super::live::live;
use super::prediction::answer;
use crate::draw::heat;
use crate::draw::palette::Palette;
use crate::format::fixed;

/// The weights of a checkpoint and the one scale that all templates share.
#[derive(Clone)]
struct Weights {
    values: Arc<[f32]>,
    limit: f32,
}

impl PartialEq for Weights {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.values, &other.values)
    }
}

/// All ten, and their scale.
#[component]
pub fn Templates() -> impl IntoView {
    let Page { state, .. } = Page::get();
    let weights = Memo::new(move |_| {
        let checkpoint = state.checkpoint.get()?;
        let values: Arc<[f32]> = checkpoint.weight.to_vec().into();
        (values.len() == CLASSES * PIXELS).then(|| Weights { limit: heat::limit(&values), values })
    });
    let limit = Memo::new(move |_| weights.get().map_or(0.0, |weights| weights.limit));
    let note = move || match limit.get() {
        0.0 => "Every weight is zero.",
        _ => "Orange pixels speak against a digit, blue ones for it.",
    };
    let end = move |sign: &str| format!("{sign}{}", fixed(limit.get().into(), 2));
    view! {
        <section class="panel templates" aria-labelledby="templates-title" data-testid="templates">
            <div class="panel-head">
                <h2 id="templates-title">"Weights"</h2>
                <p class="hint">{live(note)}</p>
            </div>
            <ol class="template-grid">
                {(0..CLASSES).map(|digit| view! { <Template digit weights /> }).collect_view()}
            </ol>
            <p class="scale mono" class:unknown=live(move || limit.get() == 0.0)>
                <span class="scale-end" data-testid="scale-min">{live(move || end("−"))}</span>
                <span class="scale-bar" aria-hidden="true"></span>
                <span class="scale-end" data-testid="scale-max">{live(move || end("+"))}</span>
            </p>
        </section>
    }
}

#[component]
fn Template(digit: usize, weights: Memo<Option<Weights>>) -> impl IntoView {
    let Page { theme, .. } = Page::get();
    let answer = answer();
    let canvas = NodeRef::<html::Canvas>::new();
    let track = move || {
        weights.track();
        theme.dark.track();
    };
    redraw(canvas, track, move |canvas| {
        weights.with_untracked(|weights| {
            let zeros = [0.0; PIXELS];
            let (values, limit) = match weights {
                Some(weights) => (&weights.values[digit * PIXELS..][..PIXELS], weights.limit),
                None => (&zeros[..], 0.0),
            };
            heat::paint(canvas, &heat::diverging(values, limit, &Palette::read()), SIDE as u32);
        });
    });
    let chosen = move || answer.get().is_some_and(|answer| answer.digit == digit);
    view! {
        <li class="template" class:chosen=live(chosen)>
            <canvas node_ref=canvas width=SIDE height=SIDE role="img" aria-label=format!("Weights of digit {digit}")></canvas>
            <span class="template-label mono" aria-hidden="true">{digit}</span>
        </li>
    }
}
