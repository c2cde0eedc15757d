//! Elementwise functions as WGSL expressions. In a register a bool is a `bool` and all integers are `i32`; in memory a bool
//! is a word, and four uint8 share one.

use engine::ops::{Binary, Compare, Unary};
use engine::program::Step;
use engine::{DType, Error, Result};

fn refused(name: &str, dtype: DType) -> Error {
    Error::Unsupported { device: crate::NAME, what: format!("compute {name} of {}", dtype.name()) }
}

/// The type that a buffer of `dtype` holds.
pub(crate) fn stored(dtype: DType) -> Result<&'static str> {
    match dtype {
        DType::Bool | DType::UInt8 => Ok("u32"),
        DType::Int8 | DType::Int16 | DType::Int32 | DType::Int64 => Ok("i32"),
        DType::Float32 => Ok("f32"),
        DType::Float64 => Err(crate::elements::no_float64()),
    }
}

/// The same for a kernel that takes four elements at a time.
pub(crate) fn stored_by_four(dtype: DType) -> Result<String> {
    let name = stored(dtype)?;
    Ok(if dtype == DType::UInt8 { name.to_owned() } else { format!("vec4<{name}>") })
}

/// The type of four elements in a register.
pub(crate) fn vector(dtype: DType) -> Result<&'static str> {
    match dtype {
        DType::Bool => Ok("vec4<bool>"),
        DType::UInt8 | DType::Int8 | DType::Int16 | DType::Int32 | DType::Int64 => Ok("vec4<i32>"),
        DType::Float32 => Ok("vec4<f32>"),
        DType::Float64 => stored(dtype),
    }
}

/// A parameter word as a number.
pub(crate) fn number(word: &str, dtype: DType) -> Result<String> {
    match dtype {
        DType::Bool => Ok(format!("({word} != 0u)")),
        DType::UInt8 | DType::Int8 | DType::Int16 | DType::Int32 | DType::Int64 => {
            Ok(format!("bitcast<i32>({word})"))
        }
        DType::Float32 => Ok(format!("bitcast<f32>({word})")),
        DType::Float64 => stored(dtype).map(str::to_owned),
    }
}

/// An element of a buffer (or four) as it comes to a register.
pub(crate) fn load(buffer: &str, at: &str, dtype: DType, wide: bool) -> Result<String> {
    match (dtype, wide) {
        (DType::Bool, false) => Ok(format!("({buffer}[{at}] != 0u)")),
        (DType::Bool, true) => Ok(format!("({buffer}[{at}] != vec4<u32>())")),
        (DType::UInt8, false) => Ok(format!("byte_of({buffer}[({at}) >> 2u], {at})")),
        (DType::UInt8, true) => Ok(format!("bytes_of({buffer}[{at}])")),
        (DType::Float64, _) => stored(dtype).map(str::to_owned),
        _ => Ok(format!("{buffer}[{at}]")),
    }
}

/// A register as it goes to a buffer. Bytes go by four only.
pub(crate) fn store(register: &str, dtype: DType, wide: bool) -> String {
    match (dtype, wide) {
        (DType::Bool, false) => format!("select(0u, 1u, {register})"),
        (DType::Bool, true) => format!("select(vec4<u32>(), vec4<u32>(1u), {register})"),
        (DType::UInt8, true) => format!("word_of({register})"),
        _ => register.to_owned(),
    }
}

