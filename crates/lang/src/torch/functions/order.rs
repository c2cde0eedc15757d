//! Order and sums along a dimension: sorting, ranks, running sums.

use engine::Tensor;

use super::table;
use crate::error::Result;
use crate::native::{Args, Native};
use crate::torch::operand::named;
use crate::value::Value;

pub(in crate::torch) const BOTH: &[Native] = table! {
    "argsort(input, dim=-1, descending=False, stable=False)" => |x, args| Ok(x.argsort(args.int(1)?, args.bool(2)?)?);
    "msort(input)" => |x, _| Ok(x.sort(0, false)?.0);
    "cumsum(input, dim, *, dtype=None, out=None)", "cumsum_(input, dim)" => |x, args| Ok(x.cumsum(args.int(1)?)?);
    "cumprod(input, dim, *, dtype=None, out=None)", "cumprod_(input, dim)" => |x, args| Ok(x.cumprod(args.int(1)?)?);
    "diff(input, n=1, dim=-1, prepend=None, append=None)" => diff;
    "logcumsumexp(input, dim)" => |x, args| {
        let dim = args.int(1)?;
        let top = x.detach().amax(&[dim], true)?;
        Ok(x.sub(&top)?.exp()?.cumsum(dim)?.log()?.add(&top)?)
    };
};

pub(in crate::torch) const MORE: &[Native] = &[
    Native::new("sort(input, dim=-1, descending=False, stable=False)", |_, args| {
        let (values, places) = args.tensor(0)?.sort(args.int(1)?, args.bool(2)?)?;
        Ok(named("sort", &["values", "indices"], vec![values, places]))
    }),
    Native::new("topk(input, k, dim=-1, largest=True, sorted=True)", |_, args| {
        let (values, places) = args.tensor(0)?.topk(args.int(1)?, args.int(2)?, args.bool(3)?)?;
        Ok(named("topk", &["values", "indices"], vec![values, places]))
    }),
    Native::new("kthvalue(input, k, dim=-1, keepdim=False)", |_, args| {
        let (value, place) = args.tensor(0)?.kthvalue(args.int(1)?, args.int(2)?, args.bool(3)?)?;
        Ok(named("kthvalue", &["values", "indices"], vec![value, place]))
    }),
    Native::new("cummax(input, dim)", |_, args| running(args, true)),
    Native::new("cummin(input, dim)", |_, args| running(args, false)),
];

/// The differences of neighbours, `n` times.
fn diff(x: &Tensor, args: &Args) -> Result<Tensor> {
    let (n, dim) = (args.count(1)?, args.int(2)?);
    let ends = [args.opt_tensor(3)?, Some(x.clone()), args.opt_tensor(4)?];
    let joined: Vec<Tensor> = ends.into_iter().flatten().collect();
    let mut x = if joined.len() > 1 { Tensor::cat(&joined, dim)? } else { x.clone() };
    for _ in 0..n {
        let size = x.shape().get(engine::layout::wrap_dim(dim, x.ndim())?).map_or(1, |&n| n as i64);
        let (behind, before) = (x.slice(dim, 1, size, 1)?, x.slice(dim, 0, (size - 1).max(0), 1)?);
        x = if x.dtype() == engine::DType::Bool {
            behind.bitwise_xor(&before)?
        } else {
            behind.sub(&before)?
        };
    }
    Ok(x)
}

/// The largest element so far, and where it was: the last one of equal ones.
fn running(args: &Args, largest: bool) -> Result<Value> {
    let (x, dim) = (args.tensor(0)?, args.int(1)?);
    let (name, (values, places)) =
        if largest { ("cummax", x.cummax(dim)?) } else { ("cummin", x.cummin(dim)?) };
    Ok(named(name, &["values", "indices"], vec![values, places]))
}
