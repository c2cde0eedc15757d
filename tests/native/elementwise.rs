//! Elementwise functions at the edges of the numbers, result types and sequences: what PyTorch gave, in
//! `tests/golden/elementwise.json`.
#![cfg(not(target_arch = "wasm32"))]

use engine::autograd::{Options, grad};
use engine::ops::{Arg, Closeness, Gelu};
use engine::{DType, Engine, Error, HostData, Result, Scalar, Tensor, result_type};
use serde_json::Value;
use tests::cpu::read;
use tests::golden::{dtype, given, host, list, parse, scalar, text};
use tests::modes;

fn golden() -> Value {
    parse(include_str!("../golden/elementwise.json"))
}

fn tensor(engine: &Engine, name: &str, values: &[&Value]) -> Tensor {
    let dtype = dtype(name);
    let data = host(dtype, values.iter().map(|v| scalar(v)));
    let t = engine.tensor_as(data, &[values.len()], dtype).expect("the shape fits");
    if t.dtype().is_floating_point() {
        t.requires_grad_(true).expect("real numbers can");
    }
    t
}

fn unary(name: &str, x: &Tensor) -> Result<Tensor> {
    let arg = |v: f64| Some(Arg::from(v));
    match name {
        "neg" => x.neg(),
        "abs" => x.abs(),
        "sign" => x.sign(),
        "exp" => x.exp(),
        "log" => x.log(),
        "sqrt" => x.sqrt(),
        "tanh" => x.tanh(),
        "sigmoid" => x.sigmoid(),
        "relu" => x.relu(),
        "log1p" => x.log1p(),
        "expm1" => x.expm1(),
        "rsqrt" => x.rsqrt(),
        "reciprocal" => x.reciprocal(),
        "floor" => x.floor(),
        "ceil" => x.ceil(),
        "round" => x.round(),
        "trunc" => x.trunc(),
        "erf" => x.erf(),
        "square" => x.square(),
        "log2" => x.log2(),
        "log10" => x.log10(),
        "exp2" => x.exp2(),
        "nan_to_num" => x.nan_to_num(None, None, None),
        "logical_not" => x.logical_not(),
        "isnan" => x.isnan(),
        "isinf" => x.isinf(),
        "isfinite" => x.isfinite(),
        "leaky_relu" => x.leaky_relu(0.1),
        "elu" => x.elu(1.5),
        "gelu" => x.gelu(Gelu::None),
        "silu" => x.silu(),
        "softplus" => x.softplus(2.0, 20.0),
        "relu6" => x.relu6(),
        "hardtanh" => x.hardtanh(-1.0, 1.0),
        "clamp" => x.clamp(arg(-1.0), arg(1.0)),
        "clamp_min" => x.clamp(arg(0.5), None),
        "clamp_crossed" => x.clamp(arg(1.0), arg(-1.0)),
        "sqrt_pow" => x.pow(0.5),
        "cube" => x.pow(3i64),
        "pow0" => x.pow(0i64),
        "rsub" => x.rsub(2.0),
        "rdiv" => x.rdiv(2.0),
        "rpow" => x.rpow(2.0),
        "fmod" => x.fmod(2.0),
        "remainder" => x.remainder(-2.0),
        other => panic!("no function {other}"),
    }
}

fn binary(name: &str, x: &Tensor, y: &Tensor) -> Result<Tensor> {
    match name {
        "add" => x.add(y),
        "sub" => x.sub(y),
        "mul" => x.mul(y),
        "div" => x.div(y),
        "pow" => x.pow(y),
        "maximum" => x.maximum(y),
        "minimum" => x.minimum(y),
        "fmax" => x.fmax(y),
        "fmin" => x.fmin(y),
        "fmod" => x.fmod(y),
        "remainder" => x.remainder(y),
        "floor_divide" => x.floor_divide(y),
        "logical_and" => x.logical_and(y),
        "logical_or" => x.logical_or(y),
        "logical_xor" => x.logical_xor(y),
        "bitwise_and" => x.bitwise_and(y),
        "bitwise_or" => x.bitwise_or(y),
        "bitwise_xor" => x.bitwise_xor(y),
        "eq" => x.eq(y),
        "ne" => x.ne(y),
        "lt" => x.lt(y),
        "le" => x.le(y),
        "gt" => x.gt(y),
        "ge" => x.ge(y),
        "isclose" => x.isclose(y, Closeness::default()),
        "lerp" => x.lerp(y, 0.3),
        other => panic!("no function {other}"),
    }
}

