//! Native values out of Python's, and what their types are called.

use engine::{DType, Scalar};

use crate::iterate::IterState;
use crate::torch::dtype::DTypeObject;
use crate::value::{TupleKind, Value};

impl Value {
    /// The name of its type: `int`, `Tensor`, `Net`.
    pub(crate) fn type_name(&self) -> String {
        match self {
            Self::Instance(instance) => instance.class().name.to_string(),
            Self::Tuple(tuple) => match tuple.kind() {
                TupleKind::Plain => "tuple".to_owned(),
                TupleKind::Size => "torch.Size".to_owned(),
                TupleKind::Named(names) => names.name.to_string(),
            },
            other => match other.native_class() {
                // The types of NumPy are called so in messages.
                ("numpy", name) => format!("numpy.{name}"),
                (_, name) => name.to_owned(),
            },
        }
    }

    /// The module and the name of the native class of everything but instances and objects.
    pub(crate) fn native_class(&self) -> (&'static str, &'static str) {
        let name = match self {
            Self::None => "NoneType",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Float(_) => "float",
            Self::Str(_) => "str",
            Self::Ellipsis => "ellipsis",
            Self::NotImplemented => "NotImplementedType",
            Self::Tuple(tuple) => match tuple.kind() {
                TupleKind::Size => return ("torch", "Size"),
                TupleKind::Plain | TupleKind::Named(_) => "tuple",
            },
            Self::List(_) => "list",
            Self::Dict(_) => "dict",
            Self::Set(set) if set.frozen.get() => "frozenset",
            Self::Set(_) => "set",
            Self::Range(_) => "range",
            Self::Slice(_) => "slice",
            Self::Function(_) => "function",
            Self::Native(_) => "builtin_function_or_method",
            Self::Method(_) => "method",
            Self::Property(_) => "property",
            Self::Class(_) => "type",
            Self::Generator(_) => "generator",
            Self::Iter(iter) => match &*iter.0.borrow() {
                IterState::Enumerate { .. } => "enumerate",
                IterState::Zip { .. } => "zip",
                _ => "iterator",
            },
            Self::Module(_) => "module",
            Self::Cell(_) => "cell",
            Self::Tensor(t) if t.parameter => return ("torch.nn", "Parameter"),
            Self::Tensor(_) => return ("torch", "Tensor"),
            Self::Object(object) => return object.class(),
            Self::Instance(_) => "object",
        };
        ("builtins", name)
    }

    /// The list, dict, … that an instance of a class derived from one is; else itself.
    pub(crate) fn unwrapped(&self) -> Self {
        match self {
            Self::Instance(instance) => instance.inner.borrow().clone().unwrap_or_else(|| self.clone()),
            other => other.clone(),
        }
    }

    /// A whole number, which an object of a class derived from `int` is, too.
    pub(crate) fn as_int(&self) -> Option<i64> {
        match self {
            Self::Bool(b) => Some(i64::from(*b)),
            Self::Int(i) => Some(*i),
            Self::Object(object) => object.as_number().and_then(|number| match number {
                Scalar::Int(i) => Some(i),
                Scalar::Bool(b) => Some(i64::from(b)),
                Scalar::Float(_) => None,
            }),
            Self::Instance(instance) => instance.inner.borrow().as_ref().and_then(Self::as_int),
            _ => None,
        }
    }

    /// A number.
    pub(crate) fn as_float(&self) -> Option<f64> {
        match self {
            Self::Float(x) => Some(*x),
            Self::Object(object) => object.as_number().map(Scalar::to_f64),
            Self::Instance(instance) => instance.inner.borrow().as_ref().and_then(Self::as_float),
            other => other.as_int().map(|i| i as f64),
        }
    }

    /// A number as the engine knows it.
    pub(crate) fn as_scalar(&self) -> Option<Scalar> {
        match self {
            Self::Bool(b) => Some(Scalar::Bool(*b)),
            Self::Int(i) => Some(Scalar::Int(*i)),
            Self::Float(x) => Some(Scalar::Float(*x)),
            Self::Object(object) => object.as_number(),
            Self::Instance(instance) => instance.inner.borrow().as_ref().and_then(Self::as_scalar),
            _ => None,
        }
    }

    /// A dtype: `torch.float32`, or one of the classes `float`, `int` and `bool`.
    pub(crate) fn as_dtype(&self) -> Option<DType> {
        match self {
            Self::Class(class) if class.builtin.get() => match &*class.name {
                "float" => Some(DType::Float32),
                "int" => Some(DType::Int64),
                "bool" => Some(DType::Bool),
                _ => None,
            },
            other => other.downcast::<DTypeObject>().map(|dtype| dtype.0),
        }
    }

    /// The items of a list or tuple.
    pub(crate) fn sequence(&self) -> Option<Vec<Self>> {
        match self.unwrapped() {
            Self::List(list) => Some(list.0.borrow().clone()),
            Self::Tuple(tuple) => Some(tuple.items().to_vec()),
            _ => None,
        }
    }
}
