//! The living definition of every op: arrays of f64 and loops over their indices. Obvious, not fast.

/// A dense row-major array.
#[derive(Clone, Debug, PartialEq)]
pub struct Array {
    /// The size of each dimension.
    pub shape: Vec<usize>,
    /// The elements.
    pub data: Vec<f64>,
}

/// All indices of a shape, in row-major order.
pub fn indices(shape: &[usize]) -> Vec<Vec<usize>> {
    let mut all = vec![vec![]];
    for &size in shape {
        all = all.iter().flat_map(|head| (0..size).map(move |i| [head.as_slice(), &[i]].concat())).collect();
    }
    all
}

impl Array {
    /// The array whose element at `index` is `f(index)`.
    pub fn from_fn(shape: &[usize], f: impl Fn(&[usize]) -> f64) -> Self {
        Self { shape: shape.to_vec(), data: indices(shape).iter().map(|i| f(i)).collect() }
    }

    /// The element at `index`, by the broadcasting rule: leading indices that this array does not have are
    /// left out, and size 1 stands for any index.
    pub fn at(&self, index: &[usize]) -> f64 {
        let index = &index[index.len() - self.shape.len()..];
        let flat = self
            .shape
            .iter()
            .zip(index)
            .fold(0, |flat, (&size, &i)| flat * size + if size == 1 { 0 } else { i });
        self.data[flat]
    }

    /// The shape of two arrays broadcast together.
    pub fn common_shape(&self, other: &Self) -> Vec<usize> {
        let n = self.shape.len().max(other.shape.len());
        let size =
            |a: &Self, d: usize| if d + a.shape.len() < n { 1 } else { a.shape[d + a.shape.len() - n] };
        (0..n).map(|d| if size(self, d) == 1 { size(other, d) } else { size(self, d) }).collect()
    }

    /// `f` of each element.
    pub fn map(&self, f: impl Fn(f64) -> f64) -> Self {
        Self { shape: self.shape.clone(), data: self.data.iter().map(|&v| f(v)).collect() }
    }

    /// `f` of each pair of elements, broadcast together.
    pub fn zip(&self, other: &Self, f: impl Fn(f64, f64) -> f64) -> Self {
        Self::from_fn(&self.common_shape(other), |i| f(self.at(i), other.at(i)))
    }

    /// `f` of the elements along `dims`, which stay with size 1 or go.
    pub fn fold(&self, dims: &[usize], keepdim: bool, f: impl Fn(&[f64]) -> f64) -> Self {
        let kept: Vec<usize> =
            self.shape.iter().enumerate().map(|(d, &n)| if dims.contains(&d) { 1 } else { n }).collect();
        let mut groups = vec![Vec::new(); kept.iter().product()];
        for (i, &v) in indices(&self.shape).iter().zip(&self.data) {
            let at = kept.iter().zip(i).fold(0, |at, (&n, &i)| at * n + if n == 1 { 0 } else { i });
            groups[at].push(v);
        }
        let mut out = Self { shape: kept.clone(), data: groups.iter().map(|group| f(group)).collect() };
        if !keepdim {
            out.shape = (0..kept.len()).filter(|d| !dims.contains(d)).map(|d| kept[d]).collect();
        }
        out
    }

    /// Dimension `dims[i]` becomes dimension `i`.
    pub fn permute(&self, dims: &[usize]) -> Self {
        let shape: Vec<usize> = dims.iter().map(|&d| self.shape[d]).collect();
        Self::from_fn(&shape, |i| {
            let mut from = vec![0; dims.len()];
            for (k, &d) in dims.iter().enumerate() {
                from[d] = i[k];
            }
            self.at(&from)
        })
    }

    /// The same elements in another shape.
    pub fn reshape(&self, shape: &[usize]) -> Self {
        Self { shape: shape.to_vec(), data: self.data.clone() }
    }

    /// `self[…, start + j·step, …]` for `len` values of j.
    pub fn slice(&self, dim: usize, start: usize, len: usize, step: usize) -> Self {
        let mut shape = self.shape.clone();
        shape[dim] = len;
        Self::from_fn(&shape, |i| {
            let mut from = i.to_vec();
            from[dim] = start + i[dim] * step;
            self.at(&from)
        })
    }

    /// The product of the last two dimensions, broadcast over those in front.
    pub fn matmul(&self, other: &Self) -> Self {
        let (nx, ny) = (self.shape.len(), other.shape.len());
        let (m, k, n) = (self.shape[nx - 2], self.shape[nx - 1], other.shape[ny - 1]);
        let front = |a: &Self| Self::from_fn(&a.shape[..a.shape.len() - 2], |_| 0.0);
        let mut shape = front(self).common_shape(&front(other));
        let batch = shape.len();
        shape.extend([m, n]);
        Self::from_fn(&shape, |i| {
            let at = |r: usize, c: usize| [&i[..batch], &[r, c]].concat();
            (0..k).map(|j| self.at(&at(i[batch], j)) * other.at(&at(j, i[batch + 1]))).sum()
        })
    }
}
