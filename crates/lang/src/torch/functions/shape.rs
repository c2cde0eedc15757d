//! Views: other shapes of the same elements, and dimensions moved.

use engine::{Item, Tensor};

use super::table;
use crate::error::{Result, Stop, runtime_error, type_error};
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::value::Value;

pub(in crate::torch) const BOTH: &[Native] = table! {
    "reshape(input, *shape, shape=None)" => |x, args| Ok(x.reshape(&places(args, 1)?)?);
    "flatten(input, start_dim=0, end_dim=-1)" => |x, args| Ok(x.flatten(args.int(1)?, args.int(2)?)?);
    "ravel(input)" => |x, _| Ok(x.reshape(&[-1])?);
    "unflatten(input, dim, sizes)" => |x, args| Ok(x.unflatten(args.int(1)?, &args.ints(2)?)?);
    "permute(input, *dims, dims=None)" => |x, args| Ok(x.permute(&places(args, 1)?)?);
    "transpose(input, dim0, dim1)" => |x, args| Ok(x.transpose(args.int(1)?, args.int(2)?)?);
    "swapaxes(input, axis0, axis1)" => |x, args| Ok(x.transpose(args.int(1)?, args.int(2)?)?);
    "swapdims(input, dim0, dim1)" => |x, args| Ok(x.transpose(args.int(1)?, args.int(2)?)?);
    "movedim(input, source, destination)" => |x, args| Ok(x.movedim(&args.ints(1)?, &args.ints(2)?)?);
    "moveaxis(input, source, destination)" => |x, args| Ok(x.movedim(&args.ints(1)?, &args.ints(2)?)?);
    "t(input)" => |x, _| Ok(x.t()?);
    "adjoint(input)" => |x, _| Ok(x.matrix_transpose()?);
    "squeeze(input, dim=None)" => |x, args| Ok(match args.opt_int(1)? {
        Some(dim) => x.squeeze_dim(dim)?,
        None => x.squeeze()?,
    });
    "unsqueeze(input, dim)" => |x, args| Ok(x.unsqueeze(args.int(1)?)?);
    "select(input, dim, index)" => |x, args| Ok(x.select(args.int(1)?, args.int(2)?)?);
    "narrow(input, dim, start, length)" => |x, args| Ok(x.narrow(args.int(1)?, args.int(2)?, args.int(3)?)?);
    "diagonal(input, offset=0, dim1=0, dim2=1)" => |x, args| {
        Ok(x.diagonal(args.int(1)?, args.int(2)?, args.int(3)?)?)
    };
    "broadcast_to(input, size)" => |x, args| Ok(x.expand_sizes(&args.ints(1)?)?);
    "tile(input, *dims, dims=None)" => |x, args| Ok(x.tile(&places(args, 1)?)?);
    "flip(input, *dims, dims=None)" => |x, args| Ok(x.flip(&places(args, 1)?)?);
    "fliplr(input)" => |x, _| Ok(x.flip(&[1])?);
    "flipud(input)" => |x, _| Ok(x.flip(&[0])?);
    "roll(input, shifts, dims=None)" => |x, args| Ok(x.roll(&args.ints(1)?, &args.dims(2)?)?);
    "rot90(input, k=1, dims=None)" => rot90;
    "tril(input, diagonal=0, *, out=None)", "tril_(input, diagonal=0)" => |x, args| Ok(x.tril(args.int(1)?)?);
    "triu(input, diagonal=0, *, out=None)", "triu_(input, diagonal=0)" => |x, args| Ok(x.triu(args.int(1)?)?);
    "diag(input, diagonal=0, *, out=None)" => |x, args| Ok(x.diag(args.int(1)?)?);
    "diag_embed(input, offset=0, dim1=-2, dim2=-1)" => diag_embed;
    "diagflat(input, offset=0)" => |x, args| Ok(x.reshape(&[-1])?.diag(args.int(1)?)?);
    "narrow_copy(input, dim, start, length)" => |x, args| {
        Ok(x.narrow(args.int(1)?, args.int(2)?, args.int(3)?)?.copy()?)
    };
    "atleast_1d(input)" => |x, _| Ok(if x.ndim() == 0 { x.reshape(&[1])? } else { x.clone() });
    "atleast_2d(input)" => |x, _| Ok(match x.ndim() {
        0 => x.reshape(&[1, 1])?,
        1 => x.unsqueeze(0)?,
        _ => x.clone(),
    });
};

