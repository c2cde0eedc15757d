//! Convolutions that read windows where they lie, with kernels that were made for it: of float32, and where windows step
//! by one across. Nothing is copied but images that need a margin, and they only an image at a time.

mod kernels;
#[cfg(test)]
mod tests;

use engine::Part;

use crate::convolve::Sizes;
use crate::matmul::Room;
use kernels::{COLUMNS, Kernels, LANES, Listed, MOST_TAPS, Met};

thread_local! {
    static KERNELS: Kernels = Kernels::default();
}

/// How many kernels of convolutions were made so far, on this thread. Natively none are.
pub fn window_kernels() -> usize {
    KERNELS.with(Kernels::made)
}

/// Calls `run` with the kernels of this thread.
pub(crate) fn kernels(run: impl FnOnce(&Kernels) -> bool) -> bool {
    KERNELS.with(run)
}

/// Computes a part of a convolution; false if there are no kernels for it. Its two inputs are what it is computed of.
pub(crate) fn run(
    kernels: &Kernels,
    part: Part,
    s: &Sizes,
    inputs: [&[f32]; 2],
    out: &mut [f32],
    room: &mut Room<f32>,
) -> bool {
    // A window's neighbour is beside it.
    if s.slide.stride[1] != 1 {
        return false;
    }
    match part {
        Part::Output if kernels.has_rows(s.made) => output_of(kernels, s, inputs, out, room),
        Part::Input if kernels.has_rows(s.channels) => input_of(kernels, s, inputs, out, room),
        Part::Weight if s.slide.dilation[1] == 1 && chunks(s).all(|[_, n]| kernels.has_taps(n)) => {
            weight_of(kernels, s, inputs, out, room);
        }
        Part::Output | Part::Input | Part::Weight => return false,
    }
    true
}

impl Sizes {
    /// Where the elements of a window stand that lie in row `i` of the windows: of those, which are in the image.
    fn window_rows(&self, i: usize) -> [usize; 2] {
        let (above, gap) = (self.slide.margin[0], self.slide.dilation[0]);
        let top = i * self.slide.stride[0];
        let first = above.saturating_sub(top).div_ceil(gap).min(self.kernel[0]);
        let end = (above + self.image[0]).saturating_sub(top).div_ceil(gap).min(self.kernel[0]);
        [first, end.max(first)]
    }

    /// Where row 0 of the windows in row `i` lies, in elements of an image that is so wide. It may be before the image.
    fn top(&self, i: usize, width: usize) -> isize {
        (i * self.slide.stride[0]) as isize * width as isize - (self.slide.margin[0] * width) as isize
    }
}

/// Rows of `width`, moved on by a margin and filled up with zeros, or cut.
fn widen(from: &[f32], width: usize, margin: usize, to_width: usize, to: &mut Vec<f32>) {
    to.clear();
    to.resize(from.len() / width * to_width, 0.0);
    let n = width.min(to_width - margin.min(to_width));
    for (from, to) in from.chunks_exact(width).zip(to.chunks_exact_mut(to_width)) {
        to[margin.min(to_width)..][..n].copy_from_slice(&from[..n]);
    }
}

/// Where panels of columns begin: the last one may begin in the one before it.
fn panels(columns: usize) -> impl Iterator<Item = usize> {
    (0..columns).step_by(COLUMNS).map(move |at| at.min(columns.saturating_sub(COLUMNS)))
}

