//! The shader files and the variants of them that the backend builds pipelines of.

mod types;

use engine::ops::{Binary, Compare, Unary};
use engine::{ArgReduce, DType, Reduce, Result, Scan};
use types::{FLOAT32, INT64, dtype_code, numeric, word};

/// A family of kernels: one file in `shaders/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is named after its file, which says what it is")]
pub enum Family {
    Copy,
    Unary,
    Binary,
    Compare,
    Select,
    Reduce,
    MatMul,
    Softmax,
    Index,
    Scatter,
    Order,
}

/// The text of a file, without its comments: see `build.rs`.
macro_rules! shader {
    ($name:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $name, ".wgsl"))
    };
}

const COMMON: &str = shader!("common");
const MATH: &str = shader!("math");

impl Family {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Copy,
        Self::Unary,
        Self::Binary,
        Self::Compare,
        Self::Select,
        Self::Reduce,
        Self::MatMul,
        Self::Softmax,
        Self::Index,
        Self::Scatter,
        Self::Order,
    ];

    /// The name of the file.
    pub fn file(self) -> &'static str {
        self.parts().0
    }

    /// The text that the device compiles: what is shared, then the file.
    pub fn source(self) -> String {
        let (_, text, needs_math) = self.parts();
        [COMMON, if needs_math { MATH } else { "" }, text].join("\n")
    }

    /// How many inputs its kernels read.
    pub(crate) fn inputs(self) -> usize {
        match self {
            Self::Copy | Self::Unary | Self::Reduce | Self::Softmax | Self::Order => 1,
            Self::Binary | Self::Compare | Self::MatMul | Self::Index => 2,
            Self::Select | Self::Scatter => 3,
        }
    }

    fn parts(self) -> (&'static str, &'static str, bool) {
        match self {
            Self::Copy => ("copy.wgsl", shader!("copy"), false),
            Self::Unary => ("unary.wgsl", shader!("unary"), true),
            Self::Binary => ("binary.wgsl", shader!("binary"), true),
            Self::Compare => ("compare.wgsl", shader!("compare"), false),
            Self::Select => ("select.wgsl", shader!("select"), false),
            Self::Reduce => ("reduce.wgsl", shader!("reduce"), false),
            Self::MatMul => ("matmul.wgsl", shader!("matmul"), false),
            Self::Softmax => ("softmax.wgsl", shader!("softmax"), true),
            Self::Index => ("index.wgsl", shader!("index"), false),
            Self::Scatter => ("scatter.wgsl", shader!("scatter"), false),
            Self::Order => ("order.wgsl", shader!("order"), false),
        }
    }
}

/// How a matrix product is cut into workgroups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tiles {
    /// One invocation for each result.
    None,
    /// 16 × 16 results.
    Small,
    /// 64 × 64 results.
    Large,
}

/// One pipeline: a file, an entry point and the values of its override constants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Variant {
    /// The file.
    pub family: Family,
    /// The entry point.
    pub entry: &'static str,
    /// The constant `OP`.
    pub op: u32,
    /// The constant `DTYPE`.
    pub dtype: u32,
}

