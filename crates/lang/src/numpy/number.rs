//! Numbers of NumPy: what its functions return where there are no dimensions.

use std::any::Any;
use std::rc::Rc;

use engine::Scalar;

use super::array::Array;
use super::kind::Kind;
use super::methods::{GETTERS, METHODS, OPERATORS};
use crate::class::Layout;
use crate::error::Result;
use crate::fork::Fork;
use crate::machine::Machine;
use crate::native::{Args, Native, NativeClass, Run};
use crate::object::Object;
use crate::value::Value;

/// A number with a type: `numpy.float64(1.5)`.
pub(crate) struct Number {
    pub(crate) kind: Kind,
    pub(crate) value: Scalar,
}

impl Number {
    pub(crate) fn of(kind: Kind, value: Scalar) -> Value {
        Value::object(Self { kind, value: kind.cast(value) })
    }
}

impl Object for Number {
    fn class(&self) -> (&'static str, &'static str) {
        ("numpy", self.kind.class())
    }

    fn repr(&self, _vm: &mut Machine) -> Result<String> {
        Ok(super::print::number(self.kind, self.value))
    }

    fn fork(&self, _fork: &mut Fork) -> Option<Rc<dyn Object>> {
        None
    }

    fn hash(&self) -> Option<u64> {
        Some(self.value.to_f64().to_bits())
    }

    fn equals(&self, other: &dyn Object) -> Option<bool> {
        other.as_number().map(|other| other.to_f64() == self.value.to_f64())
    }

    fn truth(&self) -> bool {
        self.value.to_bool()
    }

    fn as_number(&self) -> Option<Scalar> {
        Some(self.value)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `numpy.float64(x)`: a number, or an array if `x` has dimensions.
fn make(vm: &mut Machine, args: &Args, kind: Kind) -> Result<Value> {
    if let Value::Str(text) = args.get(0) {
        let text = text.trim();
        return match text.parse::<f64>() {
            Ok(x) => Ok(Number::of(kind, Scalar::Float(x))),
            Err(_) => crate::error::value_error(format!("could not convert string to float: '{text}'")),
        };
    }
    let nd = vm.nd(&args.get(0))?.cast(kind);
    vm.returned(nd)
}

const fn class(name: &'static str, base: Option<&'static str>, run: Option<Run>) -> NativeClass {
    NativeClass {
        module: "numpy",
        name,
        base,
        layout: Layout::Native,
        constructor: match run {
            Some(run) => Some(Native::new("number(value=0, /)", run)),
            None => None,
        },
        methods: &[],
        getters: &[],
    }
}

/// What all numbers have in common: the operators and methods of arrays.
pub(super) const GENERIC: NativeClass = NativeClass {
    methods: &[OPERATORS, METHODS, super::methods::FOR_NUMBERS],
    getters: GETTERS,
    ..class("generic", None, None)
};
pub(super) const NUMBER: NativeClass = class("number", Some("generic"), None);
pub(super) const INTEGER: NativeClass = class("integer", Some("number"), None);
pub(super) const SIGNED: NativeClass = class("signedinteger", Some("integer"), None);
pub(super) const UNSIGNED: NativeClass = class("unsignedinteger", Some("integer"), None);
pub(super) const FLOATING: NativeClass = class("floating", Some("number"), None);
pub(super) const BOOL: NativeClass =
    class("bool_", Some("generic"), Some(|vm, args| make(vm, args, Kind::Bool)));
pub(super) const UINT8: NativeClass =
    class("uint8", Some("unsignedinteger"), Some(|vm, args| make(vm, args, Kind::UInt8)));
pub(super) const INT8: NativeClass =
    class("int8", Some("signedinteger"), Some(|vm, args| make(vm, args, Kind::Int8)));
pub(super) const INT16: NativeClass =
    class("int16", Some("signedinteger"), Some(|vm, args| make(vm, args, Kind::Int16)));
pub(super) const INT32: NativeClass =
    class("int32", Some("signedinteger"), Some(|vm, args| make(vm, args, Kind::Int32)));
pub(super) const INT64: NativeClass =
    class("int64", Some("signedinteger"), Some(|vm, args| make(vm, args, Kind::Int64)));
pub(super) const FLOAT32: NativeClass =
    class("float32", Some("floating"), Some(|vm, args| make(vm, args, Kind::Float32)));
pub(super) const FLOAT64: NativeClass =
    class("float64", Some("floating"), Some(|vm, args| make(vm, args, Kind::Float64)));

/// The class of arrays.
pub(super) const NDARRAY: NativeClass = NativeClass {
    methods: &[OPERATORS, METHODS, super::methods::FOR_ARRAYS],
    getters: GETTERS,
    ..class("ndarray", None, None)
};

impl Value {
    /// The number of Python that a number of NumPy is, or a value itself.
    pub(crate) fn plain(&self) -> Self {
        match self.downcast::<Number>().map(|number| number.value) {
            Some(Scalar::Bool(b)) => Self::Bool(b),
            Some(Scalar::Int(i)) => Self::Int(i),
            Some(Scalar::Float(x)) => Self::Float(x),
            None => self.clone(),
        }
    }

    /// Whether it is an array.
    pub(crate) fn is_array(&self) -> bool {
        self.downcast::<Array>().is_some()
    }
}
