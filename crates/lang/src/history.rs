//! The moments of a run that are kept, so that it can be gone back in.
//!
//! A moment is a copy of the machine. Fewer are kept the longer ago they are; what lies between two is reached by running on
//! from the earlier one, which gives the same bits again: what came from outside is kept too.

use crate::machine::{Event, Machine, Request, Stops};
use crate::need::Reply;

/// The moments that are kept of one run.
pub struct History {
    /// By their clocks, the earliest first.
    moments: Vec<Machine>,
    /// What was answered, and when.
    replies: Vec<(u64, Reply)>,
    most: usize,
    bytes: u64,
}

/// A machine on the way to the moment that was asked for.
pub struct Replay {
    machine: Machine,
    target: u64,
    /// The answers that are still to come, the next one last.
    replies: Vec<(u64, Reply)>,
}

/// What a replay has come to.
pub enum Progress {
    /// It is there.
    Arrived(Box<Machine>),
    /// It has run for as long as it may, and is to be gone on with.
    Going(Box<Replay>),
    /// A value of a device is needed: give it to [`Replay::provide`].
    Waiting(Box<Replay>, crate::need::Wait),
}

impl History {
    /// Keeps at most `most` moments, whose tensors take at most `bytes` on the device together with those of the program.
    pub fn new(most: usize, bytes: u64) -> Self {
        Self { moments: Vec::new(), replies: Vec::new(), most: most.max(2), bytes }
    }

    /// Keeps this moment.
    pub fn keep(&mut self, machine: &Machine) {
        if self.moments.last().is_some_and(|last| last.clock() >= machine.clock()) {
            return;
        }
        self.moments.push(machine.clone());
        while self.moments.len() > self.most {
            self.thin();
        }
        while self.moments.len() > 2 && machine.tensor_bytes() > self.bytes {
            self.thin();
        }
    }

    /// Remembers what the program was answered at this moment.
    pub fn answered(&mut self, machine: &Machine, reply: Reply) {
        self.replies.push((machine.clock(), reply));
    }

    /// The clocks of all moments that are kept.
    pub fn moments(&self) -> Vec<u64> {
        self.moments.iter().map(Machine::clock).collect()
    }

    /// Drops the moment that is missed least: that with the smallest gap around it, measured against its age. The first and
    /// the last stay.
    fn thin(&mut self) {
        let clocks = self.moments();
        let Some(&now) = clocks.last() else { return };
        let cost = |i: &usize| {
            let gap = (clocks[i + 1] - clocks[i - 1]) as f64;
            gap / (now - clocks[*i] + 1) as f64
        };
        let least = (1..clocks.len().saturating_sub(1)).min_by(|a, b| cost(a).total_cmp(&cost(b)));
        if let Some(least) = least {
            self.moments.remove(least);
        }
    }

    /// The way to a moment: from the last one kept before it. Nothing, if none is.
    pub fn seek(&self, clock: u64) -> Option<Replay> {
        self.seek_from(clock, clock)
    }

    /// The way to a moment, from the last one that was kept at `latest` or before.
    pub fn seek_from(&self, latest: u64, clock: u64) -> Option<Replay> {
        let from = self.moments.iter().rev().find(|moment| moment.clock() <= latest.min(clock))?;
        let mut replies: Vec<_> =
            self.replies.iter().filter(|(at, _)| *at >= from.clock()).cloned().collect();
        replies.reverse();
        Some(Replay { machine: from.clone(), target: clock, replies })
    }

    /// Forgets what comes after a moment: the run goes on from there in another way.
    pub fn forget_after(&mut self, clock: u64) {
        self.moments.retain(|moment| moment.clock() <= clock);
        self.replies.retain(|(at, _)| *at < clock);
    }
}

impl Replay {
    /// The machine on its way: where it begins, before the first [`run`](Self::run).
    pub fn machine(&self) -> &Machine {
        &self.machine
    }

    /// Runs at most so many instructions. What the program prints and draws on the way is dropped: it was told before.
    pub fn run(self, budget: u64) -> Progress {
        self.run_watched(budget, &Stops::default(), &mut |_, _| {})
    }

    /// As [`run`](Self::run). Where the machine would stop on the way, `watch` is told.
    pub fn run_watched(
        mut self,
        budget: u64,
        stops: &Stops,
        watch: &mut dyn FnMut(&Machine, &Event),
    ) -> Progress {
        let mut left = budget;
        loop {
            let to_go = self.target.saturating_sub(self.machine.clock());
            if to_go == 0 || left == 0 {
                break;
            }
            let before = self.machine.clock();
            let event = self.machine.run(to_go.min(left), stops);
            watch(&self.machine, &event);
            left = left.saturating_sub(self.machine.clock() - before);
            match event {
                Event::Need => match self.machine.request() {
                    Some(Request::Value(wait)) => return Progress::Waiting(Box::new(self), wait),
                    Some(Request::Ask(_)) => {
                        let Some((_, reply)) = self.replies.pop() else { break };
                        self.machine.reply(reply);
                    }
                    None => break,
                },
                Event::Finished(_) | Event::Failed(_) => break,
                Event::Print(_)
                | Event::PrintError(_)
                | Event::Figure(_)
                | Event::Line(_)
                | Event::Ops(..)
                | Event::Node(_)
                | Event::OptimizerStep
                | Event::Paused => {}
            }
        }
        if left == 0 && self.machine.clock() < self.target {
            return Progress::Going(Box::new(self));
        }
        self.machine.silence();
        Progress::Arrived(Box::new(self.machine))
    }

    /// Gives the value that was waited for.
    pub fn provide(&mut self, value: crate::machine::Settled) {
        self.machine.provide(value);
    }
}
