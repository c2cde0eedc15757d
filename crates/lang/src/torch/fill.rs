//! Methods that overwrite a tensor: with a value, with another's elements, with random numbers.

use engine::Tensor;

use super::generator::drawn;
use super::operand::Operand;
use crate::error::{Result, runtime_error};
use crate::native::{Args, Native};
use crate::value::Value;

pub(super) const METHODS: &[Native] = &[
    Native::new("fill_(self, value)", |_, args| {
        args.tensor(0)?.fill_(args.operand(1)?.arg())?;
        Ok(args.get(0))
    }),
    Native::new("zero_(self)", |_, args| {
        args.tensor(0)?.zero_()?;
        Ok(args.get(0))
    }),
    Native::new("copy_(self, src, non_blocking=False)", |vm, args| {
        let x = args.tensor(0)?;
        match args.operand(1)? {
            Operand::Tensor(src) => {
                let src = if src.engine().same_as(x.engine()) {
                    src
                } else {
                    super::device::moved(vm, &src, &x.engine().clone(), src.dtype())?
                };
                x.copy_(&src)?;
            }
            Operand::Scalar(_) => return Err(args.wrong(1, "Tensor")),
        }
        Ok(args.get(0))
    }),
    Native::new("uniform_(self, from=0, to=1, *, generator=None)", |vm, args| {
        let (low, high) = (args.float(1)?, args.float(2)?);
        random(vm, args, move |x| x.uniform_(low, high))
    }),
    Native::new("normal_(self, mean=0, std=1, *, generator=None)", |vm, args| {
        let (mean, std) = (args.float(1)?, args.float(2)?);
        random(vm, args, move |x| x.normal_(mean, std))
    }),
    Native::new("bernoulli_(self, p=0.5, *, generator=None)", |vm, args| {
        let p = args.float(1)?;
        random(vm, args, move |x| x.bernoulli_(p))
    }),
    Native::new("exponential_(self, lambd=1, *, generator=None)", |vm, args| {
        let lambda = args.float(1)?;
        random(vm, args, move |x| x.exponential_(lambda))
    }),
    Native::new("log_normal_(self, mean=1, std=2, *, generator=None)", |vm, args| {
        let (mean, std) = (args.float(1)?, args.float(2)?);
        random(vm, args, move |x| x.log_normal_(mean, std))
    }),
    Native::new("geometric_(self, p, *, generator=None)", |vm, args| {
        let p = args.float(1)?;
        random(vm, args, move |x| x.geometric_(p))
    }),
    Native::new("random_(self, from=None, to=None, *, generator=None)", |vm, args| {
        let (a, b) = (args.opt_int(1)?, args.opt_int(2)?);
        random(vm, args, move |x| match (a, b) {
            (Some(low), Some(high)) => x.random_range_(low, high),
            (Some(high), None) | (None, Some(high)) => x.random_range_(0, high),
            (None, None) => x.random_(),
        })
    }),
    Native::new("fill_diagonal_(self, fill_value, wrap=False)", |_, args| {
        let x = args.tensor(0)?;
        if x.ndim() < 2 {
            return runtime_error("dimensions must larger than 1");
        }
        x.diagonal(0, 0, 1)?.fill_(args.operand(1)?.arg())?;
        Ok(args.get(0))
    }),
    Native::new("requires_grad_(self, requires_grad=True)", |_, args| {
        args.tensor(0)?.requires_grad_(args.bool(1)?)?;
        Ok(args.get(0))
    }),
    Native::new("detach(self)", |_, args| Ok(args.tensor(0)?.detach().into())),
    Native::new("detach_(self)", |_, args| {
        args.tensor(0)?.detach_()?;
        Ok(args.get(0))
    }),
    Native::new("retain_grad(self)", |_, args| {
        args.tensor(0)?.retain_grad()?;
        Ok(Value::None)
    }),
];

fn random(
    vm: &mut crate::machine::Machine,
    args: &Args,
    fill: impl FnOnce(&Tensor) -> engine::Result<()>,
) -> Result<Value> {
    let x = args.tensor(0)?;
    drawn(vm, &x.engine().clone(), args, |_| fill(&x))?;
    Ok(args.get(0))
}
