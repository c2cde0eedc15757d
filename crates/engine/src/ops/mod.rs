//! The closed set of ops. A family's file holds its shape rule, its kernels and its gradient together.
//!
//! Every gradient is written in public tensor operations, so it is recorded, dispatched and differentiated
//! like any other program; `cross_entropy` alone has a kernel for its gradient. To add an op, add a variant here;
//! the compiler then asks for the rest, and the table of test cases in `tests/` for a row. Most functions need no op:
//! they are composed of others, in `methods`.

mod binary;
mod cast;
mod compare;
mod convolution;
mod cross_entropy;
mod custom;
mod derivative;
mod index;
mod join;
mod matmul;
pub(crate) mod methods;
mod order;
mod pool;
mod put;
mod reduce;
mod select;
mod softmax;
mod statistic;
mod unary;
mod view;
mod windows;

use std::rc::Rc;

pub use binary::Binary;
pub use compare::Compare;
pub use convolution::Convolution;
pub use custom::Custom;
pub use index::Index;
pub use join::Cat;
pub use methods::{Arg, Closeness, Gelu, Item, Padding, Rounding, einsum};
pub use order::Order;
pub use pool::{Pool, PoolStep};
pub use put::Region;
pub use reduce::{ArgReduction, Reducer, Reduction};
pub use statistic::Statistic;
pub use unary::Unary;
pub use view::{Diagonal, View};
pub use windows::Windows;
pub(crate) use windows::count as window_count;

use crate::backend::Scan;
use crate::dtype::DType;
use crate::engine::Engine;
use crate::error::Result;
use crate::slide::Part;
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
    /// The mean over rows of −log softmax at the class that each row has, in one kernel.
    CrossEntropy {
        /// The class of rows that do not count.
        ignore: i64,
    },
    /// Elements chosen by indices.
    Index(Index),
    /// A tensor with one region replaced.
    Put(Region),
    /// A function that the user wrote, with its own gradient.
    Custom(Custom),
    /// Windows that slide along a dimension, or room around a tensor.
    Windows(Windows),
    /// Windows over images, multiplied with weights; or the weights or images that go with a result.
    Convolution(Convolution),
    /// The largest elements of windows over images.
    Pool(Pool),
    /// A fold of several steps whose gradient has a formula of its own.
    Statistic(Statistic),
    /// Tensors one after another.
    Cat(Cat),
    /// What goes along a dimension: running sums, sorting.
    Order(Order),
}

/// What a node keeps for its gradient.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Saves {
    /// Which of the first inputs; later ones are never kept.
    pub(crate) inputs: [bool; 3],
    /// Whether the result.
    pub(crate) output: bool,
}

impl Saves {
    pub(crate) const NOTHING: Self = Self { inputs: [false; 3], output: false };
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
    /// Which inputs' gradients lead anywhere.
    wanted: &'a [bool],
}

/// The gradient of each input; `None` where there is none. Shapes may still be broadcast.
pub(crate) type Gradients = Result<Vec<Option<Tensor>>>;

impl<'a> Vjp<'a> {
    pub(crate) fn new(node: &'a Rc<Node>, g: &'a Tensor, wanted: &'a [bool]) -> Self {
        Self { g, node, wanted }
    }

    /// Input `i`.
    fn input(&self, i: usize) -> Result<Tensor> {
        self.node.saved_input(i)
    }

    /// Whether input `i` is a matrix (or several) that lies column after column.
    fn lies_transposed(&self, i: usize) -> bool {
        self.node.inputs()[i].transposed
    }

    /// The result.
    fn ans(&self) -> Result<Tensor> {
        self.node.saved_output()
    }

    /// The number of inputs.
    fn len(&self) -> usize {
        self.node.inputs().len()
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
        self.wanted.get(i).copied().unwrap_or(false)
    }

    /// The gradient of input `i`, computed only if it is asked for.
    fn wanted(&self, i: usize, gradient: impl FnOnce() -> Result<Tensor>) -> Result<Option<Tensor>> {
        if self.needs(i) { gradient().map(Some) } else { Ok(None) }
    }
}

/// Answers with what the family of an op answers; the rest have an answer each. `apart` has each of them found by a function of its
/// own.
macro_rules! by_family {
    ($op:expr, apart $family:ident => $answer:expr, $($pattern:pat => $other:expr),* $(,)?) => {
        by_family!($op, $family => apart(|| $answer), $($pattern => apart(|| $other)),*)
    };
    ($op:expr, $family:ident => $answer:expr, $($pattern:pat => $other:expr),* $(,)?) => {
        match $op {
            Op::Unary($family) => $answer,
            Op::Binary($family) => $answer,
            Op::Compare($family) => $answer,
            Op::Reduce($family) => $answer,
            Op::ArgReduce($family) => $answer,
            Op::View($family) => $answer,
            Op::Index($family) => $answer,
            Op::Windows($family) => $answer,
            Op::Convolution($family) => $answer,
            Op::Pool($family) => $answer,
            Op::Statistic($family) => $answer,
            Op::Cat($family) => $answer,
            Op::Order($family) => $answer,
            $($pattern => $other,)*
        }
    };
}

/// Calls a function that stays one of its own. Put together, what all ops do would have to be there before any can be done: the
/// page loads those first that it opens with (see the crate `split`).
#[inline(never)]
fn apart<R>(f: impl FnOnce() -> R) -> R {
    f()
}

