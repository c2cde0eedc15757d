//! Gradients held against central differences: `torch.autograd.gradcheck`.

use super::{Options, grad};
use crate::error::{Error, Result};
use crate::tensor::Tensor;

/// How exact a check is: PyTorch's defaults.
#[derive(Clone, Copy, Debug)]
pub struct Tolerance {
    /// How far the inputs are moved.
    pub eps: f64,
    /// The absolute error allowed.
    pub atol: f64,
    /// The error allowed relative to the numerical value.
    pub rtol: f64,
}

impl Default for Tolerance {
    fn default() -> Self {
        Self { eps: 1e-6, atol: 1e-5, rtol: 1e-3 }
    }
}

/// Compares the Jacobian of `f` at `inputs` (float64), for the inputs that require gradients, with central differences.
/// Reads values, and hence is a future.
///
/// # Errors
/// [`Error::Shape`] with both matrices (one row per element of the input) where they differ, or if no input requires
/// gradients; what `f` says.
pub async fn gradcheck(
    f: impl Fn(&[Tensor]) -> Result<Vec<Tensor>>,
    inputs: &[Tensor],
    tolerance: Tolerance,
) -> Result<()> {
    if !inputs.iter().any(Tensor::requires_grad) {
        let text = "gradcheck expects at least one input tensor to require gradient, but none of the them have \
                    requires_grad=True.";
        return Err(Error::Shape(text.to_owned()));
    }
    let outputs = f(inputs)?;
    for (j, input) in inputs.iter().enumerate().filter(|(_, t)| t.requires_grad()) {
        let numerical = numerical(&f, inputs, j, tolerance.eps).await?;
        for (i, (output, numerical)) in outputs.iter().zip(numerical).enumerate() {
            let analytical = analytical(output, input).await?;
            let close = |n: f64, a: f64| (n - a).abs() <= tolerance.atol + tolerance.rtol * n.abs();
            let fits =
                numerical.iter().flatten().zip(analytical.iter().flatten()).all(|(&n, &a)| close(n, a));
            if !fits {
                return Err(Error::Shape(format!(
                    "Jacobian mismatch for output {i} with respect to input {j},\nnumerical:{}\nanalytical:{}\n",
                    matrix(&numerical),
                    matrix(&analytical)
                )));
            }
        }
    }
    Ok(())
}

/// For each output, the differences of all its elements by each element of input `j`.
async fn numerical(
    f: &impl Fn(&[Tensor]) -> Result<Vec<Tensor>>,
    inputs: &[Tensor],
    j: usize,
    eps: f64,
) -> Result<Vec<Vec<Vec<f64>>>> {
    let engine = inputs[j].engine().clone();
    let values = inputs[j].read().await?.to_f64();
    let mut rows: Vec<Vec<Vec<f64>>> = Vec::new();
    for k in 0..values.len() {
        let mut sides = Vec::new();
        for step in [eps, -eps] {
            let mut moved = values.clone();
            moved[k] += step;
            let moved = engine.tensor(moved, inputs[j].shape())?.to(inputs[j].dtype())?;
            let mut all: Vec<Tensor> = inputs.iter().map(Tensor::detach).collect();
            // A function may differentiate on its own: what required gradients does so here too.
            for (t, input) in all.iter().zip(inputs) {
                t.requires_grad_(input.requires_grad())?;
            }
            moved.requires_grad_(true)?;
            all[j] = moved;
            let mut side = Vec::new();
            for output in f(&all)? {
                side.push(output.read().await?.to_f64());
            }
            sides.push(side);
        }
        for (i, (up, down)) in sides[0].iter().zip(&sides[1]).enumerate() {
            let slope = up.iter().zip(down).map(|(up, down)| (up - down) / (2.0 * eps)).collect();
            if rows.len() <= i {
                rows.push(Vec::new());
            }
            rows[i].push(slope);
        }
    }
    Ok(rows)
}

/// By backward: one pass for each element of the output.
async fn analytical(output: &Tensor, input: &Tensor) -> Result<Vec<Vec<f64>>> {
    let (n, m) = (input.numel(), output.numel());
    let mut rows = vec![vec![0.0; m]; n];
    if !output.requires_grad() {
        return Ok(rows);
    }
    let options = Options { retain_graph: true, allow_unused: true, ..Options::default() };
    for column in 0..m {
        let mut unit = vec![0.0; m];
        unit[column] = 1.0;
        let unit = output.engine().tensor(unit, output.shape())?.to(output.dtype())?;
        if let Some(g) = grad(&[output], &[input], &[Some(&unit)], options)?.remove(0) {
            for (row, value) in rows.iter_mut().zip(g.read().await?.to_f64()) {
                row[column] = value;
            }
        }
    }
    Ok(rows)
}

/// The gradients of `f`, checked against differences in turn: `torch.autograd.gradgradcheck`. The outputs are weighed with
/// `weights`, of their shapes.
///
/// # Errors
/// As for [`gradcheck`].
pub async fn gradgradcheck(
    f: impl Fn(&[Tensor]) -> Result<Vec<Tensor>>,
    inputs: &[Tensor],
    weights: &[Tensor],
    tolerance: Tolerance,
) -> Result<()> {
    let n = inputs.len();
    let asked: Vec<bool> = inputs.iter().map(Tensor::requires_grad).collect();
    let first = move |all: &[Tensor]| {
        let (inputs, weights) = all.split_at(n);
        let outputs = f(inputs)?;
        let wanted: Vec<&Tensor> = inputs.iter().zip(&asked).filter(|(_, a)| **a).map(|(t, _)| t).collect();
        let weights: Vec<Option<&Tensor>> = weights.iter().map(Some).collect();
        let options = Options { create_graph: true, allow_unused: true, ..Options::default() };
        let found = grad(&outputs.iter().collect::<Vec<_>>(), &wanted, &weights, options)?;
        Ok(found.into_iter().flatten().collect())
    };
    let all: Vec<Tensor> = inputs.iter().chain(weights).cloned().collect();
    gradcheck(first, &all, tolerance).await
}

fn matrix(rows: &[Vec<f64>]) -> String {
    let row = |row: &Vec<f64>| {
        format!("[{}]", row.iter().map(|v| format!("{v:.4}")).collect::<Vec<_>>().join(", "))
    };
    format!("tensor([{}], dtype=torch.float64)", rows.iter().map(row).collect::<Vec<_>>().join(",\n        "))
}
