//! Ten thousand training steps leave memory as it was: the buffers on the device, and the module's own memory.
#![cfg(target_arch = "wasm32")]

use std::rc::Rc;

use backend_cpu::CpuBackend;
use engine::optim::{Algorithm, Optimizer};
use engine::{DType, Engine, HostData, Tensor};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

const STEPS: usize = 10_000;
/// Steps after which everything that is kept for reuse is there.
const WARM: usize = 500;
/// How many steps are taken between two reads, as in a training that prints its loss.
const LOOK: usize = 100;

/// A small network, whose step has products, activations, a loss, a backward pass and an update with state.
struct Training {
    engine: Engine,
    x: Tensor,
    labels: Tensor,
    weights: [Tensor; 2],
    optimizer: Optimizer,
}

impl Training {
    fn new(engine: &Engine) -> engine::Result<Self> {
        engine.manual_seed(1);
        let x = engine.randn(&[16, 8], DType::Float32)?;
        let labels = engine.tensor(HostData::Int64((0..16).map(|i| i % 4).collect()), &[16])?;
        let weights = [engine.randn(&[8, 12], DType::Float32)?, engine.randn(&[12, 4], DType::Float32)?];
        weights.iter().try_for_each(|w| w.requires_grad_(true))?;
        let optimizer = Optimizer::new(Algorithm::Adam, weights.to_vec(), &[])?;
        Ok(Self { engine: engine.clone(), x, labels, weights, optimizer })
    }

    fn step(&mut self) -> engine::Result<Tensor> {
        let hidden = self.x.matmul(&self.weights[0])?.tanh()?;
        let loss = hidden.matmul(&self.weights[1])?.softmax_cross_entropy(&self.labels, -100)?;
        self.optimizer.zero_grad(true)?;
        loss.backward()?;
        self.optimizer.step()?;
        Ok(loss.detach())
    }
}

/// Buffers in use, and pages of the module's memory.
fn taken(engine: &Engine) -> (usize, usize) {
    (engine.memory().buffers, core::arch::wasm32::memory_size::<0>())
}

async fn train(engine: &Engine) -> engine::Result<()> {
    let mut training = Training::new(engine)?;
    let (mut warm, mut end) = ((0, 0), (0, 0));
    for step in 1..=STEPS {
        let loss = training.step()?;
        if step % LOOK == 0 {
            let loss = loss.item().await?.to_f64();
            assert!(loss.is_finite(), "step {step}: the loss is {loss}");
        }
        if step == WARM {
            warm = taken(&training.engine);
        }
        if step == STEPS {
            end = taken(&training.engine);
        }
    }
    assert_eq!(end.0, warm.0, "buffers in use");
    // The allocator may round a last time.
    assert!(end.1 <= warm.1 + 1, "memory grew from {} to {} pages", warm.1, end.1);
    Ok(())
}

#[wasm_bindgen_test]
async fn ten_thousand_steps_leave_memory_flat_on_the_cpu() {
    for fused in [false, true] {
        let engine = Engine::new(Rc::new(CpuBackend::new()));
        engine.set_fused(fused);
        train(&engine).await.unwrap_or_else(|why| panic!("fused {fused}: {why}"));
    }
}

#[wasm_bindgen_test]
async fn ten_thousand_steps_leave_memory_flat_on_webgpu() {
    let gpu = match backend_wgpu::open().await {
        Ok(backend) => Engine::new(Rc::new(backend)),
        Err(reason) => panic!("this test needs WebGPU: {reason}"),
    };
    gpu.set_fused(true);
    train(&gpu).await.unwrap_or_else(|why| panic!("{why}"));
}
