//! A node's op, computed again: against finite differences, and on another device.

use engine::ops::Op;
use engine::{DType, Engine, Result, Tensor};
use protocol::program::Check;

use crate::numbers::Elements;
use crate::record::{Computed, Record, Source};

/// Elements of each input that are moved to see what follows.
const PROBES: usize = 4;
/// The largest tensor that is computed again.
const LARGEST: usize = 1 << 20;
/// How far an element is moved, relative to its size.
const MOVE: f64 = 1e-5;
/// Differences that are as they should be: those of float32.
const TOLERANCE: f64 = 1e-3;

/// How a node was computed, and what went through it backward.
pub(crate) struct Recipe {
    steps: Vec<(Op, Vec<Source>)>,
    operands: Vec<Tensor>,
    gradient: Option<Tensor>,
    given: Vec<(usize, Tensor)>,
}

impl Recipe {
    pub(crate) fn of(record: &Record, computed: &Computed) -> Self {
        Self {
            steps: computed.steps.iter().map(|step| (step.op.clone(), step.inputs.clone())).collect(),
            operands: computed.operands.clone(),
            gradient: record.gradient.clone(),
            given: record.given.clone(),
        }
    }

    /// Its operands, if they are on this engine.
    pub(crate) fn operands_on(&self, engine: &Engine) -> Option<Vec<Tensor>> {
        let here = self.can_run() && self.operands.iter().all(|operand| operand.engine().same_as(engine));
        here.then(|| self.operands.clone())
    }

    /// Whether it can be computed again: what draws random numbers or belongs to the program cannot.
    pub(crate) fn can_run(&self) -> bool {
        let small = self.operands.iter().all(|operand| operand.numel() <= LARGEST);
        small && self.steps.iter().all(|(op, _)| !matches!(op, Op::Custom(_) | Op::Put(_)))
    }

    /// Computes it of other operands. Numbers of its own become `dtype` if they are real.
    ///
    /// # Errors
    /// What its ops say.
    pub(crate) fn run(&self, operands: &[Tensor]) -> Result<Tensor> {
        let mut results: Vec<Tensor> = Vec::new();
        for (op, sources) in &self.steps {
            let engine = operands.first().map(|operand| operand.engine().clone());
            let mut inputs = Vec::new();
            for source in sources {
                inputs.push(match source {
                    Source::Operand(i) => operands[*i].clone(),
                    Source::Step(i) => results[*i].clone(),
                    Source::Own(tensor) => match (&engine, tensor.known()) {
                        (Some(engine), Some(number)) => {
                            let wide = operands.iter().any(|operand| operand.dtype() == DType::Float64);
                            let dtype = if wide && tensor.dtype().is_floating_point() {
                                DType::Float64
                            } else {
                                tensor.dtype()
                            };
                            engine.full(tensor.shape(), number, dtype)?
                        }
                        _ => tensor.clone(),
                    },
                });
            }
            let inputs: Vec<&Tensor> = inputs.iter().collect();
            results.push(op.run(&inputs)?);
        }
        results.pop().ok_or_else(|| engine::Error::Internal("there is nothing to compute".to_owned()))
    }
}

/// All checks that can be made of a node.
pub(crate) async fn all<'a>(
    recipe: &Recipe,
    value: &Tensor,
    others: impl Iterator<Item = &'a Engine>,
) -> Vec<Check> {
    let mut all = Vec::new();
    if !recipe.can_run() {
        return all;
    }
    if let Some(gradient) = &recipe.gradient
        && value.engine().backend().runs_at_once()
    {
        for (input, given) in &recipe.given {
            if let Ok(Some(check)) = difference(recipe, *input, gradient, given).await {
                all.push(check);
            }
        }
    }
    for other in others {
        if let Ok(Some(check)) = elsewhere(recipe, value, other).await {
            all.push(check);
        }
    }
    all
}

/// The gradient of an input against what follows when some of its elements are moved a little, in float64.
async fn difference(
    recipe: &Recipe,
    input: usize,
    gradient: &Tensor,
    given: &Tensor,
) -> Result<Option<Check>> {
    let mut operands = Vec::new();
    for operand in &recipe.operands {
        operands.push(if operand.dtype().is_floating_point() {
            operand.to(DType::Float64)?
        } else {
            operand.clone()
        });
    }
    let Some(moved) = operands.get(input).filter(|operand| operand.dtype().is_floating_point()).cloned()
    else {
        return Ok(None);
    };
    let engine = moved.engine().clone();
    let (base, upstream) = (Elements::read(&moved).await?, gradient.to(DType::Float64)?);
    let analytic = Elements::read(given).await?;
    let count = base.values().len();
    if count == 0 || analytic.values().len() != count {
        return Ok(None);
    }
    let (mut worst, mut probes) = (0.0_f64, 0);
    for probe in 0..PROBES.min(count) {
        // Spread over the whole tensor.
        let at = probe * count / PROBES.min(count);
        let step = MOVE * base.values()[at].abs().max(1.0);
        let mut sides = [0.0; 2];
        for (side, sign) in sides.iter_mut().zip([1.0, -1.0]) {
            let mut values = base.values().to_vec();
            values[at] += sign * step;
            operands[input] = engine.tensor(values, moved.shape())?;
            let out = recipe.run(&operands)?.to(DType::Float64)?;
            let total = out.mul(&upstream)?.sum(&[], false)?;
            *side = Elements::read(&total).await?.values().first().copied().unwrap_or(f64::NAN);
        }
        let (found, expected) = ((sides[0] - sides[1]) / (2.0 * step), analytic.values()[at]);
        worst = worst.max((found - expected).abs() / found.abs().max(expected.abs()).max(1e-3));
        probes += 1;
    }
    Ok(Some(Check {
        name: "Analytic against finite difference".to_owned(),
        error: worst,
        passed: worst < TOLERANCE,
        note: format!("input {}, {probes} of {count} elements moved", input + 1),
    }))
}

/// The value against that of another device.
async fn elsewhere(recipe: &Recipe, value: &Tensor, other: &Engine) -> Result<Option<Check>> {
    let mut operands = Vec::new();
    for operand in &recipe.operands {
        if operand.dtype() == DType::Float64 {
            return Ok(None);
        }
        operands.push(other.tensor_as(operand.read().await?, operand.shape(), operand.dtype())?);
    }
    let there = Elements::read(&recipe.run(&operands)?).await?;
    let here = Elements::read(value).await?;
    let scale = here.values().iter().fold(1e-6_f64, |largest, x| largest.max(x.abs()));
    let worst = here
        .values()
        .iter()
        .zip(there.values())
        .fold(0.0_f64, |worst, (x, y)| worst.max((x - y).abs() / scale));
    Ok(Some(Check {
        name: format!("{} against {}", value.engine().backend().name(), other.backend().name()),
        error: worst,
        passed: worst < TOLERANCE,
        note: format!("{} elements", here.values().len()),
    }))
}
