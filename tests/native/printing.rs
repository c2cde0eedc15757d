//! Tensors print as in PyTorch: every text in `golden/printing.json` is written again. And nothing that can be
//! printed panics.
#![cfg(not(target_arch = "wasm32"))]

use engine::print::{PrintOptions, Profile, format_size, format_tensor};
use engine::{DType, HostData};
use serde_json::Value;
use tests::golden::{dtype, host, list, parse, scalar, sizes, text};
use tests::modes;

fn options(given: &Value) -> PrintOptions {
    let mut options = PrintOptions::default();
    if let Some(profile) = given["profile"].as_str().and_then(Profile::named) {
        options.set_profile(profile);
    }
    let number = |key: &str, default: usize| given[key].as_u64().map_or(default, |n| n as usize);
    options.precision = number("precision", options.precision);
    options.threshold = number("threshold", options.threshold);
    options.edgeitems = number("edgeitems", options.edgeitems);
    options.linewidth = number("linewidth", options.linewidth);
    options.sci_mode = given["sci_mode"].as_bool();
    options
}

/// The elements of a case; those of a case without any are 0, 1, 2 and so on.
fn data(case: &Value, numel: usize) -> HostData {
    let counted = (0..numel as i64).map(Value::from).collect();
    let values = case["values"].as_array().cloned().unwrap_or(counted);
    host(dtype(text(&case["dtype"])), values.iter().map(scalar))
}

#[test]
fn every_tensor_prints_as_in_pytorch() {
    let golden = parse(include_str!("../golden/printing.json"));
    let cases = list(&golden);
    let mut failures = Vec::new();
    for case in cases {
        let shape = sizes(&case["shape"]);
        let data = data(case, shape.iter().product());
        let grad_fn = (case["grad"] == "node").then_some("MulBackward0");
        let leaf = case["grad"] == "leaf";
        let found = format_tensor(
            &data,
            &shape,
            dtype(text(&case["dtype"])),
            leaf,
            grad_fn,
            &options(&case["options"]),
        );
        let expected = text(&case["text"]);
        if found != expected {
            failures
                .push(format!("{shape:?} {} {}:\n{found}\nnot\n{expected}", case["dtype"], case["options"]));
        }
    }
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), cases.len(), failures.join("\n\n"));
    assert!(cases.len() > 400, "only {} cases", cases.len());
}

#[test]
fn the_device_stands_first_and_shapes_have_a_name() {
    let options = PrintOptions { device: Some("cuda:0".to_owned()), ..PrintOptions::default() };
    let data = HostData::from(vec![1.5, 2.0]);
    assert_eq!(
        format_tensor(&data, &[2], DType::Float64, true, None, &options),
        "tensor([1.5000, 2.0000], device='cuda:0', dtype=torch.float64,\n       requires_grad=True)"
    );
    assert_eq!(format_size(&[2, 3]), "torch.Size([2, 3])");
    assert_eq!(format_size(&[]), "torch.Size([])");
}

#[test]
fn nothing_panics() {
    let extremes = [f64::NAN, f64::INFINITY, f64::MAX, f64::MIN_POSITIVE, 5e-324, -0.0, 1.0, -1e300];
    let mut state = 1u32;
    let mut below = |n: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as usize % n
    };
    for _ in 0..1000 {
        let shape: Vec<usize> = (0..below(4)).map(|_| below(9)).collect();
        let n: usize = shape.iter().product();
        let values: Vec<f64> = (0..n).map(|_| extremes[below(extremes.len())]).collect();
        let precision = [0, 1, 4, 20, 400, usize::MAX][below(6)];
        let options = PrintOptions {
            precision,
            threshold: [0, 1, 10, usize::MAX][below(4)],
            edgeitems: [0, 1, 3, usize::MAX][below(4)],
            linewidth: [0, 1, 80, usize::MAX][below(4)],
            sci_mode: [None, Some(false), Some(true)][below(3)],
            ..PrintOptions::default()
        };
        let integers: Vec<i64> = values.iter().map(|&x| x as i64).collect();
        for data in [HostData::from(values), HostData::from(integers)] {
            let text = format_tensor(&data, &shape, data.dtype(), true, None, &options);
            assert!(text.starts_with("tensor(") && text.ends_with(')'), "{text}");
        }
    }
}

#[test]
fn nodes_have_the_names_of_pytorch() {
    for engine in modes::both() {
        let x = engine.ones(&[2, 2]).expect("it fits");
        x.requires_grad_(true).expect("float32");
        let b = x.expand(&[3, 2, 2]).expect("a batch");
        let cases = [
            (x.sum(&[], false), "SumBackward0"),
            (x.sum(&[1], false), "SumBackward1"),
            (x.mean(&[], false), "MeanBackward0"),
            (x.mean(&[0, 1], false), "MeanBackward1"),
            (x.pow(2.0), "PowBackward0"),
            (x.pow(&x), "PowBackward1"),
            (x.matmul(&x), "MmBackward0"),
            (x.t(), "TBackward0"),
            (x.transpose(0, 1), "TransposeBackward0"),
            (x.permute(&[1, 0]), "PermuteBackward0"),
            (x.to(DType::Float64), "ToCopyBackward0"),
            (x.log_softmax(1), "LogSoftmaxBackward0"),
            (x.slice(0, 0, 1, 1), "SliceBackward0"),
            (Ok(b), "ExpandBackward0"),
        ];
        for (t, name) in cases {
            let node = t.expect(name).grad_fn().expect("a recorded op");
            assert_eq!(node.grad_fn(), name);
        }
        let text = pollster::block_on(x.mul(0.5).expect("x / 2").to_string_async(&PrintOptions::default()));
        let expected = "tensor([[0.5000, 0.5000],\n        [0.5000, 0.5000]], grad_fn=<MulBackward0>)";
        assert_eq!(text.as_deref(), Ok(expected));
    }
}
