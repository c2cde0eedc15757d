//! The engine's own generator, and the functions that make tensors from it.

use std::future::Future;

use super::Generator;
use super::discrete::cast;
use crate::dtype::{DType, Scalar};
use crate::engine::Engine;
use crate::error::{Error, Result};

use crate::ops::Arg;
use crate::promote::{missing, overflow};
use crate::tensor::Tensor;

/// An [`Arg`] that is kept while a value is awaited.
enum Given {
    Tensor(Tensor),
    Scalar(Scalar),
}

impl Given {
    fn arg(&self) -> Arg<'_> {
        match self {
            Self::Tensor(t) => Arg::Tensor(t),
            Self::Scalar(x) => Arg::Scalar(*x),
        }
    }
}

impl Engine {
    /// Seeds the default generator: `torch.manual_seed(seed)`. An engine begins with
    /// [`Generator::DEFAULT_SEED`]; one that should differ from run to run is seeded by its host.
    pub fn manual_seed(&self, seed: u64) {
        self.set_rng_state(Generator::manual_seed(seed));
    }

    /// `torch.get_rng_state()`: the default generator as it is now.
    pub fn rng_state(&self) -> Generator {
        self.rng().borrow().clone()
    }

    /// `torch.set_rng_state(state)`.
    pub fn set_rng_state(&self, state: Generator) {
        *self.rng().borrow_mut() = state;
    }

    /// Draws from the default generator.
    pub fn generator<T>(&self, draw: impl FnOnce(&mut Generator) -> T) -> T {
        // On a copy, so that `draw` may use the engine.
        let mut generator = self.rng_state();
        let drawn = draw(&mut generator);
        self.set_rng_state(generator);
        drawn
    }

    /// Draws from the default generator, which stays as it was if `draw` fails.
    pub(crate) fn try_generator<T>(&self, draw: impl FnOnce(&mut Generator) -> Result<T>) -> Result<T> {
        let mut generator = self.rng_state();
        let drawn = draw(&mut generator)?;
        self.set_rng_state(generator);
        Ok(drawn)
    }

    /// `torch.rand(shape, dtype=dtype)`: real numbers in [0, 1).
    ///
    /// # Errors
    /// [`Error::TooLarge`], and [`Error::Shape`] for integers.
    pub fn rand(&self, shape: &[usize], dtype: DType) -> Result<Tensor> {
        let n = self.admit(shape, dtype)?;
        self.try_generator(|g| self.tensor(g.uniform_values(dtype, n, 0.0, 1.0)?, shape))
    }

    /// `torch.randn(shape, dtype=dtype)`: normal numbers of mean 0 and variance 1.
    ///
    /// # Errors
    /// As for [`rand`](Self::rand).
    pub fn randn(&self, shape: &[usize], dtype: DType) -> Result<Tensor> {
        self.normal(0.0, 1.0, shape, dtype)
    }

    /// `torch.normal(mean, std, shape)`.
    ///
    /// # Errors
    /// As for [`rand`](Self::rand), and [`Error::Shape`] if `std` is negative.
    pub fn normal(&self, mean: f64, std: f64, shape: &[usize], dtype: DType) -> Result<Tensor> {
        let n = self.admit(shape, dtype)?;
        self.try_generator(|g| self.tensor(g.normal_values(dtype, n, (mean, std), true)?, shape))
    }

    /// `torch.normal(mean, std)` where at least one of the two is a tensor: one number for each element of both,
    /// broadcast together. A negative element of `std` is not noticed, for that it would have to be read: see
    /// [`normal_checked`](Self::normal_checked).
    ///
    /// # Errors
    /// [`Error::Broadcast`], [`Error::TooLarge`], and [`Error::Shape`] for integers and a negative number as `std`.
    pub fn normal_of<'a, 'b>(&self, mean: impl Into<Arg<'a>>, std: impl Into<Arg<'b>>) -> Result<Tensor> {
        let draw = |shape: &[usize], dtype: DType, std: f64| {
            let n = self.admit(shape, dtype)?;
            self.try_generator(|g| self.tensor(g.normal_values(dtype, n, (0.0, std), true)?, shape))
        };
        match (mean.into(), std.into()) {
            (Arg::Scalar(mean), Arg::Scalar(std)) => {
                self.normal(mean.to_f64(), std.to_f64(), &[], DType::Float32)
            }
            (Arg::Tensor(mean), Arg::Scalar(std)) => {
                draw(mean.shape(), mean.dtype(), std.to_f64())?.add(&mean.detach())
            }
            (Arg::Scalar(mean), Arg::Tensor(std)) => {
                draw(std.shape(), std.dtype(), 1.0)?.mul(&std.detach())?.add(mean.to_f64())
            }
            (Arg::Tensor(mean), Arg::Tensor(std)) => {
                let shape = crate::layout::broadcast(mean.shape(), std.shape())?;
                draw(&shape, mean.dtype(), 1.0)?.mul(&std.detach())?.add(&mean.detach())
            }
        }
    }

