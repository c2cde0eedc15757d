//! Versions of the program side by side: their losses as curves, and their ways over the landscape of the loss.

mod map;
mod multiples;
mod picture;
mod standing;
mod versions;

use std::sync::Arc;

use leptos::prelude::*;
use protocol::Command;
use protocol::program::{Lane, ProgramCommand, ProgramState, Race};

use crate::components::controls::switch;
use crate::components::{Page, live, on, watch};
use crate::format::{count, milliseconds, significant};
use map::Map;
use multiples::Multiples;
use versions::{MOST, Subject, subjects, typed};

/// The size of the chart of losses, in units of its drawing.
const CHART: (f64, f64) = (600.0, 200.0);

/// What the parts of the view share.
#[derive(Clone, Copy)]
struct Arena {
    page: Page,
    /// The race that was begun last.
    begun: RwSignal<Begun>,
    /// Whether each version has a chart of its own.
    apart: RwSignal<bool>,
    /// The step that is pointed at in a chart.
    mark: RwSignal<Option<f64>>,
    /// Whether the losses are shown on a logarithmic scale.
    log: RwSignal<bool>,
    /// Steps of the optimizer up to which the ways are drawn; all, if none is chosen.
    steps: RwSignal<Option<u64>>,
}

/// What is raced.
#[derive(Clone, Default)]
struct Begun {
    /// The number of the race.
    id: u32,
    /// What its versions differ in.
    subject: Option<Subject>,
    /// Their values.
    values: Vec<String>,
}

impl Begun {
    /// What a version is called.
    fn named(&self, value: &str) -> String {
        self.subject.as_ref().map(|subject| subject.named(value)).unwrap_or_default()
    }
}

impl Arena {
    /// The race, if it is the one that was begun last.
    fn race(self) -> Option<Arc<Race>> {
        let id = self.begun.with(|begun| begun.id);
        self.page.state.program.race.get().filter(|race| race.id == id)
    }

    fn is_running(self) -> bool {
        self.race().is_some_and(|race| race.lanes.iter().any(|lane| lane.state == ProgramState::Running))
    }

    /// Steps of the longest version.
    fn last(self) -> u64 {
        let steps = |lane: &Lane| {
            let stand = lane.way.last().map_or(0, |stand| stand.steps);
            lane.losses.last().map_or(0, |loss| loss.steps).max(stand)
        };
        self.race().map_or(0, |race| race.lanes.iter().map(steps).max().unwrap_or(0))
    }
}

/// The view. It is built when it first shows, and keeps what it has.
#[component]
pub fn RaceView() -> impl IntoView {
    let page = Page::get();
    let arena = Arena {
        page,
        begun: RwSignal::new(Begun::default()),
        apart: RwSignal::new(true),
        mark: RwSignal::new(None),
        log: RwSignal::new(true),
        steps: RwSignal::new(None),
    };
    let invitation = move || arena.race().is_none();
    view! {
        <div class="race" data-testid="race">
            <Entry arena />
            <div class="race-body" tabindex="0" role="region" aria-label="Race">
                <p class="invitation" hidden=live(move || !invitation())>
                    "Run the program several times side by side, with one thing different each time: its learning rate, its optimizer, or any other number that has a name. Their losses are drawn together, and the ways of their parameters over the landscape of the loss."
                </p>
                <div class="race-results" hidden=live(invitation)>
                    <Losses arena />
                    <Legend arena />
                    <Map arena />
                </div>
            </div>
        </div>
    }
}

/// What is compared.
#[component]
fn Entry(arena: Arena) -> impl IntoView {
    let program = arena.page.state.program;
    let all = Memo::new(move |_| program.text.with(|text| subjects(text)));
    // By name and place in the list of that name: the text may have changed meanwhile.
    let chosen = RwSignal::new(0_usize);
    let subject = move || all.with(|all| all.get(chosen.get().min(all.len().saturating_sub(1))).cloned());
    let list = RwSignal::new(String::new());
    let refusal = RwSignal::new(String::new());
    let about = Memo::new(move |_| subject().map(|subject| subject.name));
    watch(move || {
        // Other values for another thing; those that were typed stay while it is the same.
        about.get();
        refusal.set(String::new());
        let values = untrack(subject).map(|subject| subject.values().join(", "));
        list.set(values.unwrap_or_default());
    });
    let start = move || match begin(arena, untrack(subject), &list.get_untracked()) {
        Ok(()) => refusal.set(String::new()),
        Err(why) => refusal.set(why),
    };
    let stop = move || {
        arena.page.link.send(&Command::Program(ProgramCommand::Race {
            id: arena.begun.get_untracked().id,
            texts: Vec::new(),
        }));
        arena.begun.update(|begun| begun.id = begun.id.wrapping_add(1));
    };
    let options = live(move || {
        let option = |(at, subject): (usize, Subject)| {
            let name = format!("{} (line {})", subject.name, subject.line);
            view! { <option value=at.to_string() selected=chosen.get_untracked() == at>{name}</option> }
        };
        all.get().into_iter().enumerate().map(option).collect_view()
    });
    let nothing = move || all.with(Vec::is_empty);
    view! {
        <form
            class="race-entry"
            on:submit=on(move |event: leptos::ev::SubmitEvent| {
                event.prevent_default();
                start();
            })
        >
            <label>
                <span class="label">"Compare"</span>
                <select
                    data-testid="race-subject"
                    disabled=live(nothing)
                    on:change=on(move |event| chosen.set(event_target_value(&event).parse().unwrap_or(0)))
                >
                    {options}
                </select>
            </label>
            <label class="race-values">
                <span class="label">"Values"</span>
                <input
                    data-testid="race-values"
                    spellcheck="false"
                    disabled=live(nothing)
                    prop:value=live(move || list.get())
                    on:input=on(move |event| list.set(event_target_value(&event)))
                />
            </label>
            <button class="button primary" type="submit" data-testid="race-start" disabled=live(nothing)>"Race"</button>
            <button
                class="button"
                type="button"
                data-testid="race-stop"
                hidden=live(move || !arena.is_running())
                on:click=on(move |_| stop())
            >
                "Stop"
            </button>
            <p class="message error" role="status">
                {live(move || if nothing() { "The program has no number with a name and no optimizer to compare.".to_owned() } else { refusal.get() })}
            </p>
        </form>
    }
}

