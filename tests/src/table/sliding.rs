//! Sliding windows and what is made of them.

use engine::nn::{self, Divisor, Margin, Pooling, Pooling1d, Sliding};
use engine::ops::Padding;
use engine::{Result, Tensor};

use crate::array::{Array, indices};
use crate::case::{Case, distinct, real};

/// How a row's windows slide, in both dimensions.
#[derive(Clone, Copy)]
struct Windows {
    kernel: [usize; 2],
    stride: [usize; 2],
    pad: [usize; 2],
    dilation: [usize; 2],
    ceil: bool,
}

const PLAIN: Windows = Windows { kernel: [2, 2], stride: [1, 1], pad: [0, 0], dilation: [1, 1], ceil: false };

impl Windows {
    /// How many there are along dimension `d` of an image.
    fn count(&self, d: usize, len: usize) -> usize {
        let (pad, stride) = (self.pad[d], self.stride[d]);
        let room = len + 2 * pad - self.dilation[d] * (self.kernel[d] - 1) - 1;
        let last = room / stride;
        // A window that begins in the margin behind the end does not count.
        let more = self.ceil && !room.is_multiple_of(stride) && (last + 1) * stride < len + pad;
        last + 1 + usize::from(more)
    }

    /// Where element k of window i lies, unless that is in a margin.
    fn place(&self, d: usize, i: usize, k: usize, len: usize) -> Option<usize> {
        (i * self.stride[d] + k * self.dilation[d]).checked_sub(self.pad[d]).filter(|&p| p < len)
    }

    fn pooling(&self) -> Pooling {
        let pair = |sizes: [usize; 2]| sizes.map(|n| n as i64);
        Pooling {
            kernel: pair(self.kernel),
            stride: pair(self.stride),
            padding: pair(self.pad),
            dilation: pair(self.dilation),
            ceil_mode: self.ceil,
        }
    }

    fn pooling1d(&self) -> Pooling1d {
        let Pooling { kernel, stride, padding, dilation, ceil_mode } = self.pooling();
        Pooling1d {
            kernel: kernel[1],
            stride: stride[1],
            padding: padding[1],
            dilation: dilation[1],
            ceil_mode,
        }
    }
}

/// The definition of a convolution: x is padded with zeros, and each group of channels sees its own weights.
fn convolve(x: &Array, w: &Array, windows: Windows, groups: usize) -> Array {
    let windows = Windows { kernel: [w.shape[2], w.shape[3]], ..windows };
    let [height, width] = [0, 1].map(|d| windows.count(d, x.shape[2 + d]));
    let (channels, share) = (w.shape[1], w.shape[0] / groups);
    Array::from_fn(&[x.shape[0], w.shape[0], height, width], |i| {
        let term = |k: &Vec<usize>| {
            let place = |d: usize| windows.place(d, i[2 + d], k[1 + d], x.shape[2 + d]);
            match (place(0), place(1)) {
                (Some(r), Some(c)) => {
                    let channel = i[1] / share * channels + k[0];
                    x.at(&[i[0], channel, r, c]) * w.at(&[i[1], k[0], k[1], k[2]])
                }
                _ => 0.0,
            }
        };
        indices(&w.shape[1..]).iter().map(term).sum()
    })
}

/// `f` of the elements of every window that lie inside x, each with its place in the image.
fn pool(x: &Array, windows: Windows, f: impl Fn(&[(f64, usize)]) -> f64) -> Array {
    let (h, w) = (x.shape[2], x.shape[3]);
    Array::from_fn(&[x.shape[0], x.shape[1], windows.count(0, h), windows.count(1, w)], |i| {
        let inside = indices(&windows.kernel).into_iter().filter_map(|k| {
            let (r, c) = (windows.place(0, i[2], k[0], h)?, windows.place(1, i[3], k[1], w)?);
            Some((x.at(&[i[0], i[1], r, c]), r * w + c))
        });
        f(&inside.collect::<Vec<_>>())
    })
}

fn largest(window: &[(f64, usize)]) -> (f64, usize) {
    window.iter().fold((f64::NEG_INFINITY, 0), |best, &v| if v.0 > best.0 { v } else { best })
}

fn mean(window: &[(f64, usize)]) -> f64 {
    window.iter().map(|v| v.0).sum::<f64>() / window.len() as f64
}

/// The same, as an image of height 1.
fn flat(x: &Array) -> Array {
    x.reshape(&[x.shape[0], x.shape[1], 1, x.shape[2]])
}

