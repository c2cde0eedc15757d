//! Pooling by the largest element.

use engine::{Layout, Result, Slide};

use crate::convolve::dense;
use crate::element::{Input, Number};

/// The place in its image of the largest element of every window.
pub(crate) fn places<T: Number>(
    size: [usize; 2],
    slide: Slide,
    x: &Input<'_, T>,
    output: &Layout,
    out: &mut [i64],
) -> Result<()> {
    let ([h, w], [oh, ow]) = ([x.layout.shape[2], x.layout.shape[3]], [output.shape[2], output.shape[3]]);
    if out.is_empty() || h * w == 0 {
        return Ok(());
    }
    let x = dense(x);
    let by_two = Slide { stride: [2; 2], dilation: [1; 2], margin: [0; 2] };
    if T::DENSE_LOOPS && size == [2; 2] && slide == by_two && 2 * oh <= h && 2 * ow <= w {
        for (image, out) in x.chunks_exact(h * w).zip(out.chunks_exact_mut(oh * ow)) {
            for (row, out) in out.chunks_exact_mut(ow).enumerate() {
                of_four(&image[2 * row * w..], w, 2 * row * w, out);
            }
        }
        return Ok(());
    }
    let lowest = T::from_scalar(f64::NEG_INFINITY.into());
    let mut best = vec![lowest; ow];
    // The first element inside each window, down and across.
    let first = |d: usize, n: usize, len: usize| -> Vec<usize> {
        (0..n).map(|i| (0..size[d]).find_map(|k| slide.place(d, i, k, len)).unwrap_or(0)).collect()
    };
    let (down, across) = (first(0, oh, h), first(1, ow, w));
    for (image, out) in x.chunks_exact(h * w).zip(out.chunks_exact_mut(oh * ow)) {
        for (row, out) in out.chunks_exact_mut(ow).enumerate() {
            best.fill(lowest);
            out.iter_mut().zip(&across).for_each(|(o, &column)| *o = (down[row] * w + column) as i64);
            for at in (0..size[0]).filter_map(|k| slide.place(0, row, k, h)) {
                for k in 0..size[1] {
                    let [start, end] = slide.inside(1, k, w, ow);
                    if start < end {
                        let left = at * w + start * slide.stride[1] + k * slide.dilation[1] - slide.margin[1];
                        let (best, out) = (&mut best[start..end], &mut out[start..end]);
                        larger(&image[left..], left, slide.stride[1], best, out);
                    }
                }
            }
        }
    }
    Ok(())
}

/// Whether a value takes the place of the best so far: NaN takes that of a number. Without branches, which nobody could
/// foretell.
fn exceeds<T: Number>(v: T, best: T) -> bool {
    (v > best) | (v.is_nan() & !best.is_nan())
}

/// The place of the largest of four neighbours, in two rows of an image that is `w` wide; the first lies at `place`.
fn of_four<T: Number>(rows: &[T], w: usize, place: usize, out: &mut [i64]) {
    let (upper, lower) = (rows.as_chunks::<2>().0, rows[w..].as_chunks::<2>().0);
    for (i, ((o, a), b)) in out.iter_mut().zip(upper).zip(lower).enumerate() {
        let (first, second) = (exceeds(a[1], a[0]), exceeds(b[1], b[0]));
        let (best, below) = (if first { a[1] } else { a[0] }, if second { b[1] } else { b[0] });
        let at = if exceeds(below, best) { w + usize::from(second) } else { usize::from(first) };
        *o = (place + 2 * i + at) as i64;
    }
}

/// Keeps what is larger than the best so far, and where it is: every `step`th element, the first one at `place`.
fn larger<T: Number>(row: &[T], place: usize, step: usize, best: &mut [T], places: &mut [i64]) {
    for (i, ((&v, best), at)) in row.iter().step_by(step).zip(best).zip(places).enumerate() {
        let more = exceeds(v, *best);
        *best = if more { v } else { *best };
        *at = if more { (place + i * step) as i64 } else { *at };
    }
}

/// Adds what windows have at the places of their largest elements.
pub(crate) fn spread<T: Number>(
    x: &Input<'_, T>,
    places: &Input<'_, i64>,
    output: &Layout,
    out: &mut [T],
) -> Result<()> {
    out.fill(T::ZERO);
    let (image, windows) = (output.shape[2] * output.shape[3], x.layout.shape[2] * x.layout.shape[3]);
    if image * windows == 0 {
        return Ok(());
    }
    let (x, places) = (dense(x), dense(places));
    let from = x.chunks_exact(windows).zip(places.chunks_exact(windows));
    for (image, (x, places)) in out.chunks_exact_mut(image).zip(from) {
        for (&v, &place) in x.iter().zip(places) {
            if let Some(o) = image.get_mut(place as usize) {
                *o = o.add(v);
            }
        }
    }
    Ok(())
}
