//! Extremes and middles, of all elements, along a dimension and so far, and folds into places: what PyTorch gave, in
//! `tests/golden/middle.json`.
#![cfg(not(target_arch = "wasm32"))]

use engine::autograd::{Options, grad};
use engine::ops::Arg;
use engine::{Engine, Result, Tensor};
use serde_json::Value;
use tests::cpu::read;
use tests::golden::{dtype, float, grad_fn, host, list, parse, scalar, sizes, text};
use tests::modes;

fn tensor(engine: &Engine, told: &Value) -> Tensor {
    let data = host(dtype(text(&told["dtype"])), list(&told["data"]).iter().map(scalar));
    engine.tensor(data, &sizes(&told["shape"])).expect("the shape fits")
}

/// What differs from what was told.
fn difference(found: &Tensor, told: &Value) -> Option<String> {
    let (shape, kind) = (sizes(&told["shape"]), dtype(text(&told["dtype"])));
    let expected: Vec<f64> = list(&told["data"]).iter().map(|v| scalar(v).to_f64()).collect();
    let data = read(found).to_f64();
    let same = |(a, b): (&f64, &f64)| a == b || a.is_nan() && b.is_nan();
    let fits = found.shape() == shape && found.dtype() == kind && data.iter().zip(&expected).all(same);
    (!fits).then(|| format!("{found:?} {data:?}, not {told}"))
}

/// A value, and where it was found.
type Found = (Tensor, Option<Tensor>);

fn run(engine: &Engine, x: &Tensor, row: &Value) -> Result<Found> {
    let both = |(value, place): (Tensor, Tensor)| (value, Some(place));
    let one = |value: Tensor| (value, None);
    match (text(&row["name"]), row["dim"].as_i64()) {
        ("max", None) => x.max_all().map(one),
        ("min", None) => x.min_all().map(one),
        ("median", None) => x.median().map(one),
        ("median", Some(dim)) => x.median_dim(dim, false).map(both),
        ("cummax", Some(dim)) => x.cummax(dim).map(both),
        ("cummin", Some(dim)) => x.cummin(dim).map(both),
        _ => {
            let (index, reduce) = (tensor(engine, &row["index"]), text(&row["reduce"]));
            let source = row["source"].is_object().then(|| tensor(engine, &row["source"]));
            let number = || Arg::from(float(&row["source"]));
            x.scatter_by(1, &index, source.as_ref().map_or_else(number, Arg::from), reduce).map(one)
        }
    }
}

fn mismatch(engine: &Engine, row: &Value) -> Option<String> {
    let x = tensor(engine, &row["x"]);
    if x.dtype().is_floating_point() {
        x.requires_grad_(true).expect("a leaf");
    }
    let (value, place) = match (run(engine, &x, row), row["error"].as_str()) {
        (Err(found), Some(error)) => {
            return (found.to_string() != error).then(|| format!("error {found}, not {error}"));
        }
        (Err(found), None) => return Some(format!("error {found}")),
        (Ok(_), Some(error)) => return Some(format!("no error {error}")),
        (Ok(found), None) => found,
    };
    let places = place.as_ref().and_then(|place| difference(place, &row["place"]));
    let wrong = difference(&value, &row["value"]).or(places);
    if wrong.is_some() || row["fn"].is_null() {
        return wrong;
    }
    if grad_fn(&value) != text(&row["fn"]) {
        return Some(format!("{}, not {}", grad_fn(&value), row["fn"]));
    }
    if row["grad"].is_null() {
        return None;
    }
    let weights: Vec<f32> = (1..=value.numel()).map(|i| i as f32).collect();
    let weights = engine.tensor(weights, value.shape()).expect("the shape fits");
    let options = Options { allow_unused: true, ..Options::default() };
    match grad(&[&value], &[&x], &[Some(&weights)], options) {
        Ok(slopes) => {
            difference(slopes.first()?.as_ref()?, &row["grad"]).map(|why| format!("gradient {why}"))
        }
        Err(error) => Some(format!("backward: {error}")),
    }
}

#[test]
fn extremes_and_middles_are_those_of_pytorch() {
    let golden = parse(include_str!("../golden/middle.json"));
    for engine in modes::both() {
        let wrong = list(&golden).iter().filter_map(|row| {
            let about = || format!("{} along {} of {}", row["name"], row["dim"], row["x"]["data"]);
            mismatch(&engine, row).map(|why| format!("{}: {why}", about()))
        });
        let wrong: Vec<String> = wrong.collect();
        assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    }
}

#[test]
fn a_product_into_places_has_no_gradient() {
    for engine in modes::both() {
        let x = engine.ones(&[1, 3]).expect("it fits");
        x.requires_grad_(true).expect("float32");
        let index = engine.tensor(vec![2i64], &[1, 1]).expect("it fits");
        let out = x.scatter_by(1, &index, 2.0, "multiply").and_then(|y| y.sum(&[], false)).expect("a sum");
        let error = out.backward().expect_err("there is none");
        assert_eq!(error.to_string(), "derivative for aten::scatter is not implemented");
    }
}

#[test]
fn what_overlaps_is_not_written_to_but_filled() {
    for engine in modes::both() {
        let x = engine.tensor(vec![0.0f32; 6], &[6]).expect("it fits");
        let windows = x.unfold(0, 3, 1).expect("windows");
        let refused = windows.add_(1.0, 1.0).expect_err("they overlap");
        assert!(refused.to_string().starts_with("unsupported operation: more than one element"));
        assert!(windows.copy_(&engine.zeros(&[4, 3]).expect("zeros")).is_err());
        windows.fill_(7.0).expect("all alike");
        x.unfold(0, 2, 2).and_then(|apart| apart.add_(1.0, 1.0)).expect("they lie apart");
        assert_eq!(read(&x).to_f64(), [8.0; 6]);
    }
}
