//! Indexing and moving elements as PyTorch does it: values, gradients, names and errors from `golden/indexing.json`,
//! which `golden/indexing.py` wrote.
#![cfg(not(target_arch = "wasm32"))]

use engine::autograd::{Options, grad};
use engine::ops::Arg;
use engine::{Engine, Item, Result, Tensor};
use pollster::block_on;
use serde_json::Value;
use tests::golden::{grad_fn, integers, list, parse, sizes, text};
use tests::modes;

fn golden() -> Value {
    parse(include_str!("../golden/indexing.json"))
}

/// 0, 1, 2, … in a shape.
fn base(engine: &Engine, shape: &[usize]) -> Tensor {
    let n: usize = shape.iter().product();
    engine.tensor((0..n).map(|i| i as f32).collect::<Vec<_>>(), shape).expect("the shape fits")
}

fn item(engine: &Engine, v: &Value) -> Item {
    match v[0].as_str() {
        Some("int") => Item::Int(v[1].as_i64().unwrap_or(0)),
        Some("slice") => {
            Item::Slice { start: v[1].as_i64(), end: v[2].as_i64(), step: v[3].as_i64().unwrap_or(1) }
        }
        Some("...") => Item::Ellipsis,
        Some("none") => Item::NewAxis,
        Some("bool") => Item::Bool(v[1].as_bool().unwrap_or(false)),
        Some("index") => Item::Tensor(engine.tensor(integers(&v[2]), &sizes(&v[1])).expect("indices")),
        _ => {
            let mask: Vec<bool> = list(&v[2]).iter().filter_map(Value::as_bool).collect();
            Item::Tensor(engine.tensor(mask, &sizes(&v[1])).expect("a mask"))
        }
    }
}

fn outcome(t: &Tensor) -> Result<Vec<i64>> {
    Ok(block_on(t.read())?.to_f64().into_iter().map(|v| v as i64).collect())
}

fn read(t: &Tensor) -> Vec<i64> {
    outcome(t).expect("a value")
}

/// What differs from the expected outcome of `f`.
fn check(found: Result<Tensor>, x: &Tensor, expected: &Value) -> Option<String> {
    // In fused mode, what only a kernel can find shows when the value is read.
    let found = found.and_then(|out| outcome(&out).map(|_| out));
    let out = match (found, expected["error"].as_str()) {
        (Err(found), Some(error)) => {
            return (found.to_string() != error).then(|| format!("error {found:?}, not {error:?}"));
        }
        (Err(found), None) => return Some(format!("error {found:?}")),
        (Ok(out), Some(error)) => return Some(format!("{:?} instead of the error {error:?}", out.shape())),
        (Ok(out), None) => out,
    };
    if out.shape() != sizes(&expected["shape"]) {
        return Some(format!("shape {:?}, not {}", out.shape(), expected["shape"]));
    }
    if read(&out) != integers(&expected["data"]) {
        return Some(format!("{:?}, not {}", read(&out), expected["data"]));
    }
    let name = expected["fn"].as_str()?;
    let found = grad_fn(&out);
    if found != name && name != "AccumulateGrad" && name != "NoneType" {
        return Some(format!("grad_fn {found}, not {name}"));
    }
    let n = out.numel() as i64;
    let weights = out.engine().tensor((1..=n).map(|i| i as f32).collect::<Vec<_>>(), out.shape());
    let weights = weights.expect("weights");
    let slope = grad(&[&out], &[x], &[Some(&weights)], Options::default()).expect("a gradient").remove(0);
    let slope = slope.map_or_else(|| vec![0; x.numel()], |g| read(&g));
    (slope != integers(&expected["grad"])).then(|| format!("gradient {slope:?}, not {}", expected["grad"]))
}

/// What differs after an assignment.
fn check_set(x: &Tensor, items: &[Item], value: &Arg<'_>, expected: &Value) -> Option<String> {
    match (block_on(x.set_masked(items, value)).and_then(|()| outcome(x)), expected["error"].as_str()) {
        (Err(found), Some(error)) => {
            (found.to_string() != error).then(|| format!("set: error {found:?}, not {error:?}"))
        }
        (Err(found), None) => Some(format!("set: error {found:?}")),
        (Ok(_), Some(error)) => Some(format!("set without the error {error:?}")),
        (Ok(found), None) => (found != integers(&expected["data"]))
            .then(|| format!("set: {found:?}, not {}", expected["data"])),
    }
}

