//! The kernels of a program: as its ops run one by one, and as they are fused.

use std::collections::HashMap;

use engine::{Engine, Launched};
use lang::{Reply, Request, Settled};
use protocol::program::{self, Launch, Launches, ProgramState};

use crate::player::Player;
use crate::race::Lane;

/// Ops of a run that are looked at: what follows is more of the same.
const MOST_OPS: u64 = 1200;
/// Kernels that are told, of those that differ.
const MOST_KERNELS: usize = 200;

/// A program that is run twice: eagerly, then fused.
pub struct Schedule {
    id: u32,
    lanes: [Lane; 2],
    engines: [Engine; 2],
    turn: usize,
    now: fn() -> f64,
    cut: bool,
}

impl Schedule {
    /// At the start of a text. `engine` makes the device of a run.
    pub fn new(id: u32, text: &str, player: &Player, engine: impl Fn() -> Engine) -> Self {
        let engines = [engine(), engine()];
        let lane = |at: usize| {
            let lane = Lane::new(&engines[at], text, &player.files, at == 1);
            engines[at].set_clock(player.now);
            engines[at].trace(true);
            lane
        };
        Self { id, lanes: [lane(0), lane(1)], engines: engines.clone(), turn: 0, now: player.now, cut: false }
    }

    /// Whether it still runs.
    pub fn is_running(&self) -> bool {
        self.turn < 2
    }

    /// Runs for so many milliseconds at most. Gives back what the program asks for.
    pub fn slice(&mut self, millis: f64) -> Option<Request> {
        let end = (self.now)() + millis;
        while self.is_running() && (self.now)() < end {
            let lane = &mut self.lanes[self.turn];
            if let Some(request) = lane.slice(millis, self.now) {
                return Some(request);
            }
            let enough = self.engines[self.turn].ops_run() >= MOST_OPS;
            if enough || !self.lanes[self.turn].is_running() {
                self.cut |= self.lanes[self.turn].is_running();
                self.turn += 1;
            }
        }
        None
    }

    /// Gives a value to the run that asked.
    pub fn provide(&mut self, value: Settled) {
        if let Some(lane) = self.lanes.get_mut(self.turn) {
            lane.provide(value);
        }
    }

    /// Answers the run that asked.
    pub fn reply(&mut self, reply: Reply) {
        if let Some(lane) = self.lanes.get_mut(self.turn) {
            lane.reply(reply);
        }
    }

    /// What came of it, once it does not run any more.
    pub fn report(&self) -> program::Schedule {
        let [eager, fused] = self.engines.each_ref().map(|engine| {
            // What waits at the end of the program is a part of it. If it fails, the program has failed too, and says so.
            let _ = engine.flush();
            launches(&engine.trace(false))
        });
        let failed = self.lanes.iter().find(|lane| lane.state == ProgramState::Failed);
        let note = match failed.and_then(|lane| lane.message.clone()) {
            Some(message) => Some(format!("The program ended with {message}")),
            None => {
                self.cut.then(|| format!("Of the first {MOST_OPS} ops: what follows is more of the same."))
            }
        };
        program::Schedule { id: self.id, eager, fused, note }
    }
}

fn launches(all: &[Launched]) -> Launches {
    let mut sum = Launches::default();
    let mut known: HashMap<(String, String), usize> = HashMap::new();
    for launched in all {
        let millis = launched.time.unwrap_or(0.0);
        sum.count += 1;
        sum.bytes += launched.bytes;
        sum.flops += launched.flops;
        sum.millis += millis;
        let mut ops: Vec<String> = launched.ops.iter().map(|op| op.name.to_owned()).collect();
        ops.dedup();
        let name = launched.explanation.name.to_owned();
        let text = launched.explanation.source.clone();
        let key = (ops.join(" "), text.clone());
        let at = *known.entry(key).or_insert(sum.kernels.len());
        let room = sum.kernels.len() < MOST_KERNELS;
        match sum.kernels.get_mut(at) {
            Some(kernel) => {
                kernel.times += 1;
                kernel.bytes += launched.bytes;
                kernel.flops += launched.flops;
                kernel.millis += millis;
            }
            None if room => sum.kernels.push(Launch {
                name,
                ops,
                times: 1,
                bytes: launched.bytes,
                flops: launched.flops,
                millis,
                text,
            }),
            None => {}
        }
    }
    sum
}
