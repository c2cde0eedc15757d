//! The generator of `numpy.random.default_rng`: PCG64 (XSL RR 128/64, by Melissa O'Neill), seeded as NumPy's `SeedSequence` does, and
//! the ziggurats of Marsaglia and Tsang.

use std::sync::OnceLock;

/// A stream of 64-bit words.
#[derive(Clone)]
pub(super) struct Pcg {
    state: u128,
    increment: u128,
    /// The upper half of a word whose lower half was asked for.
    half: Option<u32>,
}

const MULTIPLIER: u128 = 0x2360_ED05_1FC6_5DA4_4385_DF64_9FCC_F645;

impl Pcg {
    /// The stream of a seed: words of 32 bits, the lowest first.
    pub(super) fn new(entropy: &[u32]) -> Self {
        let [a, b, c, d] = seed_words(entropy);
        let (seed, stream) = (u128::from(a) << 64 | u128::from(b), u128::from(c) << 64 | u128::from(d));
        let mut new = Self { state: 0, increment: stream << 1 | 1, half: None };
        new.step();
        new.state = new.state.wrapping_add(seed);
        new.step();
        new
    }

    fn step(&mut self) {
        self.state = self.state.wrapping_mul(MULTIPLIER).wrapping_add(self.increment);
    }

    /// The next word.
    pub(super) fn word(&mut self) -> u64 {
        self.step();
        let (high, low) = ((self.state >> 64) as u64, self.state as u64);
        (high ^ low).rotate_right((high >> 58) as u32)
    }

    /// Half a word: first the lower half, then the upper one.
    pub(super) fn half_word(&mut self) -> u32 {
        if let Some(half) = self.half.take() {
            return half;
        }
        let word = self.word();
        self.half = Some((word >> 32) as u32);
        word as u32
    }

    /// A number in [0, 1), of 53 random bits.
    pub(super) fn double(&mut self) -> f64 {
        (self.word() >> 11) as f64 / 9_007_199_254_740_992.0
    }

    /// A number in [0, 1), of 24 random bits.
    pub(super) fn float(&mut self) -> f64 {
        f64::from(self.half_word() >> 8) / 16_777_216.0
    }

    /// A whole number in `0..=most`, by Lemire's method.
    pub(super) fn interval(&mut self, most: u64) -> u64 {
        match u32::try_from(most) {
            Ok(0) => 0,
            Ok(u32::MAX) => u64::from(self.half_word()),
            Ok(most) => {
                let count = u64::from(most) + 1;
                let least = u64::from(u32::MAX - most) % count;
                loop {
                    let product = u64::from(self.half_word()) * count;
                    if u64::from(product as u32) >= least {
                        return product >> 32;
                    }
                }
            }
            Err(_) if most == u64::MAX => self.word(),
            Err(_) => {
                let count = u128::from(most) + 1;
                let least = u128::from(u64::MAX - most) % count;
                loop {
                    let product = u128::from(self.word()) * count;
                    if u128::from(product as u64) >= least {
                        return (product >> 64) as u64;
                    }
                }
            }
        }
    }

    /// A normal number.
    pub(super) fn normal(&mut self) -> f64 {
        let layers = &layers().0;
        loop {
            let word = self.word();
            let (i, rest) = ((word & 0xFF) as usize, word >> 8);
            let (negative, bits) = (rest & 1 == 1, rest >> 1 & 0xF_FFFF_FFFF_FFFF);
            let x = bits as f64 * layers.width[i];
            let x = if negative { -x } else { x };
            if bits < layers.inside[i] {
                return x;
            }
            if i == 0 {
                let last = layers.last;
                loop {
                    let beyond = -(-self.double()).ln_1p() / last;
                    let y = -(-self.double()).ln_1p();
                    if y + y > beyond * beyond {
                        return if bits >> 8 & 1 == 1 { -(last + beyond) } else { last + beyond };
                    }
                }
            }
            let (above, below) = (layers.density[i - 1], layers.density[i]);
            if (above - below) * self.double() + below < (-0.5 * x * x).exp() {
                return x;
            }
        }
    }

