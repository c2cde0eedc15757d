//! The IDX format of MNIST: an array of bytes behind a short header.
//!
//! Two zero bytes, a code for the element type, the number of dimensions, each dimension as a big-endian u32, then
//! the elements row by row (as described at <http://yann.lecun.com/exdb/mnist/>). Only unsigned bytes in one to
//! three dimensions are read: the other element types do not occur here.

/// The code of unsigned bytes.
const U8: u8 = 0x08;
/// The most dimensions that are read.
const MAX_DIMS: usize = 3;

/// An array of bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idx {
    /// The size of each dimension, the slowest first.
    pub shape: Vec<usize>,
    /// The elements, row by row: as many as the product of the shape.
    pub data: Vec<u8>,
}

/// Why bytes are not an IDX file, or not the one that was expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdxError {
    /// It does not start with two zero bytes.
    #[error("expected two zero bytes at the start, found {0:02x} {1:02x}")]
    Magic(u8, u8),
    /// The elements are not unsigned bytes.
    #[error("expected elements of type 08 (unsigned byte), found type {0:02x}")]
    Dtype(u8),
    /// Too few or too many dimensions.
    #[error("expected 1 to 3 dimensions, found {0}")]
    Dims(u8),
    /// The dimensions multiply to more than can be counted.
    #[error("a shape of {0:?} has more elements than can be counted")]
    Overflow(Vec<u32>),
    /// The file ends too early.
    #[error("the file is cut off: expected {expected} bytes, found {found}")]
    Truncated {
        /// The bytes that the header promises, or that a header needs.
        expected: u64,
        /// The bytes there are.
        found: u64,
    },
    /// The file goes on after its last element.
    #[error("expected {expected} bytes, but {} more follow", found - expected)]
    Trailing {
        /// The bytes that the header promises.
        expected: u64,
        /// The bytes there are.
        found: u64,
    },
    /// A sound file of another shape than expected.
    #[error("expected a shape of {expected:?}, found {found:?}")]
    Shape {
        /// The shape expected.
        expected: Vec<usize>,
        /// The shape found.
        found: Vec<usize>,
    },
    /// A label that is no digit.
    #[error("label {index} is {value}, expected 0 to 9")]
    Label {
        /// Its position.
        index: usize,
        /// Its value.
        value: u8,
    },
}

/// Whether these can be the first bytes of a file that [`Idx::parse`] reads.
pub fn is_idx(bytes: &[u8]) -> bool {
    matches!(bytes, [0, 0, U8, 1..=3, ..])
}

impl Idx {
    /// Reads a whole file. The elements stay where they are in memory: only the header is taken off.
    ///
    /// # Errors
    /// Each way in which the bytes can be unsound, except [`IdxError::Shape`] and [`IdxError::Label`].
    pub fn parse(mut bytes: Vec<u8>) -> Result<Self, IdxError> {
        let (shape, start) = header(&bytes)?;
        bytes.drain(..start);
        Ok(Self { shape, data: bytes })
    }

    /// The elements, if the shape is the expected one.
    ///
    /// # Errors
    /// [`IdxError::Shape`].
    pub fn into_data(self, expected: &[usize]) -> Result<Vec<u8>, IdxError> {
        if self.shape == expected {
            Ok(self.data)
        } else {
            Err(IdxError::Shape { expected: expected.to_vec(), found: self.shape })
        }
    }
}

/// Whether [`Idx::parse`] would read these bytes as an array of this shape.
///
/// # Errors
/// What it would fail with, and [`IdxError::Shape`].
pub fn check(bytes: &[u8], expected: &[usize]) -> Result<(), IdxError> {
    let (found, _) = header(bytes)?;
    if found == expected { Ok(()) } else { Err(IdxError::Shape { expected: expected.to_vec(), found }) }
}

/// The shape, and where the elements start; the file has exactly as many bytes as that takes.
fn header(bytes: &[u8]) -> Result<(Vec<usize>, usize), IdxError> {
    let found = bytes.len() as u64;
    let Some((&[zero, nil, dtype, dims], rest)) = bytes.split_first_chunk::<4>() else {
        return Err(IdxError::Truncated { expected: 4, found });
    };
    if (zero, nil) != (0, 0) {
        return Err(IdxError::Magic(zero, nil));
    }
    if dtype != U8 {
        return Err(IdxError::Dtype(dtype));
    }
    if !(1..=MAX_DIMS).contains(&usize::from(dims)) {
        return Err(IdxError::Dims(dims));
    }
    let dims = usize::from(dims);
    let start = 4 + 4 * dims;
    let Some(sizes) = rest.get(..4 * dims) else {
        return Err(IdxError::Truncated { expected: start as u64, found });
    };
    let sizes: Vec<u32> = sizes.as_chunks().0.iter().map(|size| u32::from_be_bytes(*size)).collect();
    // In u64, for usize has 32 bits in the browser; three dimensions can overflow even that.
    let elements = sizes.iter().try_fold(1u64, |product, &size| product.checked_mul(size.into()));
    let Some(expected) = elements.and_then(|elements| elements.checked_add(start as u64)) else {
        return Err(IdxError::Overflow(sizes));
    };
    match found.cmp(&expected) {
        std::cmp::Ordering::Less => Err(IdxError::Truncated { expected, found }),
        std::cmp::Ordering::Greater => Err(IdxError::Trailing { expected, found }),
        std::cmp::Ordering::Equal => Ok((sizes.into_iter().map(|size| size as usize).collect(), start)),
    }
}
