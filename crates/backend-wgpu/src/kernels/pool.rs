//! Pooling by the largest element: one invocation per result, or per window.

use engine::{Result, Slide, Target};

use super::{GROUP, Launch, Plan, View, launch};
use crate::params::Params;
use crate::shaders::{Spread, Variant};

pub(super) fn places(size: [usize; 2], slide: Slide, x: &View, output: &Target<'_>) -> Result<Plan> {
    let sizes = [x.shape[2], x.shape[3], output.layout.shape[2], output.layout.shape[3]];
    let count = output.layout.numel();
    Ok(run(Variant::max_pool(x.dtype)?, size, slide, sizes, &[x], output, count).into())
}

pub(super) fn spread(
    size: [usize; 2],
    slide: Slide,
    x: &View,
    y: &View,
    output: &Target<'_>,
) -> Result<Plan> {
    let sizes = [output.layout.shape[2], output.layout.shape[3], x.shape[2], x.shape[3]];
    let step = |step, count| {
        Ok(run(Variant::max_pool_grad(x.dtype, step)?, size, slide, sizes, &[x, y], output, count))
    };
    let count = output.layout.numel();
    // Windows that have nothing in common.
    if [0, 1].iter().all(|&d| (size[d] - 1) * slide.dilation[d] < slide.stride[d]) {
        let launches = vec![step(Spread::Clear, count)?, step(Spread::Put, x.shape.iter().product())?];
        return Ok(Plan { launches, scratch: 0, spare: 0 });
    }
    step(Spread::Sum, count).map(Plan::from)
}

/// `sizes`: height and width of an image, and of the windows.
fn run(
    variant: Variant,
    [kh, kw]: [usize; 2],
    slide: Slide,
    sizes: [usize; 4],
    inputs: &[&View],
    output: &Target<'_>,
    count: usize,
) -> Launch {
    let channels = output.layout.shape[1];
    let small = |n: usize| n as u32;
    let mut params = Params::new(count, 1).more([kh, kw, channels, 0].map(small)).rest(sizes.map(small));
    let Slide { stride: [sh, sw], dilation: [dh, dw], margin: [top, left] } = slide;
    let all = [sh, sw, dh, dw, top, left];
    all.into_iter().enumerate().for_each(|(i, n)| params.free(i, small(n)));
    inputs.iter().enumerate().for_each(|(i, view)| params.strides(i, &view.strides));
    launch(variant, inputs, output, params, count.div_ceil(GROUP))
}
