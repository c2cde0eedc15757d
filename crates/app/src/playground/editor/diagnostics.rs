//! What is wrong, as a list under the text: each leads to its place, and to its mending if that is certain.

use leptos::prelude::*;
use protocol::program::{Diagnostic, Severity};

use super::text::{line_at, moved};
use crate::components::{Page, live, on};
use crate::program::Spot;

/// What the button of a fix says.
pub fn fix_label(new: &str) -> String {
    match new.trim() {
        "" => "Remove it".to_owned(),
        short if short.len() <= 40 && !short.contains('\n') => format!("Change to {short}"),
        _ => "Mend it".to_owned(),
    }
}

/// The diagnostics where they are in the text now, errors first. Those whose place was edited wait for the next run.
fn placed(all: &[Diagnostic], before: &str, now: &str) -> Vec<Diagnostic> {
    let mut placed: Vec<_> = all
        .iter()
        .filter_map(|one| {
            let fix =
                one.fix.as_ref().and_then(|(place, new)| Some((moved(*place, before, now)?, new.clone())));
            Some(Diagnostic { place: moved(one.place, before, now)?, fix, ..one.clone() })
        })
        .collect();
    sorting::sort_by_key(&mut placed, |one| (one.severity != Severity::Error, one.place.start));
    placed
}

/// The list; `go` leads to a place of the text.
#[component]
pub fn Diagnostics(go: Callback<Diagnostic>) -> impl IntoView {
    let program = Page::get().state.program;
    // The text that they were found in.
    let found = Memo::new(move |_| (program.diagnostics.get(), program.text.get_untracked()));
    let rows =
        Memo::new(move |_| found.with(|(all, before)| program.text.with(|now| placed(all, before, now))));
    let list = live(move || {
        let rows = rows.get();
        (!rows.is_empty()).then(|| {
            let rows: Vec<_> = rows.into_iter().map(|one| row(one, go)).collect();
            view! { <ul>{rows}</ul> }.into_any()
        })
    });
    view! { <div class="diagnostics" data-testid="diagnostics" role="status" aria-label="Problems">{list}</div> }
}

fn row(one: Diagnostic, go: Callback<Diagnostic>) -> AnyView {
    let program = Page::get().state.program;
    let is_error = one.severity == Severity::Error;
    let line = program.text.with_untracked(|text| line_at(text, one.place.start));
    let (message, hint, fix, node) = (one.message.clone(), one.hint.clone(), one.fix.clone(), one.node);
    let point = move |on: bool| program.pointed.set(node.filter(|_| on).map(Spot::Node));
    let mend = fix.map(|(place, new)| {
        let label = fix_label(&new);
        let edit = on(move |_| program.edit(&[(place, new.clone())]));
        view! { <button class="button" type="button" on:click=edit>{label}</button> }
    });
    let hint = hint.map(|hint| view! { <span class="hint">{hint}</span> });
    view! {
        <li
            class="problem"
            class:error=is_error
            on:pointerenter=on(move |_| point(true))
            on:pointerleave=on(move |_| point(false))
        >
            <button class="problem-place" type="button" on:click=on(move |_| go.run(one.clone()))>
                <span class="problem-line">{format!("line {line}")}</span>
                <span class="problem-message">
                    <span class="visually-hidden">{if is_error { "Error: " } else { "Warning: " }}</span>
                    {message}
                </span>
                {hint}
            </button>
            {mend}
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use protocol::program::Place;

    use super::*;

    fn diagnostic(severity: Severity, start: u32, end: u32) -> Diagnostic {
        let place = Place { start, end };
        Diagnostic {
            severity,
            place,
            message: String::new(),
            hint: None,
            fix: Some((place, "y".to_owned())),
            node: None,
        }
    }

    #[test]
    fn errors_come_first_and_in_the_order_of_the_text() {
        let all = [
            diagnostic(Severity::Warning, 0, 1),
            diagnostic(Severity::Error, 4, 5),
            diagnostic(Severity::Error, 2, 3),
        ];
        let starts: Vec<_> = placed(&all, "abcdef", "abcdef").iter().map(|one| one.place.start).collect();
        assert_eq!(starts, [2, 4, 0]);
    }

    #[test]
    fn what_was_edited_is_no_longer_wrong_for_sure() {
        let all = [diagnostic(Severity::Error, 0, 1), diagnostic(Severity::Error, 4, 5)];
        let placed = placed(&all, "a = b", "aa = b");
        let places: Vec<_> =
            placed.iter().map(|one| (one.place.start, one.fix.as_ref().map(|f| f.0.start))).collect();
        assert_eq!(places, [(0, Some(0)), (5, Some(5))]);
        assert!(super::placed(&all[..1], "a = b", "c = b").is_empty());
    }

    #[test]
    fn a_fix_says_what_it_does() {
        assert_eq!(fix_label("range"), "Change to range");
        assert_eq!(fix_label(" "), "Remove it");
        assert_eq!(fix_label("a\nb"), "Mend it");
    }
}
