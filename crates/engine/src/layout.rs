//! Shapes, strides and how views are made of them. Arithmetic on sizes is checked in `u64`,
//! because `usize` has 32 bits in the browser.

use crate::dims::Dims;
use crate::error::{Error, Result};
use crate::quick::QuickMap;

/// The most elements a tensor may have: what both a 32-bit `usize` of bytes and WGSL's `u32` can address.
pub const MAX_ELEMENTS: u64 = 1 << 28;

/// The most dimensions of one tensor. What is known of a tensor grows with them.
pub const MAX_DIMS: usize = 256;

/// How a tensor lies in its storage: element `[i, j, …]` is at `offset + i·strides[0] + j·strides[1] + …`.
/// Sizes, strides and offset are in elements.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Layout {
    /// The size of each dimension.
    pub shape: Dims<usize>,
    /// The step between neighbours in each dimension; 0 where a size-1 dimension was expanded.
    pub strides: Dims<isize>,
    /// Where element `[0, 0, …]` is.
    pub offset: usize,
}

impl Layout {
    /// Row-major, without gaps, from the start of the storage.
    pub fn contiguous(shape: &[usize]) -> Self {
        let mut strides = Dims::repeat(1isize, shape.len());
        for d in (1..shape.len()).rev() {
            // Beside a size of 0 the others may be anything.
            strides[d - 1] = strides[d].wrapping_mul(shape[d].max(1) as isize);
        }
        Self { shape: shape.into(), strides, offset: 0 }
    }

    /// The number of elements.
    pub fn numel(&self) -> usize {
        if self.shape.contains(&0) { 0 } else { self.shape.iter().product() }
    }

    /// Whether two indices name the same element.
    pub fn overlaps(&self) -> bool {
        if self.numel() < 2 {
            return false;
        }
        // From the smallest step to the largest, each must lead out of what those before reach.
        let mut dims: Vec<(usize, usize)> = Vec::with_capacity(self.ndim());
        for (&size, &stride) in self.shape.iter().zip(&self.strides).filter(|&(&size, _)| size > 1) {
            let dim = (stride.unsigned_abs(), size);
            dims.insert(dims.partition_point(|&before| before < dim), dim);
        }
        let mut reach = 0;
        for &(stride, size) in &dims {
            if stride <= reach {
                return self.repeats_a_position();
            }
            reach += stride * (size - 1);
        }
        false
    }

    fn repeats_a_position(&self) -> bool {
        let mut seen = QuickMap::default();
        self.positions().any(|at| seen.insert(at, ()).is_some())
    }

    /// The number of dimensions.
    pub fn ndim(&self) -> usize {
        self.shape.len()
    }

    /// Whether the elements lie one after another in row-major order (from any offset).
    pub fn is_contiguous(&self) -> bool {
        if self.numel() == 0 {
            return true;
        }
        let mut expected = 1;
        for (&size, &stride) in self.shape.iter().zip(&self.strides).rev() {
            if size != 1 && stride != expected {
                return false;
            }
            expected *= size as isize;
        }
        true
    }

    /// `dims[i]` becomes dimension `i`. `dims` must be a permutation of `0..ndim`.
    pub fn permute(&self, dims: &[usize]) -> Self {
        Self {
            shape: dims.iter().map(|&d| self.shape[d]).collect(),
            strides: dims.iter().map(|&d| self.strides[d]).collect(),
            offset: self.offset,
        }
    }

    /// Expanded to `shape` by PyTorch's broadcasting rule: new dimensions in front, size 1 repeated.
    ///
    /// # Errors
    /// [`Error::Shape`] where a size other than 1 would have to change.
    pub fn expand(&self, shape: &[usize]) -> Result<Self> {
        let front = shape.len().checked_sub(self.ndim()).ok_or_else(|| {
            Error::Shape(format!(
                "expand({:?}, size={shape:?}): the number of sizes provided ({}) must be greater or equal to the number \
                 of dimensions in the tensor ({})",
                self.shape,
                shape.len(),
                self.ndim()
            ))
        })?;
        let mut strides = Dims::repeat(0, shape.len());
        for (d, (&size, &stride)) in self.shape.iter().zip(&self.strides).enumerate().rev() {
            let wanted = shape[front + d];
            if size == wanted {
                strides[front + d] = stride;
            } else if size != 1 {
                return Err(Error::Shape(format!(
                    "The expanded size of the tensor ({}) must match the existing size ({size}) at non-singleton \
                     dimension {}.  Target sizes: {shape:?}.  Tensor sizes: {:?}",
                    shape[front + d],
                    front + d,
                    self.shape
                )));
            }
        }
        Ok(Self { shape: shape.into(), strides, offset: self.offset })
    }

