//! What a run can be asked to do where it stands.

use protocol::program::{Position, ProgramState};

/// What can be asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Able {
    /// To run on.
    pub run: bool,
    /// The same, from the start: it is at its end.
    pub again: bool,
    /// To pause.
    pub pause: bool,
    /// A step.
    pub on: bool,
    /// A step back.
    pub back: bool,
    /// To go to the end.
    pub end: bool,
}

impl Able {
    /// What can be asked at this position.
    pub fn at(position: &Position) -> Self {
        let first = position.moments.first().map_or(0, |moment| moment.clock);
        let back = position.clock > first;
        match position.state {
            ProgramState::Empty => Self::default(),
            ProgramState::Running | ProgramState::Waiting(_) => Self { pause: true, back, ..Self::default() },
            ProgramState::Paused => Self { run: true, on: true, end: true, back, ..Self::default() },
            ProgramState::Finished | ProgramState::Failed => {
                Self { run: true, again: true, back, ..Self::default() }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(state: ProgramState, clock: u64) -> Able {
        Able::at(&Position {
            edition: 1,
            state,
            line: None,
            clock,
            end: 100,
            ops: 0,
            steps: 0,
            visiting: None,
            millis: 0.0,
            moments: Vec::new(),
            pinned: None,
        })
    }

    #[test]
    fn nothing_lies_before_the_start_or_after_the_end() {
        assert_eq!(at(ProgramState::Empty, 0), Able::default());
        assert!(!at(ProgramState::Paused, 0).back);
        let middle = at(ProgramState::Paused, 5);
        assert!(middle.back && middle.on && middle.end && middle.run && !middle.again);
        for state in [ProgramState::Finished, ProgramState::Failed] {
            let end = at(state, 100);
            assert!(end.run && end.again && end.back && !end.on && !end.end);
        }
    }

    #[test]
    fn what_runs_or_waits_can_be_paused_or_taken_back() {
        for state in [ProgramState::Running, ProgramState::Waiting("MNIST".to_owned())] {
            assert_eq!(at(state, 5), Able { pause: true, back: true, ..Able::default() });
        }
    }
}
