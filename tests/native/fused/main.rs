//! What fused mode makes of programs: how many kernels run, and that they compute the same.
#![cfg(not(target_arch = "wasm32"))]

mod losses;
mod products;

use engine::{Engine, Launched, Result, Tensor, nn};
use tests::cpu::read;
use tests::modes::engine;

fn values(tensor: &Tensor) -> Vec<f32> {
    read(tensor).into_f32()
}

fn noise(engine: &Engine, shape: &[usize], seed: u64) -> Tensor {
    let mut generator = engine::random::Generator::manual_seed(seed);
    let n = shape.iter().product();
    engine.tensor((0..n).map(|_| generator.uniform(-1.0, 1.0)).collect::<Vec<f32>>(), shape).expect("it fits")
}

/// What a program computes in both modes, and the kernels that ran for it in fused mode.
fn both(program: impl Fn(&Engine) -> Result<Vec<Tensor>>) -> Vec<Launched> {
    let mut outcomes = Vec::new();
    for fused in [false, true] {
        let engine = engine(fused);
        engine.trace(true);
        let results = program(&engine).expect("the program runs");
        outcomes.push((results.iter().map(values).collect::<Vec<_>>(), engine.trace(false)));
    }
    let (eager, fused) = (&outcomes[0].0, &outcomes[1].0);
    for (a, b) in eager.iter().flatten().zip(fused.iter().flatten()) {
        assert!((a - b).abs() <= 1e-5 * (1.0 + a.abs()), "{a} in eager mode, {b} in fused mode");
    }
    assert_eq!(
        eager.iter().map(Vec::len).collect::<Vec<_>>(),
        fused.iter().map(Vec::len).collect::<Vec<_>>()
    );
    assert!(outcomes[0].1.len() >= outcomes[1].1.len(), "fused mode never runs more kernels");
    outcomes.swap_remove(1).1
}

/// The names of the ops in each kernel.
fn names(launched: &[Launched]) -> Vec<Vec<&'static str>> {
    launched.iter().map(|kernel| kernel.ops.iter().map(|op| op.name).collect()).collect()
}

#[test]
fn a_chain_is_one_kernel() {
    let ran = both(|e| {
        let (a, b, c) = (noise(e, &[7, 5], 1), noise(e, &[5], 2), noise(e, &[7, 1], 3));
        Ok(vec![a.mul(&b)?.add(&c)?.relu()?])
    });
    assert_eq!(names(&ran), [["mul", "add", "relu"]]);
    assert_eq!((ran[0].bytes, ran[0].flops), (4 * (35 + 5 + 7 + 35), 3 * 35));
    assert_eq!(ran[0].explanation.source, "r3 = mul(r0, r1)\nr4 = add(r3, r2)\nr5 = relu(r4)\n");
}

#[test]
fn a_reduction_computes_what_it_folds() {
    for (dims, keep) in [(&[][..], false), (&[0], false), (&[1], true), (&[0, 2], false), (&[-1, 0], false)] {
        let ran = both(|e| {
            let (a, b) = (noise(e, &[3, 40, 50], 1), noise(e, &[40, 1], 2));
            let d = a.sub(&b)?;
            Ok(vec![d.mul(&d)?.sum(dims, keep)?])
        });
        assert_eq!(names(&ran), [["sub", "mul", "sum"]], "{dims:?}");
    }
}

#[test]
fn what_takes_long_to_compile_is_several_kernels() {
    let ran = both(|e| {
        let mut x = noise(e, &[40], 1);
        for _ in 0..20 {
            x = x.sigmoid()?.sin()?.add(0.5)?;
        }
        Ok(vec![x])
    });
    let heavy = |kernel: &Launched| kernel.ops.iter().filter(|op| op.name != "add").count();
    assert!(ran.iter().all(|kernel| heavy(kernel) <= 16), "{:#?}", names(&ran));
    assert!(ran.len() <= 4, "{:#?}", names(&ran));
}

#[test]
fn what_is_held_is_written_too() {
    let ran = both(|e| {
        let a = noise(e, &[64], 1);
        let b = a.exp()?;
        let c = b.add(1.0)?;
        Ok(vec![b, c])
    });
    assert_eq!(names(&ran), [["exp", "add"]], "one kernel with two results");
}

#[test]
fn what_nobody_holds_is_not_computed() {
    let ran = both(|e| {
        let a = noise(e, &[64], 1);
        a.exp()?.sin()?;
        Ok(vec![a.cos()?])
    });
    assert_eq!(names(&ran), [["cos"]]);
}

#[test]
fn no_kernel_waits_for_itself() {
    // exp and mul may not share a kernel: the sum between them needs the one and is needed by the other.
    let ran = both(|e| {
        let x = noise(e, &[8, 9], 1).exp()?;
        Ok(vec![x.div(&x.sum(&[1], true)?)?])
    });
    assert_eq!(names(&ran), [vec!["exp"], vec!["sum"], vec!["div"]]);
}