    /// Elements `start, start + step, …` (`len` of them) of dimension `dim`.
    pub fn slice(&self, dim: usize, start: usize, len: usize, step: usize) -> Self {
        let mut out = self.clone();
        if len > 0 {
            out.offset = (self.offset as isize + start as isize * self.strides[dim]) as usize;
        }
        out.shape[dim] = len;
        out.strides[dim] *= step as isize;
        out
    }

    /// The same elements in another shape without moving them, or `None` if the strides do not allow it.
    /// Both shapes must have the same number of elements.
    pub fn view(&self, shape: &[usize]) -> Option<Self> {
        if self.is_contiguous() {
            return Some(Self { offset: self.offset, ..Self::contiguous(shape) });
        }
        // Match runs of old dimensions with runs of new ones that have the same number of elements.
        let old: Vec<(usize, isize)> = self
            .shape
            .iter()
            .copied()
            .zip(self.strides.iter().copied())
            .filter(|&(size, _)| size != 1)
            .collect();
        let mut strides = Dims::repeat(0, shape.len());
        let (mut o, mut n) = (0, 0);
        while o < old.len() {
            let (mut o_end, mut n_end) = (o + 1, n + 1);
            let (mut o_size, mut n_size) = (old[o].0, *shape.get(n)?);
            while o_size != n_size {
                if o_size < n_size {
                    o_size *= old.get(o_end)?.0;
                    o_end += 1;
                } else {
                    n_size *= *shape.get(n_end)?;
                    n_end += 1;
                }
            }
            if (o..o_end - 1).any(|d| old[d].1 != old[d + 1].1 * old[d + 1].0 as isize) {
                return None;
            }
            let mut stride = old[o_end - 1].1;
            for d in (n..n_end).rev() {
                strides[d] = stride;
                stride *= shape[d] as isize;
            }
            (o, n) = (o_end, n_end);
        }
        Some(Self { shape: shape.into(), strides, offset: self.offset })
    }

    /// The positions of all elements in the storage, in row-major order of the index. Obvious rather than
    /// fast: kernels have their own walks.
    pub fn positions(&self) -> impl Iterator<Item = usize> + '_ {
        let mut index = vec![0; self.ndim()];
        let mut position = self.offset as isize;
        (0..self.numel()).map(move |_| {
            let here = position as usize;
            for d in (0..index.len()).rev() {
                index[d] += 1;
                position += self.strides[d];
                if index[d] < self.shape[d] {
                    break;
                }
                position -= self.strides[d] * self.shape[d] as isize;
                index[d] = 0;
            }
            here
        })
    }
}

/// The shape that `a` and `b` broadcast to.
///
/// # Errors
/// [`Error::Broadcast`] where two sizes differ and neither is 1.
pub fn broadcast(a: &[usize], b: &[usize]) -> Result<Vec<usize>> {
    let ndim = a.len().max(b.len());
    let size = |shape: &[usize], d: usize| (d + shape.len()).checked_sub(ndim).map_or(1, |i| shape[i]);
    (0..ndim)
        .map(|d| match (size(a, d), size(b, d)) {
            (x, y) if x == y || y == 1 => Ok(x),
            (1, y) => Ok(y),
            (x, y) => Err(Error::Broadcast { a: x, b: y, dim: d }),
        })
        .collect()
}

/// The number of elements of `shape`, checked before anything is allocated.
///
/// # Errors
/// [`Error::TooLarge`] beyond [`MAX_ELEMENTS`], [`Error::Shape`] beyond [`MAX_DIMS`].
pub fn checked_numel(shape: &[usize]) -> Result<usize> {
    if shape.len() > MAX_DIMS {
        let dims = shape.len();
        return Err(Error::Shape(format!(
            "a tensor of {dims} dims is too large: at most {MAX_DIMS} are supported"
        )));
    }
    let numel = if shape.contains(&0) {
        Some(0)
    } else {
        shape.iter().try_fold(1u64, |n, &size| n.checked_mul(size as u64))
    };
    match numel {
        Some(n) if n <= MAX_ELEMENTS => Ok(n as usize),
        _ => Err(Error::TooLarge {
            shape: shape.to_vec(),
            limit: format!("at most {MAX_ELEMENTS} elements fit into one tensor"),
        }),
    }
}

/// Turns a dimension that may count from the end (-1 is the last) into an index. A 0-d tensor has the
/// dimensions 0 and -1, as in PyTorch.
///
/// # Errors
/// [`Error::Dim`] where there is no such dimension.
pub fn wrap_dim(dim: i64, ndim: usize) -> Result<usize> {
    let n = ndim.max(1) as i64;
    if (-n..n).contains(&dim) {
        Ok(((dim + n) % n) as usize)
    } else {
        Err(Error::Dim { lo: -n, hi: n - 1, dim })
    }
}

/// A shape as PyTorch prints it: `[2, 3]`.
pub fn shape_text(shape: &[i64]) -> String {
    let sizes: Vec<String> = shape.iter().map(i64::to_string).collect();
    format!("[{}]", sizes.join(", "))
}
