//! Loss functions and clipped gradients against PyTorch: values, gradients, names, and what is refused.
#![cfg(not(target_arch = "wasm32"))]

use engine::nn::{self, ClassLoss, Reduction};
use engine::{Engine, HostData, Result, Tensor};
use serde_json::Value as Json;
use tests::cpu::values;
use tests::golden::{floats, list, parse, sizes, text};
use tests::modes;

fn golden() -> Json {
    parse(include_str!("../golden/loss.json"))
}

fn unpack(engine: &Engine, json: &Json) -> Tensor {
    let data = floats(&json["data"]);
    let data: HostData = if json["int"] == true {
        data.into_iter().map(|x| x as i64).collect::<Vec<_>>().into()
    } else {
        data.into()
    };
    engine.tensor(data, &sizes(&json["shape"])).expect("it fits")
}

#[track_caller]
fn close(found: &Tensor, expected: &Json, what: &str) {
    assert_eq!(found.shape(), sizes(&expected["shape"]), "{what}");
    let (found, expected) = (values(found), floats(&expected["data"]));
    for (f, e) in found.iter().zip(&expected) {
        assert!((f - e).abs() <= 1e-9 * e.abs().max(1.0), "{what}: {found:?} against {expected:?}");
    }
}

fn compute(name: &str, t: &[Tensor], options: &Json) -> Result<Tensor> {
    let reduction = Reduction::named(text(&options["reduction"]))?;
    let float = |name: &str, default: f64| options[name].as_f64().unwrap_or(default);
    let flag = |name: &str, default: bool| options[name].as_bool().unwrap_or(default);
    let vector = |name: &str| {
        let list = options[name].as_array()?;
        Some(t[0].engine().tensor(floats(&options[name]), &[list.len()]).expect("it fits"))
    };
    let (weight, pos_weight) = (vector("weight"), vector("pos_weight"));
    let weight = weight.as_ref();
    let classes = || ClassLoss {
        weight: weight.cloned(),
        ignore_index: Some(options["ignore_index"].as_i64().unwrap_or(-100)),
        label_smoothing: float("label_smoothing", 0.0),
        reduction,
    };
    match name {
        "cross_entropy" => nn::cross_entropy_with(&t[0], &t[1], &classes()),
        "nll_loss" => nn::nll_loss(&t[0], &t[1], &classes()),
        "mse_loss" => nn::mse_loss(&t[0], &t[1], reduction),
        "l1_loss" => nn::l1_loss(&t[0], &t[1], reduction),
        "smooth_l1_loss" => nn::smooth_l1_loss(&t[0], &t[1], float("beta", 1.0), reduction),
        "huber_loss" => nn::huber_loss(&t[0], &t[1], float("delta", 1.0), reduction),
        "binary_cross_entropy" => nn::binary_cross_entropy(&t[0], &t[1], weight, reduction),
        "binary_cross_entropy_with_logits" => {
            nn::binary_cross_entropy_with_logits(&t[0], &t[1], weight, pos_weight.as_ref(), reduction)
        }
        "kl_div" => nn::kl_div(&t[0], &t[1], flag("log_target", false), reduction),
        "multi_margin_loss" => {
            let p = options["p"].as_i64().unwrap_or(1);
            nn::multi_margin_loss(&t[0], &t[1], p, float("margin", 1.0), weight, reduction)
        }
        "hinge_embedding_loss" => nn::hinge_embedding_loss(&t[0], &t[1], float("margin", 1.0), reduction),
        "soft_margin_loss" => nn::soft_margin_loss(&t[0], &t[1], reduction),
        "margin_ranking_loss" => {
            nn::margin_ranking_loss(&t[0], &t[1], &t[2], float("margin", 0.0), reduction)
        }
        "cosine_embedding_loss" => {
            nn::cosine_embedding_loss(&t[0], &t[1], &t[2], float("margin", 0.0), reduction)
        }
        "gaussian_nll_loss" => {
            nn::gaussian_nll_loss(&t[0], &t[1], &t[2], flag("full", false), 1e-6, reduction)
        }
        "poisson_nll_loss" => {
            let (log, full) = (flag("log_input", true), flag("full", false));
            nn::poisson_nll_loss(&t[0], &t[1], log, full, 1e-8, reduction)
        }
        other => panic!("no loss is called {other}"),
    }
}

