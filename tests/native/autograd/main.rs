//! How gradients flow, accumulate and are refused: PyTorch's rules, with its words.
#![cfg(not(target_arch = "wasm32"))]

mod hooks;
mod inplace;
mod programs;

use engine::autograd::{Options, grad};
use engine::optim::Optimizer;
use engine::{DType, Engine, Error, HostData, Memory, Pass, Span, Tensor};
use tests::cpu::read;
use tests::modes;

fn values(t: &Tensor) -> Vec<f32> {
    read(t).into_f32()
}

fn leaf(engine: &Engine, data: &[f32]) -> Tensor {
    let t = engine.tensor(data.to_vec(), &[data.len()]).expect("the shape fits");
    t.requires_grad_(true).expect("float32 can require gradients");
    t
}

#[test]
fn the_tutorials_first_graph_gives_its_gradient() {
    for engine in modes::both() {
        let x = engine.ones(&[2, 2]).expect("it fits");
        x.requires_grad_(true).expect("float32");
        let y = x.add(2.0).expect("y");
        let out = y.mul(&y).and_then(|z| z.mul(3.0)).and_then(|z| z.mean(&[], false)).expect("out");
        assert_eq!(values(&out), [27.0]);
        out.backward().expect("backward");
        assert_eq!(values(&x.grad().expect("a gradient")), [4.5; 4]);
        assert!(x.is_leaf() && !y.is_leaf() && y.requires_grad() && y.grad().is_none());
    }
}

#[test]
fn gradients_accumulate_until_they_are_cleared() {
    for engine in modes::both() {
        let w = leaf(&engine, &[1.0, 1.0, 1.0]);
        let loss = || w.mul(2.0).and_then(|v| v.sum(&[], false)).expect("a loss");
        loss().backward().expect("backward");
        loss().backward().expect("backward");
        assert_eq!(values(&w.grad().expect("a gradient")), [4.0; 3]);
        let mut sgd = Optimizer::sgd(vec![w.clone()], 0.25).expect("an optimizer");
        sgd.step().expect("a step");
        assert_eq!(values(&w), [0.0; 3]);
        sgd.zero_grad(true).expect("cleared");
        assert!(w.grad().is_none());
    }
}

#[test]
fn a_graph_is_walked_once_unless_it_is_retained() {
    for engine in modes::both() {
        let w = leaf(&engine, &[3.0]);
        let loss = w.mul(&w).expect("a loss");
        let retain = Options { retain_graph: true, ..Options::default() };
        loss.backward_with(None, retain).expect("the first time");
        loss.backward().expect("the second time");
        assert_eq!(values(&w.grad().expect("a gradient")), [12.0]);
        assert_eq!(loss.backward().expect_err("it is gone"), Error::BackwardTwice);
    }
}

#[test]
fn only_a_number_of_a_graph_can_be_differentiated() {
    for engine in modes::both() {
        let w = leaf(&engine, &[1.0, 2.0]);
        assert_eq!(w.mul(2.0).and_then(|v| v.backward()), Err(Error::NotScalar));
        assert_eq!(engine.ones(&[]).and_then(|v| v.backward()), Err(Error::NoGraph(0)));
        let index = engine.tensor(vec![1i64, 2], &[2]).expect("it fits");
        assert_eq!(index.requires_grad_(true), Err(Error::IntegerGrad));
    }
}

#[test]
fn what_backward_needs_must_not_be_overwritten() {
    for engine in modes::both() {
        let w = leaf(&engine, &[1.0, 2.0]);
        let x = engine.tensor(vec![3.0f32, 4.0], &[2]).expect("it fits");
        let loss = w.mul(&x).and_then(|v| v.sum(&[], false)).expect("a loss");
        x.add_(&engine.ones(&[2]).expect("ones"), 1.0).expect("x is no part of a graph");
        assert!(matches!(loss.backward(), Err(Error::ModifiedInPlace { found: 1, expected: 0, .. })));
        assert_eq!(w.add_(&x, 1.0), Err(Error::LeafInPlace));
        engine.no_grad(|| w.add_(&x, 1.0)).expect("without recording it is allowed");
        assert_eq!(values(&w), [5.0, 7.0]);
    }
}

#[test]
fn nothing_is_recorded_without_grad_mode() {
    for engine in modes::both() {
        let w = leaf(&engine, &[1.0]);
        let y = engine.no_grad(|| w.mul(2.0)).expect("y");
        assert!(!y.requires_grad() && engine.is_grad_enabled());
        assert!(!w.mul(2.0).expect("y").detach().requires_grad());
    }
}

