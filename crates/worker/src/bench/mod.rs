//! Measurements of the real engine in the real worker. `tests/bench/README.md` defines the cases.

mod conv;
mod data;
mod mlp;
mod softmax;

use engine::{Engine, Result, Tensor};
use protocol::{BackendKind, BenchCase, BenchResult};

use crate::backends::Opened;
use crate::pace::now;
use crate::sets::Sets;
use data::Data;
use softmax::Softmax;

/// The images of a batch, as the peers have them, unless a case says otherwise.
const BATCH: usize = 128;
/// How long one case may take, roughly.
const BUDGET_MS: f64 = 12_000.0;
/// The elements of the elementwise case.
const ELEMENTS: usize = 4 << 20;

/// After how many steps a loss is compared with the known one.
const CHECKED_STEPS: usize = 50;

/// What came out: milliseconds a run, and what a run costs, for rates.
#[derive(Default)]
struct Outcome {
    times: Vec<f64>,
    flops: Option<f64>,
    bytes: Option<f64>,
    loss: Option<f64>,
}

/// Measures one case in one mode; `None` if it needs data that are not here. The engine's own mode is put back.
pub(crate) async fn run(
    opened: &Opened,
    sets: &Sets,
    case: BenchCase,
    fused: bool,
) -> Result<Option<BenchResult>> {
    let before = opened.engine.is_fused();
    opened.engine.set_fused(fused);
    let outcome = measure(&opened.engine, sets, case).await;
    opened.engine.set_fused(before);
    let Some(Outcome { times, flops, bytes, loss }) = outcome? else { return Ok(None) };
    let median_ms = median(&times);
    let backend = match opened.report.active {
        BackendKind::Cpu => "cpu",
        BackendKind::WebGpu => "webgpu",
    };
    Ok(Some(BenchResult {
        backend: backend.to_owned(),
        fused,
        case,
        loss,
        median_ms,
        min_ms: times.iter().copied().fold(f64::INFINITY, f64::min),
        n: times.len() as u32,
        gflops: flops.map(|flops| flops / median_ms / 1e6),
        gb_per_s: bytes.map(|bytes| bytes / median_ms / 1e6),
    }))
}

async fn measure(engine: &Engine, sets: &Sets, case: BenchCase) -> Result<Option<Outcome>> {
    let outcome = match case {
        BenchCase::TrainStep | BenchCase::Epoch | BenchCase::MlpStep | BenchCase::ConvStep => {
            let Some(data) = Data::upload(engine, &sets.train)? else { return Ok(None) };
            match case {
                BenchCase::Epoch => Outcome { times: epoch(engine, &data).await?, ..Outcome::default() },
                BenchCase::MlpStep => mlp_step(engine, &data).await?,
                BenchCase::ConvStep => conv_step(engine, &data).await?,
                _ => train_step(engine, &data).await?,
            }
        }
        BenchCase::Predict if !sets.test.is_complete() => return Ok(None),
        BenchCase::Predict => Outcome { times: predict_one(engine, sets).await?, ..Outcome::default() },
        BenchCase::MatMul256 => matmul(engine, 256).await?,
        BenchCase::MatMul512 => matmul(engine, 512).await?,
        BenchCase::MatMul1024 => matmul(engine, 1024).await?,
        BenchCase::Elementwise => elementwise(engine).await?,
    };
    Ok(Some(outcome))
}

fn median(times: &[f64]) -> f64 {
    let mut sorted = Vec::with_capacity(times.len());
    for &time in times {
        sorted.insert(sorted.partition_point(|&before| before < time), time);
    }
    let half = sorted.len() / 2;
    match sorted.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => sorted[half],
        _ => f64::midpoint(sorted[half - 1], sorted[half]),
    }
}

/// Waits until everything that `tensor` depends on is computed.
async fn sync(tensor: &Tensor) -> Result<()> {
    tensor.slice(0, 0, 1, 1)?.read().await.map(drop)
}

/// Times `samples` runs of `count` calls and one wait each, after as many calls to warm up: fewer of both where
/// the budget is too small. Milliseconds a call. `call` gives back what is waited for.
async fn sample(
    mut count: usize,
    mut samples: usize,
    mut call: impl FnMut() -> Result<Tensor>,
) -> Result<Vec<f64>> {
    sync(&call()?).await?;
    let began = now();
    call()?;
    sync(&call()?).await?;
    let estimate = ((now() - began) / 2.0).max(1e-3);
    count = count.min((BUDGET_MS / (samples + 1) as f64 / estimate) as usize).max(1);
    samples = samples.min((BUDGET_MS / estimate) as usize).max(3);
    let mut times = Vec::with_capacity(samples);
    for round in 0..=samples {
        let began = now();
        for _ in 1..count {
            call()?;
        }
        sync(&call()?).await?;
        if round > 0 {
            times.push((now() - began) / count as f64);
        }
    }
    Ok(times)
}

