//! A quick hash for tables of our own. The standard library's withstands attackers, who are not to be feared here, and
//! takes several times as long.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A table that is looked up often.
pub(crate) type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<Mix>>;

/// Turns, mixes in, multiplies.
#[derive(Default)]
pub(crate) struct Mix(u64);

impl Mix {
    /// The hash of many words.
    pub(crate) fn of(words: &[u64]) -> u64 {
        let mut mix = Self::default();
        words.iter().for_each(|&word| mix.write_u64(word));
        mix.0
    }
}

impl Hasher for Mix {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(byte.into()));
    }

    fn write_u32(&mut self, word: u32) {
        self.write_u64(word.into());
    }

    fn write_usize(&mut self, word: usize) {
        self.write_u64(word as u64);
    }

    fn write_isize(&mut self, word: isize) {
        self.write_u64(word as u64);
    }

    fn write_u64(&mut self, word: u64) {
        // An odd number without a pattern: 2⁶⁴ / π.
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
