//! Indexing, assignment and moving elements against a plain model, at random shapes and indices, in both modes.
#![cfg(not(target_arch = "wasm32"))]

mod moves;
mod subscripts;

use engine::{Engine, HostData, Tensor};
use tests::array::Array;

/// Draws numbers below `n`.
struct Dice<F>(F);

impl<F: FnMut() -> f64> Dice<F> {
    fn below(&mut self, n: usize) -> usize {
        (((self.0() + 1.0) / 2.0 * n as f64) as usize).min(n.saturating_sub(1))
    }

    /// From `-n` up to, but not including, `n`: a place that may be counted from the end.
    fn place(&mut self, n: usize) -> i64 {
        self.below(2 * n) as i64 - n as i64
    }

    fn shape(&mut self, min_dims: usize, max_dims: usize, min: usize) -> Vec<usize> {
        (0..min_dims + self.below(max_dims - min_dims + 1)).map(|_| min + self.below(5 - min)).collect()
    }
}

/// 0, 1, 2, … in a shape.
fn counted(engine: &Engine, shape: &[usize]) -> (Tensor, Array) {
    let n: usize = shape.iter().product();
    let data: Vec<f64> = (0..n).map(|i| i as f64).collect();
    let t = engine.tensor(data.clone(), shape).expect("the shape fits");
    (t, Array { shape: shape.to_vec(), data })
}

fn array(t: &Tensor) -> Array {
    let data = pollster::block_on(t.read()).map(|data: HostData| data.to_f64()).expect("the CPU can be read");
    Array { shape: t.shape().to_vec(), data }
}