    /// A number of the exponential distribution.
    pub(super) fn exponential(&mut self) -> f64 {
        let layers = &layers().1;
        loop {
            let word = self.word() >> 3;
            let (i, bits) = ((word & 0xFF) as usize, word >> 8);
            let x = bits as f64 * layers.width[i];
            if bits < layers.inside[i] {
                return x;
            }
            if i == 0 {
                return layers.last - (-self.double()).ln_1p();
            }
            let (above, below) = (layers.density[i - 1], layers.density[i]);
            if (above - below) * self.double() + below < (-x).exp() {
                return x;
            }
        }
    }
}

/// The layers of a ziggurat.
struct Layers {
    /// What a random number is multiplied with.
    width: [f64; 256],
    /// Below this, the random number is surely inside.
    inside: [u64; 256],
    /// The density at the right end.
    density: [f64; 256],
    /// Where the tail begins.
    last: f64,
}

fn layers() -> &'static (Layers, Layers) {
    static LAYERS: OnceLock<(Layers, Layers)> = OnceLock::new();
    LAYERS.get_or_init(|| {
        let normal = Layers::new(0, 52, 3.654_152_885_361_009, |x| (-0.5 * x * x).exp());
        (normal, Layers::new(256, 53, 7.697_117_470_131_05, |x| (-x).exp()))
    })
}

impl Layers {
    /// From the widths in the table: see `tests/golden/ziggurat.py`.
    fn new(from: usize, bits: i32, last: f64, density: fn(f64) -> f64) -> Self {
        const TABLE: &[u8] = include_bytes!("ziggurat.bin");
        let scale = 2f64.powi(bits);
        let mut new = Self { width: [0.0; 256], inside: [0; 256], density: [1.0; 256], last };
        let entries = TABLE.chunks_exact(8).skip(from);
        for (width, entry) in new.width.iter_mut().zip(entries) {
            *width = f64::from_le_bytes(entry.try_into().unwrap_or_default());
        }
        for i in 1..256 {
            let inner = if i == 1 { 0.0 } else { new.width[i - 1] };
            new.inside[i] = (inner / new.width[i] * scale) as u64;
            new.density[i] = density(new.width[i] * scale);
        }
        new.inside[0] = (new.width[255] / new.width[0] * scale) as u64;
        new
    }
}

/// What `SeedSequence` makes of a seed.
fn seed_words(entropy: &[u32]) -> [u64; 4] {
    let mut key = 0x43B0_D7E5u32;
    let mut hash = |value: u32| {
        let value = value ^ key;
        key = key.wrapping_mul(0x931E_8875);
        let value = value.wrapping_mul(key);
        value ^ value >> 16
    };
    let mix = |x: u32, y: u32| {
        let mixed = x.wrapping_mul(0xCA01_F9DD).wrapping_sub(y.wrapping_mul(0x4973_F715));
        mixed ^ mixed >> 16
    };
    let mut pool = [0u32; 4];
    for (i, place) in pool.iter_mut().enumerate() {
        *place = hash(entropy.get(i).copied().unwrap_or(0));
    }
    for from in 0..4 {
        for to in 0..4 {
            if from != to {
                pool[to] = mix(pool[to], hash(pool[from]));
            }
        }
    }
    for &word in entropy.iter().skip(4) {
        for place in &mut pool {
            *place = mix(*place, hash(word));
        }
    }
    let mut key = 0x8B51_F9DDu32;
    let mut words = pool.iter().cycle().map(|&word| {
        let word = word ^ key;
        key = key.wrapping_mul(0x58F3_8DED);
        let word = word.wrapping_mul(key);
        u64::from(word ^ word >> 16)
    });
    std::array::from_fn(|_| {
        let low = words.next().unwrap_or_default();
        low | words.next().unwrap_or_default() << 32
    })
}
