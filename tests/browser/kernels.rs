//! Kernels that are made at run time hold what the loops that are compiled do: the same bits for elementwise programs, and
//! for products what the definition says. That they are made at all is checked too.
#![cfg(target_arch = "wasm32")]

use std::rc::Rc;

use backend_cpu::{CpuBackend, kernels_made, make_kernels_after, product_kernels, window_kernels};
use engine::optim::Optimizer;
use engine::{DType, Engine, HostData, Result, Tensor, nn};
use tests::case::noise;
use tests::lanes;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// No program is run for so many elements: none gets a kernel.
const NEVER: usize = usize::MAX;

fn engine() -> Engine {
    Engine::new(Rc::new(CpuBackend::new()))
}

/// A function of three vectors: two of numbers and one of truths.
type Function = fn([&Tensor; 3]) -> Result<Tensor>;

const FUNCTIONS: [(&str, Function); 26] = [
    ("neg", |[x, _, _]| x.neg()),
    ("abs", |[x, _, _]| x.abs()),
    ("sign", |[x, _, _]| x.sign()),
    ("exp", |[x, _, _]| x.exp()),
    ("sqrt", |[x, _, _]| x.sqrt()),
    ("rsqrt", |[x, _, _]| x.rsqrt()),
    ("reciprocal", |[x, _, _]| x.reciprocal()),
    ("tanh", |[x, _, _]| x.tanh()),
    ("sigmoid", |[x, _, _]| x.sigmoid()),
    ("relu", |[x, _, _]| x.relu()),
    ("floor", |[x, _, _]| x.floor()),
    ("ceil", |[x, _, _]| x.ceil()),
    ("round", |[x, _, _]| x.round()),
    ("trunc", |[x, _, _]| x.trunc()),
    ("add", |[x, y, _]| x.add(y)),
    ("sub of a number", |[x, _, _]| x.sub(0.3)),
    ("mul by a column", |[x, y, _]| x.reshape(&[-1, 1])?.mul(&y.slice(0, 0, 7, 1)?)?.reshape(&[-1])),
    ("div", |[x, y, _]| x.div(y)),
    ("square and cube", |[x, y, _]| x.pow(2.0)?.add(&y.pow(3.0)?)),
    ("maximum", |[x, y, _]| x.maximum(y)),
    ("minimum", |[x, y, _]| x.minimum(y)),
    ("comparisons", |[x, y, _]| {
        x.lt(y)?.logical_xor(&x.ge(0.5)?)?.logical_or(&x.eq(y)?)?.logical_and(&y.ne(1.0)?)
    }),
    ("le and gt", |[x, y, _]| x.le(y)?.logical_xor(&x.gt(-0.5)?)),
    ("where", |[x, y, c]| c.where_(x, y)),
    ("conversions", |[x, _, c]| c.to(DType::Float32)?.add(&x.to(DType::Bool)?.to(DType::Float32)?)),
    ("a chain", |[x, y, _]| x.mul(y)?.add(1.0)?.tanh()?.mul(x)?.sub(y)?.relu()?.exp()),
];

/// Numbers of every kind, in no order.
fn numbers(n: usize, seed: u64) -> Vec<f32> {
    let special =
        [0.0, -0.0, 1.0, -0.5, 2.5, f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 1e-41, -3e38, 88.5, -104.2];
    let mut next = noise(seed);
    let number = |i: usize| match (next(), i % 5) {
        (v, 0) => special[((v + 1.0) * 5.99) as usize],
        (v, 1) => (v * 100.0) as f32,
        (v, _) => (v * 3.0) as f32,
    };
    (0..n).map(number).collect()
}

/// The bits of what a function gives; NaN is NaN, whatever its bits.
async fn bits(engine: &Engine, f: Function, n: usize) -> Vec<u32> {
    let truths: Vec<bool> = numbers(n, 3).iter().map(|&v| v > 0.0).collect();
    let x = engine.tensor(numbers(n, 1), &[n]).expect("it fits");
    let y = engine.tensor(numbers(n, 2), &[n]).expect("it fits");
    let c = engine.tensor(truths, &[n]).expect("it fits");
    match f([&x, &y, &c]).expect("it runs").read().await.expect("it is computed") {
        HostData::Float32(v) => {
            v.into_iter().map(|v| if v.is_nan() { f32::NAN } else { v }.to_bits()).collect()
        }
        HostData::Bool(v) => v.into_iter().map(u32::from).collect(),
        other => panic!("{other:?}"),
    }
}

