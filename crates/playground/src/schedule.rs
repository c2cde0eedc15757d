//! The kernels of a program: as its ops run one by one, and as they are fused.

use std::collections::HashMap;
use std::rc::Rc;

use engine::{Engine, Launched};
use lang::Request;
use protocol::program::{self, Launch, Launches, ProgramState};

use crate::player::Player;
use crate::race::Lane;

/// Ops of a run that are looked at: what follows is more of the same.
const MOST_OPS: u64 = 1200;
/// Kernels that are told, of those that differ.
const MOST_KERNELS: usize = 200;

/// Eager, fused, and fused on the CPU.
const RUNS: usize = 3;

/// A program that is run twice, eagerly and fused; and once more without its GPU, if it uses one.
pub struct Schedule {
    id: u32,
    lanes: [Lane; RUNS],
    devices: [Devices; RUNS],
    turn: usize,
    now: fn() -> f64,
    cut: bool,
}

/// The devices of a run.
struct Devices {
    cpu: Engine,
    cuda: Option<Engine>,
}

impl Devices {
    fn all(&self) -> impl Iterator<Item = &Engine> {
        std::iter::once(&self.cpu).chain(&self.cuda)
    }

    /// What ran since the trace began.
    async fn launches(&self) -> Launches {
        let mut sum = Sum::default();
        for engine in self.all() {
            // What waits at the end of the program is a part of it. If it fails, the program has failed too, and says so.
            let _ = engine.flush();
            sum.add(engine.backend().name(), &engine.end_trace().await);
        }
        sum.launches
    }
}

impl Schedule {
    /// At the start of a text. `engine` makes the CPU of a run; its GPU is the one of the player.
    pub fn new(id: u32, text: &str, player: &Player, engine: impl Fn() -> Engine) -> Self {
        let gpu = || player.cuda.as_ref().map(|cuda| Engine::new(Rc::clone(cuda.backend())));
        let devices =
            [0, 1, 2].map(|run| Devices { cpu: engine(), cuda: if run < 2 { gpu() } else { None } });
        let lane = |at: usize| {
            let devices = &devices[at];
            let lane = Lane::new(&devices.cpu, devices.cuda.as_ref(), text, &player.files, at > 0);
            for engine in devices.all() {
                engine.set_clock(player.now);
                engine.trace(true);
            }
            lane
        };
        Self { id, lanes: [lane(0), lane(1), lane(2)], devices, turn: 0, now: player.now, cut: false }
    }

    /// Whether it still runs.
    pub fn is_running(&self) -> bool {
        self.turn < if self.uses_gpu() { RUNS } else { RUNS - 1 }
    }

    fn uses_gpu(&self) -> bool {
        self.devices[1].cuda.as_ref().is_some_and(|cuda| cuda.ops_run() > 0)
    }

    /// Runs for so many milliseconds at most. Gives back what a run of the program asks for, and that run.
    pub fn slice(&mut self, millis: f64) -> Option<(Request, &mut Lane)> {
        let end = (self.now)() + millis;
        while self.is_running() && (self.now)() < end {
            if let Some(request) = self.lanes[self.turn].slice(millis, self.now) {
                return Some((request, &mut self.lanes[self.turn]));
            }
            let ops: u64 = self.devices[self.turn].all().map(Engine::ops_run).sum();
            let enough = ops >= MOST_OPS;
            if enough || !self.lanes[self.turn].is_running() {
                self.cut |= self.lanes[self.turn].is_running();
                self.turn += 1;
            }
        }
        None
    }

    /// What came of it, once it does not run any more.
    pub async fn report(&self) -> program::Schedule {
        let mut all = Vec::new();
        for (devices, lane) in self.devices.iter().zip(&self.lanes) {
            all.push(Launches { steps: lane.steps(), ..devices.launches().await });
        }
        let mut all = all.into_iter();
        let (eager, fused) = (all.next().unwrap_or_default(), all.next().unwrap_or_default());
        let on_cpu = all.next().filter(|_| self.uses_gpu());
        let failed = self.lanes.iter().find(|lane| lane.state == ProgramState::Failed);
        let note = match failed.and_then(|lane| lane.message.clone()) {
            Some(message) => Some(format!("The program ended with {message}")),
            None => {
                self.cut.then(|| format!("Of the first {MOST_OPS} ops: what follows is more of the same."))
            }
        };
        program::Schedule { id: self.id, eager, fused, on_cpu, note }
    }
}

/// Kernels, those that compute the same together.
struct Sum {
    launches: Launches,
    /// Where a kernel is: by its device, its ops and its text.
    known: HashMap<(&'static str, String, String), usize>,
}

impl Default for Sum {
    fn default() -> Self {
        Self { launches: Launches { millis: Some(0.0), ..Launches::default() }, known: HashMap::new() }
    }
}

impl Sum {
    fn add(&mut self, device: &'static str, all: &[Launched]) {
        for launched in all {
            let sum = &mut self.launches;
            sum.count += 1;
            sum.bytes += launched.bytes;
            sum.flops += launched.flops;
            sum.millis = both(sum.millis, launched.time);
            let mut ops: Vec<String> = launched.ops.iter().map(|op| op.name.to_owned()).collect();
            ops.dedup();
            let text = launched.explanation.source.clone();
            let key = (device, ops.join(" "), text.clone());
            let at = *self.known.entry(key).or_insert(sum.kernels.len());
            let room = sum.kernels.len() < MOST_KERNELS;
            match sum.kernels.get_mut(at) {
                Some(kernel) => {
                    kernel.times += 1;
                    kernel.bytes += launched.bytes;
                    kernel.flops += launched.flops;
                    kernel.millis = both(kernel.millis, launched.time);
                }
                None if room => sum.kernels.push(Launch {
                    name: launched.explanation.name.clone(),
                    device: device.to_owned(),
                    ops,
                    times: 1,
                    bytes: launched.bytes,
                    flops: launched.flops,
                    millis: launched.time,
                    text,
                }),
                None => {}
            }
        }
    }
}

/// A sum of which all parts are known, or nothing.
fn both(one: Option<f64>, other: Option<f64>) -> Option<f64> {
    one.zip(other).map(|(one, other)| one + other)
}
