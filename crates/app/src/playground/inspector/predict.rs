//! Predict first: the gradient is hidden until the learner has said what it will be.

use std::sync::Arc;

use leptos::prelude::*;
use protocol::program::{Detail, Node};

use super::mark::Mark;
use super::{Chosen, title};
use crate::components::{Icon, icon, live, on};

/// Tensors of more elements are not typed in.
const MOST_ELEMENTS: u64 = 4;

/// The mode, and what it hides.
#[derive(Clone, Copy)]
pub struct Predict {
    /// Whether gradients are to be predicted.
    pub mode: RwSignal<bool>,
    /// The node whose gradient was revealed.
    revealed: RwSignal<Option<u32>>,
    /// How many numbers are asked for; none, if the node is not one to be asked about.
    asked: Memo<Option<u64>>,
    /// Whether the gradient is hidden.
    pub hides: Memo<bool>,
}

impl Predict {
    /// The mode is off.
    pub fn new(node: Memo<Option<Node>>, detail: Memo<Option<Arc<Detail>>>) -> Self {
        let (mode, revealed) = (RwSignal::new(false), RwSignal::new(None));
        let asked = Memo::new(move |_| {
            let arrived =
                detail.with(|detail| detail.as_ref().is_some_and(|detail| detail.gradient.is_some()));
            node.with(|node| {
                let node = node.as_ref().filter(|node| node.requires_grad || arrived)?;
                let count = node.shape.iter().map(|&size| u64::from(size)).product();
                (1..=MOST_ELEMENTS).contains(&count).then_some(count)
            })
        });
        let id = move || node.with(|node| node.as_ref().map(|node| node.id));
        let hides = Memo::new(move |_| mode.get() && asked.get().is_some() && revealed.get() != id());
        Self { mode, revealed, asked, hides }
    }
}

/// The questions, while the mode is on.
#[component]
pub fn Prediction(chosen: Chosen) -> impl IntoView {
    let Predict { mode, asked, .. } = chosen.predict;
    let question = Memo::new(move |_| mode.get().then(|| (chosen.program.chosen.get(), asked.get())));
    live(move || {
        let (node, count) = question.get()?;
        Some(match count {
            Some(count) => view! { <Question chosen node count /> }.into_any(),
            None => view! {
                <p class="inspector-section hint">
                    {format!("To be predicted, a node needs a gradient, and at most {MOST_ELEMENTS} elements.")}
                </p>
            }
            .into_any(),
        })
    })
}

/// What was typed, and what became of it.
#[derive(Clone, Copy)]
struct Answer {
    typed: RwSignal<Vec<String>>,
    marks: RwSignal<Vec<Mark>>,
}

#[component]
fn Question(chosen: Chosen, node: Option<u32>, count: u64) -> impl IntoView {
    let revealed = chosen.predict.revealed;
    let answer = Answer {
        typed: RwSignal::new(vec![String::new(); count as usize]),
        marks: RwSignal::new(Vec::new()),
    };
    let truth = Memo::new(move |_| {
        chosen.detail.with(|detail| {
            let gradient = detail.as_ref().and_then(|detail| detail.gradient.as_ref());
            gradient.map(|gradient| gradient.elements.clone())
        })
    });
    let check = move || {
        let Some(truth) = truth.get_untracked() else { return };
        let marks: Vec<Mark> = answer.typed.with_untracked(|typed| {
            typed.iter().zip(&truth).map(|(typed, truth)| Mark::of(typed, truth)).collect()
        });
        if marks.iter().all(|mark| *mark == Mark::Right) {
            revealed.set(node);
        }
        answer.marks.set(marks);
    };
    let name = chosen.node.with_untracked(|node| node.as_ref().map(title).unwrap_or_default());
    let shown = move || node.is_some() && revealed.get() == node;
    let words = live(move || {
        let arrived = truth.with(Option::is_some);
        let all = |mark| answer.marks.with(|marks| !marks.is_empty() && marks.iter().all(|one| *one == mark));
        let some = |mark| answer.marks.with(|marks| marks.contains(&mark));
        if !arrived {
            "No gradient yet. Run to the backward pass to see whether you are right."
        } else if all(Mark::Right) {
            "Right. This is how it comes about:"
        } else if shown() {
            "This is how it comes about:"
        } else if some(Mark::Unreadable) {
            "Type a number, such as -0.5 or 2/3."
        } else if some(Mark::Wrong) {
            "Not yet. Try again, or reveal it."
        } else {
            "Within a hundredth counts as right."
        }
    });
    let cells = (0..count as usize).map(|at| cell(answer, at, count)).collect_view();
    view! {
        <form
            class="inspector-section predict"
            data-testid="predict"
            on:submit=on(move |event: leptos::ev::SubmitEvent| {
                event.prevent_default();
                check();
            })
        >
            <h3>"What will the gradient of "<span class="mono">{name}</span>" be?"</h3>
            <div class="predict-cells">{cells}</div>
            <p class="hint" role="status" data-testid="predict-verdict">{words}</p>
            <p class="predict-buttons">
                <button class="button primary" type="submit" disabled=live(move || truth.with(Option::is_none))>"Check"</button>
                <button
                    class="button"
                    type="button"
                    hidden=live(shown)
                    on:click=on(move |_| revealed.set(node))
                >
                    "Reveal"
                </button>
            </p>
        </form>
    }
}

/// A field for one number, and its mark.
fn cell(answer: Answer, at: usize, count: u64) -> AnyView {
    let label = if count == 1 { "Gradient".to_owned() } else { format!("Gradient, element {}", at + 1) };
    let mark = Memo::new(move |_| answer.marks.with(|marks| marks.get(at).copied()));
    let is = move |wanted: Mark| live(move || mark.get() != Some(wanted));
    let typed = move |text: String| {
        answer.typed.update(|typed| {
            if let Some(cell) = typed.get_mut(at) {
                *cell = text;
            }
        });
        answer.marks.update(Vec::clear);
    };
    view! {
        <label class="predict-cell">
            <span class="visually-hidden">{label}</span>
            <input
                type="text"
                autocomplete="off"
                spellcheck="false"
                aria-invalid=live(move || mark.get().is_some_and(|mark| mark != Mark::Right).then_some("true"))
                on:input=on(move |event| typed(event_target_value(&event)))
            />
            <span class="mark right" hidden=is(Mark::Right)><Icon path=icon::DONE /><span class="visually-hidden">"right"</span></span>
            <span class="mark wrong" hidden=is(Mark::Wrong)><Icon path=icon::CROSS /><span class="visually-hidden">"wrong"</span></span>
        </label>
    }
    .into_any()
}
