//! Convolutions. The windows of one image become the columns of a matrix that fits into a cache, which is multiplied
//! with the weights; where a kernel can be made that reads windows where they lie (`windows`), not even that.

use std::borrow::Cow;

use engine::{Layout, Part, Result, Slide};

use crate::element::{Input, Number};
use crate::matmul::{MatMul, Matrix, Room, multiply};
use crate::walk::{Walk, step};

/// The sizes of a convolution. Channels are those of a group.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sizes {
    pub(crate) images: usize,
    pub(crate) groups: usize,
    /// Of an image, and its height and width.
    pub(crate) channels: usize,
    pub(crate) image: [usize; 2],
    /// Of the result, and its height and width.
    pub(crate) made: usize,
    pub(crate) out: [usize; 2],
    /// Of a window.
    pub(crate) kernel: [usize; 2],
    pub(crate) slide: Slide,
}

impl Sizes {
    pub(crate) fn new(x: &Layout, w: &Layout, y: &Layout, slide: Slide, groups: usize) -> Self {
        let (x, w, y) = (&x.shape, &w.shape, &y.shape);
        Self {
            images: x[0],
            groups,
            channels: w[1],
            image: [x[2], x[3]],
            made: w[0] / groups,
            out: [y[2], y[3]],
            kernel: [w[2], w[3]],
            slide,
        }
    }

    /// The elements of a channel of an image.
    pub(crate) fn plane(&self) -> usize {
        self.image[0] * self.image[1]
    }

    /// The windows of an image.
    pub(crate) fn windows(&self) -> usize {
        self.out[0] * self.out[1]
    }

    /// The elements of a window in all channels.
    pub(crate) fn taps(&self) -> usize {
        self.channels * self.kernel[0] * self.kernel[1]
    }

    /// Whether there is nothing to multiply.
    fn is_empty(&self) -> bool {
        [self.images, self.groups, self.made, self.windows(), self.taps(), self.plane()].contains(&0)
    }

    /// Calls `body` with where one element of the windows of a row begins and ends among columns, where the first of
    /// them lies in the image, and from a window to the next there.
    fn each_row(&self, body: &mut dyn FnMut([usize; 2], usize, usize)) {
        let ([h, w], [oh, ow], [kh, kw]) = (self.image, self.out, self.kernel);
        for tap in 0..self.taps() {
            let (c, i, j) = (tap / kw / kh, tap / kw % kh, tap % kw);
            let [first, end] = self.slide.inside(1, j, w, ow);
            if first == end {
                continue;
            }
            let left = first * self.slide.stride[1] + j * self.slide.dilation[1] - self.slide.margin[1];
            for row in 0..oh {
                if let Some(at) = self.slide.place(0, row, i, h) {
                    let to = (tap * oh + row) * ow;
                    body([to + first, to + end], (c * h + at) * w + left, self.slide.stride[1]);
                }
            }
        }
    }

    /// The windows of one image's channels as columns: `[taps, windows]`.
    fn columns<T: Number>(&self, image: &[T], to: &mut Vec<T>) {
        to.clear();
        to.resize(self.taps() * self.windows(), T::ZERO);
        self.each_row(&mut |[start, end], at, step| {
            if step == 1 {
                to[start..end].copy_from_slice(&image[at..at + end - start]);
            } else {
                let from = image[at..].iter().step_by(step);
                to[start..end].iter_mut().zip(from).for_each(|(o, &v)| *o = v);
            }
        });
    }

    /// Adds up what is in columns where the windows lay.
    fn add_columns<T: Number>(&self, columns: &[T], image: &mut [T]) {
        self.each_row(&mut |[start, end], at, step| {
            let from = &columns[start..end];
            if T::DENSE_LOOPS && step == 1 {
                image[at..].iter_mut().zip(from).for_each(|(o, &v)| *o = o.add(v));
            } else {
                image[at..].iter_mut().step_by(step).zip(from).for_each(|(o, &v)| *o = o.add(v));
            }
        });
    }
}

