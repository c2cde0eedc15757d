//! Each element from one input or the other.

/// `out = condition ? x : y`
pub(crate) fn run<T: Copy>(condition: &[bool], x: &[T], y: &[T], out: &mut [T]) {
    for (((o, &c), &a), &b) in out.iter_mut().zip(condition).zip(x).zip(y) {
        *o = if c { a } else { b };
    }
}
