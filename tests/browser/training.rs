//! Both backends train alike: the first steps on real images, in a dedicated worker.
#![cfg(target_arch = "wasm32")]

use std::rc::Rc;

use backend_cpu::CpuBackend;
use datasets::mnist::{File, Part, decode};
use engine::Engine;
use trainer::{Config, Data, Init, Log, Trainer};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// The ten thousand images of the test set: the others would make this test's program large.
const IMAGES: &[u8] = include_bytes!("../../www/data/mnist/t10k-images-idx3-ubyte.gz");
const LABELS: &[u8] = include_bytes!("../../www/data/mnist/t10k-labels-idx1-ubyte.gz");
const STEPS: usize = 50;

/// The losses of the first steps, and the accuracy after them.
async fn train(engine: &Engine, init: Init) -> (Vec<f32>, f32) {
    let parts = (decode(File::TestImages, IMAGES.to_vec()), decode(File::TestLabels, LABELS.to_vec()));
    let (Ok(Part::Images(images)), Ok(Part::Labels(labels))) = parts else {
        panic!("the test set is damaged")
    };
    let data = Data::upload(engine, &images.pixels, labels.as_slice()).expect("the set fits");
    let config = Config { lr: 0.5, batch_size: 100, epochs: 1, seed: 1, init, shuffle: true };
    let mut trainer = Trainer::new(engine, config).expect("a model fits");
    let mut log = Log::new(engine, STEPS).expect("a log fits");
    for _ in 0..STEPS {
        trainer.step(&data, Some(&mut log)).expect("a step succeeds");
    }
    let losses = log.take().await.expect("the log can be read").iter().map(|entry| entry.loss).collect();
    let score = trainer.model().score(&data).expect("it can be scored");
    (losses, score.read().await.expect("the score can be read").into_f32()[1])
}

#[wasm_bindgen_test]
async fn the_first_losses_agree() {
    let gpu = match backend_wgpu::open().await {
        Ok(backend) => Engine::new(Rc::new(backend)),
        Err(reason) => panic!("this test needs WebGPU: {reason}"),
    };
    let cpu = Engine::new(Rc::new(CpuBackend::new()));
    for init in [Init::Zeros, Init::Uniform] {
        let ((expected, right), (found, right_too)) = (train(&cpu, init).await, train(&gpu, init).await);
        assert_eq!((expected.len(), found.len()), (STEPS, STEPS));
        for (step, (e, f)) in expected.iter().zip(&found).enumerate() {
            assert!(
                (e - f).abs() <= 1e-4 * e.abs(),
                "step {step} from {init:?}: {e} on the CPU, {f} on the GPU"
            );
        }
        assert!(expected[STEPS - 1] < expected[0] / 2.0, "the loss falls: {expected:?}");
        assert!((right - right_too).abs() <= 1e-3, "accuracy {right} on the CPU, {right_too} on the GPU");
    }
}
