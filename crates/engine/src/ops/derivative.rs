//! The gradient of every op in words: g is the gradient of the result, `ans` the result, gx and gy are the gradients of
//! the inputs x and y. For readers; what is computed stands in the `vjp` of each family.

use crate::backend::{Reduce, Scan};

use super::{Binary, Index, Op, Order, Reducer, Statistic, Unary, View, Windows};

impl Op {
    /// How the gradients of the inputs follow from that of the result.
    pub fn derivative(&self) -> &'static str {
        match self {
            Self::Unary(op) => unary(*op),
            Self::Binary(op) => binary(*op),
            Self::Compare(_) | Self::ArgReduce(_) => "no gradient",
            Self::Where => "gx = condition ? g : 0, gy = condition ? 0 : g",
            Self::Cast(_) => "gx = g, in the dtype of x",
            Self::Clone => "gx = g",
            Self::Reduce(reduction) => reducer(reduction.by),
            Self::View(op) => view(op),
            Self::MatMul => "gx = g · yᵀ, gy = xᵀ · g",
            Self::LogSoftmax { .. } => "gx = g − softmax(x) · Σ g",
            Self::CrossEntropy { .. } => "gx = g · (softmax(x) − one_hot(y)) / n",
            Self::Index(op) => index(op),
            Self::Cat(_) => "the gradient of each input is its part of g",
            Self::Order(op) => order(op),
            Self::Windows(op) => windows(op),
            Self::Convolution(op) => op.derivative(),
            Self::Pool(op) => op.derivative(),
            Self::Statistic(op) => statistic(op),
            Self::Put(_) => "gx = g, with 0 in the region; gy = the region of g",
            Self::Custom(_) => "the function's own backward",
        }
    }
}

fn unary(op: Unary) -> &'static str {
    match op {
        Unary::Neg => "gx = −g",
        Unary::Abs => "gx = g · sign(x)",
        Unary::Sign => "gx = 0",
        Unary::Exp => "gx = g · eˣ",
        Unary::Log => "gx = g / x",
        Unary::Sqrt => "gx = g / (2 · √x)",
        Unary::Sin => "gx = g · cos x",
        Unary::Cos => "gx = −g · sin x",
        Unary::Tanh => "gx = g · (1 − tanh² x)",
        Unary::Sigmoid => "gx = g · σ(x) · (1 − σ(x))",
        Unary::Relu => "gx = x > 0 ? g : 0",
        Unary::Log1p => "gx = g / (1 + x)",
        Unary::Expm1 => "gx = g · eˣ",
        Unary::Rsqrt => "gx = −g · ans³ / 2",
        Unary::Reciprocal => "gx = −g · ans²",
        Unary::Floor | Unary::Ceil | Unary::Round | Unary::Trunc => "gx = 0",
        Unary::Erf => "gx = g · 2/√π · e^(−x²)",
    }
}

fn binary(op: Binary) -> &'static str {
    match op {
        Binary::Add => "gx = g, gy = g",
        Binary::Sub => "gx = g, gy = −g",
        Binary::Mul => "gx = g · y, gy = g · x",
        Binary::Div => "gx = g / y, gy = −g · x / y²",
        Binary::Pow => "gx = g · y · xʸ⁻¹, gy = g · xʸ · ln x",
        Binary::Remainder => "gx = g, gy = −g · ⌊x / y⌋",
        Binary::FloorDivide | Binary::And | Binary::Or | Binary::Xor => "no gradient",
        Binary::Maximum => "gx = x > y ? g : 0, gy = y > x ? g : 0; g / 2 each where x = y",
        Binary::Minimum => "gx = x < y ? g : 0, gy = y < x ? g : 0; g / 2 each where x = y",
    }
}

fn reducer(by: Reducer) -> &'static str {
    match by {
        Reducer::Sum => "gx = g, repeated",
        Reducer::Mean => "gx = g / n, repeated",
        Reducer::Prod => "gx = g · Π of all other x",
        Reducer::Max | Reducer::Min => "gx = g where x = ans, shared by equal ones; 0 elsewhere",
    }
}

fn view(op: &View) -> &'static str {
    match op {
        View::Reshape(_) => "gx = g, in the shape of x",
        View::Permute(_) => "gx = g, permuted back",
        View::Expand(_) => "gx = Σ g over what was repeated",
        View::Slice { .. } => "gx = 0, with g at [start : end : step]",
        View::Diagonal(_) => "gx = 0, with g on the diagonal",
        View::Undiagonal(..) => "gx = the diagonal of g",
        View::Flip(_) => "gx = g, flipped back",
        View::Unslice { .. } => "gx = g[start : end : step]",
    }
}

fn windows(op: &Windows) -> &'static str {
    match op {
        Windows::Unfold { .. } => "gx = the windows of g, added up where they lay",
        Windows::Fold { .. } => "gx = the windows of g",
        Windows::Pad { .. } => "gx = g without the margin",
    }
}

fn statistic(op: &Statistic) -> &'static str {
    match op {
        Statistic::Softmax { .. } => "gx = ans · (g − Σ g · ans)",
        Statistic::LogSumExp { .. } => "gx = g · e^(x − ans)",
        Statistic::Norm { .. } => "gx = g · x · |x|ᵖ⁻² / ansᵖ⁻¹",
        Statistic::Variance { .. } => {
            "gx = g · 2 · (x − mean) / (n − correction); half of it by ans for the root"
        }
    }
}

fn order(op: &Order) -> &'static str {
    match op {
        Order::Scan { by: Scan::Sum, .. } => "gx[j] = Σ g[i] over i ≥ j",
        Order::Scan { by: Scan::Prod, .. } => "gx[j] = Σ g[i] · ans[i] / x[j] over i ≥ j",
        Order::Scan { by: Scan::Max | Scan::Min, .. } => "none",
        Order::ArgSort { .. } => "no gradient",
    }
}

fn index(op: &Index) -> &'static str {
    match op {
        Index::Gather { .. } | Index::Select { .. } => "gx = Σ g over equal i",
        Index::Scatter { by: None, .. } => "gx = g[…, i, …], gz = g, with 0 at i",
        Index::Scatter { by: Some(Reduce::Sum), .. } => "gx = g[…, i, …], gz = g",
        Index::Scatter { by: Some(Reduce::Prod | Reduce::Max | Reduce::Min), .. } => "none",
        Index::Batch { .. } => "no gradient",
    }
}
