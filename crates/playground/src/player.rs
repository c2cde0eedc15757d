//! A program that is run, stepped and gone back in.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use engine::Engine;
use lang::{Event, History, Limits, Machine, Prepared, Stops};
use protocol::program::{Diagnostic, LossPoint, Moment, Output, Position, ProgramState, SavedFile, Unit};

use crate::diagnose;
use crate::goal::Goal;
use crate::pin::{Files, Pin};
use crate::recorder::Recorder;

/// Instructions between two looks at the clock. Those that run ops take long.
const LOOK: u64 = 500;
/// Milliseconds and ops after which a run goes on at full speed: ops are fused, and are recorded only where it stops.
const WATCHED_MS: f64 = 400.0;
const WATCHED_OPS: u64 = 3000;
/// Moments that are kept, the bytes that their tensors may take, and the milliseconds between two.
pub(crate) const MOMENTS: usize = 60;
pub(crate) const MOMENT_BYTES: u64 = 1 << 30;
const BETWEEN_MOMENTS_MS: f64 = 150.0;
/// Losses that are kept; of more, every other one is dropped.
pub(crate) const MOST_LOSSES: usize = 4000;

/// A program, and the moments of its run that are kept.
pub struct Player {
    pub(crate) cpu: Engine,
    /// What the program that is played calls `cuda`.
    pub(crate) cuda: Option<Engine>,
    /// What the next one will call that, if it is something else.
    pub(crate) next_cuda: Option<Option<Engine>>,
    /// Ops that `cuda` had run when the program was loaded.
    pub(crate) cuda_ops_before: u64,
    pub(crate) recorder: Rc<Recorder>,
    pub(crate) machine: Option<Machine>,
    pub(crate) history: History,
    pub(crate) text: Rc<str>,
    pub(crate) edition: u32,
    pub(crate) state: ProgramState,
    pub(crate) goal: Goal,
    /// The steps of optimizers when it set out by a unit, until one ends.
    pub(crate) within_step: Option<u64>,
    pub(crate) breakpoints: Vec<u32>,
    /// What was put out, and when.
    pub(crate) output: Vec<(u64, Output)>,
    pub(crate) output_told: usize,
    pub(crate) losses: Vec<LossPoint>,
    pub(crate) losses_changed: bool,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) saved: Vec<SavedFile>,
    pub(crate) files: Files,
    /// Texts of ours that were asked for last, compiled.
    pub(crate) texts: RefCell<Vec<(String, Prepared)>>,
    /// The moment from which other texts go on.
    pub(crate) pin: Option<Pin>,
    /// The node of the graph at which numbers stopped being finite.
    pub(crate) guilty: RefCell<Option<Diagnostic>>,
    /// The moments that are kept, with the steps of optimizers before them.
    pub(crate) moments: Vec<Moment>,
    /// How the run ended, and when: it can be gone back in, and forward again.
    pub(crate) over: Option<(u64, ProgramState, Vec<Diagnostic>)>,
    /// The farthest clock that was reached.
    pub(crate) end: u64,
    /// From which clock on ops are fused.
    pub(crate) fast_from: Option<u64>,
    pub(crate) now: fn() -> f64,
    pub(crate) millis: f64,
    kept_at: f64,
    /// Ops that the engines had run before, or have run for others since.
    pub(crate) ops_before: Cell<u64>,
    pub(crate) ops: u64,
}

/// Why a slice of a run has ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Halt {
    /// Its time is over: it goes on.
    Time,
    /// It has come to where it was to stop, or to its end.
    Stopped,
    /// It needs something: see [`Player::request`].
    Need,
}

/// A history with nothing in it.
pub(crate) fn no_moments() -> History {
    History::new(MOMENTS, MOMENT_BYTES)
}

