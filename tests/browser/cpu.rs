//! The op table on the CPU backend, as wasm with simd128, in a dedicated worker.
#![cfg(target_arch = "wasm32")]

use std::rc::Rc;

use backend_cpu::CpuBackend;
use engine::{DType, Engine};
use tests::lanes;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

fn engine() -> Engine {
    Engine::new(Rc::new(CpuBackend::new()))
}

#[wasm_bindgen_test]
async fn values_are_those_of_the_definition() {
    lanes::values(&engine(), &[DType::Float32, DType::Float64]).await;
}

#[wasm_bindgen_test]
async fn gradients_are_central_differences() {
    lanes::gradients(&engine()).await;
}
