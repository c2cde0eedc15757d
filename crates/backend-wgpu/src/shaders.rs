//! The shader files and the variants of them that the backend builds pipelines of.

mod all;
mod types;

pub use all::variants;
use engine::{ArgReduce, DType, Reduce, Result, Scan};
use types::{FLOAT32, INT64, dtype_code, numeric, refused};
pub use types::{Sliding, Spread, Tiles};

/// A family of kernels: one file in `shaders/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is named after its file, which says what it is")]
pub enum Family {
    Copy,
    Map,
    Reduce,
    MatMul,
    Softmax,
    Entropy,
    Index,
    Fold,
    Scatter,
    Order,
    Convolve,
    Pool,
}

/// The text of a file, without its comments: see `build.rs`.
macro_rules! shader {
    ($name:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $name, ".wgsl"))
    };
}

pub(crate) const COMMON: &str = shader!("common");

/// What generated kernels begin with: dtypes, and what is done with NaN.
pub(crate) const NUMBERS: &str = shader!("common.first");
/// Functions of real numbers.
pub(crate) const MATH: &str = shader!("math");
/// The elementwise functions that generated kernels call.
pub(crate) const MAP: &str = shader!("map");
/// The kernels of products, for a `put` that takes their results.
pub(crate) const PRODUCTS: &str = shader!("matmul.first");
/// The loops of folds, for a `place` and an `element` that were defined before.
pub(crate) const FOLDS: &str = shader!("reduce.second");

impl Family {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Copy,
        Self::Map,
        Self::Reduce,
        Self::MatMul,
        Self::Softmax,
        Self::Entropy,
        Self::Index,
        Self::Fold,
        Self::Scatter,
        Self::Order,
        Self::Convolve,
        Self::Pool,
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

    /// How many inputs its kernels read, at most.
    fn inputs(self) -> usize {
        match self {
            Self::Copy | Self::Map | Self::Reduce | Self::Softmax | Self::Fold | Self::Order => 1,
            Self::MatMul | Self::Index | Self::Pool => 2,
            Self::Scatter | Self::Convolve => 3,
            Self::Entropy => 4,
        }
    }

    fn parts(self) -> (&'static str, &'static str, bool) {
        match self {
            Self::Copy => ("copy.wgsl", shader!("copy"), false),
            Self::Map => ("map.wgsl", shader!("map"), true),
            Self::Reduce => ("reduce.wgsl", shader!("reduce"), false),
            Self::MatMul => ("matmul.wgsl", shader!("matmul"), false),
            Self::Softmax => ("softmax.wgsl", shader!("softmax"), true),
            Self::Entropy => ("entropy.wgsl", shader!("entropy"), true),
            Self::Index => ("index.wgsl", shader!("index"), false),
            Self::Fold => ("fold.wgsl", shader!("fold"), false),
            Self::Scatter => ("scatter.wgsl", shader!("scatter"), false),
            Self::Order => ("order.wgsl", shader!("order"), false),
            Self::Convolve => ("convolve.wgsl", shader!("convolve"), false),
            Self::Pool => ("pool.wgsl", shader!("pool"), false),
        }
    }
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

    /// How many inputs it reads.
    pub(crate) fn inputs(&self) -> usize {
        match self.entry {
            // The loss is made of scores and classes; its gradient needs two more. Runs are merged by the elements that
            // their indices name.
            "loss" | "merge" => 2,
            "both" => 3,
            "sorted" => 4,
            "places" => 1,
            _ => self.family.inputs(),
        }
    }

    /// How many outputs it writes.
    pub(crate) fn outputs(&self) -> usize {
        if self.entry == "both" { 2 } else { 1 }
    }

    /// `out = x` from one dtype to another; `gaps` says that elements of the output do not lie side by side.
    ///
    /// # Errors
    /// For float64.
    pub fn copy(from: DType, to: DType, gaps: bool) -> Result<Self> {
        let entry = match (to, gaps) {
            (DType::UInt8, false) => "bytes",
            (DType::UInt8, true) => "bytes_apart",
            _ => "words",
        };
        Ok(Self { family: Family::Copy, entry, op: dtype_code(from)?, dtype: dtype_code(to)? })
    }

