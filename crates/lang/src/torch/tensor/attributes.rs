//! The attributes of a tensor.

use crate::error::{Result, Stop, type_error};
use crate::machine::Machine;
use crate::native::{Args, Getter};
use crate::torch::{device, dtype, node};
use crate::value::Value;

pub(super) const GETTERS: &[Getter] = &[
    Getter::new("shape", |_, args| Ok(Value::size(args.tensor(0)?.shape()))),
    Getter::new("dtype", |vm, args| Ok(dtype::value(vm, args.tensor(0)?.dtype()))),
    Getter::new("device", |vm, args| Ok(Value::object(device::Device::of(vm, args.tensor(0)?.engine())))),
    Getter::new("is_cuda", |vm, args| Ok(Value::Bool(!args.tensor(0)?.engine().same_as(&vm.torch.engine)))),
    Getter::new("ndim", |_, args| Ok(args.tensor(0)?.ndim().into())),
    Getter::new("itemsize", |_, args| Ok(Value::Int(args.tensor(0)?.dtype().size() as i64))),
    Getter::new("nbytes", |_, args| {
        let x = args.tensor(0)?;
        Ok(Value::Int(x.numel() as i64 * x.dtype().size() as i64))
    }),
    Getter::settable(
        "requires_grad",
        |_, args| Ok(args.tensor(0)?.requires_grad().into()),
        set_requires_grad,
    ),
    Getter::settable("grad", get_grad, set_grad),
    Getter::new("grad_fn", |_, args| Ok(node::of(&args.tensor(0)?))),
    Getter::new("is_leaf", |_, args| Ok(args.tensor(0)?.is_leaf().into())),
    Getter::new("retains_grad", |_, args| Ok(args.tensor(0)?.retains_grad().into())),
    Getter::new("output_nr", |_, args| Ok(args.tensor(0)?.output_nr().into())),
    Getter::settable("data", |_, args| Ok(args.tensor(0)?.data().into()), set_data),
    Getter::new("T", |_, args| Ok(args.tensor(0)?.reversed()?.into())),
    Getter::new("mT", |_, args| Ok(args.tensor(0)?.matrix_transpose()?.into())),
    Getter::new("H", |_, args| {
        let x = args.tensor(0)?;
        if !matches!(x.ndim(), 0 | 2) {
            let text = format!(
                "tensor.H is only supported on matrices (2-D tensors). Got {}-D tensor.{}",
                x.ndim(),
                if x.ndim() == 1 { "" } else { " For batches of matrices, consider using tensor.mH" }
            );
            return Err(Stop::error("RuntimeError", text));
        }
        Ok(x.reversed()?.into())
    }),
    Getter::new("mH", |_, args| Ok(args.tensor(0)?.matrix_transpose()?.into())),
    Getter::new("real", |_, args| Ok(args.get(0))),
    Getter::new("_version", |_, args| Ok(Value::Int(args.tensor(0)?.version() as i64))),
    Getter::new("_base", |_, args| Ok(Value::from(args.tensor(0)?.base()))),
    Getter::new("is_sparse", |_, _| Ok(Value::Bool(false))),
    Getter::new("is_quantized", |_, _| Ok(Value::Bool(false))),
    Getter::new("is_mps", |_, _| Ok(Value::Bool(false))),
    Getter::new("layout", |vm, _| Ok(strided(vm))),
    Getter::new("names", |_, args| Ok(Value::tuple(vec![Value::None; args.tensor(0)?.ndim()]))),
    Getter::new("name", |_, _| Ok(Value::None)),
];

fn strided(vm: &Machine) -> Value {
    vm.modules.get("torch").and_then(|torch| torch.get("strided")).unwrap_or(Value::None)
}

fn set_requires_grad(_vm: &mut Machine, args: &Args) -> Result<Value> {
    args.tensor(0)?.requires_grad_(args.bool(1)?)?;
    Ok(Value::None)
}

/// The gradient. That of what was computed is not kept: a common mistake.
fn get_grad(_vm: &mut Machine, args: &Args) -> Result<Value> {
    Ok(Value::from(args.tensor(0)?.grad()))
}

fn set_grad(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let x = args.tensor(0)?;
    match args.get(1) {
        Value::None => x.assign_grad(None)?,
        Value::Tensor(grad) => x.assign_grad(Some(&grad.tensor))?,
        other => {
            let found = other.type_name();
            return type_error(format!(
                "assigned grad expected to be a Tensor or None but got grad of type {found}"
            ));
        }
    }
    Ok(Value::None)
}

fn set_data(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let Value::Tensor(value) = args.get(1) else {
        let found = args.get(1).type_name();
        return type_error(format!("Variable data has to be a tensor, but got {found}"));
    };
    args.tensor(0)?.set_data(&value.tensor)?;
    Ok(Value::None)
}
