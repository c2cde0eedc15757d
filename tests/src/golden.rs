//! What PyTorch gave, as the files of `tests/golden/` have it. Infinities and NaN, which JSON has not, are strings there.
//!
//! Every function panics where a file is not as expected.
#![cfg(not(target_arch = "wasm32"))]

use engine::{DType, HostData, Scalar, Tensor};
use serde_json::Value;

/// A golden file: `parse(include_str!("../golden/TOPIC.json"))`.
pub fn parse(text: &str) -> Value {
    serde_json::from_str(text).expect("a golden file is JSON")
}

/// A text.
#[track_caller]
pub fn text(v: &Value) -> &str {
    v.as_str().unwrap_or_else(|| panic!("{v} is no text"))
}

/// A list.
#[track_caller]
pub fn list(v: &Value) -> &[Value] {
    v.as_array().unwrap_or_else(|| panic!("{v} is no list"))
}

/// A list that may be missing: then it is empty.
pub fn given(v: &Value) -> &[Value] {
    v.as_array().map_or(&[], Vec::as_slice)
}

/// A number or a truth value.
#[track_caller]
pub fn scalar(v: &Value) -> Scalar {
    let whole = || v.as_bool().map(Scalar::Bool).or(v.as_i64().map(Scalar::Int));
    whole().unwrap_or_else(|| Scalar::Float(float(v)))
}

/// A real number.
#[track_caller]
pub fn float(v: &Value) -> f64 {
    let named = || v.as_str().and_then(|name| name.parse().ok());
    v.as_f64().or_else(named).unwrap_or_else(|| panic!("{v} is no number"))
}

/// Real numbers.
#[track_caller]
pub fn floats(v: &Value) -> Vec<f64> {
    list(v).iter().map(float).collect()
}

/// Integers, of a list that may be missing.
#[track_caller]
pub fn integers(v: &Value) -> Vec<i64> {
    given(v).iter().map(|v| v.as_i64().unwrap_or_else(|| panic!("{v} is no integer"))).collect()
}

/// The sizes of a shape, or other indices.
#[track_caller]
pub fn sizes(v: &Value) -> Vec<usize> {
    list(v).iter().map(|v| v.as_u64().unwrap_or_else(|| panic!("{v} is no size")) as usize).collect()
}

/// The element type of this name, with or without `torch.` in front.
#[track_caller]
pub fn dtype(name: &str) -> DType {
    let name = name.strip_prefix("torch.").unwrap_or(name);
    DType::ALL
        .into_iter()
        .find(|dtype| dtype.name() == name)
        .unwrap_or_else(|| panic!("no type is called {name}"))
}

/// Elements of a type.
pub fn host(dtype: DType, values: impl Iterator<Item = Scalar>) -> HostData {
    match dtype {
        DType::Bool => values.map(Scalar::to_bool).collect::<Vec<_>>().into(),
        DType::UInt8 => values.map(|v| v.to_i64() as u8).collect::<Vec<_>>().into(),
        DType::Int8 | DType::Int16 | DType::Int32 | DType::Int64 => {
            values.map(Scalar::to_i64).collect::<Vec<_>>().into()
        }
        DType::Float32 => values.map(|v| v.to_f64() as f32).collect::<Vec<_>>().into(),
        DType::Float64 => values.map(Scalar::to_f64).collect::<Vec<_>>().into(),
    }
}

/// The name of the node that made a tensor; of a constant, nothing.
pub fn grad_fn(t: &Tensor) -> String {
    t.grad_fn().map_or_else(String::new, |node| node.grad_fn())
}
