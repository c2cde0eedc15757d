//! Modules: what PyTorch prints of them, their names, and what is refused.
#![cfg(not(target_arch = "wasm32"))]

use std::rc::Rc;

use backend_cpu::CpuBackend;
use engine::nn::{Activation, Kind, Module};
use engine::random::Generator;
use engine::{DType, Engine, Tensor};

fn net() -> (Engine, Module) {
    let engine = Engine::new(Rc::new(CpuBackend::new()));
    let mut generator = Generator::manual_seed(0);
    let a = Module::linear(&engine, &mut generator, 1, 2, true).expect("a layer");
    let inner = Module::numbered(Kind::Sequential, vec![Module::new(Kind::Activation(Activation::Relu))]);
    let b = Module::linear(&engine, &mut generator, 2, 1, false).expect("a layer");
    (engine, Module::numbered(Kind::Sequential, vec![a, inner, b]))
}

#[test]
fn a_module_is_printed_as_pytorch_prints_it() {
    let (_, net) = net();
    let expected = "Sequential(\n  (0): Linear(in_features=1, out_features=2, bias=True)\n  (1): Sequential(\n    (0): ReLU()\n  )\n  (2): Linear(in_features=2, out_features=1, bias=False)\n)";
    assert_eq!(net.to_string(), expected);
    assert_eq!(Module::custom("Net").to_string(), "Net()");
    let leaky = Module::new(Kind::Activation(Activation::LeakyRelu(0.01)));
    assert_eq!(leaky.to_string(), "LeakyReLU(negative_slope=0.01)");
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
    let layer = Module::linear(&engine, &mut Generator::manual_seed(0), 2, 3, true).expect("a layer");
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
