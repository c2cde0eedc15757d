//! Modules: what PyTorch prints of them, their names, and what is refused.
#![cfg(not(target_arch = "wasm32"))]

mod golden;

use std::rc::Rc;

use backend_cpu::CpuBackend;
use engine::nn::{Activation, BatchNorm, Cell, Conv, ConvPadding, Kind, Loss, Module, Recurrence, Reduction};
use engine::{DType, Engine, Tensor};

fn engine() -> Engine {
    Engine::new(Rc::new(CpuBackend::new()))
}

fn net() -> (Engine, Module) {
    let engine = engine();
    let a = Module::linear(&engine, 1, 2, true).expect("a layer");
    let inner = Module::numbered(Kind::Sequential, vec![Module::new(Kind::Activation(Activation::Relu))])
        .expect("a network");
    let b = Module::linear(&engine, 2, 1, false).expect("a layer");
    (engine, Module::numbered(Kind::Sequential, vec![a, inner, b]).expect("a network"))
}

#[test]
fn a_module_is_printed_as_pytorch_prints_it() {
    let (_, net) = net();
    let expected = "Sequential(\n  (0): Linear(in_features=1, out_features=2, bias=True)\n  (1): Sequential(\n    (0): ReLU()\n  )\n  (2): Linear(in_features=2, out_features=1, bias=False)\n)";
    assert_eq!(net.to_string(), expected);
    assert_eq!(Module::custom("Net").to_string(), "Net()");
}

#[test]
fn parameters_have_paths_and_gradients() {
    let (engine, net) = net();
    let names: Vec<String> = net.named_parameters().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["0.weight", "0.bias", "2.weight"]);
    assert_eq!(net.num_parameters(), 6);
    let out = net.forward(&[&engine.ones(&[3, 1]).expect("an input")]).expect("a result");
    assert_eq!(out.shape(), [3, 1]);
    out.sum(&[], false).and_then(|total| total.backward()).expect("backward");
    assert!(net.parameters().iter().all(|p| p.grad().is_some()));
    net.zero_grad(true).expect("cleared");
    assert!(net.parameters().iter().all(|p| p.grad().is_none()));
    net.train(false);
    assert!(net.named_modules().iter().all(|(_, module)| !module.training()));
    net.to(DType::Float64).expect("the CPU has it");
    assert!(net.parameters().iter().all(|p| p.dtype() == DType::Float64 && p.requires_grad()));
}

#[test]
fn values_that_do_not_fit_are_refused_in_pytorchs_words() {
    let (engine, _) = net();
    let layer = Module::linear(&engine, 2, 3, true).expect("a layer");
    let named = |name: &str, shape: &[usize]| (name.to_owned(), engine.zeros(shape).expect("it fits"));
    let dict: Vec<(String, Tensor)> = vec![named("x", &[1]), named("bias", &[4])];
    let error = layer.load_state_dict(&dict, true).expect_err("it does not fit");
    let expected = "Error(s) in loading state_dict for Linear:\n\tMissing key(s) in state_dict: \"weight\". \n\tUnexpected key(s) in state_dict: \"x\". \n\tsize mismatch for bias: copying a param with shape torch.Size([4]) from checkpoint, the shape in current model is torch.Size([3]).";
    assert_eq!(error.to_string(), expected);
    let mismatch =
        layer.load_state_dict(&[named("bias", &[3]), named("q", &[])], false).expect("it need not be all");
    assert_eq!((mismatch.missing, mismatch.unexpected), (vec!["weight".to_owned()], vec!["q".to_owned()]));
    assert!(layer.load_state_dict(&layer.state_dict(), true).is_ok());
    let x = engine.zeros(&[1]).expect("an input");
    let error = Module::custom("Net").forward(&[&x]).expect_err("the program runs it");
    assert_eq!(error.to_string(), "Module [Net] is missing the required \"forward\" function");
}

#[test]
fn a_module_does_not_contain_itself() {
    let (_, net) = net();
    let text = "cannot add module 'x' (Sequential) to Sequential: a module cannot contain itself";
    assert_eq!(net.set_child("x", net.clone()).expect_err("itself").to_string(), text);
    let inner = net.child("1").expect("a child");
    assert_eq!(inner.set_child("x", net.clone()).expect_err("what it is in").to_string(), text);
    assert_eq!(inner.children().len(), 1);
    // One module may be in several places.
    let outer = Module::numbered(Kind::Sequential, vec![net.clone(), net]).expect("no circle");
    assert_eq!((outer.named_parameters().len(), outer.state_dict().len()), (3, 6));
}

#[test]
fn modules_are_not_nested_too_deep() {
    let text = "cannot add module 'x': more than 200 modules are inside each other";
    let root = Module::new(Kind::Sequential);
    let mut last = root.clone();
    let downwards = (0..1000).find_map(|_| {
        let next = Module::new(Kind::Sequential);
        let error = last.set_child("x", next.clone()).err();
        last = next;
        error
    });
    assert_eq!(downwards.expect("an end").to_string(), text);
    assert_eq!(root.named_modules().len(), 201);
    let mut root = Module::new(Kind::Sequential);
    let upwards = (0..1000).find_map(|_| {
        let next = Module::new(Kind::Sequential);
        let error = next.set_child("x", root.clone()).err();
        root = next;
        error
    });
    assert_eq!(upwards.expect("an end").to_string(), text);
    assert!(root.to_string().starts_with("Sequential("));
}

