//! Files that were spoilt: nothing panics, nothing takes more memory than the file could justify, and what is wrong
//! is said.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;
use std::path::Path;

use engine::HostData;
use formats::{Array, checkpoint, npy, npz, safetensors};

/// Every file, in the order of their names.
fn files() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files");
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let files: BTreeMap<_, _> = entries
        .flatten()
        .filter_map(|e| Some((e.file_name().into_string().ok()?, std::fs::read(e.path()).ok()?)))
        .collect();
    assert!(files.len() > 20, "{} files", files.len());
    files.into_iter().collect()
}

/// The elements that come out, whichever reader takes the file.
fn read(name: &str, bytes: &[u8]) -> Result<usize, String> {
    let sum = |arrays: Vec<(String, Array)>| arrays.iter().map(|(_, array)| array.data().len()).sum();
    let read = match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("npy") => npy::read(bytes).map(|array| array.data().len()),
        Some("npz") => npz::read(bytes).map(sum),
        Some("safetensors") => safetensors::read(bytes).map(|file| sum(file.tensors)),
        _ => checkpoint::read(bytes).map(sum),
    };
    read.map_err(|e| e.to_string())
}

/// Numbers that repeat: Knuth's MMIX generator.
struct Noise(u64);

impl Noise {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_refused() {
    for (name, bytes) in files() {
        for len in 0..bytes.len() {
            assert!(
                read(&name, &bytes[..len]).is_err(),
                "{name} is read from {len} of {} bytes",
                bytes.len()
            );
        }
    }
}

#[test]
fn no_mutation_makes_a_reader_panic_or_swell() {
    let mut noise = Noise(1);
    for (name, bytes) in files() {
        for _ in 0..2_000 {
            let mut spoilt = bytes.clone();
            for _ in 0..=noise.below(4) {
                let at = noise.below(spoilt.len());
                match noise.below(5) {
                    0 => spoilt[at] ^= 1 << noise.below(8),
                    1 => spoilt[at] = [0, 0xff, b'9', b'(', b'0'][noise.below(5)],
                    2 => spoilt[at] = noise.below(256) as u8,
                    3 => spoilt.insert(at, b"0123456789,:{}[]()"[noise.below(18)]),
                    _ => {
                        spoilt.remove(at);
                    }
                }
            }
            if let Ok(elements) = read(&name, &spoilt) {
                assert!(
                    elements <= 64 * spoilt.len(),
                    "{name}: {elements} elements of {} bytes",
                    spoilt.len()
                );
            }
        }
    }
}

/// The checksums of a zip file hide what is behind them from mutations: without them, the pickle is reached.
#[test]
fn no_mutation_of_a_pickle_makes_the_reader_panic() {
    let mut noise = Noise(2);
    for (name, bytes) in files().into_iter().filter(|(name, _)| name.ends_with(".pt") && name != "old.pt") {
        let (start, len) = pickle(&bytes);
        for _ in 0..4_000 {
            let mut spoilt = bytes.clone();
            for _ in 0..=noise.below(3) {
                let at = start + noise.below(len);
                spoilt[at] = match noise.below(3) {
                    0 => b"NKMJX(t}suqrhjcQRb.\x80\x85\x86\x87\x88\x8a)"[noise.below(26)],
                    1 => noise.below(256) as u8,
                    _ => spoilt[at] ^ 1 << noise.below(8),
                };
            }
            let crc = crc32(&spoilt[start..start + len]).to_le_bytes();
            let directory = find(&spoilt, b"PK\x01\x02");
            spoilt[directory + 16..directory + 20].copy_from_slice(&crc);
            if let Ok(elements) = read(&name, &spoilt) {
                assert!(elements <= 64 * spoilt.len(), "{name}: {elements} elements");
            }
        }
    }
}

/// Where data.pkl, the first file, lies in a checkpoint.
fn pickle(bytes: &[u8]) -> (usize, usize) {
    let short = |at: usize| usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]));
    let directory = find(bytes, b"PK\x01\x02");
    (30 + short(26) + short(28), short(directory + 24))
}

fn find(bytes: &[u8], what: &[u8]) -> usize {
    bytes.windows(what.len()).position(|window| window == what).expect("it is there")
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, &byte| {
        (0..8).fold(
            crc ^ u32::from(byte),
            |crc, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 },
        )
    })
}

fn with_header(header: &str, data: usize) -> Vec<u8> {
    let mut bytes = Vec::from((header.len() as u64).to_le_bytes());
    bytes.extend_from_slice(header.as_bytes());
    bytes.resize(bytes.len() + data, 0);
    bytes
}