/// The elements of an input side by side: where they lie, if they lie so.
pub(crate) fn dense<'a, T: Copy>(x: &Input<'a, T>) -> Cow<'a, [T]> {
    let numel = x.layout.numel();
    if x.layout.is_contiguous() {
        return Cow::Borrowed(x.data.get(x.layout.offset..x.layout.offset + numel).unwrap_or_default());
    }
    let walk = Walk::new([x.layout]);
    let mut all = Vec::with_capacity(numel);
    walk.each_run(&mut |[at]| all.extend((0..walk.run).map(|i| x.data[step(at, walk.strides[0], i)])));
    Cow::Owned(all)
}

/// The kernel: `inputs` and `out` are what `part` says.
pub(crate) fn run<T: MatMul>(
    part: Part,
    slide: Slide,
    groups: usize,
    inputs: &[Input<'_, T>],
    output: &Layout,
    out: &mut [T],
) -> Result<()> {
    let [x, w, y] = part.triple(inputs[0].layout, inputs[1].layout, output);
    let sizes = Sizes::new(x, w, y, slide, groups);
    let (first, second) = (dense(&inputs[0]), dense(&inputs[1]));
    if sizes.is_empty() {
        out.fill(T::ZERO);
    } else if !T::by_windows(part, &sizes, [&first, &second], out) {
        T::room().with_borrow_mut(|room| match part {
            Part::Output => output_of(&sizes, [&first, &second], out, room),
            Part::Weight => weight_of(&sizes, [&first, &second], out, room),
            Part::Input => input_of(&sizes, [&first, &second], out, room),
        });
    }
    if let Some(bias) = inputs.get(2).map(dense)
        && sizes.windows() > 0
    {
        let made = out.chunks_exact_mut(sizes.windows());
        for (plane, &b) in made.zip(bias.iter().cycle()) {
            plane.iter_mut().for_each(|o| *o = o.add(b));
        }
    }
    Ok(())
}

/// A matrix without gaps.
fn rows<T>(data: &[T], columns: usize) -> Matrix<'_, T> {
    Matrix { data, offset: 0, strides: [columns as isize, 1] }
}

fn output_of<T: MatMul>(s: &Sizes, [x, w]: [&[T]; 2], out: &mut [T], [columns, ..]: &mut Room<T>) {
    let (taps, windows) = (s.taps(), s.windows());
    let images = x.chunks_exact(s.channels * s.plane());
    for (i, (image, y)) in images.zip(out.chunks_exact_mut(s.made * windows)).enumerate() {
        let w = &w[i % s.groups * s.made * taps..][..s.made * taps];
        s.columns(image, columns);
        multiply([s.made, taps, windows], rows(w, taps), rows(columns, windows), y);
    }
}

fn weight_of<T: MatMul>(s: &Sizes, [x, y]: [&[T]; 2], out: &mut [T], [columns, part, ..]: &mut Room<T>) {
    let (taps, windows) = (s.taps(), s.windows());
    out.fill(T::ZERO);
    part.clear();
    part.resize(s.made * taps, T::ZERO);
    let images = x.chunks_exact(s.channels * s.plane());
    for (i, (image, y)) in images.zip(y.chunks_exact(s.made * windows)).enumerate() {
        s.columns(image, columns);
        multiply([s.made, windows, taps], rows(y, windows), rows(columns, windows).turned(), part);
        let w = &mut out[i % s.groups * s.made * taps..][..s.made * taps];
        w.iter_mut().zip(&*part).for_each(|(o, &v)| *o = o.add(v));
    }
}

fn input_of<T: MatMul>(s: &Sizes, [y, w]: [&[T]; 2], out: &mut [T], [columns, ..]: &mut Room<T>) {
    let (taps, windows) = (s.taps(), s.windows());
    out.fill(T::ZERO);
    columns.clear();
    columns.resize(taps * windows, T::ZERO);
    let images = out.chunks_exact_mut(s.channels * s.plane());
    for (i, (image, y)) in images.zip(y.chunks_exact(s.made * windows)).enumerate() {
        let w = &w[i % s.groups * s.made * taps..][..s.made * taps];
        multiply([taps, s.made, windows], rows(w, taps).turned(), rows(y, windows), columns);
        s.add_columns(columns, image);
    }
}
