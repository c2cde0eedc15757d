//! Random numbers are PyTorch's: everything in `golden/random_streams.json` is drawn again and compared, and so is
//! the word that is drawn afterwards, which shows that neither more nor less was taken from the generator.
#![cfg(not(target_arch = "wasm32"))]

use engine::random::init::{self, Fan, Nonlinearity};
use engine::random::{Generator, dropout, feature_dropout};
use engine::{DType, Engine, HostData, Result, Tensor};
use serde_json::Value;
use tests::golden::{dtype, floats, list, parse, text};
use tests::modes;

/// A case's arguments.
struct Arguments<'a>(&'a Value);

impl Arguments<'_> {
    fn real(&self, key: &str) -> f64 {
        self.0[key].as_f64().expect(key)
    }

    fn int(&self, key: &str) -> i64 {
        self.0[key].as_i64().expect(key)
    }
}

/// An empty tensor of float32, after `fill`.
fn filled(engine: &Engine, shape: &[usize], fill: impl Fn(&Tensor) -> Result<()>) -> Result<Tensor> {
    let t = engine.zeros(shape)?;
    fill(&t)?;
    Ok(t)
}

fn counted(engine: &Engine, from: u16, n: u16, scale: f32, shape: &[usize]) -> Result<Tensor> {
    let values: Vec<f32> = (from..from + n).map(|i| f32::from(i) * scale).collect();
    engine.tensor(values, shape)
}

/// The parameters of a layer one after another, as one tensor's elements.
fn layer(engine: &Engine, shapes: &[&[usize]], fill: impl Fn(&[Tensor]) -> Result<()>) -> Result<HostData> {
    let parameters: Vec<Tensor> = shapes.iter().map(|shape| engine.zeros(shape)).collect::<Result<_>>()?;
    fill(&parameters)?;
    Ok(parameters
        .iter()
        .map(read)
        .collect::<Result<Vec<_>>>()?
        .into_iter()
        .flat_map(HostData::into_f32)
        .collect::<Vec<_>>()
        .into())
}

fn read(t: &Tensor) -> Result<HostData> {
    pollster::block_on(t.read())
}

fn bare(name: &str, engine: &Engine, args: &Arguments<'_>) -> Option<Result<HostData>> {
    let n = args.int("n") as usize;
    let dtype = dtype(text(&args.0["dtype"]));
    let ramp = |top: f64| -> HostData {
        let values: Vec<f64> = (0..n).map(|i| top * i as f64 / (n - 1) as f64).collect();
        // torch.linspace computes in the type of its result, and from both ends.
        if dtype == DType::Float64 {
            values.into()
        } else {
            values.into_iter().map(|x| x as f32).collect::<Vec<_>>().into()
        }
    };
    Some(engine.generator(|g| match name {
        "exponential" => g.exponential_values(dtype, n, args.real("a")),
        "log_normal" => g.log_normal_values(dtype, n, args.real("a"), args.real("b")),
        "poisson" => g.poisson_of(&ramp(40.0)),
        "bernoulli_of" => g.bernoulli_of(&ramp(1.0)),
        "bernoulli" => g.bernoulli_values(dtype, n, args.real("a")),
        "random" => Ok(g.random_values(dtype, n)),
        "geometric" => g.geometric_values(dtype, n, args.real("a")),
        "loader" => Ok(g.shuffled_epoch(n).into()),
        "sampler" => Ok(g.random_sampler(n).into()),
        "sampler_replacement" => Ok(g.replacement_sampler(50, n).into()),
        "random_split" => Ok(g.random_split(&[30, 15, 5]).concat().into()),
        "normal_sequence" => {
            let parts = [1, 16, 2, 3].map(|n| g.normal_values(dtype, n, (0.0, 1.0), true));
            parts
                .into_iter()
                .map(|p| p.map(HostData::into_f32))
                .collect::<Result<Vec<_>>>()
                .map(|p| p.concat().into())
        }
        "multinomial" => multinomial(g, args),
        _ => Err(engine::Error::Shape(String::new())),
    }))
    .filter(|drawn| !matches!(drawn, Err(engine::Error::Shape(text)) if text.is_empty()))
}

