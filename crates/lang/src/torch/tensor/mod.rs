//! The class `torch.Tensor`.

mod attributes;
mod convert;
mod items;
mod operators;

pub(crate) use convert::dtype_named;
pub(crate) use operators::{floor_divide, power, shifted};

use engine::DType;
use engine::print::elements_shown;

use super::device::Device;
use super::functions;
use super::{autograd, composed, creation, data, fill};
use crate::class::Layout;
use crate::error::{Result, type_error};
use crate::machine::Machine;
use crate::native::{Args, Native, NativeClass};
use crate::value::{TensorRef, Value};

/// The class of tensors.
pub(super) const TENSOR: NativeClass = NativeClass {
    module: "torch",
    name: "Tensor",
    base: None,
    layout: Layout::Native,
    constructor: Some(Native::new("Tensor(*data, device=None)", |vm, args| {
        construct(vm, args, DType::Float32)
    })),
    methods: &[
        operators::BINARY,
        operators::IN_PLACE,
        operators::COMPARISONS,
        operators::OTHERS,
        items::METHODS,
        convert::METHODS,
        functions::elementwise::BOTH,
        functions::elementwise::MORE,
        functions::arithmetic::BOTH,
        functions::logic::BOTH,
        functions::logic::MORE,
        functions::reduce::BOTH,
        functions::reduce::MORE,
        functions::shape::BOTH,
        functions::shape::METHODS,
        functions::joining::BOTH,
        functions::joining::MORE,
        functions::shape::IN_PLACE,
        functions::products::BOTH,
        functions::order::BOTH,
        functions::order::MORE,
        functions::indexing::BOTH,
        functions::indexing::METHODS,
        functions::values::BOTH,
        functions::values::MORE,
        super::random::BOTH,
        creation::METHODS,
        fill::METHODS,
        autograd::METHODS,
        composed::BOTH,
        composed::REFUSED,
    ],
    getters: attributes::GETTERS,
};

/// `torch.FloatTensor` and its like: they make tensors of one type.
macro_rules! typed {
    ($const:ident, $name:literal, $dtype:ident) => {
        #[doc = concat!("`torch.", $name, "`: a tensor of this type.")]
        pub(super) const $const: NativeClass = NativeClass {
            module: "torch",
            name: $name,
            base: None,
            layout: Layout::Native,
            constructor: Some(Native::new(concat!($name, "(*data, device=None)"), |vm, args| {
                construct(vm, args, DType::$dtype)
            })),
            methods: &[],
            getters: &[],
        };
    };
}

typed!(FLOAT, "FloatTensor", Float32);
typed!(DOUBLE, "DoubleTensor", Float64);
typed!(LONG, "LongTensor", Int64);
typed!(INT, "IntTensor", Int32);
typed!(SHORT, "ShortTensor", Int16);
typed!(CHAR, "CharTensor", Int8);
typed!(BYTE, "ByteTensor", UInt8);
typed!(BOOL, "BoolTensor", Bool);

/// `torch.Tensor(2, 3)`, `torch.Tensor([1, 2])`.
fn construct(vm: &mut Machine, args: &Args, dtype: DType) -> Result<Value> {
    let engine = super::device::wanted(vm, args)?.unwrap_or_else(|| vm.engine());
    match &*args.rest {
        [one @ (Value::List(_) | Value::Range(_))] => Ok(data::tensor(vm, &engine, one, Some(dtype))?.into()),
        [one @ Value::Tuple(tuple)] if !matches!(tuple.kind(), crate::value::TupleKind::Size) => {
            Ok(data::tensor(vm, &engine, one, Some(dtype))?.into())
        }
        [Value::Tensor(t)] => Ok(t.tensor.detach().to(dtype)?.into()),
        [one @ Value::Object(_)] if super::operand::tensor_of(one).is_some() => {
            Ok(data::tensor(vm, &engine, one, Some(dtype))?.into())
        }
        [Value::Str(_)] => type_error("new(): invalid data type 'str'"),
        [Value::Float(_)] => type_error("new(): data must be a sequence (got float)"),
        [] => Ok(engine.empty(&[0], dtype)?.into()),
        _ => {
            let shape = creation::sizes(&args.rest_ints()?)?;
            Ok(engine.empty(&shape, dtype)?.into())
        }
    }
}

/// `repr` of a tensor, as PyTorch prints it.
///
/// # Errors
/// What reading its values says.
pub(crate) fn repr_tensor(vm: &mut Machine, tensor: &TensorRef) -> Result<String> {
    let mut options = vm.torch.print.clone();
    options.default_dtype = vm.torch.default_dtype;
    let shape = tensor.tensor.shape();
    vm.reserve_text(elements_shown(shape, &options), shape.len())?;
    let device = Device::of(vm, tensor.tensor.engine());
    options.device = (!tensor.tensor.engine().same_as(&vm.torch.engine)).then(|| device.name());
    let x = tensor.tensor.clone();
    let text = vm.wait(|| x.to_string_async(&options))?;
    Ok(if tensor.parameter { format!("Parameter containing:\n{text}") } else { text })
}
