//! What files hold: elements and a shape.

use engine::{DType, HostData};

use crate::{Error, Result};

/// The most dimensions that an array may have: as many as NumPy's.
const MAX_DIMS: usize = 64;

/// An array in the host's memory, its elements row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Array {
    shape: Vec<usize>,
    data: HostData,
    dtype: DType,
}

impl Array {
    /// An array of this shape; `[]` is the shape of a single number.
    ///
    /// # Errors
    /// [`Error::Count`] if there are not as many elements as the shape has, [`Error::TooLarge`].
    pub fn new(shape: &[usize], data: impl Into<HostData>) -> Result<Self> {
        let data = data.into();
        let sizes: Vec<u64> = shape.iter().map(|&size| size as u64).collect();
        let expected = count(&sizes)?;
        let found = data.len() as u64;
        if expected == found {
            let dtype = data.dtype();
            Ok(Self { shape: shape.to_vec(), data, dtype })
        } else {
            Err(Error::Count { shape: shape.to_vec(), expected, found })
        }
    }

    /// The same array with elements of the type `dtype`, which is one that is stored as they are and holds them all.
    #[must_use]
    pub fn typed(self, dtype: DType) -> Self {
        let dtype = if dtype.stored() == self.data.dtype() { dtype } else { self.dtype };
        Self { dtype, ..self }
    }

    /// The type of the elements.
    pub fn dtype(&self) -> DType {
        self.dtype
    }

    /// The size of each dimension, the slowest first.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// The elements, row by row.
    pub fn data(&self) -> &HostData {
        &self.data
    }

    /// The shape, the elements and their type, to make a tensor of.
    pub fn into_parts(self) -> (Vec<usize>, HostData, DType) {
        (self.shape, self.data, self.dtype)
    }
}

/// The number of elements of a shape. Sizes of zero do not excuse the others: their product must be countable too, or
/// strides could not be computed.
pub(crate) fn count(sizes: &[u64]) -> Result<u64> {
    let too_large = || Error::TooLarge(sizes.to_vec());
    if sizes.len() > MAX_DIMS {
        return Err(too_large());
    }
    let product = sizes.iter().try_fold(1u64, |product, &size| product.checked_mul(size.max(1)));
    match product {
        Some(product) if product <= isize::MAX as u64 => Ok(if sizes.contains(&0) { 0 } else { product }),
        _ => Err(too_large()),
    }
}

/// The shape as the host counts. Whoever asks has counted the elements before.
pub(crate) fn shape(sizes: &[u64]) -> Result<Vec<usize>> {
    let sizes_here = sizes.iter().map(|&size| usize::try_from(size));
    sizes_here.collect::<std::result::Result<_, _>>().map_err(|_| Error::TooLarge(sizes.to_vec()))
}

/// Memory for `n` items, or an error where there is none.
pub(crate) fn room<T>(n: usize) -> Result<Vec<T>> {
    let mut items = Vec::new();
    items.try_reserve_exact(n).map_err(|_| Error::TooLarge(vec![n as u64]))?;
    Ok(items)
}

/// The elements of a view row by row, `size` bytes each: strides and offset are counted in elements. The view is not
/// empty, and lies inside `bytes`.
pub(crate) fn gather(
    bytes: &[u8],
    shape: &[usize],
    strides: &[usize],
    offset: usize,
    size: usize,
) -> Result<Vec<u8>> {
    let len = shape.iter().product::<usize>() * size;
    let mut rows = room(len)?;
    let mut index = vec![0; shape.len()];
    let mut at = offset;
    loop {
        rows.extend_from_slice(&bytes[at * size..][..size]);
        if rows.len() == len {
            return Ok(rows);
        }
        for ((i, &n), &stride) in index.iter_mut().zip(shape).zip(strides).rev() {
            if *i + 1 < n {
                *i += 1;
                at += stride;
                break;
            }
            at -= *i * stride;
            *i = 0;
        }
    }
}
