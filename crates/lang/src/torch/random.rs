//! Random tensors.

use engine::random::Generator;
use engine::{DType, Engine, HostData, Tensor};

use super::creation::{dtype, finish, place, shape, sizes};
use super::device;
use super::generator::{StateObject, default_generator, drawn, state};
use super::operand::Operand;
use crate::error::{Result, Stop, runtime_error, type_error};
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::value::Value;

/// Functions of `torch`.
pub(super) const FUNCTIONS: &[Native] = &[
    Native::new("manual_seed(seed)", |vm, args| {
        let seed = args.get(0).as_float().ok_or_else(|| args.wrong(0, "int"))?;
        let seed = args.get(0).as_int().unwrap_or(seed as i64);
        vm.torch.engines().for_each(|engine| engine.manual_seed(seed as u64));
        Ok(default_generator())
    }),
    Native::new("initial_seed()", |vm, _| Ok(Value::Int(vm.torch.engine.rng_state().initial_seed() as i64))),
    Native::new("seed()", |vm, _| {
        // There is no entropy here: the next seed follows from the stream, so that runs can be repeated.
        let seed = vm.torch.engine.generator(Generator::random64) >> 1;
        vm.torch.engines().for_each(|engine| engine.manual_seed(seed));
        Ok(Value::Int(seed as i64))
    }),
    Native::new("get_rng_state()", |vm, _| Ok(Value::object(StateObject(vm.torch.engine.rng_state())))),
    Native::new("set_rng_state(new_state)", |vm, args| {
        vm.torch.engine.set_rng_state(state(args, 0)?);
        Ok(Value::None)
    }),
    Native::new(
        "rand(*size, size=None, generator=None, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False)",
        |vm, args| {
            let (shape, dtype) = (shape(args)?, float(vm, args)?);
            make(vm, args, move |engine| engine.rand(&shape, dtype))
        },
    ),
    Native::new(
        "randn(*size, size=None, generator=None, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False)",
        |vm, args| {
            let (shape, dtype) = (shape(args)?, float(vm, args)?);
            make(vm, args, move |engine| engine.randn(&shape, dtype))
        },
    ),
    Native::new(
        "rand_like(input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None)",
        |vm, args| {
            let (x, dtype) = (args.tensor(0)?, dtype(args)?);
            like(vm, args, &x, |engine| engine.rand(x.shape(), dtype.unwrap_or(x.dtype())))
        },
    ),
    Native::new(
        "randn_like(input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None)",
        |vm, args| {
            let (x, dtype) = (args.tensor(0)?, dtype(args)?);
            like(vm, args, &x, |engine| engine.randn(x.shape(), dtype.unwrap_or(x.dtype())))
        },
    ),
    Native::new(
        "randint(*bounds, low=None, high=None, size=None, generator=None, out=None, dtype=None, layout=None, device=None, requires_grad=False)",
        randint,
    ),
    Native::new(
        "randint_like(input, low, high=None, *, dtype=None, layout=None, device=None, requires_grad=False)",
        |vm, args| {
            let (x, dtype, a, b) = (args.tensor(0)?, dtype(args)?, args.int(1)?, args.opt_int(2)?);
            let (low, high) = b.map_or((0, a), |b| (a, b));
            like(vm, args, &x, |engine| engine.randint(low, high, x.shape(), dtype.unwrap_or(x.dtype())))
        },
    ),
    Native::new(
        "randperm(n, *, generator=None, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False)",
        |vm, args| {
            let (n, dtype) = (args.count(0)?, dtype(args)?.unwrap_or(DType::Int64));
            make(vm, args, move |engine| engine.randperm(n, dtype))
        },
    ),
    Native::new(
        "normal(mean, std=1.0, size=None, *, generator=None, out=None, dtype=None, layout=None, device=None, requires_grad=False)",
        normal,
    ),
];

/// Functions that are methods too. They read their tensor, and draw once they have it.
pub(super) const BOTH: &[Native] = &[
    Native::new("bernoulli(input, p=None, *, generator=None, out=None)", |vm, args| {
        let x = args.tensor(0)?;
        match args.opt_float(1)? {
            Some(p) => drawn(vm, &x.engine().clone(), args, |engine| {
                let out = engine.empty(x.shape(), x.dtype())?;
                out.bernoulli_(p)?;
                Ok(out)
            })
            .map(Value::from),
            None => of_values(vm, args, Generator::bernoulli_of),
        }
    }),
    Native::new("poisson(input, generator=None)", |vm, args| of_values(vm, args, Generator::poisson_of)),
    Native::new("_standard_gamma(input, generator=None)", |vm, args| {
        of_values(vm, args, Generator::gamma_of)
    }),
    Native::new(
        "multinomial(input, num_samples, replacement=False, *, generator=None, out=None)",
        |vm, args| {
            let (x, samples, replacement) = (args.tensor(0)?, args.count(1)?, args.bool(2)?);
            let weights = vm.read(&x)?;
            let drawn = drawn(vm, &x.engine().clone(), args, |engine| {
                let (places, shape) = with_generator(engine, |g| {
                    g.multinomial_values(&weights, x.shape(), samples, replacement)
                })
                .map_err(|error| typed(&x, error))?;
                engine.tensor(places, &shape)
            })?;
            Ok(drawn.into())
        },
    ),
];

