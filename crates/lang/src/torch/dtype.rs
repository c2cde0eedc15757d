//! `torch.dtype`, and what is known of the numbers of one: `torch.finfo` and `torch.iinfo`.

use std::any::Any;
use std::rc::Rc;

use engine::DType;
use engine::print::general;

use crate::class::Layout;
use crate::error::{Result, Stop, type_error};
use crate::fork::Fork;
use crate::machine::Machine;
use crate::native::{Args, Getter, Native, NativeClass};
use crate::object::Object;
use crate::value::{Module, Value};

/// `torch.float32` and its like.
pub(crate) struct DTypeObject(pub(crate) DType);

impl Object for DTypeObject {
    fn class(&self) -> (&'static str, &'static str) {
        ("torch", "dtype")
    }

    fn repr(&self, _vm: &mut Machine) -> Result<String> {
        Ok(format!("torch.{}", self.0.name()))
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

/// A dtype that programs can name, as in `autocast(dtype=torch.float16)`, and that no tensor has.
struct Absent(&'static str);

impl Object for Absent {
    fn class(&self) -> (&'static str, &'static str) {
        ("torch", "dtype")
    }

    fn repr(&self, _vm: &mut Machine) -> Result<String> {
        Ok(format!("torch.{}", self.0))
    }

    fn fork(&self, _fork: &mut Fork) -> Option<Rc<dyn Object>> {
        None
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// What is wrong with a value in the place of a dtype: that it is an absent one, or that it is none.
pub(crate) fn no_dtype(value: &Value, otherwise: impl FnOnce() -> String) -> String {
    value.downcast::<Absent>().and_then(|absent| refusal(absent.0)).unwrap_or_else(otherwise)
}

/// The dtypes under all their names.
const NAMES: &[(&str, DType)] = &[
    ("float32", DType::Float32),
    ("float", DType::Float32),
    ("float64", DType::Float64),
    ("double", DType::Float64),
    ("int64", DType::Int64),
    ("long", DType::Int64),
    ("int32", DType::Int32),
    ("int", DType::Int32),
    ("int16", DType::Int16),
    ("short", DType::Int16),
    ("int8", DType::Int8),
    ("uint8", DType::UInt8),
    ("bool", DType::Bool),
];

/// Dtypes of PyTorch that are not part of Seegrad, and what to take instead.
const REFUSED: &[(&str, &str)] = &[
    ("float16", "float32"),
    ("half", "float32"),
    ("bfloat16", "float32"),
    ("complex64", "float32"),
    ("complex128", "float64"),
    ("cfloat", "float32"),
    ("cdouble", "float64"),
    ("HalfTensor", "FloatTensor"),
];

/// Why a name of `torch` is missing, if it is one of its dtypes.
pub(crate) fn refusal(name: &str) -> Option<String> {
    let (_, instead) = REFUSED.iter().find(|(refused, _)| *refused == name)?;
    Some(format!("torch.{name} is not part of Seegrad (use torch.{instead})"))
}

/// Sets the dtypes as attributes of `torch`. A dtype is one object under all its names.
pub(super) fn build(vm: &mut Machine, module: &Rc<Module>) {
    for (name, dtype) in NAMES {
        module.set(name, value(vm, *dtype));
    }
    let half = Value::object(Absent("float16"));
    module.set("float16", half.clone());
    module.set("half", half);
    module.set("bfloat16", Value::object(Absent("bfloat16")));
}

/// The object of a dtype.
pub(crate) fn value(vm: &mut Machine, dtype: DType) -> Value {
    let known = vm.torch.dtypes.entry(dtype.name());
    known.or_insert_with(|| Value::object(DTypeObject(dtype))).clone()
}

/// The class of dtypes.
pub(super) const DTYPE: NativeClass = NativeClass {
    module: "torch",
    name: "dtype",
    base: None,
    layout: Layout::Native,
    constructor: None,
    methods: &[],
    getters: &[
        Getter::new("is_floating_point", |_, args| Ok(dtype_of(args)?.is_floating_point().into())),
        Getter::new("is_complex", |_, _| Ok(Value::Bool(false))),
        Getter::new("is_signed", |_, args| {
            Ok(Value::Bool(!matches!(dtype_of(args)?, DType::Bool | DType::UInt8)))
        }),
    ],
};

fn dtype_of(args: &Args) -> Result<DType> {
    args.get(0).as_dtype().ok_or_else(|| args.wrong(0, "torch.dtype"))
}

/// What is known of the numbers of a dtype.
struct Info(DType);

impl Info {
    /// The largest number, and the smallest for integers.
    fn bounds(&self) -> (f64, f64) {
        match self.0 {
            DType::Float32 => (f32::MIN.into(), f32::MAX.into()),
            DType::Float64 => (f64::MIN, f64::MAX),
            dtype => dtype.bounds().map_or((0.0, 1.0), |(min, max)| (min as f64, max as f64)),
        }
    }

    /// The distance of 1 to the next number, the smallest normal number, and the decimals that can be relied on.
    fn precision(&self) -> (f64, f64, f64) {
        match self.0 {
            DType::Float64 => (f64::EPSILON, f64::MIN_POSITIVE, 1e-15),
            _ => (f32::EPSILON.into(), f32::MIN_POSITIVE.into(), 1e-6),
        }
    }

    fn is_float(&self) -> bool {
        self.0.is_floating_point()
    }
}

impl Object for Info {
    fn class(&self) -> (&'static str, &'static str) {
        ("torch", if self.is_float() { "finfo" } else { "iinfo" })
    }

    fn repr(&self, _vm: &mut Machine) -> Result<String> {
        let ((min, max), (eps, tiny, resolution)) = (self.bounds(), self.precision());
        let (min, max, dtype) = (general(min), general(max), self.0.name());
        if !self.is_float() {
            return Ok(format!("iinfo(min={min}, max={max}, dtype={dtype})"));
        }
        let (eps, tiny, resolution) = (general(eps), general(tiny), general(resolution));
        Ok(format!(
            "finfo(resolution={resolution}, min={min}, max={max}, eps={eps}, smallest_normal={tiny}, tiny={tiny}, \
             dtype={dtype})"
        ))
    }

    fn fork(&self, _fork: &mut Fork) -> Option<Rc<dyn Object>> {
        None
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

const INFO: NativeClass = NativeClass {
    module: "torch",
    name: "finfo",
    base: None,
    layout: Layout::Native,
    constructor: Some(Native::new("finfo(type=None)", |vm, args| {
        let default = vm.torch.default_dtype;
        let dtype = args.opt_dtype(0)?.unwrap_or(default);
        if !dtype.is_floating_point() {
            let text =
                "torch.finfo() requires a floating point input type. Use torch.iinfo to handle 'torch.finfo'";
            return type_error(text);
        }
        Ok(Value::object(Info(dtype)))
    })),
    methods: &[],
    getters: &[
        Getter::new("min", |_, args| bound(args, false)),
        Getter::new("max", |_, args| bound(args, true)),
        Getter::new("bits", |_, args| Ok(Value::from(info(args)?.size() as usize * 8))),
        Getter::new("dtype", |_, args| Ok(Value::str(info(args)?.name()))),
        Getter::new("eps", |_, args| Ok(Value::Float(Info(info(args)?).precision().0))),
        Getter::new("tiny", |_, args| Ok(Value::Float(Info(info(args)?).precision().1))),
        Getter::new("smallest_normal", |_, args| Ok(Value::Float(Info(info(args)?).precision().1))),
        Getter::new("resolution", |_, args| Ok(Value::Float(Info(info(args)?).precision().2))),
    ],
};

/// `torch.finfo`.
pub(super) const FINFO: NativeClass = INFO;

/// `torch.iinfo`.
pub(super) const IINFO: NativeClass = NativeClass {
    name: "iinfo",
    constructor: Some(Native::new("iinfo(type)", |_, args| {
        let dtype = dtype_of(args)?;
        if dtype.is_floating_point() {
            let text =
                "torch.iinfo() requires an integer input type. Use torch.finfo to handle 'torch.iinfo'";
            return type_error(text);
        }
        Ok(Value::object(Info(dtype)))
    })),
    ..INFO
};

fn info(args: &Args) -> Result<DType> {
    let value = args.get(0);
    value
        .downcast::<Info>()
        .map(|info| info.0)
        .ok_or_else(|| Stop::error("TypeError", "not a finfo or iinfo"))
}

fn bound(args: &Args, upper: bool) -> Result<Value> {
    let dtype = info(args)?;
    let (min, max) = Info(dtype).bounds();
    Ok(match dtype.bounds() {
        Some((min, max)) => Value::Int(if upper { max } else { min }),
        None if dtype.is_floating_point() => Value::Float(if upper { max } else { min }),
        None => Value::Int(upper.into()),
    })
}
