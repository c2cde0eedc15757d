//! The generator: MT19937 (Matsumoto and Nishimura 1998), as `torch.Generator` on the CPU.

const N: usize = 624;
const M: usize = 397;

/// `torch.Generator`: a stream of 32-bit words. It is a value: a clone is what `get_state` gives, and assigning
/// one is `set_state`.
#[derive(Clone, Debug, PartialEq)]
pub struct Generator {
    state: [u32; N],
    next: usize,
    seed: u64,
    /// The second of the two normal numbers that were computed together, until it is asked for.
    pub(super) spare_normal: Option<f64>,
}

impl Generator {
    /// The seed that PyTorch gives to a generator that nobody has seeded.
    pub const DEFAULT_SEED: u64 = 67_280_421_310_721;

    /// `torch.manual_seed(seed)`. Only the low 32 bits of the seed count, as in PyTorch. A negative seed is the
    /// unsigned number of the same bits.
    pub fn manual_seed(seed: u64) -> Self {
        Self { seed, ..Self::from_words(seeded(seed as u32)) }
    }

    /// A generator that begins with this state.
    fn from_words(state: [u32; N]) -> Self {
        Self { state, next: N, seed: 0, spare_normal: None }
    }

    /// Seeded with words of any number: `init_by_array` of the reference implementation, which Python's `random` uses.
    pub fn from_key(key: &[u32]) -> Self {
        let mut state = seeded(19_650_218);
        let mut i = 1;
        let mut mix = |factor: u32, added: &dyn Fn(usize) -> u32| {
            let before = state[i - 1];
            state[i] = (state[i] ^ (before ^ before >> 30).wrapping_mul(factor)).wrapping_add(added(i));
            i += 1;
            if i == N {
                state[0] = state[N - 1];
                i = 1;
            }
        };
        for round in 0..N.max(key.len()) {
            let j = round % key.len().max(1);
            let word = key.get(j).copied().unwrap_or(0).wrapping_add(j as u32);
            mix(1_664_525, &|_| word);
        }
        for _ in 1..N {
            mix(1_566_083_941, &|i| (i as u32).wrapping_neg());
        }
        state[0] = 0x8000_0000;
        Self::from_words(state)
    }

    /// Its words, and the place of the next one among them.
    pub fn words(&self) -> ([u32; N], usize) {
        (self.state, self.next)
    }

    /// A generator with these [words](Self::words), and the place of the next one; nothing, if it is past the end.
    pub fn at(words: [u32; N], next: usize) -> Option<Self> {
        (next <= N).then(|| Self { next, ..Self::from_words(words) })
    }

    /// What it was seeded with: `initial_seed()`.
    pub fn initial_seed(&self) -> u64 {
        self.seed
    }

    /// The next 32 bits.
    pub fn random(&mut self) -> u32 {
        if self.next == N {
            self.refill();
        }
        let mut y = self.state[self.next];
        self.next += 1;
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c_5680;
        y ^= (y << 15) & 0xefc6_0000;
        y ^ (y >> 18)
    }

    /// The next 64 bits: the first word is the upper half.
    pub fn random64(&mut self) -> u64 {
        let high = u64::from(self.random());
        high << 32 | u64::from(self.random())
    }

    fn refill(&mut self) {
        for i in 0..N {
            let y = (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % N] & 0x7fff_ffff);
            let twist = if y & 1 == 1 { 0x9908_b0df } else { 0 };
            self.state[i] = self.state[(i + M) % N] ^ (y >> 1) ^ twist;
        }
        self.next = 0;
    }
}

impl Default for Generator {
    fn default() -> Self {
        Self::manual_seed(Self::DEFAULT_SEED)
    }
}

/// The state that a 32-bit seed gives: `init_genrand` of the reference implementation.
fn seeded(seed: u32) -> [u32; N] {
    let mut state = [0; N];
    state[0] = seed;
    for i in 1..N {
        let last = state[i - 1];
        state[i] = 1_812_433_253u32.wrapping_mul(last ^ (last >> 30)).wrapping_add(i as u32);
    }
    state
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_reference_implementation() {
        let mut generator = Generator::manual_seed(5489);
        assert_eq!(generator.random(), 3_499_211_612);
        let later = (0..9_999).map(|_| generator.random()).last();
        assert_eq!(later, Some(4_123_659_995), "the 10,000th word, as the C++ standard gives it");
    }

    #[test]
    fn a_clone_goes_on_from_the_same_place() {
        let mut generator = Generator::manual_seed(3);
        generator.random64();
        let mut fork = generator.clone();
        assert_eq!(generator.random64(), fork.random64());
        assert_eq!(fork.initial_seed(), 3);
    }
}
