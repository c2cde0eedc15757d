//! PyTorch's random numbers on the CPU: the same seed gives the same numbers.
//!
//! The generator is MT19937 (Matsumoto and Nishimura 1998); how its words become numbers follows what
//! PyTorch's CPU generator documents and does.

const N: usize = 624;
const M: usize = 397;

/// `torch.Generator`: a stream of 32-bit words.
#[derive(Clone)]
pub struct Generator {
    state: [u32; N],
    next: usize,
}

impl Generator {
    /// `torch.manual_seed(seed)`. Only the low 32 bits of the seed count, as in PyTorch.
    pub fn manual_seed(seed: u64) -> Self {
        let mut state = [0; N];
        state[0] = seed as u32;
        for i in 1..N {
            let last = state[i - 1];
            state[i] = 1_812_433_253u32.wrapping_mul(last ^ (last >> 30)).wrapping_add(i as u32);
        }
        Self { state, next: N }
    }

    fn refill(&mut self) {
        for i in 0..N {
            let y = (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % N] & 0x7fff_ffff);
            let twist = if y & 1 == 1 { 0x9908_b0df } else { 0 };
            self.state[i] = self.state[(i + M) % N] ^ (y >> 1) ^ twist;
        }
        self.next = 0;
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

    /// One float32 in [low, high), as `uniform_` draws it: 24 random bits.
    pub fn uniform(&mut self, low: f32, high: f32) -> f32 {
        let unit = (self.random() & 0x00ff_ffff) as f32 / 16_777_216.0;
        // One rounding, as PyTorch's builds for processors with FMA do it.
        unit.mul_add(high - low, low)
    }

    /// `n` values of `torch.rand`.
    pub fn rand(&mut self, n: usize) -> Vec<f32> {
        (0..n).map(|_| self.uniform(0.0, 1.0)).collect()
    }

    /// `torch.randperm(n)`.
    pub fn randperm(&mut self, n: usize) -> Vec<i64> {
        let mut order: Vec<i64> = (0..n as i64).collect();
        for i in 0..n.saturating_sub(1) {
            let z = self.random() as usize % (n - i);
            order.swap(i, i + z);
        }
        order
    }

    /// The order of `n` samples that a shuffling `DataLoader` takes next: it draws a base seed for its workers
    /// and a seed for its sampler, whose own generator makes the permutation.
    pub fn shuffled_epoch(&mut self, n: usize) -> Vec<i64> {
        let _base_seed = self.random64();
        let sampler_seed = self.random64() & i64::MAX as u64;
        Self::manual_seed(sampler_seed).randperm(n)
    }

    /// Moves on as [`shuffled_epoch`](Self::shuffled_epoch) does, without making the order.
    pub fn skip_epochs(&mut self, epochs: u64) {
        for _ in 0..epochs {
            self.random64();
            self.random64();
        }
    }
}

/// The default initialisation of `nn.Linear(inputs, outputs)`: weight `[outputs, inputs]` and bias `[outputs]`,
/// uniform within ±1/√inputs.
pub fn linear_init(generator: &mut Generator, inputs: usize, outputs: usize) -> (Vec<f32>, Vec<f32>) {
    // kaiming_uniform_ with a = √5: its gain is √(2 / (1 + 5)), its bound gain · √(3 / inputs).
    let gain = (2.0f64 / (1.0 + 5.0f64.sqrt().powi(2))).sqrt();
    let weight_bound = 3.0f64.sqrt() * (gain / (inputs as f64).sqrt());
    let bias_bound = 1.0 / (inputs as f64).sqrt();
    let mut draw = |n: usize, bound: f64| -> Vec<f32> {
        (0..n).map(|_| generator.uniform(-bound as f32, bound as f32)).collect()
    };
    (draw(inputs * outputs, weight_bound), draw(outputs, bias_bound))
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
    fn rand_prints_what_pytorch_prints() {
        let values: Vec<String> =
            Generator::manual_seed(1).rand(6).iter().map(|x| format!("{x:.4}")).collect();
        assert_eq!(values, ["0.7576", "0.2793", "0.4031", "0.7347", "0.0293", "0.7999"]);
    }

    #[test]
    fn skipping_epochs_leads_to_the_same_order() {
        let (mut walked, mut skipped) = (Generator::manual_seed(7), Generator::manual_seed(7));
        walked.shuffled_epoch(10);
        walked.shuffled_epoch(10);
        skipped.skip_epochs(2);
        assert_eq!(walked.shuffled_epoch(100), skipped.shuffled_epoch(100));
    }

    #[test]
    fn a_linear_layer_and_its_data_loader_draw_what_pytorch_draws() {
        // torch.manual_seed(1); l = nn.Linear(784, 10); iter(DataLoader(range(60000), 64, shuffle=True)), twice
        let mut generator = Generator::manual_seed(1);
        let (weight, bias) = linear_init(&mut generator, 784, 10);
        assert_eq!(weight[..4], [0.018402258, -0.01576351, -0.006923625, 0.016763177]);
        assert_eq!((weight[7839], bias[0], bias[2]), (-0.024926003, 0.030644631, 0.027682379));
        assert_eq!(generator.shuffled_epoch(60_000)[..4], [12719, 1445, 9602, 30832]);
        assert_eq!(generator.shuffled_epoch(60_000)[..4], [16850, 34875, 8479, 23618]);
    }
}
