//! Arrays in the host's memory: what the functions of NumPy compute with.

use engine::{HostData, Scalar, each_dtype};

use super::kind::Kind;
use crate::error::{Result, Stop, value_error};

/// Elements row by row, with their type and shape.
#[derive(Clone, Debug)]
pub(crate) struct Nd {
    pub(crate) kind: Kind,
    pub(crate) shape: Vec<usize>,
    pub(crate) data: HostData,
    /// Whether it was a number, not an array: then it hardly counts for the type of a result.
    pub(crate) number: bool,
}

/// The most elements that an array may have.
const MOST: usize = 1 << 28;

/// The number of elements of a shape.
///
/// # Errors
/// `MemoryError` if they are too many.
pub(crate) fn count(shape: &[usize]) -> Result<usize> {
    let product = shape.iter().try_fold(1usize, |product, &size| product.checked_mul(size.max(1)));
    match product {
        Some(n) if n <= MOST => Ok(if shape.contains(&0) { 0 } else { n }),
        _ => {
            let shape = tuple(shape);
            Err(Stop::error("MemoryError", format!("Unable to allocate an array with shape {shape}")))
        }
    }
}

/// A shape as Python writes it: `(2, 3)`.
pub(crate) fn tuple(shape: &[usize]) -> String {
    let items: Vec<String> = shape.iter().map(usize::to_string).collect();
    match &*items {
        [one] => format!("({one},)"),
        several => format!("({})", several.join(", ")),
    }
}

/// A shape as NumPy's messages write it: `(2,3)`.
pub(crate) fn tight(shape: &[usize]) -> String {
    tuple(shape).replace(' ', "")
}

/// How far apart the elements of each dimension lie.
pub(crate) fn strides(shape: &[usize]) -> Vec<usize> {
    let mut strides = vec![1; shape.len()];
    let mut step = 1usize;
    for (stride, &size) in strides.iter_mut().zip(shape).rev() {
        *stride = step;
        step = step.wrapping_mul(size.max(1));
    }
    strides
}

/// The places of the elements of a view, row by row.
pub(crate) fn places(shape: &[usize], strides: &[usize]) -> Vec<usize> {
    let mut places = vec![0];
    for (&size, &stride) in shape.iter().zip(strides) {
        places = places.iter().flat_map(|&at| (0..size).map(move |i| at + i * stride)).collect();
    }
    places
}

impl Nd {
    pub(crate) fn new(kind: Kind, shape: Vec<usize>, data: impl Into<HostData>) -> Self {
        let data = data.into();
        Self {
            kind,
            shape,
            // Integers of 64 bits may not fit the smaller ones.
            data: if data.dtype() == kind.dtype() { data } else { convert(&data, kind) },
            number: false,
        }
    }

    /// A vector.
    pub(crate) fn vector(data: impl Into<HostData>) -> Self {
        let data = data.into();
        Self::new(Kind::of(data.dtype()), vec![data.len()], data)
    }

    /// A number.
    pub(crate) fn of(kind: Kind, value: Scalar) -> Self {
        let data = match value {
            Scalar::Bool(b) => HostData::Bool(vec![b]),
            Scalar::Int(i) => HostData::Int64(vec![i]),
            Scalar::Float(x) => HostData::Float64(vec![x]),
        };
        Self { number: true, ..Self::new(kind, Vec::new(), data) }
    }

    pub(crate) fn len(&self) -> usize {
        self.data.len()
    }

    pub(crate) fn ndim(&self) -> usize {
        self.shape.len()
    }

    /// Element `i` of all.
    pub(crate) fn at(&self, i: usize) -> Scalar {
        self.data.get(i).unwrap_or(Scalar::Int(0))
    }

    /// The elements as real numbers.
    pub(crate) fn f64s(&self) -> Vec<f64> {
        match &self.data {
            HostData::Float64(v) => v.clone(),
            other => other.to_f64(),
        }
    }

    /// The elements as whole numbers.
    pub(crate) fn i64s(&self) -> Vec<i64> {
        match &self.data {
            HostData::Int64(v) => v.clone(),
            other => (0..other.len()).filter_map(|i| other.get(i)).map(Scalar::to_i64).collect(),
        }
    }

    /// The elements as truth values.
    pub(crate) fn bools(&self) -> Vec<bool> {
        (0..self.len()).filter_map(|i| self.data.get(i)).map(Scalar::to_bool).collect()
    }