    /// As [`normal_of`](Self::normal_of), but a negative or undefined element of `std` is refused, as in PyTorch. It has to
    /// read them, so it is a future.
    ///
    /// # Errors
    /// As for [`normal_of`](Self::normal_of), [`Error::Shape`] for such an element, and what reading gives.
    pub fn normal_checked(
        &self,
        mean: &Arg<'_>,
        std: &Arg<'_>,
    ) -> impl Future<Output = Result<Tensor>> + use<> {
        let of = |arg: &Arg<'_>| match arg {
            Arg::Tensor(t) => Given::Tensor((*t).clone()),
            Arg::Scalar(x) => Given::Scalar(*x),
        };
        let (engine, mean, std) = (self.clone(), of(mean), of(std));
        async move {
            if let Given::Tensor(std) = &std {
                let deviations = std.read().await?.to_f64();
                if deviations.iter().any(|&v| v < 0.0 || v.is_nan()) {
                    return Err(Error::Shape("normal expects all elements of std >= 0.0".to_owned()));
                }
            }
            engine.normal_of(mean.arg(), std.arg())
        }
    }

    /// `torch.randint(low, high, shape, dtype=dtype)`: integers in [low, high).
    ///
    /// # Errors
    /// [`Error::TooLarge`], and [`Error::Shape`] for an empty range or one that `dtype` does not hold.
    pub fn randint(&self, low: i64, high: i64, shape: &[usize], dtype: DType) -> Result<Tensor> {
        let n = self.admit(shape, dtype)?;
        self.try_generator(|g| self.tensor_as(g.randint_values(dtype, n, low, high)?, shape, dtype))
    }

    /// `torch.randperm(n, dtype=dtype)`: the numbers from 0 to n − 1 in a random order.
    ///
    /// # Errors
    /// [`Error::TooLarge`], and [`Error::Shape`] if `dtype` does not hold them.
    pub fn randperm(&self, n: usize, dtype: DType) -> Result<Tensor> {
        let n = self.admit(&[n], DType::Int64)?;
        match dtype {
            DType::Bool => return Err(missing("randperm", dtype)),
            DType::Float32 if n > (1 << 24) + 1 => {
                let text = "n cannot be greater than 2^24+1 for Float type.";
                return Err(Error::Shape(text.to_owned()));
            }
            _ if n > 0 && !Scalar::Int(n as i64 - 1).fits(dtype) => return Err(overflow(dtype)),
            _ => {}
        }
        self.try_generator(|g| self.tensor_as(cast(g.randperm(n), dtype), &[n], dtype))
    }
}

impl Tensor {
    /// `torch.rand_like(self)`: real numbers in [0, 1) in its shape and type.
    ///
    /// # Errors
    /// [`Error::Shape`] for integers.
    pub fn rand_like(&self) -> Result<Tensor> {
        self.engine().rand(self.shape(), self.dtype())
    }

    /// `torch.randn_like(self)`: normal numbers in its shape and type.
    ///
    /// # Errors
    /// [`Error::Shape`] for integers.
    pub fn randn_like(&self) -> Result<Tensor> {
        self.engine().randn(self.shape(), self.dtype())
    }

    /// `torch.randint_like(self, low, high)`: integers in [low, high) in its shape and type.
    ///
    /// # Errors
    /// As for [`Engine::randint`].
    pub fn randint_like(&self, low: i64, high: i64) -> Result<Tensor> {
        self.engine().randint(low, high, self.shape(), self.dtype())
    }

    /// `torch.bernoulli(self)`: 1 with the probability that the element is, 0 otherwise. It has to read them, so it
    /// is a future. The generator is used when the values have come.
    ///
    /// # Errors
    /// [`Error::Shape`] for integers and for what is no probability; what reading gives.
    pub fn bernoulli(&self) -> impl Future<Output = Result<Tensor>> + 'static {
        let (read, engine, shape) = (self.read(), self.engine().clone(), self.shape().to_vec());
        async move {
            let p = read.await?;
            engine.try_generator(|g| engine.tensor(g.bernoulli_of(&p)?, &shape))
        }
    }

    /// `torch.poisson(self)`: a count for each rate. It has to read them, so it is a future.
    ///
    /// # Errors
    /// [`Error::Shape`] for integers and negative rates; what reading gives.
    pub fn poisson(&self) -> impl Future<Output = Result<Tensor>> + 'static {
        let (read, engine, shape) = (self.read(), self.engine().clone(), self.shape().to_vec());
        async move {
            let rates = read.await?;
            engine.try_generator(|g| engine.tensor(g.poisson_of(&rates)?, &shape))
        }
    }

    /// `torch.multinomial(self, samples, replacement)`: places drawn by weight (int64), `[samples]` of weights
    /// `[n]`, `[rows, samples]` of `[rows, n]`. It has to read the weights, so it is a future.
    ///
    /// # Errors
    /// [`Error::Shape`] for what cannot be drawn from; what reading gives.
    pub fn multinomial(
        &self,
        samples: usize,
        replacement: bool,
    ) -> impl Future<Output = Result<Tensor>> + 'static {
        let (read, engine, shape) = (self.read(), self.engine().clone(), self.shape().to_vec());
        async move {
            let weights = read.await?;
            engine.try_generator(|g| {
                let (drawn, shape) = g.multinomial_values(&weights, &shape, samples, replacement)?;
                engine.tensor(drawn, &shape)
            })
        }
    }
}
