//! Convolutions, pooling, products, folds and normalisation against what PyTorch computes, with its gradients and the
//! names of its nodes; and its words for what does not fit. The values are from `golden/products.py`.
#![cfg(not(target_arch = "wasm32"))]

use engine::nn::{self, BatchStatistics, Divisor, Margin, Pooling, Pooling1d, Sliding};
use engine::ops::{Padding, einsum};
use engine::{Engine, Result, Tensor};
use serde_json::Value;
use tests::check::agree;
use tests::cpu::values as read;
use tests::golden::{floats, grad_fn, integers, list, parse, sizes, text};
use tests::modes;

fn pair(v: &Value) -> [i64; 2] {
    integers(v).try_into().expect("a pair")
}

fn pooling(call: &Value) -> Pooling {
    let field = |name: &str| pair(&call[name]);
    Pooling {
        kernel: field("kernel"),
        stride: field("stride"),
        padding: field("padding"),
        dilation: field("dilation"),
        ceil_mode: call["ceil"] == true,
    }
}

fn convolve(call: &Value, t: &[Tensor]) -> Result<Tensor> {
    let or = |name: &str, other: i64| if call[name].is_array() { integers(&call[name]) } else { vec![other] };
    let (stride, padding, dilation) = (or("stride", 1), or("padding", 0), or("dilation", 1));
    let padding = if call["padding"] == "same" { Margin::Same } else { Margin::Sizes(&padding) };
    let groups = call["groups"].as_i64().unwrap_or(1);
    let sliding = Sliding { stride: &stride, padding, dilation: &dilation, groups };
    let convolve = if call["op"] == "conv1d" { nn::conv1d } else { nn::conv2d };
    convolve(&t[0], &t[1], t.get(2), &sliding)
}

fn mode(call: &Value) -> Padding {
    match call["mode"].as_str() {
        Some("reflect") => Padding::Reflect,
        Some("replicate") => Padding::Replicate,
        Some("circular") => Padding::Circular,
        _ => Padding::Constant(0.5.into()),
    }
}

fn layer(call: &Value, t: &[Tensor]) -> Result<Tensor> {
    let x = &t[0];
    let three = Pooling1d { stride: 2, padding: 1, ..Pooling1d::new(3) };
    match text(&call["op"]) {
        "conv1d" | "conv2d" => convolve(call, t),
        "max_pool2d" => nn::max_pool2d(x, &pooling(call)),
        "avg_pool2d" => {
            let whole = if call["inside"] == true { Divisor::Inside } else { Divisor::All };
            nn::avg_pool2d(x, &pooling(call), call["divisor"].as_i64().map_or(whole, Divisor::Fixed))
        }
        "max_pool1d" => nn::max_pool1d(x, &three),
        "avg_pool1d" => nn::avg_pool1d(x, &three, Divisor::All),
        "adaptive" => nn::adaptive_avg_pool2d(x, pair(&call["size"]).map(Some)),
        "pad" => x.pad(&integers(&call["pad"]), mode(call)),
        "linear" => nn::linear(x, &t[1], &t[2]),
        "embedding" => {
            let index = x.engine().tensor(vec![2i64, 0, 1, 2], &[2, 2])?;
            nn::embedding(&index, x, call["padding"].as_i64())
        }
        "cosine_similarity" => nn::cosine_similarity(x, &t[1], 1, 1e-8),
        "pairwise_distance" => nn::pairwise_distance(x, &t[1], 2.0, 1e-6, false),
        "cdist" => nn::cdist(x, &t[1], 2.0),
        "normalize" => nn::normalize(x, 2.0, 1, 1e-12),
        "batch_norm" => {
            let (mean, var) =
                (x.engine().tensor(vec![0.5, -1.0], &[2])?, x.engine().tensor(vec![2.0, 3.0], &[2])?);
            let training = call["training"] == true;
            let running = |t| if training { None } else { Some(t) };
            let (running_mean, running_var) = (running(&mean), running(&var));
            let known = BatchStatistics { running_mean, running_var, weight: t.get(1), bias: t.get(2) };
            nn::batch_norm(x, &known, training, 0.1, 1e-5)
        }
        "layer_norm" => nn::layer_norm(x, &[2, 3], t.get(1), t.get(2), 1e-5),
        _ => fold(call, t),
    }
}

