//! A run that goes on in another way from where it is: under another text, or with a changed model.

use lang::{History, Machine, Refusal};
use protocol::program::ProgramState;

use crate::diagnose;
use crate::pin::refusal;
use crate::player::{MOMENT_BYTES, MOMENTS, Player};

impl Player {
    /// Lets a run that is under way go on under another text from where it is; numbers that are changed in what has run take effect, too. Where that is not possible, the run goes on as it was, and
    /// [`diagnostics`](Self::diagnostics) says why. False, with nothing done, if no run is under way.
    pub async fn load_live(&mut self, edition: u32, text: &str) -> bool {
        let under_way =
            matches!(self.state, ProgramState::Running | ProgramState::Paused | ProgramState::Waiting(_));
        let begun = self.machine.as_ref().filter(|machine| machine.clock() > 0);
        let Some(machine) = begun.filter(|_| under_way && self.pin.is_none()) else { return false };
        let forked = machine.fork_under(text);
        self.edition = edition;
        self.diagnostics.clear();
        match forked {
            Ok(mut machine) => {
                let old = std::mem::replace(&mut self.text, text.into());
                self.retune(&mut machine, &old, text).await;
                // What was recorded has its places in the text before.
                let steps = self.recorder.steps();
                self.recorder.clear();
                self.recorder.set_steps(steps);
                self.go_on_as(machine);
            }
            Err(Refusal::Syntax(errors)) => self.diagnostics.extend(errors.iter().map(diagnose::syntax)),
            Err(Refusal::NoPlace(reason)) => self.diagnostics.push(refusal(
                format!("The run goes on as it was: it cannot go on under this text. {reason}"),
                "Switch “Live edits” off to run the text from its start.",
            )),
        }
        true
    }

    /// From now on the run is this machine, a copy of it that was changed: it cannot be gone back in before.
    pub(crate) fn go_on_as(&mut self, machine: Machine) {
        let before = self.machine.as_ref().map_or(0, Machine::clock);
        let over = self.over.take().filter(|(clock, ..)| *clock == before);
        let clock = machine.clock();
        self.forget_later();
        self.over = over.map(|(_, state, diagnostics)| (clock, state, diagnostics));
        self.machine = Some(machine);
        self.history = History::new(MOMENTS, MOMENT_BYTES);
        self.moments.clear();
        self.end = clock;
        self.keep();
    }
}
