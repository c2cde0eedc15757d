//! Functions and methods whose work is done by the parts in Python, and methods that there are not.

use crate::error::{Call, Result, Stop, runtime_error};
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::value::Value;

/// Functions of matrices: `torch.det`, `x.det()`.
pub(super) const BOTH: &[Native] = &[
    Native::new("det(input)", |vm, args| linalg(vm, args, "det")),
    Native::new("logdet(input)", |vm, args| linalg(vm, args, "_logdet")),
    Native::new("slogdet(input)", |vm, args| linalg(vm, args, "_slogdet_of")),
    Native::new("inverse(input)", |vm, args| linalg(vm, args, "inv")),
    Native::new("pinverse(input)", |vm, args| linalg(vm, args, "pinv")),
    Native::new("cholesky(input, upper=False)", |vm, args| linalg(vm, args, "_cholesky_of")),
    Native::new("qr(input, some=True)", |vm, args| linalg(vm, args, "_qr_of")),
    Native::new("svd(input, some=True, compute_uv=True)", |vm, args| linalg(vm, args, "_svd_of")),
    Native::new("quantile(input, q, dim=None, keepdim=False, *, interpolation='linear')", |vm, args| {
        composed(vm, args, "quantile")
    }),
    Native::new("cov(input, *, correction=1, fweights=None, aweights=None)", |vm, args| {
        composed(vm, args, "cov")
    }),
    Native::new("corrcoef(input)", |vm, args| composed(vm, args, "corrcoef")),
    Native::new("lgamma(input)", |vm, args| composed(vm, args, "lgamma")),
    Native::new("digamma(input)", |vm, args| composed(vm, args, "digamma")),
    Native::new("sinc(input)", |vm, args| composed(vm, args, "sinc")),
    Native::new("erfc(input)", |vm, args| composed(vm, args, "erfc")),
    Native::new("erfc_(input)", |vm, args| composed(vm, args, "erfc_")),
    Native::new("erfinv(input)", |vm, args| composed(vm, args, "erfinv")),
    Native::new("erfinv_(input)", |vm, args| composed(vm, args, "erfinv_")),
    Native::new("gcd(input, other)", |vm, args| composed(vm, args, "gcd")),
    Native::new("lcm(input, other)", |vm, args| composed(vm, args, "lcm")),
    Native::new("nanmean(input, dim=None, keepdim=False)", |vm, args| composed(vm, args, "nanmean")),
    Native::new("nanmedian(input)", |vm, args| composed(vm, args, "nanmedian")),
    Native::new("renorm(input, p, dim, maxnorm)", |vm, args| composed(vm, args, "renorm")),
    Native::new("scatter_reduce(input, dim, index, src, reduce, *, include_self=True)", |vm, args| {
        composed(vm, args, "scatter_reduce")
    }),
    Native::new("scatter_reduce_(input, dim, index, src, reduce, *, include_self=True)", |vm, args| {
        composed(vm, args, "scatter_reduce_")
    }),
    Native::new("select_scatter(input, src, dim, index)", |vm, args| composed(vm, args, "select_scatter")),
    Native::new("slice_scatter(input, src, dim=0, start=None, end=None, step=1)", |vm, args| {
        composed(vm, args, "slice_scatter")
    }),
    Native::new("diagonal_scatter(input, src, offset=0, dim1=0, dim2=1)", |vm, args| {
        composed(vm, args, "diagonal_scatter")
    }),
    Native::new("logaddexp2(input, other)", |vm, args| composed(vm, args, "logaddexp2")),
    Native::new("ldexp(input, other)", |vm, args| composed(vm, args, "ldexp")),
    Native::new("cholesky_solve(input, input2, upper=False)", |vm, args| {
        composed(vm, args, "cholesky_solve")
    }),
    Native::new("cholesky_inverse(input, upper=False)", |vm, args| composed(vm, args, "cholesky_inverse")),
    Native::new(
        "triangular_solve(input, A, upper=True, transpose=False, unitriangular=False)",
        |vm, args| composed(vm, args, "triangular_solve"),
    ),
    Native::new("nanquantile(input, q, dim=None, keepdim=False, *, interpolation='linear')", |vm, args| {
        composed(vm, args, "nanquantile")
    }),
    Native::new("histogram(input, bins, *, range=None, weight=None, density=False)", |vm, args| {
        composed(vm, args, "histogram")
    }),
    Native::new("put(input, index, source, accumulate=False)", |vm, args| composed(vm, args, "put")),
    Native::new("put_(input, index, source, accumulate=False)", |vm, args| composed(vm, args, "put_")),
];

/// What is not part of it.
pub(super) const REFUSED: &[Native] = &[
    Native::new("set_(self, *args)", |_, args| refused(args)),
    Native::new("apply_(self, callable)", |_, args| refused(args)),
    Native::new("map_(self, tensor, callable)", |_, args| refused(args)),
];

fn refused(args: &Args) -> Result<Value> {
    let name = args.function();
    runtime_error::<Value>(format!("Tensor.{name} is not part of Seegrad"))
        .map_err(|stop| stop.hint("Compute a new tensor, and give it the name of the old one."))
}

/// The same call, of a function in Python.
fn forward(function: Value, args: &Args) -> Result<Value> {
    let (args, kwargs) = args.as_given();
    Err(Stop::Call(Box::new(Call { callee: function, args, kwargs })))
}

fn linalg(vm: &mut Machine, args: &Args, name: &str) -> Result<Value> {
    args.tensor(0)?;
    let module = vm.modules.get("torch.linalg").cloned();
    forward(module.and_then(|module| module.get(name)).unwrap_or(Value::None), args)
}

fn composed(vm: &mut Machine, args: &Args, name: &str) -> Result<Value> {
    args.tensor(0)?;
    let module = vm.modules.get("torch._composed").cloned();
    forward(module.and_then(|module| module.get(name)).unwrap_or(Value::None), args)
}