/// What changes the shape of a tensor itself.
pub(in crate::torch) const IN_PLACE: &[Native] = &[
    Native::new("unsqueeze_(self, dim)", |_, args| {
        let dim = args.int(1)?;
        in_place(args, |x| x.unsqueeze(dim))
    }),
    Native::new("squeeze_(self, dim=None)", |_, args| {
        let dim = args.opt_int(1)?;
        in_place(args, |x| dim.map_or_else(|| x.squeeze(), |dim| x.squeeze_dim(dim)))
    }),
    Native::new("t_(self)", |_, args| in_place(args, Tensor::t)),
    Native::new("transpose_(self, dim0, dim1)", transpose_),
    Native::new("swapaxes_(self, axis0, axis1)", transpose_),
    Native::new("swapdims_(self, dim0, dim1)", transpose_),
    Native::new("resize_(self, *sizes, memory_format=None)", |_, args| resize_(args, &places(args, 1)?)),
    Native::new("resize_as_(self, other, memory_format=None)", |_, args| resize_(args, &like(args)?)),
];

fn in_place(args: &Args, view: impl FnOnce(&Tensor) -> engine::Result<Tensor>) -> Result<Value> {
    args.tensor(0)?.reshape_(view)?;
    Ok(args.get(0))
}

fn transpose_(_: &mut Machine, args: &Args) -> Result<Value> {
    let (one, other) = (args.int(1)?, args.int(2)?);
    in_place(args, |x| x.transpose(one, other))
}

/// To a shape of as many elements: no others come into being.
fn resize_(args: &Args, shape: &[i64]) -> Result<Value> {
    let count = shape.iter().try_fold(1i64, |count, &size| count.checked_mul(size));
    if count != Some(args.tensor(0)?.numel() as i64) {
        let text = "resize_ to another number of elements is not part of Seegrad";
        return runtime_error(text).map_err(|stop: Stop| {
            stop.hint("Make a tensor of the size that is wanted, and copy into a part of it.")
        });
    }
    in_place(args, |x| x.view_to(shape))
}

/// What `torch` has not as functions.
pub(in crate::torch) const METHODS: &[Native] = &[
    Native::new("view(self, *shape, size=None)", |_, args| {
        if let [value @ Value::Object(_)] = &*args.rest
            && let Some(dtype) = value.as_dtype()
        {
            let x = args.tensor(0)?;
            if dtype == x.dtype() {
                return Ok(args.get(0));
            }
            return type_error("view(dtype) with another dtype is not part of Seegrad: use .to(dtype)");
        }
        Ok(args.tensor(0)?.view_to(&places(args, 1)?)?.into())
    }),
    Native::new("view_as(self, other)", |_, args| Ok(args.tensor(0)?.view_to(&like(args)?)?.into())),
    Native::new("reshape_as(self, other)", |_, args| Ok(args.tensor(0)?.reshape(&like(args)?)?.into())),
    Native::new("expand(self, *size, size=None)", |_, args| {
        Ok(args.tensor(0)?.expand_sizes(&places(args, 1)?)?.into())
    }),
    Native::new("expand_as(self, other)", |_, args| Ok(args.tensor(0)?.expand_sizes(&like(args)?)?.into())),
    Native::new("repeat(self, *sizes, repeats=None)", |_, args| {
        Ok(args.tensor(0)?.repeat(&places(args, 1)?)?.into())
    }),
    Native::new("unfold(self, dimension, size, step)", |_, args| {
        Ok(args.tensor(0)?.unfold(args.int(1)?, args.count(2)?, args.count(3)?)?.into())
    }),
    Native::new("size(self, dim=None)", |_, args| {
        let x = args.tensor(0)?;
        match args.opt_int(1)? {
            None => Ok(Value::size(x.shape())),
            Some(dim) => Ok(x.shape()[..].get(engine::layout::wrap_dim(dim, x.ndim())?).copied().into()),
        }
    }),
    Native::new("stride(self, dim=None)", |_, args| {
        let x = args.tensor(0)?;
        let strides: Vec<Value> = x.stride().iter().map(|&stride| Value::Int(stride as i64)).collect();
        match args.opt_int(1)? {
            None => Ok(Value::tuple(strides)),
            Some(dim) => {
                let stride = strides.get(engine::layout::wrap_dim(dim, x.ndim())?);
                Ok(stride.cloned().unwrap_or(Value::None))
            }
        }
    }),
    Native::new("sum_to_size(self, *size, size=None)", |_, args| {
        let (x, sizes) = (args.tensor(0)?, places(args, 1)?);
        let front = x.ndim().saturating_sub(sizes.len());
        let shrunk = |d: usize| d < front || sizes.get(d - front) == Some(&1) && x.shape().get(d) != Some(&1);
        let dims: Vec<i64> = (0..x.ndim()).filter(|&d| shrunk(d)).map(|d| d as i64).collect();
        let summed = if dims.is_empty() { x.clone() } else { x.sum(&dims, true)? };
        Ok(summed.view_to(&sizes)?.into())
    }),
    Native::new("__reversed__(self)", |_, args| {
        let x = args.tensor(0)?;
        Ok(if x.ndim() == 0 { args.get(0) } else { x.flip(&[0])?.into() })
    }),
    Native::new("storage_offset(self)", |_, args| Ok(args.tensor(0)?.storage_offset().into())),
    Native::new("is_contiguous(self, memory_format=None)", |_, args| {
        Ok(args.tensor(0)?.is_contiguous().into())
    }),
    Native::new("contiguous(self, memory_format=None)", |_, args| {
        let x = args.tensor(0)?;
        if x.is_contiguous() { Ok(args.get(0)) } else { Ok(x.contiguous()?.into()) }
    }),
    Native::new("dim(self)", |_, args| Ok(args.tensor(0)?.ndim().into())),
    Native::new("ndimension(self)", |_, args| Ok(args.tensor(0)?.ndim().into())),
    Native::new("numel(self)", |_, args| Ok(args.tensor(0)?.numel().into())),
    Native::new("nelement(self)", |_, args| Ok(args.tensor(0)?.numel().into())),
    Native::new("element_size(self)", |_, args| Ok(Value::Int(args.tensor(0)?.dtype().size() as i64))),
    Native::new("data_ptr(self)", |_, args| Ok(args.tensor(0)?.address().into())),
    Native::new("is_floating_point(self)", |_, args| Ok(args.tensor(0)?.dtype().is_floating_point().into())),
    Native::new("is_complex(self)", |_, _| Ok(Value::Bool(false))),
    Native::new("is_signed(self)", |_, args| {
        Ok(Value::Bool(!matches!(args.tensor(0)?.dtype(), engine::DType::Bool | engine::DType::UInt8)))
    }),
    Native::new("is_same_size(self, other)", |_, args| {
        Ok(Value::Bool(args.tensor(0)?.shape() == args.tensor(1)?.shape()))
    }),
    Native::new("get_device(self)", |vm, args| {
        let cpu = args.tensor(0)?.engine().same_as(&vm.torch.engine);
        Ok(Value::Int(if cpu { -1 } else { 0 }))
    }),
    Native::new("is_inference(self)", |_, args| Ok(args.tensor(0)?.is_inference().into())),
    Native::new("pin_memory(self, device=None)", |_, args| Ok(args.get(0))),
    Native::new("is_pinned(self)", |_, _| Ok(Value::Bool(false))),
    Native::new("share_memory_(self)", |_, args| Ok(args.get(0))),
    Native::new("resolve_conj(self)", |_, args| Ok(args.get(0))),
    Native::new("resolve_neg(self)", |_, args| Ok(args.get(0))),
];

