//! Random orthogonal matrices: `torch.nn.init.orthogonal_`.

use crate::error::{Error, Result};
use crate::host::HostData;
use crate::tensor::Tensor;

/// Rows (or columns, if those are fewer) that are orthogonal to each other and of length `gain`: of a matrix of normal
/// numbers, the part Q of its factors QR where the diagonal of R is positive. All dimensions but the first are taken as one.
/// A tensor without elements stays as it is.
///
/// # Errors
/// [`Error::Value`] for fewer than two dimensions, [`Error::Shape`] for integers.
pub fn orthogonal_(t: &Tensor, gain: f64) -> Result<()> {
    if t.ndim() < 2 {
        return Err(Error::Value("Only tensors with 2 or more dimensions are supported".to_owned()));
    }
    if t.numel() == 0 {
        return Ok(());
    }
    let rows = t.shape()[0];
    let columns = t.numel() / rows;
    let engine = t.engine();
    let drawn = engine.try_generator(|g| g.normal_values(t.dtype(), t.numel(), (0.0, 1.0), true))?;
    let matrix = drawn.to_f64();
    // The shorter side are the vectors.
    let (count, length) = (rows.min(columns), rows.max(columns));
    let place = |vector: usize, i: usize| {
        if rows < columns { vector * columns + i } else { i * columns + vector }
    };
    let vectors = (0..count).map(|v| (0..length).filter_map(|i| matrix.get(place(v, i)).copied()).collect());
    let mut out = vec![0.0; t.numel()];
    for (v, vector) in orthonormal(vectors).iter().enumerate() {
        for (i, &x) in vector.iter().enumerate() {
            if let Some(o) = out.get_mut(place(v, i)) {
                *o = x * gain;
            }
        }
    }
    let values = HostData::Float64(out);
    let values = if matches!(drawn, HostData::Float32(_)) { values.into_f32().into() } else { values };
    engine.no_grad(|| t.copy_(&engine.tensor(values, t.shape())?))
}

/// Gram's and Schmidt's: each vector without what it has of those before, twice over against rounding, of length 1.
fn orthonormal(vectors: impl Iterator<Item = Vec<f64>>) -> Vec<Vec<f64>> {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let mut done: Vec<Vec<f64>> = Vec::new();
    for mut vector in vectors {
        for before in done.iter().chain(&done) {
            let part = dot(before, &vector);
            vector.iter_mut().zip(before).for_each(|(x, b)| *x -= part * b);
        }
        let length = dot(&vector, &vector).sqrt();
        if length > 0.0 {
            vector.iter_mut().for_each(|x| *x /= length);
        }
        done.push(vector);
    }
    done
}
