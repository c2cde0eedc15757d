//! The edges of everything: tensors without elements, without dimensions, with eight of them, numbers that are none,
//! the largest integers, and sizes beyond all memory. Nothing may panic; what is too large is refused, in words.
#![cfg(not(target_arch = "wasm32"))]

use std::panic::{AssertUnwindSafe, catch_unwind};

use engine::nn::{self, Pooling, Reduction, Sliding};
use engine::ops::{Gelu, Padding, Rounding, einsum};
use engine::{DType, Engine, HostData, Item, Result, Scalar, Tensor};
use tests::modes;

/// Amounts that a user may enter anywhere.
const AMOUNTS: [i64; 9] = [i64::MIN, -(1 << 32) - 1, -2, -1, 0, 1, 3, (1 << 32) + 1, i64::MAX];

type One = fn(&Tensor) -> Result<Tensor>;
type Two = fn(&Tensor, &Tensor) -> Result<Tensor>;
type Amounts = fn(&Tensor, i64, i64) -> Result<Tensor>;

fn extremes(engine: &Engine) -> Vec<Tensor> {
    let real = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX, f32::MIN_POSITIVE / 4.0, -0.0];
    let whole = [i64::MIN, i64::MAX, -1, 0, 1, 1 << 53];
    let tensor = |data: HostData, shape: &[usize]| engine.tensor(data, shape).expect("it fits");
    let mut all = vec![
        tensor(real.to_vec().into(), &[6]),
        tensor(real.to_vec().into(), &[2, 3]),
        tensor(real.map(f64::from).to_vec().into(), &[1, 6, 1]),
        tensor(whole.to_vec().into(), &[6]),
        tensor(whole.to_vec().into(), &[2, 1, 3]),
        tensor(vec![true, false].into(), &[2]),
        tensor(vec![255u8, 0, 1].into(), &[3]),
        tensor(vec![i64::MIN].into(), &[]),
        engine.ones(&[1, 2, 1, 2, 1, 2, 1, 2]).expect("it fits"),
    ];
    for shape in [&[0][..], &[0, 3], &[2, 0, 3], &[1, 2, 0, 2, 1, 2, 1, 2], &[], &[1], &[1, 1, 1, 1]] {
        all.push(engine.ones(shape).expect("it fits"));
    }
    all.push(engine.full(&[0], 1i64, DType::Int64).expect("it fits"));
    all.push(engine.full(&[2, 2], true, DType::Bool).expect("it fits"));
    all
}

