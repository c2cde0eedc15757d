//! The menu of programs: the open one's name and what can be done with it, the user's others, and the examples.

use leptos::html;
use leptos::prelude::*;

use super::drop_down::{DropDown, Open};
use super::own::OwnPrograms;
use crate::components::{Page, live, on};
use crate::intake;
use crate::shelf::{Entry, Source};

/// The menu.
#[component]
pub fn Programs(open: RwSignal<Option<Open>>) -> impl IntoView {
    let shelf = Page::get().shelf;
    let label = view! {
        <span class="visually-hidden">"Program: "</span>
        <span class="menu-title" data-testid="program-title">{live(move || shelf.title.get())}</span>
    };
    let panel = |open| view! { <Panel open /> }.into_any();
    view! { <DropDown which=Open::Programs open name="Programs" label=label.into_any() panel /> }
}

#[component]
fn Panel(open: RwSignal<Option<Open>>) -> impl IntoView {
    let page = Page::get();
    let shelf = page.shelf;
    shelf.load_examples();
    let file = NodeRef::<html::Input>::new();
    let chosen = move |_| {
        if let Some(input) = file.get_untracked() {
            intake::take(page, input.files());
            // The same file can be chosen again.
            input.set_value("");
        }
        open.set(None);
    };
    let choose = move |_| {
        if let Some(input) = file.get_untracked() {
            input.click();
        }
    };
    view! {
        <OwnPrograms open />
        <div class="menu-row">
            <button type="button" class="button" data-testid="open-file" on:click=on(choose)>"Open or import a file…"</button>
            <button type="button" class="button" data-testid="export-all" on:click=on(move |_| shelf.export())>"Export all"</button>
            <input
                class="visually-hidden"
                type="file"
                accept=".py,.json,.txt,text/x-python,.npy,.npz,.safetensors,.gz,image/png,image/jpeg"
                multiple
                tabindex="-1"
                aria-label="A program, an export, a file of a data set, or a picture of a digit"
                data-testid="program-input"
                node_ref=file
                on:change=on(chosen)
            />
        </div>
        {live(move || topics(&shelf.examples.get()).into_iter().map(|(topic, entries)| view! {
            <Topic topic entries open />
        }.into_any()).collect_view())}
    }
}

/// The entries by topic, in the order of the list.
pub fn topics(all: &[Entry]) -> Vec<(String, Vec<Entry>)> {
    let mut topics: Vec<(String, Vec<Entry>)> = Vec::new();
    for entry in all {
        match topics.iter_mut().find(|(topic, _)| *topic == entry.topic) {
            Some((_, entries)) => entries.push(entry.clone()),
            None => topics.push((entry.topic.clone(), vec![entry.clone()])),
        }
    }
    topics
}

#[component]
fn Topic(topic: String, entries: Vec<Entry>, open: RwSignal<Option<Open>>) -> impl IntoView {
    let shelf = Page::get().shelf;
    let rows = entries.into_iter().map(|entry| {
        let (title, about, source) = (entry.title.clone(), entry.about.clone(), Source::Example(entry.file.clone()));
        let act = move |_| {
            open.set(None);
            shelf.open_example(entry.clone());
        };
        let current = live(move || shelf.source.with(|open| *open == source).then_some("true"));
        view! {
            <li>
                <button type="button" class="menu-item" data-testid="example" aria-current=current on:click=on(act)>
                    <strong>{title}</strong>
                    <span class="hint">{about}</span>
                </button>
            </li>
        }
    });
    view! {
        <h2 class="menu-topic">{format!("Examples: {}", topic.to_lowercase())}</h2>
        <ul>{rows.collect_view()}</ul>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_stand_under_their_topics() {
        let entry = |file: &str, topic: &str| Entry {
            file: file.to_owned(),
            topic: topic.to_owned(),
            title: String::new(),
            about: String::new(),
        };
        let all = [entry("a", "X"), entry("b", "Y"), entry("c", "X")];
        let found: Vec<(String, Vec<String>)> = topics(&all)
            .into_iter()
            .map(|(topic, entries)| (topic, entries.into_iter().map(|entry| entry.file).collect()))
            .collect();
        let text = |all: &[&str]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(found, [("X".to_owned(), text(&["a", "c"])), ("Y".to_owned(), text(&["b"]))]);
    }
}