#[test]
fn values_and_gradients_are_those_of_pytorch() {
    for engine in modes::both() {
        for case in list(&golden()["cases"]) {
            let name = text(&case["name"]);
            let what = format!("{name} {}", case["options"]);
            let tensors: Vec<Tensor> = list(&case["tensors"]).iter().map(|t| unpack(&engine, t)).collect();
            let wants: Vec<usize> = sizes(&case["wants"]);
            for &i in &wants {
                tensors[i].requires_grad_(true).expect("a float");
            }
            let value = compute(name, &tensors, &case["options"]).unwrap_or_else(|e| panic!("{what}: {e}"));
            close(&value, &case["value"], &what);
            value
                .sum(&[], false)
                .and_then(|total| total.backward())
                .unwrap_or_else(|e| panic!("{what}: {e}"));
            for (&i, expected) in wants.iter().zip(list(&case["grads"])) {
                let grad = tensors[i].grad().unwrap_or_else(|| panic!("{what}: no gradient of {i}"));
                close(&grad, expected, &format!("{what}, gradient of {i}"));
            }
        }
    }
}

#[test]
fn a_loss_of_several_ops_has_the_name_that_pytorch_gives_it() {
    for engine in modes::both() {
        for case in list(&golden()["cases"]) {
            let expected = text(&case["grad_fn"]);
            let single = ["Nll", "Mse", "SmoothL1", "Huber", "BinaryCross", "MultiMargin", "SoftMargin"];
            if !single.iter().any(|name| expected.starts_with(name)) {
                continue;
            }
            let t: Vec<Tensor> = list(&case["tensors"]).iter().map(|t| unpack(&engine, t)).collect();
            t[0].requires_grad_(true).expect("a float");
            let value = compute(text(&case["name"]), &t, &case["options"]).expect("a loss");
            let call = value.grad_fn().expect("a graph").origin().call.expect("a call");
            assert_eq!(call.grad_fn, expected, "{} {}", case["name"], case["options"]);
        }
    }
}

#[test]
fn targets_that_all_are_classes_need_no_mask() {
    for engine in modes::both() {
        let x = engine.tensor(vec![0.5, -1.0, 2.0, 0.0, 1.0, -0.5], &[2, 3]).expect("it fits");
        let y = engine.tensor(vec![2i64, 0], &[2]).expect("it fits");
        let plain = nn::cross_entropy(&x, &y).expect("a loss");
        let masked = nn::cross_entropy_with(&x, &y, &ClassLoss::default()).expect("a loss");
        assert!((values(&plain)[0] - values(&masked)[0]).abs() < 1e-12);
    }
}

#[test]
fn clipped_gradients_are_those_of_pytorch() {
    for engine in modes::both() {
        for case in list(&golden()["clips"]) {
            let params: Vec<Tensor> = list(&case["before"])
                .iter()
                .map(|g| {
                    let g = unpack(&engine, g);
                    let p = g.copy().expect("a parameter");
                    p.requires_grad_(true).expect("a float");
                    p.set_grad(Some(g));
                    p
                })
                .collect();
            let norm_type = case["norm_type"].as_f64().unwrap_or(f64::INFINITY);
            let max_norm = case["max_norm"].as_f64().expect("a number");
            let norm = nn::clip_grad_norm_(&engine, &params, max_norm, norm_type).expect("a norm");
            assert!((values(&norm)[0] - case["norm"].as_f64().expect("a number")).abs() < 1e-12);
            for (p, after) in params.iter().zip(list(&case["after"])) {
                close(&p.grad().expect("a gradient"), after, &format!("norm {norm_type}"));
            }
        }
        let p = engine.zeros(&[3]).expect("a parameter");
        p.requires_grad_(true).expect("a float");
        p.set_grad(Some(engine.tensor(vec![-2.0, 0.25, f64::NAN], &[3]).expect("a gradient")));
        nn::clip_grad_value_(std::slice::from_ref(&p), 0.5).expect("clipped");
        let clipped = values(&p.grad().expect("a gradient"));
        assert_eq!(clipped[..2], [-0.5, 0.25]);
        assert!(clipped[2].is_nan());
        let none = nn::clip_grad_norm_(&engine, &[], 1.0, 2.0).expect("no gradients");
        assert_eq!(values(&none), [0.0]);
    }
}

