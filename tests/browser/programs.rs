//! The programs of `tests/programs` in a dedicated worker: on the CPU, and with their tensors on WebGPU.
#![cfg(target_arch = "wasm32")]

use std::rc::Rc;

use backend_cpu::CpuBackend;
use datasets::mnist::{File, Part, decode};
use engine::Engine;
use tests::programs::{ALL, Program, Set, World};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

fn cpu() -> Engine {
    let engine = Engine::new(Rc::new(CpuBackend::new()));
    engine.set_fused(true);
    engine
}

/// Runs all programs that a test is about, which are at least so many; fails with all that are wrong.
async fn check(world: &World, engine: &Engine, least: usize, wanted: impl Fn(&Program) -> bool) {
    let mut failures = Vec::new();
    let mut count = 0;
    for program in ALL.iter().filter(|program| wanted(program)) {
        let outcome = world.clone().run(engine, program.text).await;
        if outcome.error.contains(NO_FLOAT64) && needs_float64(program) {
            continue;
        }
        count += 1;
        failures.extend(program.check(&outcome).err());
    }
    assert!(failures.is_empty(), "{} of {count} programs fail:\n{}", failures.len(), failures.join("\n"));
    assert!(count >= least, "only {count} programs were run");
}

/// What WebGPU says to a program that needs float64.
const NO_FLOAT64: &str = "WebGPU cannot hold float64";

/// Whether a program has a reason to need float64: it names it, draws (the numbers of a figure are NumPy's), or lets a
/// `DataLoader` collect Python's floats, which makes float64 of them in PyTorch too.
fn needs_float64(program: &Program) -> bool {
    ["numpy", "matplotlib", "double", "float64", "Double", "DataLoader"]
        .iter()
        .any(|word| program.text.contains(word))
}

/// Programs that a GPU cannot run to their end: they catch an index that is out of range, of which a GPU cannot tell.
const ONLY_ON_THE_CPU: [&str; 2] = ["tensor_corners", "train_ngram"];

fn runs_on_a_gpu(program: &Program) -> bool {
    !ONLY_ON_THE_CPU.contains(&program.name)
}

fn is_long(program: &Program) -> bool {
    program.text.contains("MNIST(")
}

#[wasm_bindgen_test]
async fn programs_print_what_pytorch_prints() {
    check(&World::default(), &cpu(), 100, |program| !is_long(program)).await;
}

#[wasm_bindgen_test]
async fn programs_print_the_same_on_webgpu() {
    let gpu = match backend_wgpu::open().await {
        Ok(backend) => Engine::new(Rc::new(backend)),
        Err(reason) => panic!("this test needs WebGPU: {reason}"),
    };
    gpu.set_fused(true);
    check(&World::default(), &gpu, 80, |program| !is_long(program) && runs_on_a_gpu(program)).await;
}

const TRAIN_IMAGES: &[u8] = include_bytes!("../../www/data/mnist/train-images-idx3-ubyte.gz");
const TRAIN_LABELS: &[u8] = include_bytes!("../../www/data/mnist/train-labels-idx1-ubyte.gz");
const TEST_IMAGES: &[u8] = include_bytes!("../../www/data/mnist/t10k-images-idx3-ubyte.gz");
const TEST_LABELS: &[u8] = include_bytes!("../../www/data/mnist/t10k-labels-idx1-ubyte.gz");

fn part(file: File, bytes: &[u8]) -> Rc<[u8]> {
    match decode(file, bytes.to_vec()) {
        Ok(Part::Images(images)) => images.pixels,
        Ok(Part::Labels(labels)) => labels.shared(),
        Err(why) => panic!("MNIST is damaged: {why}"),
    }
}

#[wasm_bindgen_test]
async fn trainings_on_mnist_print_what_pytorch_prints() {
    let set = |images, labels| -> Option<Set> { Some((images, labels)) };
    let test = set(part(File::TestImages, TEST_IMAGES), part(File::TestLabels, TEST_LABELS));
    let train = set(part(File::TrainImages, TRAIN_IMAGES), part(File::TrainLabels, TRAIN_LABELS));
    let world = World { mnist: [test, train], ..World::default() };
    check(&world, &cpu(), 1, is_long).await;
}
