//! Conversions between element types.

use engine::{DType, Scalar};

use crate::element::Element;

/// `out = x` as the other type: fractions are cut off, what is too large becomes the nearest there is. Reading and
/// writing are apart: 25 pairs of types would be 25 loops.
pub(crate) fn run<T: Element, U: Element>(x: &[T], out: &mut [U]) {
    if U::DENSE_LOOPS {
        // Masks and labels become real numbers often.
        out.iter_mut().zip(x).for_each(|(o, &v)| *o = U::from_scalar(v.to_scalar()));
        return;
    }
    write(out, &|i| x[i].to_scalar());
}

/// The integers that `x` become in a smaller type.
pub(crate) fn wrap(dtype: DType, x: &[i64], out: &mut [i64]) {
    out.iter_mut().zip(x).for_each(|(o, &v)| *o = dtype.wrap(v));
}

#[inline(never)]
fn write<U: Element>(out: &mut [U], value: &dyn Fn(usize) -> Scalar) {
    for (i, o) in out.iter_mut().enumerate() {
        *o = U::from_scalar(value(i));
    }
}