#[test]
fn what_does_not_fit_is_refused_in_pytorchs_words() {
    for engine in modes::both() {
        let real = |shape: &[usize]| engine.zeros(shape).expect("it fits");
        let class = |shape: &[usize]| engine.full(shape, 0i64, engine::DType::Int64).expect("it fits");
        let at = |classes: Vec<i64>| engine.tensor(classes, &[3]).expect("it fits");
        let entropy = |x: Tensor, y: Tensor| nn::cross_entropy_with(&x, &y, &ClassLoss::default());
        let weighted = |n: usize| {
            let options = ClassLoss { weight: Some(real(&[n])), ..ClassLoss::default() };
            nn::cross_entropy_with(&real(&[3, 4]), &class(&[3]), &options)
        };
        let mean = Reduction::Mean;
        let cases = [
            (
                entropy(real(&[3, 4]), class(&[2])),
                "Expected input batch_size (3) to match target batch_size (2).",
            ),
            (entropy(real(&[3, 4]), at(vec![0, 1, 5])), "Target 5 is out of bounds."),
            (entropy(real(&[3, 4]), at(vec![0, 1, -1])), "Target -1 is out of bounds."),
            (entropy(real(&[3, 4]), real(&[3])), "expected scalar type Long but found Float"),
            (entropy(real(&[3, 4, 2]), class(&[3, 3])), "Expected target size [3, 2], got [3, 3]"),
            (
                entropy(real(&[3, 4, 2, 2]), class(&[3, 2])),
                "only batches of spatial targets supported (3D tensors) but got targets of dimension: 2",
            ),
            (
                entropy(real(&[3, 4, 2, 2]), class(&[3, 2, 3])),
                "size mismatch (got input: [3, 4, 2, 2] , target: [3, 2, 3]",
            ),
            (entropy(real(&[4]), class(&[2])), "size mismatch (got input: [4], target: [2])"),
            (
                entropy(real(&[]), class(&[])),
                "Expected floating point type for target with class probabilities, got Long",
            ),
            (
                weighted(3),
                "weight tensor should be defined either for all 4 classes or no classes but got weight tensor of shape: [3]",
            ),
            (
                nn::mse_loss(&real(&[3]), &real(&[2]), mean),
                "The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 0",
            ),
            (
                nn::smooth_l1_loss(&real(&[3]), &real(&[3]), -1.0, mean),
                "smooth_l1_loss does not support negative values for beta.",
            ),
            (
                nn::huber_loss(&real(&[3]), &real(&[3]), 0.0, mean),
                "huber_loss does not support non-positive values for delta.",
            ),
            (
                nn::binary_cross_entropy(&real(&[3]), &real(&[2]), None, mean),
                "Using a target size (torch.Size([2])) that is different to the input size (torch.Size([3])) is deprecated. Please ensure they have the same size.",
            ),
            (
                nn::binary_cross_entropy(&real(&[3]), &class(&[3]), None, mean),
                "Found dtype Long but expected Float",
            ),
            (
                nn::binary_cross_entropy_with_logits(&real(&[3]), &real(&[2]), None, None, mean),
                "Target size (torch.Size([2])) must be the same as input size (torch.Size([3]))",
            ),
            (
                nn::multi_margin_loss(&real(&[3, 4]), &class(&[3]), 3, 1.0, None, mean),
                "only p == 1 and p == 2 supported",
            ),
            (
                nn::multi_margin_loss(&real(&[3, 4]), &class(&[2]), 1, 1.0, None, mean),
                "inconsistent target size, got: [2]",
            ),
            (
                nn::multi_margin_loss(&real(&[3, 4, 2]), &class(&[3]), 1, 1.0, None, mean),
                "Expected non-empty vector or matrix with optional 0-dim batch size, but got: [3, 4, 2]",
            ),
        ];
        // What only a kernel can find shows in fused mode when the value is read.
        let read = |t: Tensor| pollster::block_on(t.read());
        for (result, text) in cases {
            assert_eq!(result.and_then(read).expect_err(text).to_string(), text);
        }
        let error = Reduction::named("avg").expect_err("no such reduction");
        assert_eq!(error.to_string(), "avg is not a valid value for reduction");
    }
}
