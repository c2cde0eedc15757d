//! Run, pause, step and step back.

mod able;

use leptos::prelude::*;
use protocol::Command;
use protocol::program::{ProgramCommand, ProgramState, Unit};

use crate::components::icon::{self, ChangingIcon};
use crate::components::{Icon, Page, live, on};
use crate::state::Engine;
use able::Able;

/// What the run can be asked to do now.
fn able(page: Page) -> Able {
    let Page { state, .. } = page;
    if state.program.is_lost() && state.engine.get() == Engine::Alive {
        return Able { run: true, again: true, ..Able::default() };
    }
    state.program.position.with(|position| position.as_ref().map(Able::at).unwrap_or_default())
}

fn send(page: Page, command: ProgramCommand) {
    page.link.send(&Command::Program(command));
}

/// Runs on, or pauses if it runs; at the end, runs again from the start.
pub fn run_or_pause(page: Page) {
    let able = untrack(move || able(page));
    let lost = page.state.program.lost;
    if untrack(move || page.state.program.is_lost()) {
        return lost.set(None);
    }
    if able.pause {
        return send(page, ProgramCommand::Pause);
    }
    if able.again {
        send(page, ProgramCommand::Seek { clock: 0 });
    }
    if able.run {
        send(page, ProgramCommand::Go);
    }
}

/// Takes a step.
pub fn step(page: Page) {
    if untrack(move || able(page)).on {
        send(page, ProgramCommand::Step(page.state.program.unit.get_untracked()));
    }
}

/// Takes a step back.
pub fn step_back(page: Page) {
    if untrack(move || able(page)).back {
        send(page, ProgramCommand::Back(page.state.program.unit.get_untracked()));
    }
}

fn to_start(page: Page) {
    send(page, ProgramCommand::Seek { clock: 0 });
}

/// To the farthest moment that was reached, or, standing there, to the end.
fn to_end(page: Page) {
    let ahead = page.state.program.position.with_untracked(|position| {
        position.as_ref().filter(|position| position.clock < position.end).map(|position| position.end)
    });
    send(page, ahead.map_or(ProgramCommand::Go, |clock| ProgramCommand::Seek { clock }));
}

/// The transport bar, at the top of the page.
#[component]
pub fn Transport() -> impl IntoView {
    let page = Page::get();
    let able = Memo::new(move |_| able(page));
    let back: fn(Able) -> bool = |able| able.back;
    let tools = [
        tool(able, "to-start", "To the start", icon::TO_END, back, to_start),
        tool(able, "step-back", "Step back (,)", icon::STEP, back, step_back),
        view! { <RunButton able /> }.into_any(),
        tool(able, "step", "Step (.)", icon::STEP, |able| able.on, step),
        tool(able, "to-end", "To the end", icon::TO_END, |able| able.end, to_end),
    ];
    view! {
        <div class="transport-bar" role="group" aria-label="Run the program">
            {tools.into_iter().collect_view()}
            <UnitChoice />
            <RunState />
        </div>
    }
}

/// A button with an icon alone, which is mirrored where it leads back. Its tooltip is its name.
fn tool(
    able: Memo<Able>,
    id: &'static str,
    name: &'static str,
    path: &'static str,
    enabled: fn(Able) -> bool,
    act: fn(Page),
) -> AnyView {
    let page = Page::get();
    let back = id == "to-start" || id == "step-back";
    view! {
        <button
            class=if back { "button icon-only mirrored" } else { "button icon-only" }
            type="button"
            data-testid=id
            aria-label=name
            title=name
            disabled=live(move || !enabled(able.get()))
            on:click=on(move |_| act(page))
        >
            <Icon path />
        </button>
    }
    .into_any()
}

#[component]
fn RunButton(able: Memo<Able>) -> impl IntoView {
    let page = Page::get();
    let name = move || match able.get() {
        Able { pause: true, .. } => "Pause (space)",
        Able { again: true, .. } => "Run again from the start (space)",
        _ => "Run (space)",
    };
    let path = live(move || if able.get().pause { icon::PAUSE } else { icon::PLAY });
    view! {
        <button
            class="button primary icon-only"
            type="button"
            data-testid="run"
            aria-label=live(name)
            title=live(name)
            disabled=live(move || { let able = able.get(); !able.run && !able.pause })
            on:click=on(move |_| run_or_pause(page))
        >
            <ChangingIcon path />
        </button>
    }
}

/// What the choice calls a unit.
fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Line => "line",
        Unit::Into => "line, into calls",
        Unit::Out => "out of the call",
        Unit::Op => "op",
        Unit::Node => "backward node",
        Unit::OptimizerStep => "optimizer step",
    }
}

#[component]
fn UnitChoice() -> impl IntoView {
    let unit = Page::get().state.program.unit;
    let choose = move |name: &str| {
        if let Some(chosen) = Unit::ALL.into_iter().find(|unit| unit_name(*unit) == name) {
            unit.set(chosen);
        }
    };
    let options = Unit::ALL.map(|each| {
        let name = unit_name(each);
        view! { <option value=name selected=live(move || unit.get() == each)>{name}</option> }
    });
    view! {
        <label class="unit" title="How far a step goes, forward or back">
            <span>"by"</span>
            <select
                data-testid="unit"
                aria-label="Step by"
                prop:value=live(move || unit_name(unit.get()))
                on:change=on(move |event| choose(&event_target_value(&event)))
            >
                {options}
            </select>
        </label>
    }
}

/// How the run does: a handle, an icon and a word.
fn describe(state: &ProgramState, clock: u64) -> (&'static str, &'static str, &'static str) {
    match state {
        ProgramState::Empty => ("empty", icon::FRESH, "Empty"),
        ProgramState::Running => ("running", icon::PLAY, "Running"),
        ProgramState::Paused if clock == 0 => ("paused", icon::FRESH, "Ready"),
        ProgramState::Paused => ("paused", icon::PAUSE, "Paused"),
        ProgramState::Waiting(_) => ("waiting", icon::WAITING, "Waiting"),
        ProgramState::Finished => ("done", icon::DONE, "Done"),
        ProgramState::Failed => ("failed", icon::CROSS, "Failed"),
    }
}

#[component]
fn RunState() -> impl IntoView {
    let program = Page::get().state.program;
    let description = Memo::new(move |_| {
        program.position.with(|position| match position {
            Some(position) => describe(&position.state, position.clock),
            None => describe(&ProgramState::Empty, 0),
        })
    });
    let waits_for = move || match program.state() {
        ProgramState::Waiting(what) => what,
        _ => String::new(),
    };
    let path = live(move || description.get().1);
    view! {
        <p
            class="badge run-state"
            data-testid="program-state"
            data-state=live(move || description.get().0)
            title=live(waits_for)
            role="status"
        >
            <ChangingIcon path />
            <span>{live(move || description.get().2)}</span>
        </p>
    }
}