fn output_of(
    kernels: &Kernels,
    s: &Sizes,
    [x, w]: [&[f32]; 2],
    out: &mut [f32],
    [wide, packed, aside, _]: &mut Room<f32>,
) {
    let ([h, w_image], [kh, kw], [_, ow]) = (s.image, s.kernel, s.out);
    let reach = ow.max(COLUMNS) + (kw - 1) * s.slide.dilation[1];
    let copied = s.slide.margin[1] > 0 || reach > w_image;
    let width = if copied { reach } else { w_image };
    let each = s.channels * kw;
    let list: Vec<u32> = (0..kh * each)
        .map(|tap| {
            let (i, c, j) = (tap / each, tap / kw % s.channels, tap % kw);
            4 * ((c * h + i * s.slide.dilation[0]) * width + j * s.slide.dilation[1]) as u32
        })
        .collect();
    // Tap by tap, as the list has them.
    packed.clear();
    packed.resize(w.len(), 0.0);
    for (group, to) in packed.chunks_exact_mut(s.made * s.taps()).enumerate() {
        for (tap, to) in to.chunks_exact_mut(s.made).enumerate() {
            let from = (tap / kw % s.channels * kh + tap / each) * kw + tap % kw;
            let place = |o: usize| (group * s.made + o) * s.taps() + from;
            to.iter_mut().enumerate().for_each(|(o, v)| *v = w[place(o)]);
        }
    }
    aside.clear();
    aside.resize(s.made * COLUMNS, 0.0);
    let images = x.chunks_exact(s.channels * s.plane());
    for (n, (image, y)) in images.zip(out.chunks_exact_mut(s.made * s.windows())).enumerate() {
        if copied {
            widen(image, w_image, s.slide.margin[1], width, wide);
        }
        let weights = &packed[n % s.groups * s.made * s.taps()..][..s.made * s.taps()];
        rows_of(kernels, s, &list, [if copied { wide } else { image }, weights], width, y, aside);
    }
}

/// One image's windows, row by row.
fn rows_of(
    kernels: &Kernels,
    s: &Sizes,
    list: &[u32],
    [data, weights]: [&[f32]; 2],
    width: usize,
    y: &mut [f32],
    aside: &mut [f32],
) {
    let (ow, each) = (s.out[1], s.channels * s.kernel[1]);
    for i in 0..s.out[0] {
        let [first, end] = s.window_rows(i);
        if first == end {
            y.chunks_exact_mut(s.windows()).for_each(|plane| plane[i * ow..][..ow].fill(0.0));
            continue;
        }
        for column in panels(ow) {
            let base = s.top(i, width) + column as isize;
            let ldc = if ow < COLUMNS { COLUMNS } else { s.windows() };
            let p = Listed { weights, rows: s.made, list, base, data, ldc, add: false };
            if ow < COLUMNS {
                kernels.product(&p, first * each..end * each, aside);
                for (from, plane) in aside.chunks_exact(COLUMNS).zip(y.chunks_exact_mut(s.windows())) {
                    plane[i * ow..][..ow].copy_from_slice(&from[..ow]);
                }
            } else {
                kernels.product(&p, first * each..end * each, &mut y[i * ow + column..]);
            }
        }
    }
}

fn input_of(
    kernels: &Kernels,
    s: &Sizes,
    [y, w]: [&[f32]; 2],
    out: &mut [f32],
    [wide, packed, image, _]: &mut Room<f32>,
) {
    let ([h, w_image], [_, kw], [oh, ow]) = (s.image, s.kernel, s.out);
    let columns = ow.next_multiple_of(COLUMNS);
    let width = (columns + (kw - 1) * s.slide.dilation[1]).max(s.slide.margin[1] + w_image);
    let list: Vec<u32> = (0..s.made).map(|o| 4 * (o * oh * columns) as u32).collect();
    // Tap by tap, and channel of the result by channel.
    let window = s.taps() / s.channels;
    packed.clear();
    packed.resize(w.len(), 0.0);
    for (place, to) in packed.chunks_exact_mut(s.channels).enumerate() {
        let (group, tap, o) = (place / s.made / window, place / s.made % window, place % s.made);
        let at = |c: usize| ((group * s.made + o) * s.channels + c) * window + tap;
        to.iter_mut().enumerate().for_each(|(c, v)| *v = w[at(c)]);
    }
    let images = y.chunks_exact(s.made * s.windows());
    for (n, (y, x)) in images.zip(out.chunks_exact_mut(s.channels * s.plane())).enumerate() {
        if columns > ow {
            widen(y, ow, 0, columns, wide);
        }
        image.clear();
        image.resize(s.channels * h * width, 0.0);
        let weights = &packed[n % s.groups * s.made * s.taps()..][..s.made * s.taps()];
        let data: &[f32] = if columns > ow { wide } else { y };
        spread_rows(kernels, s, &list, [data, weights], [columns, width], image);
        for (from, to) in image.chunks_exact(width).zip(x.chunks_exact_mut(w_image)) {
            to.copy_from_slice(&from[s.slide.margin[1]..][..w_image]);
        }
    }
}

