//! What stands above the editor: the open lesson, the invitation of the first visit, or the question whether a shared program may run.

mod goal;
mod prose;

use std::sync::Arc;

use leptos::prelude::*;

use crate::components::icon::{CHEVRON, CROSS, DONE};
use crate::components::{Icon, Live, Page, live, on};
use crate::lesson::Lesson;
use crate::shelf::{Entry, Source};
use goal::follow_goal;
use prose::{items, paragraphs, prose};

/// All of it.
#[component]
pub fn AboveEditor() -> impl IntoView {
    let Page { state, shelf, .. } = Page::get();
    let is_folded = RwSignal::new(false);
    follow_goal();
    view! {
        {live(move || state.program.held.get().then(|| view! { <Held /> }.into_any()))}
        {live(move || shelf.is_inviting().then(|| view! { <Invitation /> }.into_any()))}
        {live(move || shelf.lesson.get().map(|lesson| view! { <LessonPanel lesson is_folded /> }.into_any()))}
    }
}

/// Asks whether a long program that came with a link may run.
#[component]
fn Held() -> impl IntoView {
    let program = Page::get().state.program;
    let size = program.text.with_untracked(String::len).div_ceil(1024);
    view! {
        <div class="strip held" data-testid="held" role="alert">
            <p>{format!("This program came with a link and is long ({size} KB). Look at it, then run it if you like.")}</p>
            <button type="button" class="button primary" data-testid="run-shared" on:click=on(move |_| program.held.set(false))>
                "Run this shared program"
            </button>
        </div>
    }
}

/// One line for those who are here for the first time.
#[component]
fn Invitation() -> impl IntoView {
    let shelf = Page::get().shelf;
    let begin = move |_| {
        if let Some(first) = shelf.lessons.with_untracked(|all| all.first().cloned()) {
            shelf.end_invitation();
            shelf.open_lesson(first);
        }
    };
    view! {
        <div class="strip" data-testid="invitation">
            <p>"Change a number, and watch the graph follow."</p>
            <button type="button" class="button" data-testid="first-lesson" on:click=on(begin)>"First lesson"</button>
            <button
                type="button"
                class="button icon-only quiet"
                aria-label="Dismiss this line"
                title="Dismiss this line"
                on:click=on(move |_| shelf.end_invitation())
            >
                <Icon path=CROSS />
            </button>
        </div>
    }
}

#[component]
fn LessonPanel(lesson: Arc<Lesson>, is_folded: RwSignal<bool>) -> impl IntoView {
    let shelf = Page::get().shelf;
    let is_done = Memo::new(move |_| match shelf.source.get() {
        Source::Lesson(file) => shelf.done.with(|done| done.contains(&file)),
        _ => false,
    });
    let beside = move |step: isize| -> Option<Entry> {
        let index = shelf.lesson_index()?.checked_add_signed(step)?;
        shelf.lessons.with(|all| all.get(index).cloned())
    };
    let goto = move |step: isize| {
        if let Some(entry) = untrack(|| beside(step)) {
            shelf.open_lesson(entry);
        }
    };
    let number = move || shelf.lesson_index().map_or_else(String::new, |index| (index + 1).to_string());
    let shown = move || !is_folded.get();
    let expanded = move || if shown() { "true" } else { "false" };
    view! {
        <section class="lesson" data-testid="lesson" data-done=live(move || is_done.get().to_string()) aria-label="Lesson">
            <div class="lesson-head">
                <h2>
                    <button
                        type="button"
                        class="lesson-fold"
                        data-testid="lesson-fold"
                        aria-expanded=live(expanded)
                        aria-controls="lesson-body"
                        on:click=on(move |_| is_folded.update(|folded| *folded = !*folded))
                    >
                        <Icon path=CHEVRON />
                        <span class="menu-number">{live(number)}</span>
                        <span>{live(move || shelf.title.get())}</span>
                    </button>
                </h2>
                <Turn name="Previous lesson" handle="lesson-previous" off=live(move || beside(-1).is_none()) act=Box::new(move || goto(-1)) back=true />
                <Turn name="Next lesson" handle="lesson-next" off=live(move || beside(1).is_none()) act=Box::new(move || goto(1)) back=false />
            </div>
            <div id="lesson-body" class="lesson-body" hidden=live(move || !shown()) tabindex="0" role="group" aria-label="Text of the lesson">
                {paragraphs(&lesson.text)}
                <h3>"Try"</h3>
                {items(&lesson.tries)}
            </div>
            <div class="lesson-goal" hidden=live(move || !shown() && !is_done.get())>
                <p hidden=live(move || !shown())><strong>"Goal: "</strong>{prose(&lesson.goal)}</p>
                <div class="menu-row">
                    <span class="lesson-done" role="status">
                        {live(move || is_done.get().then(|| view! { <Icon path=DONE />"Done" }.into_any()))}
                    </span>
                    <button type="button" class="button" data-testid="start-over" hidden=live(move || !shown() || !shelf.is_changed()) on:click=on(move |_| shelf.start_over())>
                        "Start over"
                    </button>
                    <button
                        type="button"
                        class="button"
                        data-testid="show-solution"
                        hidden=live({
                            let none = lesson.solution.is_empty();
                            move || none || !shown() || is_done.get()
                        })
                        on:click=on(move |_| shelf.solve())
                    >
                        "Show me"
                    </button>
                    <button
                        type="button"
                        class="button primary"
                        data-testid="lesson-go-on"
                        hidden=live(move || !is_done.get() || beside(1).is_none())
                        on:click=on(move |_| goto(1))
                    >
                        "Next lesson"
                    </button>
                </div>
            </div>
        </section>
    }
}

/// A button to the lesson before or after.
#[component]
fn Turn(
    name: &'static str,
    handle: &'static str,
    off: Live<bool>,
    act: Box<dyn Fn()>,
    back: bool,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=if back { "button icon-only quiet turn-back" } else { "button icon-only quiet turn-on" }
            data-testid=handle
            aria-label=name
            title=name
            disabled=off
            on:click=on(move |_| act())
        >
            <Icon path=CHEVRON />
        </button>
    }
}