const FUNCTIONS: &[(&str, One)] = &[
    ("neg", Tensor::neg),
    ("abs", Tensor::abs),
    ("sign", Tensor::sign),
    ("exp", Tensor::exp),
    ("log", Tensor::log),
    ("sqrt", Tensor::sqrt),
    ("round", Tensor::round),
    ("erf", Tensor::erf),
    ("square", Tensor::square),
    ("reciprocal", Tensor::reciprocal),
    ("gelu", |x| x.gelu(Gelu::Tanh)),
    ("softplus", |x| x.softplus(1.0, 20.0)),
    ("relu6", Tensor::relu6),
    ("isfinite", Tensor::isfinite),
    ("bitwise_not", Tensor::bitwise_not),
    ("nan_to_num", |x| x.nan_to_num(None, None, None)),
    ("long", Tensor::long),
    ("byte", Tensor::byte),
    ("bool", Tensor::bool),
    ("double", Tensor::double),
    ("sum", |x| x.sum(&[], false)),
    ("mean", |x| x.mean(&[], true)),
    ("prod", |x| x.prod(&[], false)),
    ("amax", |x| x.amax(&[], false)),
    ("var", |x| x.var(&[], 1, false)),
    ("norm", |x| x.norm(2.0, &[], false)),
    ("norm0", |x| x.norm(0.0, &[], false)),
    ("logsumexp", |x| x.logsumexp(&[0], false)),
    ("any", |x| x.any(&[], false)),
    ("all", |x| x.all(&[], false)),
    ("count_nonzero", |x| x.count_nonzero(&[])),
    ("argmax", |x| x.argmax(None, false)),
    ("t", Tensor::t),
    ("squeeze", Tensor::squeeze),
    ("nonzero", |x| pollster::block_on(x.nonzero())),
    ("unique", |x| pollster::block_on(x.unique()).map(|[values, ..]| values)),
    ("one_hot_counted", |x| pollster::block_on(x.one_hot_counted())),
    ("masked", |x| pollster::block_on(x.get_masked(&[Item::Tensor(x.clone())]))),
    ("bernoulli", |x| pollster::block_on(x.bernoulli())),
    ("poisson", |x| pollster::block_on(x.poisson())),
    ("layer_norm", |x| nn::layer_norm(x, x.shape(), None, None, 1e-5)),
    ("max_pool2d", |x| nn::max_pool2d(x, &Pooling::new([2, 2]))),
    ("conv2d", |x| nn::conv2d(x, x, None, &Sliding::default())),
    ("adaptive", |x| nn::adaptive_avg_pool2d(x, [Some(2), None])),
    ("normalize", |x| nn::normalize(x, 2.0, -1, 1e-12)),
    ("dropout", |x| engine::random::dropout(x, 0.5, true)),
    ("backward", |x| {
        let leaf = x.copy()?;
        leaf.requires_grad_(true)?;
        leaf.mul(&leaf)?.softmax(-1)?.sum(&[], false)?.backward()?;
        leaf.grad().map_or_else(|| x.copy(), Ok)
    }),
    ("clone_", |x| {
        let y = x.copy()?;
        y.add_(1i64, 3.0)?;
        y.fill_(i64::MIN)?;
        y.copy_(x)?;
        Ok(y)
    }),
];

const PAIRS: &[(&str, Two)] = &[
    ("add", |x, y| x.add(y)),
    ("sub", |x, y| x.sub(y)),
    ("mul", |x, y| x.mul(y)),
    ("div", |x, y| x.div(y)),
    ("pow", |x, y| x.pow(y)),
    ("fmod", |x, y| x.fmod(y)),
    ("remainder", |x, y| x.remainder(y)),
    ("floor_divide", |x, y| x.floor_divide(y)),
    ("maximum", |x, y| x.maximum(y)),
    ("eq", |x, y| x.eq(y)),
    ("where", |x, y| x.gt(y)?.where_(x, y)),
    ("matmul", |x, y| x.matmul(y)),
    ("outer", |x, y| x.outer(y)),
    ("dot", |x, y| x.dot(y)),
    ("einsum", |x, y| einsum("...i,...i->...", &[x, y])),
    ("cat", |x, y| Tensor::cat(&[x.clone(), y.clone(), x.clone()], 0)),
    ("stack", |x, y| Tensor::stack(&[x.clone(), y.clone()], -1)),
    ("gather", |x, y| x.gather(0, y)),
    ("scatter", |x, y| x.scatter(0, y, x)),
    ("scatter_add", |x, y| x.scatter_add(-1, y, x)),
    ("index_select", |x, y| x.index_select(0, y)),
    ("take", |x, y| x.take(y)),
    ("get", |x, y| x.get(&[Item::Ellipsis, Item::Tensor(y.clone())])),
    ("embedding", |x, y| nn::embedding(y, x, None)),
    ("linear", |x, y| nn::linear(x, y, None)),
    ("mse_loss", |x, y| nn::mse_loss(x, y, Reduction::Mean)),
    ("cross_entropy", |x, y| nn::cross_entropy(x, y)),
    ("cdist", |x, y| nn::cdist(x, y, 2.0)),
    ("cosine_similarity", |x, y| nn::cosine_similarity(x, y, 0, 1e-8)),
    ("set", |x, y| {
        let z = x.copy()?;
        z.set(&[Item::Ellipsis, Item::Int(-1)], y)?;
        Ok(z)
    }),
];

