//! Conversions between element types.

use crate::element::Element;

/// `out = x` as the other type: fractions are cut off, what is too large becomes the nearest there is.
pub(crate) fn run<T: Element, U: Element>(x: &[T], out: &mut [U]) {
    for (o, &v) in out.iter_mut().zip(x) {
        *o = U::from_scalar(v.to_scalar());
    }
}