#[test]
fn a_recorded_backward_pass_can_be_differentiated_again() {
    for engine in modes::both() {
        let x = leaf(&engine, &[2.0]);
        let cube = x.mul(&x).and_then(|v| v.mul(&x)).expect("x³");
        let create = Options { create_graph: true, ..Options::default() };
        let mut derivative = cube;
        for expected in [12.0, 12.0, 6.0] {
            derivative =
                grad(&[&derivative], &[&x], &[], create).expect("a gradient").remove(0).expect("x is used");
            assert_eq!(values(&derivative), [expected]);
        }
        assert!(x.grad().is_none(), "grad() leaves .grad alone");
    }
}

#[test]
fn nodes_know_where_they_come_from() {
    for engine in modes::both() {
        let x = leaf(&engine, &[2.0]);
        let span = Span { start: 3, end: 9 };
        let y = engine.at(span, || x.mul(&x)).expect("y");
        let node = y.grad_fn().expect("y was computed");
        assert_eq!(
            (node.op().name(), node.origin().pass, node.origin().span),
            ("mul", Pass::Forward, Some(span))
        );
        let create = Options { create_graph: true, ..Options::default() };
        let g = grad(&[&y], &[&x], &[], create).expect("a gradient").remove(0).expect("x is used");
        let origin = g.grad_fn().expect("the gradient was recorded").origin();
        assert_eq!(
            (origin.pass, origin.forward, origin.span),
            (Pass::Backward, Some(node.seq()), Some(span))
        );
    }
}

#[test]
fn a_long_chain_is_walked_and_freed_without_recursion() {
    for engine in modes::both() {
        {
            let x = leaf(&engine, &[1.0]);
            let mut y = x.clone();
            for _ in 0..100_000 {
                y = y.mul(1.0).expect("y");
            }
            y.backward().expect("backward");
            assert_eq!(values(&x.grad().expect("a gradient")), [1.0]);
        }
        assert_eq!(engine.memory(), Memory::default());
    }
}

#[test]
fn a_write_to_a_view_is_seen_through_the_base_and_by_no_copy() {
    for engine in modes::both() {
        let base = engine.tensor(vec![1.0f32, 2.0, 3.0, 4.0], &[2, 2]).expect("it fits");
        let before = base.read();
        let copy = base.copy().expect("a copy");
        let column = base.slice(1, 1, 2, 1).expect("a view");
        column.copy_(&engine.full(&[], 9.0, DType::Float32).expect("a number")).expect("a write");
        assert_eq!(values(&base), [1.0, 9.0, 3.0, 9.0]);
        assert_eq!(values(&copy), [1.0, 2.0, 3.0, 4.0]);
        let before = pollster::block_on(before).map(HostData::into_f32);
        assert_eq!(before, Ok(vec![1.0, 2.0, 3.0, 4.0]), "a read sees the values of its moment");
        let zeros = engine.zeros(&[3]).expect("a constant");
        zeros.slice(0, 0, 1, 1).and_then(|v| v.copy_(&engine.ones(&[])?)).expect("a write");
        assert_eq!(values(&zeros), [1.0, 0.0, 0.0]);
    }
}

#[test]
fn errors_speak_as_pytorch_does() {
    for engine in modes::both() {
        let zeros = |shape: &[usize]| engine.zeros(shape).expect("it fits");
        // What only a kernel can find shows in fused mode when the value is read.
        let read = |t: Tensor| pollster::block_on(t.read());
        let text = |done: Result<Tensor, Error>| done.and_then(read).expect_err("this must fail").to_string();
        assert_eq!(
            text(zeros(&[2, 3]).matmul(&zeros(&[2, 3]))),
            "mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)"
        );
        assert_eq!(
            text(zeros(&[2, 3]).mul(&zeros(&[2, 4]))),
            "The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 1"
        );
        assert_eq!(text(zeros(&[2, 3]).reshape(&[5])), "shape '[5]' is invalid for input of size 6");
        let index = engine.tensor(vec![7i64], &[1]).expect("it fits");
        assert_eq!(
            text(zeros(&[3]).gather(0, &index)),
            "index 7 is out of bounds for dimension 0 with size 3"
        );
        assert!(text(engine.zeros(&[1 << 20, 1 << 20])).contains("too large"));
        assert!(text(zeros(&[1]).expand(&[1 << 20, 1 << 20])).contains("too large"));
    }
}
