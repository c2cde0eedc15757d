//! Chains of elementwise functions as straight-line programs: what one kernel computes for each element. An op by
//! itself is a program of one step; fused ops are a longer one. Backends interpret it or write a shader from it.

use std::fmt::Write as _;

use crate::dtype::DType;
use crate::ops::{Binary, Compare, Unary};

/// Names a value of a program: first its inputs, then the result of each step, in order.
pub type Register = usize;

/// One elementwise function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// `op(x)`; the result has the dtype of `x`.
    Unary(Unary, Register),
    /// `op(x, y)`, of one dtype, which the result has too.
    Binary(Binary, Register, Register),
    /// `op(x, y)`, of one dtype; the result is bool.
    Compare(Compare, Register, Register),
    /// `condition ? x : y`; the condition is bool, the others of one dtype.
    Where(Register, Register, Register),
    /// The same number as another dtype. A register has a dtype that devices hold: of int64 numbers, a cast to a smaller
    /// integer is the number that wraps around at its range.
    Cast(DType, Register),
}

/// Elementwise functions, one after another. Every register is written once, before it is read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Program {
    /// The dtypes of the inputs.
    pub inputs: Vec<DType>,
    /// What is computed.
    pub steps: Vec<Step>,
    /// The registers that are results.
    pub outputs: Vec<Register>,
}

impl Step {
    /// The registers that it reads.
    pub fn operands(self) -> impl Iterator<Item = Register> {
        let (a, b, c) = match self {
            Self::Unary(_, x) | Self::Cast(_, x) => (Some(x), None, None),
            Self::Binary(_, x, y) | Self::Compare(_, x, y) => (Some(x), Some(y), None),
            Self::Where(c, x, y) => (Some(c), Some(x), Some(y)),
        };
        [a, b, c].into_iter().flatten()
    }

    /// The same function of other registers.
    #[must_use]
    pub fn renamed(self, name: impl Fn(Register) -> Register) -> Self {
        match self {
            Self::Unary(op, x) => Self::Unary(op, name(x)),
            Self::Binary(op, x, y) => Self::Binary(op, name(x), name(y)),
            Self::Compare(op, x, y) => Self::Compare(op, name(x), name(y)),
            Self::Where(c, x, y) => Self::Where(name(c), name(x), name(y)),
            Self::Cast(dtype, x) => Self::Cast(dtype, name(x)),
        }
    }

    /// The dtype of its result, where `dtypes` are those of its operands, or of the registers before it.
    pub fn dtype(self, dtypes: &[DType]) -> DType {
        match self {
            Self::Unary(_, x) | Self::Binary(_, x, _) | Self::Where(_, x, _) => dtypes[x],
            Self::Compare(..) => DType::Bool,
            Self::Cast(dtype, _) => dtype,
        }
    }

    /// Whether a device computes it by a function with branches and many instructions, which takes long to compile where it
    /// stands often.
    pub fn is_heavy(self) -> bool {
        match self {
            Self::Unary(op, _) => match op {
                Unary::Exp
                | Unary::Log
                | Unary::Sqrt
                | Unary::Sin
                | Unary::Cos
                | Unary::Tanh
                | Unary::Sigmoid
                | Unary::Log1p
                | Unary::Expm1
                | Unary::Rsqrt
                | Unary::Reciprocal
                | Unary::Erf => true,
                Unary::Neg
                | Unary::Abs
                | Unary::Sign
                | Unary::Relu
                | Unary::Floor
                | Unary::Ceil
                | Unary::Round
                | Unary::Trunc => false,
            },
            Self::Binary(op, ..) => match op {
                Binary::Div | Binary::Pow | Binary::FloorDivide | Binary::Remainder => true,
                Binary::Add
                | Binary::Sub
                | Binary::Mul
                | Binary::Maximum
                | Binary::Minimum
                | Binary::And
                | Binary::Or
                | Binary::Xor => false,
            },
            Self::Compare(..) | Self::Where(..) | Self::Cast(..) => false,
        }
    }

    /// The name of the function.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unary(op, _) => op.name(),
            Self::Binary(op, ..) => op.name(),
            Self::Compare(op, ..) => op.name(),
            Self::Where(..) => "where",
            Self::Cast(dtype, _) => dtype.name(),
        }
    }
}

impl Program {
    /// One function of as many inputs as it has operands.
    pub fn single(step: Step, inputs: &[DType]) -> Self {
        Self { inputs: inputs.to_vec(), steps: vec![step], outputs: vec![inputs.len()] }
    }

    /// How many of its steps are heavy.
    pub fn heavy(&self) -> usize {
        self.steps.iter().filter(|step| step.is_heavy()).count()
    }

    /// The dtype of every register, as devices hold it.
    pub fn dtypes(&self) -> Vec<DType> {
        let mut dtypes = self.inputs.clone();
        for step in &self.steps {
            dtypes.push(step.dtype(&dtypes).stored());
        }
        dtypes
    }

    /// As text, one step a line: `r2 = mul(r0, r1)`.
    pub fn listing(&self) -> String {
        let mut text = String::new();
        let names = |step: &Step| step.operands().map(|r| format!("r{r}")).collect::<Vec<_>>().join(", ");
        for (i, step) in self.steps.iter().enumerate() {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "r{} = {}({})", self.inputs.len() + i, step.name(), names(step));
        }
        text
    }
}
