//! The op table on the CPU backend, as wasm with simd128, in a dedicated worker.
#![cfg(target_arch = "wasm32")]

use tests::{lanes, modes};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[wasm_bindgen_test]
async fn values_are_those_of_the_definition() {
    lanes::values(&modes::engine(false)).await;
}

#[wasm_bindgen_test]
async fn gradients_are_central_differences() {
    lanes::gradients(&modes::engine(false)).await;
}

#[wasm_bindgen_test]
async fn fused_values_are_those_of_the_definition() {
    lanes::values(&modes::engine(true)).await;
}

#[wasm_bindgen_test]
async fn fused_gradients_are_central_differences() {
    lanes::gradients(&modes::engine(true)).await;
}
