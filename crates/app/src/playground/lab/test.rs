//! What the model makes of the test set: what it takes for what, how sure it is, and what it reads wrong.

use std::sync::Arc;

use leptos::prelude::*;
use protocol::program::{LabCommand, Misread, Tested};
use protocol::{CLASSES, SIDE, Sample};

use super::calibration::calibration;
use crate::components::{Page, frame::redraw, live, on};
use crate::draw::heat;
use crate::format::{count, loss, percent, percent_short};

/// A cell of the confusion matrix: what images show, and what they were taken for.
type Cell = (usize, usize);

/// The view.
#[component]
pub fn TestView() -> impl IntoView {
    let page = Page::get();
    let tested = page.state.program.lab.tested;
    let chosen = RwSignal::new(None::<Cell>);
    let test = move |_| {
        tested.set(None);
        chosen.set(None);
        super::ask(page, LabCommand::Test);
    };
    let sum = move || {
        let tested = tested.get()?;
        if let Some(error) = &tested.error {
            return Some(error.clone());
        }
        let right: u32 = (0..CLASSES).filter_map(|digit| tested.confusion.get(digit * (CLASSES + 1))).sum();
        let part = right as f32 / tested.count.max(1) as f32;
        let mean = tested.loss / f64::from(tested.count.max(1));
        Some(format!(
            "{} of {} images read right, loss {}",
            percent(part),
            count(tested.count.into()),
            loss(mean)
        ))
    };
    let results = move || {
        let tested = tested.get().filter(|tested| tested.error.is_none())?;
        let shown = view! {
            <Confusion tested=tested.clone() chosen />
            <Wrong tested=tested.clone() chosen />
            {calibration(&tested)}
        };
        Some(shown.into_any())
    };
    view! {
        <div class="test-view">
            <div class="lab-tools">
                <button class="button small" type="button" data-testid="test" on:click=on(test)>"Test the model"</button>
            </div>
            <p class="hint" data-testid="tested" role="status">
                {live(move || sum().unwrap_or_else(|| "What the model of the program, where its run stands, makes of the 10,000 test images.".to_owned()))}
            </p>
            {live(results)}
        </div>
    }
}

/// How many of each digit were read as each.
#[component]
fn Confusion(tested: Arc<Tested>, chosen: RwSignal<Option<Cell>>) -> impl IntoView {
    let digit = Page::get().state.program.lab.digit;
    let most = (0..CLASSES * CLASSES)
        .filter(|at| at % (CLASSES + 1) != 0)
        .filter_map(|at| tested.confusion.get(at).copied())
        .max()
        .unwrap_or(0)
        .max(1);
    let row = |label: usize| {
        let cells = (0..CLASSES).map(|read| {
            let times = tested.confusion.get(label * CLASSES + read).copied().unwrap_or(0);
            let right = label == read;
            let share = if right { 0.0 } else { f64::from(times) / f64::from(most) };
            let press = move |_| {
                let again = chosen.get_untracked() == Some((label, read));
                chosen.set((!again).then_some((label, read)));
                digit.set((!again).then_some(read as u8));
            };
            let pressed = live(move || if chosen.get() == Some((label, read)) { "true" } else { "false" });
            view! {
                <td style=format!("--share:{}", (share * 60.0).round())>
                    <button
                        type="button"
                        class=if right { "cell right" } else { "cell" }
                        disabled=right || times == 0
                        aria-label=format!("{times} images of {label} read as {read}")
                        aria-pressed=pressed
                        on:click=on(press)
                    >
                        {times}
                    </button>
                </td>
            }
            .into_any()
        });
        view! { <tr><th scope="row">{label}</th>{cells.collect_view()}</tr> }.into_any()
    };
    let heads = (0..CLASSES).map(|read| view! { <th scope="col">{read}</th> }.into_any());
    view! {
        <table class="confusion" data-testid="confusion">
            <caption>"Rows: what images show. Columns: what they were read as. A cell shows its images."</caption>
            <thead><tr><td></td>{heads.collect_view()}</tr></thead>
            <tbody>{(0..CLASSES).map(row).collect_view()}</tbody>
        </table>
    }
}

/// The images that were read wrong, the surest first. A click puts one on the pad.
#[component]
fn Wrong(tested: Arc<Tested>, chosen: RwSignal<Option<Cell>>) -> impl IntoView {
    let digit = Page::get().state.program.lab.digit;
    let shown = move || {
        let of = |wrong: &&Misread| match (chosen.get(), digit.get()) {
            (Some((label, read)), _) => (usize::from(wrong.label), usize::from(wrong.read)) == (label, read),
            (None, digit) => digit.is_none_or(|digit| wrong.label == digit || wrong.read == digit),
        };
        tested.wrong.iter().filter(of).cloned().collect::<Vec<_>>()
    };
    let title = live(move || match (chosen.get(), digit.get()) {
        (Some((label, read)), _) => format!("{label} read as {read}, the surest first"),
        (None, Some(digit)) => format!("Read wrong, of or as {digit}, the surest first"),
        (None, None) => "Read wrong, the surest first".to_owned(),
    });
    view! {
        <h3 class="wrong-title">{title}</h3>
        <ul class="wrong" data-testid="wrong">{live(move || shown().into_iter().map(|wrong| view! { <Image wrong /> }.into_any()).collect_view())}</ul>
    }
}

#[component]
fn Image(wrong: Misread) -> impl IntoView {
    let sample = Page::get().state.sample;
    let canvas = leptos::prelude::NodeRef::<leptos::html::Canvas>::new();
    let pixels = wrong.image.clone();
    redraw(canvas, || {}, move |canvas| heat::paint(canvas, &heat::grey(pixels.as_slice()), SIDE as u32));
    let Misread { index, label, read, probability, image } = wrong;
    let name = format!(
        "Test image {index} shows {label}, read as {read} with {}: put it on the pad",
        percent_short(probability)
    );
    view! {
        <li>
            <button
                type="button"
                aria-label=name.clone()
                title=name
                on:click=on(move |_| sample.set(Some(Sample { index, label, image: image.clone() })))
            >
                <canvas node_ref=canvas width=SIDE height=SIDE aria-hidden="true"></canvas>
                <span class="mono" aria-hidden="true">{format!("{label} → {read}")}</span>
            </button>
        </li>
    }
}
