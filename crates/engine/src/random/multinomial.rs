//! `torch.multinomial`: indices drawn by the weights of rows.

use super::Generator;
use crate::error::{Result, shape_error};
use crate::host::HostData;

impl Generator {
    /// The elements of `torch.multinomial(weights, samples, replacement)`, row after row, and their shape.
    /// The weights are `[categories]` or `[rows, categories]`, of float32 or float64.
    ///
    /// # Errors
    /// [`Error::Shape`] for what cannot be drawn from.
    pub fn multinomial_values(
        &mut self,
        weights: &HostData,
        shape: &[usize],
        samples: usize,
        replacement: bool,
    ) -> Result<(Vec<i64>, Vec<usize>)> {
        let (rows, categories) = match *shape {
            [categories] => (1, categories),
            [rows, categories] => (rows, categories),
            _ => return shape_error("prob_dist must be 1 or 2 dim"),
        };
        if !weights.dtype().is_floating_point() {
            let name = weights.dtype().scalar_type();
            return shape_error(format!(
                "multinomial only supports floating-point dtypes for input, got: {name}"
            ));
        }
        if samples == 0 {
            return shape_error("cannot sample n_sample <= 0 samples");
        }
        if !replacement && samples > categories {
            return shape_error("cannot sample n_sample > prob_dist.size(-1) samples without replacement");
        }
        let out_shape = if shape.len() == 1 { vec![samples] } else { vec![rows, samples] };
        let count = crate::layout::checked_numel(&out_shape)?;
        if count == 0 {
            return Ok((Vec::new(), out_shape));
        }
        if categories == 0 {
            return shape_error("invalid multinomial distribution (sum of probabilities <= 0)");
        }
        let drawn = if replacement {
            self.with_replacement(weights, categories, samples)?
        } else {
            self.without_replacement(weights, categories, samples)?
        };
        Ok((drawn, out_shape))
    }

    /// The places of the largest weightᵢ / eᵢ, where the eᵢ are exponentially distributed.
    fn without_replacement(
        &mut self,
        weights: &HostData,
        categories: usize,
        samples: usize,
    ) -> Result<Vec<i64>> {
        let w = weights.to_f64();
        if w.iter().any(|w| !w.is_finite() || *w < 0.0) {
            return shape_error("probability tensor contains either `inf`, `nan` or element < 0");
        }
        if w.chunks(categories).any(|row| row.iter().sum::<f64>() <= 0.0) {
            return shape_error("invalid multinomial distribution (sum of probabilities <= 0)");
        }
        let waits = self.exponential_values(weights.dtype(), w.len(), 1.0)?;
        let single = matches!(weights, HostData::Float32(_));
        let scores = w.iter().zip(waits.to_f64()).map(|(w, e)| {
            // The quotient of two float32 in float64, rounded, is their quotient in float32.
            if single { f64::from((w / e) as f32) } else { w / e }
        });
        let scores: Vec<f64> = scores.collect();
        let best = |row: &[f64]| {
            let mut order: Vec<usize> = (0..categories).collect();
            sorting::sort_by(&mut order, |&a, &b| row[b].total_cmp(&row[a]));
            order.into_iter().take(samples).map(|i| i as i64).collect::<Vec<_>>()
        };
        Ok(scores.chunks(categories).flat_map(best).collect())
    }

    /// For each sample the first place where the cumulated weights reach a uniform number.
    fn with_replacement(
        &mut self,
        weights: &HostData,
        categories: usize,
        samples: usize,
    ) -> Result<Vec<i64>> {
        let single = matches!(weights, HostData::Float32(_));
        // Sums and quotients are rounded to the type of the weights.
        let round = |x: f64| if single { f64::from(x as f32) } else { x };
        let mut drawn = Vec::new();
        for row in weights.to_f64().chunks_mut(categories) {
            let mut sum = 0.0;
            for value in row.iter_mut() {
                if *value < 0.0 || value.is_nan() {
                    return shape_error(
                        "invalid multinomial distribution (encountering probability entry < 0)",
                    );
                }
                if value.is_infinite() {
                    return shape_error(
                        "invalid multinomial distribution (encountering probability entry = infinity or NaN)",
                    );
                }
                sum = round(sum + *value);
                *value = sum;
            }
            if sum <= 0.0 {
                return shape_error("invalid multinomial distribution (sum of probabilities <= 0)");
            }
            row.iter_mut().for_each(|value| *value = round(*value / sum));
            row[categories - 1] = 1.0;
            for _ in 0..samples {
                let u = self.uniform64(0.0, 1.0);
                drawn.push(row.partition_point(|&reached| reached < u) as i64);
            }
        }
        Ok(drawn)
    }
}
