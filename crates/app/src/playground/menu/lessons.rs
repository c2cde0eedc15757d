//! The menu of lessons: all of them, by topic, with ticks at those that are done.

use leptos::prelude::*;

use super::drop_down::{DropDown, Open};
use super::programs::topics;
use crate::components::icon::DONE;
use crate::components::{Icon, Page, live, on};
use crate::shelf::{Entry, Source};

/// The menu.
#[component]
pub fn LessonMenu(open: RwSignal<Option<Open>>) -> impl IntoView {
    let shelf = Page::get().shelf;
    let text = move || match (shelf.lesson_index(), shelf.lessons.with(Vec::len)) {
        (Some(index), count) => format!("Lesson {} of {count}", index + 1),
        (None, 0) => "Lessons".to_owned(),
        (None, count) => format!("{count} lessons"),
    };
    let label = view! { <span>{live(text)}</span> };
    let panel = |open| view! { <Panel open /> }.into_any();
    view! { <DropDown which=Open::Lessons open name="Lessons" label=label.into_any() panel /> }
}

#[component]
fn Panel(open: RwSignal<Option<Open>>) -> impl IntoView {
    let shelf = Page::get().shelf;
    let all = shelf.lessons.get_untracked();
    let count = all.len();
    let done = {
        let all = all.clone();
        move || {
            let done = shelf.done.get();
            all.iter().filter(|entry| done.contains(&entry.file)).count()
        }
    };
    let bar = {
        let done = done.clone();
        move || done() as f64
    };
    let mut number = 0;
    let topics = topics(&all).into_iter().map(|(topic, entries)| {
        let rows: Vec<AnyView> = entries
            .into_iter()
            .map(|entry| {
                number += 1;
                view! { <Row entry number open /> }.into_any()
            })
            .collect();
        view! {
            <h2 class="menu-topic">{topic}</h2>
            <ul>{rows}</ul>
        }
        .into_any()
    });
    view! {
        <label class="menu-progress">
            <span class="hint">{live(move || format!("{} of {count} done", done()))}</span>
            <progress max=count.to_string() value=live(bar)></progress>
        </label>
        {topics.collect_view()}
        <p class="hint" hidden=count != 0>"The lessons could not be loaded. Check the connection, then reload the page."</p>
    }
}

#[component]
fn Row(entry: Entry, number: usize, open: RwSignal<Option<Open>>) -> impl IntoView {
    let shelf = Page::get().shelf;
    let (title, about, source) =
        (entry.title.clone(), entry.about.clone(), Source::Lesson(entry.file.clone()));
    let file = entry.file.clone();
    let is_done = Memo::new(move |_| shelf.done.with(|done| done.contains(&file)));
    let act = move |_| {
        open.set(None);
        shelf.end_invitation();
        shelf.open_lesson(entry.clone());
    };
    let current = live(move || shelf.source.with(|open| *open == source).then_some("true"));
    view! {
        <li>
            <button
                type="button"
                class="menu-item menu-lesson"
                data-testid="lesson-item"
                data-done=live(move || is_done.get().to_string())
                aria-current=current
                on:click=on(act)
            >
                <span class="menu-number">{number}</span>
                <strong>{title}</strong>
                <span class="hint">{about}</span>
                {live(move || is_done.get().then(|| view! {
                    <span class="menu-tick"><Icon path=DONE /><span class="visually-hidden">"done"</span></span>
                }.into_any()))}
            </button>
        </li>
    }
}
