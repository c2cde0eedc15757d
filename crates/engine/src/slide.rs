//! How windows slide over images, and what takes part in a convolution.

/// How windows slide: down, then across.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Slide {
    /// From a window to the next.
    pub stride: [usize; 2],
    /// From an element of a window to the next.
    pub dilation: [usize; 2],
    /// How far before the image the first window begins. How far the last one reaches beyond it follows from how many
    /// there are.
    pub margin: [usize; 2],
}

impl Slide {
    /// Where element `k` of window `i` lies along dimension `d`, which has `len` elements; `None` in the margin.
    pub fn place(&self, d: usize, i: usize, k: usize, len: usize) -> Option<usize> {
        (i * self.stride[d] + k * self.dilation[d]).checked_sub(self.margin[d]).filter(|&at| at < len)
    }

    /// The windows of `n`, from one to another, whose element `k` lies inside dimension `d` of `len` elements.
    pub fn inside(&self, d: usize, k: usize, len: usize, n: usize) -> [usize; 2] {
        let (reach, step) = (k * self.dilation[d], self.stride[d]);
        let first = self.margin[d].saturating_sub(reach).div_ceil(step).min(n);
        let end = (self.margin[d] + len).saturating_sub(reach).div_ceil(step).min(n);
        [first, end.max(first)]
    }
}

/// What takes part in a convolution. Each is linear in the two others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The images, `[N, C, H, W]`: of the result and the weights, the gradient of the images.
    Input,
    /// The weights, `[O, C / groups, KH, KW]`: of the images and the result, the gradient of the weights.
    Weight,
    /// The result, `[N, O, OH, OW]`, of the images and the weights.
    Output,
}

impl Part {
    /// What computing it is called: as in `torch.nn.grad`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Input => "conv2d_input",
            Self::Weight => "conv2d_weight",
            Self::Output => "conv2d",
        }
    }

    /// Images, weights and result, of the two inputs of a kernel that computes this part, and of what it makes.
    pub fn triple<T>(self, x: T, y: T, made: T) -> [T; 3] {
        match self {
            Self::Input => [made, y, x],
            Self::Weight => [x, made, y],
            Self::Output => [x, y, made],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_that_are_inside_are_those_whose_elements_have_a_place() {
        for (stride, dilation, margin, len) in
            [(1, 1, 0, 5), (1, 1, 2, 5), (2, 3, 4, 3), (3, 1, 1, 7), (4, 2, 9, 1)]
        {
            let slide = Slide { stride: [1, stride], dilation: [1, dilation], margin: [0, margin] };
            for k in 0..4 {
                let found = slide.inside(1, k, len, 6);
                let all = (0..6).filter(|&i| slide.place(1, i, k, len).is_some());
                assert_eq!(
                    (found[0]..found[1]).collect::<Vec<_>>(),
                    all.collect::<Vec<_>>(),
                    "{slide:?} {k} {len}"
                );
            }
        }
    }
}