    /// A reduction: `serial` and `serial_one` by an invocation for each result, `row` by a small workgroup, `tree` by a large one.
    ///
    /// # Errors
    /// For other types than int64 and float32.
    pub fn reduce(op: Reduce, dtype: DType, entry: &'static str) -> Result<Self> {
        let (code, name) = match op {
            Reduce::Sum => (0, "sum"),
            Reduce::Prod => (1, "prod"),
            Reduce::Max => (2, "max"),
            Reduce::Min => (3, "min"),
        };
        numeric(Family::Reduce, entry, code, dtype, true, name)
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

    /// The loss of classifiers.
    ///
    /// # Errors
    /// For other types than float32.
    pub fn cross_entropy(dtype: DType) -> Result<Self> {
        numeric(Family::Entropy, "loss", 0, dtype, false, "cross_entropy")
    }

    /// Its gradient.
    ///
    /// # Errors
    /// For other types than float32.
    pub fn cross_entropy_grad(dtype: DType) -> Result<Self> {
        numeric(Family::Entropy, "gradient", 0, dtype, false, "cross_entropy")
    }

    /// The two at once.
    ///
    /// # Errors
    /// For other types than float32.
    pub fn cross_entropy_both(dtype: DType) -> Result<Self> {
        numeric(Family::Entropy, "both", 0, dtype, false, "cross_entropy")
    }

    /// `out[…, j] = x[…, y[…, j]]`.
    ///
    /// # Errors
    /// For float64.
    pub fn gather(dtype: DType) -> Result<Self> {
        Ok(Self { family: Family::Index, entry: "gather", op: 0, dtype: dtype_code(dtype)? })
    }

    /// `out = z`, but for what `x` becomes or is folded with at the places `y`, in whose order it is known if they are
    /// `sorted`.
    ///
    /// # Errors
    /// For float64; for bool that is folded.
    pub fn scatter(dtype: DType, by: Option<Reduce>, sorted: bool) -> Result<Self> {
        if by.is_some() && dtype == DType::Bool {
            return Err(refused("scatter_add", dtype));
        }
        let op = match by {
            None => 0,
            Some(Reduce::Sum) => 1,
            Some(Reduce::Prod) => 2,
            Some(Reduce::Max) => 3,
            Some(Reduce::Min) => 4,
        };
        let entry = if sorted { "sorted" } else { "main" };
        Ok(Self { family: Family::Scatter, entry, op, dtype: dtype_code(dtype)? })
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
            Scan::Max => (2, "cummax"),
            Scan::Min => (3, "cummin"),
        };
        numeric(Family::Order, "scan", code, dtype, true, name)
    }

    /// The indices that sort blocks of elements.
    ///
    /// # Errors
    /// For other types than int64 and float32.
    pub fn argsort(dtype: DType, descending: bool) -> Result<Self> {
        numeric(Family::Order, "argsort", u32::from(descending), dtype, true, "argsort")
    }

    /// Sorted runs of indices, merged in pairs.
    ///
    /// # Errors
    /// For other types than int64 and float32.
    pub fn merge(dtype: DType, descending: bool) -> Result<Self> {
        numeric(Family::Order, "merge", u32::from(descending), dtype, true, "argsort")
    }

    /// `out[i, …] = x[y[i], …]`.
    ///
    /// # Errors
    /// For float64.
    pub fn index_select(dtype: DType) -> Result<Self> {
        let entry = if dtype == DType::UInt8 { "index_select_bytes" } else { "index_select" };
        Ok(Self { family: Family::Index, entry, op: 0, dtype: dtype_code(dtype)? })
    }

    /// The sum of windows.
    ///
    /// # Errors
    /// For other types than int64 and float32.
    pub fn fold(dtype: DType) -> Result<Self> {
        numeric(Family::Fold, "main", 0, dtype, true, "fold")
    }

    /// A part of a convolution, of four times as many windows as `vectors` at once.
    ///
    /// # Errors
    /// For other types than float32.
    pub fn convolve(dtype: DType, sliding: Sliding, vectors: usize) -> Result<Self> {
        numeric(
            Family::Convolve,
            "windows",
            sliding as u32 + 4 * (vectors as u32 - 1),
            dtype,
            false,
            "conv2d",
        )
    }

    /// The places of the largest elements of windows.
    ///
    /// # Errors
    /// For other types than float32.
    pub fn max_pool(dtype: DType) -> Result<Self> {
        numeric(Family::Pool, "places", 0, dtype, false, "max_pool2d")
    }

    /// What is added up at such places; or a step of it where windows have nothing in common.
    ///
    /// # Errors
    /// For other types than float32.
    pub fn max_pool_grad(dtype: DType, step: Spread) -> Result<Self> {
        let entry = match step {
            Spread::Sum => "spread",
            Spread::Clear => "clear",
            Spread::Put => "put",
        };
        numeric(Family::Pool, entry, 0, dtype, false, "max_pool2d")
    }

    /// Rows of uint8 as float32; `by_four` where they are made of whole words.
    pub fn batch(by_four: bool) -> Self {
        let entry = if by_four { "batch_by_four" } else { "batch" };
        Self { family: Family::Index, entry, op: 0, dtype: FLOAT32 }
    }
}
