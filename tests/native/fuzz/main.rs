//! Nonsense as programs: whatever they say, nothing may panic, hang, overflow the stack or take more memory than it may.
//!
//! `SEEGRAD_FUZZ=1000000` runs so many, `SEEGRAD_SEED=7` others. A run of many says now and then how far it is; with
//! `SEEGRAD_FUZZ_LAST` each program is written to a file of the temporary folder before it runs.
#![cfg(not(target_arch = "wasm32"))]

mod deep;
mod grammar;
mod mutate;
mod watch;
mod words;

use std::rc::Rc;

use backend_cpu::CpuBackend;
use engine::Engine;
use lang::{Event, Limits, Machine, Reply, Request, Stops};
use tests::random::Random;

use watch::Watch;

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

const LIMITS: Limits = Limits {
    source_bytes: 1 << 20,
    nesting: 100,
    frames: 1000,
    output_lines: 200,
    heap_bytes: 32 << 20,
    tensor_bytes: 64 << 20,
};

/// What programs may take besides their objects and tensors: those of the engine, of the test and of what was freed.
const MEMORY: u64 = 1 << 30;

/// A text, and how many instructions of it are run.
struct Case {
    text: String,
    budget: u64,
}

fn case(random: &mut Random) -> Case {
    match random.below(64) {
        0 => Case { text: deep::object(random), budget: 300_000 },
        1 => Case { text: deep::text(random), budget: 3_000 },
        i if i % 2 == 0 => Case { text: mutate::program(random), budget: 3_000 },
        _ => Case { text: grammar::program(random), budget: 3_000 },
    }
}

/// Runs a program; what it says does not matter.
fn run(engine: &Engine, case: &Case) {
    let mut machine = Machine::new(engine.clone(), LIMITS);
    if machine.load(&case.text).is_ok() {
        advance(&mut machine, case.budget);
    }
}

/// Runs a machine for so many instructions at most.
fn advance(machine: &mut Machine, budget: u64) {
    let end = machine.clock() + budget;
    while machine.clock() < end {
        match machine.run((end - machine.clock()).min(500), &Stops::default()) {
            Event::Need => match machine.request() {
                Some(Request::Value(wait)) => machine.provide(pollster::block_on(wait.settle())),
                Some(Request::Ask(_)) => {
                    machine.reply(Reply::Failed {
                        class: "OSError",
                        text: "there is nothing outside".to_owned(),
                    });
                }
                None => return,
            },
            Event::Finished(_) | Event::Failed(_) => return,
            Event::Paused
            | Event::Print(_)
            | Event::PrintError(_)
            | Event::Figure(_)
            | Event::Line(_)
            | Event::Ops(..)
            | Event::Node(_)
            | Event::OptimizerStep => {}
        }
    }
}

#[test]
fn nothing_panics_hangs_or_takes_too_much() {
    let (count, seed) = (setting("SEEGRAD_FUZZ", 2_000), setting("SEEGRAD_SEED", 1));
    let engine = Engine::new(Rc::new(CpuBackend::new()));
    engine.set_fused(true);
    let mut watch = Watch::start(count);
    for i in 0..count {
        let mut random = Random((seed + i).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let case = case(&mut random);
        watch.begin(i, &case.text);
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run(&engine, &case)));
        assert!(outcome.is_ok(), "program {i} of seed {seed} panics:\n{}", case.text);
        let peak = watch.end();
        assert!(
            peak < MEMORY,
            "after program {i} of seed {seed}, {} MB were taken:\n{}",
            peak >> 20,
            case.text
        );
    }
}

#[test]
fn runs_that_go_on_under_another_text_do_not_panic_either() {
    let (count, seed) = (setting("SEEGRAD_FUZZ", 2_000) / 8, setting("SEEGRAD_SEED", 1));
    let engine = Engine::new(Rc::new(CpuBackend::new()));
    engine.set_fused(true);
    let mut forked = 0;
    for i in 0..count {
        let mut random = Random((seed + i).wrapping_mul(0xD134_2543_DE82_EF95) | 1);
        let [text, other] = mutate::pair(&mut random);
        let budget = 1 + random.below(30_000) as u64;
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let mut machine = Machine::new(engine.clone(), LIMITS);
            if machine.load(&text).is_err() {
                return false;
            }
            advance(&mut machine, budget);
            let Ok(mut fork) = machine.fork_under(&other) else { return false };
            advance(&mut fork, 2_000);
            if let Ok(mut back) = fork.fork_under(&text) {
                advance(&mut back, 1_000);
            }
            true
        }));
        match outcome {
            Ok(done) => forked += u64::from(done),
            Err(_) => {
                panic!("program {i} of seed {seed} panics under another text:\n{text}\n--- and\n{other}")
            }
        }
    }
    assert!(forked * 8 > count, "only {forked} of {count} programs went on");
}
