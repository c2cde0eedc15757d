//! Random programs of views and writes give the gradients that PyTorch gives: `tests/golden/autograd.py`.

use engine::autograd::{Options, grad};
use engine::{DType, Engine, Result, Tensor};
use serde_json::Value;
use tests::cpu::values;
use tests::golden::{floats, list, parse};
use tests::modes;

fn number(step: &Value, i: usize) -> i64 {
    step[i].as_i64().unwrap_or_default()
}

fn view(t: &Tensor, step: &Value) -> Result<Tensor> {
    match step[2].as_str() {
        Some("slice") => t.slice(number(step, 3), number(step, 4), i64::MAX, number(step, 5)),
        Some("t") => t.t(),
        _ => t.reshape(&[-1]),
    }
}

fn write(t: &Tensor, step: &Value, all: &[Tensor]) -> Result<()> {
    let half = || step[3].as_u64().map(|i| all[i as usize].mul(0.5)).transpose();
    match step[2].as_str() {
        Some("mul") => half()?.map_or_else(|| t.mul_(1.5), |other| t.mul_(&other)),
        Some("add") => half()?.map_or_else(|| t.add_(1.5, 1.0), |other| t.add_(&other, 1.0)),
        Some("copy") => match half()? {
            Some(other) => t.copy_(&other),
            None => t.copy_(&t.engine().full(&[], 1.5, DType::Float32)?),
        },
        Some("sin") => t.sin_(),
        Some("zero") => t.zero_(),
        Some("pow") => t.pow_(2.0),
        _ => t.fill_(0.25),
    }
}

/// Of x and w, or why there are none.
type Gradients = Result<Vec<Option<Tensor>>>;

fn run(engine: &Engine, case: &Value) -> Result<(Vec<Tensor>, Gradients)> {
    let leaf = |name: &str| {
        let t = engine.tensor(floats(&case[name]), &[2, 3])?;
        t.requires_grad_(true)?;
        Ok::<_, engine::Error>(t)
    };
    let (x, w) = (leaf("x")?, leaf("w")?);
    let mut all = vec![x.mul(1.0)?, w.mul(1.0)?, engine.full(&[2, 3], 0.5, DType::Float64)?];
    for step in list(&case["steps"]) {
        let t = all[number(step, 1) as usize].clone();
        if step[0] == "view" { all.push(view(&t, step)?) } else { write(&t, step, &all)? }
    }
    let mut loss = engine.full(&[], 0.0, DType::Float64)?;
    for (k, t) in all.iter().enumerate() {
        loss = loss.add(&t.mul(t)?.sum(&[], false)?.mul((k + 1) as f64)?)?;
    }
    let options = Options { allow_unused: true, ..Options::default() };
    let found = grad(&[&loss], &[&x, &w], &[], options);
    Ok((all, found))
}

fn close(t: &Tensor, expected: &Value, what: &str) {
    let found = values(t);
    let expected = floats(expected);
    let fits = found.len() == expected.len()
        && found.iter().zip(&expected).all(|(f, e)| (f - e).abs() <= 1e-9 * (1.0 + e.abs()));
    assert!(fits, "{what}: {found:?}, but PyTorch has {expected:?}");
}

#[test]
fn random_programs_give_what_pytorch_gives() {
    let golden = parse(include_str!("../../golden/autograd.json"));
    for (n, case) in list(&golden).iter().enumerate() {
        for engine in modes::both() {
            let about = format!("program {n}, {}, fused: {}", case["steps"], engine.is_fused());
            let (all, found) = run(&engine, case).unwrap_or_else(|e| panic!("{about}: {e}"));
            for (k, (t, expected)) in all.iter().zip(list(&case["values"])).enumerate() {
                close(t, expected, &format!("{about}, value {k}"));
            }
            if case["error"] == true {
                assert!(found.is_err(), "{about}: PyTorch refuses");
                continue;
            }
            let found = found.unwrap_or_else(|e| panic!("{about}: {e}"));
            for (k, (g, expected)) in found.iter().zip(list(&case["gradients"])).enumerate() {
                match g {
                    Some(g) => close(g, expected, &format!("{about}, gradient {k}")),
                    None => assert!(expected.is_null(), "{about}: gradient {k} is missing"),
                }
            }
        }
    }
}