#[wasm_bindgen_test]
async fn made_programs_give_the_same_bits() {
    let engine = engine();
    for fused in [false, true] {
        engine.set_fused(fused);
        for (name, f) in FUNCTIONS {
            // Less than a vector, vectors with a rest, tiles with a rest, and a rest after all that is gone over at once.
            for n in [3, 4, 7, 4099, 32_771] {
                make_kernels_after(NEVER);
                let expected = bits(&engine, f, n).await;
                make_kernels_after(0);
                let before = kernels_made();
                assert!(bits(&engine, f, n).await == expected, "{name} of {n} elements, fused: {fused}");
                assert!(kernels_made() > before, "{name} of {n} elements, fused: {fused}");
            }
        }
    }
}

#[wasm_bindgen_test]
async fn made_programs_are_folded_alike() {
    let engine = engine();
    engine.set_fused(true);
    for dim in [0, 1] {
        let (mut sums, before) = (Vec::new(), kernels_made());
        for worth in [NEVER, 0] {
            make_kernels_after(worth);
            let x = engine.tensor(numbers(300 * 31, 7), &[300, 31]).expect("it fits");
            let y = x.relu().and_then(|x| x.mul(&x)).and_then(|x| x.sum(&[dim], false)).expect("it runs");
            sums.push(
                y.read()
                    .await
                    .expect("it is computed")
                    .to_f64()
                    .iter()
                    .map(|v| v.to_bits())
                    .collect::<Vec<_>>(),
            );
        }
        assert_eq!(sums[0], sums[1], "along {dim}");
        assert!(kernels_made() > before, "along {dim}");
    }
}

#[wasm_bindgen_test]
async fn the_op_table_holds_with_made_programs() {
    make_kernels_after(0);
    let before = kernels_made();
    lanes::values(&engine(), &[DType::Float32]).await;
    lanes::gradients(&engine()).await;
    assert!(kernels_made() - before > 100, "{} kernels", kernels_made() - before);
}

/// A matrix `[rows, columns]`, lying by rows, by columns, or with gaps.
fn matrix(
    engine: &Engine,
    [rows, columns]: [usize; 2],
    how: usize,
    dtype: DType,
) -> Result<(Tensor, Vec<f64>)> {
    // Whole numbers: every order of a sum gives the same.
    let value = |i: usize, j: usize| ((i * 7 + j * 5 + i * j) % 9) as f64 - 4.0;
    let by_rows: Vec<f64> = (0..rows * columns).map(|at| value(at / columns, at % columns)).collect();
    let tensor = match how {
        0 => engine.tensor(by_rows.clone(), &[rows, columns])?,
        1 => {
            let turned: Vec<f64> = (0..rows * columns).map(|at| value(at % rows, at / rows)).collect();
            engine.tensor(turned, &[columns, rows])?.t()?
        }
        _ => {
            let twice = by_rows.iter().flat_map(|&v| [v, 99.0]).collect::<Vec<f64>>();
            engine.tensor(twice, &[rows, 2 * columns])?.slice(1, 0, i64::MAX, 2)?
        }
    };
    Ok((tensor.to(dtype)?, by_rows))
}

#[wasm_bindgen_test]
async fn products_are_sums_of_products() {
    assert_eq!(product_kernels(), 3, "wide, narrow and of float64");
    let engine = engine();
    let sizes = [
        [1, 5, 9],
        [2, 300, 10],
        [3, 9, 9],
        [4, 8, 8],
        [5, 33, 11],
        [7, 600, 12],
        [130, 784, 10],
        [16, 20, 100],
        [17, 20, 100],
        [9, 1100, 13],
        [200, 7, 37],
        [395, 3, 8],
        [6, 700, 1],
    ];
    for dtype in [DType::Float32, DType::Float64] {
        for [m, k, n] in sizes {
            for (left, right) in (0..3).flat_map(|left| (0..3).map(move |right| (left, right))) {
                let (a, x) = matrix(&engine, [m, k], left, dtype).expect("it fits");
                let (b, y) = matrix(&engine, [k, n], right, dtype).expect("it fits");
                let sum = |at: usize| (0..k).map(|l| x[at / n * k + l] * y[l * n + at % n]).sum::<f64>();
                let expected: Vec<f64> = (0..m * n).map(sum).collect();
                let found = a.matmul(&b).expect("it runs").read().await.expect("it is computed").to_f64();
                assert!(found == expected, "{m}×{k}×{n} of {dtype}, lying {left} and {right}");
            }
        }
    }
}

/// Images, weights, groups, steps down, margins, steps within a window down.
type Windows = ([usize; 4], [usize; 4], i64, i64, [i64; 2], i64);

