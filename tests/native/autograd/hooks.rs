//! Hooks, kept gradients, functions with their own gradient, and the pass taken step by step.

use std::cell::RefCell;
use std::rc::Rc;

use engine::autograd::{
    Event, Options, Tolerance, backward, backward_walk, function, grad, gradcheck, gradgradcheck,
};
use engine::{Error, Hook, Memory, Tensor};
use tests::modes;

use crate::{leaf, values};

#[test]
fn hooks_see_and_replace_the_whole_gradient() {
    for engine in modes::both() {
        let x = leaf(&engine, &[1.0, 1.0]);
        let y = x.mul(2.0).expect("y");
        let seen = Rc::new(RefCell::new(Vec::new()));
        let log = Rc::clone(&seen);
        y.register_hook_fn(move |g| {
            log.borrow_mut().push(values(g));
            g.mul(10.0).map(Some)
        })
        .expect("a hook");
        y.retain_grad().expect("y was computed");
        let gone = x.register_hook_fn(|_| Err(Error::Internal("removed".to_owned()))).expect("a hook");
        gone.remove();
        // Two paths leave y, and the hook sees their sum once.
        let z = y.mul(3.0).and_then(|a| a.add(&y)).and_then(|z| z.sum(&[], false)).expect("z");
        z.backward().expect("backward");
        assert_eq!(*seen.borrow(), [vec![4.0, 4.0]]);
        assert_eq!(values(&y.grad().expect("kept")), [40.0, 40.0]);
        assert_eq!(values(&x.grad().expect("a gradient")), [80.0, 80.0]);
    }
}

#[test]
fn gradients_accumulate_in_the_tensor_that_others_hold() {
    for engine in modes::both() {
        let x = leaf(&engine, &[1.0, 1.0]);
        let pass =
            || x.mul(2.0).and_then(|y| y.sum(&[], false)).and_then(|s| s.backward()).expect("backward");
        pass();
        let held = x.grad().expect("a gradient");
        pass();
        assert_eq!((values(&held), held.version()), (vec![4.0, 4.0], 1));
        assert!(held.same_as(&x.grad().expect("a gradient")));
        x.zero_grad(false).expect("zeros");
        assert_eq!(values(&held), [0.0, 0.0]);
    }
}

#[test]
fn grad_says_what_is_unused_and_what_is_no_input() {
    for engine in modes::both() {
        let (x, other) = (leaf(&engine, &[1.0, 2.0]), leaf(&engine, &[1.0]));
        let y = x.mul(&x).expect("y");
        let s = y.sum(&[], false).expect("s");
        let keep = Options { retain_graph: true, ..Options::default() };
        assert_eq!(grad(&[&s], &[&other], &[], keep).expect_err("unused"), Error::Unused);
        let allow = Options { allow_unused: true, ..keep };
        let found = grad(&[&s], &[&y, &other, &x], &[], allow).expect("gradients");
        assert!(found[1].is_none());
        assert_eq!(values(found[0].as_ref().expect("y")), [1.0, 1.0]);
        assert_eq!(values(found[2].as_ref().expect("x")), [2.0, 4.0]);
        backward(&[&s, &y], &[None, Some(&engine.ones(&[2]).expect("ones"))], Some(&[&y]), keep)
            .expect("backward");
        assert_eq!(values(&y.grad().expect("kept")), [2.0, 2.0]);
        assert!(x.grad().is_none());
        let text = grad(&[&s], &[&engine.ones(&[1]).expect("ones")], &[], keep).expect_err("a constant");
        assert_eq!(text.to_string(), "One of the differentiated Tensors does not require grad");
    }
}

