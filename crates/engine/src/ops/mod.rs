//! The closed set of ops. A family's file holds its shape rule, its kernels and its gradient together.
//!
//! Every gradient is written in public tensor operations, so it is recorded, dispatched and differentiated
//! like any other program: there are no backward kernels. To add an op, add a variant here; the compiler then
//! asks for the rest, and the table of test cases in `tests/` for a row.

mod binary;
mod cast;
mod compare;
mod index;
mod matmul;
mod methods;
mod reduce;
mod select;
mod softmax;
mod unary;
mod view;

use std::rc::Rc;

pub use binary::Binary;
pub use compare::Compare;
pub use index::Index;
pub use methods::{Arg, Closeness, Gelu, Rounding};
pub use reduce::{ArgReduction, Reducer, Reduction};
pub use unary::Unary;
pub use view::View;

use crate::dtype::DType;
use crate::engine::Engine;
use crate::error::Result;
use crate::tape::Node;
use crate::tensor::Tensor;

/// Everything that can be computed.
#[derive(Clone, Debug, PartialEq)]
pub enum Op {
    /// Elementwise, of one tensor.
    Unary(Unary),
    /// Elementwise arithmetic of two tensors, broadcast together.
    Binary(Binary),
    /// Elementwise comparison of two tensors, broadcast together.
    Compare(Compare),
    /// `condition ? x : y`, all three broadcast together.
    Where,
    /// Another element type.
    Cast(DType),
    /// The same elements in a storage of their own, row-major.
    Clone,
    /// Dimensions folded into one value.
    Reduce(Reduction),
    /// The index of an extreme value.
    ArgReduce(ArgReduction),
    /// Another look at the same storage, or the reverse of one.
    View(View),
    /// The product of two matrices, or of two batches of as many.
    MatMul,
    /// The logarithm of softmax along a dimension.
    LogSoftmax {
        /// Which.
        dim: usize,
    },
    /// Elements chosen by indices.
    Index(Index),
}

/// What a node keeps for its gradient.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Saves {
    /// Which inputs.
    pub(crate) inputs: [bool; 3],
    /// Whether the result.
    pub(crate) output: bool,
}

impl Saves {
    const NOTHING: Self = Self { inputs: [false; 3], output: false };
    const OUTPUT: Self = Self { inputs: [false; 3], output: true };

    const fn inputs(x: bool, y: bool, z: bool) -> Self {
        Self { inputs: [x, y, z], output: false }
    }

    const fn and_output(self) -> Self {
        Self { output: true, ..self }
    }
}

/// What a gradient is computed from.
pub(crate) struct Vjp<'a> {
    /// The gradient that came from above, of the shape of the result.
    pub(crate) g: &'a Tensor,
    node: &'a Rc<Node>,
}

/// The gradient of each input; `None` where there is none. Shapes may still be broadcast.
pub(crate) type Gradients = Result<Vec<Option<Tensor>>>;

impl<'a> Vjp<'a> {
    pub(crate) fn new(node: &'a Rc<Node>, g: &'a Tensor) -> Self {
        Self { g, node }
    }

    /// Input `i`.
    fn input(&self, i: usize) -> Result<Tensor> {
        self.node.saved_input(i)
    }

    /// The result.
    fn ans(&self) -> Result<Tensor> {
        self.node.saved_output()
    }

    /// The shape of input `i`.
    fn shape(&self, i: usize) -> &[usize] {
        &self.node.inputs()[i].shape
    }

    /// The element type of input `i`.
    fn dtype(&self, i: usize) -> DType {
        self.node.inputs()[i].dtype
    }

    /// Whether input `i` asks for a gradient at all.
    fn needs(&self, i: usize) -> bool {
        !matches!(self.node.inputs()[i].history, crate::tape::History::None)
    }

    /// The gradient of input `i`, computed only if it is asked for.
    fn wanted(&self, i: usize, gradient: impl FnOnce() -> Result<Tensor>) -> Result<Option<Tensor>> {
        if self.needs(i) { gradient().map(Some) } else { Ok(None) }
    }
}

/// One exhaustive match for everything that is asked of an op.
macro_rules! by_family {
    ($op:expr, $family:ident => $answer:expr, $dim:ident => $softmax:expr, Where => $select:expr, Cast($dtype:ident) => $cast:expr,
     Clone => $clone:expr, MatMul => $matmul:expr) => {
        match $op {
            Op::Unary($family) => $answer,
            Op::Binary($family) => $answer,
            Op::Compare($family) => $answer,
            Op::Reduce($family) => $answer,
            Op::ArgReduce($family) => $answer,
            Op::View($family) => $answer,
            Op::Index($family) => $answer,
            Op::LogSoftmax { dim: $dim } => $softmax,
            Op::Where => $select,
            Op::Cast($dtype) => $cast,
            Op::Clone => $clone,
            Op::MatMul => $matmul,
        }
    };
}

impl Op {
    /// The name that PyTorch gives to the function.
    pub fn name(&self) -> &'static str {
        by_family!(self, f => f.name(), _dim => "log_softmax", Where => "where", Cast(_d) => "to", Clone => "clone",
                   MatMul => "matmul")
    }

    /// What PyTorch prints as the `grad_fn` of its result.
    pub fn grad_fn(&self) -> String {
        if *self == Self::Binary(Binary::FloorDivide) {
            return "NotImplemented".to_owned();
        }
        if *self == Self::Unary(Unary::Log1p) {
            return "Log1PBackward0".to_owned();
        }
        let words = self.name().split('_').filter(|word| !word.is_empty());
        let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
        words.map(capital).collect::<String>() + "Backward0"
    }

    /// What is computed, for a reader: `x` and `y` are the inputs.
    pub fn formula(&self) -> &'static str {
        by_family!(self, f => f.formula(), _dim => softmax::FORMULA, Where => select::FORMULA, Cast(_d) => "x",
                   Clone => "x", MatMul => matmul::FORMULA)
    }

    /// Whether gradients can flow through it.
    pub fn is_differentiable(&self) -> bool {
        !matches!(self, Self::Compare(_) | Self::ArgReduce(_) | Self::Index(Index::Batch { .. }))
    }

    pub(crate) fn saves(&self) -> Saves {
        by_family!(self, f => f.saves(), _dim => softmax::SAVES, Where => select::SAVES, Cast(_d) => Saves::NOTHING,
                   Clone => Saves::NOTHING, MatMul => matmul::SAVES)
    }

    /// Applies the shape rule and runs the kernels. Records nothing.
    pub(crate) fn eval(&self, engine: &Engine, inputs: &[&Tensor]) -> Result<Tensor> {
        by_family!(self, f => f.eval(engine, inputs), dim => softmax::eval(*dim, engine, inputs[0]),
                   Where => select::eval(engine, inputs), Cast(d) => cast::eval(*d, engine, inputs[0]),
                   Clone => cast::eval(inputs[0].dtype(), engine, inputs[0]), MatMul => matmul::eval(engine, inputs))
    }

    /// The gradients of the inputs.
    pub(crate) fn vjp(&self, v: &Vjp<'_>) -> Gradients {
        by_family!(self, f => f.vjp(v), dim => softmax::vjp(*dim, v), Where => select::vjp(v),
                   Cast(_d) => cast::vjp(v), Clone => Ok(vec![Some(v.g.clone())]), MatMul => matmul::vjp(v))
    }
}
