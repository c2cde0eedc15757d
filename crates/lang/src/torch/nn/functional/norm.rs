//! Linear layers, embeddings, normalisation, dropout and distances.

use engine::nn::{self, BatchStatistics};
use engine::{Tensor, random};

use super::apply;
use crate::error::{Result, Stop, runtime_error};
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::value::Value;

pub(super) const FUNCTIONS: &[Native] = &[
    Native::new("linear(input, weight, bias=None)", |_, a| {
        Ok(nn::linear(&a.tensor(0)?, &a.tensor(1)?, a.opt_tensor(2)?.as_ref())?.into())
    }),
    Native::new(
        "embedding(input, weight, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False)",
        |_, a| {
            if a.opt(3).is_some() {
                return Err(Stop::error(
                    "NotImplementedError",
                    "embedding with max_norm is not part of Seegrad",
                ));
            }
            Ok(nn::embedding(&a.tensor(0)?, &a.tensor(1)?, a.opt_int(2)?)?.into())
        },
    ),
    Native::new(
        "batch_norm(input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-05)",
        batch_norm,
    ),
    Native::new("layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-05)", layer_norm),
    Native::new("group_norm(input, num_groups, weight=None, bias=None, eps=1e-05)", |_, a| {
        let (weight, bias) = (a.opt_tensor(2)?, a.opt_tensor(3)?);
        group_norm(&a.tensor(0)?, a.int(1)?, [weight.as_ref(), bias.as_ref()], a.float(4)?)
    }),
    Native::new("dropout(input, p=0.5, training=True, inplace=False)", |_, a| drop(a, random::dropout)),
    Native::new("dropout1d(input, p=0.5, training=True, inplace=False)", |_, a| {
        drop(a, random::feature_dropout)
    }),
    Native::new("dropout2d(input, p=0.5, training=True, inplace=False)", |_, a| {
        drop(a, random::feature_dropout)
    }),
    Native::new("cosine_similarity(x1, x2, dim=1, eps=1e-08)", |_, a| {
        Ok(nn::cosine_similarity(&a.tensor(0)?, &a.tensor(1)?, a.int(2)?, a.float(3)?)?.into())
    }),
    Native::new("pairwise_distance(x1, x2, p=2.0, eps=1e-06, keepdim=False)", |_, a| {
        Ok(nn::pairwise_distance(&a.tensor(0)?, &a.tensor(1)?, a.float(2)?, a.float(3)?, a.bool(4)?)?.into())
    }),
    Native::new("normalize(input, p=2.0, dim=1, eps=1e-12, out=None)", |_, a| {
        Ok(nn::normalize(&a.tensor(0)?, a.float(1)?, a.int(2)?, a.float(3)?)?.into())
    }),
];

fn drop(a: &Args, run: fn(&Tensor, f64, bool) -> engine::Result<Tensor>) -> Result<Value> {
    let (p, training) = (a.float(1)?, a.bool(2)?);
    if !(0.0..=1.0).contains(&p) {
        let p = engine::print::float_repr(p);
        let text = format!("dropout probability has to be between 0 and 1, but got {p}");
        return Err(Stop::error("ValueError", text));
    }
    apply(a, 3, |x| run(x, p, training))
}

fn batch_norm(_vm: &mut Machine, a: &Args) -> Result<Value> {
    let [mean, var, weight, bias] = [a.opt_tensor(1)?, a.opt_tensor(2)?, a.opt_tensor(3)?, a.opt_tensor(4)?];
    let known = BatchStatistics {
        running_mean: mean.as_ref(),
        running_var: var.as_ref(),
        weight: weight.as_ref(),
        bias: bias.as_ref(),
    };
    let (x, training) = (a.tensor(0)?, a.bool(5)?);
    let channels = x.shape().get(1).copied().unwrap_or(0);
    if training && x.ndim() > 1 && x.numel() / channels.max(1) == 1 {
        let text = "Expected more than 1 value per channel when training, got input size";
        return Err(Stop::error("ValueError", format!("{text} torch.Size({:?})", x.shape())));
    }
    Ok(nn::batch_norm(&x, &known, training, a.float(6)?, a.float(7)?)?.into())
}

fn layer_norm(_vm: &mut Machine, a: &Args) -> Result<Value> {
    let shape: Vec<usize> = a.ints(1)?.into_iter().filter_map(|n| usize::try_from(n).ok()).collect();
    let (weight, bias) = (a.opt_tensor(2)?, a.opt_tensor(3)?);
    Ok(nn::layer_norm(&a.tensor(0)?, &shape, weight.as_ref(), bias.as_ref(), a.float(4)?)?.into())
}

/// (x − mean) / √(variance + eps) of groups of channels, times weight plus bias for each channel.
fn group_norm(x: &Tensor, groups: i64, [weight, bias]: [Option<&Tensor>; 2], eps: f64) -> Result<Value> {
    let (batch, channels) = match *x.shape() {
        [batch, channels, ..] => (batch as i64, channels as i64),
        _ => return runtime_error("Expected at least 2 dimensions for input tensor but received 1"),
    };
    if groups < 1 || channels % groups != 0 {
        return runtime_error(format!(
            "Expected number of channels in input to be divisible by num_groups, but got input of shape {:?} and \
             num_groups={groups}",
            x.shape()
        ));
    }
    let mut per_channel = vec![1; x.ndim()];
    if let Some(place) = per_channel.get_mut(1) {
        *place = channels;
    }
    let shape: Vec<i64> = x.shape().iter().map(|&n| n as i64).collect();
    let out = x.engine().call("group_norm", "NativeGroupNormBackward0", || {
        let parts = x.reshape(&[batch * groups, (x.numel() as i64) / (batch * groups).max(1)])?;
        let (var, mean) = parts.var_mean(&[1], 0, true)?;
        let mut out = parts.sub(&mean)?.div(&var.add(eps)?.sqrt()?)?.reshape(&shape)?;
        if let Some(weight) = weight {
            out = out.mul(&weight.reshape(&per_channel)?)?;
        }
        match bias {
            Some(bias) => out.add(&bias.reshape(&per_channel)?),
            None => Ok(out),
        }
    })?;
    Ok(out.into())
}
