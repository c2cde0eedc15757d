//! Convolutions. Images, weights and result determine each other: the sum Σ result · (images ∗ weights) is linear in each
//! of the three, so that what is computed of two of them is the gradient with respect to the third, and its gradients
//! are of the same kind.

use super::{Gradients, Op, Saves, Vjp};
use crate::backend::Kernel;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::slide::{Part, Slide};
use crate::tensor::Tensor;

/// One of the three, of the two others in the order of [`Part`]; a result may have a bias, as third input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Convolution {
    /// Which.
    pub part: Part,
    /// Its height and width.
    pub size: [usize; 2],
    /// How windows of the size of the weights slide over the images.
    pub slide: Slide,
    /// Into how many parts the channels are cut that do not see each other.
    pub groups: usize,
}

impl Convolution {
    /// PyTorch's name.
    pub fn name(&self) -> &'static str {
        self.part.name()
    }

    /// What it computes.
    pub fn formula(&self) -> &'static str {
        match self.part {
            Part::Output => "Σ x[window] · y",
            Part::Weight => "Σ x[window] · y over all windows",
            Part::Input => "Σ x · y where windows lay",
        }
    }

    pub(super) fn saves(&self) -> Saves {
        Saves::inputs(true, true, false)
    }

    pub(super) fn eval(&self, engine: &Engine, inputs: &[&Tensor]) -> Result<Tensor> {
        let &Self { part, size: [height, width], slide, groups } = self;
        let (x, y) = (inputs[0], inputs[1]);
        let wrong = inputs.iter().map(|t| t.dtype()).find(|&t| !t.is_floating_point() || t != x.dtype());
        if let Some(found) = wrong {
            return Err(Error::DType { op: self.name(), expected: "real numbers of one dtype", found });
        }
        let (&[a, b, ..], &[c, d, ..]) = (x.shape(), y.shape()) else {
            return Err(Error::Internal(format!("a convolution of {:?} and {:?}", x.shape(), y.shape())));
        };
        let shape = match part {
            Part::Output => [a, c, height, width],
            Part::Weight => [d, b / groups, height, width],
            Part::Input => [a, d * groups, height, width],
        };
        let inputs: Vec<_> = inputs.iter().map(|&t| (t, t.layout())).collect();
        engine.run(Kernel::Convolve { part, slide, groups }, &inputs, &shape, x.dtype())
    }

    pub(super) fn vjp(&self, v: &Vjp<'_>) -> Gradients {
        let size = |i: usize| [v.shape(i)[2], v.shape(i)[3]];
        let of = |part: Part, i: usize, a: &Tensor, b: &Tensor| {
            Op::Convolution(Self { part, size: size(i), ..*self }).run(&[a, b])
        };
        let [first, second] = match self.part {
            Part::Output => [
                v.wanted(0, || of(Part::Input, 0, v.g, &v.input(1)?))?,
                v.wanted(1, || of(Part::Weight, 1, &v.input(0)?, v.g))?,
            ],
            Part::Weight => [
                v.wanted(0, || of(Part::Input, 0, &v.input(1)?, v.g))?,
                v.wanted(1, || of(Part::Output, 1, &v.input(0)?, v.g))?,
            ],
            Part::Input => [
                v.wanted(0, || of(Part::Output, 0, v.g, &v.input(1)?))?,
                v.wanted(1, || of(Part::Weight, 1, v.g, &v.input(0)?))?,
            ],
        };
        let mut all = vec![first, second];
        if v.len() > 2 {
            // Of each image first: its elements lie together.
            all.push(v.wanted(2, || v.g.sum(&[2, 3], false)?.sum(&[0], false))?);
        }
        Ok(all)
    }

    /// The gradients in words.
    pub(super) fn derivative(&self) -> &'static str {
        match self.part {
            Part::Output => "gx = Σ g · y where windows lay, gy = Σ x[window] · g",
            Part::Weight => "gx = Σ y · g where windows lay, gy = Σ x[window] · g",
            Part::Input => "gx = Σ g[window] · y, gy = Σ g[window] · x",
        }
    }
}
