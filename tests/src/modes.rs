//! Eager and fused: what a program computes must not depend on it.

use std::rc::Rc;

use backend_cpu::CpuBackend;
use engine::Engine;

/// An engine on the CPU.
pub fn engine(fused: bool) -> Engine {
    let engine = Engine::new(Rc::new(CpuBackend::new()));
    engine.set_fused(fused);
    engine
}

/// One engine on the CPU that runs every op at once, and one that lets ops wait.
pub fn both() -> [Engine; 2] {
    [false, true].map(engine)
}
