//! How many batches an epoch has and where each begins: the arithmetic of PyTorch's `DataLoader`.
//!
//! Not the order of the samples: a shuffled epoch takes its ranges out of a permutation that the engine draws.

use std::num::NonZeroUsize;
use std::ops::Range;

/// The batches of one epoch.
///
/// ```
/// use datasets::batches::Batches;
///
/// let batches = Batches::new(10, 4).ok_or("a batch size of zero")?;
/// assert_eq!(batches.len(), 3);
/// assert_eq!(batches.range(2), Some(8..10));
/// assert_eq!(batches.drop_last(true).len(), 2);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batches {
    samples: usize,
    size: NonZeroUsize,
    drop_last: bool,
}

impl Batches {
    /// Cuts `samples` into batches of `size`; the last one is smaller where they do not divide evenly.
    /// `None` for a size of zero, which PyTorch refuses too.
    pub fn new(samples: usize, size: usize) -> Option<Self> {
        Some(Self { samples, size: NonZeroUsize::new(size)?, drop_last: false })
    }

    /// Whether to leave out a last batch that is smaller than the others, as `DataLoader(drop_last=True)` does.
    #[must_use]
    pub fn drop_last(self, drop_last: bool) -> Self {
        Self { drop_last, ..self }
    }

    /// The number of batches: `len(loader)`.
    pub fn len(&self) -> usize {
        if self.drop_last { self.samples / self.size } else { self.samples.div_ceil(self.size.get()) }
    }

    /// Whether an epoch has no batch at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The samples of one batch, as positions in the epoch's order; `None` past the last batch.
    pub fn range(&self, batch: usize) -> Option<Range<usize>> {
        if batch >= self.len() {
            return None;
        }
        // Below `len`, so the product is at most `samples` and cannot overflow; the end could.
        let start = batch * self.size.get();
        Some(start..start.saturating_add(self.size.get()).min(self.samples))
    }

    /// All batches in order.
    pub fn iter(self) -> impl Iterator<Item = Range<usize>> {
        (0..self.len()).filter_map(move |batch| self.range(batch))
    }
}

#[cfg(test)]
mod tests {
    use super::Batches;

    /// Samples, batch size, `drop_last`, `len(DataLoader(…))` as PyTorch gives it, the last batch's size.
    const CASES: &[(usize, usize, bool, usize, usize)] = &[
        (60_000, 64, false, 938, 32),
        (60_000, 64, true, 937, 64),
        (60_000, 100, false, 600, 100),
        (60_000, 100, true, 600, 100),
        (60_000, 1, false, 60_000, 1),
        (60_000, 60_000, true, 1, 60_000),
        (10, 64, false, 1, 10),
        (10, 64, true, 0, 0),
        (0, 64, false, 0, 0),
        (usize::MAX, usize::MAX - 1, false, 2, 1),
    ];

    #[test]
    fn counts_and_last_batches_are_pytorchs() {
        for &(samples, size, drop_last, len, last) in CASES {
            let batches = Batches::new(samples, size).expect("the size is not zero").drop_last(drop_last);
            assert_eq!(batches.len(), len, "{samples} by {size}, drop_last {drop_last}");
            assert_eq!(batches.is_empty(), len == 0);
            let found = batches.iter().last().map_or(0, |range| range.len());
            assert_eq!(found, last, "the last batch of {samples} by {size}, drop_last {drop_last}");
            assert_eq!(batches.range(len), None);
        }
    }

    #[test]
    fn batches_follow_each_other_without_gaps() {
        for samples in 0..40 {
            for size in 1..12 {
                let batches = Batches::new(samples, size).expect("the size is not zero");
                let joined: Vec<usize> = batches.iter().flatten().collect();
                assert_eq!(joined, (0..samples).collect::<Vec<_>>(), "{samples} by {size}");
                let whole: Vec<usize> = batches.drop_last(true).iter().flatten().collect();
                assert_eq!(whole, (0..samples / size * size).collect::<Vec<_>>(), "{samples} by {size}");
            }
        }
    }

    #[test]
    fn a_batch_size_of_zero_is_refused() {
        assert_eq!(Batches::new(10, 0), None);
    }
}
