//! Files that were cut, changed or made to harm: every one is an error, none a panic or a flood.

use datasets::gzip::{Gunzip, GzipError, Progress};
use datasets::idx::{Idx, IdxError};
use flate2::{Compression, GzBuilder, write::GzEncoder};
use std::io::Write;

/// Numbers that look random and are the same every time: a linear congruential generator with PCG's constants.
struct Random(u64);

impl Random {
    /// A number below `n`.
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % n as u64) as usize
    }
}

/// Bytes that compress somewhat, as pictures do.
fn content(len: usize) -> Vec<u8> {
    let mut random = Random(7);
    (0..len).map(|_| if random.below(3) == 0 { random.below(256) as u8 } else { 0 }).collect()
}

fn pack(bytes: &[u8]) -> Vec<u8> {
    // With a name and a comment in its header, as the gzip program leaves them.
    let builder = GzBuilder::new().filename("digits").comment("a few");
    let mut encoder: GzEncoder<Vec<u8>> = builder.write(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("writing to memory");
    encoder.finish().expect("writing to memory")
}

fn unpack(bytes: &[u8], limit: usize, slice: usize) -> Result<Vec<u8>, GzipError> {
    let mut gunzip = Gunzip::new(bytes.to_vec(), limit)?;
    let mut last = 0.0;
    loop {
        match gunzip.step(slice)? {
            Progress::Done => return Ok(gunzip.into_bytes()),
            Progress::Working { fraction } => {
                assert!((last..=1.0).contains(&fraction), "{last}, then {fraction}");
                last = fraction;
            }
        }
    }
}

#[test]
fn gzip_unpacks_in_slices_of_any_size() {
    for len in [0, 1, 1000, 100_000] {
        let bytes = content(len);
        for slice in [0, 1, 17, 4096, usize::MAX] {
            assert_eq!(unpack(&pack(&bytes), len, slice), Ok(bytes.clone()), "{len} bytes by {slice}");
        }
    }
}

#[test]
fn every_cut_gzip_is_called_cut_off() {
    let packed = pack(&content(400));
    for len in 0..packed.len() {
        let found = unpack(&packed[..len], 400, 100);
        assert!(matches!(found, Err(GzipError::CutOff { .. })), "the first {len} bytes: {found:?}");
    }
}

#[test]
fn other_files_are_not_gzip() {
    for bytes in [&b"PK\x03\x04"[..], b"\x1f\x8c\x08", b"{", b"\x00\x00\x08\x01"] {
        let found = unpack(bytes, 10, 10);
        assert!(matches!(found, Err(GzipError::NotGzip { .. })), "{bytes:?}: {found:?}");
    }
}

#[test]
fn a_changed_gzip_never_unpacks_to_something_else() {
    let bytes = content(600);
    let packed = pack(&bytes);
    let mut random = Random(1);
    let mut refused = 0;
    for round in 0..20_000 {
        let mut changed = packed.clone();
        for _ in 0..=random.below(3) {
            let at = random.below(changed.len());
            changed[at] ^= 1 << random.below(8);
        }
        // A change of the header's time, name or comment is harmless; all else must be found.
        match unpack(&changed, 1000, 256) {
            Ok(found) => assert_eq!(found, bytes, "round {round}"),
            Err(_) => refused += 1,
        }
    }
    assert!(refused > 15_000, "only {refused} of 20000 changed files were refused");
}

#[test]
fn a_wrong_checksum_length_or_tail_is_refused() {
    let packed = pack(&content(400));
    let end = packed.len();
    for at in end - 8..end {
        let mut changed = packed.clone();
        changed[at] ^= 0x10;
        let found = unpack(&changed, 400, 100);
        assert!(matches!(found, Err(GzipError::Damaged { .. })), "byte {at} of {end}: {found:?}");
    }
    let longer = [&packed[..], b"!!"].concat();
    assert_eq!(unpack(&longer, 400, 100), Err(GzipError::Trailing { extra: 2 }));
}

#[test]
fn a_bomb_is_stopped_at_the_limit() {
    let bomb = pack(&vec![0; 30_000_000]);
    assert!(bomb.len() < 40_000, "{} bytes", bomb.len());
    assert_eq!(unpack(&bomb, 100_000, 4096), Err(GzipError::TooLarge { limit: 100_000 }));
    assert_eq!(unpack(&pack(b"12345"), 4, 1), Err(GzipError::TooLarge { limit: 4 }));
    assert_eq!(unpack(&pack(b"1234"), 4, 1), Ok(b"1234".to_vec()));
}

/// An IDX file with this header and as many elements as given.
fn idx(start: [u8; 4], sizes: &[u32], elements: usize) -> Vec<u8> {
    let sizes = sizes.iter().flat_map(|size| size.to_be_bytes());
    start.into_iter().chain(sizes).chain((0..elements).map(|at| at as u8)).collect()
}

#[test]
fn idx_reads_one_to_three_dimensions() {
    for sizes in [&[24][..], &[4, 6], &[2, 3, 4], &[0], &[0, 28, 28]] {
        let elements = sizes.iter().product::<u32>() as usize;
        let found = Idx::parse(idx([0, 0, 8, sizes.len() as u8], sizes, elements)).expect("a sound file");
        assert_eq!(found.shape, sizes.iter().map(|&size| size as usize).collect::<Vec<_>>());
        assert_eq!(found.data, (0..elements).map(|at| at as u8).collect::<Vec<_>>());
    }
}

#[test]
fn unsound_idx_is_refused_for_the_right_reason() {
    const MAX: u32 = u32::MAX;
    let wide = u64::from(MAX);
    let cases = [
        (idx([1, 0, 8, 1], &[1], 1), IdxError::Magic(1, 0)),
        (idx([0, 0x1f, 8, 1], &[1], 1), IdxError::Magic(0, 0x1f)),
        (idx([0, 0, 0x0d, 1], &[1], 4), IdxError::Dtype(0x0d)),
        (idx([0, 0, 8, 0], &[], 1), IdxError::Dims(0)),
        (idx([0, 0, 8, 4], &[1, 1, 1, 1], 1), IdxError::Dims(4)),
        (idx([0, 0, 8, 3], &[MAX, MAX, MAX], 9), IdxError::Overflow(vec![MAX, MAX, MAX])),
        (idx([0, 0, 8, 1], &[MAX], 9), IdxError::Truncated { expected: wide + 8, found: 17 }),
        (idx([0, 0, 8, 2], &[MAX, MAX], 9), IdxError::Truncated { expected: wide * wide + 12, found: 21 }),
        // 2^32 elements, which is none at all in 32 bits.
        (
            idx([0, 0, 8, 2], &[1 << 16, 1 << 16], 0),
            IdxError::Truncated { expected: (1 << 32) + 12, found: 12 },
        ),
        (idx([0, 0, 8, 1], &[3], 4), IdxError::Trailing { expected: 11, found: 12 }),
        (idx([0, 0, 8, 3], &[0, MAX, MAX], 1), IdxError::Trailing { expected: 16, found: 17 }),
    ];
    for (bytes, expected) in cases {
        assert_eq!(Idx::parse(bytes.clone()), Err(expected), "{bytes:02x?}");
    }
}

#[test]
fn every_cut_idx_is_called_truncated() {
    let bytes = idx([0, 0, 8, 3], &[2, 3, 4], 24);
    for len in 0..bytes.len() {
        let found = Idx::parse(bytes[..len].to_vec());
        assert!(matches!(found, Err(IdxError::Truncated { .. })), "the first {len} bytes: {found:?}");
    }
}

#[test]
fn a_changed_idx_is_sound_or_refused() {
    let bytes = idx([0, 0, 8, 3], &[2, 3, 4], 24);
    let mut random = Random(3);
    for round in 0..20_000 {
        let mut changed = bytes.clone();
        for _ in 0..=random.below(3) {
            let at = random.below(16);
            changed[at] = random.below(256) as u8;
        }
        changed.truncate(random.below(60));
        if let Ok(found) = Idx::parse(changed) {
            assert_eq!(found.shape.iter().product::<usize>(), found.data.len(), "round {round}");
        }
    }
}