    /// Converted to another type.
    #[must_use]
    pub(crate) fn cast(self, kind: Kind) -> Self {
        if self.kind == kind {
            return self;
        }
        Self { data: convert(&self.data, kind), kind, ..self }
    }

    /// The elements at these places, in another shape.
    pub(crate) fn gather(&self, places: &[usize], shape: Vec<usize>) -> Self {
        let data = each_dtype!(&self.data, v => places.iter().filter_map(|&i| v.get(i).copied()).collect::<Vec<_>>().into());
        Self { kind: self.kind, shape, data, number: false }
    }

    /// The same elements in another shape, of as many.
    #[must_use]
    pub(crate) fn reshaped(self, shape: Vec<usize>) -> Self {
        Self { shape, number: false, ..self }
    }

    /// Broadcast to a shape that it fits.
    #[must_use]
    pub(crate) fn expanded(self, shape: &[usize]) -> Self {
        if self.shape == shape {
            return self;
        }
        let lead = shape.len().saturating_sub(self.ndim());
        let own = strides(&self.shape);
        let steps: Vec<usize> = (0..shape.len())
            .map(|d| match d.checked_sub(lead) {
                Some(d) if self.shape[d] != 1 => own[d],
                _ => 0,
            })
            .collect();
        self.gather(&places(shape, &steps), shape.to_vec())
    }

    /// With the dimensions in another order.
    pub(crate) fn permuted(&self, order: &[usize]) -> Self {
        let own = strides(&self.shape);
        let shape: Vec<usize> = order.iter().map(|&d| self.shape[d]).collect();
        let steps: Vec<usize> = order.iter().map(|&d| own[d]).collect();
        self.gather(&places(&shape, &steps), shape)
    }

    /// The dimension that `axis` means.
    ///
    /// # Errors
    /// NumPy's `AxisError`.
    pub(crate) fn axis(&self, axis: i64) -> Result<usize> {
        axis_of(axis, self.ndim())
    }
}

/// The dimension of `ndim` that `axis` means.
///
/// # Errors
/// NumPy's `AxisError`.
pub(crate) fn axis_of(axis: i64, ndim: usize) -> Result<usize> {
    let place = if axis < 0 { axis.checked_add(ndim as i64) } else { Some(axis) };
    match place.and_then(|d| usize::try_from(d).ok()).filter(|&d| d < ndim) {
        Some(d) => Ok(d),
        None => value_error(format!("axis {axis} is out of bounds for array of dimension {ndim}")),
    }
}

/// The shape that all of these are broadcast to.
///
/// # Errors
/// `ValueError`, as NumPy says it.
pub(crate) fn broadcast(shapes: &[&[usize]]) -> Result<Vec<usize>> {
    let ndim = shapes.iter().map(|shape| shape.len()).max().unwrap_or(0);
    let mut out = vec![1; ndim];
    for shape in shapes {
        for (to, &size) in out.iter_mut().rev().zip(shape.iter().rev()) {
            if *to == 1 {
                *to = size;
            } else if size != 1 && size != *to {
                let all: String = shapes.iter().map(|shape| tight(shape) + " ").collect();
                return value_error(format!("operands could not be broadcast together with shapes {all}"));
            }
        }
    }
    count(&out)?;
    Ok(out)
}

/// Elements converted to another type. Real numbers are cut towards zero; smaller integers keep their bits.
fn convert(data: &HostData, kind: Kind) -> HostData {
    let scalars = (0..data.len()).filter_map(|i| data.get(i));
    match kind {
        Kind::Bool => HostData::Bool(scalars.map(Scalar::to_bool).collect()),
        Kind::UInt8 => HostData::UInt8(scalars.map(|x| whole(x) as u8).collect()),
        Kind::Int8 | Kind::Int16 | Kind::Int32 | Kind::Int64 => {
            HostData::Int64(scalars.map(|x| kind.dtype().wrap(whole(x))).collect())
        }
        Kind::Float32 => HostData::Float32(scalars.map(|x| x.to_f64() as f32).collect()),
        Kind::Float64 => HostData::Float64(scalars.map(Scalar::to_f64).collect()),
    }
}

/// What does not fit becomes the smallest number, as on x86.
fn whole(x: Scalar) -> i64 {
    match x {
        Scalar::Float(x) if !(-9.3e18..9.22e18).contains(&x) => i64::MIN,
        other => other.to_i64(),
    }
}
