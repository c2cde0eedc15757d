//! A copy of a running program goes on as the original does, and neither sees what the other writes.
#![cfg(not(target_arch = "wasm32"))]

mod machine;

use engine::autograd::{Options, backward_walk};
use engine::nn::Module;
use engine::{DType, Fork, Memory};
use machine::{Dice, Machine};
use tests::cpu::values;
use tests::modes;

/// Some steps of a program, each drawn from the seed and its number.
fn steps(machine: &mut Machine, seed: u64, numbers: std::ops::Range<u64>) -> Vec<String> {
    numbers.map(|n| machine.step(&mut Dice::new(seed * 1000 + n))).collect()
}

#[test]
fn a_copy_goes_on_as_the_original_does() {
    for engine in modes::both() {
        let start = engine.state();
        let mut succeeded = 0;
        for seed in 0..400 {
            engine.set_state(&start);
            let mut original = Machine::new(&engine, seed).expect("the program begins");
            let middle = 4 + seed % 30;
            steps(&mut original, seed, 0..middle);
            let (mut copy, mut other) = (original.fork(), original.fork());
            let about = format!("seed {seed}, fused: {}", engine.is_fused());
            let expected = (steps(&mut original, seed, middle..middle + 25), original.show());
            let found = (steps(&mut copy, seed, middle..middle + 25), copy.show());
            assert_eq!(found, expected, "{about}");
            succeeded += found.0.iter().filter(|made| made.starts_with("Ok")).count();
            drop(original);
            // The second copy goes another way meanwhile; then a copy of the copy goes on as it does.
            steps(&mut other, seed + 7, 0..20);
            assert_eq!(copy.show(), expected.1, "{about}: a copy was written to");
            drop(copy);
            let mut again = other.fork();
            for n in 0..12 {
                let made = steps(&mut other, seed, n..n + 1);
                assert_eq!(made, steps(&mut again, seed, n..n + 1), "{about}, in turns, step {n}");
            }
            assert_eq!(other.show(), again.show(), "{about}, in turns");
            drop((other, again));
            assert_eq!(engine.flush(), Ok(()), "{about}");
            assert_eq!(engine.memory(), Memory::default(), "{about}: nothing is left");
        }
        assert!(succeeded > 5000, "only {succeeded} of 10000 steps could be taken");
    }
}

#[test]
fn a_copy_costs_no_memory_until_it_is_written_to() {
    for engine in modes::both() {
        let x = engine.tensor(vec![1.0f32; 100], &[100]).expect("it fits");
        let view = x.slice(0, 10, 20, 1).expect("a view");
        let before = engine.memory();
        let mut fork = Fork::new();
        let (y, part) = (fork.tensor(&x), fork.tensor(&view));
        drop(fork);
        assert_eq!(engine.memory(), before);
        assert!(part.base().expect("a base").same_as(&y), "views stay views of one base");
        part.fill_(2.0).expect("a write");
        assert_eq!(values(&y)[10..20], [2.0; 10]);
        assert_eq!(values(&x), [1.0; 100]);
        assert_eq!(engine.memory().bytes, 2 * before.bytes);
    }
}

#[test]
fn a_long_chain_is_copied_in_a_loop() {
    let engine = modes::engine(false);
    let x = engine.ones(&[]).expect("it fits");
    x.requires_grad_(true).expect("float32");
    let mut y = x.add(0.0).expect("y");
    for _ in 0..100_000 {
        y = y.neg().expect("y");
    }
    let mut fork = Fork::new();
    let (copy, leaf) = (fork.tensor(&y), fork.tensor(&x));
    drop(fork);
    copy.backward().expect("backward");
    assert_eq!(values(&leaf.grad().expect("a gradient")), [1.0]);
    assert!(x.grad().is_none());
}

#[test]
fn a_pass_with_chosen_inputs_is_copied_with_its_choice() {
    for engine in modes::both() {
        let leaf = |value: f32| {
            let t = engine.tensor(vec![value], &[1]).expect("it fits");
            t.requires_grad_(true).expect("float32");
            t
        };
        let (x, w) = (leaf(3.0), leaf(5.0));
        let y = x.mul(&w).and_then(|y| y.mul(&y)).expect("y");
        let walk = backward_walk(&[&y], &[], Some(&[&x]), Options::default()).expect("it begins");
        let mut walk = walk.expect("there is a root");
        walk.step().expect("a step");
        let mut fork = Fork::new();
        let mut copy = fork.backward(&walk);
        let (x2, w2) = (fork.tensor(&x), fork.tensor(&w));
        drop(fork);
        while copy.step().expect("a step").is_some() {}
        assert_eq!(values(&x2.grad().expect("a gradient")), [150.0]);
        assert!(w2.grad().is_none() && x.grad().is_none());
        while walk.step().expect("a step").is_some() {}
        assert_eq!(values(&x.grad().expect("a gradient")), [150.0]);
    }
}

#[test]
fn modules_are_copied_with_what_they_share() {
    let engine = modes::engine(true);
    let layer = Module::linear(&engine, 3, 2, true).expect("a layer");
    let tied = Module::custom("Tied");
    tied.set_child("a", layer.clone()).expect("a child");
    tied.set_child("b", layer.clone()).expect("a child");
    let mut fork = Fork::new();
    let copy = fork.module(&tied);
    let weight = fork.tensor(&layer.parameter("weight").expect("a weight"));
    drop(fork);
    let (a, b) = (copy.child("a").expect("a child"), copy.child("b").expect("a child"));
    assert!(a.is(&b) && !a.is(&layer));
    assert!(a.parameter("weight").expect("a weight").same_as(&weight));
    copy.train(false);
    assert!(layer.training() && !a.training());
    engine.no_grad(|| weight.zero_()).expect("a write");
    let x = engine.full(&[1, 3], 1.0, DType::Float32).expect("it fits");
    let sums = [&layer, &a].map(|module| values(&module.forward(&[&x]).and_then(|y| y.abs()).expect("y")));
    assert_ne!(sums[0], sums[1]);
}
