//! Holds a case against its definition: values, gradients and gradients of gradients.

use engine::autograd::{Options, grad};
use engine::{DType, Engine, HostData, Result, Tensor};

use crate::array::Array;
use crate::case::{Case, Kind, Lie, noise};

/// Whether two numbers agree. NaN agrees with NaN only, an infinity with itself only.
pub fn agree(found: f64, expected: f64, tolerance: f64) -> bool {
    if found.is_nan() || expected.is_nan() {
        return found.is_nan() && expected.is_nan();
    }
    if found.is_infinite() || expected.is_infinite() {
        return found == expected;
    }
    (found - expected).abs() <= tolerance * (1.0 + expected.abs())
}

/// The first place where two arrays disagree, in words.
pub fn difference(found: &[f64], shape: &[usize], expected: &Array, tolerance: f64) -> Option<String> {
    if shape != expected.shape {
        return Some(format!("shape {shape:?}, but {:?} was expected", expected.shape));
    }
    let mut pairs = found.iter().zip(&expected.data).enumerate();
    pairs.find(|(_, (f, e))| !agree(**f, **e, tolerance)).map(|(i, (f, e))| {
        format!("element {i} of {shape:?} is {f}, but {e} was expected (tolerance {tolerance:e})")
    })
}

fn fail(case: &Case, what: &str, lie: Lie, why: impl std::fmt::Display) -> String {
    format!("{} · {what} · {lie:?}: {why}", case.name)
}

async fn read(tensor: &Tensor) -> Result<Vec<f64>> {
    tensor.read().await.map(|data: HostData| data.to_f64())
}

/// What the definition of a case gives. Definitions are slow: one result serves for every layout and mode.
pub fn value(case: &Case) -> Array {
    (case.reference)(&case.arrays())
}

/// The value of a case against what is expected, with real inputs as `dtype`.
///
/// # Errors
/// What differs, in words.
pub async fn forward(
    engine: &Engine,
    case: &Case,
    expected: &Array,
    dtype: DType,
    lie: Lie,
) -> std::result::Result<(), String> {
    let outcome = async {
        let out = (case.run)(&case.tensors(engine, dtype, lie)?)?;
        let tolerance = if out.dtype() == DType::Float32 { case.tolerance } else { 1e-11 };
        let found = read(&out).await?;
        Ok::<_, engine::Error>(difference(&found, out.shape(), &round(expected, out.dtype()), tolerance))
    };
    match outcome.await {
        Ok(None) => Ok(()),
        Ok(Some(why)) => Err(fail(case, "value", lie, why)),
        Err(why) => Err(fail(case, "value", lie, why)),
    }
}

/// What float32 makes of values that are too large for it.
fn round(array: &Array, dtype: DType) -> Array {
    if dtype == DType::Float32 { array.map(|v| f64::from(v as f32)) } else { array.clone() }
}

fn weights(shape: &[usize], seed: u64) -> Array {
    let mut next = noise(seed);
    let n: usize = shape.iter().product();
    Array { shape: shape.to_vec(), data: (0..n).map(|_| f64::from(next() as f32)).collect() }
}

fn upload(engine: &Engine, array: &Array, dtype: DType) -> Result<Tensor> {
    let data = &array.data;
    match dtype {
        DType::Float64 => engine.tensor(data.clone(), &array.shape),
        _ => engine.tensor(data.iter().map(|&v| v as f32).collect::<Vec<_>>(), &array.shape),
    }
}

/// Central differences of `f` in every element of every real input.
fn slopes(case: &Case, f: impl Fn(&[Array]) -> f64) -> Vec<Option<Array>> {
    let arrays = case.arrays();
    let step = 1e-5;
    let slope = |i: usize, k: usize| {
        let at = |d: f64| {
            let mut moved = arrays.clone();
            moved[i].data[k] += d;
            f(&moved)
        };
        (at(step) - at(-step)) / (2.0 * step)
    };
    let of = |i: usize| Array {
        shape: arrays[i].shape.clone(),
        data: (0..arrays[i].data.len()).map(|k| slope(i, k)).collect(),
    };
    case.inputs.iter().enumerate().map(|(i, input)| (input.kind == Kind::Real).then(|| of(i))).collect()
}

/// The gradients of Σ weights · value with respect to the real inputs.
fn gradients(
    engine: &Engine,
    case: &Case,
    inputs: &[Tensor],
    dtype: DType,
    options: Options,
) -> Result<Vec<Option<Tensor>>> {
    let reals: Vec<&Tensor> =
        inputs.iter().zip(&case.inputs).filter(|(_, i)| i.kind == Kind::Real).map(|(t, _)| t).collect();
    for t in &reals {
        t.requires_grad_(true)?;
    }
    let out = (case.run)(inputs)?;
    let w = upload(engine, &weights(out.shape(), 99), dtype)?;
    let options = Options { allow_unused: true, ..options };
    let mut found = grad(&[&out], &reals, &[Some(&w)], options)?.into_iter();
    Ok(case.inputs.iter().map(|i| if i.kind == Kind::Real { found.next().flatten() } else { None }).collect())
}

