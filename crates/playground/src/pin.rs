//! A moment from which other texts go on: the run forks there.

use std::rc::Rc;

use lang::{Machine, Refusal};
use protocol::program::{Diagnostic, LossPoint, Moment, Output, Place, ProgramState, Severity};

use crate::diagnose;
use crate::player::Player;

/// The moment, and what was known at it.
pub(crate) struct Pin {
    machine: Machine,
    steps: u64,
    ops: u64,
    output: Vec<(u64, Output)>,
    losses: Vec<LossPoint>,
}

impl Pin {
    /// When it is.
    pub(crate) fn moment(&self) -> Moment {
        Moment { clock: self.machine.clock(), steps: self.steps }
    }
}

impl Player {
    /// From now on, texts that are loaded go on from this moment, or begin at their start again. A run that stands at its end has no
    /// moment to go on from: nothing happens.
    pub fn set_pinned(&mut self, pinned: bool) {
        let paused =
            !matches!(self.state, ProgramState::Finished | ProgramState::Failed | ProgramState::Empty);
        self.pin = match &self.machine {
            Some(machine) if pinned && paused => {
                let clock = machine.clock();
                let losses = self.losses.iter().filter(|loss| loss.clock <= clock).copied().collect();
                Some(Pin {
                    machine: machine.clone(),
                    steps: self.recorder.steps(),
                    ops: self.ops,
                    output: self.output.clone(),
                    losses,
                })
            }
            _ => None,
        };
    }

    /// The machine with which a run of this text begins, with what was known there; or what is wrong with it.
    pub(crate) fn forked(&mut self, text: &str) -> Option<Result<Machine, Vec<Diagnostic>>> {
        let pin = self.pin.as_ref()?;
        let machine = match pin.machine.fork_under(text) {
            Ok(machine) => machine,
            Err(Refusal::Syntax(errors)) => {
                return Some(Err(errors.iter().map(diagnose::syntax).collect()));
            }
            Err(Refusal::NoPlace(reason)) => return Some(Err(vec![no_place(&reason)])),
        };
        self.output.clone_from(&pin.output);
        self.losses.clone_from(&pin.losses);
        self.ops = pin.ops;
        self.end = machine.clock();
        self.recorder.set_steps(pin.steps);
        Some(Ok(machine))
    }

    /// The clock before which a run cannot be gone back: that of its fork, or 0.
    pub(crate) fn first(&self) -> u64 {
        self.moments.first().map_or(0, |moment| moment.clock)
    }

    /// The pinned moment.
    pub(crate) fn pinned(&self) -> Option<Moment> {
        self.pin.as_ref().map(Pin::moment)
    }
}

fn no_place(reason: &str) -> Diagnostic {
    refusal(
        format!("This text cannot go on from the pinned moment. {reason}"),
        "Take the pin away to run the text from its start.",
    )
}

/// A text under which a run cannot go on, and what to do.
pub(crate) fn refusal(message: String, hint: &str) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        place: Place::default(),
        message,
        hint: Some(hint.to_owned()),
        fix: None,
        node: None,
    }
}

/// The files of a program's folder.
pub(crate) type Files = std::collections::BTreeMap<String, Rc<[u8]>>;
