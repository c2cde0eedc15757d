//! The run over time: its losses as a curve, and a handle to go to any moment of it.

mod facts;
mod line;
mod seek;
mod slider;

use leptos::prelude::*;
use protocol::program::{LossPoint, ProgramState};

use crate::components::{Icon, Page, icon, live, on, watch};
use crate::curves::{Curves, Run, difference};
use crate::engine_link::performance_now;
use crate::format::significant;
use crate::program::Program;
use facts::Facts;
use line::{HEIGHT, Scale, Span, WIDTH, path};
use seek::Seeker;
use slider::Track;

/// What the parts of the timeline share.
#[derive(Clone, Copy)]
struct Time {
    program: Program,
    seeker: Seeker,
    /// Where the handle stands.
    present: Memo<u64>,
    /// The clocks from one edge to the other.
    span: Memo<Span>,
    /// Whether the losses are shown on a logarithmic scale.
    log: RwSignal<bool>,
    scale: Memo<Option<Scale>>,
}

/// The timeline.
#[component]
pub fn Timeline() -> impl IntoView {
    let program = Page::get().state.program;
    follow(program);
    let seeker = Seeker::new();
    let log = RwSignal::new(false);
    let clock =
        move || program.position.with(|position| position.as_ref().map_or((0, 0), |p| (p.clock, p.end)));
    let present = Memo::new(move |_| seeker.held.get().unwrap_or_else(|| clock().0));
    let span = Memo::new(move |_| {
        program.curves.with(|curves| {
            let end = curves.end().max(clock().0).max(clock().1);
            Span::of(end, curves.now.points.iter().map(|point| point.clock))
        })
    });
    let scale = Memo::new(move |_| {
        program.curves.with(|curves| {
            let runs = curves.older.iter().chain([&curves.now]);
            Scale::of(runs.flat_map(|run| &run.points), log.get())
        })
    });
    let time = Time { program, seeker, present, span, log, scale };
    let bound = move |high: bool| {
        live(move || {
            let value = scale.get().map(|scale| if high { scale.high } else { scale.low });
            value.map(significant).unwrap_or_default()
        })
    };
    view! {
        <div class="timeline" data-testid="timeline">
            <Facts time />
            <p class="time-scale mono" aria-hidden="true">
                <span>{bound(true)}</span>
                <span>{bound(false)}</span>
            </p>
            <Track time>
                <Lines time />
            </Track>
            <Older program />
        </div>
    }
}

/// Texts that were sent and are remembered until the worker has come to them.
const MOST_SENT: usize = 8;

/// Keeps the curves as the worker tells them.
fn follow(program: Program) {
    let sent = StoredValue::new(Vec::<(u32, String)>::new());
    watch(move || {
        let edition = program.edition.get();
        sent.update_value(|sent| {
            sent.truncate(MOST_SENT - 1);
            sent.insert(0, (edition, program.text.get_untracked()));
        });
    });
    watch(move || {
        // A report ends with the position: the losses of a new run have come before it.
        let edition = program.position.with(|position| {
            position.as_ref().filter(|at| at.state != ProgramState::Empty).map(|at| at.edition)
        });
        let Some(edition) = edition else { return };
        program.curves.update(|curves| {
            sent.with_value(|sent| {
                if let Some((_, text)) = sent.iter().find(|(of, _)| *of == edition) {
                    curves.begin(edition, text, performance_now());
                }
            });
            program.losses.with_untracked(|losses| curves.take(losses));
        });
    });
}

/// The curves, and the moments that are kept.
#[component]
fn Lines(time: Time) -> impl IntoView {
    let Time { program, present, span, scale, .. } = time;
    let line = move |points: &dyn Fn(&Curves) -> Vec<LossPoint>| {
        let scale = scale.get();
        program
            .curves
            .with(|curves| scale.map(|scale| path(&points(curves), span.get(), &scale)).unwrap_or_default())
    };
    let older = (0..4).map(|at| {
        let d = live(move || {
            line(&|curves| curves.older.get(at).map(|run| run.points.clone()).unwrap_or_default())
        });
        view! { <path class=format!("curve older older-{at}") d=d /> }
    });
    // The two parts meet in the last loss before the present.
    let split = move |run: &Run| run.points.partition_point(|point| point.clock <= present.get());
    let past = live(move || line(&|curves| curves.now.points[..split(&curves.now)].to_vec()));
    let ahead =
        live(move || line(&|curves| curves.now.points[split(&curves.now).saturating_sub(1)..].to_vec()));
    let moments = live(move || {
        let moments = program.position.with(|position| {
            position.as_ref().map(|p| p.moments.iter().map(|moment| moment.clock).collect::<Vec<_>>())
        });
        let mut places: Vec<u64> =
            moments.unwrap_or_default().into_iter().map(|clock| span.get().x(clock)).collect();
        places.dedup();
        places.into_iter().map(|x| format!("M{x} {HEIGHT}v-16")).collect::<String>()
    });
    let pin = live(move || {
        let pinned = program.position.with(|position| position.as_ref().and_then(|p| p.pinned));
        pinned.map(|moment| format!("M{} 0V{HEIGHT}", span.get().x(moment.clock))).unwrap_or_default()
    });
    let words = live(move || {
        let count = program.curves.with(|curves| curves.now.points.len());
        format!("The losses over the run: {count} so far")
    });
    view! {
        <svg
            class="time-lines"
            viewBox=format!("0 0 {WIDTH} {HEIGHT}")
            preserveAspectRatio="none"
            role="img"
            aria-label=words
        >
            <path class="moments" d=moments />
            <path class="pin" data-testid="pin" d=pin />
            {older.collect_view()}
            <path class="curve ahead" d=ahead />
            <path class="curve now" d=past />
        </svg>
    }
}

/// The legend of the older curves. It is there only if there are any.
#[component]
fn Older(program: Program) -> impl IntoView {
    let names = Memo::new(move |_| {
        program.curves.with(|curves| {
            curves.older.iter().map(|run| difference(&run.text, &curves.now.text)).collect::<Vec<_>>()
        })
    });
    let list = live(move || {
        let line = |(at, name): (usize, String)| {
            let shown = name.clone();
            view! {
                <li title=name>
                    <svg class="swatch" viewBox="0 0 20 4" aria-hidden="true">
                        <path class=format!("curve older older-{at}") d="M0 2H20" />
                    </svg>
                    <span>{shown}</span>
                </li>
            }
        };
        names.get().into_iter().enumerate().map(line).collect_view()
    });
    view! {
        <div class="time-older" hidden=live(move || names.with(Vec::is_empty))>
            <ul aria-label="Runs before the change">{list}</ul>
            <button
                class="button quiet icon-only"
                type="button"
                data-testid="clear-curves"
                aria-label="Remove the older curves"
                title="Remove the older curves"
                on:click=on(move |_| program.curves.update(Curves::clear))
            >
                <Icon path=icon::CROSS />
            </button>
        </div>
    }
}
