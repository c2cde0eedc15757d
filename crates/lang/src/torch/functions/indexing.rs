//! Elements by index, read and written.

use engine::{Error, Item, Tensor};

use super::table;
use crate::error::{Result, runtime_error};
use crate::native::{Args, Native};
use crate::torch::operand::Operand;
use crate::value::Value;

pub(in crate::torch) const BOTH: &[Native] = table! {
    "gather(input, dim, index, *, sparse_grad=False, out=None)" => |x, args| Ok(within(x.gather(args.int(1)?, &args.tensor(2)?))?);
    "take(input, index)" => |x, args| Ok(x.take(&args.tensor(1)?)?);
    "take_along_dim(input, indices, dim=None)" => |x, args| match args.opt_int(2)? {
        Some(dim) => along(x, dim, &args.tensor(1)?),
        None => Ok(x.reshape(&[-1])?.gather(0, &args.tensor(1)?.reshape(&[-1])?)?),
    };
    "index_select(input, dim, index, *, out=None)" => |x, args| Ok(x.index_select(args.int(1)?, &args.tensor(2)?)?);
    "scatter(input, dim, index, src=None, *, value=None, reduce=None)",
    "scatter_(input, dim, index, src=None, *, value=None, reduce=None)" => scatter;
    "scatter_add(input, dim, index, src)", "scatter_add_(input, dim, index, src)" => |x, args| {
        Ok(within(x.scatter_add(args.int(1)?, &args.tensor(2)?, &args.tensor(3)?))?)
    };
    "index_add(input, dim, index, source, *, alpha=1)", "index_add_(input, dim, index, source, *, alpha=1)" => |x, args| {
        Ok(x.index_add(args.int(1)?, &args.tensor(2)?, &args.tensor(3)?, args.float(4)?)?)
    };
    "index_fill(input, dim, index, value)", "index_fill_(input, dim, index, value)" => |x, args| at_index(x, args, "value");
    "index_copy(input, dim, index, source)", "index_copy_(input, dim, index, source)" => |x, args| at_index(x, args, "source");
    "index_put(input, indices, values, accumulate=False)", "index_put_(input, indices, values, accumulate=False)" => |x, args| {
        Ok(x.index_put(&args.tensors(1)?, args.operand(2)?.arg(), args.bool(3)?)?)
    };
    "masked_fill(input, mask, value)", "masked_fill_(input, mask, value)" => |x, args| {
        Ok(x.masked_fill(&args.tensor(1)?, args.operand(2)?.arg())?)
    };
};

/// What lies at these places of a dimension; along the others, one of the two stands for many.
fn along(x: &Tensor, dim: i64, index: &Tensor) -> Result<Tensor> {
    let d = engine::layout::wrap_dim(dim, x.ndim())?;
    if x.ndim() != index.ndim() {
        return Ok(x.gather(dim, index)?);
    }
    let wide = |own: &Tensor, other: &Tensor| {
        let sizes = own.shape().iter().zip(other.shape()).enumerate();
        own.expand(&sizes.map(|(i, (&n, &m))| if i != d && n == 1 { m } else { n }).collect::<Vec<_>>())
    };
    Ok(wide(x, index)?.gather(dim, &wide(index, x)?)?)
}

/// An index out of range is a `RuntimeError` for some functions.
fn within(result: engine::Result<Tensor>) -> engine::Result<Tensor> {
    result.map_err(|error| match error {
        Error::Index { .. } => Error::Shape(error.to_string()),
        other => other,
    })
}

/// `where`: of a condition alone, the places where it holds.
pub(in crate::torch) const FUNCTIONS: &[Native] =
    &[Native::new("where(condition, input=None, other=None)", |vm, args| {
        let condition = args.tensor(0)?;
        match (args.opt_operand(1)?, args.opt_operand(2)?) {
            (Some(x), Some(y)) => Ok(condition.where_(x.arg(), y.arg())?.into()),
            (None, None) => super::values::places(vm, &condition),
            _ => crate::error::type_error(
                "where() takes either a condition alone or a condition and two values",
            ),
        }
    })];

/// `x.where(condition, other)`.
pub(in crate::torch) const METHODS: &[Native] = &[Native::new("where(self, condition, other)", |_, args| {
    let x = Operand::Tensor(args.tensor(0)?);
    Ok(args.tensor(1)?.where_(x.arg(), args.operand(2)?.arg())?.into())
})];

/// Writes at the places that an index names along a dimension; with `reduce`, adds or multiplies.
fn scatter(x: &Tensor, args: &Args) -> Result<Tensor> {
    let (dim, index) = (args.int(1)?, args.tensor(2)?);
    let Some(source) = args.opt_operand(3)?.or(args.opt_operand(4)?) else {
        return runtime_error("scatter(): one of 'src' and 'value' is needed");
    };
    let reduce = args.opt(5);
    let name = match &reduce {
        None => return Ok(within(x.scatter(dim, &index, source.arg()))?),
        Some(Value::Str(name)) => name.to_string(),
        Some(_) => return Err(args.wrong(5, "str")),
    };
    Ok(x.scatter_by(dim, &index, source.arg(), &name)?)
}

/// The tensor with something else at these places of a dimension.
fn at_index(x: &Tensor, args: &Args, name: &str) -> Result<Tensor> {
    let (dim, index) = (args.int(1)?, args.tensor(2)?);
    let d = engine::layout::wrap_dim(dim, x.ndim())?;
    let out = x.copy()?;
    let mut items = vec![Item::ALL; d];
    items.push(Item::Tensor(if index.ndim() == 0 { index.reshape(&[1])? } else { index }));
    let value = args.operand(3)?;
    if let (Operand::Tensor(t), "value") = (&value, name)
        && t.ndim() > 0
    {
        return runtime_error(format!(
            "index_fill_ only supports a 0-dimensional value tensor, but got tensor with {} dimension(s).",
            t.ndim()
        ));
    }
    out.set(&items, value.arg())?;
    Ok(out)
}
