//! The programs of `tests/programs` print what PyTorch prints; and a machine that was copied goes on as the original does.
#![cfg(not(target_arch = "wasm32"))]

#[path = "mnist_world.rs"]
mod mnist_world;

use std::rc::Rc;

use backend_cpu::CpuBackend;
use engine::Engine;
use lang::{Limits, Machine};
use mnist_world::world;
use tests::programs::{ALL, Outcome, Program, World};
use tests::random::Random;

fn engine(fused: bool) -> Engine {
    let engine = Engine::new(Rc::new(CpuBackend::new()));
    engine.set_fused(fused);
    engine
}

/// Runs all programs that a test is about; fails with all that are wrong.
fn check(fused: bool, wanted: impl Fn(&Program) -> bool) {
    let world = world();
    let mut failures = Vec::new();
    let mut count = 0;
    for program in ALL.iter().filter(|program| wanted(program)) {
        let outcome = pollster::block_on(world.clone().run(&engine(fused), program.text));
        count += 1;
        failures.extend(program.check(&outcome).err());
    }
    assert!(failures.is_empty(), "{} of {count} programs fail:\n{}", failures.len(), failures.join("\n"));
    assert!(count > 0, "there are no such programs");
}

/// Whether it trains for long: seconds, where others take milliseconds.
fn is_long(program: &Program) -> bool {
    program.text.contains("MNIST(")
}

#[test]
fn programs_print_what_pytorch_prints() {
    check(true, |program| !is_long(program));
}

#[test]
fn programs_print_the_same_eagerly() {
    check(false, |program| !is_long(program));
}

#[test]
fn trainings_on_mnist_print_what_pytorch_prints() {
    check(true, is_long);
}

#[test]
fn a_copied_machine_goes_on_as_the_original_does() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut failures = Vec::new();
    for program in ALL.iter().filter(|program| !is_long(program) && program.error.is_empty()) {
        let cut = 1 + random.below(3_000) as u64;
        let engine = engine(true);
        let mut machine = Machine::new(engine.clone(), Limits::default());
        if machine.load(program.text).is_err() {
            failures.push(format!("{}: not parsed", program.name));
            continue;
        }
        let (mut world, mut outcome) = (World::default(), Outcome::default());
        let done = pollster::block_on(world.drive(&mut machine, cut, &mut outcome));
        let (mut copy, mut copied, mut elsewhere) = (machine.clone(), outcome.clone(), world.clone());
        // The original runs first, so that what it changes would be seen by the copy.
        if !done {
            while !pollster::block_on(world.drive(&mut machine, 1 << 20, &mut outcome)) {}
            while !pollster::block_on(elsewhere.drive(&mut copy, 1 << 20, &mut copied)) {}
        }
        failures.extend(program.check(&outcome).err().map(|why| format!("original, cut at {cut}: {why}")));
        failures.extend(program.check(&copied).err().map(|why| format!("copy, cut at {cut}: {why}")));
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}
