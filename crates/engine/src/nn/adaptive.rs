//! Pooling to a given size, whatever that of the input.

use super::pool::{Divisor, Pooling, avg_pool2d};
use crate::error::{Error, Result};
use crate::layout::checked_numel;
use crate::tensor::Tensor;

/// The mean over as many windows as asked for, `size` = [height, width]; `None` keeps the input's. Window o of O
/// reaches from ⌊o·L/O⌋ to ⌈(o + 1)·L/O⌉. x is `[N, C, H, W]` or `[C, H, W]`.
///
/// # Errors
/// [`Error::Shape`] for other shapes, negative sizes or other elements than real numbers, [`Error::TooLarge`].
pub fn adaptive_avg_pool2d(x: &Tensor, size: [Option<i64>; 2]) -> Result<Tensor> {
    if x.ndim() != 3 && x.ndim() != 4 {
        let text = "adaptive_avg_pool2d(): Expected 3D or 4D tensor, but got";
        return Err(Error::Shape(format!("{text} {:?}", x.shape())));
    }
    let (height, width) = (x.ndim() - 2, x.ndim() - 1);
    let [h, w] = [height, width].map(|d| x.shape()[d]);
    let wanted = [size[0].unwrap_or(h as i64), size[1].unwrap_or(w as i64)];
    if wanted.iter().any(|&n| n < 0) {
        return Err(Error::Shape(format!(
            "adaptive_avg_pool2d: elements of output_size must be greater than or equal to 0 but received {{{}, {}}}",
            wanted[0], wanted[1]
        )));
    }
    if !x.dtype().is_floating_point() {
        let found = x.dtype().scalar_type();
        return Err(Error::Shape(format!("\"adaptive_avg_pool2d\" not implemented for '{found}'")));
    }
    if wanted == [1, 1] {
        return x.mean(&[-2, -1], true);
    }
    let divides = |n: usize, o: i64| o > 0 && n > 0 && (n as i64) % o == 0;
    x.engine().call("adaptive_avg_pool2d", "AdaptiveAvgPool2DBackward0", || {
        if divides(h, wanted[0]) && divides(w, wanted[1]) && x.shape()[height - 1] > 0 {
            let kernel = [h as i64 / wanted[0], w as i64 / wanted[1]];
            return avg_pool2d(x, &Pooling::new(kernel), Divisor::All);
        }
        means(&means(x, height, wanted[0])?, width, wanted[1])
    })
}

/// The means along one dimension: the elements of each window are listed, with any element where there is none.
fn means(x: &Tensor, dim: usize, count: i64) -> Result<Tensor> {
    let len = x.shape()[dim] as i64;
    checked_numel(&[usize::try_from(count).unwrap_or(usize::MAX)])?;
    let bounds = |o: i64| (o * len / count, ((o + 1) * len + count - 1) / count);
    let size = (0..count).map(|o| bounds(o).1 - bounds(o).0).max().unwrap_or(0);
    let rows = [count as usize, size as usize];
    checked_numel(&rows)?;
    let (mut places, mut inside, mut sizes) = (Vec::new(), Vec::new(), Vec::new());
    for (start, end) in (0..count).map(bounds) {
        // Not every device holds float64.
        sizes.push((end - start) as f32);
        for place in start..start + size {
            places.push(place.min(len - 1));
            inside.push(place < end);
        }
    }
    let engine = x.engine();
    let x = x.transpose(0, dim as i64)?;
    let beside = vec![1; x.ndim() - 1];
    let rest = x.shape()[1..].to_vec();
    let index = engine.tensor(places, &[rows[0] * rows[1]])?;
    let elements = x.rows(0, &index)?.reshape_to(&[&rows, rest.as_slice()].concat())?;
    let inside = engine.tensor(inside, &[&rows, beside.as_slice()].concat())?;
    let sizes = engine.tensor(sizes, &[&rows[..1], &beside].concat())?.to(x.dtype())?;
    inside.where_(&elements, 0.0)?.sum(&[1], false)?.div(&sizes)?.transpose(0, dim as i64)
}