/// Where the elements differ from what PyTorch gave: real numbers by more than a few units in the last place.
fn difference(found: &HostData, expected: &[Value]) -> Option<String> {
    if found.len() != expected.len() {
        return Some(format!("{} elements for {}", found.len(), expected.len()));
    }
    let agree = |a: Scalar, b: Scalar| match (a, b) {
        (Scalar::Float(a), b) => {
            let b = b.to_f64();
            a == b || a.is_nan() && b.is_nan() || (a - b).abs() <= 2e-6 * b.abs() + 3e-9
        }
        (a, b) => a == b,
    };
    let pairs = (0..found.len()).filter_map(|i| Some((i, found.get(i)?, scalar(&expected[i]))));
    let wrong: Vec<String> = pairs
        .filter(|&(_, a, b)| !agree(a, b))
        .map(|(i, a, b)| format!("element {i} is {a:?} for {b:?}"))
        .collect();
    (!wrong.is_empty()).then(|| wrong.join(", "))
}

/// What differs between a result and a row, in words.
fn mismatch(row: &Value, out: &Result<Tensor>, inputs: &[&Tensor]) -> Option<String> {
    let out = match (out, row["error"].as_str()) {
        (Err(error), Some(words)) => {
            return (error.to_string() != words).then(|| format!("{error} for {words}"));
        }
        (Err(error), None) => return Some(error.to_string()),
        (Ok(_), Some(words)) => return Some(format!("no error: {words}")),
        (Ok(out), None) => out,
    };
    if out.dtype().to_string() != text(&row["dtype"]) {
        return Some(format!("{} for {}", out.dtype(), row["dtype"]));
    }
    if let Some(why) = difference(&read(out), list(&row["values"])) {
        return Some(why);
    }
    let grad_fn = out.grad_fn().map(|node| node.grad_fn());
    if grad_fn.as_deref() != row["grad_fn"].as_str() {
        return Some(format!("{grad_fn:?} for {}", row["grad_fn"]));
    }
    let grads = given(&row["grads"]);
    if grads.is_empty() {
        return None;
    }
    let found = out.sum(&[], false).and_then(|sum| grad(&[&sum], inputs, &[], Options::default()));
    let found = match found {
        Ok(found) => found,
        Err(error) => return Some(format!("gradient: {error}")),
    };
    let why =
        found.iter().zip(grads).filter_map(|(g, expected)| difference(&read(g.as_ref()?), list(expected)));
    why.map(|why| format!("gradient: {why}")).next()
}

#[test]
fn functions_give_what_pytorch_gives() {
    for engine in modes::both() {
        let mut failures = Vec::new();
        let golden = golden();
        for row in list(&golden["rows"]) {
            let name = text(&row["name"]);
            let (kind, why) = if let [kind, numbers] = given(&row["inputs"]) {
                let x = tensor(&engine, text(kind), &list(numbers).iter().collect::<Vec<_>>());
                (kind, mismatch(row, &unary(name, &x), &[&x]))
            } else {
                let [kind, numbers] = given(&row["pairs"]) else { panic!("a row without inputs") };
                let v = list(numbers);
                let left: Vec<&Value> = v.iter().flat_map(|a| v.iter().map(move |_| a)).collect();
                let right: Vec<&Value> = v.iter().flat_map(|_| v.iter()).collect();
                let (x, y) = (tensor(&engine, text(kind), &left), tensor(&engine, text(kind), &right));
                (kind, mismatch(row, &binary(name, &x, &y), &[&x, &y]))
            };
            failures.extend(why.map(|why| format!("{name} of {kind}: {why}")));
        }
        assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    }
}

