//! Tensors filled in place: `uniform_`, `normal_` and their kin.

use super::Generator;
use crate::error::Result;
use crate::host::HostData;
use crate::tensor::Tensor;

impl Tensor {
    /// Real numbers in [low, high).
    ///
    /// # Errors
    /// [`crate::Error::Shape`] for integers or a reversed range; as for [`copy_`](Self::copy_).
    pub fn uniform_(&self, low: f64, high: f64) -> Result<()> {
        self.fill_drawn(|g, n, _| g.uniform_values(self.dtype(), n, low, high))
    }

    /// Normal numbers.
    ///
    /// # Errors
    /// [`crate::Error::Shape`] for integers or a negative `std`; as for [`copy_`](Self::copy_).
    pub fn normal_(&self, mean: f64, std: f64) -> Result<()> {
        self.fill_drawn(|g, n, contiguous| g.normal_values(self.dtype(), n, (mean, std), contiguous))
    }

    /// 1 with probability `p`, 0 otherwise.
    ///
    /// # Errors
    /// [`crate::Error::Shape`] unless 0 ≤ p ≤ 1; as for [`copy_`](Self::copy_).
    pub fn bernoulli_(&self, p: f64) -> Result<()> {
        self.fill_drawn(|g, n, _| g.bernoulli_values(self.dtype(), n, p))
    }

    /// Exponentially distributed numbers of mean 1 / `lambda`.
    ///
    /// # Errors
    /// [`crate::Error::Shape`] for integers or a negative `lambda`; as for [`copy_`](Self::copy_).
    pub fn exponential_(&self, lambda: f64) -> Result<()> {
        self.fill_drawn(|g, n, _| g.exponential_values(self.dtype(), n, lambda))
    }

    /// Numbers whose logarithms are normal.
    ///
    /// # Errors
    /// [`crate::Error::Shape`] for integers or unless `std` is positive; as for [`copy_`](Self::copy_).
    pub fn log_normal_(&self, mean: f64, std: f64) -> Result<()> {
        self.fill_drawn(|g, n, _| g.log_normal_values(self.dtype(), n, mean, std))
    }

    /// How many trials of probability `p` until the first success.
    ///
    /// # Errors
    /// [`crate::Error::Shape`] unless 0 < p < 1; as for [`copy_`](Self::copy_).
    pub fn geometric_(&self, p: f64) -> Result<()> {
        self.fill_drawn(|g, n, _| g.geometric_values(self.dtype(), n, p))
    }

    /// Integers from 0 to the largest that the type holds exactly: `random_()`.
    ///
    /// # Errors
    /// As for [`copy_`](Self::copy_).
    pub fn random_(&self) -> Result<()> {
        self.fill_drawn(|g, n, _| Ok(g.random_values(self.dtype(), n)))
    }

    /// Integers in [low, high): `random_(low, high)`.
    ///
    /// # Errors
    /// [`crate::Error::Shape`] for an empty range or one that the type does not hold; as for [`copy_`](Self::copy_).
    pub fn random_range_(&self, low: i64, high: i64) -> Result<()> {
        self.fill_drawn(|g, n, _| g.randint_values(self.dtype(), n, low, high))
    }

    /// Overwrites the elements, in the order in which they lie in memory, as PyTorch does. `draw` is told how many
    /// there are and whether that is their own order.
    pub(super) fn fill_drawn(
        &self,
        draw: impl FnOnce(&mut Generator, usize, bool) -> Result<HostData>,
    ) -> Result<()> {
        let layout = self.layout();
        self.check_overlap()?;
        let dims = layout.shape.iter().zip(&layout.strides);
        // From the largest step to the smallest. Std's code for sorting is long, and dimensions are few.
        let mut order: Vec<usize> = Vec::with_capacity(self.ndim());
        for (dim, (_, stride)) in dims.enumerate() {
            let at = order.partition_point(|&d| layout.strides[d].abs() >= stride.abs());
            order.insert(at, dim);
        }
        let contiguous = layout.is_contiguous();
        if contiguous {
            order = (0..self.ndim()).collect();
        }
        let engine = self.engine();
        engine.try_generator(|g| {
            let data = draw(g, self.numel(), contiguous)?;
            let shape: Vec<usize> = order.iter().map(|&d| layout.shape[d]).collect();
            let mut back = vec![0; order.len()];
            order.iter().enumerate().for_each(|(i, &d)| back[d] = i as i64);
            engine.aside(|| self.copy_(&engine.tensor(data, &shape)?.permute(&back)?))
        })
    }
}