/// Draws from the engine's generator, which stays as it was on failure.
fn with_generator<T>(
    engine: &Engine,
    draw: impl FnOnce(&mut Generator) -> engine::Result<T>,
) -> engine::Result<T> {
    let mut generator = engine.rng_state();
    let drawn = draw(&mut generator)?;
    engine.set_rng_state(generator);
    Ok(drawn)
}

/// An error that tells the type of `x`, whose smaller integers were read as int64.
fn typed(x: &Tensor, error: engine::Error) -> engine::Error {
    match error {
        engine::Error::Shape(text) => engine::Error::Shape(text.replace("Long", x.dtype().scalar_type())),
        other => other,
    }
}

fn of_values(
    vm: &mut Machine,
    args: &Args,
    draw: fn(&mut Generator, &HostData) -> engine::Result<HostData>,
) -> Result<Value> {
    let x = args.tensor(0)?;
    let values = vm.read(&x)?;
    let made = drawn(vm, &x.engine().clone(), args, |engine| {
        let data = with_generator(engine, |g| draw(g, &values)).map_err(|error| typed(&x, error))?;
        engine.tensor(data, x.shape())
    })?;
    Ok(made.into())
}

fn float(vm: &Machine, args: &Args) -> Result<DType> {
    Ok(dtype(args)?.unwrap_or(vm.torch.default_dtype))
}

fn make(
    vm: &mut Machine,
    args: &Args,
    draw: impl FnOnce(&Engine) -> engine::Result<Tensor>,
) -> Result<Value> {
    let engine = place(vm, args)?;
    let x = drawn(vm, &engine, args, draw)?;
    finish(args, x)
}

fn like(
    vm: &mut Machine,
    args: &Args,
    x: &Tensor,
    draw: impl FnOnce(&Engine) -> engine::Result<Tensor>,
) -> Result<Value> {
    let engine = device::wanted(vm, args)?.unwrap_or_else(|| x.engine().clone());
    let made = drawn(vm, &engine, args, draw)?;
    finish(args, made)
}

/// `randint(high, size)` and `randint(low, high, size)`.
fn randint(vm: &mut Machine, args: &Args) -> Result<Value> {
    let mut bounds = args.rest.clone();
    let size = match args.by_name("size") {
        Some(size) => Some(size),
        None if bounds.len() > 1 => bounds.pop(),
        None => None,
    };
    let ints = |value: &Value| -> Option<Vec<i64>> { value.sequence()?.iter().map(Value::as_int).collect() };
    let Some(size) = size.as_ref().and_then(ints) else {
        return type_error("randint(): argument 'size' must be tuple of ints").map_err(|stop: Stop| {
            stop.hint("Write torch.randint(10, (3,)) or torch.randint(0, 10, (2, 3)).")
        });
    };
    let name = |name: &str| args.by_name(name).and_then(|value| value.as_int());
    let numbers: Option<Vec<i64>> = bounds.iter().map(Value::as_int).collect();
    let (low, high) = match (numbers.as_deref(), name("low"), name("high")) {
        (Some([high]), None, None) => (0, *high),
        (Some([low, high]), None, None) => (*low, *high),
        (Some([low]), None, Some(high)) => (*low, high),
        (Some([]), low, Some(high)) => (low.unwrap_or(0), high),
        _ => return type_error("randint() takes an upper bound, or a lower and an upper one, and a size"),
    };
    let (shape, dtype) = (sizes(&size)?, dtype(args)?.unwrap_or(DType::Int64));
    make(vm, args, move |engine| engine.randint(low, high, &shape, dtype))
}

fn normal(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (mean, std) = (args.operand(0)?, args.operand(1)?);
    if let Some(size) = args.opt_ints(2)? {
        let (Operand::Scalar(mean), Operand::Scalar(std)) = (mean, std) else {
            return runtime_error("normal(): a size goes with numbers as mean and std, not with tensors");
        };
        let (shape, dtype) = (sizes(&size)?, float(vm, args)?);
        return make(vm, args, move |engine| engine.normal(mean.to_f64(), std.to_f64(), &shape, dtype));
    }
    let engine = match (&mean, &std) {
        (Operand::Tensor(t), _) | (_, Operand::Tensor(t)) => t.engine().clone(),
        _ => return type_error("normal() of two numbers needs a size"),
    };
    let x = drawn(vm, &engine, args, |engine| engine.normal_of(mean.arg(), std.arg()))?;
    finish(args, x)
}