#[test]
fn a_write_to_a_part_keeps_the_rest_and_older_handles() {
    both(|e| {
        let x = noise(e, &[4, 6], 1);
        let before = x.mul(2.0)?;
        let whole = x.copy()?;
        x.slice(1, 1, 5, 2)?.copy_(&before.slice(1, 0, 2, 1)?)?;
        x.slice(0, 0, 1, 1)?.copy_(&x.slice(0, 1, 2, 1)?)?;
        Ok(vec![x.clone(), whole, before, x.add(1.0)?])
    });
}

fn train(e: &Engine, steps: usize) -> Result<Vec<Tensor>> {
    let (x, w, b) = (noise(e, &[32, 20], 1), noise(e, &[5, 20], 2), noise(e, &[5], 3));
    let labels = e.tensor((0..32).map(|i| i % 5).collect::<Vec<i64>>(), &[32])?;
    w.requires_grad_(true)?;
    b.requires_grad_(true)?;
    let mut sgd = engine::optim::Optimizer::sgd(vec![w.clone(), b.clone()], 0.1)?;
    let mut loss = e.zeros(&[])?;
    for _ in 0..steps {
        sgd.zero_grad(true)?;
        let now = nn::cross_entropy(&nn::linear(&x, &w, &b)?, &labels)?;
        now.backward()?;
        sgd.step()?;
        loss = now.detach();
    }
    Ok(vec![loss, w.detach(), b.detach()])
}

#[test]
fn a_training_is_the_same_in_both_modes() {
    let ran = both(|e| train(e, 20));
    // Product and bias; the loss with its gradient; that of the bias, that of the weight, which is not copied, with the weight's
    // update; that of the bias.
    assert!(ran.len() <= 20 * 5, "{} kernels in 20 steps: {:#?}", ran.len(), names(&ran[..12]));
}

/// The network of `mnist_conv.py` with small images, and without dropout.
fn convolve(e: &Engine, steps: usize) -> Result<Vec<Tensor>> {
    let x = noise(e, &[4, 1, 16, 16], 1);
    let labels = e.tensor((0..4).collect::<Vec<i64>>(), &[4])?;
    let shapes: [&[usize]; 8] = [&[3, 1, 5, 5], &[3], &[5, 3, 3, 3], &[5], &[20, 7], &[7], &[7, 4], &[4]];
    let p: Vec<Tensor> = shapes.iter().zip(2..).map(|(shape, seed)| noise(e, shape, seed)).collect();
    p.iter().try_for_each(|p| p.requires_grad_(true))?;
    let mut sgd = engine::optim::Optimizer::sgd(p.clone(), 0.1)?;
    let halved = |x: &Tensor, w: &Tensor, b: &Tensor| {
        let y = nn::conv2d(x, w, Some(b), &nn::Sliding::default())?;
        nn::max_pool2d(&y, &nn::Pooling::new([2, 2]))?.relu()
    };
    let mut loss = e.zeros(&[])?;
    for _ in 0..steps {
        sgd.zero_grad(true)?;
        let y = halved(&halved(&x, &p[0], &p[1])?, &p[2], &p[3])?.reshape(&[4, 20])?;
        let y = y.matmul(&p[4])?.add(&p[5])?.relu()?.matmul(&p[6])?.add(&p[7])?;
        let now = nn::cross_entropy(&y, &labels)?;
        now.backward()?;
        sgd.step()?;
        loss = now.detach();
    }
    Ok(p.iter().map(Tensor::detach).chain([loss]).collect())
}

#[test]
fn a_step_of_convolutions_is_few_kernels() {
    let ran = both(|e| convolve(e, 10));
    let counts = |name: &str| ran.iter().filter(|k| k.ops.iter().any(|op| op.name == name)).count();
    // The images of the first layer are nobody's to change.
    let counted = ["conv2d", "conv2d_weight", "conv2d_input", "max_pool2d_with_indices_backward"].map(counts);
    assert_eq!(counted, [20, 20, 10, 20]);
    assert!(counts("clone") + counts("unfold") + counts("constant_pad_nd") == 0, "windows are not copied");
    assert!(ran.len() <= 10 * 40, "{} kernels in 10 steps: {:#?}", ran.len(), names(&ran[..40]));
}

#[test]
fn ten_thousand_steps_leave_memory_flat() {
    for fused in [false, true] {
        let engine = engine(fused);
        let mut held = Vec::new();
        for _ in 0..10 {
            let results = train(&engine, 1000).expect("the program runs");
            values(&results[0]);
            drop(results);
            values(&convolve(&engine, 20).expect("the program runs")[0]);
            held.push(engine.memory());
        }
        assert_eq!(held[0], held[9], "fused: {fused}");
    }
}

