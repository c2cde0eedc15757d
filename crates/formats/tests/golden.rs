//! Files that NumPy, safetensors and PyTorch wrote (`tests/golden/formats.py`) are read; what we write equals theirs to the byte.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;
use std::path::Path;

use engine::{DType, HostData};
use formats::{Array, Error, checkpoint, npy, npz, safetensors};

fn file(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files").join(name);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn array(shape: &[usize], data: impl Into<HostData>) -> Array {
    Array::new(shape, data).expect("a shape of this many elements")
}

/// What the script calls ARRAYS.
fn arrays() -> Vec<(String, Array)> {
    let weight = vec![0.5, -1.25, 3e38, 1e-45, f32::INFINITY, -0.0];
    let arrays = [
        ("weight", array(&[2, 3], weight)),
        ("bias", array(&[2], vec![1.0f32, -1.0])),
        ("wide", array(&[2], vec![0.1, -2.5e300])),
        ("count", array(&[], vec![-7i64])),
        ("mask", array(&[2, 1], vec![true, false])),
        ("pixels", array(&[1, 2, 3], vec![0u8, 1, 2, 3, 4, 5])),
        ("none", array(&[0, 3], Vec::<f32>::new())),
    ];
    arrays.map(|(name, array)| (name.to_owned(), array)).to_vec()
}

fn floats(from: i8) -> Vec<f32> {
    (from..from + 6).map(f32::from).collect()
}

fn smaller(dtype: DType) -> Array {
    array(&[2, 3], ints(-2)).typed(dtype)
}

fn ints(from: i64) -> Vec<i64> {
    (from..from + 6).collect()
}

#[test]
fn npy_of_every_type_and_byte_order_is_read() {
    let cases: [(&str, HostData); 16] = [
        ("b1", vec![false, true, true, true, true, true].into()),
        ("u1", vec![0u8, 1, 2, 3, 4, 5].into()),
        ("i1", ints(-2).into()),
        ("lu2", ints(0).into()),
        ("bi2", ints(-2).into()),
        ("lu4", ints(0).into()),
        ("bi4", ints(-2).into()),
        ("lu8", ints(0).into()),
        ("li8", ints(-2).into()),
        ("bi8", ints(-2).into()),
        ("lf2", floats(-2).into()),
        ("bf2", floats(-2).into()),
        ("lf4", floats(-2).into()),
        ("bf4", floats(-2).into()),
        ("lf8", floats(-2).into_iter().map(f64::from).collect::<Vec<_>>().into()),
        ("bf8", floats(-2).into_iter().map(f64::from).collect::<Vec<_>>().into()),
    ];
    for (name, data) in cases {
        let expected = match name {
            "i1" => smaller(DType::Int8),
            "bi2" => smaller(DType::Int16),
            "bi4" => smaller(DType::Int32),
            _ => array(&[2, 3], data),
        };
        assert_eq!(npy::read(&file(&format!("{name}.npy"))), Ok(expected), "{name}");
    }
}

#[test]
fn npy_of_every_order_shape_and_version_is_read() {
    let cases = [
        ("fortran", array(&[2, 3, 4], (0..24u8).map(f32::from).collect::<Vec<_>>())),
        ("fortran_big", array(&[2, 3], ints(0)).typed(DType::Int16)),
        ("scalar", array(&[], vec![2.5f32])),
        ("empty", array(&[0, 3], Vec::<f64>::new())),
        ("v2", array(&[2, 3], floats(0))),
        ("v3", array(&[2, 3], floats(0))),
    ];
    for (name, expected) in cases {
        assert_eq!(npy::read(&file(&format!("{name}.npy"))), Ok(expected), "{name}");
    }
}

#[test]
fn npy_that_the_engine_cannot_represent_is_refused() {
    let refused = |name: &str| npy::read(&file(name)).expect_err("refused").to_string();
    assert_eq!(refused("complex.npy"), "elements of type '<c8' cannot be read");
    assert_eq!(refused("text.npy"), "elements of type '<U1' cannot be read");
    assert_eq!(refused("record.npy"), "elements of type record cannot be read");
    assert_eq!(refused("beyond.npy"), "element 1 is 9223372036854775808, which int64 cannot hold");
}

#[test]
fn npy_is_written_as_numpy_does_and_npz_is_read_and_written() {
    let mut arrays = arrays();
    for (name, array) in &arrays {
        let golden = file(&format!("numpy_{name}.npy"));
        assert_eq!(npy::write(array).escape_ascii().to_string(), golden.escape_ascii().to_string(), "{name}");
        assert_eq!(npy::read(&golden).as_ref(), Ok(array), "{name}");
    }
    arrays.push(("größe".to_owned(), array(&[], vec![1f32])));
    let written = npz::write(&arrays).expect("small");
    assert_eq!(written.escape_ascii().to_string(), file("ours.npz").escape_ascii().to_string());
    assert_eq!(npz::read(&written).as_ref(), Ok(&arrays));
    assert_eq!(npz::read(&file("numpy.npz")), Ok(arrays));
}