async fn train_step(engine: &Engine, data: &Data) -> Result<Outcome> {
    let mut model = Softmax::zeros(engine)?;
    let loss = loss_of(|_| model.step(data, BATCH)).await?;
    let mut model = Softmax::zeros(engine)?;
    let times = sample(200, 5, || model.step(data, BATCH)?.reshape(&[1])).await?;
    Ok(Outcome { times, loss, ..Outcome::default() })
}

async fn mlp_step(engine: &Engine, data: &Data) -> Result<Outcome> {
    let batches = mlp::Batches::new(engine, data, BATCH)?;
    let mut net = mlp::Mlp::new(engine)?;
    let loss = loss_of(|step| net.step(&batches, step)).await?;
    let (mut net, mut steps) = (mlp::Mlp::new(engine)?, 0..);
    let times = sample(200, 5, || net.step(&batches, steps.next().unwrap_or(0))?.reshape(&[1])).await?;
    Ok(Outcome { times, loss, ..Outcome::default() })
}

async fn conv_step(engine: &Engine, data: &Data) -> Result<Outcome> {
    let batches = mlp::Batches::new(engine, data, conv::BATCH)?;
    let mut net = conv::Conv::new(engine)?;
    let loss = loss_of(|step| net.step(&batches, step)).await?;
    let (mut net, mut steps) = (conv::Conv::new(engine)?, 0..);
    let times = sample(100, 5, || net.step(&batches, steps.next().unwrap_or(0))?.reshape(&[1])).await?;
    Ok(Outcome { times, loss, ..Outcome::default() })
}

/// The loss of the last of the steps after which it is known.
async fn loss_of(mut step: impl FnMut(usize) -> Result<Tensor>) -> Result<Option<f64>> {
    for i in 1..CHECKED_STEPS {
        step(i - 1)?;
    }
    Ok(step(CHECKED_STEPS - 1)?.read().await?.to_f64().first().copied())
}

/// The first epoch warms up and is left out.
async fn epoch(engine: &Engine, data: &Data) -> Result<Vec<f64>> {
    let mut model = Softmax::zeros(engine)?;
    let steps = data.len().div_ceil(BATCH);
    let (mut times, began) = (Vec::new(), now());
    for round in 0..5 {
        let start = now();
        for step in 1..=steps {
            let loss = model.step(data, BATCH)?;
            if step % 10 == 0 || step == steps {
                loss.read().await?;
            }
        }
        if round > 0 {
            times.push(now() - start);
            if now() - began > BUDGET_MS {
                break;
            }
        }
    }
    Ok(times)
}

/// From the pixels on the host to the probabilities on the host; ten at a time, because the clock is coarse.
async fn predict_one(engine: &Engine, sets: &Sets) -> Result<Vec<f64>> {
    let model = Softmax::drawn(engine)?;
    let mut times = Vec::new();
    for group in 0..35 {
        let began = now();
        for i in 0..10 {
            if let Some((image, _)) = sets.test.get(group * 10 + i) {
                model.probabilities(image).await?;
            }
        }
        if group >= 5 {
            times.push((now() - began) / 10.0);
        }
    }
    Ok(times)
}

/// Numbers that repeat, in [low, high).
fn noise(n: usize, seed: u32, low: f32, high: f32) -> Vec<f32> {
    let mut generator = engine::random::Generator::manual_seed(seed.into());
    (0..n).map(|_| generator.uniform(low, high)).collect()
}

/// c ← c·b, with b scaled so that c neither grows nor fades.
async fn matmul(engine: &Engine, n: usize) -> Result<Outcome> {
    let scale = (3.0 / n as f32).sqrt();
    let mut c = engine.tensor(noise(n * n, 1, -1.0, 1.0), &[n, n])?;
    let b = engine.tensor(noise(n * n, 2, -scale, scale), &[n, n])?;
    let count = if n > 512 { 20 } else { 100 };
    let times = sample(count, 7, || {
        c = c.matmul(&b)?;
        engine.flush()?;
        Ok(c.clone())
    });
    Ok(Outcome { times: times.await?, flops: Some(2.0 * (n as f64).powi(3)), ..Outcome::default() })
}

/// y ← relu(y·a + b). The floor counts three arrays read and one written.
async fn elementwise(engine: &Engine) -> Result<Outcome> {
    let mut y = engine.tensor(noise(ELEMENTS, 1, -1.0, 1.0), &[ELEMENTS])?;
    let a = engine.tensor(noise(ELEMENTS, 2, 0.0, 0.9), &[ELEMENTS])?;
    let b = engine.tensor(noise(ELEMENTS, 3, -0.5, 0.5), &[ELEMENTS])?;
    let times = sample(20, 7, || {
        y = y.mul(&a)?.add(&b)?.relu()?;
        // Runs are not to be fused with each other: every y is written.
        engine.flush()?;
        Ok(y.clone())
    });
    Ok(Outcome { times: times.await?, bytes: Some(16.0 * ELEMENTS as f64), ..Outcome::default() })
}
