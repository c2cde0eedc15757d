//! What can go wrong, in PyTorch's words where PyTorch has them.

use crate::dtype::DType;

/// The result of anything in this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// An error of a tensor operation. Its text is what a learner reads.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Error {
    /// Two shapes cannot be broadcast together; the sizes differ at `dim` of the result.
    #[error(
        "The size of tensor a ({a}) must match the size of tensor b ({b}) at non-singleton dimension {dim}"
    )]
    Broadcast {
        /// The size of the first tensor there.
        a: usize,
        /// The size of the second tensor there.
        b: usize,
        /// The dimension of the result.
        dim: usize,
    },
    /// The inner sizes of a matrix product differ.
    #[error("mat1 and mat2 shapes cannot be multiplied ({0}x{1} and {2}x{3})")]
    MatMul(usize, usize, usize, usize),
    /// A tensor cannot be viewed in a shape.
    #[error("shape '{shape}' is invalid for input of size {numel}")]
    View {
        /// The shape asked for, as PyTorch prints it.
        shape: String,
        /// The number of elements there are.
        numel: usize,
    },
    /// A dimension that the tensor does not have.
    #[error("Dimension out of range (expected to be in range of [{lo}, {hi}], but got {dim})")]
    Dim {
        /// The smallest dimension allowed.
        lo: i64,
        /// The largest dimension allowed.
        hi: i64,
        /// What was asked for.
        dim: i64,
    },
    /// An index past the end.
    #[error("index {index} is out of bounds for dimension {dim} with size {size}")]
    Index {
        /// The index.
        index: i64,
        /// The dimension it was used in.
        dim: usize,
        /// Its size.
        size: usize,
    },
    /// An index that an op does not take, in other words than those of [`Error::Index`].
    #[error("{0}")]
    BadIndex(String),
    /// A shape that an op does not take.
    #[error("{0}")]
    Shape(String),
    /// An argument whose value makes no sense: Python's `ValueError`.
    #[error("{0}")]
    Value(String),
    /// An argument that a function does not have or whose kind it does not take: Python's `TypeError`.
    #[error("{0}")]
    Type(String),
    /// An element type that an op does not take.
    #[error("{op}: expected {expected}, but got {found}")]
    DType {
        /// The op.
        op: &'static str,
        /// What it takes.
        expected: &'static str,
        /// What came.
        found: DType,
    },
    /// More elements or bytes than can be held.
    #[error("a tensor of shape {shape:?} is too large: {limit}")]
    TooLarge {
        /// The shape asked for.
        shape: Vec<usize>,
        /// The limit that it passes, in words.
        limit: String,
    },
    /// `backward()` on something that is not a single number.
    #[error("grad can be implicitly created only for scalar outputs")]
    NotScalar,
    /// `backward()` on something that has no graph: the root of this number.
    #[error("element {0} of tensors does not require grad and does not have a grad_fn")]
    NoGraph(usize),
    /// The graph has been walked before, and its saved values are gone.
    #[error(
        "Trying to backward through the graph a second time (or directly access saved tensors after they have \
         already been freed). Saved intermediate values of the graph are freed when you call .backward() or \
         autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time or \
         if you need to access saved tensors after calling backward."
    )]
    BackwardTwice,
    /// A value that backward needs was overwritten.
    #[error(
        "one of the variables needed for gradient computation has been modified by an inplace operation: {tensor} is \
         at version {found}; expected version {expected} instead. Hint: enable anomaly detection to find the \
         operation that failed to compute its gradient, with torch.autograd.set_detect_anomaly(True)."
    )]
    ModifiedInPlace {
        /// What it is: `[torch.FloatTensor [3]], which is output 0 of ExpBackward0,`.
        tensor: String,
        /// The version it has now.
        found: u64,
        /// The version that was saved.
        expected: u64,
    },
    /// An in-place op on a leaf that requires gradients, outside `no_grad`.
    #[error("a leaf Variable that requires grad is being used in an in-place operation.")]
    LeafInPlace,
    /// An in-place op on a view of a leaf that requires gradients, outside `no_grad`.
    #[error("a view of a leaf Variable that requires grad is being used in an in-place operation.")]
    ViewOfLeafInPlace,
    /// `requires_grad = False` on a tensor that was computed.
    #[error(
        "you can only change requires_grad flags of leaf variables. If you want to use a computed variable in a \
         subgraph that doesn't require differentiation use var_no_grad = var.detach()."
    )]
    NotLeaf,
    /// `autograd.grad` with respect to something that has no part in the result.
    #[error(
        "One of the differentiated Tensors appears to not have been used in the graph. Set allow_unused=True if this \
         is the desired behavior."
    )]
    Unused,
    /// `requires_grad` on a tensor of integers or truth values.
    #[error("only Tensors of floating point dtype can require gradients")]
    IntegerGrad,
    /// Two tensors live on different devices.
    #[error("Expected all tensors to be on the same device, but found at least two devices, {0} and {1}!")]
    Devices(String, String),
    /// A backend cannot hold or compute something.
    #[error("{device} cannot {what}")]
    Unsupported {
        /// The backend's name.
        device: &'static str,
        /// What it was asked to do.
        what: String,
    },
    /// The device is gone: everything on it must be uploaded again, elsewhere or on a new device.
    #[error("the device was lost: {0}")]
    DeviceLost(String),
    /// A fault that no input should be able to cause.
    #[error("internal error: {0}")]
    Internal(String),
}

/// PyTorch's words for what has no variant of its own.
pub(crate) fn shape_error<T>(text: impl Into<String>) -> Result<T> {
    Err(Error::Shape(text.into()))
}
