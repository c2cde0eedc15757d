//! `numpy.dtype`: the types of elements, how they are combined, and how a program names them.

use std::any::Any;
use std::rc::Rc;

use engine::{DType, Scalar};

use crate::error::{Result, Stop, type_error};
use crate::fork::Fork;
use crate::machine::Machine;
use crate::native::{Args, Getter, Native, NativeClass};
use crate::object::Object;
use crate::value::Value;

/// A type of elements: one of the engine's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Bool,
    UInt8,
    Int8,
    Int16,
    Int32,
    Int64,
    Float32,
    Float64,
}

/// Types that NumPy has, and the engine has not.
const MISSING: [&str; 10] =
    ["uint16", "uint32", "uint64", "float16", "complex64", "complex128", "half", "object", "O", "complex"];

impl Kind {
    /// `float64`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::UInt8 => "uint8",
            Self::Int8 => "int8",
            Self::Int16 => "int16",
            Self::Int32 => "int32",
            Self::Int64 => "int64",
            Self::Float32 => "float32",
            Self::Float64 => "float64",
        }
    }

    /// The name of the class of its numbers.
    pub(crate) fn class(self) -> &'static str {
        if self == Self::Bool { "bool_" } else { self.name() }
    }

    /// The type of the tensor that holds its elements.
    pub(crate) fn dtype(self) -> DType {
        match self {
            Self::Bool => DType::Bool,
            Self::UInt8 => DType::UInt8,
            Self::Int8 => DType::Int8,
            Self::Int16 => DType::Int16,
            Self::Int32 => DType::Int32,
            Self::Int64 => DType::Int64,
            Self::Float32 => DType::Float32,
            Self::Float64 => DType::Float64,
        }
    }

    pub(crate) fn of(dtype: DType) -> Self {
        match dtype {
            DType::Bool => Self::Bool,
            DType::UInt8 => Self::UInt8,
            DType::Int8 => Self::Int8,
            DType::Int16 => Self::Int16,
            DType::Int32 => Self::Int32,
            DType::Int64 => Self::Int64,
            DType::Float32 => Self::Float32,
            DType::Float64 => Self::Float64,
        }
    }

    pub(crate) fn is_float(self) -> bool {
        matches!(self, Self::Float32 | Self::Float64)
    }

    /// Truth values, integers, real numbers.
    pub(crate) fn category(self) -> u8 {
        match self {
            Self::Bool => 0,
            _ if self.is_float() => 2,
            _ => 1,
        }
    }

    /// The bytes of an element.
    pub(crate) fn size(self) -> i64 {
        self.dtype().size() as i64
    }

    /// The smallest type that holds both: `numpy.promote_types`.
    pub(crate) fn promote(self, other: Self) -> Self {
        let (low, high) = if self as u8 <= other as u8 { (self, other) } else { (other, self) };
        match (low, high) {
            (Self::Int32 | Self::Int64, Self::Float32) => Self::Float64,
            (Self::UInt8, Self::Int8) => Self::Int16,
            _ => high,
        }
    }

    /// The number as one of this type.
    pub(crate) fn cast(self, value: Scalar) -> Scalar {
        value.cast(self.dtype())
    }

    /// The type of a Python number.
    pub(crate) fn of_number(value: Scalar) -> Self {
        match value {
            Scalar::Bool(_) => Self::Bool,
            Scalar::Int(_) => Self::Int64,
            Scalar::Float(_) => Self::Float64,
        }
    }

    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "bool" | "bool_" | "?" => Self::Bool,
            "uint8" | "u1" | "ubyte" | "B" => Self::UInt8,
            "int8" | "i1" | "byte" | "b" => Self::Int8,
            "int16" | "i2" | "<i2" | "short" | "h" => Self::Int16,
            "int32" | "i4" | "<i4" | "intc" | "i" => Self::Int32,
            "int64" | "i8" | "<i8" | "int" | "int_" | "intp" | "long" | "longlong" | "l" => Self::Int64,
            "float32" | "f4" | "<f4" | "single" | "f" => Self::Float32,
            "float64" | "f8" | "<f8" | "float" | "float_" | "double" | "d" => Self::Float64,
            _ => return None,
        })
    }

    /// The type that a value names: a dtype, a class or a text.
    ///
    /// # Errors
    /// `TypeError` if it names none, or one that arrays cannot have here.
    pub(crate) fn from_value(value: &Value) -> Result<Self> {
        let name = match value {
            Value::Str(text) => text.to_string(),
            Value::Class(class) => class.name.to_string(),
            other => {
                if let Some(dtype) = other.downcast::<DTypeOf>() {
                    return Ok(dtype.0);
                }
                return type_error(format!("Cannot interpret '{}' as a data type", other.type_name()));
            }
        };
        if let Some(kind) = Self::named(&name) {
            return Ok(kind);
        }
        let error = Stop::error("TypeError", format!("data type '{name}' not understood"));
        Err(if MISSING.contains(&&*name) {
            error.hint("Arrays are of float64, float32, int64, int32, int16, int8, uint8 or bool here.")
        } else {
            error
        })
    }

    /// The type that argument `i` names, if it is given.
    ///
    /// # Errors
    /// As for [`from_value`](Self::from_value).
    pub(crate) fn argument(args: &Args, i: usize) -> Result<Option<Self>> {
        args.opt(i).map(|value| Self::from_value(&value)).transpose()
    }
}

