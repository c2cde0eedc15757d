//! Measurements of the real engine in the real worker. `tests/bench/README.md` defines the cases.

use engine::{Engine, Result, Tensor};
use protocol::{BackendKind, BenchCase, BenchResult};
use trainer::{Config, Data, Init, Model, Trainer};

use crate::backends::Opened;
use crate::pace::now;
use crate::predict;
use crate::sets::Sets;

/// As the peers are measured: zero weights, batches of 128 in file order.
const CONFIG: Config =
    Config { lr: 0.5, batch_size: 128, epochs: u32::MAX, seed: 1, init: Init::Zeros, shuffle: false };
/// How long one case may take, roughly.
const BUDGET_MS: f64 = 12_000.0;
/// The elements of the elementwise case.
const ELEMENTS: usize = 4 << 20;

/// What one run of a case costs, for rates.
#[derive(Default)]
struct Cost {
    flops: Option<f64>,
    bytes: Option<f64>,
}

/// Measures one case; `None` if it needs data that are not here.
pub(crate) async fn run(opened: &Opened, sets: &mut Sets, case: BenchCase) -> Result<Option<BenchResult>> {
    let engine = &opened.engine;
    let (times, cost) = match case {
        BenchCase::TrainStep => {
            let Some(data) = sets.train.on(engine)? else { return Ok(None) };
            (train_step(engine, &data).await?, Cost::default())
        }
        BenchCase::Epoch => {
            let Some(data) = sets.train.on(engine)? else { return Ok(None) };
            (epoch(engine, &data).await?, Cost::default())
        }
        BenchCase::Predict => {
            if !sets.test.is_complete() {
                return Ok(None);
            }
            (predict_one(engine, sets).await?, Cost::default())
        }
        BenchCase::MatMul256 => matmul(engine, 256).await?,
        BenchCase::MatMul512 => matmul(engine, 512).await?,
        BenchCase::MatMul1024 => matmul(engine, 1024).await?,
        BenchCase::Elementwise => elementwise(engine).await?,
    };
    let median_ms = median(&times);
    let backend = match opened.report.active {
        BackendKind::Cpu => "cpu",
        BackendKind::WebGpu => "webgpu",
    };
    Ok(Some(BenchResult {
        backend: backend.to_owned(),
        case,
        median_ms,
        min_ms: times.iter().copied().fold(f64::INFINITY, f64::min),
        n: times.len() as u32,
        gflops: cost.flops.map(|flops| flops / median_ms / 1e6),
        gb_per_s: cost.bytes.map(|bytes| bytes / median_ms / 1e6),
    }))
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

async fn train_step(engine: &Engine, data: &Data) -> Result<Vec<f64>> {
    let mut trainer = Trainer::new(engine, CONFIG)?;
    sample(200, 5, || trainer.step(data, None)?.reshape(&[1])).await
}

/// The first epoch warms up and is left out.
async fn epoch(engine: &Engine, data: &Data) -> Result<Vec<f64>> {
    let mut trainer = Trainer::new(engine, CONFIG)?;
    let steps = data.len().div_ceil(CONFIG.batch_size);
    let (mut times, began) = (Vec::new(), now());
    for round in 0..5 {
        let start = now();
        for step in 1..=steps {
            let loss = trainer.step(data, None)?;
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
    let model = Trainer::new(engine, Config { init: Init::Uniform, ..CONFIG })?;
    let model: &Model = model.model();
    let mut times = Vec::new();
    for group in 0..35 {
        let began = now();
        for i in 0..10 {
            if let Some((image, _)) = sets.test.get(group * 10 + i) {
                predict::probabilities(engine, model, image).await?;
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
async fn matmul(engine: &Engine, n: usize) -> Result<(Vec<f64>, Cost)> {
    let scale = (3.0 / n as f32).sqrt();
    let mut c = engine.tensor(noise(n * n, 1, -1.0, 1.0), &[n, n])?;
    let b = engine.tensor(noise(n * n, 2, -scale, scale), &[n, n])?;
    let count = if n > 512 { 20 } else { 100 };
    let times = sample(count, 7, || {
        c = c.matmul(&b)?;
        Ok(c.clone())
    });
    Ok((times.await?, Cost { flops: Some(2.0 * (n as f64).powi(3)), bytes: None }))
}

/// y ← relu(y·a + b). The floor counts three arrays read and one written.
async fn elementwise(engine: &Engine) -> Result<(Vec<f64>, Cost)> {
    let mut y = engine.tensor(noise(ELEMENTS, 1, -1.0, 1.0), &[ELEMENTS])?;
    let a = engine.tensor(noise(ELEMENTS, 2, 0.0, 0.9), &[ELEMENTS])?;
    let b = engine.tensor(noise(ELEMENTS, 3, -0.5, 0.5), &[ELEMENTS])?;
    let times = sample(20, 7, || {
        y = y.mul(&a)?.add(&b)?.relu()?;
        Ok(y.clone())
    });
    Ok((times.await?, Cost { flops: None, bytes: Some(16.0 * ELEMENTS as f64) }))
}
