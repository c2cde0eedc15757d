//! Pooling by the largest element: where it lies in each window, what lies there, and what comes back to there.

use super::{Gradients, Op, Saves, Vjp};
use crate::backend::Kernel;
use crate::dtype::DType;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::layout::Layout;
use crate::slide::Slide;
use crate::tensor::Tensor;

/// A step of pooling. Images are `[N, C, H, W]`, windows `[N, C, OH, OW]`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pool {
    /// Which step.
    pub step: PoolStep,
    /// Height and width of the result.
    pub size: [usize; 2],
    /// The size of a window.
    pub kernel: [usize; 2],
    /// How the windows slide.
    pub slide: Slide,
}

/// What is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PoolStep {
    /// Of images, the place of each window's largest element in its image (int64): row · W + column.
    Places,
    /// Of images and such places, what lies there.
    Largest,
    /// The reverse, of windows and such places: images, with what windows have added up there.
    Spread,
}

impl Pool {
    /// PyTorch's name.
    pub fn name(&self) -> &'static str {
        match self.step {
            PoolStep::Places => "max_pool2d_with_indices",
            PoolStep::Largest => "max_pool2d",
            PoolStep::Spread => "max_pool2d_with_indices_backward",
        }
    }

    /// What it computes.
    pub fn formula(&self) -> &'static str {
        match self.step {
            PoolStep::Places => "argmax x[window]",
            PoolStep::Largest => "max x[window]",
            PoolStep::Spread => "Σ x where windows had their largest",
        }
    }

    /// The gradients in words.
    pub(super) fn derivative(&self) -> &'static str {
        match self.step {
            PoolStep::Places => "no gradient",
            PoolStep::Largest => "gx = g where x was the largest of a window, 0 elsewhere",
            PoolStep::Spread => "gx = g where windows had their largest",
        }
    }

    pub(super) fn saves(&self) -> Saves {
        match self.step {
            PoolStep::Places => Saves::NOTHING,
            PoolStep::Largest | PoolStep::Spread => Saves::inputs(false, true, false),
        }
    }

    pub(super) fn eval(&self, engine: &Engine, inputs: &[&Tensor]) -> Result<Tensor> {
        let &Self { step, size: [height, width], kernel: size, slide } = self;
        let x = inputs[0];
        if !x.dtype().is_floating_point() {
            return Err(Error::DType { op: self.name(), expected: "real numbers", found: x.dtype() });
        }
        let &[n, channels, rows, columns] = x.shape() else {
            return Err(Error::Internal(format!("pooling of shape {:?}", x.shape())));
        };
        let shape = [n, channels, height, width];
        match (step, inputs) {
            (PoolStep::Largest, [_, places]) => {
                let x = dense(engine, x)?;
                let flat = x.layout().clone();
                let flat =
                    Layout { offset: flat.offset, ..Layout::contiguous(&[n, channels, rows * columns]) };
                let places = dense(engine, places)?;
                let at = places.layout().offset;
                let chosen = Layout { offset: at, ..Layout::contiguous(&[n, channels, height * width]) };
                let out = engine.run(
                    Kernel::Gather,
                    &[(&x, &flat), (&places, &chosen)],
                    &[n, channels, height * width],
                    x.dtype(),
                )?;
                Ok(out.view_as(Layout::contiguous(&shape)))
            }
            (PoolStep::Spread, [_, places]) => {
                let inputs = [(x, x.layout()), (*places, places.layout())];
                engine.run(Kernel::MaxPoolGrad { size, slide }, &inputs, &shape, x.dtype())
            }
            _ => engine.run(Kernel::MaxPool { size, slide }, &[(x, x.layout())], &shape, DType::Int64),
        }
    }

    pub(super) fn vjp(&self, v: &Vjp<'_>) -> Gradients {
        let step = match self.step {
            PoolStep::Places => return Ok(vec![None]),
            PoolStep::Largest => PoolStep::Spread,
            PoolStep::Spread => PoolStep::Largest,
        };
        let back = Self { step, size: [v.shape(0)[2], v.shape(0)[3]], ..*self };
        Ok(vec![Some(Op::Pool(back).run(&[v.g, &v.input(1)?])?), None])
    }
}

/// The same elements in row-major order without gaps.
fn dense(engine: &Engine, x: &Tensor) -> Result<Tensor> {
    if x.layout().is_contiguous() {
        return Ok(x.clone());
    }
    engine.run(Kernel::Copy, &[(x, x.layout())], x.shape(), x.dtype())
}
