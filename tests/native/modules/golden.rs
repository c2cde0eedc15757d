//! Modules against PyTorch: initial values, descriptions, results, gradients, buffers.

use engine::nn::{
    Activation, AvgPool, BatchNorm, Cell, Conv, ConvPadding, Kind, Loss, MaxPool, Module, Numbers,
    Recurrence, Reduction,
};
use engine::ops::{Gelu, Padding};
use engine::{Engine, HostData, Result, Scalar, Tensor};
use serde_json::Value as Json;

use super::engine;

pub(super) fn golden() -> Vec<Json> {
    serde_json::from_str(include_str!("../../golden/modules.json")).expect("valid JSON")
}

fn vector(engine: &Engine, values: [f64; 4]) -> Option<Tensor> {
    engine.tensor(values.map(|x| x as f32).to_vec(), &[4]).ok()
}

/// The layer that a constructor's call makes in PyTorch.
pub(super) fn build(engine: &Engine, call: &str) -> Result<Module> {
    let sizes = |sizes: &[i64]| ConvPadding::Sizes(sizes.to_vec());
    match call {
        "Linear(3, 2)" => Module::linear(engine, 3, 2, true),
        "Linear(3, 2, bias=False)" => Module::linear(engine, 3, 2, false),
        "Conv1d(2, 4, 3, stride=2, padding=1, groups=2)" => {
            let conv = Conv { stride: vec![2], padding: sizes(&[1]), groups: 2, ..Conv::new(2, 4, &[3]) };
            Module::conv(engine, conv)
        }
        "Conv1d(2, 3, 2, padding='valid', dilation=2, bias=False)" => {
            let plain = Conv::new(2, 3, &[2]);
            let conv = Conv { padding: ConvPadding::Valid, dilation: vec![2], bias: false, ..plain };
            Module::conv(engine, conv)
        }
        "Conv2d(2, 3, 3)" => Module::conv(engine, Conv::new(2, 3, &[3, 3])),
        "Conv2d(1, 2, (3, 2), padding='same', dilation=2, padding_mode='circular')" => {
            let (padding, mode) = (ConvPadding::Same, Padding::Circular);
            Module::conv(engine, Conv { padding, dilation: vec![2, 2], mode, ..Conv::new(1, 2, &[3, 2]) })
        }
        "Conv2d(1, 2, 3, stride=(2, 1), padding=(1, 2), padding_mode='reflect')" => {
            let (padding, mode) = (sizes(&[1, 2]), Padding::Reflect);
            Module::conv(engine, Conv { stride: vec![2, 1], padding, mode, ..Conv::new(1, 2, &[3, 3]) })
        }
        "Conv2d(1, 1, 3, padding='same', padding_mode='replicate')" => {
            let (padding, mode) = (ConvPadding::Same, Padding::Replicate);
            Module::conv(engine, Conv { padding, mode, ..Conv::new(1, 1, &[3, 3]) })
        }
        "Embedding(5, 3)" => Module::embedding(engine, 5, 3, None),
        "Embedding(5, 20, padding_idx=-2)" => Module::embedding(engine, 5, 20, Some(-2)),
        "BatchNorm1d(3)" => Module::batch_norm(engine, BatchNorm::new(1, 3)),
        "BatchNorm1d(3, momentum=None)" => {
            Module::batch_norm(engine, BatchNorm { momentum: None, ..BatchNorm::new(1, 3) })
        }
        "BatchNorm2d(2)" => Module::batch_norm(engine, BatchNorm::new(2, 2)),
        "BatchNorm2d(2, eps=1e-3, affine=False, track_running_stats=False)" => {
            let plain = BatchNorm::new(2, 2);
            let norm = BatchNorm { eps: 1e-3.into(), affine: false, track_running_stats: false, ..plain };
            Module::batch_norm(engine, norm)
        }
        "LayerNorm(4)" => Module::layer_norm(engine, &[4], 1e-5, true),
        "LayerNorm((2, 3), eps=1e-3, elementwise_affine=False)" => {
            Module::layer_norm(engine, &[2, 3], 1e-3, false)
        }
        "Dropout()" => Module::dropout(0.5, false, false),
        "Dropout(0.2, inplace=True)" => Module::dropout(0.2, true, false),
        "Dropout2d(0.4)" => Module::dropout(0.4, false, true),
        "Dropout2d(1)" => Module::dropout(1i64, false, true),
        other => pooling(other)
            .or_else(|| activation(other))
            .map(|kind| Ok(Module::new(kind)))
            .or_else(|| recurrent(engine, other))
            .or_else(|| loss(engine, other))
            .unwrap_or_else(|| network(engine)),
    }
}

