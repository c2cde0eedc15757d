//! What a machine tells and offers besides what programs print: where it stops, its devices, the names that it knows.
#![cfg(not(target_arch = "wasm32"))]

mod devices;
mod memory;
mod names;
mod stops;
mod texts;
mod transforms;

use std::rc::Rc;

use backend_cpu::CpuBackend;
use engine::Engine;

fn engine() -> Engine {
    let engine = Engine::new(Rc::new(CpuBackend::new()));
    engine.set_fused(true);
    engine
}
