//! Products of vectors and matrices.

use engine::{Tensor, ops};

use super::table;
use crate::error::{Result, runtime_error};
use crate::native::{Args, Native};

pub(in crate::torch) const BOTH: &[Native] = table! {
    "matmul(input, other, *, out=None)" => |x, args| Ok(x.matmul(&args.tensor(1)?)?);
    "mm(input, mat2, *, out=None)" => |x, args| Ok(x.mm(&args.tensor(1)?)?);
    "bmm(input, mat2, *, out=None)" => |x, args| Ok(x.bmm(&args.tensor(1)?)?);
    "mv(input, vec, *, out=None)" => |x, args| Ok(x.mv(&args.tensor(1)?)?);
    "dot(input, tensor, *, out=None)" => |x, args| Ok(x.dot(&args.tensor(1)?)?);
    "vdot(input, other, *, out=None)" => |x, args| Ok(x.dot(&args.tensor(1)?)?);
    "inner(input, other, *, out=None)" => |x, args| {
        let y = args.tensor(1)?;
        Ok(if x.ndim() == 0 || y.ndim() == 0 { x.mul(&y)? } else { x.matmul(&y.transpose(-1, if y.ndim() > 1 { -2 } else { -1 })?)? })
    };
    "outer(input, vec2, *, out=None)" => |x, args| Ok(x.outer(&args.tensor(1)?)?);
    "ger(input, vec2, *, out=None)" => |x, args| Ok(x.outer(&args.tensor(1)?)?);
    "addmm(input, mat1, mat2, *, beta=1, alpha=1, out=None)", "addmm_(input, mat1, mat2, *, beta=1, alpha=1)" => |x, args| {
        Ok(x.addmm(&args.tensor(1)?, &args.tensor(2)?, args.float(3)?, args.float(4)?)?)
    };
    "addmv(input, mat, vec, *, beta=1, alpha=1, out=None)" => |x, args| {
        let product = args.tensor(1)?.mv(&args.tensor(2)?)?;
        scaled(x, &product, args)
    };
    "addr(input, vec1, vec2, *, beta=1, alpha=1, out=None)" => |x, args| {
        let product = args.tensor(1)?.outer(&args.tensor(2)?)?;
        scaled(x, &product, args)
    };
    "baddbmm(input, batch1, batch2, *, beta=1, alpha=1, out=None)" => |x, args| {
        Ok(x.baddbmm(&args.tensor(1)?, &args.tensor(2)?, args.float(3)?, args.float(4)?)?)
    };
    "addbmm(input, batch1, batch2, *, beta=1, alpha=1, out=None)" => |x, args| {
        let product = args.tensor(1)?.bmm(&args.tensor(2)?)?.sum(&[0], false)?;
        scaled(x, &product, args)
    };
    "tensordot(a, b, dims=2)" => tensordot;
    "kron(input, other)" => kron;
    "matrix_power(input, n)" => |x, args| {
        let n = args.count(1)?;
        let size = x.shape().last().copied().unwrap_or(0) as i64;
        let mut out = x.engine().eye(size, size, x.dtype())?;
        if n == 1 {
            return Ok(x.clone());
        }
        for _ in 0..n.min(4096) {
            out = out.matmul(x)?;
        }
        Ok(out)
    };
    "cross(input, other, dim=None)" => cross;
};

pub(in crate::torch) const FUNCTIONS: &[Native] = &[
    Native::new("einsum(equation, *operands)", |_, args| {
        let operands = match &*args.rest {
            [one] => one.sequence().unwrap_or_else(|| vec![one.clone()]),
            several => several.to_vec(),
        };
        let tensors: Vec<Tensor> = operands.iter().filter_map(crate::torch::operand::tensor_of).collect();
        if tensors.len() != operands.len() {
            return crate::error::type_error("einsum(): operands must be tensors");
        }
        Ok(ops::einsum(&args.str(0)?, &tensors.iter().collect::<Vec<_>>())?.into())
    }),
    Native::new("cdist(x1, x2, p=2.0, compute_mode='use_mm_for_euclid_dist_if_necessary')", |_, args| {
        Ok(engine::nn::cdist(&args.tensor(0)?, &args.tensor(1)?, args.float(2)?)?.into())
    }),
    Native::new("cosine_similarity(x1, x2, dim=1, eps=1e-08)", |_, args| {
        Ok(engine::nn::cosine_similarity(&args.tensor(0)?, &args.tensor(1)?, args.int(2)?, args.float(3)?)?
            .into())
    }),
    Native::new("chain_matmul(*matrices)", |_, args| {
        let matrices: Vec<Tensor> = args.rest.iter().filter_map(crate::torch::operand::tensor_of).collect();
        let Some((first, others)) = matrices.split_first() else {
            return runtime_error("chain_matmul(): Expected one or more matrices");
        };
        let product = others.iter().try_fold(first.clone(), |product, next| product.mm(next))?;
        Ok(product.into())
    }),
];

