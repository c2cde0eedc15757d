//! Running modules.

use super::{Activation, BatchNorm, Conv, ConvPadding, Kind, MaxPool, Module, Recurrence};
use crate::dtype::Scalar;
use crate::error::{Error, Result};
use crate::nn::{self, BatchStatistics, Divisor, Margin, Pooling, Sliding};
use crate::ops::Padding;
use crate::random;
use crate::tensor::Tensor;

impl Module {
    /// Runs it: losses take an input and a target, cells an input and perhaps a state, everything else one tensor.
    ///
    /// # Errors
    /// What its function says; [`Error::Type`] for wrong numbers of inputs, for a module without a forward, and for one
    /// that gives several tensors: see [`forward_all`](Self::forward_all).
    pub fn forward(&self, inputs: &[&Tensor]) -> Result<Tensor> {
        match self.forward_all(inputs)?.as_slice() {
            [only] => Ok(only.clone()),
            several => {
                let text = format!("{} gives {} tensors, not one", self.class(), several.len());
                Err(Error::Type(text))
            }
        }
    }

    /// Runs it, also where PyTorch returns a tuple: `LSTMCell` gives h and c, `MaxPool2d(return_indices=True)` the largest
    /// elements and their places.
    ///
    /// # Errors
    /// As for [`forward`](Self::forward).
    pub fn forward_all(&self, inputs: &[&Tensor]) -> Result<Vec<Tensor>> {
        self.check_count(inputs.len())?;
        let [x, rest @ ..] = inputs else { return Err(self.no_forward()) };
        match self.kind() {
            Kind::Cell(cell) => return self.step(cell, x, rest),
            Kind::MaxPool2d(pool) => return max_pool(pool, x),
            Kind::Sequential => {
                let mut out = vec![(*x).clone()];
                for (_, child) in self.children() {
                    out = child.forward_all(&out.iter().collect::<Vec<_>>())?;
                }
                return Ok(out);
            }
            _single => {}
        }
        Ok(vec![self.single(x, rest)?])
    }

    /// What gives one tensor.
    fn single(&self, x: &Tensor, rest: &[&Tensor]) -> Result<Tensor> {
        let own = |name: &str| self.parameter(name);
        match self.kind() {
            Kind::Linear { .. } => nn::linear(x, &self.owned("weight")?, own("bias").as_ref()),
            Kind::Conv(conv) => self.convolve(conv, x),
            Kind::Embedding { padding_idx, .. } => nn::embedding(x, &self.owned("weight")?, *padding_idx),
            Kind::BatchNorm(norm) => self.normalize_batch(norm, x),
            Kind::LayerNorm { shape, eps, .. } => {
                nn::layer_norm(x, shape, own("weight").as_ref(), own("bias").as_ref(), eps.to_f64())
            }
            Kind::Dropout { p, inplace, channels } => {
                let drop = if *channels { random::feature_dropout } else { random::dropout };
                self.maybe_in_place(*inplace && self.training(), x, |x| drop(x, p.to_f64(), self.training()))
            }
            Kind::AvgPool2d(pool) => {
                let pooling = Pooling {
                    stride: pool.stride.pair(),
                    padding: pool.padding.pair(),
                    ceil_mode: pool.ceil_mode,
                    ..Pooling::new(pool.kernel.pair())
                };
                let counted = if pool.count_include_pad { Divisor::All } else { Divisor::Inside };
                nn::avg_pool2d(x, &pooling, pool.divisor_override.map_or(counted, Divisor::Fixed))
            }
            Kind::AdaptiveAvgPool2d(size) => nn::adaptive_avg_pool2d(x, size.pair()),
            Kind::Flatten { start_dim, end_dim } => x.flatten(*start_dim, *end_dim),
            Kind::Unflatten { dim, sizes } => x.unflatten(*dim, sizes),
            Kind::Identity => Ok(x.clone()),
            Kind::Activation(activation) => activation.apply(x),
            Kind::InPlace(activation) => {
                let run = || self.maybe_in_place(true, x, |x| activation.apply(x));
                match activation {
                    // Only these two have other names in place.
                    Activation::LeakyRelu(_) => x.engine().call("leaky_relu_", "LeakyReluBackward1", run),
                    Activation::Elu(_) => x.engine().call("elu_", "EluBackward1", run),
                    _same => run(),
                }
            }
            Kind::Loss(loss, reduction) => {
                let target = rest.first().copied().unwrap_or(x);
                self.compute_loss(*loss, *reduction, [x, target, rest.get(1).copied().unwrap_or(target)])
            }
            Kind::Cell(_)
            | Kind::MaxPool2d(_)
            | Kind::Sequential
            | Kind::List
            | Kind::Dict
            | Kind::Custom(_) => Err(self.no_forward()),
        }
    }

    fn maybe_in_place(
        &self,
        inplace: bool,
        x: &Tensor,
        compute: impl FnOnce(&Tensor) -> Result<Tensor>,
    ) -> Result<Tensor> {
        if !inplace {
            return compute(x);
        }
        x.update_(compute)?;
        Ok(x.clone())
    }