fn line(x: &Array) -> Array {
    x.reshape(&[x.shape[0], x.shape[1], x.shape[3]])
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = convolutions();
    cases.extend(pools());
    for (size, step) in [(3, 1), (2, 2), (2, 3)] {
        let row = Case::new(
            format!("unfold {size} by {step}"),
            vec![real(&[3, 7, 2], 4)],
            move |t| t[0].unfold(1, size, step),
            move |a| {
                let n = (7 - size) / step + 1;
                Array::from_fn(&[3, n, 2, size], |i| a[0].at(&[i[0], i[1] * step + i[3], i[2]]))
            },
        );
        cases.push(row.moves());
    }
    cases.push(Case::new(
        "unfold, weighted",
        vec![real(&[3, 7], 4), real(&[3, 2, 4], 5)],
        |t| t[0].unfold(1, 4, 3)?.mul(&t[1]),
        |a| Array::from_fn(&[3, 2, 4], |i| a[0].at(&[i[0], 3 * i[1] + i[2]]) * a[1].at(i)),
    ));
    cases.push(Case::new(
        "constant_pad_nd",
        vec![real(&[2, 3], 4)],
        |t| t[0].pad(&[1, 2, 0, 1], Padding::Constant(3.0.into())),
        |a| {
            Array::from_fn(&[3, 6], |i| {
                if i[0] < 2 && (1..4).contains(&i[1]) { a[0].at(&[i[0], i[1] - 1]) } else { 3.0 }
            })
        },
    ));
    cases
}

fn conv2d(t: &[Tensor], windows: Windows, groups: usize) -> Result<Tensor> {
    let pair = |sizes: [usize; 2]| sizes.map(|n| n as i64);
    let (stride, pad, dilation) = (pair(windows.stride), pair(windows.pad), pair(windows.dilation));
    let sliding =
        Sliding { stride: &stride, padding: Margin::Sizes(&pad), dilation: &dilation, groups: groups as i64 };
    nn::conv2d(&t[0], &t[1], t.get(2), &sliding)
}

fn convolutions() -> Vec<Case> {
    let both = |stride, pad, dilation| Windows {
        stride: [stride; 2],
        pad: [pad; 2],
        dilation: [dilation; 2],
        ..PLAIN
    };
    let uneven = Windows { stride: [1, 2], pad: [2, 0], dilation: [2, 1], ..PLAIN };
    let mut cases = Vec::new();
    for (windows, groups) in [
        (both(1, 0, 1), 1),
        (both(2, 1, 1), 1),
        (both(1, 2, 2), 1),
        (both(3, 0, 1), 2),
        (uneven, 1),
        (uneven, 2),
    ] {
        let Windows { stride, pad, dilation, .. } = windows;
        cases.push(Case::new(
            format!("conv2d stride {stride:?} padding {pad:?} dilation {dilation:?} groups {groups}"),
            vec![real(&[2, 2, 5, 6], 1), real(&[4, 2 / groups, 2, 3], 2)],
            move |t| conv2d(t, windows, groups),
            move |a| convolve(&a[0], &a[1], windows, groups),
        ));
    }
    cases.push(Case::new(
        "conv2d of one image, with a bias",
        vec![real(&[2, 4, 4], 1), real(&[3, 2, 2, 2], 2), real(&[3], 3)],
        |t| conv2d(t, PLAIN, 1),
        |a| {
            let out = convolve(&a[0].reshape(&[1, 2, 4, 4]), &a[1], PLAIN, 1);
            out.zip(&a[2].reshape(&[3, 1, 1]), |v, b| v + b).reshape(&[3, 3, 3])
        },
    ));
    // Rows of more windows than a kernel computes at once.
    let wide = Windows { pad: [1, 1], ..PLAIN };
    cases.push(Case::new(
        "conv2d of wide images",
        vec![real(&[1, 2, 3, 11], 1), real(&[5, 2, 3, 3], 2)],
        move |t| conv2d(t, wide, 1),
        move |a| convolve(&a[0], &a[1], wide, 1),
    ));
    cases.push(Case::new(
        "conv1d of the same size",
        vec![real(&[2, 4, 7], 1), real(&[2, 2, 3], 2)],
        |t| {
            nn::conv1d(
                &t[0],
                &t[1],
                None,
                &Sliding { padding: Margin::Same, groups: 2, ..Sliding::default() },
            )
        },
        |a| line(&convolve(&flat(&a[0]), &flat(&a[1]), Windows { pad: [0, 1], ..PLAIN }, 2)),
    ));
    cases.push(Case::new(
        "conv1d with steps",
        vec![real(&[1, 2, 8], 1), real(&[3, 2, 2], 2)],
        |t| {
            nn::conv1d(
                &t[0],
                &t[1],
                None,
                &Sliding { stride: &[3], padding: Margin::Valid, ..Sliding::default() },
            )
        },
        |a| line(&convolve(&flat(&a[0]), &flat(&a[1]), Windows { stride: [1, 3], ..PLAIN }, 1)),
    ));
    cases
}