fn pooling(call: &str) -> Option<Kind> {
    let two = Numbers::Both(2);
    Some(match call {
        "MaxPool2d(2)" => Kind::MaxPool2d(MaxPool::new(two)),
        "MaxPool2d((2, 3), stride=1, padding=(1, 0), dilation=(1, 2), ceil_mode=True, return_indices=True)" => {
            Kind::MaxPool2d(MaxPool {
                kernel: Numbers::Each(2, 3),
                stride: Numbers::Both(1),
                padding: Numbers::Each(1, 0),
                dilation: Numbers::Each(1, 2),
                ceil_mode: true,
                return_indices: true,
            })
        }
        "AvgPool2d(2)" => Kind::AvgPool2d(AvgPool::new(two)),
        "AvgPool2d((3, 2), stride=(2, 1), padding=1, ceil_mode=True, count_include_pad=False)" => {
            Kind::AvgPool2d(AvgPool {
                stride: Numbers::Each(2, 1),
                padding: Numbers::Both(1),
                ceil_mode: true,
                count_include_pad: false,
                ..AvgPool::new(Numbers::Each(3, 2))
            })
        }
        "AvgPool2d(2, divisor_override=3)" => {
            Kind::AvgPool2d(AvgPool { divisor_override: Some(3), ..AvgPool::new(two) })
        }
        "AdaptiveAvgPool2d(1)" => Kind::AdaptiveAvgPool2d(Numbers::Both(Some(1))),
        "AdaptiveAvgPool2d((None, 3))" => Kind::AdaptiveAvgPool2d(Numbers::Each(None, Some(3))),
        "Flatten()" => Kind::Flatten { start_dim: 1, end_dim: -1 },
        "Unflatten(1, (2, -1))" => Kind::Unflatten { dim: 1, sizes: vec![2, -1] },
        "Identity()" => Kind::Identity,
        _ => return None,
    })
}

fn activation(call: &str) -> Option<Kind> {
    let number = |x: f64| Scalar::Float(x);
    let count = |x: i64| Scalar::Int(x);
    Some(match call {
        "ReLU(inplace=True)" => Kind::InPlace(Activation::Relu),
        "LeakyReLU(1, inplace=True)" => Kind::InPlace(Activation::LeakyRelu(count(1))),
        "ELU(0.5, inplace=True)" => Kind::InPlace(Activation::Elu(number(0.5))),
        "Hardtanh(-2, 3, inplace=True)" => Kind::InPlace(Activation::Hardtanh(count(-2), count(3))),
        plain => Kind::Activation(match plain {
            "ReLU()" => Activation::Relu,
            "ReLU6()" => Activation::Relu6,
            "LeakyReLU()" => Activation::LeakyRelu(number(0.01)),
            "ELU()" => Activation::Elu(number(1.0)),
            "SiLU()" => Activation::Silu,
            "GELU()" => Activation::Gelu(Gelu::None),
            "GELU(approximate='tanh')" => Activation::Gelu(Gelu::Tanh),
            "Softplus()" => Activation::Softplus(count(1), count(20)),
            "Softplus(2, threshold=5.0)" => Activation::Softplus(count(2), number(5.0)),
            "Hardtanh()" => Activation::Hardtanh(number(-1.0), number(1.0)),
            "Sigmoid()" => Activation::Sigmoid,
            "Tanh()" => Activation::Tanh,
            "Softmax(dim=0)" => Activation::Softmax(Some(0)),
            "Softmax()" => Activation::Softmax(None),
            "LogSoftmax(dim=-1)" => Activation::LogSoftmax(Some(-1)),
            "LogSoftmax()" => Activation::LogSoftmax(None),
            _ => return None,
        }),
    })
}

fn recurrent(engine: &Engine, call: &str) -> Option<Result<Module>> {
    let (recurrence, bias) = match call {
        "RNNCell(2, 3)" => (Recurrence::Tanh, true),
        "RNNCell(2, 3, bias=False, nonlinearity='relu')" => (Recurrence::Relu, false),
        "GRUCell(2, 3)" => (Recurrence::Gru, true),
        "LSTMCell(2, 3)" => (Recurrence::Lstm, true),
        "LSTMCell(2, 3, bias=False)" => (Recurrence::Lstm, false),
        _ => return None,
    };
    Some(Module::cell(engine, Cell { recurrence, input_size: 2, hidden_size: 3, bias }))
}

