//! Every optimizer against PyTorch: twenty updates, what is remembered, what is printed, and what is refused.
#![cfg(not(target_arch = "wasm32"))]

use engine::optim::{Algorithm, Entry, Group, Optimizer, Options, Value};
use engine::{DType, Engine, Tensor};
use serde_json::Value as Json;
use tests::cpu::values;
use tests::golden::{floats, list, parse, scalar, text};
use tests::modes;

fn golden() -> Json {
    parse(include_str!("../golden/optim.json"))
}

fn options(json: &Json) -> Vec<(&str, Value)> {
    let value = |json: &Json| match json.as_array() {
        Some(pair) => Value::Pair(scalar(&pair[0]), scalar(&pair[1])),
        None => Value::Number(scalar(json)),
    };
    json.as_object().expect("options").iter().map(|(name, json)| (name.as_str(), value(json))).collect()
}

fn leaf(engine: &Engine, data: &[f64], dtype: DType) -> Tensor {
    let t = engine.tensor(data.to_vec(), &[data.len()]).and_then(|t| t.to(dtype)).expect("it fits");
    let t = t.detach();
    t.requires_grad_(true).expect("a float");
    t
}

fn algorithm(case: &Json) -> Algorithm {
    Algorithm::named(text(&case["name"])).expect("a known optimizer")
}

#[track_caller]
fn close(found: &[f64], expected: &[f64], tolerance: f64, what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (f, e) in found.iter().zip(expected) {
        assert!((f - e).abs() <= tolerance * e.abs().max(0.1), "{what}: {found:?} against {expected:?}");
    }
}

fn check(engine: &Engine, case: &Json, dtype: DType, tolerance: f64) {
    let golden = golden();
    let expected = &case[dtype.name()];
    let p = leaf(engine, &floats(&golden["start"]), dtype);
    let mut optimizer =
        Optimizer::new(algorithm(case), vec![p.clone()], &options(&case["options"])).expect("it is valid");
    let what = format!("{} {} {dtype}", case["name"], case["options"]);
    assert_eq!(optimizer.to_string(), text(&expected["repr"]), "{what}");
    let grads = list(&golden["grads"]);
    for (step, grad) in grads.iter().enumerate() {
        let grad = engine.tensor(floats(grad), &[4]).and_then(|g| g.to(dtype)).expect("a gradient");
        p.set_grad(Some(grad));
        optimizer.step().expect("a step");
        if step == 0 {
            close(&values(&p), &floats(&expected["trace"][0]), tolerance, &format!("{what}, step 1"));
        }
    }
    close(&values(&p), &floats(&expected["trace"][1]), tolerance, &what);
    for (name, value) in expected["state"].as_object().expect("a dictionary") {
        let found = match optimizer.state(0, 0).and_then(|s| s.get(name)) {
            Some(Entry::Number(x)) => vec![*x],
            Some(Entry::Tensor(t)) => values(t),
            None => panic!("{what} remembers no {name}"),
        };
        let value = if value.is_array() { floats(value) } else { vec![value.as_f64().expect("a number")] };
        close(&found, &value, tolerance, &format!("{what}, {name}"));
    }
}

#[test]
fn twenty_updates_are_those_of_pytorch() {
    for case in list(&golden()["cases"]) {
        for engine in modes::both() {
            check(&engine, case, DType::Float64, 1e-12);
            check(&engine, case, DType::Float32, 1e-6);
        }
    }
}

#[test]
fn options_that_make_no_sense_are_refused_in_pytorchs_words() {
    for engine in modes::both() {
        for case in list(&golden()["errors"]) {
            let text = text(&case["text"]);
            let empty = text.contains("empty");
            let params = if empty { Vec::new() } else { vec![leaf(&engine, &[0.0], DType::Float32)] };
            let error = Optimizer::new(algorithm(case), params, &options(&case["options"])).expect_err(text);
            assert_eq!(error.to_string(), text);
        }
    }
}

fn group(p: &Tensor, lr: Option<f64>) -> Group {
    let mut options = Options::default();
    if let Some(lr) = lr {
        options.set("lr", lr);
    }
    Group { params: vec![p.clone()], options }
}

#[test]
fn groups_have_options_of_their_own() {
    for engine in modes::both() {
        let (a, b) = (leaf(&engine, &[1.0], DType::Float32), leaf(&engine, &[1.0], DType::Float32));
        let groups = vec![group(&a, Some(0.5)), group(&b, None)];
        let mut sgd = Optimizer::with_groups(Algorithm::Sgd, groups, &[("lr", 0.25.into())]).expect("valid");
        for p in [&a, &b] {
            p.set_grad(Some(engine.ones(&[1]).expect("a gradient")));
        }
        sgd.step().expect("a step");
        assert_eq!((values(&a), values(&b)), (vec![0.5], vec![0.75]));
        sgd.set_lr(0.125);
        sgd.zero_grad(false).expect("cleared");
        assert_eq!(values(&a.grad().expect("zeros")), [0.0]);
        sgd.step().expect("a step without effect");
        assert_eq!(values(&a), [0.5]);
        sgd.zero_grad(true).expect("cleared");
        assert!(a.grad().is_none());
        let twice = sgd.add_param_group(group(&a, None)).expect_err("it is there already");
        assert_eq!(twice.to_string(), "some parameters appear in more than one parameter group");
        let computed =
            sgd.add_param_group(group(&a.mul(2.0).expect("a product"), None)).expect_err("no leaf");
        assert_eq!(computed.to_string(), "can't optimize a non-leaf Tensor");
    }
}

#[test]
fn what_is_remembered_can_be_taken_over() {
    for engine in modes::both() {
        let run = |p: &Tensor, adam: &mut Optimizer, steps: usize| {
            for k in 0..steps {
                p.set_grad(Some(engine.full(&[2], 1.0 + k as f64, DType::Float32).expect("a gradient")));
                adam.step().expect("a step");
            }
        };
        let make = |p: &Tensor, lr: f64| {
            Optimizer::new(Algorithm::Adam, vec![p.clone()], &[("lr", lr.into())]).expect("valid")
        };
        let p = leaf(&engine, &[1.0, -1.0], DType::Float32);
        let mut adam = make(&p, 0.1);
        run(&p, &mut adam, 3);
        let q = leaf(&engine, &values(&p), DType::Float32);
        let mut other = make(&q, 7.0);
        other.load_state_dict(&adam.state_dict()).expect("it fits");
        run(&p, &mut adam, 3);
        run(&q, &mut other, 3);
        assert_eq!(values(&p), values(&q));
        let r = leaf(&engine, &[0.0], DType::Float32);
        let groups = vec![group(&q, None), group(&r, None)];
        let mut two = Optimizer::with_groups(Algorithm::Adam, groups, &[]).expect("valid");
        let error = two.load_state_dict(&adam.state_dict()).expect_err("other groups");
        assert_eq!(error.to_string(), "loaded state dict has a different number of parameter groups");
    }
}