#[test]
fn result_types_are_those_of_pytorch() {
    for engine in modes::both() {
        let golden = golden();
        let operand = |name: &str| match name.split_once('[') {
            Some((kind, rest)) => {
                let shape: &[usize] = if rest == "]" { &[] } else { &[1] };
                Ok(engine.full(shape, 1i64, dtype(kind)).expect("it fits"))
            }
            None if name == "True" => Err(Scalar::Bool(true)),
            None => Err(name.parse().map_or(Scalar::Float(1.5), Scalar::Int)),
        };
        for row in list(&golden["types"]) {
            let [a, b, expected] = list(row) else { panic!("three names") };
            let (x, y) = (operand(text(a)), operand(text(b)));
            let found =
                result_type(&[&x, &y].map(|o| o.as_ref().map_or_else(|s| Arg::Scalar(*s), Arg::Tensor)));
            assert_eq!(found.to_string(), text(expected), "{a} and {b}");
        }
    }
}

#[test]
fn sequences_are_those_of_pytorch() {
    for engine in modes::both() {
        let golden = golden();
        for row in list(&golden["sequences"]) {
            let out = match (given(&row["arange"]), given(&row["linspace"])) {
                ([a, b, c], _) => engine.arange(scalar(a), scalar(b), scalar(c)),
                (_, [a, b, c]) => engine.linspace(scalar(a).to_f64(), scalar(b).to_f64(), scalar(c).to_i64()),
                _ => panic!("an unknown sequence"),
            };
            match (out, row["error"].as_str()) {
                (Err(error), words) => assert_eq!(Some(error.to_string().as_str()), words, "{row}"),
                (Ok(out), _) => {
                    // As float32: the digits of JSON are read with less care than they were written.
                    let expected: Vec<f32> =
                        list(&row["values"]).iter().map(|v| scalar(v).to_f64() as f32).collect();
                    assert_eq!(read(&out).into_f32(), expected, "{:?}", (&row["arange"], &row["linspace"]));
                }
            }
        }
    }
}

#[test]
fn values_are_read_as_numbers_and_lists() {
    use engine::List::{Items, Number};
    for engine in modes::both() {
        let t = engine.tensor(vec![1i64, 2, 3, 4], &[2, 2]).expect("it fits");
        let item = pollster::block_on(t.item());
        let words = "only one element tensors can be converted to Python scalars";
        assert_eq!(item, Err(Error::Shape(words.to_owned())));
        let one = t.slice(0, 1, 2, 1).and_then(|row| row.slice(1, 0, 1, 1)).expect("a view");
        assert_eq!(pollster::block_on(one.item()), Ok(Scalar::Int(3)));
        let row = |a, b| Items(vec![Number(Scalar::Int(a)), Number(Scalar::Int(b))]);
        assert_eq!(pollster::block_on(t.tolist()), Ok(Items(vec![row(1, 2), row(3, 4)])));
        let eye = engine.eye(2, 3, DType::Float32).expect("it fits");
        assert_eq!(read(&eye).into_f32(), [1.0, 0.0, 0.0, 0.0, 1.0, 0.0]);
    }
}

#[test]
fn out_is_written_or_refused_as_in_pytorch() {
    for engine in modes::both() {
        let ones = engine.ones(&[2]).expect("it fits");
        let sum = ones.add(1.0).expect("a sum");
        let out = engine.full(&[2], 0.0, DType::Float64).expect("it fits");
        sum.write_out("add", &[&ones], &out).expect("float32 fits into float64");
        assert_eq!(read(&out).to_f64(), [2.0, 2.0]);
        let refused =
            |out: &Tensor| sum.write_out("add", &[&ones], out).expect_err("this must fail").to_string();
        let whole = engine.full(&[2], 0i64, DType::Int64).expect("it fits");
        assert_eq!(refused(&whole), "result type Float can't be cast to the desired output type Long");
        let spread = engine.zeros(&[1]).and_then(|t| t.expand(&[2])).expect("it fits");
        assert!(refused(&spread).starts_with("unsupported operation: more than one element"));
        let leaf = engine.zeros(&[2]).expect("it fits");
        leaf.requires_grad_(true).expect("float32");
        assert!(
            refused(&leaf).starts_with("add(): functions with out=... arguments don't support automatic")
        );
    }
}