/// Adds what one image's windows hold where they lay, row by row.
fn spread_rows(
    kernels: &Kernels,
    s: &Sizes,
    list: &[u32],
    [data, weights]: [&[f32]; 2],
    [columns, width]: [usize; 2],
    image: &mut [f32],
) {
    let (kw, step) = (s.kernel[1], s.slide.dilation);
    for i in 0..s.out[0] {
        let [first, end] = s.window_rows(i);
        for (k, j) in (first..end).flat_map(|k| (0..kw).map(move |j| (k, j))) {
            let weights = &weights[(k * kw + j) * s.made * s.channels..][..s.made * s.channels];
            let row = s.top(i, width) + (k * step[0] * width + j * step[1]) as isize;
            for column in panels(columns) {
                let base = (i * columns + column) as isize;
                let ldc = s.image[0] * width;
                let p = Listed { weights, rows: s.channels, list, base, data, ldc, add: true };
                kernels.product(&p, 0..s.made, &mut image[row as usize + column..]);
            }
        }
    }
}

/// The places in a row of a window, a few at a time: the first, and how many.
fn chunks(s: &Sizes) -> impl Iterator<Item = [usize; 2]> {
    let kw = s.kernel[1];
    let most = kw.div_ceil(kw.div_ceil(MOST_TAPS).max(1)).max(1);
    (0..kw).step_by(most).map(move |first| [first, most.min(kw - first)])
}

fn weight_of(
    kernels: &Kernels,
    s: &Sizes,
    [x, y]: [&[f32]; 2],
    out: &mut [f32],
    [wide, padded, sums, _]: &mut Room<f32>,
) {
    let (w_image, kw, ow) = (s.image[1], s.kernel[1], s.out[1]);
    let columns = ow.next_multiple_of(LANES);
    let reach = columns + kw - 1;
    let copied = s.slide.margin[1] > 0 || reach > w_image;
    let width = if copied { reach } else { w_image };
    let (rows, ld) = (s.channels * s.kernel[0], kw * LANES);
    for group in 0..s.groups {
        sums.clear();
        sums.resize(rows * s.made * ld, 0.0);
        for n in (group..s.images * s.groups).step_by(s.groups) {
            let mut image = &x[n * s.channels * s.plane()..][..s.channels * s.plane()];
            if copied {
                widen(image, w_image, s.slide.margin[1], width, wide);
                image = wide;
            }
            let mut made = &y[n * s.made * s.windows()..][..s.made * s.windows()];
            if columns > ow {
                widen(made, ow, 0, columns, padded);
                made = padded;
            }
            meet_rows(kernels, s, [image, made], [columns, width], sums);
        }
        let out = &mut out[group * s.made * s.taps()..][..s.made * s.taps()];
        // [rows, channels of the result, places] become [channels of the result, rows, places].
        for (place, sums) in sums.as_chunks::<LANES>().0.iter().enumerate() {
            let (row, o, j) = (place / kw / s.made, place / kw % s.made, place % kw);
            out[(o * rows + row) * kw + j] = (sums[0] + sums[1]) + (sums[2] + sums[3]);
        }
    }
}

/// Adds the sums of one image.
fn meet_rows(
    kernels: &Kernels,
    s: &Sizes,
    [image, made]: [&[f32]; 2],
    [columns, width]: [usize; 2],
    sums: &mut [f32],
) {
    let (h, kh, ld) = (s.image[0], s.kernel[0], s.kernel[1] * LANES);
    for (c, k) in (0..s.channels).flat_map(|c| (0..kh).map(move |k| (c, k))) {
        let [first, end] = s.slide.inside(0, k, h, s.out[0]);
        if first == end {
            continue;
        }
        let top = first * s.slide.stride[0] + k * s.slide.dilation[0] - s.slide.margin[0];
        for [tap, taps] in chunks(s) {
            let met = Met {
                y: &made[first * columns..],
                ldy: s.out[0] * columns,
                channels: s.made,
                lines: end - first,
                vectors: columns / LANES,
                x: &image[(c * h + top) * width + tap..],
                ldx: s.slide.stride[0] * width,
                taps,
                ld,
            };
            kernels.meet(&met, &mut sums[(c * kh + k) * s.made * ld + tap * LANES..]);
        }
    }
}
