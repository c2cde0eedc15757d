//! Until where a run goes, and at what the machine stops for that.

use lang::{Machine, Stops};
use protocol::program::{ProgramState, Unit};

use crate::player::Player;

/// Until where it runs.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Goal {
    /// The end, or a breakpoint.
    End,
    /// One unit on, counted from functions so deep inside each other.
    Unit(Unit, usize),
    /// A line.
    Line(u32),
}

/// Stops at each of this unit, counted from functions so deep inside each other.
pub(crate) fn stop_by(unit: Unit, depth: usize, stops: &mut Stops) {
    match unit {
        Unit::Line => stops.lines = Some(depth),
        Unit::Into => stops.lines = Some(usize::MAX),
        Unit::Out => stops.lines = Some(depth.saturating_sub(1)),
        Unit::Op => stops.ops = true,
        Unit::Node => stops.nodes = true,
        Unit::OptimizerStep => stops.optimizer = true,
    }
}

impl Player {
    /// Sets out for the end. Nothing happens without a program, or at its end.
    pub fn go(&mut self) {
        self.set_out(Goal::End);
    }

    /// Sets out for the next stop of a unit.
    pub fn step(&mut self, unit: Unit) {
        let depth = self.machine.as_ref().map_or(0, Machine::depth);
        self.within_step = Some(self.recorder.steps());
        self.set_out(Goal::Unit(unit, depth));
    }

    /// Whether the step of an optimizer that has ended is one more than those that were counted when the run set out: it may
    /// have set out amid a step, whose end is none. An optimizer that updates nothing counts none.
    pub(crate) fn is_another_step(&mut self) -> bool {
        self.within_step.take() != Some(self.recorder.steps())
    }

    /// Sets out for a line.
    pub fn run_to(&mut self, line: u32) {
        self.set_out(Goal::Line(line));
    }

    fn set_out(&mut self, goal: Goal) {
        if self.state == ProgramState::Paused && self.machine.is_some() {
            self.forget_later();
            self.goal = goal;
            self.state = ProgramState::Running;
        }
    }

    /// At what the machine stops, to come to the goal.
    pub(crate) fn stops(&self) -> Stops {
        let mut stops = Stops {
            breakpoints: self.breakpoints.clone(),
            ops: self.recorder.is_recording(),
            ..Stops::default()
        };
        match &self.goal {
            Goal::End => {}
            Goal::Line(line) => stops.breakpoints.push(*line),
            Goal::Unit(unit, depth) => {
                stops.breakpoints.clear();
                stop_by(*unit, *depth, &mut stops);
            }
        }
        stops
    }

    /// Whether it is stepped by this unit.
    pub(crate) fn goal_is(&self, unit: Unit) -> bool {
        matches!(self.goal, Goal::Unit(goal, _) if goal == unit)
    }
}