/// The integers that `*sizes` took, or those given by name.
fn places(args: &Args, named: usize) -> Result<Vec<i64>> {
    match args.opt_ints(named)? {
        Some(given) if args.rest.is_empty() => Ok(given),
        _ if args.rest.is_empty() => {
            let name = args.function();
            type_error(format!("{name}() missing 1 required positional arguments: \"shape\""))
        }
        _ => args.rest_ints(),
    }
}

fn like(args: &Args) -> Result<Vec<i64>> {
    Ok(args.tensor(1)?.shape().iter().map(|&n| n as i64).collect())
}

fn rot90(x: &Tensor, args: &Args) -> Result<Tensor> {
    let dims = args.opt_ints(2)?.unwrap_or_else(|| vec![0, 1]);
    let (&[a, b], k) = (&dims[..], args.int(1)?.rem_euclid(4)) else {
        return crate::error::runtime_error(format!(
            "expected total rotation dims == 2, but got dims = {}",
            dims.len()
        ));
    };
    Ok(match k {
        1 => x.flip(&[b])?.transpose(a, b)?,
        2 => x.flip(&[a, b])?,
        3 => x.flip(&[a])?.transpose(a, b)?,
        _ => x.copy()?,
    })
}

/// The last dimension on the diagonal of two new ones.
fn diag_embed(x: &Tensor, args: &Args) -> Result<Tensor> {
    let (offset, dim1, dim2) = (args.int(1)?, args.int(2)?, args.int(3)?);
    let ndim = x.ndim() + 1;
    let (a, b) = (engine::layout::wrap_dim(dim1, ndim)?, engine::layout::wrap_dim(dim2, ndim)?);
    let n = x.shape().last().copied().unwrap_or(1);
    let side = n.saturating_add(usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX));
    let mut shape = x.shape().to_vec();
    shape.pop();
    shape.extend([side, side]);
    let out = x.engine().full(&shape, 0i64, x.dtype())?;
    out.diagonal(offset, -2, -1)?.set(&[Item::Ellipsis], x)?;
    Ok(out.movedim(&[-2, -1], &[a as i64, b as i64])?)
}
