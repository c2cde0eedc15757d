//! Both backends train alike: the first steps of a program on real images, in a dedicated worker.
#![cfg(target_arch = "wasm32")]

use std::rc::Rc;

use backend_cpu::CpuBackend;
use datasets::mnist::{File, Part, decode};
use engine::Engine;
use tests::programs::World;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// The ten thousand images of the test set: the others would make this test's program large.
const IMAGES: &[u8] = include_bytes!("../../www/data/mnist/t10k-images-idx3-ubyte.gz");
const LABELS: &[u8] = include_bytes!("../../www/data/mnist/t10k-labels-idx1-ubyte.gz");
const STEPS: usize = 50;

/// Prints the losses of the first steps, then the part of the images that is classified right after them.
const PROGRAM: &str = "
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
from torchvision import datasets

torch.manual_seed(1)
data = datasets.MNIST('data', train=False, download=True)
images, labels = data.data.view(-1, 28 * 28).float() / 255, data.targets
model = nn.Linear(28 * 28, 10)
INIT
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
for step, (x, y) in enumerate(DataLoader(TensorDataset(images, labels), batch_size=100, shuffle=True)):
    if step == 50:
        break
    loss = nn.functional.cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(loss.item())
with torch.no_grad():
    print((model(images).argmax(1) == labels).float().mean().item())
";

/// The losses of the first steps, and the accuracy after them.
async fn train(engine: &Engine, init: &str) -> (Vec<f64>, f64) {
    let parts = (decode(File::TestImages, IMAGES.to_vec()), decode(File::TestLabels, LABELS.to_vec()));
    let (Ok(Part::Images(images)), Ok(Part::Labels(labels))) = parts else {
        panic!("the test set is damaged")
    };
    let mut world = World { mnist: [Some((images.pixels, labels.shared())), None], ..World::default() };
    let outcome = world.run(engine, &PROGRAM.replace("INIT", init)).await;
    assert_eq!(outcome.error, "");
    let mut numbers: Vec<f64> = outcome.output.lines().filter_map(|line| line.parse().ok()).collect();
    let accuracy = numbers.pop().expect("the program prints numbers");
    (numbers, accuracy)
}

#[wasm_bindgen_test]
async fn the_first_losses_agree() {
    let gpu = match backend_wgpu::open().await {
        Ok(backend) => Engine::new(Rc::new(backend)),
        Err(reason) => panic!("this test needs WebGPU: {reason}"),
    };
    let cpu = Engine::new(Rc::new(CpuBackend::new()));
    for init in ["", "for p in model.parameters(): nn.init.zeros_(p)"] {
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