fn fold(call: &Value, t: &[Tensor]) -> Result<Tensor> {
    let x = &t[0];
    let (dims, keep) = (integers(&call["dims"]), call["keep"] == true);
    let correction = call["correction"].as_i64().unwrap_or(1);
    let dim = call["dim"].as_i64().unwrap_or(0);
    match text(&call["op"]) {
        "einsum" => einsum(text(&call["equation"]), &t.iter().collect::<Vec<_>>()),
        "matmul" => x.matmul(&t[1]),
        "addmm" => x.addmm(&t[1], &t[2], 0.5, 2.0),
        "baddbmm" => x.baddbmm(&t[1], &t[2], 0.5, 2.0),
        "bmm" => x.bmm(&t[1]),
        "mv" => x.mv(&t[1]),
        "outer" => x.outer(&t[1]),
        "norm" => x.norm(call["p"].as_str().expect("text").parse().expect("a number"), &dims, keep),
        "var" => x.var(&dims, correction, keep),
        "std" => x.std(&dims, correction, keep),
        "logsumexp" => x.logsumexp(&dims, keep),
        "softmax" => x.softmax(dim),
        "softmin" => x.softmin(dim),
        "sum" => x.sum(&[0], false),
        "mean" => x.mean(&[], false),
        "prod" => x.prod(&[1], false),
        other => panic!("{other} is not known here"),
    }
}

fn difference(what: &str, found: &[f64], expected: &[f64]) -> Option<String> {
    let same = found.len() == expected.len() && found.iter().zip(expected).all(|(f, e)| agree(*f, *e, 1e-8));
    (!same).then(|| format!("{what}: {found:?}, but PyTorch has {expected:?}"))
}

/// What differs between a case and PyTorch.
fn differences(engine: &Engine, case: &Value) -> Result<Vec<String>> {
    let mut inputs = Vec::new();
    for input in list(&case["inputs"]) {
        let t = engine.tensor(floats(&input[1]), &sizes(&input[0]))?;
        t.requires_grad_(true)?;
        inputs.push(t);
    }
    let out = layer(&case["call"], &inputs)?;
    let mut wrong = Vec::new();
    if out.shape() != sizes(&case["out"][0]) {
        wrong.push(format!("shape {:?}, but PyTorch has {}", out.shape(), case["out"][0]));
        return Ok(wrong);
    }
    wrong.extend(difference("value", &read(&out), &floats(&case["out"][1])));
    if case["grad_fn"] != grad_fn(&out) {
        wrong.push(format!("grad_fn {}, but PyTorch has {}", grad_fn(&out), case["grad_fn"]));
    }
    let weights: Vec<f64> = (0..out.numel()).map(|i| ((7 * i % 11) as f64 - 5.0) / 4.0).collect();
    let weights = engine.tensor(weights, out.shape())?;
    out.mul(&weights)?.sum(&[], false)?.backward()?;
    for (i, (t, expected)) in inputs.iter().zip(list(&case["grads"])).enumerate() {
        let found = t.grad().map_or(vec![0.0; t.numel()], |g| read(&g));
        let expected = if expected.is_null() { vec![0.0; t.numel()] } else { floats(expected) };
        wrong.extend(difference(&format!("gradient {i}"), &found, &expected));
    }
    Ok(wrong)
}

#[test]
fn values_gradients_and_names_are_pytorchs() {
    let golden = parse(include_str!("../golden/products.json"));
    let cases = list(&golden);
    assert!(cases.len() > 100, "{} cases", cases.len());
    for engine in modes::both() {
        let mut failures = Vec::new();
        for case in cases {
            let found = differences(&engine, case).unwrap_or_else(|error| vec![error.to_string()]);
            failures.extend(found.into_iter().map(|why| format!("{}: {why}", case["call"])));
        }
        assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    }
}