#[test]
fn functions_bring_their_own_gradient() {
    for engine in modes::both() {
        let x = leaf(&engine, &[1.0, 2.0]);
        let outputs = function::apply(
            &engine,
            "Two",
            &[&x],
            |ctx, inputs| {
                ctx.save_for_backward(&[Some(inputs[0])]);
                Ok(vec![inputs[0].mul(inputs[0])?, inputs[0].mul(3.0)?])
            },
            |ctx, g| {
                let x = ctx.saved_tensors()?.remove(0).ok_or(Error::BackwardTwice)?;
                let (a, b) = (g[0].as_ref(), g[1].as_ref());
                let (Some(a), Some(b)) = (a, b) else { return Ok(vec![None]) };
                Ok(vec![Some(a.mul(&x)?.mul(2.0)?.add(&b.mul(3.0)?)?)])
            },
        )
        .expect("two outputs");
        assert_eq!(outputs[1].output_nr(), 1);
        assert_eq!(outputs[0].grad_fn().expect("a past").grad_fn(), "TwoBackward");
        let s = outputs[0].sum(&[], false).expect("a sum");
        let create = Options { create_graph: true, ..Options::default() };
        let first = grad(&[&s], &[&x], &[], create).expect("a gradient").remove(0).expect("x");
        assert_eq!(values(&first), [2.0, 4.0]);
        let second = first.sum(&[], false).and_then(|t| grad(&[&t], &[&x], &[], create)).expect("again");
        assert_eq!(values(second[0].as_ref().expect("x")), [2.0, 2.0]);
    }
}

#[test]
fn a_pass_can_be_stepped_and_answers_for_code_outside() {
    for engine in modes::both() {
        let x = leaf(&engine, &[1.0, 2.0]);
        let y = x.mul(&x).expect("y");
        y.register_hook(Hook::Outside(7)).expect("a hook");
        let s = y.sum(&[], false).expect("s");
        let mut walk = backward_walk(&[&s], &[], None, Options::default()).expect("a walk").expect("a root");
        let mut seen = Vec::new();
        while let Some(event) = walk.step().expect("a step") {
            match event {
                Event::Node(visit) => {
                    let to = visit.contributions.iter().map(|c| c.input.to_string()).collect::<String>();
                    seen.push(format!("{} {to}", visit.node.grad_fn()));
                }
                Event::Leaf(arrival) => seen.push(format!("{:?}", arrival.total.map(|t| values(&t)))),
                Event::Hook(call) => {
                    seen.push(format!("hook {} {:?}", call.token, values(&call.gradient)));
                    let other = call.gradient.mul(5.0).expect("five times");
                    walk.resume_hook("h", Some(&other)).expect("an answer");
                }
                Event::Function(_) => seen.push("function".to_owned()),
            }
        }
        let expected = ["SumBackward0 0", "hook 7 [1.0, 1.0]", "MulBackward0 01", "Some([10.0, 20.0])"];
        assert_eq!(seen, expected);
    }
}

#[test]
fn nothing_is_left_behind_by_thousands_of_steps() {
    for engine in modes::both() {
        let x = leaf(&engine, &[1.0, 2.0]);
        let create = Options { create_graph: true, ..Options::default() };
        let mut flat = None;
        for _ in 0..2000 {
            let y = x.mul(&x).expect("y");
            y.retain_grad().expect("y was computed");
            y.slice(0, 0, 1, 1).and_then(|v| v.exp_()).expect("a write");
            y.sum(&[], false).and_then(|s| s.backward_with(None, create)).expect("backward");
            x.set_grad(None);
            engine.flush().expect("what waits is computed");
            let now = engine.memory();
            assert_eq!(*flat.get_or_insert(Memory { ..now }), now);
            drop(y);
        }
    }
}

#[test]
fn gradients_are_checked_against_differences() {
    for engine in modes::both() {
        let x = engine.tensor(vec![1.0f64, 2.0], &[2]).expect("it fits");
        x.requires_grad_(true).expect("float64");
        let cube = |t: &[Tensor]| t[0].mul(&t[0]).and_then(|s| s.mul(&t[0])).map(|v| vec![v]);
        let w = engine.tensor(vec![0.5f64, -1.5], &[2]).expect("it fits");
        let inputs = [x];
        pollster::block_on(gradcheck(cube, &inputs, Tolerance::default())).expect("right");
        pollster::block_on(gradgradcheck(cube, &inputs, &[w], Tolerance::default())).expect("right");
        let half = |t: &[Tensor]| t[0].mul(&t[0].detach()).map(|v| vec![v]);
        let text = pollster::block_on(gradcheck(half, &inputs, Tolerance::default()))
            .expect_err("wrong")
            .to_string();
        assert_eq!(
            text,
            "Jacobian mismatch for output 0 with respect to input 0,\n\
         numerical:tensor([[2.0000, 0.0000],\n        [0.0000, 4.0000]], dtype=torch.float64)\n\
         analytical:tensor([[1.0000, 0.0000],\n        [0.0000, 2.0000]], dtype=torch.float64)\n"
        );
    }
}
