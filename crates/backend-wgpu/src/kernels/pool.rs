//! Pooling by the largest element: one invocation per result.

use engine::{Result, Slide, Target};

use super::{GROUP, Plan, View, launch};
use crate::params::Params;
use crate::shaders::Variant;

pub(super) fn places(size: [usize; 2], slide: Slide, x: &View, output: &Target<'_>) -> Result<Plan> {
    let sizes = [x.shape[2], x.shape[3], output.layout.shape[2], output.layout.shape[3]];
    run(Variant::max_pool(x.dtype)?, size, slide, sizes, &[x], output)
}

pub(super) fn spread(
    size: [usize; 2],
    slide: Slide,
    x: &View,
    y: &View,
    output: &Target<'_>,
) -> Result<Plan> {
    let sizes = [output.layout.shape[2], output.layout.shape[3], x.shape[2], x.shape[3]];
    run(Variant::max_pool_grad(x.dtype)?, size, slide, sizes, &[x, y], output)
}

/// `sizes`: height and width of an image, and of the windows.
fn run(
    variant: Variant,
    [kh, kw]: [usize; 2],
    slide: Slide,
    sizes: [usize; 4],
    inputs: &[&View],
    output: &Target<'_>,
) -> Result<Plan> {
    let (count, channels) = (output.layout.numel(), output.layout.shape[1]);
    let small = |n: usize| n as u32;
    let mut params = Params::new(count, 1).more([kh, kw, channels, 0].map(small)).rest(sizes.map(small));
    let Slide { stride: [sh, sw], dilation: [dh, dw], margin: [top, left] } = slide;
    let all = [sh, sw, dh, dw, top, left];
    all.into_iter().enumerate().for_each(|(i, n)| params.free(i, small(n)));
    inputs.iter().enumerate().for_each(|(i, view)| params.strides(i, &view.strides));
    Ok(launch(variant, inputs, output, params, count.div_ceil(GROUP)).into())
}
