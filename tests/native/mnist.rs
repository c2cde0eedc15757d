//! The figures that the project promises for MNIST, on the native CPU backend.
#![cfg(not(target_arch = "wasm32"))]

use std::path::Path;
use std::rc::Rc;

use backend_cpu::CpuBackend;
use datasets::mnist::{File, Part, decode};
use engine::{Engine, HostData};
use trainer::{Config, Data, Init, Trainer};

fn load(engine: &Engine, images: File, labels: File) -> Data {
    let read = |file: File| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/data/mnist").join(file.name());
        decode(file, std::fs::read(path).expect("the data set ships with the project")).expect("it is sound")
    };
    match (read(images), read(labels)) {
        (Part::Images(images), Part::Labels(labels)) => {
            Data::upload(engine, &images.pixels, labels.as_slice()).expect("it fits")
        }
        parts => panic!("images and labels were expected, not {parts:?}"),
    }
}

/// The part of the test set, in per cent, that is classified right after a whole training.
fn accuracy(config: Config) -> f64 {
    let engine = Engine::new(Rc::new(CpuBackend::new()));
    let train = load(&engine, File::TrainImages, File::TrainLabels);
    let test = load(&engine, File::TestImages, File::TestLabels);
    let mut trainer = Trainer::new(&engine, config).expect("a model fits");
    while !trainer.is_finished(train.len()) {
        trainer.step(&train, None).expect("a step succeeds");
    }
    let score = trainer.model().score(&test).expect("it can be scored");
    let values = pollster::block_on(score.read()).map(HostData::into_f32).expect("the CPU can be read");
    100.0 * f64::from(values[1])
}

#[test]
fn softmax_regression_reaches_92_per_cent() {
    let config = Config { lr: 0.5, batch_size: 100, epochs: 10, seed: 1, init: Init::Zeros, shuffle: true };
    let found = accuracy(config);
    assert!((92.0..=92.7).contains(&found), "{found:.2} %");
}

#[test]
fn the_tutorials_settings_reach_what_pytorch_reaches() {
    // PyTorch 1.13: manual_seed(seed), nn.Linear(784, 10), DataLoader(batch_size=64, shuffle=True), SGD(lr=1e-3).
    for (seed, expected) in [(1, 84.81), (3, 84.26), (5, 84.70)] {
        let config = Config { lr: 1e-3, batch_size: 64, epochs: 5, seed, init: Init::Uniform, shuffle: true };
        let found = accuracy(config);
        // Sums are rounded in another order: a few images of ten thousand may fall to the other side.
        assert!((found - expected).abs() < 0.05, "seed {seed}: {found:.2} %, PyTorch {expected} %");
    }
}