#[test]
fn what_does_not_fit_is_refused_in_pytorchs_words() {
    let engine = engine();
    let zeros = |shape: &[usize]| engine.zeros(shape).expect("a tensor");
    let conv = |conv: Conv| Module::conv(&engine, conv).map(|_| ()).expect_err("refused").to_string();
    let plain = Conv::new(4, 6, &[3, 3]);
    assert_eq!(conv(Conv { groups: 0, ..plain.clone() }), "groups must be a positive integer");
    assert_eq!(conv(Conv { groups: 3, ..plain.clone() }), "in_channels must be divisible by groups");
    assert_eq!(conv(Conv { groups: 4, ..plain.clone() }), "out_channels must be divisible by groups");
    let strided = Conv { padding: ConvPadding::Same, stride: vec![1, 2], ..plain };
    assert_eq!(conv(strided), "padding='same' is not supported for strided convolutions");
    let text = "Trying to create tensor with negative dimension -1: [6, 4, -1, 3]";
    assert_eq!(conv(Conv::new(4, 6, &[-1, 3])), text);
    let padded = Module::embedding(&engine, 4, 2, Some(4)).map(|_| ()).expect_err("refused");
    assert_eq!(padded.to_string(), "Padding_idx must be within num_embeddings");
    let dropped = Module::dropout(1.5, false, false).map(|_| ()).expect_err("refused");
    assert_eq!(dropped.to_string(), "dropout probability has to be between 0 and 1, but got 1.5");

    let says = |module: &Module, inputs: &[&Tensor]| {
        module.forward_all(inputs).map(|_| ()).expect_err("refused").to_string()
    };
    let norm = |dims| Module::batch_norm(&engine, BatchNorm::new(dims, 3)).expect("a layer");
    assert_eq!(says(&norm(1), &[&zeros(&[1, 3, 2, 2])]), "expected 2D or 3D input (got 4D input)");
    assert_eq!(says(&norm(2), &[&zeros(&[1, 3])]), "expected 4D input (got 2D input)");
    let cell = |recurrence| {
        let cell = Cell { recurrence, input_size: 2, hidden_size: 3, bias: true };
        Module::cell(&engine, cell).expect("a cell")
    };
    let (rnn, lstm) = (cell(Recurrence::Tanh), cell(Recurrence::Lstm));
    let batch = zeros(&[4, 2]);
    let text = "RNNCell: Expected input to be 1-D or 2-D but received 3-D tensor";
    assert_eq!(says(&rnn, &[&zeros(&[1, 2, 2])]), text);
    assert_eq!(says(&rnn, &[&zeros(&[4, 3])]), "input has inconsistent input_size: got 3 expected 2");
    let text = "hidden0 has inconsistent hidden_size: got 4, expected 3";
    assert_eq!(says(&rnn, &[&batch, &zeros(&[4, 4])]), text);
    assert_eq!(says(&lstm, &[&batch, &zeros(&[4, 3]), &zeros(&[4, 4])]), text);
    let text = "Input batch size 4 doesn't match hidden0 batch size 3";
    assert_eq!(says(&rnn, &[&batch, &zeros(&[3, 3])]), text);
    let text = "hidden0 has inconsistent hidden_size: got 1, expected 3";
    assert_eq!(says(&rnn, &[&zeros(&[2]), &zeros(&[1, 3])]), text);

    let mse = Module::loss(Loss::Mse, Reduction::Mean, None, None).expect("a loss");
    let text = "forward() missing 1 required positional argument: 'target'";
    assert_eq!(says(&mse, &[&batch]), text);
    assert_eq!(says(&mse, &[]), "forward() missing 2 required positional arguments: 'input' and 'target'");
    let text = "forward() takes 2 positional arguments but 3 were given";
    assert_eq!(says(&norm(1), &[&batch, &batch]), text);
    let weighted = Module::loss(Loss::Mse, Reduction::Mean, Some(batch), None).map(|_| ());
    let text = "__init__() got an unexpected keyword argument 'weight'";
    assert_eq!(weighted.expect_err("refused").to_string(), text);
}

#[test]
fn no_input_makes_a_module_panic() {
    for case in golden::golden() {
        let engine = engine();
        let module = golden::build(&engine, case["call"].as_str().expect("a call")).expect("a module");
        let shapes: [&[usize]; 10] = [
            &[],
            &[0],
            &[3],
            &[0, 3],
            &[2, 0],
            &[1, 0, 4],
            &[2, 3, 4],
            &[0, 2, 4, 4],
            &[2, 2, 0, 1],
            &[1, 2, 3, 4, 5],
        ];
        for (i, shape) in shapes.iter().enumerate() {
            for dtype in [DType::Float32, DType::Float64, DType::Int64, DType::Bool, DType::UInt8] {
                let full = |shape: &[usize]| engine.full(shape, 1i64, dtype).expect("a tensor");
                let (x, other) = (full(shape), full(shapes[(i + 3) % 10]));
                if dtype.is_floating_point() {
                    x.requires_grad_(true).expect("a float");
                }
                let x = x.mul(1i64).expect("a product");
                for inputs in [&[&x][..], &[&x, &x], &[&x, &other], &[&x, &x, &other], &[&x, &other, &x]] {
                    // An error or not: either is an answer.
                    let out = module.forward(inputs).and_then(|out| out.sum(&[], false)?.backward());
                    drop(out);
                }
            }
        }
    }
}
