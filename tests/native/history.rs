//! Going back in a run: whatever moment is returned to, the run goes on from there as it did.
#![cfg(not(target_arch = "wasm32"))]

use std::rc::Rc;

use backend_cpu::CpuBackend;
use engine::Engine;
use lang::{History, Limits, Machine, Progress, Replay};
use tests::programs::{ALL, Outcome, World};

/// Instructions between two moments that are kept.
const INTERVAL: u64 = 701;

fn arrive(replay: Replay) -> Machine {
    let mut progress = replay.run(300);
    loop {
        progress = match progress {
            Progress::Arrived(machine) => return *machine,
            Progress::Going(replay) => replay.run(300),
            Progress::Waiting(mut replay, wait) => {
                replay.provide(pollster::block_on(wait.settle()));
                replay.run(300)
            }
        };
    }
}

/// A run with its history, and how much had been printed at each clock.
struct Run {
    history: History,
    printed: Vec<(u64, usize)>,
    output: String,
}

fn run(text: &str, most: usize) -> Run {
    let engine = Engine::new(Rc::new(CpuBackend::new()));
    engine.set_fused(true);
    let mut machine = Machine::new(engine, Limits::default());
    assert!(machine.load(text).is_ok(), "it can be parsed");
    let mut history = History::new(most, u64::MAX);
    let (mut world, mut outcome, mut printed) = (World::default(), Outcome::default(), Vec::new());
    loop {
        history.keep(&machine);
        printed.push((machine.clock(), outcome.output.len()));
        if pollster::block_on(world.drive(&mut machine, INTERVAL, &mut outcome)) {
            return Run { history, printed, output: outcome.output };
        }
    }
}

#[test]
fn a_run_goes_on_from_any_moment_as_it_did() {
    let mut failures = Vec::new();
    for program in ALL.iter().filter(|p| p.name.starts_with("v0") && !p.text.contains("MNIST(")) {
        let run = run(program.text, 6);
        let moments = run.history.moments();
        assert!(moments.len() <= 6, "no more moments are kept than may be");
        assert_eq!(moments.first(), Some(&0), "the start is always kept");
        // Also to moments that are no longer kept: they are reached from the one before.
        for (clock, printed) in run.printed.iter().rev().step_by(3) {
            let Some(replay) = run.history.seek(*clock) else {
                panic!("{}: no way to {clock}", program.name)
            };
            let mut machine = arrive(replay);
            let mut outcome = Outcome::default();
            let mut world = World::default();
            while !pollster::block_on(world.drive(&mut machine, 1 << 20, &mut outcome)) {}
            if Some(&*outcome.output) != run.output.get(*printed..) {
                failures.push(format!("{} from {clock}:\n{}", program.name, outcome.output));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn moments_are_fewer_the_longer_ago_they_are() {
    let text = "total = 0\nfor i in range(20000):\n    total = total + i\n";
    let clocks = run(text, 12).history.moments();
    let gaps: Vec<u64> = clocks.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let half = gaps.len() / 2;
    let mean = |gaps: &[u64]| gaps.iter().sum::<u64>() / gaps.len() as u64;
    assert_eq!(clocks.len(), 12);
    assert!(mean(&gaps[..half]) > 2 * mean(&gaps[half..]), "{gaps:?}");
}
