//! The program runs again whenever its text has changed: at once if it is quick, a moment after the last key if it is not.

use std::time::Duration;

use leptos::prelude::*;
use protocol::Command;
use protocol::program::{ProgramCommand, ProgramState};

use crate::components::watch;
use crate::engine_link::EngineLink;
use crate::state::{Engine, State};

/// A run of more milliseconds is not quick.
const QUICK_MS: f64 = 120.0;
/// How long a run that is not quick waits for the next key.
const REST: Duration = Duration::from_millis(450);

/// Keeps the worker running what the editor shows, and tells it of the breakpoints.
pub fn follow(state: State, link: EngineLink) {
    let program = state.program;
    let sent = StoredValue::new(None::<String>);
    let run = move || {
        let text = program.text.get_untracked();
        let alive = state.engine.get_untracked() == Engine::Alive;
        let is_text = |other: &Option<String>| other.as_ref() == Some(&text);
        // What a worker was lost with is not run unasked: it may be to blame.
        let lost = program.lost.with_untracked(is_text);
        if !alive || lost || program.held.get_untracked() || sent.with_value(is_text) {
            return;
        }
        program.lost.set(None);
        sent.set_value(Some(text.clone()));
        let edition = program.edition.get_untracked().wrapping_add(1);
        program.edition.set(edition);
        let lines = program.breakpoints.with_untracked(|lines| lines.iter().copied().collect());
        link.send(&Command::Program(ProgramCommand::Breakpoints(lines)));
        link.send(&Command::Program(ProgramCommand::Load {
            edition,
            text,
            go: true,
            live: program.lab.live.get_untracked(),
        }));
    };
    watch(move || {
        if state.engine.get() != Engine::Alive {
            // Another worker knows nothing of it.
            sent.set_value(None);
            program.fork.set(false);
        }
    });
    let data = Memo::new(move |_| state.own.with(|own| (own.train, own.test)));
    watch(move || {
        // What it has computed was of other data.
        if data.get() != (None, None) || sent.with_value(Option::is_some) {
            sent.set_value(None);
            request_animation_frame(run);
        }
    });
    let forked = StoredValue::new(false);
    watch(move || {
        let fork = program.fork.get();
        if fork == forked.get_value() {
            return;
        }
        forked.set_value(fork);
        link.send(&Command::Program(ProgramCommand::Pin(fork)));
        if !fork {
            // What shows is a fork, or may be: the text has its own run.
            sent.set_value(None);
            request_animation_frame(run);
        }
    });
    watch(move || {
        state.engine.track();
        program.held.track();
        program.lost.track();
        program.text.track();
        let slow = program.position.with_untracked(|position| {
            position.as_ref().is_some_and(|at| at.millis > QUICK_MS || at.state == ProgramState::Running)
        });
        if slow && sent.with_value(Option::is_some) {
            let due = set_timeout_with_handle(run, REST).ok();
            on_cleanup(move || {
                if let Some(due) = due {
                    due.clear();
                }
            });
        } else {
            request_animation_frame(run);
        }
    });
}
