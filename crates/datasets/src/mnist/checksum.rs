//! SHA-256, a slice at a time.

use sha2::{Digest, Sha256};

/// A SHA-256.
pub(super) type Checksum = [u8; 32];

/// Reads a checksum as `sha256sum` prints it. Made for constants: a misprint stops the compiler.
pub(super) const fn sha256(hex: &str) -> Checksum {
    let hex = hex.as_bytes();
    assert!(hex.len() == 64, "a SHA-256 has 64 hexadecimal digits");
    let mut checksum = [0; 32];
    let mut at = 0;
    while at < 32 {
        checksum[at] = nibble(hex[2 * at]) << 4 | nibble(hex[2 * at + 1]);
        at += 1;
    }
    checksum
}

const fn nibble(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        _ => panic!("expected a hexadecimal digit in lower case"),
    }
}

/// A checksum under way.
#[derive(Debug, Default)]
pub(super) struct Hashing {
    hasher: Sha256,
    at: usize,
}

impl Hashing {
    /// Takes in up to `max` more of the bytes. Gives the checksum once all were taken in.
    pub(super) fn step(&mut self, bytes: &[u8], max: usize) -> Option<Checksum> {
        let end = bytes.len().min(self.at + max);
        self.hasher.update(&bytes[self.at..end]);
        self.at = end;
        (end == bytes.len()).then(|| std::mem::take(&mut self.hasher).finalize().into())
    }

    /// The part of the bytes that was taken in, 0 to 1.
    pub(super) fn fraction(&self, bytes: &[u8]) -> f32 {
        self.at as f32 / bytes.len().max(1) as f32
    }
}