#[test]
fn a_failure_shows_where_the_value_is_read() {
    let engine = engine(true);
    let x = noise(&engine, &[3, 4], 1);
    let wrong = engine.tensor(vec![7i64, 0, 1], &[3, 1]).expect("it fits");
    let picked = x.gather(1, &wrong).and_then(|t| t.mul(2.0)).expect("nothing is computed yet");
    let fine = x.mul(2.0).expect("nothing is computed yet");
    let error = pollster::block_on(picked.read()).expect_err("there is no column 7");
    assert_eq!(error.to_string(), "index 7 is out of bounds for dimension 1 with size 4");
    assert_eq!(values(&fine).len(), 12, "what does not depend on it is computed");
    assert!(pollster::block_on(picked.read()).is_err(), "the failure stays");
}

#[test]
fn a_tensor_and_a_view_of_it_are_told_apart() {
    both(|e| {
        let x = noise(e, &[3, 4], 1).mul(2.0)?;
        Ok(vec![x.select(0, 2)?.gt(&x)?.where_(&x, 0.5)?, x.add(&x.t()?.reshape(&[3, 4])?)?])
    });
    // The plan of the first queue is no plan for the second.
    let engine = engine(true);
    let x = noise(&engine, &[3, 4], 1);
    let row = |i| x.select(0, i).expect("a row");
    let sum = |a: i64, b: i64| values(&row(a).add(&row(b)).expect("a sum"));
    let rows: Vec<Vec<f32>> = (0..3).map(|i| values(&row(i))).collect();
    for (a, b) in [(1, 1), (1, 2), (0, 0), (2, 0)] {
        let expected: Vec<f32> = rows[a].iter().zip(&rows[b]).map(|(x, y)| x + y).collect();
        assert_eq!(sum(a as i64, b as i64), expected);
    }
}

#[test]
fn an_update_is_one_kernel_a_parameter() {
    use engine::optim::{Algorithm, Optimizer};
    let plain: &[(&str, engine::optim::Value)] = &[("lr", 0.1.into())];
    let heavy: &[(&str, engine::optim::Value)] =
        &[("lr", 0.1.into()), ("momentum", 0.9.into()), ("weight_decay", 0.01.into())];
    let cases = [
        (Algorithm::Sgd, plain),
        (Algorithm::Sgd, heavy),
        (Algorithm::RmsProp, heavy),
        (Algorithm::Adagrad, plain),
        (Algorithm::Adadelta, plain),
        (Algorithm::Adam, plain),
        (Algorithm::AdamW, plain),
        (Algorithm::NAdam, plain),
        (Algorithm::Adamax, plain),
    ];
    for (algorithm, options) in cases {
        let engine = engine(true);
        let params = [noise(&engine, &[20], 1), noise(&engine, &[4, 5], 2)];
        for p in &params {
            p.requires_grad_(true).expect("it is real");
        }
        let mut optimizer =
            Optimizer::new(algorithm, params.to_vec(), options).expect("the options are valid");
        for step in 0..4 {
            for p in &params {
                p.set_grad(Some(noise(&engine, p.shape(), 10 + step)));
            }
            engine.trace(true);
            optimizer.step().expect("it steps");
            engine.flush().expect("it runs");
            let ran = engine.trace(false);
            // The first step also makes its state.
            assert!(step == 0 || ran.len() <= 2, "{algorithm:?}, step {step}: {:#?}", names(&ran));
        }
    }
}

/// A clock that is one second later at every look.
fn seconds() -> f64 {
    thread_local! { static NOW: std::cell::Cell<f64> = const { std::cell::Cell::new(0.0) }; }
    NOW.with(|now| now.replace(now.get() + 1000.0))
}

#[test]
fn kernels_are_timed_by_the_clock_that_the_engine_is_given() {
    for engine in tests::modes::both() {
        let run = || {
            engine.trace(true);
            let x = engine.tensor(vec![1.0f32, 2.0], &[2]).expect("it fits");
            values(&x.exp().and_then(|y| y.sum(&[], false)).expect("a sum"));
            engine.trace(false).iter().map(|kernel| kernel.time).collect::<Vec<_>>()
        };
        assert!(run().iter().all(Option::is_none), "there is no clock");
        engine.set_clock(seconds);
        assert!(run().iter().all(|&time| time == Some(1000.0)));
    }
}

#[test]
fn a_few_elements_are_read_without_the_rest() {
    for fused in [false, true] {
        let engine = engine(fused);
        let (long, short) = (noise(&engine, &[100_000], 1), noise(&engine, &[1000], 2));
        engine.trace(true);
        let few = |x: &Tensor| values(&x.slice(0, 0, 3, 1).expect("a slice"));
        assert_eq!((few(&long), few(&short)), (values(&long)[..3].to_vec(), values(&short)[..3].to_vec()));
        let copied: Vec<u64> = engine.trace(false).iter().map(|kernel| kernel.bytes).collect();
        assert_eq!(copied, [2 * 3 * 4], "three elements are read and written, once");
    }
}
