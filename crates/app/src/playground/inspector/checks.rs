//! What supports the numbers: one computation against another, and the kernels that ran.

use leptos::prelude::*;
use protocol::program::{Check, KernelInfo};

use super::{Chosen, Rows};
use crate::components::icon::{self, ChangingIcon};
use crate::components::live;
use crate::format::{axis_step, bytes, exponential, milliseconds};

/// The checks.
#[component]
pub fn Checks(chosen: Chosen) -> impl IntoView {
    let checks = chosen.count(|detail| detail.checks.len());
    // They would tell what is to be predicted.
    let hidden = move || checks.get() == 0 || chosen.predict.hides.get();
    view! {
        <section class="inspector-section" data-testid="checks" hidden=live(hidden)>
            <h3>"Checks"</h3>
            <ul class="checks"><Rows count=checks row=check chosen /></ul>
        </section>
    }
}

fn check(chosen: Chosen, at: usize) -> AnyView {
    let text = move |read: fn(&Check) -> String| chosen.text(move |detail| detail.checks.get(at).map(read));
    let passed = Memo::new(move |_| {
        chosen
            .detail
            .with(|detail| detail.as_ref().and_then(|d| d.checks.get(at)).is_some_and(|check| check.passed))
    });
    let path = live(move || if passed.get() { icon::DONE } else { icon::CROSS });
    view! {
        <li data-passed=live(move || if passed.get() { "true" } else { "false" })>
            <p>
                <span class="verdict-mark">
                    <ChangingIcon path />
                    <span class="visually-hidden">{live(move || if passed.get() { "passed:" } else { "failed:" })}</span>
                </span>
                <span>{text(|check| check.name.clone())}</span>
                <span class="mono" title="The largest difference, relative to the larger of the two">
                    {text(|check| error(check.error))}
                </span>
            </p>
            <p class="hint">{text(|check| check.note.clone())}</p>
        </li>
    }
    .into_any()
}

/// A relative difference, in short.
fn error(value: f64) -> String {
    match value {
        0.0 => "0".to_owned(),
        value if value.is_finite() => exponential(value, 0),
        _ => "not finite".to_owned(),
    }
}

/// The kernels that computed the node.
#[component]
pub fn Kernels(chosen: Chosen) -> impl IntoView {
    let kernels = chosen.count(|detail| detail.kernels.len());
    view! {
        <section class="inspector-section" data-testid="kernels" hidden=live(move || kernels.get() == 0)>
            <h3>"Kernels"</h3>
            <div class="kernels"><Rows count=kernels row=kernel chosen /></div>
        </section>
    }
}

fn kernel(chosen: Chosen, at: usize) -> AnyView {
    let text = move |read: fn(&KernelInfo) -> Option<String>| {
        chosen.text(move |detail| detail.kernels.get(at).and_then(read))
    };
    let work = text(|kernel| {
        let mut facts = Vec::new();
        if let Some([x, y, z]) = kernel.dispatch {
            facts.push(format!("{x} × {y} × {z} workgroups"));
        }
        facts.push(format!("{} moved", bytes(kernel.bytes)));
        facts.push(format!("{} operations", axis_step(kernel.flops as f64)));
        Some(facts.join(" · "))
    });
    view! {
        <details class="kernel">
            <summary>
                <span class="mono">{text(|kernel| Some(kernel.name.clone()))}</span>
                <span class="hint mono">{text(|kernel| kernel.millis.map(|millis| milliseconds(millis as f32)))}</span>
            </summary>
            <p class="hint">{text(|kernel| Some(format!("computes {}", kernel.ops.join(", "))))}</p>
            <p class="hint">{work}</p>
            <pre tabindex="0" role="group" aria-label="Text of the kernel">{text(|kernel| Some(kernel.text.clone()))}</pre>
        </details>
    }
    .into_any()
}
