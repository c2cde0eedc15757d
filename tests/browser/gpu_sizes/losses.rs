//! The loss of classifiers with its gradient: in one workgroup for few rows, in several kernels for many.

use std::rc::Rc;

use backend_cpu::CpuBackend;
use engine::{Backend, Engine, Result};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{noise, open};

/// The loss of scores of which every fifth row does not count, and its gradient.
async fn descent(engine: &Engine, [rows, classes]: [usize; 2]) -> Result<[Vec<f64>; 2]> {
    let scores = noise(rows * classes).into_iter().map(|v| v * 8.0).collect::<Vec<_>>();
    let x = engine.tensor(scores, &[rows, classes])?;
    x.requires_grad_(true)?;
    let class = |row: usize| if row % 5 == 4 { -100 } else { (row * 3 % classes) as i64 };
    let y = engine.tensor((0..rows).map(class).collect::<Vec<_>>(), &[rows])?;
    let loss = x.softmax_cross_entropy(&y, -100)?;
    loss.mul(0.5)?.backward()?;
    let Some(grad) = x.grad() else { return Ok([Vec::new(), Vec::new()]) };
    Ok([loss.read().await?.to_f64(), grad.read().await?.to_f64()])
}

#[wasm_bindgen_test]
async fn losses_of_all_sizes_agree() {
    let gpu: Rc<dyn Backend> = Rc::new(open().await);
    let engines = [gpu, Rc::new(CpuBackend::new())].map(Engine::new);
    engines.iter().for_each(|engine| engine.set_fused(true));
    for size in [[1, 2], [63, 10], [128, 10], [1024, 3], [1025, 3], [4000, 10], [3, 700]] {
        let [found, expected] = [descent(&engines[0], size).await, descent(&engines[1], size).await]
            .map(|done| done.unwrap_or_else(|error| panic!("{size:?}: {error}")).concat());
        assert_eq!(found.len(), 1 + size[0] * size[1], "{size:?}");
        for (i, (f, e)) in found.iter().zip(&expected).enumerate() {
            assert!((f - e).abs() <= 2e-5 * e.abs().max(0.01), "{size:?}: element {i} is {f}, not {e}");
        }
    }
}
