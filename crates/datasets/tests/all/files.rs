//! The four real files, and what can come in place of them.

use datasets::gzip::{Gunzip, Progress};
use datasets::idx::IdxError;
use datasets::mnist::{Decoder, File, PIXELS, Part, Problem, Step, decode};
use flate2::{Compression, write::GzEncoder};
use std::io::Write;

use crate::support::{labels, packed};

fn unpacked(file: File) -> Vec<u8> {
    let mut gunzip = Gunzip::new(packed(file), file.unpacked_len()).expect("a gzip file");
    while gunzip.step(1 << 20).expect("a sound file") != Progress::Done {}
    gunzip.into_bytes()
}

fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("writing to memory");
    encoder.finish().expect("writing to memory")
}

#[test]
fn all_four_files_decode_in_many_short_steps() {
    for file in File::ALL {
        let bytes = packed(file);
        assert_eq!(bytes.len(), file.packed_len(), "{}", file.name());
        let mut decoder = Decoder::new(file, bytes);
        let (mut steps, mut last) = (0, 0.0);
        let part = loop {
            steps += 1;
            match decoder.step().expect("the original file") {
                Step::Working { fraction } => {
                    assert!((last..=1.0).contains(&fraction), "{}: {last}, then {fraction}", file.name());
                    last = fraction;
                }
                Step::Done(part) => break part,
            }
        };
        assert!(steps > file.unpacked_len() >> 19, "{}: {steps} steps", file.name());
        match part {
            Part::Images(images) => assert_eq!(images.pixels.len(), file.count() * PIXELS),
            Part::Labels(labels) => assert_eq!(labels.as_slice().len(), file.count()),
        }
    }
}

#[test]
fn labels_are_those_of_mnist() {
    let (test, train) = (labels(File::TestLabels), labels(File::TrainLabels));
    assert_eq!(test[..10], [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
    assert_eq!(train[..10], [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    let count = |digit| test.iter().filter(|&&label| label == digit).count();
    assert_eq!(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(count),
        [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
    );
}

#[test]
fn the_same_content_is_accepted_unpacked_or_packed_in_another_way() {
    for file in [File::TestLabels, File::TestImages] {
        let expected = decode(file, packed(file)).expect("the original file");
        let raw = unpacked(file);
        assert_eq!(decode(file, pack(&raw)).as_ref(), Ok(&expected), "{} packed again", file.name());
        assert_eq!(decode(file, raw).as_ref(), Ok(&expected), "{} unpacked", file.name());
    }
}

#[test]
fn what_is_wrong_with_a_file_is_told_apart() {
    let file = File::TestLabels;
    let (gz, raw) = (packed(file), unpacked(file));
    let mut other = raw.clone();
    other.swap(8, 9);
    let mut wrong_shape = raw.clone();
    wrong_shape.truncate(8 + 9_999);
    wrong_shape[4..8].copy_from_slice(&9_999u32.to_be_bytes());
    let shape = IdxError::Shape { expected: vec![10_000], found: vec![9_999] };

    let problem = |bytes: Vec<u8>| decode(file, bytes).expect_err("a wrong file");
    assert_eq!(problem(b"<!doctype html><title>404</title>".to_vec()), Problem::Html);
    assert_eq!(problem(b"\xef\xbb\xbf\r\n  <html>".to_vec()), Problem::Html);
    assert_eq!(problem(b"Not found".to_vec()), Problem::NotGzip(b"Not ".to_vec()));
    for len in [0, 1, 2, 100, gz.len() - 1] {
        let found = problem(gz[..len].to_vec());
        assert!(matches!(found, Problem::Corrupt(_)), "the first {len} bytes: {found:?}");
    }
    for len in [4, 8, 5000] {
        let found = problem(raw[..len].to_vec());
        assert!(matches!(found, Problem::Corrupt(_)), "the first {len} bytes, unpacked: {found:?}");
    }
    assert_eq!(problem(pack(&other)), Problem::Checksum);
    assert_eq!(problem(other), Problem::Checksum);
    assert_eq!(problem(packed(File::TrainLabels)), Problem::Checksum);
    assert_eq!(problem(pack(&vec![0; 50_000_000])), Problem::Checksum);
    assert_eq!(problem(pack(b"hello")), Problem::Idx(IdxError::Magic(b'h', b'e')));
    assert_eq!(problem(pack(&wrong_shape)), Problem::Idx(shape.clone()));
    assert_eq!(problem(wrong_shape), Problem::Idx(shape));
}

#[test]
fn a_decoder_that_failed_or_finished_stays_so() {
    let mut decoder = Decoder::new(File::TestLabels, b"<html>".to_vec());
    assert_eq!(decoder.step(), Err(Problem::Html));
    assert_eq!(decoder.step(), Err(Problem::Html));
    let mut decoder = Decoder::new(File::TestLabels, packed(File::TestLabels));
    while matches!(decoder.step(), Ok(Step::Working { .. })) {}
    assert!(decoder.step().is_err());
}
