//! Generators: functions that wait at a `yield`.

use std::cell::RefCell;

use crate::ast::Name;
use crate::machine::Frame;

/// A function that waits, or runs, or is done.
pub(crate) struct Generator {
    pub(crate) name: Name,
    pub(crate) state: RefCell<GeneratorState>,
}

impl Generator {
    /// Whether it has not begun.
    pub(crate) fn is_new(&self) -> bool {
        matches!(&*self.state.borrow(), GeneratorState::Waiting(frame) if frame.ip == 0)
    }
}

/// What a generator is doing.
pub(crate) enum GeneratorState {
    /// It waits at a `yield`, or for its start.
    Waiting(Box<Frame>),
    /// Its frame is among those of the machine.
    Running,
    Done,
}