impl Variant {
    /// The override constants, as `wgpu` and `naga` take them.
    pub fn constants(&self) -> [(&'static str, f64); 2] {
        [("OP", f64::from(self.op)), ("DTYPE", f64::from(self.dtype))]
    }

    /// `out = x` from one dtype to another.
    ///
    /// # Errors
    /// For float64.
    pub fn copy(from: DType, to: DType) -> Result<Self> {
        let entry = if to == DType::UInt8 { "bytes" } else { "words" };
        Ok(Self { family: Family::Copy, entry, op: dtype_code(from)?, dtype: dtype_code(to)? })
    }

    /// `out = op(x)`.
    ///
    /// # Errors
    /// For integers, but for the functions that stay among them.
    pub fn unary(op: Unary, dtype: DType) -> Result<Self> {
        let (code, of_integers) = match op {
            Unary::Neg => (0, true),
            Unary::Abs => (1, true),
            Unary::Sign => (2, true),
            Unary::Exp => (3, false),
            Unary::Log => (4, false),
            Unary::Sqrt => (5, false),
            Unary::Sin => (6, false),
            Unary::Cos => (7, false),
            Unary::Tanh => (8, false),
            Unary::Sigmoid => (9, false),
            Unary::Relu => (10, true),
        };
        numeric(Family::Unary, "main", code, dtype, of_integers, op.name())
    }

    /// `out = op(x, y)`.
    ///
    /// # Errors
    /// For integers that are divided.
    pub fn binary(op: Binary, dtype: DType) -> Result<Self> {
        let code = match op {
            Binary::Add => 0,
            Binary::Sub => 1,
            Binary::Mul => 2,
            Binary::Div => 3,
            Binary::Pow => 4,
            Binary::Maximum => 5,
            Binary::Minimum => 6,
        };
        numeric(Family::Binary, "main", code, dtype, op != Binary::Div, op.name())
    }

    /// `out = op(x, y)` as bool.
    ///
    /// # Errors
    /// For uint8 and float64.
    pub fn compare(op: Compare, dtype: DType) -> Result<Self> {
        let code = match op {
            Compare::Eq => 0,
            Compare::Ne => 1,
            Compare::Lt => 2,
            Compare::Le => 3,
            Compare::Gt => 4,
            Compare::Ge => 5,
        };
        word(Family::Compare, "main", code, dtype, op.name())
    }

    /// `out = x ? y : z`.
    ///
    /// # Errors
    /// For uint8 and float64.
    pub fn select(dtype: DType) -> Result<Self> {
        word(Family::Select, "main", 0, dtype, "where")
    }

    /// A reduction; `tree` with a workgroup for each result.
    ///
    /// # Errors
    /// For other types than int64 and float32.
    pub fn reduce(op: Reduce, dtype: DType, tree: bool) -> Result<Self> {
        let (code, name) = match op {
            Reduce::Sum => (0, "sum"),
            Reduce::Prod => (1, "prod"),
            Reduce::Max => (2, "max"),
            Reduce::Min => (3, "min"),
        };
        numeric(Family::Reduce, if tree { "tree" } else { "serial" }, code, dtype, true, name)
    }

    /// The index of an extreme value; `tree` with a workgroup for each result.
    ///
    /// # Errors
    /// For other types than int64 and float32.
    pub fn arg_reduce(op: ArgReduce, dtype: DType, tree: bool) -> Result<Self> {
        let (code, name) = match op {
            ArgReduce::Max => (2, "argmax"),
            ArgReduce::Min => (3, "argmin"),
        };
        numeric(Family::Reduce, if tree { "arg_tree" } else { "arg_serial" }, code, dtype, true, name)
    }

    /// A matrix product, in tiles or without.
    ///
    /// # Errors
    /// For other types than float32.
    pub fn matmul(dtype: DType, tiles: Tiles) -> Result<Self> {
        let entry = match tiles {
            Tiles::None => "direct",
            Tiles::Small => "narrow",
            Tiles::Large => "blocked",
        };
        numeric(Family::MatMul, entry, 0, dtype, false, "matmul")
    }

    /// `out = x - log Σ exp x`; `tree` with a workgroup for each row.
    ///
    /// # Errors
    /// For other types than float32.
    pub fn log_softmax(dtype: DType, tree: bool) -> Result<Self> {
        numeric(Family::Softmax, if tree { "tree" } else { "serial" }, 0, dtype, false, "log_softmax")
    }

    /// `out[…, j] = x[…, y[…, j]]`.
    ///
    /// # Errors
    /// For uint8 and float64.
    pub fn gather(dtype: DType) -> Result<Self> {
        word(Family::Index, "gather", 0, dtype, "gather")
    }

    /// `out = z`, but for what `x` becomes or is added to at the places `y`.
    ///
    /// # Errors
    /// For uint8 and float64; for bool that is added.
    pub fn scatter(dtype: DType, add: bool) -> Result<Self> {
        if add {
            return numeric(Family::Scatter, "main", 1, dtype, true, "scatter_add");
        }
        word(Family::Scatter, "main", 0, dtype, "scatter")
    }

    /// `out = y · size + x`, of indices.
    pub fn locate() -> Self {
        Self { family: Family::Index, entry: "locate", op: 0, dtype: INT64 }
    }

    /// Running sums or products.
    ///
    /// # Errors
    /// For other types than int64 and float32.
    pub fn scan(op: Scan, dtype: DType) -> Result<Self> {
        let (code, name) = match op {
            Scan::Sum => (0, "cumsum"),
            Scan::Prod => (1, "cumprod"),
        };
        numeric(Family::Order, "scan", code, dtype, true, name)
    }

    /// The indices that sort.
    ///
    /// # Errors
    /// For other types than int64 and float32.
    pub fn argsort(dtype: DType, descending: bool) -> Result<Self> {
        numeric(Family::Order, "argsort", u32::from(descending), dtype, true, "argsort")
    }

    /// `out[i, …] = x[y[i], …]`.
    ///
    /// # Errors
    /// For float64.
    pub fn index_select(dtype: DType) -> Result<Self> {
        let entry = if dtype == DType::UInt8 { "index_select_bytes" } else { "index_select" };
        Ok(Self { family: Family::Index, entry, op: 0, dtype: dtype_code(dtype)? })
    }

    /// Rows of uint8 as float32.
    pub fn batch() -> Self {
        Self { family: Family::Index, entry: "batch", op: 0, dtype: FLOAT32 }
    }
}

/// Every variant that the backend can ask for.
pub fn variants() -> Vec<Variant> {
    let types = [DType::Bool, DType::UInt8, DType::Int64, DType::Float32, DType::Float64];
    let mut all = vec![Ok(Variant::batch()), Ok(Variant::locate())];
    for dtype in types {
        all.extend(types.map(|from| Variant::copy(from, dtype)));
        all.extend(Unary::ALL.map(|op| Variant::unary(op, dtype)));
        all.extend(Binary::ALL.map(|op| Variant::binary(op, dtype)));
        all.extend(Compare::ALL.map(|op| Variant::compare(op, dtype)));
        for flag in [false, true] {
            let folds = [Reduce::Sum, Reduce::Prod, Reduce::Max, Reduce::Min];
            all.extend(folds.map(|op| Variant::reduce(op, dtype, flag)));
            all.extend([ArgReduce::Max, ArgReduce::Min].map(|op| Variant::arg_reduce(op, dtype, flag)));
            all.push(Variant::log_softmax(dtype, flag));
            all.extend([Variant::scatter(dtype, flag), Variant::argsort(dtype, flag)]);
        }
        all.extend([Tiles::None, Tiles::Small, Tiles::Large].map(|tiles| Variant::matmul(dtype, tiles)));
        all.extend([Variant::select(dtype), Variant::gather(dtype)]);
        all.extend([Scan::Sum, Scan::Prod].map(|op| Variant::scan(op, dtype)));
        all.push(Variant::index_select(dtype));
    }
    // An error is a combination that is refused.
    all.into_iter().flatten().collect()
}
