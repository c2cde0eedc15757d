//! How long programs take in eager and in fused mode, measured in turns: no test of values, and only run when asked for.
//!
//!     cargo test --release -p tests --test speed -- --ignored --nocapture [NAME]
#![cfg(not(target_arch = "wasm32"))]

use std::time::Instant;

use engine::optim::{Algorithm, Optimizer};
use engine::{DType, Engine, Result, Tensor, nn};
use tests::case::noise;
use tests::modes;

/// A program, and one run of it; gives back what is waited for.
type Run = Box<dyn FnMut() -> Result<Tensor>>;

fn random(engine: &Engine, shape: &[usize], seed: u64) -> Tensor {
    let mut next = noise(seed);
    let data: Vec<f32> = (0..shape.iter().product()).map(|_| next() as f32 * 0.1).collect();
    engine.tensor(data, shape).expect("the shape fits")
}

/// Milliseconds a run: the best of several samples of each mode, taken in turns.
fn measure(name: &str, runs: usize, program: impl Fn(&Engine) -> Run) {
    let engines = modes::both();
    let mut programs = engines.each_ref().map(&program);
    let mut best = [f64::INFINITY; 2];
    for round in 0..15 {
        for ((run, best), engine) in programs.iter_mut().zip(&mut best).zip(&engines) {
            let start = Instant::now();
            for _ in 0..runs {
                // Held until all is computed: what nobody holds would be left out.
                let result = run().expect("it runs");
                engine.flush().expect("it is computed");
                drop(result);
            }
            let time = start.elapsed().as_secs_f64() * 1e3 / runs as f64;
            if round > 0 {
                *best = best.min(time);
            }
        }
    }
    println!("{name:24} eager {:9.4} ms   fused {:9.4} ms   {:5.2}", best[0], best[1], best[1] / best[0]);
}

/// Training a network of these layer sizes with ReLU on one batch.
fn network(sizes: &'static [usize], batch: usize, algorithm: Algorithm) -> impl Fn(&Engine) -> Run {
    move |engine| {
        let layers: Vec<[Tensor; 2]> = sizes
            .windows(2)
            .map(|io| [random(engine, &[io[0], io[1]], 1), random(engine, &[io[1]], 2)])
            .collect();
        let params: Vec<Tensor> = layers.iter().flatten().cloned().collect();
        params.iter().for_each(|p| p.requires_grad_(true).expect("float32"));
        let mut optimizer = Optimizer::new(algorithm, params, &[("lr", 0.01.into())]).expect("an optimizer");
        let images = random(engine, &[batch, sizes[0]], 3);
        let classes = sizes[sizes.len() - 1];
        let labels: Vec<i64> = (0..batch).map(|i| (i * 7 % classes) as i64).collect();
        let labels = engine.tensor(labels, &[batch]).expect("it fits");
        Box::new(move || {
            optimizer.zero_grad(true)?;
            let mut x = images.clone();
            for (i, [weight, bias]) in layers.iter().enumerate() {
                x = if i == 0 { x } else { x.relu()? }.matmul(weight)?.add(bias)?;
            }
            let loss = nn::cross_entropy(&x, &labels)?;
            loss.backward()?;
            optimizer.step()?;
            Ok(loss.detach())
        })
    }
}

#[test]
#[ignore = "a measurement"]
fn networks() {
    measure("softmax 784-10 sgd", 200, network(&[784, 10], 128, Algorithm::Sgd));
    measure("mlp 784-128-10 sgd", 100, network(&[784, 128, 10], 128, Algorithm::Sgd));
    measure("mlp 784-128-10 adam", 100, network(&[784, 128, 10], 128, Algorithm::Adam));
}

#[test]
#[ignore = "a measurement"]
fn small_networks() {
    measure("mlp 2-16-16-2 sgd", 500, network(&[2, 16, 16, 2], 32, Algorithm::Sgd));
    measure("mlp 2-16-16-2 adam", 500, network(&[2, 16, 16, 2], 32, Algorithm::Adam));
}

#[test]
#[ignore = "a measurement"]
fn chains() {
    measure("relu(y*a+b) 4M", 5, |engine| {
        let [mut y, a, b] = [1, 2, 3].map(|seed| random(engine, &[4 << 20], seed));
        Box::new(move || {
            y = y.mul(&a)?.add(&b)?.relu()?;
            Ok(y.clone())
        })
    });
    measure("relu(y*a+b) 1000", 500, |engine| {
        let [mut y, a, b] = [1, 2, 3].map(|seed| random(engine, &[1000], seed));
        Box::new(move || {
            y = y.mul(&a)?.add(&b)?.relu()?;
            Ok(y.clone())
        })
    });
    for (name, f) in
        [("exp", Tensor::exp as fn(&Tensor) -> _), ("tanh", Tensor::tanh), ("sigmoid", Tensor::sigmoid)]
    {
        measure(&format!("{name}(x) 1M"), 5, move |engine| {
            let x = random(engine, &[1 << 20], 1);
            Box::new(move || f(&x))
        });
    }
    measure("gelu-like 1M", 5, |engine| {
        let x = random(engine, &[1 << 20], 1);
        Box::new(move || x.pow(3.0)?.mul(0.044)?.add(&x)?.mul(0.8)?.tanh()?.add(1.0)?.mul(&x)?.mul(0.5))
    });
}

#[test]
#[ignore = "a measurement"]
fn folds() {
    measure("mse 1M", 5, |engine| {
        let [x, y] = [1, 2].map(|seed| random(engine, &[1024, 1024], seed));
        Box::new(move || nn::mse_loss(&x, &y, nn::Reduction::Mean))
    });
    measure("layer norm 1024x1024", 5, |engine| {
        let x = random(engine, &[1024, 1024], 1);
        Box::new(move || {
            let centred = x.sub(&x.mean(&[1], true)?)?;
            centred.div(&centred.mul(&centred)?.mean(&[1], true)?.add(1e-5)?.sqrt()?)
        })
    });
    measure("softmax 1024x1024", 5, |engine| {
        let x = random(engine, &[1024, 1024], 1);
        Box::new(move || x.softmax(1))
    });
    measure("bias+relu 128x512", 50, |engine| {
        let (x, b) = (random(engine, &[128, 512], 1), random(engine, &[512], 2));
        Box::new(move || x.add(&b)?.relu())
    });
    measure("sum of bool mask 1M", 5, |engine| {
        let x = random(engine, &[1 << 20], 1);
        Box::new(move || x.gt(0.0)?.to(DType::Float32)?.sum(&[], false))
    });
}
