//! Convolutions: which of their dimensions is which, and into how many parts a sum is cut.

use engine::{Part, Reduce, Result, Slide, Target};

use super::{Launch, Plan, ROW_GROUP, Slot, View, launch, reduce};
use crate::params::{Params, word};
use crate::shaders::{Sliding, Variant};

/// Invocations that keep a device busy: with fewer, sums are cut.
const BUSY: usize = 2048;

/// Parts of a sum, at most.
const PARTS: usize = 128;

/// Channels that an invocation computes.
const CHANNELS: usize = 4;

/// Windows beside each other that it can compute.
const WIDTHS: [usize; 3] = [4, 8, 12];

/// What loading weights costs an invocation, in windows.
const LOADS: usize = 12;

/// A sum over windows, as the shader computes it.
struct Sum {
    images: usize,
    groups: usize,
    /// Channels of the result in each group, and of the images.
    made: usize,
    channels: usize,
    image: [usize; 2],
    window: [usize; 2],
    out: [usize; 2],
    step: [usize; 2],
    dilation: [usize; 2],
    /// It may be negative, as a word.
    margin: [u32; 2],
    /// How far rows and columns of the image are apart for windows.
    apart: [usize; 2],
    /// Of images: image, group, channel, row, column.
    x: [isize; 5],
    /// Of weights: group, channel of the result, channel, row, column.
    y: [isize; 5],
    /// Where the weights begin.
    y_offset: usize,
    /// Of the result: image, group, channel, row, column.
    to: [usize; 5],
}

pub(super) fn part(
    part: Part,
    slide: Slide,
    groups: usize,
    views: &[View],
    output: &Target<'_>,
) -> Result<Plan> {
    let (first, second) = (&views[0], &views[1]);
    let sum = match part {
        Part::Output => Sum::output(slide, groups, [first, second], output),
        Part::Input => Sum::input(slide, groups, [first, second], output),
        Part::Weight => Sum::weight(slide, groups, [first, second], output),
    };
    let (params, groups, parts) = sum.params(views.get(2));
    let bias = views.get(2).unwrap_or(second);
    let variant = Variant::convolve(first.dtype, sum.sliding(), sum.width() / WIDTHS[0])?;
    let mut run = launch(variant, &[first, second, bias], output, params, groups);
    run.params.offset(1, sum.y_offset);
    if parts == 1 {
        return Ok(run.into());
    }
    let count = output.layout.numel();
    let run = Launch { outputs: vec![Slot::Scratch], ..run };
    let strides = [1, count as isize];
    let last = reduce::fold_scratch(Reduce::Sum, first.dtype, count, parts, strides, output)?;
    Ok(Plan { launches: vec![run, last], scratch: count * parts, spare: 0 })
}

impl Sum {
    /// Of images and weights.
    fn output(slide: Slide, groups: usize, [x, w]: [&View; 2], output: &Target<'_>) -> Self {
        let (shape, size) = (&output.layout.shape, [w.shape[1], w.shape[0] / groups]);
        let ([channels, made], out) = (size, [shape[2], shape[3]]);
        let plane = out[0] * out[1];
        Self {
            images: shape[0],
            groups,
            made,
            channels,
            image: [x.shape[2], x.shape[3]],
            window: [w.shape[2], w.shape[3]],
            out,
            step: slide.stride,
            dilation: slide.dilation,
            margin: slide.margin.map(|m| m as u32),
            apart: [1; 2],
            x: [x.strides[0], x.strides[1] * channels as isize, x.strides[1], x.strides[2], x.strides[3]],
            y: [w.strides[0] * made as isize, w.strides[0], w.strides[1], w.strides[2], w.strides[3]],
            y_offset: w.offset,
            to: [groups * made * plane, made * plane, plane, out[1], 1],
        }
    }

    /// Of a result and weights: windows slide over the result, whose elements lie as far apart as the windows stepped, and
    /// weights are taken from the last to the first.
    fn input(slide: Slide, groups: usize, [y, w]: [&View; 2], output: &Target<'_>) -> Self {
        let (shape, size) = (&output.layout.shape, [w.shape[1], w.shape[0] / groups]);
        let ([made, channels], out) = (size, [shape[2], shape[3]]);
        let (window, plane) = ([w.shape[2], w.shape[3]], out[0] * out[1]);
        let last = [0, 1].map(|d| window[d] as isize - 1);
        let reach = last[0] * w.strides[2] + last[1] * w.strides[3];
        Self {
            images: shape[0],
            groups,
            made,
            channels,
            image: [y.shape[2], y.shape[3]],
            window,
            out,
            step: [1; 2],
            dilation: slide.dilation,
            margin: [0, 1].map(|d| word(last[d] * slide.dilation[d] as isize - slide.margin[d] as isize)),
            apart: slide.stride,
            x: [y.strides[0], y.strides[1] * channels as isize, y.strides[1], y.strides[2], y.strides[3]],
            y: [w.strides[0] * channels as isize, w.strides[1], w.strides[0], -w.strides[2], -w.strides[3]],
            y_offset: (w.offset as isize + reach) as usize,
            to: [groups * made * plane, made * plane, plane, out[1], 1],
        }
    }

