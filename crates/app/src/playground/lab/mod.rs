//! The lab: a pad for digits which the program's model reads, and views of the model around what is on it: its layers, its training, the test
//! set, its parameters, and the data. What is chosen in one of them shows in the others.

mod because;
mod calibration;
mod card;
mod charts;
mod data;
mod exchange;
mod layers;
mod model;
mod pictures;
mod spreads;
mod test;
mod training;

use leptos::prelude::*;
use protocol::Command;
use protocol::program::{KeptRound, LabCommand, ProgramCommand};

use crate::components::pad::PadPanel;
use crate::components::{Page, live, on, tabs, watch};
use crate::state::Engine;
use data::DataView;
use layers::LayersView;
use model::ModelView;
use test::TestView;
use training::TrainingView;

/// The views around the pad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tab {
    Layers,
    Training,
    Test,
    Model,
    Data,
}

/// Their handles and names.
const TABS: [tabs::Tab<Tab>; 5] = [
    (Tab::Layers, "lab-layers", "Layers"),
    (Tab::Training, "lab-training", "Training"),
    (Tab::Test, "lab-test", "Test set"),
    (Tab::Model, "lab-model", "Model"),
    (Tab::Data, "lab-data", "Data"),
];

/// Asks something about the program's model.
fn ask(page: Page, command: LabCommand) {
    page.link.send(&Command::Program(ProgramCommand::Lab(command)));
}

/// The lab. `shows` is whether it can be seen: only then is the model measured while it is trained.
#[component]
pub fn LabView(shows: Memo<bool>) -> impl IntoView {
    let page = Page::get();
    let shown = RwSignal::new(Tab::Layers);
    watch(move || {
        if page.state.engine.get() == Engine::Alive {
            if page.state.data.with(Option::is_none) {
                page.link.send(&Command::LoadData);
            }
            ask(page, LabCommand::Watch(shows.get()));
        }
    });
    let is = move |tab: Tab| Memo::new(move |_| shows.get() && shown.get() == tab);
    let pane = move |tab: Tab, view: fn(Memo<bool>) -> AnyView| {
        let is = is(tab);
        // Built when it first shows.
        let begun = Memo::new(move |before| before == Some(&true) || is.get());
        view! { <div class="lab-view" hidden=live(move || shown.get() != tab)>{live(move || begun.get().then(|| view(is)))}</div> }
            .into_any()
    };
    view! {
        <div class="lab" data-testid="digits" tabindex="0" role="region" aria-label="Lab: digits for the model of the program">
            <div class="lab-body">
                <PadPanel />
                <section class="lab-side" aria-label="The model of the program">
                    {tabs::tabs("Lab", "lab-pane", &TABS, shown, |_| ().into_any())}
                    <Kept />
                    <div class="lab-pane" id="lab-pane" role="tabpanel" aria-labelledby=live(move || tabs::chosen(&TABS, &shown.get()))>
                        {pane(Tab::Layers, |shows| view! { <LayersView shows /> }.into_any())}
                        {pane(Tab::Training, |_| view! { <TrainingView /> }.into_any())}
                        {pane(Tab::Test, |_| view! { <TestView /> }.into_any())}
                        {pane(Tab::Model, |shows| view! { <ModelView shows /> }.into_any())}
                        {pane(Tab::Data, |shows| view! { <DataView shows /> }.into_any())}
                    </div>
                    <Changed />
                </section>
            </div>
        </div>
    }
}

/// Offers to go on with a training that was kept.
#[component]
fn Kept() -> impl IntoView {
    let page = Page::get();
    let kept = page.state.program.lab.kept;
    let answer = move |command: LabCommand| {
        kept.set(None);
        ask(page, command);
    };
    let text = move || {
        let kept = kept.get()?;
        let when = js_sys::Date::new(&kept.at.into()).to_locale_string("default", &js_sys::Object::new());
        let count = crate::format::count;
        let place = match kept.round {
            Some(KeptRound { line, over }) => {
                format!(", in round {} of the loop in line {line}", count(over + 1))
            }
            None => ", in no loop that could be gone on with: loops begin anew".to_owned(),
        };
        Some(format!("A training of this program was kept at step {}{place} ({when}).", count(kept.steps)))
    };
    view! {
        <div class="lab-note" data-testid="kept" hidden=live(move || kept.with(Option::is_none))>
            <p>{live(move || text().unwrap_or_default())}</p>
            <button
                class="button small"
                type="button"
                data-testid="resume"
                title="Weights, optimizers and rates are put back, and the round begins. All other variables are as they are after one step of the run"
                on:click=on(move |_| answer(LabCommand::Resume))
            >
                "Go on from there"
            </button>
            <button class="button quiet small" type="button" data-testid="forget" on:click=on(move |_| answer(LabCommand::Forget))>
                "Forget it"
            </button>
        </div>
    }
}

/// What was done to the model last.
#[component]
fn Changed() -> impl IntoView {
    let changed = Page::get().state.program.lab.changed;
    let failed = move || changed.with(|changed| matches!(changed, Some(Err(_))));
    let text = move || match changed.get() {
        Some(Ok(what)) => what,
        Some(Err(why)) => format!("Nothing was changed: {why}"),
        None => String::new(),
    };
    view! {
        <p class="lab-changed" class:error=live(failed) data-testid="model-changed" role="status" hidden=live(move || changed.with(Option::is_none))>
            {live(text)}
        </p>
    }
}
