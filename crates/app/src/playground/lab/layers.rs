//! What happens inside the model with what is on the pad: what the answer hangs on, and what each layer has and gives.

use leptos::prelude::*;
use protocol::Command;
use protocol::program::{LabCommand, Layer, Looked, ProgramCommand};

use super::because::sum;
use super::exchange::Exchange;
use super::pictures::{Kind, PictureSheet, figure, nothing};
use crate::components::{Page, live, watch};
use crate::engine_link::performance_now;
use crate::requests::Requests;
use crate::state::Engine;

/// A layer and a unit of it.
pub type Unit = (u32, u32);

/// The view.
#[component]
pub fn LayersView(shows: Memo<bool>) -> impl IntoView {
    let Page { state, .. } = Page::get();
    let lab = state.program.lab;
    let unit = RwSignal::new(None::<Unit>);
    // A chosen digit is the unit of that number, where a layer has one for each.
    watch(move || {
        if let Some(digit) = lab.digit.get() {
            unit.update(|unit| *unit = Some((unit.map_or(0, |(layer, _)| layer), u32::from(digit))));
        }
    });
    follow(shows, unit);
    let error = move || lab.looked.with(|looked| looked.as_ref().and_then(|looked| looked.error.clone()));
    let empty =
        move || lab.drawing.with(Option::is_none) || lab.looked.with(Option::is_none) || error().is_some();
    let words = move || {
        error().filter(|_| lab.drawing.with(Option::is_some)).unwrap_or_else(|| {
            "Draw a digit, or put a test digit on the pad: what each layer of the program's model makes of it shows here.".to_owned()
        })
    };
    let shown = live(move || {
        let looked = lab.looked.get().filter(|_| !empty())?;
        Some(view! { <Inside looked=(*looked).clone() unit /> }.into_any())
    });
    view! {
        <div class="layers" data-testid="layers">
            <div hidden=live(move || !empty())>{nothing(words)}</div>
            {shown}
            <div hidden=live(empty)><Exchange /></div>
        </div>
    }
}

/// Asks anew whenever the drawing, the unit or the model changes: one question at a time.
fn follow(shows: Memo<bool>, unit: RwSignal<Option<Unit>>) {
    let Page { state, link, .. } = Page::get();
    let lab = state.program.lab;
    let requests = StoredValue::new(Requests::default());
    let send = move || {
        let Some(drawing) = lab.drawing.get_untracked() else { return };
        let id = requests.try_update_value(|requests| requests.ask(performance_now())).flatten();
        if let Some(id) = id {
            let unit = unit.get_untracked();
            link.send(&Command::Program(ProgramCommand::Lab(LabCommand::Look { id, drawing, unit })));
        }
    };
    watch(move || {
        lab.drawing.track();
        unit.track();
        state.program.position.track();
        if shows.get() && state.engine.get() == Engine::Alive {
            send();
        }
    });
    watch(move || {
        let Some(id) = lab.looked.with(|looked| looked.as_ref().map(|looked| looked.id)) else { return };
        if requests.try_update_value(|requests| requests.answered(id)) == Some(true) {
            send();
        }
    });
    watch(move || {
        state.refusal.track();
        state.crash.track();
        requests.update_value(Requests::give_up);
    });
}

#[component]
fn Inside(looked: Looked, unit: RwSignal<Option<Unit>>) -> impl IntoView {
    let Looked { saliency, layers, because, image, .. } = looked;
    let chosen = because.as_ref().map(|because| (because.layer, because.unit));
    let first = because.as_ref().and_then(|because| layers.get(because.layer as usize)).cloned();
    let saliency = (!saliency.values.is_empty()).then(|| {
        let label = "The gradient of the answer by each pixel";
        let sheet = view! { <PictureSheet label=label.to_owned() pictures=saliency kind=Kind::Gradient /> };
        figure("what the answer hangs on: its gradient by each pixel".to_owned(), sheet.into_any())
    });
    let sum = because.map(|because| sum(because, &image, first.unwrap_or_default(), unit));
    let layers = (0..).zip(layers).map(|(place, layer)| {
        let marked = chosen.filter(|(layer, _)| *layer == place).map(|(_, unit)| unit as usize);
        view! { <LayerRow place layer marked unit /> }.into_any()
    });
    view! {
        <div class="because">{saliency}{sum}</div>
        <ol class="layer-list">{layers.collect_view()}</ol>
    }
}

/// A layer: its name, its weights and what it gives.
#[component]
fn LayerRow(place: u32, layer: Layer, marked: Option<usize>, unit: RwSignal<Option<Unit>>) -> impl IntoView {
    let Layer { name, kind, weight, output } = layer;
    let templates = weight.sides == Some((28, 28));
    let weights = (!weight.values.is_empty()).then(|| {
        let what = if templates { "templates" } else { "filters" };
        let label = format!("{what} of {name}");
        let choose = Callback::new(move |at: usize| unit.set(Some((place, at as u32))));
        let sheet = if templates {
            view! { <PictureSheet label pictures=weight chosen=(marked, choose) /> }.into_any()
        } else {
            view! { <PictureSheet label pictures=weight /> }.into_any()
        };
        figure(what.to_owned(), sheet)
    });
    let outputs = (!output.values.is_empty()).then(|| {
        let numbers = output.sides.is_none();
        let what = if numbers {
            "what it gives: a number for each unit"
        } else {
            "what it gives: a map for each channel"
        };
        let label = format!("what {name} gives");
        figure(what.to_owned(), view! { <PictureSheet label pictures=output /> }.into_any())
    });
    view! {
        <li class="layer-row">
            <h3><span class="mono">{name}</span>" "<span class="hint mono">{kind}</span></h3>
            {weights}
            {outputs}
        </li>
    }
}