/// Central differences of the definition of a case, for each real input: what its gradients should be.
pub fn differences(case: &Case) -> Vec<Option<Array>> {
    slopes(case, |arrays| {
        let out = (case.reference)(arrays);
        out.data.iter().zip(&weights(&out.shape, 99).data).map(|(v, w)| v * w).sum()
    })
}

/// The gradients of a case against what is expected.
///
/// # Errors
/// What differs, in words.
pub async fn gradient(
    engine: &Engine,
    case: &Case,
    expected: &[Option<Array>],
    dtype: DType,
    lie: Lie,
) -> std::result::Result<(), String> {
    let tolerance = if dtype == DType::Float64 { 1e-7 } else { case.tolerance.max(1e-5) * 20.0 };
    let outcome = async {
        let inputs = case.tensors(engine, dtype, lie)?;
        let found = gradients(engine, case, &inputs, dtype, Options::default())?;
        compare(&found, expected, tolerance).await
    };
    outcome.await.unwrap_or_else(|e| Err(e.to_string())).map_err(|why| fail(case, "gradient", lie, why))
}

async fn compare(
    found: &[Option<Tensor>],
    expected: &[Option<Array>],
    tolerance: f64,
) -> Result<std::result::Result<(), String>> {
    for (i, (found, expected)) in found.iter().zip(expected).enumerate() {
        let Some(expected) = expected else { continue };
        let zeros = expected.map(|_| 0.0);
        let (values, shape) = match found {
            Some(t) => (read(t).await?, t.shape().to_vec()),
            None => (zeros.data, zeros.shape),
        };
        if let Some(why) = difference(&values, &shape, expected, tolerance) {
            return Ok(Err(format!("input {i}: {why}")));
        }
    }
    Ok(Ok(()))
}

/// The gradient of Σ v · (gradient) against central differences of the gradient, in float64.
///
/// # Errors
/// What differs, in words.
pub async fn second_gradient(engine: &Engine, case: &Case) -> std::result::Result<(), String> {
    let (dtype, lie) = (DType::Float64, Lie::Dense);
    let outcome = async {
        let options = Options { create_graph: true, allow_unused: true, ..Options::default() };
        let inputs = case.tensors(engine, dtype, lie)?;
        let first = gradients(engine, case, &inputs, dtype, options)?;
        let mut found = vec![None; inputs.len()];
        for (i, g) in first.iter().enumerate() {
            let Some(g) = g else { continue };
            if !g.requires_grad() {
                continue;
            }
            let v = upload(engine, &weights(g.shape(), 7 + i as u64), dtype)?;
            let reals: Vec<&Tensor> = inputs.iter().filter(|t| t.requires_grad()).collect();
            let mut parts = grad(&[g], &reals, &[Some(&v)], options)?.into_iter();
            for (slot, t) in found.iter_mut().zip(&inputs) {
                if t.requires_grad()
                    && let Some(part) = parts.next().flatten()
                {
                    *slot = Some(match slot.take() {
                        Some(sum) => part.add(&sum)?,
                        None => part,
                    });
                }
            }
        }
        compare(&found, &slopes(case, |arrays| weighted_gradient(engine, case, arrays)), 1e-6).await
    };
    outcome
        .await
        .unwrap_or_else(|e| Err(e.to_string()))
        .map_err(|why| fail(case, "second gradient", lie, why))
}

/// Σ v · (gradient) at other values of the inputs; NaN if it cannot be computed.
fn weighted_gradient(engine: &Engine, case: &Case, arrays: &[Array]) -> f64 {
    let moved = case.inputs.iter().zip(arrays).map(|(input, array)| {
        crate::case::Input { array: array.clone(), kind: input.kind }.tensor(
            engine,
            DType::Float64,
            Lie::Dense,
        )
    });
    let total = || -> Result<f64> {
        let inputs: Vec<Tensor> = moved.collect::<Result<_>>()?;
        let found = gradients(engine, case, &inputs, DType::Float64, Options::default())?;
        let mut total = 0.0;
        for (i, g) in found.iter().enumerate() {
            let Some(g) = g else { continue };
            let values = pollster::block_on(read(g))?;
            let v = weights(g.shape(), 7 + i as u64);
            total += values.iter().zip(&v.data).map(|(a, b)| a * b).sum::<f64>();
        }
        Ok(total)
    };
    total().unwrap_or(f64::NAN)
}
