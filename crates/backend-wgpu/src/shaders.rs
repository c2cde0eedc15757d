//! The shader files and the variants of them that the backend builds pipelines of.

use engine::{ArgReduce, DType, Error, Reduce, Result};

/// A family of kernels: one file in `shaders/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is named after its file, which says what it is")]
pub enum Family {
    Copy,
    Map,
    Reduce,
    MatMul,
    Softmax,
    Index,
}

/// The text of a file, without its comments: see `build.rs`.
macro_rules! shader {
    ($name:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $name, ".wgsl"))
    };
}

const COMMON: &str = shader!("common");

/// What generated kernels begin with: dtypes, and what is done with NaN.
pub(crate) const NUMBERS: &str = shader!("common.first");
/// Functions of real numbers.
pub(crate) const MATH: &str = shader!("math");
/// The elementwise functions that generated kernels call.
pub(crate) const MAP: &str = shader!("map");
/// The loops of folds, for a `place` and an `element` that were defined before.
pub(crate) const FOLDS: &str = shader!("reduce.second");

impl Family {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Copy, Self::Map, Self::Reduce, Self::MatMul, Self::Softmax, Self::Index];

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
            Self::Copy | Self::Map | Self::Reduce | Self::Softmax => 1,
            Self::MatMul | Self::Index => 2,
        }
    }

    fn parts(self) -> (&'static str, &'static str, bool) {
        match self {
            Self::Copy => ("copy.wgsl", shader!("copy"), false),
            Self::Map => ("map.wgsl", shader!("map"), true),
            Self::Reduce => ("reduce.wgsl", shader!("reduce"), false),
            Self::MatMul => ("matmul.wgsl", shader!("matmul"), false),
            Self::Softmax => ("softmax.wgsl", shader!("softmax"), true),
            Self::Index => ("index.wgsl", shader!("index"), false),
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

    /// The sum over equal indices.
    ///
    /// # Errors
    /// For other types than int64 and float32.
    pub fn scatter_add(dtype: DType) -> Result<Self> {
        numeric(Family::Index, "scatter_add", 0, dtype, true, "scatter_add")
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
    let mut all = vec![Ok(Variant::batch())];
    for dtype in types {
        all.extend(types.map(|from| Variant::copy(from, dtype)));
        for flag in [false, true] {
            let folds = [Reduce::Sum, Reduce::Prod, Reduce::Max, Reduce::Min];
            all.extend(folds.map(|op| Variant::reduce(op, dtype, flag)));
            all.extend([ArgReduce::Max, ArgReduce::Min].map(|op| Variant::arg_reduce(op, dtype, flag)));
            all.push(Variant::log_softmax(dtype, flag));
        }
        all.extend([Tiles::None, Tiles::Small, Tiles::Large].map(|tiles| Variant::matmul(dtype, tiles)));
        all.extend([Variant::gather(dtype), Variant::scatter_add(dtype)]);
        all.push(Variant::index_select(dtype));
    }
    // An error is a combination that is refused.
    all.into_iter().flatten().collect()
}

const FLOAT32: u32 = 3;

/// What `common.wgsl` calls a dtype.
fn dtype_code(dtype: DType) -> Result<u32> {
    match dtype {
        DType::Bool => Ok(0),
        DType::UInt8 => Ok(1),
        DType::Int64 => Ok(2),
        DType::Float32 => Ok(FLOAT32),
        DType::Float64 => Err(crate::elements::no_float64()),
    }
}

/// Arithmetic: float32, and int64 where the function is defined for it.
fn numeric(
    family: Family,
    entry: &'static str,
    op: u32,
    dtype: DType,
    of_integers: bool,
    name: &str,
) -> Result<Variant> {
    match dtype {
        DType::Float32 => {}
        DType::Int64 if of_integers => {}
        DType::Bool | DType::UInt8 | DType::Int64 | DType::Float64 => return Err(refused(name, dtype)),
    }
    Ok(Variant { family, entry, op, dtype: dtype_code(dtype)? })
}

/// Anything that takes a word per element.
fn word(family: Family, entry: &'static str, op: u32, dtype: DType, name: &str) -> Result<Variant> {
    if dtype == DType::UInt8 {
        return Err(refused(name, dtype));
    }
    Ok(Variant { family, entry, op, dtype: dtype_code(dtype)? })
}

fn refused(name: &str, dtype: DType) -> Error {
    Error::Unsupported { device: crate::NAME, what: format!("compute {name} of {}", dtype.name()) }
}
