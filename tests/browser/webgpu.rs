//! The op table on WebGPU, in a dedicated worker. Without an adapter these tests fail: they never fall back.
#![cfg(target_arch = "wasm32")]

use std::rc::Rc;

use engine::{DType, Engine};
use tests::lanes;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

async fn engine() -> Engine {
    match backend_wgpu::open().await {
        Ok(backend) => Engine::new(Rc::new(backend)),
        Err(reason) => panic!("these tests need WebGPU: {reason}"),
    }
}

#[wasm_bindgen_test]
async fn values_are_those_of_the_definition() {
    lanes::values(&engine().await, &[DType::Float32]).await;
}

#[wasm_bindgen_test]
async fn gradients_are_central_differences() {
    lanes::gradients(&engine().await).await;
}
