//! The images of the data set: by set, by digit, and by whether they were read right.

use leptos::html;
use leptos::prelude::*;
use protocol::program::{Browse, Images, LabCommand, ProgramCommand};
use protocol::{Command, SIDE, Sample};

use crate::components::controls::{QUIET, toggle};
use crate::components::frame::redraw;
use crate::components::{Page, live, on, watch};
use crate::draw::heat;
use crate::format::count;
use crate::state::Engine;

/// The view.
#[component]
pub fn DataView(shows: Memo<bool>) -> impl IntoView {
    let Page { state, link, .. } = Page::get();
    let lab = state.program.lab;
    let asked = RwSignal::new(Browse::default());
    watch(move || {
        let digit = lab.digit.get();
        asked.update(|asked| *asked = Browse { digit, skip: 0, ..*asked });
    });
    watch(move || {
        let browse = asked.get();
        // More of the data set may have come, or the test set may have been read.
        state.data.track();
        lab.tested.with(|tested| tested.as_ref().is_some_and(|tested| tested.count == tested.of));
        if shows.get() && state.engine.get() == Engine::Alive {
            link.send(&Command::Program(ProgramCommand::Lab(LabCommand::Browse(browse))));
        }
    });
    let of = move || lab.images.with(|images| images.as_ref().map_or(0, |images| images.of));
    let summary = move || {
        let Browse { train, digit, right, .. } = asked.get();
        let set = if train { "training" } else { "test" };
        let digit = digit.map(|digit| format!(" of the digit {digit}")).unwrap_or_default();
        let right = match right {
            Some(true) => ", read right",
            Some(false) => ", read wrong",
            None => "",
        };
        match of() {
            0 if right.is_empty() => format!("No {set} images{digit} here yet."),
            0 => {
                format!("No {set} images{digit}{right}: let the model read the test set first (“Test set”).")
            }
            of => format!("{} {set} images{digit}{right}.", count(of.into())),
        }
    };
    view! {
        <div class="data-view">
            <div class="lab-tools">
                {picks(asked, "Set", &[("Test", 0), ("Training", 1)], |asked| i32::from(asked.train), |asked, train| {
                    asked.train = train == 1;
                    asked.right = asked.right.filter(|_| train == 0);
                })}
                <span hidden=live(move || asked.get().train)>
                    {picks(asked, "Read", &[("All", 0), ("Right", 1), ("Wrong", 2)], |asked| match asked.right {
                        None => 0,
                        Some(true) => 1,
                        Some(false) => 2,
                    }, |asked, right| asked.right = [None, Some(true), Some(false)][right as usize % 3])}
                </span>
                <DigitPick />
            </div>
            <p class="hint" data-testid="browsed" role="status">{live(summary)}</p>
            <ul class="wrong" data-testid="images">
                {live(move || lab.images.get().map(|images| shown(&images)))}
            </ul>
            <Turn asked of=Memo::new(move |_| of()) />
            <p class="hint">
                "Your own: drop IDX files on the page, or pictures that are called by what they show, such as “7_a.png”, or “a.png” in a folder “7”. What is in a folder “test” is the test set."
            </p>
        </div>
    }
}

/// Buttons of which one is pressed.
fn picks(
    asked: RwSignal<Browse>,
    name: &'static str,
    all: &'static [(&'static str, i32)],
    get: fn(&Browse) -> i32,
    set: fn(&mut Browse, i32),
) -> AnyView {
    let button = |&(label, value): &(&'static str, i32)| {
        let press = move || {
            asked.update(|asked| {
                set(asked, value);
                asked.skip = 0;
            });
        };
        toggle(QUIET, "", label, "", move || asked.with(get) == value, press)
    };
    view! { <span class="picks" role="group" aria-label=name>{all.iter().map(button).collect_view()}</span> }
        .into_any()
}

/// The digit that all views are about.
#[component]
fn DigitPick() -> impl IntoView {
    let digit = Page::get().state.program.lab.digit;
    let options = (0..10).map(|value: u8| {
        view! { <option value=value.to_string() selected=live(move || digit.get() == Some(value))>{value}</option> }.into_any()
    });
    let choose = move |event| digit.set(event_target_value(&event).parse().ok());
    view! {
        <label class="slide">
            <span>"Digit"</span>
            <select data-testid="digit" on:change=on(choose)>
                <option value="" selected=live(move || digit.get().is_none())>"all"</option>
                {options.collect_view()}
            </select>
        </label>
    }
}

fn shown(images: &Images) -> AnyView {
    let pairs = images.images.iter().zip(&images.read);
    pairs
        .map(|(sample, read)| {
            view! { <Picture sample=sample.clone() read=*read train=images.browse.train /> }.into_any()
        })
        .collect_view()
        .into_any()
}

#[component]
fn Picture(sample: Sample, read: Option<u8>, train: bool) -> impl IntoView {
    let state = Page::get().state;
    let canvas = NodeRef::<html::Canvas>::new();
    let pixels = sample.image.clone();
    redraw(canvas, || {}, move |canvas| heat::paint(canvas, &heat::grey(pixels.as_slice()), SIDE as u32));
    let Sample { index, label, .. } = sample.clone();
    let words = match read.filter(|read| *read != label) {
        Some(read) => format!("{label} → {read}"),
        None => label.to_string(),
    };
    let set = if train { "Training" } else { "Test" };
    let name = format!("{set} image {index} shows {label}: put it on the pad");
    let put = move |_| {
        if train {
            state.program.lab.put.set(Some(sample.image.clone()));
        } else {
            state.sample.set(Some(sample.clone()));
        }
    };
    view! {
        <li>
            <button type="button" aria-label=name.clone() title=name on:click=on(put)>
                <canvas node_ref=canvas width=SIDE height=SIDE aria-hidden="true"></canvas>
                <span class="mono" aria-hidden="true">{words}</span>
            </button>
        </li>
    }
}

/// Buttons to the images before and after.
#[component]
fn Turn(asked: RwSignal<Browse>, of: Memo<u32>) -> impl IntoView {
    /// Images that come at a time.
    const PAGE: u32 = 60;
    let skip = move || asked.get().skip;
    let turn = move |to: u32| asked.update(|asked| asked.skip = to);
    let range = move || {
        let last = (skip() + PAGE).min(of.get());
        if last == 0 {
            String::new()
        } else {
            format!("{} to {}", count((skip() + 1).into()), count(last.into()))
        }
    };
    view! {
        <div class="lab-tools">
            <button class="button quiet small" type="button" disabled=live(move || skip() == 0) on:click=on(move |_| turn(skip().saturating_sub(PAGE)))>"Before"</button>
            <span class="hint mono">{live(range)}</span>
            <button class="button quiet small" type="button" disabled=live(move || skip() + PAGE >= of.get()) on:click=on(move |_| turn(skip() + PAGE))>"After"</button>
        </div>
    }
}
