//! Notices when the goal of the open lesson is reached.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use protocol::program::{Output, Position, ProgramState};

use crate::components::{Page, watch};
use crate::lesson::{Facts, Lesson, NodeFact};
use crate::program::Program;
use crate::shelf::{Shelf, Source};

/// How long text and run must rest before they are looked at: a text that was just typed has not run yet.
const REST: Duration = Duration::from_millis(250);

/// Looks whenever the text or the run has changed.
pub fn follow_goal() {
    let Page { state, shelf, .. } = Page::get();
    let program = state.program;
    let due = StoredValue::new_local(None::<TimeoutHandle>);
    watch(move || {
        program.text.track();
        program.position.track();
        program.output.track();
        program.losses.track();
        program.graph.track();
        if shelf.lesson.with(Option::is_none) {
            return;
        }
        let next = set_timeout_with_handle(move || look(program, shelf), REST).ok();
        if let Some(Some(before)) = due.try_update_value(|due| std::mem::replace(due, next)) {
            before.clear();
        }
    });
    on_cleanup(move || {
        if let Some(Some(due)) = due.try_update_value(Option::take) {
            due.clear();
        }
    });
}

fn look(program: Program, shelf: Shelf) {
    let Some(lesson) = shelf.lesson.get_untracked() else { return };
    let Source::Lesson(file) = shelf.source.get_untracked() else { return };
    if is_reached(program, &lesson) {
        shelf.finish_lesson(&file);
    }
}

fn is_reached(program: Program, lesson: &Lesson) -> bool {
    let edition = program.edition.get_untracked();
    let at = program
        .position
        .get_untracked()
        .filter(|at| at.edition == edition && at.state != ProgramState::Running);
    let Some(at) = at else { return false };
    let text = program.text.get_untracked();
    let output = program.output.with_untracked(|output| printed(output));
    let graph = program.graph.get_untracked();
    let nodes = graph.nodes.iter().map(|node| NodeFact {
        op: &node.op,
        name: node.name.as_deref(),
        gradient: node.gradient.is_some(),
    });
    let facts = Facts {
        text: &text,
        output: &output,
        loss: program.losses.with_untracked(|losses| losses.last().map(|loss| loss.value)),
        nodes: nodes.collect(),
        stepped_back: stands_back(&at),
        finished: at.state == ProgramState::Finished,
    };
    !lesson.check.is_empty() && lesson.check.iter().all(|condition| condition.holds(&facts))
}

/// Everything that was printed.
fn printed(output: &[Output]) -> String {
    let texts = output.iter().filter_map(|part| match part {
        Output::Text(text) => Some(text.as_str()),
        Output::Error(_) | Output::Figure(_) => None,
    });
    texts.collect()
}

/// Whether the run stands before a moment that it had reached.
fn stands_back(at: &Position) -> bool {
    at.clock < at.end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_reached_by_the_run_of_the_text_itself() {
        let _owner = Owner::new();
        let program = Program::default();
        let lesson = Lesson::parse("## Goal\nPrint it.\n- output has `12`\n- finished").expect("it is sound");
        assert!(!is_reached(program, &lesson));
        let position = |edition, state| Position {
            edition,
            state,
            line: None,
            clock: 9,
            end: 9,
            ops: 0,
            steps: 0,
            visiting: None,
            millis: 0.0,
            moments: Vec::new(),
            pinned: None,
        };
        program.output.set(vec![Output::Text("1".to_owned()), Output::Text("2\n".to_owned())]);
        program.edition.set(2);
        program.position.set(Some(position(1, ProgramState::Finished)));
        assert!(!is_reached(program, &lesson), "another text has printed it");
        program.position.set(Some(position(2, ProgramState::Running)));
        assert!(!is_reached(program, &lesson), "not at its end");
        program.position.set(Some(position(2, ProgramState::Finished)));
        assert!(is_reached(program, &lesson));
        assert!(!is_reached(program, &Lesson::default()), "a lesson without conditions is never done");
    }
}