    fn convolve(&self, conv: &Conv, x: &Tensor) -> Result<Tensor> {
        let (weight, bias) = (self.owned("weight")?, self.parameter("bias"));
        let run = if conv.kernel.len() == 1 { nn::conv1d } else { nn::conv2d };
        let filled = matches!(conv.mode, Padding::Constant(_));
        let padding = match &conv.padding {
            _filled_before if !filled => Margin::Valid,
            ConvPadding::Sizes(sizes) => Margin::Sizes(sizes),
            ConvPadding::Valid => Margin::Valid,
            ConvPadding::Same => Margin::Same,
        };
        let sliding =
            Sliding { stride: &conv.stride, padding, dilation: &conv.dilation, groups: conv.groups };
        if filled {
            return run(x, &weight, bias.as_ref(), &sliding);
        }
        run(&x.pad(&conv.margin(), conv.mode)?, &weight, bias.as_ref(), &sliding)
    }

    fn normalize_batch(&self, norm: &BatchNorm, x: &Tensor) -> Result<Tensor> {
        let expected = match (norm.dims, x.ndim()) {
            (1, 2 | 3) | (2, 4) => "",
            (1, _) => "2D or 3D",
            _ => "4D",
        };
        if !expected.is_empty() {
            return Err(Error::Value(format!("expected {expected} input (got {}D input)", x.ndim())));
        }
        let tracking = self.training() && norm.track_running_stats;
        let count = self.buffer("num_batches_tracked").filter(|_| tracking);
        if let Some(count) = &count {
            x.engine().no_grad(|| count.update_(|n| n.add(1i64)))?;
        }
        let [weight, bias] = ["weight", "bias"].map(|name| self.parameter(name));
        let [mean, var] = ["running_mean", "running_var"].map(|name| self.buffer(name));
        let of_batch = self.training() || (mean.is_none() && var.is_none());
        let known = |mean, var| BatchStatistics {
            running_mean: mean,
            running_var: var,
            weight: weight.as_ref(),
            bias: bias.as_ref(),
        };
        let run = |known: &BatchStatistics<'_>, momentum| {
            nn::batch_norm(x, known, of_batch, momentum, norm.eps.to_f64())
        };
        match (&count, norm.momentum, &mean, &var) {
            (Some(count), None, Some(mean), Some(var)) => {
                // The share of this batch is 1 / count, which the host does not know.
                let new = [mean, var].map(|t| t.engine().full(t.shape(), 0.0, t.dtype()));
                let [new_mean, new_var] = new;
                let (new_mean, new_var) = (new_mean?, new_var?);
                let out = run(&known(Some(&new_mean), Some(&new_var)), 1.0)?;
                x.engine().no_grad(|| {
                    for (running, new) in [(mean, new_mean), (var, new_var)] {
                        let share = count.to(running.dtype())?.reciprocal()?;
                        running.update_(|old| old.add(&new.sub(old)?.mul(&share)?))?;
                    }
                    Ok(out)
                })
            }
            (_, momentum, mean, var) => {
                let used = !self.training() || norm.track_running_stats;
                let [mean, var] = [mean, var].map(|t| t.as_ref().filter(|_| used));
                run(&known(mean, var), momentum.map_or(0.0, Scalar::to_f64))
            }
        }
    }

    /// Its own parameter of that name, which it must have.
    pub(super) fn owned(&self, name: &str) -> Result<Tensor> {
        let lacks = || Error::Type(format!("'{}' object has no attribute '{name}'", self.class()));
        self.parameter(name).ok_or_else(lacks)
    }

    fn no_forward(&self) -> Error {
        let text = "is missing the required \"forward\" function";
        Error::Shape(format!("Module [{}] {text}", self.class()))
    }

    /// Refuses too few inputs and too many.
    fn check_count(&self, found: usize) -> Result<()> {
        let (names, most): (&[&str], usize) = match self.kind() {
            Kind::List | Kind::Dict | Kind::Custom(_) => return Err(self.no_forward()),
            Kind::Loss(loss, _) => (loss.inputs(), loss.inputs().len()),
            Kind::Cell(cell) if cell.recurrence == Recurrence::Lstm => (&["input"], 3),
            Kind::Cell(_) => (&["input"], 2),
            _one => (&["input"], 1),
        };
        let missing: Vec<String> = names.iter().skip(found).map(|name| format!("'{name}'")).collect();
        let list = match missing.as_slice() {
            [] if found > most => {
                let text =
                    format!("forward() takes {} positional arguments but {} were given", most + 1, found + 1);
                return Err(Error::Type(text));
            }
            [] => return Ok(()),
            [one] => format!(": {one}"),
            [a, b] => format!("s: {a} and {b}"),
            [front @ .., last] => format!("s: {}, and {last}", front.join(", ")),
        };
        Err(Error::Type(format!("forward() missing {} required positional argument{list}", missing.len())))
    }
}

fn max_pool(pool: &MaxPool, x: &Tensor) -> Result<Vec<Tensor>> {
    let pooling = Pooling {
        kernel: pool.kernel.pair(),
        stride: pool.stride.pair(),
        padding: pool.padding.pair(),
        dilation: pool.dilation.pair(),
        ceil_mode: pool.ceil_mode,
    };
    if pool.return_indices {
        let (largest, places) = nn::max_pool2d_with_indices(x, &pooling)?;
        return Ok(vec![largest, places]);
    }
    Ok(vec![nn::max_pool2d(x, &pooling)?])
}