/// Begins a race, or says why it cannot.
fn begin(arena: Arena, subject: Option<Subject>, list: &str) -> Result<(), String> {
    let subject = subject.ok_or("There is nothing to compare.")?;
    let program = arena.page.state.program;
    if program.held.get_untracked() {
        return Err("Agree to run the program first.".to_owned());
    }
    let text = program.text.get_untracked();
    let values = typed(list);
    if values.is_empty() || values.len() > MOST {
        return Err(format!("Enter one to {MOST} values, with commas between them."));
    }
    let texts = values.iter().map(|value| subject.version(&text, value)).collect::<Result<Vec<_>, _>>()?;
    let id = arena.begun.get_untracked().id.wrapping_add(1);
    arena.mark.set(None);
    arena.begun.set(Begun { id, subject: Some(subject), values });
    arena.steps.set(None);
    arena.page.link.send(&Command::Program(ProgramCommand::Race { id, texts }));
    Ok(())
}

/// The smallest and the largest loss of all versions.
fn bounds(arena: Arena) -> Memo<Option<(f64, f64)>> {
    Memo::new(move |_| {
        let log = arena.log.get();
        let race = arena.race()?;
        let losses = race.lanes.iter().flat_map(|lane| &lane.losses).map(|loss| loss.value);
        let shown = losses.filter(|value| value.is_finite() && (!log || *value > 0.0));
        let (low, high) =
            shown.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
        (low <= high).then_some(if low < high { (low, high) } else { (low * 0.5, high * 1.5 + 1e-9) })
    })
}

/// The losses of all versions over the steps of their optimizers, in one chart.
#[component]
fn Losses(arena: Arena) -> impl IntoView {
    let bounds = bounds(arena);
    let lines = live(move || {
        let (Some(race), Some(bounds)) = (arena.race(), bounds.get()) else { return String::new() };
        let (steps, log) = (arena.last(), arena.log.get());
        let line = |(at, lane): (usize, &Lane)| {
            let path = picture::losses(&lane.losses, steps, bounds, log, CHART);
            format!("<path class=\"lane lane-{at}\" d=\"{path}\"/>")
        };
        race.lanes.iter().enumerate().map(line).collect()
    });
    let bound = move |high: bool| {
        live(move || bounds.get().map(|(low, top)| significant(if high { top } else { low })))
    };
    view! {
        <figure class="race-losses" class:apart=live(move || arena.apart.get())>
            <figcaption>
                "Loss by step"
                <span>
                    {switch("race-apart", "Apart", "A chart for each version, with the same axes", arena.apart)}
                    {switch("race-log", "Logarithmic", "Show the losses on a logarithmic scale", arena.log)}
                </span>
            </figcaption>
            <p class="race-scale mono" aria-hidden="true">
                <span>{bound(true)}</span>
                <span>{bound(false)}</span>
            </p>
            <svg
                viewBox=format!("0 0 {} {}", CHART.0, CHART.1)
                preserveAspectRatio="none"
                role="img"
                aria-label="The losses of all versions"
                data-testid="race-losses"
                inner_html=lines
            ></svg>
            <p class="race-steps mono" aria-hidden="true">
                <span>"0"</span>
                <span>{live(move || format!("{} steps", count(arena.last())))}</span>
            </p>
            <Multiples arena />
        </figure>
    }
}

/// How each version does.
#[component]
fn Legend(arena: Arena) -> impl IntoView {
    let rows = live(move || {
        let begun = arena.begun.get();
        let lanes = arena.race().map(|race| race.lanes.clone()).unwrap_or_default();
        let row = |(at, (value, lane)): (usize, (String, Lane))| {
            let loss = lane.losses.last().map(|loss| significant(loss.value)).unwrap_or_default();
            let shown = loss.clone();
            let state = match (&lane.state, lane.message) {
                (_, Some(message)) => message,
                (ProgramState::Running, None) => "running".to_owned(),
                _ => milliseconds(lane.millis as f32),
            };
            view! {
                <tr data-testid="race-lane" data-loss=shown>
                    <th scope="row">
                        <svg class="swatch" viewBox="0 0 20 4" aria-hidden="true"><path class=format!("lane lane-{at}") d="M0 2H20" /></svg>
                        <span class="mono">{begun.named(&value)}</span>
                    </th>
                    <td class="mono">{loss}</td>
                    <td>{state}</td>
                </tr>
            }
        };
        begun.values.clone().into_iter().zip(lanes).enumerate().map(row).collect_view()
    });
    view! {
        <table class="race-legend">
            <thead>
                <tr>
                    <th scope="col">"Version"</th>
                    <th scope="col">"Last loss"</th>
                    <th scope="col">"Time"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
