//! Trainings of a small made-up set: two classes of images that differ in their upper half.

use std::rc::Rc;

use backend_cpu::CpuBackend;
use engine::{Engine, HostData, Tensor};
use trainer::{Config, Data, Init, Log, Trainer};

const CONFIG: Config =
    Config { lr: 0.1, batch_size: 8, epochs: 3, seed: 1, init: Init::Uniform, shuffle: true };

fn setting() -> (Engine, Data) {
    let engine = Engine::new(Rc::new(CpuBackend::new()));
    let labels: Vec<u8> = (0..50).map(|i| i % 2).collect();
    let pixel = |i: usize, p: usize| if (p < 392) == (i % 2 == 1) { 200 } else { (i * p % 50) as u8 };
    let pixels: Vec<u8> = (0..50).flat_map(|i| (0..784).map(move |p| pixel(i, p))).collect();
    let data = Data::upload(&engine, &pixels, &labels).expect("the set fits");
    (engine, data)
}

fn values(t: &Tensor) -> Vec<f32> {
    pollster::block_on(t.read()).map(HostData::into_f32).expect("the CPU can be read")
}

fn train(trainer: &mut Trainer, data: &Data, steps: usize) -> Vec<f32> {
    let step = |_| values(&trainer.step(data, None).expect("a step succeeds"))[0];
    (0..steps).map(step).collect()
}

#[test]
fn the_loss_falls_and_the_set_is_learned() {
    let (engine, data) = setting();
    let mut trainer = Trainer::new(&engine, CONFIG).expect("a model fits");
    let losses = train(&mut trainer, &data, 21);
    assert!(losses[20] < losses[0] / 4.0, "{losses:?}");
    assert!(trainer.is_finished(data.len()), "7 steps make an epoch");
    let score = values(&trainer.model().score(&data).expect("it can be scored"));
    assert_eq!(score[1], 1.0, "all are classified right");
}

#[test]
fn a_seed_decides_everything() {
    let (engine, data) = setting();
    let run =
        |seed| train(&mut Trainer::new(&engine, Config { seed, ..CONFIG }).expect("a model fits"), &data, 9);
    assert_eq!(run(1), run(1));
    assert_ne!(run(1), run(2));
}

#[test]
fn a_resumed_training_goes_on_with_the_same_bits() {
    let (engine, data) = setting();
    let mut whole = Trainer::new(&engine, CONFIG).expect("a model fits");
    train(&mut whole, &data, 10);
    let (weight, bias) = (values(&whole.model().weight), values(&whole.model().bias));
    let mut resumed = Trainer::resume(&engine, CONFIG, 10, weight, bias).expect("the parameters fit");
    assert_eq!(train(&mut whole, &data, 11), train(&mut resumed, &data, 11));
}

#[test]
fn the_log_holds_every_step_until_it_is_read() {
    let (engine, data) = setting();
    let mut trainer = Trainer::new(&engine, CONFIG).expect("a model fits");
    let mut log = Log::new(&engine, 4).expect("a log fits");
    let losses: Vec<f32> =
        (0..4).map(|_| values(&trainer.step(&data, Some(&mut log)).expect("a step succeeds"))[0]).collect();
    assert!(log.is_full());
    let entries = pollster::block_on(log.take()).expect("the CPU can be read");
    assert_eq!(entries.iter().map(|e| e.loss).collect::<Vec<_>>(), losses);
    assert!(entries.iter().all(|e| (0.0..=1.0).contains(&e.accuracy)));
    assert!(log.is_empty());
}

#[test]
fn training_leaves_memory_flat() {
    let (engine, data) = setting();
    let mut trainer = Trainer::new(&engine, Config { epochs: 1000, ..CONFIG }).expect("a model fits");
    let mut log = Log::new(&engine, 64).expect("a log fits");
    let mut run = |steps| {
        for _ in 0..steps {
            trainer.step(&data, Some(&mut log)).expect("a step succeeds");
            if log.is_full() {
                pollster::block_on(log.take()).expect("the CPU can be read");
            }
        }
        engine.memory()
    };
    let early = run(100);
    assert_eq!(run(2000), early);
}
