//! Convolutions and pooling: every width that an invocation computes, sums in one part and in many, windows that slide in
//! every way.

use engine::{DType, HostData, Kernel, Layout, Part, Slide};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{agree, lie, noise, open};

/// Images, weights, groups; steps, margins, steps within a window.
type Sizes = ([usize; 4], [usize; 4], usize, [usize; 2], [usize; 2], [usize; 2]);

const SIZES: [Sizes; 9] = [
    ([16, 1, 28, 28], [10, 1, 5, 5], 1, [1, 1], [0, 0], [1, 1]),
    ([8, 10, 12, 12], [20, 10, 5, 5], 1, [1, 1], [0, 0], [1, 1]),
    ([2, 6, 14, 15], [9, 2, 3, 3], 3, [1, 1], [1, 1], [1, 1]),
    ([3, 4, 17, 16], [6, 2, 4, 3], 2, [2, 2], [1, 2], [1, 1]),
    ([2, 3, 11, 19], [5, 3, 3, 2], 1, [3, 1], [2, 4], [2, 3]),
    ([1, 2, 5, 4], [1, 2, 5, 4], 1, [1, 1], [0, 0], [1, 1]),
    ([2, 1, 6, 7], [3, 1, 2, 2], 1, [1, 1], [5, 6], [1, 1]),
    ([2, 64, 7, 7], [32, 64, 1, 1], 1, [1, 1], [0, 0], [1, 1]),
    ([1, 2, 20, 33], [4, 2, 7, 9], 1, [2, 3], [3, 4], [1, 1]),
];

/// How many windows there are down and across.
fn count(image: &[usize], size: &[usize], slide: Slide) -> [usize; 2] {
    [0, 1].map(|d| {
        (image[d] + 2 * slide.margin[d] - slide.dilation[d] * (size[d] - 1) - 1) / slide.stride[d] + 1
    })
}

#[wasm_bindgen_test]
async fn convolutions_of_all_sizes_agree() {
    let gpu = open().await;
    for (images, weights, groups, stride, margin, dilation) in SIZES {
        let slide = Slide { stride, dilation, margin };
        let [oh, ow] = count(&images[2..], &weights[2..], slide);
        let result = [images[0], weights[0], oh, ow];
        let data = |shape: &[usize]| HostData::Float32(noise(shape.iter().product()));
        let (x, w, y, bias) = (data(&images), data(&weights), data(&result), data(&weights[..1]));
        let line = Layout::contiguous(&weights[..1]);
        for swapped in [false, true] {
            let [lx, lw, ly] = [images, weights, result].map(|shape| lie(&shape, swapped));
            let kernel = |part| Kernel::Convolve { part, slide, groups };
            let (x, w, y) = ((&x, &lx), (&w, &lw), (&y, &ly));
            let (output, f32) = (kernel(Part::Output), DType::Float32);
            agree(&gpu, &output, &[x, w], &result, f32, 1e-4).await;
            agree(&gpu, &output, &[x, w, (&bias, &line)], &result, f32, 1e-4).await;
            agree(&gpu, &kernel(Part::Input), &[y, w], &images, f32, 1e-4).await;
            agree(&gpu, &kernel(Part::Weight), &[x, y], &weights, f32, 1e-4).await;
        }
    }
}

#[wasm_bindgen_test]
async fn pooling_of_all_sizes_agrees() {
    let gpu = open().await;
    let slides = [
        ([2, 2], [2, 2], [0, 0], [1, 1]),
        ([3, 3], [2, 2], [1, 1], [1, 1]),
        ([2, 3], [1, 1], [1, 0], [3, 2]),
        ([4, 2], [5, 3], [2, 1], [1, 1]),
    ];
    for (size, stride, margin, dilation) in slides {
        let (images, slide) = ([3, 5, 25, 38], Slide { stride, dilation, margin });
        let [oh, ow] = count(&images[2..], &size, slide);
        let windows = [images[0], images[1], oh, ow];
        // A few values for many elements: ties, and NaN among them.
        let mut values: Vec<f32> = noise(images.iter().product()).iter().map(|v| (v * 9.0).round()).collect();
        values.iter_mut().step_by(97).for_each(|v| *v = f32::NAN);
        values[40..60].fill(f32::NEG_INFINITY);
        let (x, y) = (HostData::Float32(values), HostData::Float32(noise(windows.iter().product())));
        for swapped in [false, true] {
            let (lx, ly) = (lie(&images, swapped), lie(&windows, swapped));
            let kernel = Kernel::MaxPool { size, slide };
            agree(&gpu, &kernel, &[(&x, &lx)], &windows, DType::Int64, 0.0).await;
            let places = crate::run(&gpu, &kernel, &[(&x, &lx)], &windows, DType::Int64).await;
            let places = places.unwrap_or_else(|error| panic!("{error}"));
            let (kernel, dense) = (Kernel::MaxPoolGrad { size, slide }, Layout::contiguous(&windows));
            agree(&gpu, &kernel, &[(&y, &ly), (&places, &dense)], &images, DType::Float32, 1e-6).await;
        }
    }
}