const WITH_AMOUNTS: &[(&str, Amounts)] = &[
    ("sum", |x, a, _| x.sum(&[a], false)),
    ("var", |x, a, b| x.var(&[a], b, false)),
    ("softmax", |x, a, _| x.softmax(a)),
    ("cumsum", |x, a, _| x.cumsum(a)),
    ("sort", |x, a, _| Ok(x.sort(a, true)?.1)),
    ("topk", |x, a, b| Ok(x.topk(a, b, true)?.0)),
    ("kthvalue", |x, a, b| Ok(x.kthvalue(a, b, false)?.0)),
    ("max_dim", |x, a, _| Ok(x.max_dim(a, false)?.1)),
    ("select", |x, a, b| x.select(a, b)),
    ("narrow", |x, a, b| x.narrow(0, a, b)),
    ("slice", |x, a, b| x.slice(-1, a, b, 1)),
    ("step", |x, a, b| x.slice(0, a, i64::MAX, b)),
    ("item", |x, a, b| x.get(&[Item::Slice { start: Some(a), end: None, step: b }])),
    ("int", |x, a, b| x.get(&[Item::Int(a), Item::NewAxis, Item::Int(b)])),
    ("reshape", |x, a, b| x.reshape(&[a, b])),
    ("view", |x, a, b| x.view_to(&[a, -1, b])),
    ("flatten", |x, a, b| x.flatten(a, b)),
    ("unflatten", |x, a, b| x.unflatten(0, &[a, b])),
    ("expand", |x, a, b| x.expand_sizes(&[a, b, -1])),
    ("permute", |x, a, b| x.permute(&[a, b])),
    ("movedim", |x, a, b| x.movedim(&[a], &[b])),
    ("unsqueeze", |x, a, _| x.unsqueeze(a)),
    ("squeeze_dim", |x, a, _| x.squeeze_dim(a)),
    ("repeat", |x, a, b| x.repeat(&[a, b, 1])),
    ("tile", |x, a, b| x.tile(&[a, b])),
    ("repeat_interleave", |x, a, b| x.repeat_interleave(a, Some(b))),
    ("flip", |x, a, b| x.flip(&[a, b])),
    ("roll", |x, a, b| x.roll(&[a], &[b])),
    ("rolled", |x, a, b| x.roll(&[a, b], &[0, 0])),
    ("tril", |x, a, _| x.tril(a)),
    ("triu", |x, a, _| x.triu(a)),
    ("diagonal", |x, a, b| x.diagonal(a, b, 0)),
    ("diag", |x, a, _| x.diag(a)),
    ("pad", |x, a, b| x.pad(&[a, b], Padding::Constant(0.0.into()))),
    ("reflect", |x, a, b| x.pad(&[a, b], Padding::Reflect)),
    ("circular", |x, a, b| x.pad(&[a, b], Padding::Circular)),
    ("unfold", |x, a, b| x.unfold(-1, a as usize, b as usize)),
    ("one_hot", |x, a, _| x.one_hot(a as usize)),
    ("split", |x, a, b| last(x.split(a, b))),
    ("split_sizes", |x, a, b| last(x.split_sizes(&[a, b], 0))),
    ("chunk", |x, a, b| last(x.chunk(a, b))),
    ("unbind", |x, a, _| last(x.unbind(a))),
    ("add", |x, a, b| x.add(a)?.mul(b)),
    ("floor_divide", |x, a, b| x.floor_divide(a)?.remainder(b)),
    ("pow", |x, a, _| x.pow(a)),
    ("clamp", |x, a, b| x.clamp(Some(a.into()), Some(b.into()))),
    ("conv", |x, a, b| {
        nn::conv2d(x, x, None, &Sliding { stride: &[a], dilation: &[b], ..Sliding::default() })
    }),
    ("pool", |x, a, b| {
        nn::avg_pool2d(x, &Pooling { stride: [b, b], ..Pooling::new([a, 1]) }, nn::Divisor::All)
    }),
    ("pool_padding", |x, a, b| {
        nn::max_pool2d(x, &Pooling { padding: [a, a], dilation: [b, 1], ..Pooling::new([2, 2]) })
    }),
    ("adaptive", |x, a, b| nn::adaptive_avg_pool2d(x, [Some(a), Some(b)])),
    ("full", |x, a, b| x.engine().full(&[a as usize, b as usize], 1.5, DType::Float32)),
    ("eye", |x, a, b| x.engine().eye(a, b, DType::Float32)),
    ("linspace", |x, a, b| x.engine().linspace(a as f64, 1.0, b)),
    ("arange", |x, a, b| x.engine().arange(Scalar::Int(a), Scalar::Int(3), Scalar::Int(b))),
    ("arange_real", |x, a, b| x.engine().arange(Scalar::Float(a as f64), Scalar::Int(b), Scalar::Float(0.5))),
    ("rand", |x, a, b| x.engine().rand(&[a as usize, b as usize], DType::Float32)),
    ("randn", |x, a, b| x.engine().randn(&[a as usize, b as usize], DType::Float64)),
    ("randint", |x, a, b| x.engine().randint(a, b, &[3], DType::Int64)),
    ("randperm", |x, a, _| x.engine().randperm(a as usize, DType::Int64)),
];