#[test]
fn indices_of_all_kinds_do_what_pytorch_does() {
    for engine in modes::both() {
        let golden = golden();
        let mut failures = Vec::new();
        let unread = |found: Vec<i64>| format!("set without reading: {found:?}");
        for case in list(&golden["items"]) {
            let shape = sizes(&case["shape"]);
            let items: Vec<Item> = list(&case["items"]).iter().map(|v| item(&engine, v)).collect();
            let mut note = |why: Option<String>| {
                failures.extend(why.map(|why| format!("{shape:?}[{}]: {why}", case["items"])));
            };
            let x = base(&engine, &shape);
            x.requires_grad_(true).expect("a leaf");
            note(check(block_on(x.get_masked(&items)), &x, &case["get"]));
            note(check_set(&base(&engine, &shape), &items, &Arg::from(7.0), &case["seven"]));
            // Without reading, the outcome is the same where there is one.
            let quick = base(&engine, &shape);
            let found = quick.set(&items, 7.0).and_then(|()| outcome(&quick));
            note(found.ok().filter(|found| *found != integers(&case["seven"]["data"])).map(unread));
            if !case["set"].is_null() {
                let value =
                    base(&engine, &sizes(&case["value"])).neg().and_then(|v| v.sub(1.0)).expect("a value");
                note(check_set(&base(&engine, &shape), &items, &Arg::from(&value), &case["set"]));
                let quick = base(&engine, &shape);
                let found = quick.set(&items, &value).and_then(|()| outcome(&quick));
                note(found.ok().filter(|found| *found != integers(&case["set"]["data"])).map(unread));
            }
        }
        assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
        assert_eq!(engine.flush(), Ok(()));
        assert_eq!(engine.memory(), engine::Memory::default(), "buffers were left behind");
    }
}

fn last(parts: Result<Vec<Tensor>>) -> Result<Tensor> {
    Ok(parts?.pop().expect("at least one part"))
}

fn call(name: &str, x: &Tensor, args: &[i64]) -> Result<Tensor> {
    let arg = |i: usize| args.get(i).copied().unwrap_or(0);
    match name {
        "view" => x.view_to(args),
        "reshape" => x.reshape(args),
        "flatten" => x.flatten(arg(0), arg(1)),
        "unflatten" => x.unflatten(arg(0), &args[1..]),
        "permute" => x.permute(args),
        "transpose" => x.transpose(arg(0), arg(1)),
        "movedim" => x.movedim(&args[..1], &args[1..]),
        "t" => x.t(),
        "squeeze" => args.first().map_or_else(|| x.squeeze(), |&d| x.squeeze_dim(d)),
        "unsqueeze" => x.unsqueeze(arg(0)),
        "expand" => x.expand_sizes(args),
        "repeat" => x.repeat(args),
        "tile" => x.tile(args),
        "narrow" => x.narrow(arg(0), arg(1), arg(2)),
        "select" => x.select(arg(0), arg(1)),
        "flip" => x.flip(args),
        "roll" => x.roll(&args[..1], &args[1..]),
        "tril" => x.tril(arg(0)),
        "triu" => x.triu(arg(0)),
        "diag" => x.diag(arg(0)),
        "diagonal" => x.diagonal(arg(0), arg(1), arg(2)),
        "cumsum" => x.cumsum(arg(0)),
        "cumprod" => x.cumprod(arg(0)),
        "topk" => Ok(x.topk(arg(0), -1, true)?.0),
        "sort" => Ok(x.sort(arg(0), false)?.0),
        "max" => Ok(x.max_dim(arg(0), false)?.0),
        "argmax" => x.argmax(arg(0), false),
        "split" => last(x.split(arg(0), arg(1))),
        "chunk" => last(x.chunk(arg(0), arg(1))),
        "unbind" => last(x.unbind(arg(0))),
        other => panic!("no function {other}"),
    }
}

#[test]
fn functions_that_move_elements_do_what_pytorch_does() {
    for engine in modes::both() {
        let golden = golden();
        let mut failures = Vec::new();
        for case in list(&golden["calls"]) {
            let name = text(&case["name"]);
            let x = base(&engine, &sizes(&case["shape"]));
            x.requires_grad_(true).expect("a leaf");
            let why = check(call(name, &x, &integers(&case["args"])), &x, &case["out"]);
            failures.extend(why.map(|why| format!("{name} {} of {}: {why}", case["args"], case["shape"])));
        }
        assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    }
}