/// How a function is written.
enum Text {
    /// A function of one element.
    Call(&'static str),
    /// An operator between the operands, for one or four elements.
    Operator(&'static str),
}

use Text::{Call, Operator};

fn unary(op: Unary, dtype: DType) -> Result<Text> {
    let of_reals = dtype == DType::Float32;
    let taken = of_reals || (dtype == DType::Int64 && op.takes_integers());
    if !taken {
        return Err(refused(op.name(), dtype));
    }
    Ok(Call(match op {
        Unary::Neg => {
            if of_reals {
                "neg_of"
            } else {
                "-"
            }
        }
        Unary::Abs => {
            if of_reals {
                "abs_of"
            } else {
                "abs"
            }
        }
        Unary::Sign => {
            if of_reals {
                "sign_of"
            } else {
                "sign"
            }
        }
        Unary::Relu => {
            if of_reals {
                "relu_of"
            } else {
                "relu_i"
            }
        }
        Unary::Exp => "exp_of",
        Unary::Log => "log_of",
        Unary::Sqrt => "sqrt_of",
        Unary::Sin => "sin_of",
        Unary::Cos => "cos_of",
        Unary::Tanh => "tanh_of",
        Unary::Sigmoid => "sigmoid_of",
        Unary::Log1p => "log1p_of",
        Unary::Expm1 => "expm1_of",
        Unary::Rsqrt => "rsqrt_of",
        Unary::Reciprocal => "reciprocal_of",
        Unary::Floor => "floor_of",
        Unary::Ceil => "ceil_of",
        Unary::Round => "round_of",
        Unary::Trunc => "trunc_of",
        Unary::Erf => "erf_of",
    }))
}

fn binary(op: Binary, dtype: DType) -> Result<Text> {
    let of_reals = dtype == DType::Float32;
    stored(dtype)?;
    if !op.takes(dtype) {
        return Err(refused(op.name(), dtype));
    }
    Ok(match op {
        Binary::Add => Operator("+"),
        Binary::Sub => Operator("-"),
        Binary::Mul => Operator("*"),
        Binary::Div => Call("divide"),
        Binary::Pow => Call(if of_reals { "power" } else { "integer_power" }),
        Binary::Maximum => Call(if of_reals { "larger" } else { "max" }),
        Binary::Minimum => Call(if of_reals { "smaller" } else { "min" }),
        Binary::FloorDivide => Call(if of_reals { "floor_divide" } else { "integer_floor_divide" }),
        Binary::Remainder => Call(if of_reals { "remainder" } else { "integer_remainder" }),
        Binary::And => Operator("&"),
        Binary::Or => Operator("|"),
        Binary::Xor if dtype == DType::Bool => Operator("!="),
        Binary::Xor => Operator("^"),
    })
}

fn compare(op: Compare) -> &'static str {
    match op {
        Compare::Eq => "==",
        Compare::Ne => "!=",
        Compare::Lt => "<",
        Compare::Le => "<=",
        Compare::Gt => ">",
        Compare::Ge => ">=",
    }
}

/// The expression of a step. `dtypes` are those of the registers.
pub(crate) fn step(step: Step, dtypes: &[DType], wide: bool) -> Result<String> {
    match step {
        Step::Unary(op, x) => unary(op, dtypes[x]).map(|text| apply(&text, &[x], dtypes[x], wide)),
        Step::Binary(op, x, y) => binary(op, dtypes[x]).map(|text| apply(&text, &[x, y], dtypes[x], wide)),
        Step::Compare(op, x, y) => comparison(op, x, y, dtypes[x], wide),
        Step::Where(c, x, y) => {
            stored(dtypes[x])?;
            Ok(format!("select(r{y}, r{x}, r{c})"))
        }
        Step::Cast(to, x) => cast(to, x, dtypes[x], wide),
    }
}

fn apply(text: &Text, operands: &[usize], dtype: DType, wide: bool) -> String {
    let join = |lane: &str, separator: &str| {
        operands.iter().map(|r| format!("r{r}{lane}")).collect::<Vec<_>>().join(separator)
    };
    match text {
        Operator(operator) => join("", &format!(" {operator} ")),
        Call(name) if !wide => format!("{name}({})", join("", ", ")),
        Call(name) => {
            let lanes = [".x", ".y", ".z", ".w"].map(|lane| format!("{name}({})", join(lane, ", ")));
            let vector = if dtype == DType::Float32 { "vec4<f32>" } else { "vec4<i32>" };
            format!("{vector}({})", lanes.join(", "))
        }
    }
}

/// NaN equals nothing: compilers that assume there is none are not asked.
fn comparison(op: Compare, x: usize, y: usize, dtype: DType, wide: bool) -> Result<String> {
    stored(dtype)?;
    let sign = compare(op);
    if dtype == DType::Bool {
        return Ok(format!(
            "select({zero}, {one}, r{x}) {sign} select({zero}, {one}, r{y})",
            zero = ones(wide, 0),
            one = ones(wide, 1)
        ));
    }
    if dtype != DType::Float32 {
        return Ok(format!("r{x} {sign} r{y}"));
    }
    let suffix = if wide { "4" } else { "" };
    Ok(match op {
        Compare::Ne => format!("differ{suffix}(r{x}, r{y})"),
        Compare::Eq | Compare::Lt | Compare::Le | Compare::Gt | Compare::Ge => {
            format!("(r{x} {sign} r{y}) & comparable{suffix}(r{x}, r{y})")
        }
    })
}

fn ones(wide: bool, value: u32) -> String {
    if wide { format!("vec4<u32>({value}u)") } else { format!("{value}u") }
}

fn cast(to: DType, x: usize, from: DType, wide: bool) -> Result<String> {
    stored(from)?;
    let r = format!("r{x}");
    let lanes = |call: &str, vector: &str| {
        if !wide {
            return format!("{call}({r})");
        }
        let lanes = [".x", ".y", ".z", ".w"].map(|lane| format!("{call}({r}{lane})"));
        format!("{vector}({})", lanes.join(", "))
    };
    let low_byte = |integer: &str| format!("({integer} & {})", if wide { "vec4<i32>(255)" } else { "255" });
    match (from, to) {
        (_, _) if from == to => Ok(r),
        (DType::Float32, DType::Bool) => Ok(lanes("truth_of", "vec4<bool>")),
        (DType::Float32, DType::Int64) => Ok(lanes("integer_of", "vec4<i32>")),
        (DType::Float32, DType::UInt8) => Ok(low_byte(&lanes("integer_of", "vec4<i32>"))),
        (DType::Int64, DType::UInt8) => Ok(low_byte(&r)),
        (DType::UInt8, DType::Int64) => Ok(r),
        (DType::Int64, DType::Int32) => Ok(r),
        (DType::Int64, DType::Int16) => Ok(format!("extractBits({r}, 0u, 16u)")),
        (DType::Int64, DType::Int8) => Ok(format!("extractBits({r}, 0u, 8u)")),
        (_, DType::Int8 | DType::Int16 | DType::Int32) => Err(refused(to.name(), from)),
        (_, DType::Bool | DType::UInt8 | DType::Int64 | DType::Float32) if wide => {
            Ok(format!("{}({r})", vector(to)?))
        }
        (_, DType::Bool) => Ok(format!("bool({r})")),
        (_, DType::UInt8 | DType::Int64) => Ok(format!("i32({r})")),
        (_, DType::Float32) => Ok(format!("f32({r})")),
        (_, DType::Float64) => stored(to).map(str::to_owned),
    }
}

/// A step of every function, on the first registers.
pub(crate) fn every_step() -> Vec<Step> {
    let mut all: Vec<Step> = Unary::ALL.map(|op| Step::Unary(op, 0)).into();
    all.extend(Binary::ALL.map(|op| Step::Binary(op, 0, 1)));
    all.extend(Compare::ALL.map(|op| Step::Compare(op, 0, 1)));
    let types =
        [DType::Bool, DType::UInt8, DType::Int8, DType::Int16, DType::Int32, DType::Int64, DType::Float32];
    all.extend(types.map(|dtype| Step::Cast(dtype, 0)));
    all.push(Step::Where(0, 1, 2));
    all
}