fn pools() -> Vec<Case> {
    let by = |stride| Windows { stride: [stride; 2], ..PLAIN };
    let padded = Windows { kernel: [3, 2], stride: [2, 3], pad: [1, 1], ceil: true, ..PLAIN };
    let mut cases = Vec::new();
    let rows = [("1", by(1)), ("2", by(2)), ("3", by(3)), ("2 and 3 with a margin", padded)];
    for (name, windows) in rows {
        cases.push(Case::new(
            format!("max_pool2d stride {name}"),
            vec![distinct(&[2, 2, 4, 5], 1)],
            move |t| nn::max_pool2d(&t[0], &windows.pooling()),
            move |a| pool(&a[0], windows, |w| largest(w).0),
        ));
        cases.push(Case::new(
            format!("avg_pool2d of what is inside, stride {name}"),
            vec![real(&[2, 2, 4, 5], 1)],
            move |t| nn::avg_pool2d(&t[0], &windows.pooling(), Divisor::Inside),
            move |a| pool(&a[0], windows, mean),
        ));
        cases.push(Case::new(
            format!("avg_pool2d divided by 3, stride {name}"),
            vec![real(&[2, 2, 4, 5], 1)],
            move |t| nn::avg_pool2d(&t[0], &windows.pooling(), Divisor::Fixed(3)),
            move |a| pool(&a[0], windows, |w| w.iter().map(|v| v.0).sum::<f64>() / 3.0),
        ));
        cases.push(Case::new(
            format!("max_pool1d stride {name}"),
            vec![distinct(&[2, 2, 6], 1)],
            move |t| nn::max_pool1d(&t[0], &windows.pooling1d()),
            move |a| {
                let windows = Windows { kernel: [1, 2], pad: [0, windows.pad[1]], ..windows };
                line(&pool(&flat(&a[0]), windows, |w| largest(w).0))
            },
        ));
        cases.push(Case::new(
            format!("avg_pool1d stride {name}"),
            vec![real(&[2, 2, 6], 1)],
            move |t| nn::avg_pool1d(&t[0], &windows.pooling1d(), Divisor::Inside),
            move |a| {
                let windows = Windows { kernel: [1, 2], pad: [0, windows.pad[1]], ..windows };
                line(&pool(&flat(&a[0]), windows, mean))
            },
        ));
    }
    cases.push(Case::new(
        "max_pool2d, weighted",
        vec![distinct(&[2, 1, 5, 6], 1), real(&[2, 1, 4, 5], 2)],
        move |t| nn::max_pool2d(&t[0], &by(1).pooling())?.mul(&t[1]),
        move |a| pool(&a[0], by(1), |w| largest(w).0).zip(&a[1], |v, b| v * b),
    ));
    let dilated = Windows { dilation: [2, 3], pad: [1, 1], ..PLAIN };
    let places = move |t: &[Tensor]| Ok(nn::max_pool2d_with_indices(&t[0], &dilated.pooling())?.1);
    cases.push(
        Case::new("max_pool2d_with_indices", vec![distinct(&[2, 1, 4, 5], 1)], places, move |a| {
            pool(&a[0], dilated, |w| largest(w).1 as f64)
        })
        .smooth(0),
    );
    cases.push(Case::new(
        "avg_pool2d of all",
        vec![real(&[2, 2, 4, 5], 1)],
        move |t| nn::avg_pool2d(&t[0], &Windows { pad: [1, 1], ..PLAIN }.pooling(), Divisor::All),
        |a| pool(&a[0], Windows { pad: [1, 1], ..PLAIN }, |w| w.iter().map(|v| v.0).sum::<f64>() / 4.0),
    ));
    cases.extend([[2, 5], [3, 2], [1, 1], [5, 7]].map(|size: [usize; 2]| {
        Case::new(
            format!("adaptive_avg_pool2d to {size:?}"),
            vec![real(&[1, 2, 4, 5], 1)],
            move |t| nn::adaptive_avg_pool2d(&t[0], size.map(|n| Some(n as i64))),
            move |a| adaptive(&a[0], size),
        )
    }));
    cases
}

/// Window i of n reaches from ⌊i·L/n⌋ to ⌈(i + 1)·L/n⌉.
fn adaptive(x: &Array, size: [usize; 2]) -> Array {
    Array::from_fn(&[x.shape[0], x.shape[1], size[0], size[1]], |i| {
        let bounds = |d: usize| {
            let (len, n) = (x.shape[2 + d], size[d]);
            (i[2 + d] * len / n, ((i[2 + d] + 1) * len).div_ceil(n))
        };
        let ((top, bottom), (left, right)) = (bounds(0), bounds(1));
        let row = |r: usize| (left..right).map(|c| x.at(&[i[0], i[1], r, c])).sum::<f64>();
        (top..bottom).map(row).sum::<f64>() / ((bottom - top) * (right - left)) as f64
    })
}
