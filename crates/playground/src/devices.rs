//! The devices of a program. A run stays on the devices that it began on; another one is there for programs that are loaded afterwards.

use std::rc::Rc;

use engine::{Engine, Watcher};
use lang::Machine;
use protocol::program::{Diagnostic, Output, Place, ProgramState, Severity};

use crate::player::{Player, no_moments};

/// What can be done about a lost device.
const AGAIN: &str = "Run the program again: it begins at its start, on the devices that are there now.";

impl Player {
    /// Listens to what the engines do, or not for a while.
    pub(crate) fn listen(&self, listen: bool) {
        for engine in self.engines() {
            let watcher: Option<Rc<dyn Watcher>> =
                if listen { Some(Rc::clone(&self.recorder) as Rc<dyn Watcher>) } else { None };
            engine.set_watcher(watcher);
        }
    }

    pub(crate) fn set_fused(&self, fused: bool) {
        self.engines().filter(|engine| engine.is_fused() != fused).for_each(|engine| engine.set_fused(fused));
    }

    /// What programs that are loaded from now on call `cuda`. A run under way goes on where it is; gone back to its start, it begins on the
    /// devices that are there then.
    pub fn set_cuda(&mut self, cuda: Option<Engine>) {
        self.next_cuda = Some(cuda);
    }

    /// The device called `cuda` is gone with all that was on it, and this is what is there instead. A run that has used it ends. Whether it
    /// did.
    pub fn lose_cuda(&mut self, cuda: Option<Engine>, reason: &str) -> bool {
        self.set_cuda(cuda);
        self.pin = None;
        if !self.uses_cuda() {
            return false;
        }
        // Kept moments have their values on the device.
        self.history = no_moments();
        self.moments.clear();
        let over = matches!(self.state, ProgramState::Failed | ProgramState::Finished | ProgramState::Empty);
        if !over {
            let message = format!("RuntimeError: the device was lost: {reason}");
            let clock = self.machine.as_ref().map_or(0, Machine::clock);
            self.put_out(clock, Output::Error(format!("{message}\n")));
            self.state = ProgramState::Failed;
            self.diagnostics.push(Diagnostic {
                severity: Severity::Error,
                place: Place::default(),
                message,
                hint: Some(AGAIN.to_owned()),
                fix: None,
                node: None,
            });
        }
        true
    }

    /// Whether anything of the program is, or was, on the device called `cuda`.
    fn uses_cuda(&self) -> bool {
        self.cuda
            .as_ref()
            .is_some_and(|cuda| cuda.ops_run() != self.cuda_ops_before || cuda.memory().buffers > 0)
    }

    /// A program is loaded: it gets what is there now. One that goes on from a pinned moment stays where that is.
    pub(crate) fn take_next_cuda(&mut self) {
        if self.pin.is_none()
            && let Some(next) = self.next_cuda.take()
        {
            self.listen(false);
            self.cuda = next;
            self.listen(true);
        }
        self.cuda_ops_before = self.cuda.as_ref().map_or(0, Engine::ops_run);
    }

    /// Whether the run, gone back to its start, begins on other devices than it is on: or has to, because no moment of it is left.
    pub(crate) fn begins_anew(&self, clock: u64) -> bool {
        let moved = self.next_cuda.is_some() && self.pin.is_none();
        moved && self.machine.is_some() && (clock <= self.first() || self.moments.is_empty())
    }

    /// Loads the text again.
    pub(crate) fn begin_anew(&mut self) {
        let text = self.text.clone();
        self.load(self.edition, &text);
    }
}