/// beta · x + alpha · product.
fn scaled(x: &Tensor, product: &Tensor, args: &Args) -> Result<Tensor> {
    let (beta, alpha) = (args.scalar(3)?, args.scalar(4)?);
    let x = if beta.to_f64() == 1.0 { x.clone() } else { x.mul(beta)? };
    Ok(x.add_scaled(product, alpha)?)
}

/// Sums over the last dimensions of one and the first of the other, or over those that are named.
fn tensordot(a: &Tensor, args: &Args) -> Result<Tensor> {
    let b = args.tensor(1)?;
    let (of_a, of_b): (Vec<i64>, Vec<i64>) = match args.get(2).as_int() {
        Some(n) => ((a.ndim() as i64 - n..a.ndim() as i64).collect(), (0..n).collect()),
        None => {
            let pair = args.get(2).sequence().unwrap_or_default();
            let dims = |value: Option<&crate::value::Value>| -> Result<Vec<i64>> {
                let items = value.and_then(|v| v.as_int().map(|_| vec![v.clone()]).or_else(|| v.sequence()));
                let ints = items.unwrap_or_default().iter().map(crate::value::Value::as_int).collect();
                Option::ok_or_else(ints, || args.wrong(2, "tuple of ints"))
            };
            (dims(pair.first())?, dims(pair.get(1))?)
        }
    };
    let wrap = |dims: Vec<i64>, t: &Tensor| {
        dims.into_iter().map(|d| engine::layout::wrap_dim(d, t.ndim())).collect::<engine::Result<Vec<_>>>()
    };
    let (of_a, of_b) = (wrap(of_a, a)?, wrap(of_b, &b)?);
    let rest = |t: &Tensor, dims: &[usize]| (0..t.ndim()).filter(|d| !dims.contains(d)).collect::<Vec<_>>();
    let (rest_a, rest_b) = (rest(a, &of_a), rest(&b, &of_b));
    let sizes = |t: &Tensor, dims: &[usize]| {
        dims.iter().filter_map(|&d| t.shape().get(d).copied()).collect::<Vec<_>>()
    };
    if sizes(a, &of_a) != sizes(&b, &of_b) {
        return runtime_error("contracted dimensions need to match");
    }
    let inner: usize = sizes(a, &of_a).iter().product();
    let order =
        |first: &[usize], second: &[usize]| first.iter().chain(second).map(|&d| d as i64).collect::<Vec<_>>();
    let left = a.permute(&order(&rest_a, &of_a))?.reshape(&[-1, inner as i64])?;
    let right = b.permute(&order(&of_b, &rest_b))?.reshape(&[inner as i64, -1])?;
    let shape = [sizes(a, &rest_a), sizes(&b, &rest_b)].concat();
    Ok(left.mm(&right)?.reshape(&shape.iter().map(|&n| n as i64).collect::<Vec<_>>())?)
}

/// The Kronecker product: each element of one times all of the other.
fn kron(a: &Tensor, args: &Args) -> Result<Tensor> {
    let b = args.tensor(1)?;
    let ndim = a.ndim().max(b.ndim());
    let padded = |t: &Tensor| [vec![1; ndim - t.ndim()], t.shape().to_vec()].concat();
    let (of_a, of_b) = (padded(a), padded(&b));
    let mixed = |sizes: &[usize], at: usize| -> Vec<i64> {
        sizes.iter().flat_map(|&n| if at == 0 { [n as i64, 1] } else { [1, n as i64] }).collect()
    };
    let product = a.reshape(&mixed(&of_a, 0))?.mul(&b.reshape(&mixed(&of_b, 1))?)?;
    let shape: Vec<i64> = of_a.iter().zip(&of_b).map(|(&n, &m)| (n * m) as i64).collect();
    Ok(product.reshape(&shape)?)
}

fn cross(a: &Tensor, args: &Args) -> Result<Tensor> {
    let b = args.tensor(1)?;
    let dim = match args.opt_int(2)? {
        Some(dim) => dim,
        None => match a.shape().iter().position(|&n| n == 3) {
            Some(dim) => dim as i64,
            None => return runtime_error("no dimension of size 3 in input"),
        },
    };
    let part = |t: &Tensor, i: i64| t.roll(&[-i], &[dim]);
    let left = part(a, 1)?.mul(&part(&b, 2)?)?;
    Ok(left.sub(&part(a, 2)?.mul(&part(&b, 1)?)?)?)
}