impl Player {
    /// Without a program. New tensors are made by `cpu`; `cuda` is what programs call that. `now` gives milliseconds since some moment.
    pub fn new(cpu: Engine, cuda: Option<Engine>, now: fn() -> f64) -> Self {
        let recorder = Rc::new(Recorder::default());
        let player = Self {
            cpu,
            cuda,
            next_cuda: None,
            cuda_ops_before: 0,
            recorder,
            machine: None,
            history: no_moments(),
            text: "".into(),
            edition: 0,
            state: ProgramState::Empty,
            goal: Goal::End,
            within_step: None,
            breakpoints: Vec::new(),
            output: Vec::new(),
            output_told: 0,
            losses: Vec::new(),
            losses_changed: false,
            diagnostics: Vec::new(),
            saved: Vec::new(),
            files: Files::new(),
            texts: RefCell::default(),
            pin: None,
            guilty: RefCell::default(),
            moments: Vec::new(),
            over: None,
            end: 0,
            fast_from: None,
            now,
            millis: 0.0,
            kept_at: 0.0,
            ops_before: Cell::default(),
            ops: 0,
        };
        player.listen(true);
        player
    }

    /// Whether there is a program that can run.
    pub fn has_program(&self) -> bool {
        self.machine.is_some()
    }

    /// The engines of a program.
    pub(crate) fn engines(&self) -> impl Iterator<Item = &Engine> {
        std::iter::once(&self.cpu).chain(&self.cuda)
    }

    /// Takes a text, and stands at its start, or at the pinned moment. False if it has errors: then [`diagnostics`](Self::diagnostics) says
    /// which, and there is nothing to run.
    pub fn load(&mut self, edition: u32, text: &str) -> bool {
        self.clear(edition, text);
        let machine = match self.forked(text) {
            Some(forked) => forked,
            None => self.at_start(text),
        };
        match machine {
            Ok(machine) => {
                self.ops_before.set(machine.ops_run() - self.ops);
                self.state = ProgramState::Paused;
                self.machine = Some(machine);
                self.keep();
                true
            }
            Err(errors) => {
                self.state = ProgramState::Empty;
                self.diagnostics = errors;
                false
            }
        }
    }

    /// Forgets the run before.
    fn clear(&mut self, edition: u32, text: &str) {
        self.take_next_cuda();
        self.edition = edition;
        self.text = text.into();
        self.machine = None;
        self.history = no_moments();
        self.moments.clear();
        self.output.clear();
        self.output_told = 0;
        self.losses.clear();
        self.losses_changed = true;
        self.diagnostics.clear();
        self.guilty.take();
        self.over = None;
        self.end = 0;
        self.fast_from = None;
        self.millis = 0.0;
        self.ops = 0;
        self.recorder.clear();
        self.recorder.set_recording(true);
        self.set_fused(false);
    }

    fn at_start(&self, text: &str) -> Result<Machine, Vec<Diagnostic>> {
        let mut machine = Machine::with_devices(self.cpu.clone(), self.cuda.clone(), Limits::default());
        machine.set_stepped_passes(true);
        machine.load(text).map_err(|errors| errors.iter().map(diagnose::syntax).collect::<Vec<_>>())?;
        Ok(machine)
    }

    /// Runs of any kind stop at these lines.
    pub fn set_breakpoints(&mut self, lines: Vec<u32>) {
        self.breakpoints = lines;
    }

    /// Whether there is something to run now.
    pub fn is_running(&self) -> bool {
        self.state == ProgramState::Running
    }

    /// Whether there is nothing to run or to wait for, before the user wants it to.
    pub fn stands(&self) -> bool {
        !matches!(self.state, ProgramState::Running | ProgramState::Waiting(_))
    }

    /// Stands still. What it was waiting for is asked for again when it goes on.
    pub fn pause(&mut self) {
        if matches!(self.state, ProgramState::Running | ProgramState::Waiting(_)) {
            self.state = ProgramState::Paused;
        }
    }

    /// Runs for so many milliseconds at most.
    pub fn slice(&mut self, millis: f64) -> Halt {
        let began = (self.now)();
        let halt = self.run_until(began + millis);
        self.millis += (self.now)() - began;
        self.note_position();
        halt
    }