#[test]
fn what_does_not_fit_is_refused_in_pytorchs_words() -> Result<()> {
    for engine in modes::both() {
        let t = |shape: &[usize]| engine.ones(shape);
        let conv = |x: &[usize], w: &[usize], groups| {
            nn::conv2d(&t(x)?, &t(w)?, None, &Sliding { groups, ..Sliding::default() })
        };
        let found = [
            (
                conv(&[1, 1, 28, 28], &[6, 3, 5, 5], 1),
                "Given groups=1, weight of size [6, 3, 5, 5], expected input[1, 1, 28, 28] to have 3 channels, but got 1 \
             channels instead",
            ),
            (
                conv(&[1, 3, 4, 28], &[6, 3, 5, 5], 1),
                "Calculated padded input size per channel: (4 x 28). Kernel size: (5 x 5). Kernel size can't be greater than \
             actual input size",
            ),
            (
                conv(&[1, 4, 28, 28], &[5, 2, 5, 5], 2),
                "Given groups=2, expected weight to be divisible by 2 at dimension 0, but got weight of size [[5, 2, 5, 5]] \
             instead",
            ),
            (conv(&[1, 4, 28, 28], &[5, 2, 5, 5], 0), "non-positive groups is not supported"),
            (
                nn::max_pool2d(&t(&[1, 1, 1, 1])?, &Pooling::new([2, 2])),
                "Given input size: (1x1x1). Calculated output size: (1x0x0). Output size is too small",
            ),
            (
                nn::max_pool2d(&t(&[1, 1, 4, 4])?, &Pooling { padding: [2, 2], ..Pooling::new([2, 2]) }),
                "pad should be at most half of kernel size, but got pad=2 and kernel_size=2",
            ),
            (t(&[2, 3])?.mm(&t(&[2, 4])?), "mat1 and mat2 shapes cannot be multiplied (2x3 and 2x4)"),
            (t(&[2, 3])?.matmul(&t(&[2, 4, 4])?), "mat1 and mat2 shapes cannot be multiplied (8x4 and 3x2)"),
            (t(&[2, 3])?.mv(&t(&[2])?), "size mismatch, got 2, 2x3,2"),
            (
                nn::linear(&t(&[2, 3])?, &t(&[4, 3])?, &t(&[5])?),
                "The expanded size of the tensor (4) must match the existing size (5) at non-singleton dimension 1.  Target \
             sizes: [2, 4].  Tensor sizes: [5]",
            ),
            (
                einsum("ij,jk->ik", &[&t(&[2, 3])?, &t(&[4, 4])?]),
                "einsum(): subscript j has size 4 for operand 1 which does not broadcast with previously seen size 3",
            ),
            (
                einsum("i1->i", &[&t(&[2, 3])?]),
                "einsum(): invalid subscript given at index 1 in the equation string, subscripts must be in [a-zA-Z]",
            ),
            (
                einsum("ij,jk", &[&t(&[2, 3])?]),
                "einsum(): fewer operands were provided than specified in the equation",
            ),
            (
                engine.tensor(vec![1i64, 2], &[2])?.mean(&[], false),
                "mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: \
             Long",
            ),
        ];
        for (result, text) in found {
            assert_eq!(result.map_err(|error| error.to_string()).err().as_deref(), Some(text));
        }
    }
    Ok(())
}

#[test]
fn places_truth_and_integers_are_pytorchs() -> Result<()> {
    for engine in modes::both() {
        let x = engine.tensor(vec![0.0f32, 3.0, 1.0, 3.0, 2.0, 5.0, 4.0, 1.0], &[1, 2, 4])?;
        let (values, places) = nn::max_pool2d_with_indices(&x, &Pooling::new([2, 2]))?;
        assert_eq!((read(&values), read(&places)), (vec![5.0, 4.0], vec![5.0, 6.0]));
        assert_eq!((read(&x.any(&[], false)?), read(&x.all(&[], false)?)), (vec![1.0], vec![0.0]));
        assert_eq!(read(&x.count_nonzero(&[2])?), [3.0, 4.0]);
        let whole = engine.tensor(vec![1i64, 2, 3, 4], &[2, 2])?;
        assert_eq!(read(&whole.matmul(&whole)?), [7.0, 10.0, 15.0, 22.0]);
        let one = engine.ones(&[1])?;
        assert!(read(&one.std(&[], 1, false)?)[0].is_nan());
        assert_eq!(read(&engine.zeros(&[0])?.norm(f64::INFINITY, &[], false)?), [0.0]);
        assert_eq!(conv_of_nothing(&engine)?, [0, 6, 24, 24]);
    }
    Ok(())
}

fn conv_of_nothing(engine: &Engine) -> Result<Vec<usize>> {
    let (x, w) = (engine.ones(&[0, 1, 28, 28])?, engine.ones(&[6, 1, 5, 5])?);
    Ok(nn::conv2d(&x, &w, None, &Sliding::default())?.shape().to_vec())
}