fn loss(engine: &Engine, call: &str) -> Option<Result<Module>> {
    let (class, options) = call.split_once('(')?;
    let default = Loss::named(class)?;
    let loss = match options {
        "beta=0.5)" => Loss::SmoothL1 { beta: 0.5 },
        "delta=0.5)" => Loss::Huber { delta: 0.5 },
        "reduction='batchmean', log_target=True)" => Loss::KlDiv { log_target: true },
        "full=True)" => Loss::GaussianNll { full: true, eps: 1e-6 },
        "log_input=False, full=True)" => Loss::PoissonNll { log_input: false, full: true, eps: 1e-8 },
        _ if options.contains("ignore_index=1") => {
            Loss::CrossEntropy { ignore_index: 1, label_smoothing: 0.1 }
        }
        _ if options.contains("ignore_index=3") => Loss::Nll { ignore_index: 3 },
        _ if options.starts_with("p=2") => Loss::MultiMargin { p: 2, margin: 0.5 },
        "margin=0.25)" => Loss::CosineEmbedding { margin: 0.25 },
        "margin=0.5)" if class == "HingeEmbeddingLoss" => Loss::HingeEmbedding { margin: 0.5 },
        "margin=0.5)" => Loss::MarginRanking { margin: 0.5 },
        _ => default,
    };
    let reduction = ["none", "sum", "batchmean"]
        .into_iter()
        .find(|name| options.contains(&format!("reduction='{name}'")))
        .unwrap_or("mean");
    let has = |name: &str| options.starts_with(name) || options.contains(&format!(" {name}"));
    let weight = vector(engine, [0.5, 1.0, 2.0, 0.25]).filter(|_| has("weight="));
    let pos_weight = vector(engine, [3.0, 1.0, 0.5, 2.0]).filter(|_| has("pos_weight="));
    Some(Reduction::named(reduction).and_then(|reduction| Module::loss(loss, reduction, weight, pos_weight)))
}

fn network(engine: &Engine) -> Result<Module> {
    let padding = ConvPadding::Sizes(vec![1, 1]);
    let conv = Module::conv(engine, Conv { padding, ..Conv::new(1, 2, &[3, 3]) })?;
    let gelu = Module::new(Kind::Activation(Activation::Gelu(Gelu::None)));
    let head = Module::numbered(Kind::Sequential, vec![Module::linear(engine, 8, 3, true)?, gelu])?;
    let layers = vec![
        conv,
        Module::batch_norm(engine, BatchNorm::new(2, 2))?,
        Module::new(Kind::InPlace(Activation::Relu)),
        Module::new(Kind::MaxPool2d(MaxPool::new(Numbers::Both(2)))),
        Module::new(Kind::Flatten { start_dim: 1, end_dim: -1 }),
        Module::dropout(0.25, false, false)?,
        head,
    ];
    Module::numbered(Kind::Sequential, layers)
}

fn values(t: &Tensor) -> Vec<f64> {
    pollster::block_on(t.read()).expect("the CPU can be read").to_f64()
}

fn floats(json: &Json) -> Vec<f64> {
    json.as_array().expect("a list").iter().map(|x| x.as_f64().expect("a number")).collect()
}

fn unpack(engine: &Engine, json: &Json) -> Tensor {
    let shape: Vec<usize> = floats(&json["shape"]).into_iter().map(|n| n as usize).collect();
    let data = floats(&json["data"]);
    let data: HostData = if json["int"] == true {
        data.into_iter().map(|x| x as i64).collect::<Vec<_>>().into()
    } else {
        data.into_iter().map(|x| x as f32).collect::<Vec<_>>().into()
    };
    engine.tensor(data, &shape).expect("it fits")
}

#[track_caller]
fn check(found: &Tensor, expected: &Json, tolerance: f64, what: &str) {
    assert_eq!(format!("{:?}", found.shape()), expected["shape"].to_string().replace(',', ", "), "{what}");
    let (found, expected) = (values(found), floats(&expected["data"]));
    for (f, e) in found.iter().zip(&expected) {
        let e = f64::from(*e as f32);
        assert!((f - e).abs() <= tolerance * e.abs().max(1.0), "{what}: {found:?} against {expected:?}");
    }
}