    /// Of images and a result: the result is what slides over the images, a window in each element of the weights; channels
    /// change places with images.
    fn weight(slide: Slide, groups: usize, [x, y]: [&View; 2], output: &Target<'_>) -> Self {
        let shape = &output.layout.shape;
        let (inner, made, out) = (shape[1], shape[0] / groups, [shape[2], shape[3]]);
        let plane = out[0] * out[1];
        Self {
            images: inner,
            groups,
            made,
            channels: x.shape[0],
            image: [x.shape[2], x.shape[3]],
            window: [y.shape[2], y.shape[3]],
            out,
            step: slide.dilation,
            dilation: slide.stride,
            margin: slide.margin.map(|m| m as u32),
            apart: [1; 2],
            x: [x.strides[1], x.strides[1] * inner as isize, x.strides[0], x.strides[2], x.strides[3]],
            y: [y.strides[1] * made as isize, y.strides[1], y.strides[0], y.strides[2], y.strides[3]],
            y_offset: y.offset,
            to: [plane, made * inner * plane, inner * plane, out[1], 1],
        }
    }

    /// How many windows an invocation computes: as many as waste the least.
    fn width(&self) -> usize {
        let cost = |&width: &usize| self.out[1].div_ceil(width) * (width + LOADS);
        WIDTHS.into_iter().rev().min_by_key(cost).unwrap_or(WIDTHS[0])
    }

    fn sliding(&self) -> Sliding {
        if self.step[1] != 1 || self.dilation[1] != 1 || self.apart != [1; 2] {
            Sliding::Any
        } else if self.margin[1] == 0 && self.out[1] + self.window[1] <= self.image[1] + 1 {
            Sliding::Inside
        } else {
            Sliding::ByOne
        }
    }

    /// The parameters, the number of workgroups, and into how many parts each sum is cut.
    fn params(&self, bias: Option<&View>) -> (Params, usize, usize) {
        let rows = self.channels * self.window[0];
        let across = self.out[1].div_ceil(self.width());
        let pieces = self.images * self.groups * self.made.div_ceil(CHANNELS) * self.out[0] * across;
        let parts = if pieces < BUSY { BUSY.div_ceil(pieces.max(1)).min(PARTS).min(rows).max(1) } else { 1 };
        let each = rows.div_ceil(parts).max(1);
        let parts = rows.div_ceil(each).max(1);
        let small = |n: usize| n as u32;
        let [oh, ow] = self.out.map(small);
        let ([sh, sw], [dh, dw]) = (self.step.map(small), self.dilation.map(small));
        let mut params = Params::new(pieces * parts, rows)
            .more([self.groups, self.made, parts, each].map(small))
            .rest([self.image[0], self.image[1], self.window[0], self.window[1]].map(small));
        let shape = [oh, ow, sh, sw, dh, dw, self.margin[0], self.margin[1]];
        shape.into_iter().enumerate().for_each(|(i, v)| params.free(i, v));
        let apart = self.apart.map(|n| n as isize);
        params.strides(0, &[&self.x[..], &apart].concat());
        params.strides(1, &self.y);
        if let Some(bias) = bias {
            params.strides(2, &[bias.strides[0] * self.made as isize, bias.strides[0], 1]);
        }
        let to = self.to.map(|n| n as isize);
        let count = self.images * self.groups * self.made * self.out[0] * self.out[1];
        params.strides(3, &[&to[..], &[count as isize]].concat());
        (params, (pieces * parts).div_ceil(ROW_GROUP), parts)
    }
}

#[cfg(test)]
mod tests {
    use engine::{DType, Layout};

    use super::*;
    use crate::pipelines::Recipe;

    fn view(shape: [usize; 4]) -> View {
        let layout = Layout::contiguous(&shape);
        let (slot, dtype) = (Slot::Buffer(0), DType::Float32);
        View { slot, dtype, shape: layout.shape, strides: layout.strides, offset: 0 }
    }

    /// How windows slide and how many vectors of them an invocation computes, and the groups of each launch.
    fn planned(
        part_of: Part,
        shapes: [[usize; 4]; 3],
        stride: usize,
        margin: usize,
    ) -> Result<(u32, Vec<usize>)> {
        let [x, y, made] = shapes;
        let layout = Layout::contiguous(&made);
        let target = Target { buffer: 1, dtype: DType::Float32, layout: &layout };
        let slide = Slide { stride: [stride; 2], dilation: [1; 2], margin: [margin; 2] };
        let plan = part(part_of, slide, 1, &[view(x), view(y)], &target)?;
        assert_eq!(plan.launches.len() > 1, plan.scratch > 0, "scratch is for the second launch");
        let Recipe::Fixed(variant) = &plan.launches[0].recipe else {
            return Err(engine::Error::Internal("the shader is a file".to_owned()));
        };
        Ok((variant.op, plan.launches.iter().map(|l| l.groups).collect()))
    }

    #[test]
    fn tiles_and_parts_fit_the_shape() -> Result<()> {
        let (x, w, y) = ([64, 10, 12, 12], [20, 10, 5, 5], [64, 20, 8, 8]);
        assert_eq!(planned(Part::Output, [x, w, y], 1, 0)?, (4, vec![40]), "8 windows, all inside");
        assert_eq!(planned(Part::Input, [y, w, x], 1, 0)?, (1 + 8, vec![36]), "12 windows, by one");
        assert_eq!(planned(Part::Weight, [x, y, w], 1, 0)?, (4, vec![36, 79]), "9 parts of each sum");
        let (x, y) = ([1, 3, 9, 9], [1, 4, 5, 5]);
        assert_eq!(planned(Part::Output, [x, [4, 3, 3, 3], y], 2, 1)?.0, 2 + 4, "by two");
        assert_eq!(planned(Part::Input, [y, [4, 3, 3, 3], x], 2, 1)?.0, 2 + 8, "what lies two apart");
        Ok(())
    }
}
