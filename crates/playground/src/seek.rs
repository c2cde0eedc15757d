//! Going to a moment: back, or forward to where the run has been before.

use lang::{Event, Machine, Progress, Replay, Stops};
use protocol::program::{Moment, Output, ProgramState, Unit};

use crate::goal::{Goal, stop_by};
use crate::player::Player;

/// Instructions up to which a run is gone back in from its start, so that all of its graph is there.
const SHORT: u64 = 3_000_000;
/// Instructions at a time.
const LEG: u64 = 20_000;

impl Player {
    /// Goes to a moment that the run has been at: what was recorded since the kept moment before it is recorded again.
    pub async fn seek(&mut self, clock: u64) {
        if self.begins_anew(clock) {
            return self.begin_anew();
        }
        let clock = clock.clamp(self.first(), self.end.max(self.first()));
        let mut ignore = |_: &Machine, _: &Event| {};
        if let Some(machine) = self.replay(self.start_for(clock), clock, &Stops::default(), &mut ignore).await
        {
            self.arrive(machine);
        }
    }

    /// Goes back to the last place where a step by this unit would have stopped; to the start, if there is none.
    pub async fn back(&mut self, unit: Unit) {
        if self.moments.is_empty() {
            return self.seek(0).await;
        }
        let Some((now, depth)) = self.machine.as_ref().map(|machine| (machine.clock(), machine.depth()))
        else {
            return;
        };
        // At its end a program is in no function.
        let depth = if self.state == ProgramState::Paused { depth } else { 1 };
        // Back out of a function that is not inside another leads to the program around it.
        let depth = if unit == Unit::Out { depth.max(2) } else { depth };
        let mut stops = Stops::default();
        stop_by(unit, depth, &mut stops);
        let mut latest = now.saturating_sub(1);
        let target = loop {
            let from = self.start_for(latest);
            let mut passed = None;
            let mut watch = |machine: &Machine, event: &Event| {
                let stop = match event {
                    Event::Line(_) => stops.lines.is_some(),
                    Event::Ops(..) => stops.ops,
                    Event::Node(_) => stops.nodes,
                    Event::OptimizerStep => stops.optimizer,
                    _ => false,
                };
                if stop && machine.clock() < now {
                    passed = Some(machine.clock());
                }
            };
            let replayed = self.replay(from, now, &stops, &mut watch).await.is_some();
            let begin = self.moment_before(from).map_or(0, |moment| moment.clock);
            match passed {
                Some(clock) => break clock,
                None if !replayed || begin <= self.first() => break self.first(),
                None => latest = begin - 1,
            }
        };
        self.seek(target).await;
    }

    /// The last kept moment at `clock` or before.
    fn moment_before(&self, clock: u64) -> Option<&Moment> {
        self.moments.iter().rev().find(|moment| moment.clock <= clock)
    }

    /// From which kept moment on a moment is to be reached: the latest that will do.
    fn start_for(&self, clock: u64) -> u64 {
        let slow = self.fast_from.unwrap_or(u64::MAX);
        if clock <= SHORT && clock < slow { self.first() } else { clock }
    }

    /// Runs on from the last moment kept at `latest` or before, recording, up to `clock`.
    async fn replay(
        &mut self,
        latest: u64,
        clock: u64,
        stops: &Stops,
        watch: &mut dyn FnMut(&Machine, &Event),
    ) -> Option<Machine> {
        let mut replay = self.history.seek_from(latest, clock)?;
        let start = replay.machine().clock();
        let steps = self.moment_before(start).map_or(0, |moment| moment.steps);
        self.recorder.clear();
        self.recorder.set_recording(true);
        self.recorder.set_steps(steps);
        let stops = Stops { ops: true, ..stops.clone() };
        let recorder = std::rc::Rc::clone(&self.recorder);
        let mut both = |machine: &Machine, event: &Event| {
            recorder.note_modules(|| machine.modules_called());
            watch(machine, event);
        };
        let machine = loop {
            let at = replay.machine().clock();
            let slow = self.fast_from.unwrap_or(u64::MAX);
            self.set_fused(at >= slow);
            let leg = if at < slow { LEG.min(slow - at) } else { LEG };
            replay = match replay.run_watched(leg, &stops, &mut both) {
                Progress::Arrived(machine) => break *machine,
                Progress::Going(replay) => *replay,
                Progress::Waiting(mut replay, wait) => {
                    let settled = wait.settle().await;
                    let going: &mut Replay = &mut replay;
                    going.provide(settled);
                    *replay
                }
            };
        };
        self.recorder.take_losses();
        Some(machine)
    }

    /// Stands where a replayed machine is.
    fn arrive(&mut self, machine: Machine) {
        let clock = machine.clock();
        self.machine = Some(machine);
        self.goal = Goal::End;
        self.output_told = self.known_output();
        self.losses_changed = true;
        self.diagnostics.clear();
        self.guilty.take();
        self.state = ProgramState::Paused;
        if let Some((at, state, diagnostics)) = &self.over
            && *at == clock
        {
            self.state.clone_from(state);
            self.diagnostics.clone_from(diagnostics);
        }
    }

    /// From here on, the run is gone on with: what came later in it may come otherwise.
    pub(crate) fn forget_later(&mut self) {
        let known = self.known_output();
        self.output.truncate(known);
        let clock = self.machine.as_ref().map_or(0, Machine::clock);
        self.losses.retain(|loss| loss.clock <= clock);
        self.over = None;
    }

    /// Records again what led to where the run stands, if that ran at full speed: only then are its values known.
    pub async fn catch_up(&mut self) {
        if self.recorder.is_recording() || self.is_running() {
            return;
        }
        let Some(clock) = self.machine.as_ref().map(Machine::clock) else { return };
        // At the end of a program nothing is left to be shown of the last moment: it may have been kept just there.
        let latest = if self.moments.last().is_some_and(|last| last.clock + LEG > clock) {
            self.moments.iter().rev().nth(1).map_or(self.first(), |moment| moment.clock)
        } else {
            clock
        };
        let mut ignore = |_: &Machine, _: &Event| {};
        let steps = self.recorder.steps();
        if let Some(machine) = self.replay(latest, clock, &Stops::default(), &mut ignore).await {
            self.recorder.set_steps(steps);
            if machine.clock() == clock {
                self.machine = Some(machine);
            }
        }
    }

    /// All output up to here.
    pub fn output(&self) -> Vec<Output> {
        self.output[..self.known_output()].iter().map(|(_, output)| output.clone()).collect()
    }
}
