//! What `torch` can be asked and told besides tensors: how to print, default types, devices, types of results.

use engine::print::Profile;
use engine::{DType, result_type};

use super::dtype;
use super::tensor::dtype_named;
use crate::error::{Result, runtime_error, type_error};
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::value::Value;

pub(super) const FUNCTIONS: &[Native] = &[
    Native::new(
        "set_printoptions(precision=None, threshold=None, edgeitems=None, linewidth=None, profile=None, sci_mode=None)",
        set_printoptions,
    ),
    Native::new("set_default_dtype(d)", |vm, args| {
        let dtype = args.opt_dtype(0)?.unwrap_or(DType::Float32);
        set_default(vm, dtype)
    }),
    Native::new("get_default_dtype()", |vm, _| {
        let dtype = vm.torch.default_dtype;
        Ok(dtype::value(vm, dtype))
    }),
    Native::new("set_default_tensor_type(t)", |vm, args| match dtype_named(&args.get(0)) {
        Some(dtype) => set_default(vm, dtype),
        None => type_error(format!("invalid type object: {}", args.get(0).type_name())),
    }),
    Native::new("is_tensor(obj)", |_, args| Ok(Value::Bool(matches!(args.get(0), Value::Tensor(_))))),
    Native::new("is_floating_point(input)", |_, args| Ok(args.tensor(0)?.dtype().is_floating_point().into())),
    Native::new("is_complex(input)", |_, args| {
        args.tensor(0)?;
        Ok(Value::Bool(false))
    }),
    Native::new("is_nonzero(input)", |vm, args| {
        let x = args.tensor(0)?;
        Ok(Value::Bool(super::tensor_truth(vm, &x)?))
    }),
    Native::new("is_storage(obj)", |_, _| Ok(Value::Bool(false))),
    Native::new("detach(input)", |_, args| Ok(args.tensor(0)?.detach().into())),
    Native::new("real(input)", |_, args| Ok(args.get(0))),
    Native::new("numel(input)", |_, args| Ok(args.tensor(0)?.numel().into())),
    Native::new("result_type(tensor1, tensor2)", |vm, args| {
        let (a, b) = (args.operand(0)?, args.operand(1)?);
        let dtype = result_type(&[a.arg(), b.arg()]);
        Ok(dtype::value(vm, dtype))
    }),
    Native::new("promote_types(type1, type2)", |vm, args| {
        let dtype = dtype_at(args, 0)?.promote(dtype_at(args, 1)?);
        Ok(dtype::value(vm, dtype))
    }),
    Native::new("can_cast(from_, to)", |_, args| {
        let rank = |dtype: DType| match dtype {
            DType::Bool => 0,
            DType::Float32 | DType::Float64 => 2,
            _ => 1,
        };
        Ok(Value::Bool(rank(dtype_at(args, 0)?) <= rank(dtype_at(args, 1)?)))
    }),
    Native::new("typename(o)", |_, args| {
        Ok(Value::from(match args.get(0) {
            Value::Tensor(t) => t.tensor.dtype().tensor_type(),
            other => other.type_name(),
        }))
    }),
    Native::new("_has_cuda()", |vm, _| Ok(Value::Bool(vm.torch.cuda.is_some()))),
    Native::new("_cuda_name()", |vm, _| {
        Ok(Value::from(vm.torch.cuda.as_ref().map(|engine| engine.backend().name().to_owned())))
    }),
    Native::new("_seed_cuda(seed)", |vm, args| {
        let seed = args.int(0)?;
        if let Some(cuda) = &vm.torch.cuda {
            cuda.manual_seed(seed as u64);
        }
        Ok(Value::None)
    }),
    Native::new("_memory(cuda)", |vm, args| {
        let engine = if args.bool(0)? { vm.torch.cuda.as_ref() } else { Some(&vm.torch.engine) };
        Ok(Value::Int(engine.map_or(0, |engine| engine.memory().bytes as i64)))
    }),
    Native::new("_set_fused(fused)", |vm, args| {
        let fused = args.bool(0)?;
        vm.torch.engines().for_each(|engine| engine.set_fused(fused));
        Ok(Value::None)
    }),
];

fn dtype_at(args: &Args, i: usize) -> Result<DType> {
    match args.get(i) {
        Value::Tensor(t) => Ok(t.tensor.dtype()),
        other => other.as_dtype().ok_or_else(|| args.wrong(i, "torch.dtype")),
    }
}

fn set_default(vm: &mut Machine, dtype: DType) -> Result<Value> {
    if !dtype.is_floating_point() {
        return type_error("only floating-point types are supported as the default type");
    }
    vm.torch.default_dtype = dtype;
    Ok(Value::None)
}

fn set_printoptions(vm: &mut Machine, args: &Args) -> Result<Value> {
    let mut options = vm.torch.print.clone();
    if let Some(name) = args.opt(4) {
        let Value::Str(name) = &name else { return Err(args.wrong(4, "str")) };
        if let Some(profile) = Profile::named(name) {
            options.set_profile(profile);
        }
    }
    let count = |i: usize| -> Result<Option<usize>> {
        match args.get(i) {
            Value::None => Ok(None),
            Value::Float(x) if x == f64::INFINITY => Ok(Some(usize::MAX)),
            _ => args.count(i).map(Some),
        }
    };
    let (precision, threshold) = (count(0)?, count(1)?);
    let (edge, width) = (count(2)?, count(3)?);
    if precision.is_some_and(|digits| digits > 100) {
        return runtime_error("set_printoptions(): more than 100 decimals are not part of Seegrad");
    }
    options.precision = precision.unwrap_or(options.precision);
    options.threshold = threshold.unwrap_or(options.threshold);
    options.edgeitems = edge.unwrap_or(options.edgeitems);
    options.linewidth = width.unwrap_or(options.linewidth);
    options.sci_mode = if args.get(5).is_none() { None } else { Some(args.bool(5)?) };
    vm.torch.print = options;
    Ok(Value::None)
}
