//! `torch.nn.functional`: the functions of the engine under PyTorch's names, and a part in Python for what calls the program or
//! is put together of other functions.

mod activation;
mod conv;
mod loss;
mod norm;
mod pool;
mod resize;

use engine::Tensor;
use engine::nn::Reduction;

use crate::error::Result;
use crate::native::{Args, NativeModule};
use crate::value::Value;

/// The module.
pub(super) const MODULE: NativeModule = NativeModule {
    name: "torch.nn.functional",
    functions: &[
        activation::FUNCTIONS,
        conv::FUNCTIONS,
        loss::FUNCTIONS,
        norm::FUNCTIONS,
        pool::FUNCTIONS,
        resize::FUNCTIONS,
    ],
    classes: &[],
    build: None,
    source: Some(concat!(
        python!("torch/nn/functional/functional.py"),
        python!("torch/nn/functional/grids.py"),
        python!("torch/nn/functional/rare.py")
    )),
};

/// Applies a function, or writes its result back into its argument if argument `inplace` says so.
fn apply(args: &Args, inplace: usize, f: impl FnOnce(&Tensor) -> engine::Result<Tensor>) -> Result<Value> {
    let x = args.tensor(0)?;
    if args.bool(inplace)? {
        x.update_(f)?;
        return Ok(args.get(0));
    }
    Ok(f(&x)?.into())
}

/// The reduction of a loss whose last argument is `reduction`: arguments `size_average` and `reduce` are an older way to say it.
fn reduction(args: &Args, size_average: usize, reduce: usize, reduction: usize) -> Result<Reduction> {
    if args.opt(size_average).is_none() && args.opt(reduce).is_none() {
        return Ok(Reduction::named(&args.str(reduction)?)?);
    }
    let said = |i: usize| if args.get(i).is_none() { Ok(true) } else { args.bool(i) };
    Ok(match (said(reduce)?, said(size_average)?) {
        (false, _) => Reduction::None,
        (true, true) => Reduction::Mean,
        (true, false) => Reduction::Sum,
    })
}

/// One or two numbers: height, then width.
fn pair(args: &Args, i: usize) -> Result<[i64; 2]> {
    match args.ints(i)?.as_slice() {
        [one] => Ok([*one; 2]),
        [height, width] => Ok([*height, *width]),
        _ => Err(args.wrong(i, "int or a tuple of two ints")),
    }
}

/// One number, also as a tuple of one.
fn single(args: &Args, i: usize) -> Result<i64> {
    match args.ints(i)?.as_slice() {
        [one] => Ok(*one),
        _ => Err(args.wrong(i, "int or a tuple of one int")),
    }
}
