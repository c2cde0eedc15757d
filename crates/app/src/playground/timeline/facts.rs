//! Where the run stands, in numbers.

use leptos::prelude::*;

use protocol::program::ProgramState;

use super::Time;
use crate::components::controls::toggle;
use crate::components::{Live, live, on};
use crate::format::{axis_step, count, fixed, significant};
use crate::program::Program;

/// What stands where there is no number yet.
const NONE: &str = "–";

/// Steps, loss, ops and the time it took, and the switch of the scale.
#[component]
pub fn Facts(time: Time) -> impl IntoView {
    let Time { program, present, log, .. } = time;
    let position = move || program.position.get();
    let steps = live(move || position().map(|position| count(position.steps)));
    let loss = live(move || {
        program.curves.with(|curves| {
            let points = &curves.now.points;
            let known = points.partition_point(|point| point.clock <= present.get());
            known.checked_sub(1).map(|last| significant(points[last].value))
        })
    });
    let ops = live(move || position().map(|position| axis_step(position.ops as f64)));
    let took = live(move || {
        position().map(|position| match position.millis {
            millis if millis < 1000.0 => format!("{}\u{a0}ms", fixed(millis, u8::from(millis < 10.0))),
            millis => format!("{}\u{a0}s", fixed(millis / 1000.0, 1)),
        })
    });
    view! {
        <dl class="time-facts">
            <Fact id="time-steps" label="step" value=steps />
            <Fact id="time-loss" label="loss" value=loss />
            <Fact id="time-ops" label="ops" value=ops />
            <Fact id="time-took" label="time" value=took />
        </dl>
        {toggle(
            "button quiet log",
            "log-scale",
            "log",
            "Show the losses of the timeline on a logarithmic scale",
            move || log.get(),
            move || log.update(|log| *log = !*log),
        )}
        <ForkButton program />
    }
}

/// The switch that pins the present moment.
#[component]
fn ForkButton(program: Program) -> impl IntoView {
    let fork = program.fork;
    let stands = move || {
        matches!(program.state(), ProgramState::Paused | ProgramState::Running | ProgramState::Waiting(_))
    };
    let tip = move || match (fork.get(), stands()) {
        (true, _) => "Texts go on from the pinned moment. Press to run them from their start again.",
        (false, true) => {
            "Pin this moment: what you change in the text takes effect from here on, and what has run stays."
        }
        (false, false) => "Go to a moment before the end first: texts can then go on from there.",
    };
    view! {
        <button
            class="button quiet log"
            type="button"
            data-testid="fork"
            aria-pressed=live(move || if fork.get() { "true" } else { "false" })
            title=live(tip)
            disabled=live(move || !fork.get() && !stands())
            on:click=on(move |_| fork.update(|fork| *fork = !*fork))
        >
            "fork"
        </button>
    }
}

#[component]
fn Fact(id: &'static str, label: &'static str, value: Live<Option<String>>) -> impl IntoView {
    view! {
        <dt>{label}</dt>
        <dd class="mono" data-testid=id>{live(move || value().unwrap_or_else(|| NONE.to_owned()))}</dd>
    }
}
