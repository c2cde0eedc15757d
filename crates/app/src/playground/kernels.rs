//! The kernels of the program: eager and fused, side by side, and what was fused into what.

use std::sync::Arc;

use leptos::prelude::*;
use protocol::Command;
use protocol::program::{Launch, Launches, ProgramCommand, Schedule};

use super::profile::profile;
use crate::components::controls::toggle;
use crate::components::{Page, live, watch};
use crate::format::{axis_step, bytes, count, milliseconds};

/// What stands where there is no number.
const NONE: &str = "–";
/// Below so many milliseconds a rate says nothing: browsers measure no finer.
const FINEST_MS: f64 = 0.1;

/// The view; it asks anew for each text that has run while it `shows`.
#[component]
pub fn KernelsView(shows: Memo<bool>) -> impl IntoView {
    let page = Page::get();
    let program = page.state.program;
    let id = RwSignal::new(0_u32);
    let asked = StoredValue::new(String::new());
    watch(move || {
        // A run that stands is one whose text is sound.
        let edition = program.position.with(|position| position.as_ref().map(|position| position.edition));
        let text = program.text.get_untracked();
        let current = edition == Some(program.edition.get_untracked()) && !program.held.get_untracked();
        if shows.get() && current && asked.with_value(|asked| *asked != text) {
            asked.set_value(text.clone());
            let next = id.get_untracked().wrapping_add(1);
            id.set(next);
            page.link.send(&Command::Program(ProgramCommand::Schedule { id: next, text }));
        }
    });
    let fused = RwSignal::new(true);
    let schedule = move || program.schedule.get();
    let launches = move || {
        let pick = |schedule: Arc<Schedule>| {
            if fused.get() { schedule.fused.clone() } else { schedule.eager.clone() }
        };
        schedule().map(pick).unwrap_or_default()
    };
    let timed_gpu = |launch: &Launch| launch.device != "CPU" && launch.millis.is_some();
    let on_gpu = move || schedule().is_some_and(|schedule| schedule.eager.kernels.iter().any(timed_gpu));
    let rows = live(move || launches().kernels.into_iter().map(row).collect_view());
    let tab = move |is: bool, name: &'static str, id: &'static str| {
        toggle("button small", id, name, "", move || fused.get() == is, move || fused.set(is))
    };
    view! {
        <div class="schedule" data-testid="schedule" tabindex="0" role="region" aria-label="Kernels of the program">
            <p class="hint">
                "Run eagerly, each op is a kernel of its own. Fused, as torch.compile does it, ops wait until a value is needed, and chains of them become one kernel: less is read and written."
            </p>
            <p class="hint" hidden=live(move || schedule().is_some())>"Running the program in both ways…"</p>
            <div hidden=live(move || schedule().is_none())>
                <table class="schedule-sums">
                    <thead>
                        <tr>
                            <th scope="col"><span class="visually-hidden">"Mode"</span></th>
                            <th scope="col">"Kernels"</th>
                            <th scope="col">"Moved"</th>
                            <th scope="col">"Operations"</th>
                            <th scope="col">"In kernels"</th>
                            <th scope="col">"Operations/s"</th>
                        </tr>
                    </thead>
                    <tbody>
                        {sums("Eager", "eager-sum", move || schedule().map(|s| s.eager.clone()).unwrap_or_default())}
                        {sums("Fused", "fused-sum", move || schedule().map(|s| s.fused.clone()).unwrap_or_default())}
                        {live(move || {
                            let on_cpu = schedule()?.on_cpu.clone()?;
                            Some(sums("Fused, on the CPU", "cpu-sum", move || on_cpu.clone()))
                        })}
                    </tbody>
                </table>
                <p class="hint">{live(move || schedule().and_then(|schedule| schedule.note.clone()))}</p>
                {live(move || schedule().map(|schedule| profile(&schedule)))}
                <p class="hint" hidden=live(move || !on_gpu())>"The time of a kernel on the GPU is the one between two readings of its own clock, which browsers round to 0.1 ms."</p>
                <div class="schedule-tabs" role="group" aria-label="Kernels of which run">
                    {tab(true, "Fused kernels", "fused-kernels")}
                    {tab(false, "Eager kernels", "eager-kernels")}
                </div>
                <ol class="kernels">{rows}</ol>
            </div>
        </div>
    }
}

fn sums(
    name: &'static str,
    id: &'static str,
    launches: impl Fn() -> Launches + Clone + Send + 'static,
) -> AnyView {
    let cell = |text: fn(&Launches) -> String| {
        let launches = launches.clone();
        view! { <td class="mono">{live(move || text(&launches()))}</td> }.into_any()
    };
    view! {
        <tr data-testid=id>
            <th scope="row">{name}</th>
            {cell(|all| count(all.count))}
            {cell(|all| bytes(all.bytes))}
            {cell(|all| axis_step(all.flops as f64))}
            {cell(|all| took(all.millis).unwrap_or_else(|| NONE.to_owned()))}
            {cell(|all| rate(all).unwrap_or_else(|| NONE.to_owned()))}
        </tr>
    }
    .into_any()
}

fn took(millis: Option<f64>) -> Option<String> {
    millis.map(|millis| milliseconds(millis as f32))
}

/// Operations a second.
fn rate(launches: &Launches) -> Option<String> {
    let millis = launches.millis.filter(|millis| *millis >= FINEST_MS)?;
    Some(axis_step(launches.flops as f64 / millis * 1000.0))
}

fn row(kernel: Launch) -> AnyView {
    let times = if kernel.times > 1 { format!("× {}", count(kernel.times)) } else { String::new() };
    let ops = if kernel.ops.is_empty() { kernel.name.clone() } else { kernel.ops.join(" · ") };
    let work = format!("{} moved · {} operations", bytes(kernel.bytes), axis_step(kernel.flops as f64));
    view! {
        <li>
            <details class="kernel">
                <summary>
                    <span class="mono">{ops}</span>
                    <span class="hint mono">{times}</span>
                    <span class="hint mono">{took(kernel.millis)}</span>
                </summary>
                <p class="hint">{format!("{} ({})", kernel.name, kernel.device)}</p>
                <p class="hint">{work}</p>
                <pre tabindex="0" role="group" aria-label="Text of the kernel">{kernel.text}</pre>
            </details>
        </li>
    }
    .into_any()
}
