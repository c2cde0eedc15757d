//! How the value comes about, how the gradient goes on to each input, and how an optimizer changed a parameter.

use leptos::prelude::*;
use protocol::program::{Broadcast, Derivative, Detail};

use super::grid::sizes;
use super::{Chosen, Rows, node_button};
use crate::components::live;

/// The formula, and the derivative for each input.
#[component]
pub fn Derivation(chosen: Chosen) -> impl IntoView {
    let formula = Memo::new(move |_| {
        chosen.detail.with(|detail| detail.as_ref().map(|detail| detail.formula.clone()).unwrap_or_default())
    });
    let inputs = chosen.count(|detail| detail.derivatives.len());
    let hidden = move || inputs.get() == 0 || chosen.predict.hides.get();
    view! {
        <section class="inspector-section" hidden=live(move || formula.with(String::is_empty))>
            <h3>"Formula"</h3>
            <p class="formula mono" data-testid="formula">{live(move || formula.get())}</p>
        </section>
        <section class="inspector-section" data-testid="derivatives" hidden=live(hidden)>
            <h3>"Backward, to each input"</h3>
            <ul class="derivatives"><Rows count=inputs row=derivative chosen /></ul>
        </section>
    }
}

fn derivative(chosen: Chosen, at: usize) -> AnyView {
    let text = move |read: fn(&Derivative) -> Option<String>| {
        chosen.text(move |detail| detail.derivatives.get(at).and_then(read))
    };
    let target = Memo::new(move |_| {
        chosen.detail.with(|detail| {
            let derivative = detail.as_ref().and_then(|detail| detail.derivatives.get(at));
            derivative.map_or((None, 0), |derivative| (derivative.node, derivative.input))
        })
    });
    let to = live(move || {
        let (node, input) = target.get();
        node_button(chosen.program, node, format!("input {input}"))
    });
    let broadcast = live(move || {
        chosen.detail.with(|detail| detail.as_ref()?.derivatives.get(at)?.broadcast.as_ref().map(repeated))
    });
    view! {
        <li>
            <p class="to"><span class="hint">"to"</span> {to}</p>
            <p class="formula mono">{text(|derivative| Some(derivative.formula.clone()))}</p>
            <p class="shapes mono">{text(|derivative| Some(derivative.shapes.clone()))}</p>
            <p class="mono">{text(|derivative| derivative.numbers.clone())}</p>
            {broadcast}
        </li>
    }
    .into_any()
}

/// In words, what was repeated forward and is summed backward; with the repeated dimensions marked.
fn repeated(broadcast: &Broadcast) -> AnyView {
    let dims = broadcast.to.iter().zip(0..).map(|(size, dim)| {
        let summed = broadcast.summed.contains(&dim);
        view! { <span class=if summed { "dim repeated" } else { "dim" }>{*size}</span> }
    });
    let which: Vec<String> = broadcast.summed.iter().map(u32::to_string).collect();
    let noun = if which.len() == 1 { "dimension" } else { "dimensions" };
    let words = format!("so its gradient is summed over {noun} {}.", which.join(", "));
    view! {
        <p class="broadcast">
            <span class="mono">{sizes(&broadcast.from)}</span>
            " was repeated to "
            <span class="dims mono" role="img" aria-label=sizes(&broadcast.to)>{dims.collect_view()}</span>
            ", "
            {words}
        </p>
    }
    .into_any()
}

/// The update of the optimizer, line by line.
#[component]
pub fn Update(chosen: Chosen) -> impl IntoView {
    let lines = chosen.count(|detail| detail.update.len());
    view! {
        <section class="inspector-section" data-testid="update" hidden=live(move || lines.get() == 0)>
            <h3>"The optimizer's last step"</h3>
            <ol class="update"><Rows count=lines row=step chosen /></ol>
        </section>
    }
}

fn step(chosen: Chosen, at: usize) -> AnyView {
    let formula = chosen.text(move |detail: &Detail| detail.update.get(at).map(|step| step.formula.clone()));
    let numbers = chosen.text(move |detail: &Detail| detail.update.get(at).map(|step| step.numbers.clone()));
    view! {
        <li>
            <p class="formula mono">{formula}</p>
            <p class="mono">{numbers}</p>
        </li>
    }
    .into_any()
}
