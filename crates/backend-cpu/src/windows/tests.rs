//! Convolutions by windows against those by columns, at sizes that are odd in every way.

use engine::{Layout, Slide};

use super::*;
use crate::convolve;
use crate::element::Input;

fn numbers(n: usize, seed: usize) -> Vec<f32> {
    (0..n).map(|i| ((i * 7 + seed * 3) % 11) as f32 - 5.0).collect()
}

/// Images, channels of a group, height, width; groups, channels of the result in a group; height and width of windows;
/// their steps down; margins; steps within a window.
type Shape = ([usize; 4], [usize; 2], [usize; 2], usize, [usize; 2], [usize; 2]);

const SHAPES: [Shape; 10] = [
    ([2, 1, 28, 28], [1, 10], [5, 5], 1, [0, 0], [1, 1]),
    ([2, 3, 12, 12], [1, 4], [5, 5], 1, [0, 0], [1, 1]),
    ([1, 2, 9, 13], [2, 3], [3, 3], 1, [1, 1], [1, 1]),
    ([2, 2, 7, 7], [1, 5], [3, 3], 1, [1, 1], [1, 1]),
    ([1, 1, 3, 3], [1, 1], [2, 2], 1, [0, 0], [1, 1]),
    ([1, 2, 11, 10], [1, 9], [2, 7], 2, [3, 4], [1, 1]),
    ([1, 2, 11, 17], [2, 2], [2, 3], 3, [2, 3], [3, 2]),
    ([3, 1, 5, 19], [1, 4], [1, 1], 1, [0, 0], [1, 1]),
    ([1, 1, 4, 9], [1, 2], [3, 2], 1, [5, 6], [1, 1]),
    ([1, 1, 2, 21], [1, 2], [6, 6], 1, [4, 0], [1, 1]),
];

#[test]
fn windows_give_what_columns_give() {
    let (kernels, mut room) = (Kernels::loops(), Room::default());
    for ([n, c, h, w], [groups, made], [kh, kw], step, margin, dilation) in SHAPES {
        let slide = Slide { stride: [step, 1], dilation, margin };
        let count = |d: usize, len: usize, k: usize| {
            (len + 2 * margin[d] - (k - 1) * dilation[d] - 1) / slide.stride[d] + 1
        };
        let shapes = [
            [n, groups * c, h, w],
            [groups * made, c, kh, kw],
            [n, groups * made, count(0, h, kh), count(1, w, kw)],
        ];
        let layouts = shapes.map(|shape| Layout::contiguous(&shape));
        let data: Vec<_> = layouts.iter().zip(1..).map(|(l, seed)| numbers(l.numel(), seed)).collect();
        let s = Sizes::new(&layouts[0], &layouts[1], &layouts[2], slide, groups);
        for (part, a, b, to) in [(Part::Output, 0, 1, 2), (Part::Weight, 0, 2, 1), (Part::Input, 2, 1, 0)] {
            let mut found = vec![f32::NAN; layouts[to].numel()];
            let inputs = [a, b].map(|i| Input { data: &data[i], layout: &layouts[i] });
            let done = run(&kernels, part, &s, [&data[a], &data[b]], &mut found, &mut room);
            let mut expected = found.clone();
            convolve::run(part, slide, groups, &inputs, &layouts[to], &mut expected).expect("it fits");
            assert_eq!(done, part != Part::Weight || dilation[1] == 1, "{part:?} of {shapes:?}");
            if done {
                assert_eq!(found, expected, "{part:?} of {shapes:?}");
            }
        }
    }
}
