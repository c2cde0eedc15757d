//! The orders in which `torch.utils.data` takes samples.

use super::Generator;

impl Generator {
    /// The order of `n` samples that a shuffling `DataLoader` takes next: it draws a base seed for its workers
    /// and a seed for its sampler, whose own generator makes the permutation.
    pub fn shuffled_epoch(&mut self, n: usize) -> Vec<i64> {
        let _base_seed = self.random64();
        self.random_sampler(n)
    }

    /// Moves on as [`shuffled_epoch`](Self::shuffled_epoch) does, without making the order.
    pub fn skip_epochs(&mut self, epochs: u64) {
        for _ in 0..epochs {
            self.random64();
            self.random64();
        }
    }

    /// The order of a `DataLoader(…, shuffle=True, generator=self)`: base seed and permutation come from the one
    /// generator.
    pub fn own_shuffled_epoch(&mut self, n: usize) -> Vec<i64> {
        let _base_seed = self.random64();
        self.randperm(n)
    }

    /// The order of a `RandomSampler` without a generator of its own: it draws a seed here, and the permutation
    /// from a generator of that seed.
    pub fn random_sampler(&mut self, n: usize) -> Vec<i64> {
        let seed = self.random64() & i64::MAX as u64;
        Self::manual_seed(seed).randperm(n)
    }

    /// The order of a `RandomSampler(replacement=True)` of `n` samples, of which it takes `samples`. It draws as in
    /// [`random_sampler`](Self::random_sampler). Nothing is taken from nothing.
    pub fn replacement_sampler(&mut self, n: usize, samples: usize) -> Vec<i64> {
        let seed = self.random64() & i64::MAX as u64;
        let mut own = Self::manual_seed(seed);
        let samples = if n == 0 { 0 } else { samples };
        let wide = n as u64 >= 1 << 32;
        let mut draw = || if wide { own.random64() } else { u64::from(own.random()) };
        (0..samples).map(|_| (draw() % n as u64) as i64).collect()
    }

    /// The indices of each part of a `random_split(dataset, lengths, generator=self)`.
    pub fn random_split(&mut self, lengths: &[usize]) -> Vec<Vec<i64>> {
        let mut order = self.randperm(lengths.iter().sum()).into_iter();
        lengths.iter().map(|&n| order.by_ref().take(n).collect()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::linear_init;

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