#[test]
fn safetensors_say_what_is_wrong() {
    let f32s =
        |shape: &str, place: &str| format!(r#""w":{{"dtype":"F32","shape":{shape},"data_offsets":{place}}}"#);
    let cases = [
        (
            format!("{{{}}}", f32s("[2]", "[0,8]")),
            4,
            "the part behind the header takes 8 bytes, but 4 are there",
        ),
        (format!("{{{}}}", f32s("[2]", "[0,8]")), 9, "1 bytes follow the last array"),
        (
            format!("{{{}}}", f32s("[2]", "[4,12]")),
            12,
            "'w': it begins at 4, but the array before it ends at 0",
        ),
        (
            format!("{{{}}}", f32s("[2]", "[8,0]")),
            8,
            "'w': its shape [2] takes 8 bytes, but it lies from 8 to 0",
        ),
        (
            format!("{{{}}}", f32s("[4294967296,4294967296,0]", "[0,0]")),
            0,
            "'w': an array of shape [4294967296, 4294967296, 0] is too large",
        ),
        (format!("{{{},{}}}", f32s("[0]", "[0,0]"), f32s("[0]", "[0,0]")), 0, "has not occurred before"),
        (format!("{{{}}}", f32s("[-1]", "[0,4]")), 4, "at byte 37: expected a number, found '-'"),
        (f32s("[1]", "[0,4]"), 4, "this is not a safetensors file: its header does not begin with '{'"),
        (
            r#"{"w":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}"#.to_owned(),
            1,
            "'w': elements of type F8_E4M3",
        ),
        ("{} x".to_owned(), 0, "at byte 11: expected the end of the header, found 'x'"),
    ];
    for (header, data, expected) in cases {
        let found = safetensors::read(&with_header(&header, data)).expect_err("refused").to_string();
        assert!(found.contains(expected), "{header}: {found}");
    }
    let long = safetensors::read(&u64::MAX.to_le_bytes()).expect_err("refused").to_string();
    assert_eq!(long, "the header has 18446744073709551615 bytes, and may have 100000000");
}

#[test]
fn names_that_cannot_be_written_are_refused() {
    let one = |name: &str| (name.to_owned(), Array::new(&[1], vec![1f32]).expect("one element"));
    let none = BTreeMap::new();
    assert!(safetensors::write(&[one("a"), one("a")], &none).is_err());
    assert!(safetensors::write(&[one("__metadata__")], &none).is_err());
    assert!(npz::write(&[one(&"x".repeat(70_000))]).is_err());
}

#[test]
fn npy_says_what_is_wrong() {
    let npy = |header: &str| {
        let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
        bytes.extend_from_slice(&(header.len() as u16).to_le_bytes());
        bytes.extend_from_slice(header.as_bytes());
        bytes
    };
    let cases = [
        (
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}",
            "the array takes 8 bytes, but 0 are there",
        ),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (2)}", "at byte 62: expected ',', found ')'"),
        (
            "{'descr': '<f4', 'fortran_order': 1, 'shape': ()}",
            "at byte 44: expected True or False, found '1'",
        ),
        ("{'descr': '|f4', 'fortran_order': False, 'shape': ()}", "elements of type '|f4' cannot be read"),
        ("{'descr': '<f4', 'shape': ()}", "'descr', 'fortran_order' and 'shape', each of them"),
        ("{'descr': '<f4', 'descr': '<f4'}", "once each, not 'descr'"),
        (
            "{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 3)}",
            "an array of shape [9223372036854775807, 3] is too large",
        ),
        ("__import__('os')", "at byte 10: expected '{', found '_'"),
    ];
    for (header, expected) in cases {
        let found = npy::read(&npy(header)).expect_err("refused").to_string();
        assert!(found.contains(expected), "{header}: {found}");
    }
    let found = npy::read(b"\x93NUMPY\x04\x00\x00\x00").expect_err("refused").to_string();
    assert_eq!(found, "version 4.0 of the .npy format is not known, only 1.0, 2.0 and 3.0");
}

#[test]
fn shape_and_elements_must_belong_together() {
    let found = Array::new(&[2, 3], HostData::Float32(vec![0.0; 5])).expect_err("refused").to_string();
    assert_eq!(found, "a shape of [2, 3] has 6 elements, but there are 5");
    assert!(Array::new(&[usize::MAX, 2, 0], HostData::Float32(Vec::new())).is_err());
}