/// `numpy.dtype('float64')`.
pub(crate) struct DTypeOf(pub(crate) Kind);

impl Object for DTypeOf {
    fn class(&self) -> (&'static str, &'static str) {
        ("numpy", "dtype")
    }

    fn repr(&self, _vm: &mut Machine) -> Result<String> {
        Ok(format!("dtype('{}')", self.0.name()))
    }

    fn str(&self, _vm: &mut Machine) -> Result<String> {
        Ok(self.0.name().to_owned())
    }

    fn fork(&self, _fork: &mut Fork) -> Option<Rc<dyn Object>> {
        None
    }

    fn hash(&self) -> Option<u64> {
        Some(self.0 as u64)
    }

    fn equals(&self, other: &dyn Object) -> Option<bool> {
        Some(other.as_any().downcast_ref::<Self>().is_some_and(|other| other.0 == self.0))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

pub(super) const CLASS: NativeClass = NativeClass {
    module: "numpy",
    name: "dtype",
    base: None,
    layout: crate::class::Layout::Native,
    constructor: Some(Native::new("dtype(dtype)", |_, args| {
        Ok(Value::object(DTypeOf(Kind::from_value(&args.get(0))?)))
    })),
    methods: &[&[
        Native::new("__eq__(self, other, /)", |_, args| same(args).map(Value::Bool)),
        Native::new("__ne__(self, other, /)", |_, args| same(args).map(|same| Value::Bool(!same))),
    ]],
    getters: &[
        Getter::new("name", |_, args| Ok(Value::str(own(args)?.name()))),
        Getter::new("itemsize", |_, args| Ok(Value::Int(own(args)?.size()))),
        Getter::new("kind", |_, args| {
            let kind = own(args)?;
            Ok(Value::str(match kind {
                Kind::Bool => "b",
                Kind::UInt8 => "u",
                Kind::Float32 | Kind::Float64 => "f",
                _ => "i",
            }))
        }),
        Getter::new("type", |vm, args| {
            let kind = own(args)?;
            Ok(vm.class("numpy", kind.class()).map_or(Value::None, Value::Class))
        }),
    ],
};

fn own(args: &Args) -> Result<Kind> {
    args.get(0).downcast::<DTypeOf>().map_or_else(|| type_error("a dtype is needed"), |dtype| Ok(dtype.0))
}

/// `dtype == other`: the other may be anything that names a type.
fn same(args: &Args) -> Result<bool> {
    let kind = own(args)?;
    Ok(Kind::from_value(&args.get(1)).is_ok_and(|other| other == kind))
}