#[test]
fn smaller_integers_take_their_own_bytes() {
    assert_eq!(npy::write(&smaller(DType::Int8)), file("i1.npy"));
    for dtype in [DType::Int8, DType::Int16, DType::Int32] {
        let one = ("x".to_owned(), smaller(dtype));
        assert_eq!(npy::read(&npy::write(&one.1)).as_ref(), Ok(&one.1));
        let written = safetensors::write(std::slice::from_ref(&one), &BTreeMap::new()).expect("small");
        let header = u64::from_le_bytes(*written.first_chunk::<8>().expect("a length"));
        assert_eq!(written.len() as u64, 8 + header + 6 * dtype.size(), "{dtype}");
        assert_eq!(safetensors::read(&written).expect("sound").tensors, [one]);
    }
}

#[test]
fn a_packed_npz_is_read() {
    let ramp: Vec<f32> = (0..20).flat_map(|_| floats(0)).collect();
    let expected = [("ramp", array(&[40, 3], ramp)), ("one", array(&[1], vec![1i64]))];
    assert_eq!(
        npz::read(&file("compressed.npz")),
        Ok(expected.map(|(name, a)| (name.to_owned(), a)).to_vec())
    );
}

#[test]
fn safetensors_are_read_and_written_as_the_reference_does() {
    let metadata = BTreeMap::from([("format".to_owned(), "pt".to_owned())]);
    let golden = file("reference.safetensors");
    let written = safetensors::write(&arrays(), &metadata).expect("small");
    assert_eq!(written.escape_ascii().to_string(), golden.escape_ascii().to_string());
    let read = safetensors::read(&golden).expect("sound");
    assert_eq!(read.metadata, metadata);
    let by_name = |tensors: Vec<(String, Array)>| tensors.into_iter().collect::<BTreeMap<_, _>>();
    assert_eq!(by_name(read.tensors), by_name(arrays()));

    let golden = file("plain.safetensors");
    let read = safetensors::read(&golden).expect("sound");
    assert_eq!(read.tensors, [("ä \"x\"\n".to_owned(), array(&[1], vec![1f32]))]);
    assert_eq!(safetensors::write(&read.tensors, &read.metadata), Ok(golden));
}

#[test]
fn safetensors_of_other_types_are_converted() {
    let read = safetensors::read(&file("types.safetensors")).expect("sound");
    let found: BTreeMap<_, _> = read.tensors.into_iter().collect();
    for (name, data) in [("float16", HostData::from(floats(-2))), ("bfloat16", floats(-2).into())] {
        assert_eq!(found.get(name), Some(&array(&[2, 3], data)), "{name}");
    }
    for dtype in [DType::Int8, DType::Int16, DType::Int32] {
        assert_eq!(found.get(dtype.name()), Some(&smaller(dtype)), "{dtype}");
    }
    let beyond = safetensors::read(&file("beyond.safetensors")).expect_err("too large a number");
    assert_eq!(beyond.to_string(), "'big': element 1 is 18446744073709551615, which int64 cannot hold");
}

#[test]
fn a_state_dict_is_read() {
    let read = checkpoint::read(&file("linear.pt")).expect("a state dict");
    let names: Vec<_> = read.iter().map(|(name, array)| (name.as_str(), array.shape().to_vec())).collect();
    assert_eq!(names, [("weight", vec![2, 3]), ("bias", vec![2])]);
    // torch.manual_seed(1); torch.nn.Linear(3, 2).weight[0, 0]
    let weight = read[0].1.data().to_f64();
    assert!((weight[0] - 0.297_487_35).abs() < 1e-7, "{weight:?}");
}

#[test]
fn views_of_every_type_are_read() {
    let read = checkpoint::read(&file("views.pt")).expect("tensors");
    let base: Vec<f32> = (0..12u8).map(f32::from).collect();
    let columns: Vec<f32> = (0..4).flat_map(|c| (0..3).map(move |r| (4 * r + c) as f32)).collect();
    let doubles: Vec<f64> = floats(-2).into_iter().map(f64::from).collect();
    let expected = [
        ("transposed", array(&[4, 3], columns)),
        ("slice", array(&[3], vec![4f32, 6.0, 8.0])),
        ("shared", array(&[12], base)),
        ("parameter", array(&[1], vec![1.5f32])),
        ("scalar", array(&[], vec![3i64])),
        ("empty", array(&[0, 2], Vec::<f32>::new())),
        ("float16", array(&[2, 3], floats(-2))),
        ("bfloat16", array(&[2, 3], floats(-2))),
        ("int32", smaller(DType::Int32)),
        ("int16", smaller(DType::Int16)),
        ("int8", smaller(DType::Int8)),
        ("float64", array(&[2, 3], doubles)),
        ("int64", array(&[2, 3], ints(-2))),
        ("uint8", array(&[2, 3], vec![254u8, 255, 0, 1, 2, 3])),
        ("bool", array(&[2, 3], vec![false, false, false, true, true, true])),
    ];
    assert_eq!(read, expected.map(|(name, array)| (name.to_owned(), array)));
}

#[test]
fn checkpoints_of_anything_else_are_refused() {
    let refused = |name: &str| checkpoint::read(&file(name)).expect_err("refused");
    assert_eq!(
        refused("module.pt").to_string(),
        "the checkpoint asks for torch.nn.modules.linear.Linear, and only tensors are read"
    );
    assert_eq!(
        refused("nested.pt").to_string(),
        "'model': only a dictionary of tensors can be read: this is no tensor"
    );
    assert!(matches!(refused("old.pt"), Error::Magic { .. }));
    assert!(matches!(refused("expanded.pt"), Error::In { .. }), "{}", refused("expanded.pt"));
}