fn last(parts: Result<Vec<Tensor>>) -> Result<Tensor> {
    parts?.pop().ok_or_else(|| engine::Error::Shape("no parts".to_owned()))
}

/// Runs it and reads what comes out. Errors are fine, panics are not.
fn survive(about: &dyn Fn() -> String, run: impl FnOnce() -> Result<Tensor>) -> Option<String> {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let out = run()?;
        assert!(out.numel() < 10_000, "a result of {:?}", out.shape());
        pollster::block_on(out.read())
    }));
    match outcome {
        Ok(Ok(_)) => None,
        Ok(Err(error)) => error.to_string().starts_with("internal").then(|| format!("{}: {error}", about())),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            Some(format!("{}: {}", about(), text.unwrap_or_else(|| "it panicked".to_owned())))
        }
    }
}

fn report(engine: &Engine, failures: &[String]) {
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    assert_eq!(engine.flush(), Ok(()));
    assert_eq!(engine.memory(), engine::Memory::default(), "buffers were left behind");
}

#[test]
fn functions_of_extreme_tensors_do_not_panic() {
    for engine in modes::both() {
        let all = extremes(&engine);
        let mut failures = Vec::new();
        for x in &all {
            for (name, f) in FUNCTIONS {
                failures.extend(survive(&|| format!("{name} of {x:?}"), || f(x)));
            }
            for y in &all {
                for (name, f) in PAIRS {
                    failures.extend(survive(&|| format!("{name} of {x:?} and {y:?}"), || f(x, y)));
                }
            }
        }
        drop(all);
        report(&engine, &failures);
    }
}

#[test]
fn extreme_amounts_do_not_panic_and_allocate_nothing() {
    for engine in modes::both() {
        let all = extremes(&engine);
        let mut failures = Vec::new();
        for (name, f) in WITH_AMOUNTS {
            for x in &all {
                for a in AMOUNTS {
                    for b in AMOUNTS {
                        let about = || format!("{name} of {x:?} with {a} and {b}");
                        failures.extend(survive(&about, || f(x, a, b)));
                    }
                }
            }
        }
        drop(all);
        report(&engine, &failures);
    }
}

