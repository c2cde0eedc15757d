//! The stream of Python's `random`: MT19937 (Matsumoto and Nishimura, 1998), seeded as CPython does it.

use super::sha512::sha512;

const WORDS: usize = 624;
const SHIFT: usize = 397;

/// The state of a generator.
#[derive(Clone)]
pub(crate) struct Twister {
    words: Vec<u32>,
    /// The next word that is given; behind the last one, all are made anew.
    next: usize,
}

impl Twister {
    /// Seeded with a whole number, whose sign does not count.
    pub(crate) fn from_int(seed: i64) -> Self {
        let seed = seed.unsigned_abs();
        let (low, high) = (seed as u32, (seed >> 32) as u32);
        if high == 0 { Self::from_words(&[low]) } else { Self::from_words(&[low, high]) }
    }

    /// Seeded with a text: the bytes and their SHA-512, read as one number.
    pub(crate) fn from_text(text: &str) -> Self {
        let mut bytes = text.as_bytes().to_vec();
        bytes.extend(sha512(text.as_bytes()));
        let word = |chunk: &[u8]| chunk.iter().fold(0, |word, byte| word << 8 | u32::from(*byte));
        let mut words: Vec<u32> = bytes.rchunks(4).map(word).collect();
        while words.len() > 1 && words.last() == Some(&0) {
            words.pop();
        }
        Self::from_words(&words)
    }

    /// The generator's `init_by_array`.
    fn from_words(key: &[u32]) -> Self {
        let mut words = vec![19_650_218_u32];
        for i in 1..WORDS as u32 {
            let last = words.last().copied().unwrap_or(0);
            words.push((last ^ last >> 30).wrapping_mul(1_812_433_253).wrapping_add(i));
        }
        let mut twister = Self { words, next: WORDS };
        let mut i = 1;
        for round in 0..WORDS.max(key.len()) {
            let j = round % key.len().max(1);
            let added = key.get(j).copied().unwrap_or(0).wrapping_add(j as u32);
            i = twister.mix(i, 1_664_525, added);
        }
        for _ in 1..WORDS {
            let subtracted = (i as u32).wrapping_neg();
            i = twister.mix(i, 1_566_083_941, subtracted);
        }
        if let Some(first) = twister.words.first_mut() {
            *first = 0x8000_0000;
        }
        twister
    }

    /// One step of seeding; the place of the next.
    fn mix(&mut self, i: usize, factor: u32, added: u32) -> usize {
        let before = self.words.get(i - 1).copied().unwrap_or(0);
        if let Some(word) = self.words.get_mut(i) {
            *word = (*word ^ (before ^ before >> 30).wrapping_mul(factor)).wrapping_add(added);
        }
        if i + 1 < WORDS {
            return i + 1;
        }
        let last = self.words.last().copied().unwrap_or(0);
        if let Some(first) = self.words.first_mut() {
            *first = last;
        }
        1
    }

    fn renew(&mut self) {
        for i in 0..WORDS {
            let at = |k: usize| self.words.get(k % WORDS).copied().unwrap_or(0);
            let joined = at(i) & 0x8000_0000 | at(i + 1) & 0x7fff_ffff;
            let twist = if joined & 1 == 1 { 0x9908_b0df } else { 0 };
            let new = at(i + SHIFT) ^ joined >> 1 ^ twist;
            if let Some(word) = self.words.get_mut(i) {
                *word = new;
            }
        }
        self.next = 0;
    }

    /// The next 32 bits.
    pub(crate) fn word(&mut self) -> u32 {
        if self.next >= WORDS {
            self.renew();
        }
        let mut word = self.words.get(self.next).copied().unwrap_or(0);
        self.next += 1;
        word ^= word >> 11;
        word ^= word << 7 & 0x9d2c_5680;
        word ^= word << 15 & 0xefc6_0000;
        word ^ word >> 18
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
        self.words.iter().copied().chain([self.next as u32]).collect()
    }

    /// The generator with that state; nothing, if it is none.
    pub(crate) fn from_state(state: &[u32]) -> Option<Self> {
        let (next, words) = state.split_last()?;
        let next = usize::try_from(*next).ok().filter(|&next| next <= WORDS)?;
        (words.len() == WORDS).then(|| Self { words: words.to_vec(), next })
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