const WINDOWS: [Windows; 9] = [
    ([2, 1, 28, 28], [10, 1, 5, 5], 1, 1, [0, 0], 1),
    ([2, 3, 12, 12], [4, 3, 5, 5], 1, 1, [0, 0], 1),
    ([1, 4, 9, 13], [6, 2, 3, 3], 2, 1, [1, 1], 1),
    ([2, 2, 7, 7], [5, 2, 3, 3], 1, 1, [1, 1], 1),
    ([1, 2, 11, 10], [9, 2, 2, 7], 1, 2, [1, 3], 1),
    ([1, 4, 11, 17], [4, 2, 2, 2], 2, 3, [1, 1], 3),
    ([3, 1, 5, 19], [4, 1, 1, 1], 1, 1, [0, 0], 1),
    ([1, 1, 4, 21], [2, 1, 3, 6], 1, 1, [6, 4], 1),
    ([5, 8, 14, 14], [16, 8, 3, 3], 1, 1, [1, 1], 1),
];

/// A convolution and its gradients, of whole numbers: every order of a sum gives the same.
async fn convolved(engine: &Engine, windows: Windows, dtype: DType) -> Result<Vec<Vec<f64>>> {
    let (images, weights, groups, step, margin, dilation) = windows;
    let numbers = |shape: &[usize], by: usize| {
        let values = (0..shape.iter().product()).map(|i: usize| ((i * by + i / 5) % 7) as f64 - 3.0);
        engine.tensor(values.collect::<Vec<f64>>(), shape)?.to(dtype)
    };
    let (x, w, bias) = (numbers(&images, 3)?, numbers(&weights, 5)?, numbers(&weights[..1], 2)?);
    for t in [&x, &w, &bias] {
        t.requires_grad_(true)?;
    }
    let (stride, dilation) = ([step, 1], [dilation, 1]);
    let sliding =
        nn::Sliding { stride: &stride, padding: nn::Margin::Sizes(&margin), dilation: &dilation, groups };
    let y = nn::conv2d(&x, &w, Some(&bias), &sliding)?;
    y.mul(&numbers(y.shape(), 4)?)?.sum(&[], false)?.backward()?;
    let mut all = vec![y.read().await?.to_f64()];
    for t in [&x, &w, &bias] {
        let grad = t.grad().expect("it has a gradient");
        all.push(grad.read().await?.to_f64());
    }
    Ok(all)
}

#[wasm_bindgen_test]
async fn convolutions_with_made_kernels_are_those_without() {
    let engine = engine();
    for windows in WINDOWS {
        let found = convolved(&engine, windows, DType::Float32).await.expect("it runs");
        let expected = convolved(&engine, windows, DType::Float64).await.expect("it runs");
        for (what, (found, expected)) in
            ["result", "images", "weights", "bias"].iter().zip(found.iter().zip(&expected))
        {
            assert!(found == expected, "{what} of {windows:?}");
        }
    }
    assert_eq!(window_kernels(), 7, "tiles of 4 and 5 rows, and rows that are met at 1 to 5 places");
}

#[wasm_bindgen_test]
async fn a_training_makes_its_kernels_once() {
    make_kernels_after(0);
    let engine = engine();
    engine.set_fused(true);
    let pixels: Vec<f32> = (0..256 * 784).map(|i| (i % 251) as f32 / 255.0).collect();
    let labels: Vec<i64> = (0..256).map(|i| i % 10).collect();
    let images = engine.tensor(pixels, &[256, 784]).expect("it fits");
    let labels = engine.tensor(labels, &[256]).expect("it fits");
    let mut step = regression(&engine).expect("a model");
    let before = kernels_made();
    let mut counts = Vec::new();
    for at in (0..4).cycle().take(12).map(|batch| 64 * batch) {
        let batch = images.slice(0, at, at + 64, 1).and_then(|x| Ok((x, labels.slice(0, at, at + 64, 1)?)));
        let loss = batch.and_then(|(x, y)| step(&x, &y)).expect("a step");
        loss.read().await.expect("a loss");
        counts.push(kernels_made() - before);
    }
    assert!((1..=6).contains(&counts[3]), "{counts:?}");
    assert_eq!(counts[3], counts[11], "after an epoch there is nothing new: {counts:?}");
}

/// A step of softmax regression: its loss.
fn regression(engine: &Engine) -> Result<impl FnMut(&Tensor, &Tensor) -> Result<Tensor>> {
    let (weight, bias) = (engine.zeros(&[10, 784])?, engine.zeros(&[10])?);
    weight.requires_grad_(true)?;
    bias.requires_grad_(true)?;
    let mut sgd = Optimizer::sgd(vec![weight.clone(), bias.clone()], 0.5)?;
    Ok(move |x: &Tensor, y: &Tensor| {
        sgd.zero_grad(true)?;
        let loss = nn::cross_entropy(&nn::linear(x, &weight, &bias)?, y)?;
        loss.backward()?;
        sgd.step()?;
        Ok(loss.detach())
    })
}
