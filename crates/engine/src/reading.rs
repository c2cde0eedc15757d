//! Elements as numbers of the host. And `out=`: results written into tensors that exist.

use crate::dtype::{DType, Scalar};
use crate::error::{Error, Result};
use crate::tensor::Tensor;

/// What `tolist()` gives: numbers in lists, nested as the dimensions are.
#[derive(Clone, Debug, PartialEq)]
pub enum List {
    /// One element.
    Number(Scalar),
    /// The elements of a dimension.
    Items(Vec<List>),
}

impl Tensor {
    /// The one element. The future waits for the device.
    ///
    /// # Errors
    /// [`Error::Shape`], in PyTorch's words, unless there is exactly one; what [`read`](Self::read) says.
    pub fn item(&self) -> impl Future<Output = Result<Scalar>> + 'static {
        let read = (self.numel() == 1).then(|| self.read());
        async move {
            let only =
                || Error::Shape("only one element tensors can be converted to Python scalars".to_owned());
            read.ok_or_else(only)?.await?.get(0).ok_or_else(only)
        }
    }

    /// All elements in lists. The future waits for the device.
    ///
    /// # Errors
    /// What [`read`](Self::read) says.
    pub fn tolist(&self) -> impl Future<Output = Result<List>> + 'static {
        let read = self.read();
        let shape = self.shape().to_vec();
        async move {
            let data = read.await?;
            let mut next = 0;
            nested(&shape, &mut || {
                next += 1;
                data.get(next - 1).unwrap_or(Scalar::Int(0))
            })
        }
    }

    /// Writes this result of the function `name` into `out`, as `out=out` does. `inputs` are its arguments.
    ///
    /// # Errors
    /// [`Error::Shape`], in PyTorch's words: if one of the tensors requires gradients while they are recorded, if
    /// the result's category of types is above that of `out`, if elements of `out` share a place. PyTorch resizes
    /// an `out` of another shape, with a warning; here that is an error.
    pub fn write_out(&self, name: &str, inputs: &[&Tensor], out: &Tensor) -> Result<()> {
        let recorded = inputs.iter().chain([&out]).any(|t| t.requires_grad());
        if recorded && self.engine().is_grad_enabled() {
            return Err(Error::Shape(format!(
                "{name}(): functions with out=... arguments don't support automatic differentiation, but one of the \
                 arguments requires grad."
            )));
        }
        let fits = match (self.dtype(), out.dtype()) {
            // Truth values are written as numbers of any type.
            (DType::Bool, _) => true,
            (DType::UInt8 | DType::Int8 | DType::Int16 | DType::Int32 | DType::Int64, to) => {
                to != DType::Bool
            }
            (DType::Float32 | DType::Float64, to) => to.is_floating_point(),
        };
        if !fits {
            let (from, to) = (self.dtype().scalar_type(), out.dtype().scalar_type());
            return Err(Error::Shape(format!(
                "result type {from} can't be cast to the desired output type {to}"
            )));
        }
        if self.shape() != out.shape() {
            return Err(Error::Shape(format!(
                "{name}(): expected an out tensor of shape {:?}, but got {:?}",
                self.shape(),
                out.shape()
            )));
        }
        let layout = out.layout();
        if layout.shape.iter().zip(&layout.strides).any(|(&size, &stride)| size > 1 && stride == 0) {
            let text = "unsupported operation: more than one element of the written-to tensor refers to a single \
                        memory location. Please clone() the tensor before performing the operation.";
            return Err(Error::Shape(text.to_owned()));
        }
        self.engine().no_grad(|| out.copy_(&self.detach()))
    }
}

fn nested(shape: &[usize], next: &mut dyn FnMut() -> Scalar) -> Result<List> {
    match shape {
        [] => Ok(List::Number(next())),
        [size, rest @ ..] => (0..*size).map(|_| nested(rest, next)).collect::<Result<_>>().map(List::Items),
    }
}
