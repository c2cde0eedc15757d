//! The stream of Python's `random`: MT19937 (Matsumoto and Nishimura, 1998), seeded as CPython does it.

use engine::random::Generator;
use sha2::{Digest, Sha512};

/// The state of a generator.
#[derive(Clone)]
pub(crate) struct Twister(Generator);

impl Twister {
    /// Seeded with a whole number, whose sign does not count.
    pub(crate) fn from_int(seed: i64) -> Self {
        let seed = seed.unsigned_abs();
        let (low, high) = (seed as u32, (seed >> 32) as u32);
        let key = [low, high];
        Self(Generator::from_key(if high == 0 { &key[..1] } else { &key }))
    }

    /// Seeded with a text: the bytes and their SHA-512, read as one number.
    pub(crate) fn from_text(text: &str) -> Self {
        let mut bytes = text.as_bytes().to_vec();
        bytes.extend(Sha512::digest(text.as_bytes()));
        let word = |chunk: &[u8]| chunk.iter().fold(0, |word, byte| word << 8 | u32::from(*byte));
        let mut words: Vec<u32> = bytes.rchunks(4).map(word).collect();
        while words.len() > 1 && words.last() == Some(&0) {
            words.pop();
        }
        Self(Generator::from_key(&words))
    }

    /// The next 32 bits.
    pub(crate) fn word(&mut self) -> u32 {
        self.0.random()
    }

    /// A float in `[0, 1)` with 53 random bits.
    pub(crate) fn random(&mut self) -> f64 {
        let (high, low) = (self.word() >> 5, self.word() >> 6);
        (f64::from(high) * 67_108_864.0 + f64::from(low)) / 9_007_199_254_740_992.0
    }

    /// So many random bits, at most 64: the first word has the lowest.
    pub(crate) fn bits(&mut self, count: u32) -> u64 {
        match count {
            0 => 0,
            1..=32 => u64::from(self.word() >> (32 - count)),
            _ => {
                let low = u64::from(self.word());
                low | u64::from(self.word() >> (64 - count.min(64))) << 32
            }
        }
    }

    /// Its words and the place of the next one, as `getstate` gives them.
    pub(crate) fn state(&self) -> Vec<u32> {
        let (words, next) = self.0.words();
        words.into_iter().chain([next as u32]).collect()
    }

    /// The generator with that state; nothing, if it is none.
    pub(crate) fn from_state(state: &[u32]) -> Option<Self> {
        let (next, words) = state.split_last()?;
        Generator::at(words.try_into().ok()?, usize::try_from(*next).ok()?).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_cpython() {
        let mut seeded = Twister::from_int(0);
        assert_eq!(seeded.random(), 0.844_421_851_525_048_1);
        assert_eq!(seeded.bits(16), 49673);
        assert_eq!(Twister::from_int(-42).random(), 0.639_426_798_457_883_7);
        assert_eq!(Twister::from_int(1 << 40).random(), 0.103_639_456_281_237_5);
        assert_eq!(Twister::from_text("abc").random(), 0.772_024_631_415_754_5);
    }

    #[test]
    fn a_state_can_be_kept() {
        let mut seeded = Twister::from_int(7);
        seeded.random();
        let mut again = Twister::from_state(&seeded.state()).expect("it is one");
        assert_eq!(seeded.random(), again.random());
        assert!(Twister::from_state(&[1, 2]).is_none());
    }
}