fn multinomial(g: &mut Generator, args: &Arguments<'_>) -> Result<HostData> {
    let weights = HostData::Float64(floats(&args.0["weights"]));
    let single = args.0["kind"] == "float32";
    let weights = if single { weights.into_f32().into() } else { weights };
    let replacement = args.0["replacement"] == true;
    let (drawn, _) = g.multinomial_values(&weights, &[2, 6], args.int("samples") as usize, replacement)?;
    Ok(drawn.into())
}

fn tensor(name: &str, engine: &Engine, args: &Arguments<'_>) -> Result<Tensor> {
    let n = args.int("n") as usize;
    let dtype = dtype(text(&args.0["dtype"]));
    let shape = [5, 4, 3];
    match name {
        "rand" => engine.rand(&[n], dtype),
        "randn" => engine.randn(&[n], dtype),
        "randperm" => engine.randperm(n, dtype),
        "randint" => engine.randint(args.int("low"), args.int("high"), &[n], dtype),
        "normal" => engine.normal(args.real("a"), args.real("b"), &[n], dtype),
        "uniform" => {
            let t = engine.full(&[n], 0.0, dtype)?;
            t.uniform_(args.real("a"), args.real("b")).map(|()| t)
        }
        "normal_of_mean" => engine.normal_of(&counted(engine, 0, 20, 1.0, &[20])?, 0.5),
        "normal_of_std" => engine.normal_of(0.25, &counted(engine, 1, 20, 1.0, &[20])?.div(10.0)?),
        "normal_of_both" => engine
            .normal_of(&counted(engine, 0, 20, 1.0, &[20])?, &counted(engine, 1, 20, 1.0, &[20])?.div(10.0)?),
        "dropout" => dropout(&counted(engine, 1, 20, 1.0, &[20])?, args.real("a"), true),
        "feature_dropout" => {
            feature_dropout(&counted(engine, 1, 48, 1.0, &[2, 6, 2, 2])?, args.real("a"), true)
        }
        "transposed_uniform" => {
            let t = engine.zeros(&[4, 5])?.t()?;
            t.uniform_(0.0, 1.0).map(|()| t)
        }
        "transposed_normal" => {
            let t = engine.zeros(&[4, 5])?.t()?;
            t.normal_(0.0, 1.0).map(|()| t)
        }
        "sliced_normal" => {
            let t = engine.zeros(&[4, 10])?.slice(1, 0, 10, 2)?;
            t.normal_(0.0, 1.0).map(|()| t)
        }
        "kaiming_uniform" => filled(engine, &shape, |t| {
            init::kaiming_uniform_(t, Fan::In, Nonlinearity::LeakyRelu(5.0f64.sqrt()))
        }),
        "kaiming_uniform_relu" => {
            filled(engine, &shape, |t| init::kaiming_uniform_(t, Fan::Out, Nonlinearity::Relu))
        }
        "kaiming_normal_tanh" => {
            filled(engine, &shape, |t| init::kaiming_normal_(t, Fan::In, Nonlinearity::Tanh))
        }
        "xavier_uniform" => filled(engine, &shape, |t| init::xavier_uniform_(t, 1.5)),
        "xavier_normal" => filled(engine, &shape, |t| init::xavier_normal_(t, 1.0)),
        "trunc_normal" => filled(engine, &shape, |t| init::trunc_normal_(t, 0.0, 1.0, -2.0, 2.0)),
        "trunc_normal_narrow" => filled(engine, &shape, |t| init::trunc_normal_(t, 1.0, 2.0, 0.0, 3.0)),
        "orthogonal_wide" => filled(engine, &[3, 5], |t| init::orthogonal_(t, 1.0)),
        "orthogonal_tall" => filled(engine, &shape, |t| init::orthogonal_(t, 0.5)),
        "eye" => filled(engine, &[3, 4], init::eye_),
        "embedding" => filled(engine, &[6, 4], |t| init::embedding_(t, None)),
        "embedding_padding" => filled(engine, &[6, 4], |t| init::embedding_(t, Some(2))),
        other => panic!("nothing draws {other}"),
    }
}

fn draw(name: &str, engine: &Engine, args: &Arguments<'_>) -> Result<HostData> {
    match name {
        "linear" => layer(engine, &[&[3, 7], &[3]], |p| init::linear_(&p[0], Some(&p[1]))),
        "conv" => layer(engine, &[&[3, 2, 3, 3], &[3]], |p| init::linear_(&p[0], Some(&p[1]))),
        "lstm" => layer(engine, &[&[8, 3], &[8, 2], &[8], &[8]], |p| init::recurrent_(p, 2)),
        "gru_cell" => layer(engine, &[&[6, 3], &[6, 2], &[6], &[6]], |p| init::recurrent_(p, 2)),
        _ => match bare(name, engine, args) {
            Some(drawn) => drawn,
            None => read(&tensor(name, engine, args)?),
        },
    }
}

