//! The model as data: its parts, its parameters as files, and weights from files.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::Command;
use protocol::program::{LabCommand, ProgramCommand, WeightsFile};
use web_sys::File;

use super::card;
use super::pictures::nothing;
use crate::components::{Page, live, on, watch};
use crate::intake;
use crate::share::files::download;
use crate::state::Engine;

/// Facts by their kinds.
type Facts = Arc<Vec<(String, String)>>;

/// The facts of a kind.
pub fn of_kind<'a>(facts: &'a [(String, String)], kind: &'a str) -> impl Iterator<Item = &'a str> {
    facts.iter().filter(move |(other, _)| other == kind).map(|(_, fact)| fact.as_str())
}

/// The view.
#[component]
pub fn ModelView(shows: Memo<bool>) -> impl IntoView {
    let page = Page::get();
    let Page { state, link, .. } = page;
    let lab = state.program.lab;
    watch(move || {
        state.program.position.with(|position| position.as_ref().map(|at| (at.edition, at.state.clone())));
        lab.changed.track();
        if shows.get() && state.engine.get() == Engine::Alive {
            link.send(&Command::Program(ProgramCommand::Lab(LabCommand::Describe)));
        }
    });
    let none = move || lab.card.with(|facts| facts.is_empty());
    let save_card = move |_| download("model.md", "text/markdown", &card::card(page));
    view! {
        <div class="model-view" data-testid="model">
            <div hidden=live(move || !none())>{nothing(|| "No variable of the program holds a model where its run stands.".to_owned())}</div>
            <div class="lab-tools" hidden=live(none)>
                <button class="button small" type="button" data-testid="export" on:click=on(move |_| super::ask(page, LabCommand::Export(WeightsFile::Safetensors)))>
                    "Weights as .safetensors"
                </button>
                <button class="button small" type="button" data-testid="card" on:click=on(save_card)>"Model card"</button>
                <Import />
            </div>
            <p class="hint" hidden=live(none)>"Files that are made here wait under “Files” of the output. PyTorch opens them with safetensors.torch.load_file and numpy.load."</p>
            {live(move || view! { <Facts facts=lab.card.get() /> }.into_any())}
        </div>
    }
}

/// What the model is made of.
#[component]
fn Facts(facts: Facts) -> impl IntoView {
    let page = Page::get();
    let block = |kind: &str| {
        let blocks = of_kind(&facts, kind)
            .map(|fact| view! { <pre class="mono model-text">{fact.to_owned()}</pre> }.into_any());
        blocks.collect_view()
    };
    let parameters: Vec<(String, String)> = of_kind(&facts, "parameter")
        .filter_map(|fact| fact.split_once('\t').map(|(name, shape)| (name.to_owned(), shape.to_owned())))
        .collect();
    let row = |(place, (name, shape)): (u32, (String, String))| {
        let save = move |_| super::ask(page, LabCommand::Export(WeightsFile::Array(place)));
        view! {
            <tr>
                <th scope="row" class="mono">{name.clone()}</th>
                <td class="mono">{shape}</td>
                <td><button class="button quiet small" type="button" aria-label=format!("{name} as .npy") on:click=on(save)>".npy"</button></td>
            </tr>
        }
        .into_any()
    };
    let rows = (0..).zip(parameters).map(row).collect_view();
    view! {
        {block("model")}
        <table class="parameters"><tbody>{rows}</tbody></table>
        {block("optimizer")}
        {block("data")}
    }
}

/// Takes weights from a file.
#[component]
fn Import() -> impl IntoView {
    let page = Page::get();
    let input = NodeRef::<html::Input>::new();
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            spawn_local(take(page, file));
        }
        // The same file can be chosen again.
        input.set_value("");
    };
    view! {
        <button
            class="button small"
            type="button"
            title="Puts weights into the model where its run stands: a .safetensors file, or one array as .npy"
            on:click=on(move |_| if let Some(input) = input.get_untracked() { input.click() })
        >
            "Load weights…"
        </button>
        <input type="file" accept=".safetensors,.npy,.pt,.pth" hidden node_ref=input data-testid="weights-input" on:change=on(chosen) />
    }
}

/// Reads a file, and sends it.
async fn take(page: Page, file: File) {
    if let Some(content) = intake::content(page, &file).await {
        let import = LabCommand::Import { name: file.name(), content: content.into() };
        super::ask(page, import);
    }
}
