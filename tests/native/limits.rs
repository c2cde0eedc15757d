//! What tensors may take: a program that asks for more is refused before anything is allocated.
#![cfg(not(target_arch = "wasm32"))]

use std::rc::Rc;

use backend_cpu::CpuBackend;
use engine::{DType, Engine, Error, Result, Scalar, Tensor};

const LIMIT: u64 = 1 << 20;

fn engine(fused: bool) -> Engine {
    let engine = Engine::new(Rc::new(CpuBackend::new()));
    engine.set_fused(fused);
    engine.set_memory_limit(LIMIT);
    engine
}

type Make = fn(&Engine) -> Result<Tensor>;

/// Each would take gigabytes.
const MAKERS: [(&str, Make); 7] = [
    ("rand", |e| e.rand(&[1 << 15, 1 << 15], DType::Float32)),
    ("randn", |e| e.randn(&[1 << 30], DType::Float32)),
    ("randint", |e| e.randint(0, 9, &[1 << 30], DType::Int64)),
    ("randperm", |e| e.randperm(1 << 30, DType::Int64)),
    ("arange", |e| e.arange(Scalar::Int(0), Scalar::Int(1 << 28), Scalar::Int(1))),
    ("stack", |e| Tensor::stack(&vec![e.ones(&[1 << 20])?; 1 << 8], 0)),
    ("outer", |e| e.ones(&[1 << 15, 1])?.copy()?.add(&e.rand(&[1 << 15], DType::Float32)?)),
];

#[test]
fn what_is_too_large_is_refused() {
    for fused in [false, true] {
        for (name, make) in MAKERS {
            let made = make(&engine(fused));
            assert!(matches!(made, Err(Error::TooLarge { .. })), "{name}, fused {fused}: {made:?}");
        }
    }
}

#[test]
fn what_is_freed_makes_room_again() {
    for fused in [false, true] {
        let engine = engine(fused);
        for _ in 0..100 {
            let x = engine.rand(&[100_000], DType::Float32).expect("400 KB fit");
            x.add(1.0).and_then(|y| y.sum(&[], false)).expect("800 KB fit, one after another");
        }
    }
}