impl Op {
    /// The name that PyTorch gives to the function.
    pub fn name(&self) -> &'static str {
        by_family!(self, f => f.name(),
            Self::LogSoftmax { .. } => "log_softmax",
            Self::CrossEntropy { .. } => "cross_entropy",
            Self::Where => "where",
            Self::Cast(_) => "to",
            Self::Clone => "clone",
            Self::MatMul => "matmul",
            Self::Put(_) => "copy_slices",
            Self::Custom(_) => "Function",
        )
    }

    /// What PyTorch prints as the `grad_fn` of its result.
    pub fn grad_fn(&self) -> String {
        match self {
            Self::CrossEntropy { .. } => "NllLossBackward0".to_owned(),
            Self::Binary(Binary::FloorDivide) => "NotImplemented".to_owned(),
            Self::Unary(Unary::Log1p) => "Log1PBackward0".to_owned(),
            Self::Put(_) => "CopySlices".to_owned(),
            Self::Convolution(Convolution { part: Part::Output, .. }) => "ConvolutionBackward0".to_owned(),
            Self::Convolution(_) => "ConvolutionBackwardBackward0".to_owned(),
            Self::Pool(_) => "MaxPool2DWithIndicesBackward0".to_owned(),
            Self::Custom(custom) => custom.grad_fn(),
            Self::Cast(_) => "ToCopyBackward0".to_owned(),
            // PyTorch's matmul runs mm.
            Self::MatMul => "MmBackward0".to_owned(),
            Self::Reduce(fold) => named(self.name(), fold.overload()),
            Self::Statistic(Statistic::Norm { .. }) => named(self.name(), 1),
            Self::Cat(_)
            | Self::Order(_)
            | Self::Windows(_)
            | Self::Statistic(_)
            | Self::Unary(_)
            | Self::Binary(_)
            | Self::Compare(_)
            | Self::Where
            | Self::Clone
            | Self::ArgReduce(_)
            | Self::View(_)
            | Self::LogSoftmax { .. }
            | Self::Index(_) => named(self.name(), 0),
        }
    }

    /// What is computed, for a reader: `x` and `y` are the inputs.
    pub fn formula(&self) -> &'static str {
        by_family!(self, f => f.formula(),
            Self::LogSoftmax { .. } => softmax::FORMULA,
            Self::CrossEntropy { .. } => cross_entropy::FORMULA,
            Self::Where => select::FORMULA,
            Self::Cast(_) | Self::Clone => "x",
            Self::MatMul => matmul::FORMULA,
            Self::Put(_) => put::FORMULA,
            Self::Custom(_) => "f(x)",
        )
    }

    /// Computes it once more, of other tensors.
    ///
    /// # Errors
    /// What its shape rule or the backend says, and [`Error::Internal`](crate::Error::Internal) without a tensor.
    pub fn run(&self, inputs: &[&Tensor]) -> Result<Tensor> {
        let first =
            inputs.first().ok_or_else(|| crate::Error::Internal("an op needs a tensor".to_owned()))?;
        first.engine().apply(self.clone(), inputs)
    }

    /// Whether gradients can flow through it.
    pub fn is_differentiable(&self) -> bool {
        !matches!(
            self,
            Self::Compare(_)
                | Self::ArgReduce(_)
                | Self::Index(Index::Batch { .. })
                | Self::Pool(Pool { step: PoolStep::Places, .. })
                | Self::Order(Order::ArgSort { .. } | Order::Scan { by: Scan::Max | Scan::Min, .. })
        )
    }

    pub(crate) fn saves(&self) -> Saves {
        by_family!(self, f => f.saves(),
            Self::LogSoftmax { .. } => softmax::SAVES,
            Self::CrossEntropy { .. } => cross_entropy::SAVES,
            Self::Where => select::SAVES,
            Self::MatMul => matmul::SAVES,
            Self::Cast(_) | Self::Clone | Self::Put(_) | Self::Custom(_) => Saves::NOTHING,
        )
    }

    /// Applies the shape rule and runs the kernels. Records nothing.
    pub(crate) fn eval(&self, engine: &Engine, inputs: &[&Tensor]) -> Result<Tensor> {
        by_family!(self, apart f => f.eval(engine, inputs),
            Self::LogSoftmax { dim } => softmax::eval(*dim, engine, inputs[0]),
            Self::CrossEntropy { ignore } => cross_entropy::eval(*ignore, engine, inputs),
            Self::Where => select::eval(engine, inputs),
            Self::Cast(dtype) => cast::eval(*dtype, engine, inputs[0]),
            Self::Clone => cast::eval(inputs[0].dtype(), engine, inputs[0]),
            Self::MatMul => matmul::eval(engine, inputs),
            Self::Put(region) => put::eval(region, engine, inputs),
            Self::Custom(custom) => custom.as_op(),
        )
    }

    /// The gradients of the inputs.
    pub(crate) fn vjp(&self, v: &Vjp<'_>) -> Gradients {
        by_family!(self, apart f => f.vjp(v),
            Self::LogSoftmax { dim } => softmax::vjp(*dim, v),
            Self::CrossEntropy { ignore } => cross_entropy::vjp(*ignore, v),
            Self::Where => select::vjp(v),
            Self::Cast(_) => cast::vjp(v),
            Self::Clone => Ok(vec![Some(v.g.clone())]),
            Self::MatMul => matmul::vjp(v),
            Self::Put(region) => put::vjp(region, v),
            Self::Custom(custom) => custom.as_op(),
        )
    }
}

/// PyTorch's name of the node of a function; functions with overloads number them.
fn named(function: &str, overload: u8) -> String {
    let words = function.split('_').filter(|word| !word.is_empty());
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    format!("{}Backward{overload}", words.map(capital).collect::<String>())
}