/// Integers as integers, real numbers as real numbers.
fn matches(found: Option<engine::Scalar>, expected: &Value, loose: f64) -> bool {
    match found {
        Some(engine::Scalar::Int(i)) => expected.as_i64() == Some(i),
        Some(engine::Scalar::Bool(b)) => expected.as_bool() == Some(b),
        Some(engine::Scalar::Float(x)) => match expected.as_f64() {
            // JSON has no infinity; the golden values have `null` there.
            None => !x.is_finite(),
            Some(y) => x == y || (x - y).abs() <= loose * y.abs(),
        },
        None => false,
    }
}

/// Relative: the reader of JSON is off by a last digit of float64 now and then. No two float32 are that close.
const LOOSE: f64 = 4e-16;

/// What is computed from random numbers, in float32 there and in float64 here.
const ROUNDED: [&str; 4] = ["trunc_normal", "trunc_normal_narrow", "orthogonal_wide", "orthogonal_tall"];

/// The places whose values the golden file keeps.
fn kept(n: usize) -> Vec<usize> {
    if n <= 34 { (0..n).collect() } else { (0..9).chain((9..n - 17).step_by(37)).chain(n - 17..n).collect() }
}

#[test]
fn every_stream_is_the_one_that_pytorch_draws() {
    let golden = parse(include_str!("../golden/random_streams.json"));
    let cases = list(&golden);
    for engine in modes::both() {
        let mut failures = Vec::new();
        for case in cases {
            let name = text(&case["name"]);
            let values = list(&case["values"]);
            engine.manual_seed(case["seed"].as_u64().expect("seed"));
            let found = match draw(name, &engine, &Arguments(case)) {
                Ok(found) => found,
                Err(error) => {
                    failures.push(format!("{case}: {error}"));
                    continue;
                }
            };
            let loose = if ROUNDED.contains(&name) { 1e-5 } else { LOOSE };
            let places = kept(found.len());
            let wrong: Vec<_> = places
                .iter()
                .zip(values)
                .filter(|&(&i, expected)| !matches(found.get(i), expected, loose))
                .collect();
            let after = engine.generator(|g| g.random64() & i64::MAX as u64);
            if places.len() != values.len() || !wrong.is_empty() || Some(after) != case["after"].as_u64() {
                let pairs = wrong.iter().take(3).map(|&(&i, y)| format!("[{i}] {:?}, not {y}", found.get(i)));
                let what = pairs.collect::<Vec<_>>().join("; ");
                failures.push(format!(
                    "{name} seed {} dtype {} n {}: {} wrong, after {after}: {what}",
                    case["seed"],
                    case["dtype"],
                    case["n"],
                    wrong.len()
                ));
            }
        }
        assert!(
            failures.is_empty(),
            "{} of {} failed:\n{}",
            failures.len(),
            cases.len(),
            failures.join("\n")
        );
        assert!(cases.len() > 150, "only {} cases", cases.len());
    }
}

#[test]
fn deviations_must_not_be_negative() {
    let engine = modes::engine(false);
    let of = |std: Vec<f32>| {
        let n = std.len();
        let std = engine.tensor(std, &[n]).expect("it fits");
        pollster::block_on(engine.normal_checked(&0.0.into(), &(&std).into())).map(|t| t.shape().to_vec())
    };
    let text = "normal expects all elements of std >= 0.0";
    for wrong in [vec![-1.0], vec![1.0, f32::NAN]] {
        assert_eq!(of(wrong).map_err(|error| error.to_string()), Err(text.to_owned()));
    }
    assert_eq!((of(vec![0.5, 0.0]), of(vec![])), (Ok(vec![2]), Ok(vec![0])));
}

#[test]
fn random_tensors_take_after_others() {
    let engine = modes::engine(false);
    let x = engine.full(&[2, 3], 0.0, engine::DType::Float64).expect("it fits");
    for made in [x.rand_like(), x.randn_like(), x.randint_like(0, 5)] {
        let made = made.expect("real numbers");
        assert_eq!((made.shape(), made.dtype()), (x.shape(), x.dtype()));
    }
}