/// What PyTorch makes of the largest and the smallest integer.
const AT_THE_ENDS: [(&str, One, &[i64]); 23] = [
    ("add", |x| x.add(1i64), &[i64::MIN, i64::MIN + 1]),
    ("sub", |x| x.sub(1i64), &[i64::MAX - 1, i64::MAX]),
    ("mul", |x| x.mul(2i64), &[-2, 0]),
    ("neg", Tensor::neg, &[-i64::MAX, i64::MIN]),
    ("abs", Tensor::abs, &[i64::MAX, i64::MIN]),
    ("sign", Tensor::sign, &[1, -1]),
    ("square", Tensor::square, &[1, 0]),
    ("pow", |x| x.pow(3i64), &[i64::MAX, 0]),
    ("floor_divide", |x| x.floor_divide(7i64), &[1_317_624_576_693_539_401, -1_317_624_576_693_539_402]),
    ("floor_divide", |x| x.floor_divide(-7i64), &[-1_317_624_576_693_539_401, 1_317_624_576_693_539_401]),
    ("remainder", |x| x.remainder(7i64), &[0, 6]),
    ("fmod", |x| x.fmod(7i64), &[0, -1]),
    (
        "div_rounded",
        |x| x.div_rounded(7i64, Rounding::Trunc),
        &[1_317_624_576_693_539_401, -1_317_624_576_693_539_401],
    ),
    ("bitwise_not", Tensor::bitwise_not, &[i64::MIN, i64::MAX]),
    ("bitwise_and", |x| x.bitwise_and(255i64), &[255, 0]),
    ("clamp", |x| x.clamp(Some((-5i64).into()), Some(5i64.into())), &[5, -5]),
    ("sum", |x| x.sum(&[], true), &[-1]),
    ("prod", |x| x.prod(&[], true), &[i64::MIN]),
    ("cumsum", |x| x.cumsum(0), &[i64::MAX, -1]),
    ("cumprod", |x| x.cumprod(0), &[i64::MAX, i64::MIN]),
    ("sort", |x| Ok(x.sort(0, false)?.0), &[i64::MIN, i64::MAX]),
    ("matmul", |x| x.matmul(&x.sign()?.add(2i64)?)?.reshape(&[1]), &[-3]),
    ("scatter_sum", |x| x.sub(1i64)?.abs()?.scatter_sum(0, &x.mul(0i64)?, 1), &[-3]),
];

#[test]
fn integers_wrap_as_in_pytorch() -> Result<()> {
    for engine in modes::both() {
        let x = engine.tensor(vec![i64::MAX, i64::MIN], &[2])?;
        for (name, f, expected) in AT_THE_ENDS {
            assert_eq!(pollster::block_on(f(&x)?.read())?, HostData::from(expected.to_vec()), "{name}");
        }
    }
    Ok(())
}

#[test]
fn what_is_too_large_is_refused_before_anything_is_allocated() -> Result<()> {
    const LARGE: [(&str, One); 8] = [
        ("expand, copied", |x| x.expand(&[1 << 20, 1 << 20, 4])?.contiguous()),
        ("repeat", |x| x.repeat(&[1 << 40, 1 << 30])),
        ("repeat_interleave", |x| x.repeat_interleave(1 << 60, None)),
        ("outer", |x| {
            let long = x.expand(&[1 << 20, 4])?.flatten(0, 1)?;
            long.outer(&long)
        }),
        ("pad", |x| x.pad(&[i64::MAX, i64::MAX], Padding::Constant(0.0.into()))),
        ("one_hot", |x| x.long()?.one_hot(1 << 62)),
        ("add", |x| {
            x.expand(&[1 << 22, 4])?.reshape(&[1, -1])?.add(&x.expand(&[1 << 22, 4])?.reshape(&[-1, 1])?)
        }),
        ("zeros", |x| x.engine().zeros(&[1 << 40, 1 << 40])),
    ];
    for engine in modes::both() {
        let x = engine.tensor(vec![0.0f32, 1.0, 2.0, 3.0], &[4])?;
        for (name, f) in LARGE {
            let before = engine.memory();
            let refused = f(&x).err().map(|why| why.to_string());
            assert!(refused.is_some_and(|why| why.contains("too large")), "{name}");
            assert_eq!(engine.memory(), before, "{name}");
        }
    }
    Ok(())
}