    fn run_until(&mut self, deadline: f64) -> Halt {
        let mut stops = self.stops();
        loop {
            let Some(machine) = &mut self.machine else { return Halt::Stopped };
            let before = machine.clock();
            let event = machine.run(LOOK, &stops);
            let clock = machine.clock();
            self.recorder.stamp(before, clock);
            if self.recorder.is_recording() {
                self.recorder.note_modules(|| machine.modules_called());
            }
            match event {
                Event::Print(text) => self.put_out(clock, Output::Text(text)),
                Event::PrintError(text) => self.put_out(clock, Output::Error(text)),
                Event::Figure(figure) => self.put_out(clock, Output::Figure(figure.to_svg())),
                Event::Need => return Halt::Need,
                Event::Finished(_) => {
                    return self.finish(ProgramState::Finished);
                }
                Event::Failed(traceback) => {
                    let told = traceback.text.clone();
                    self.put_out(clock, Output::Error(told));
                    let found = self.recorder.with(|graph| diagnose::failure(&traceback, &self.text, graph));
                    self.diagnostics.push(found);
                    return self.finish(ProgramState::Failed);
                }
                Event::Line(_) => return self.stand(),
                Event::Node(_) if stops.nodes => return self.stand(),
                Event::OptimizerStep if stops.optimizer && self.is_another_step() => return self.stand(),
                Event::Ops(..) if self.goal_is(Unit::Op) => return self.stand(),
                Event::Node(_) | Event::OptimizerStep | Event::Ops(..) | Event::Paused => {}
            }
            self.look_after(&mut stops);
            if (self.now)() >= deadline {
                return Halt::Time;
            }
        }
    }

    fn finish(&mut self, state: ProgramState) -> Halt {
        let clock = self.machine.as_ref().map_or(0, Machine::clock);
        self.over = Some((clock, state.clone(), self.diagnostics.clone()));
        self.state = state;
        Halt::Stopped
    }

    fn stand(&mut self) -> Halt {
        self.state = ProgramState::Paused;
        Halt::Stopped
    }

    /// Keeps a moment now and then, and goes over to full speed in time.
    fn look_after(&mut self, stops: &mut Stops) {
        let now = (self.now)();
        if now - self.kept_at > BETWEEN_MOMENTS_MS {
            self.keep();
        }
        let Some(machine) = &self.machine else { return };
        if self.goal == Goal::End && self.recorder.is_recording() {
            let ops = machine.ops_run() - self.ops_before.get();
            if self.millis > WATCHED_MS || ops > WATCHED_OPS || self.fast_from.is_some() {
                self.fast_from.get_or_insert(machine.clock());
                self.recorder.set_recording(false);
                self.set_fused(true);
                *stops = self.stops();
            }
        }
    }

    /// Keeps this moment.
    pub(crate) fn keep(&mut self) {
        let Some(machine) = &self.machine else { return };
        self.history.keep(machine);
        self.kept_at = (self.now)();
        let (clock, steps) = (machine.clock(), self.recorder.steps());
        if self.moments.last().is_none_or(|last| last.clock < clock) {
            self.moments.push(Moment { clock, steps });
        }
        let kept = self.history.moments();
        self.moments.retain(|moment| kept.contains(&moment.clock));
    }

    fn note_position(&mut self) {
        if let Some(machine) = &self.machine {
            self.end = self.end.max(machine.clock());
            self.ops = machine.ops_run() - self.ops_before.get();
        }
    }

    /// Where the run stands.
    pub fn position(&self) -> Position {
        let machine = self.machine.as_ref();
        let at_end = matches!(self.state, ProgramState::Finished | ProgramState::Empty);
        Position {
            edition: self.edition,
            state: self.state.clone(),
            line: machine.filter(|_| !at_end).and_then(Machine::line),
            clock: machine.map_or(0, Machine::clock),
            end: self.end,
            ops: self.ops,
            steps: self.recorder.steps(),
            visiting: if self.goal_is(Unit::Node) {
                self.recorder.with(|graph| graph.visiting)
            } else {
                None
            },
            millis: self.millis,
            moments: self.moments.clone(),
            pinned: self.pinned(),
        }
    }

    /// What is wrong with the text or the run.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut all = self.diagnostics.clone();
        all.extend(self.recorder.with(|graph| diagnose::warnings(&self.text, graph)));
        all.extend(self.guilty.borrow().clone());
        all
    }
}