/// The gradient that a result is given: −1.75, −0.75, 0.25, 1.25, 2.25, and again.
fn slopes(t: &Tensor) -> Tensor {
    let data: Vec<f32> = (0..t.numel()).map(|i| (i % 5) as f32 - 1.75).collect();
    t.engine().tensor(data, t.shape()).expect("it fits")
}

fn run(engine: &Engine, module: &Module, inputs: &[Json], seed: u64, expected: &Json, what: &str) {
    module.train(expected["training"] == true);
    module.zero_grad(true).expect("cleared");
    engine.manual_seed(seed);
    let grads = expected["grads"].as_array().expect("gradients");
    let leaves: Vec<Tensor> = inputs.iter().map(|t| unpack(engine, t)).collect();
    for (leaf, _) in leaves.iter().zip(grads).filter(|(_, grad)| !grad.is_null()) {
        leaf.requires_grad_(true).expect("a float");
    }
    let given: Vec<Tensor> = leaves.iter().map(|t| t.mul(1i64).expect("a product")).collect();
    let outs = module
        .forward_all(&given.iter().collect::<Vec<_>>())
        .unwrap_or_else(|error| panic!("{what}: {error}"));
    let shown = expected["outs"].as_array().expect("results");
    assert_eq!(outs.len(), shown.len(), "{what}");
    let mut total = engine.zeros(&[]).expect("a number");
    for (out, expected) in outs.iter().zip(shown) {
        check(out, expected, 1e-5, what);
        if out.requires_grad() {
            let part = out.mul(&slopes(out)).and_then(|t| t.sum(&[], false)).expect("a sum");
            total = total.add(&part).expect("a sum");
        }
    }
    let grad_fn = outs[0].grad_fn().map(|node| node.grad_fn());
    assert_eq!(grad_fn.as_deref(), expected["grad_fn"].as_str(), "{what}");
    if total.requires_grad() {
        total.backward().unwrap_or_else(|error| panic!("{what}: {error}"));
    }
    for (leaf, grad) in leaves.iter().zip(grads).filter(|(_, grad)| !grad.is_null()) {
        check(&leaf.grad().expect("a gradient"), grad, 3e-5, &format!("{what}, gradient of the input"));
    }
    for (name, parameter) in module.named_parameters() {
        let what = format!("{what}, gradient of {name}");
        match (&expected["parameters"][&name], parameter.grad()) {
            (Json::Null, found) => assert!(found.is_none(), "{what}"),
            (expected, found) => check(&found.expect("a gradient"), expected, 3e-5, &what),
        }
    }
    for (name, buffer) in module.named_buffers() {
        check(&buffer, &expected["buffers"][&name], 1e-5, &format!("{what}, {name}"));
    }
}

#[test]
fn modules_hold_print_and_compute_what_those_of_pytorch_do() {
    for (seed, case) in golden().iter().enumerate() {
        for fused in [false, true] {
            let engine = engine();
            engine.set_fused(fused);
            engine.manual_seed(seed as u64);
            compare(&engine, case);
        }
    }
}

fn compare(engine: &Engine, case: &Json) {
    let call = case["call"].as_str().expect("a call");
    let module = build(engine, call).unwrap_or_else(|error| panic!("{call}: {error}"));
    assert_eq!(module.to_string(), case["repr"].as_str().expect("a text"), "{call}");
    let (state, expected) = (module.state_dict(), case["state"].as_array().expect("entries"));
    let names: Vec<&str> = state.iter().map(|(name, _)| name.as_str()).collect();
    let wanted: Vec<&str> = expected.iter().map(|entry| entry[0].as_str().expect("a name")).collect();
    assert_eq!(names, wanted, "{call}");
    for ((name, found), entry) in state.iter().zip(expected) {
        check(found, &entry[1], 0.0, &format!("{call}, initial {name}"));
    }
    let next = engine.generator(|g| g.uniform(0.0, 1.0));
    let expected = case["next"].as_f64().expect("a number") as f32;
    assert_eq!(next, expected, "{call}: as many numbers are drawn");
    let inputs = case["inputs"].as_array().expect("inputs");
    for (i, expected) in case["runs"].as_array().expect("runs").iter().enumerate() {
        run(engine, &module, inputs, 100 + i as u64, expected, &format!("{call}, run {i}"));
    }
}
