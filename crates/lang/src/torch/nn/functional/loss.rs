//! Losses.

use engine::nn::{self, ClassLoss};
use engine::{DType, HostData, Tensor};

use super::reduction;
use crate::error::{Result, index_error, runtime_error};
use crate::machine::Machine;
use crate::native::{Args, Native};

pub(super) const FUNCTIONS: &[Native] = &[
    Native::new("mse_loss(input, target, size_average=None, reduce=None, reduction='mean')", |_, a| {
        Ok(nn::mse_loss(&a.tensor(0)?, &a.tensor(1)?, reduction(a, 2, 3, 4)?)?.into())
    }),
    Native::new("l1_loss(input, target, size_average=None, reduce=None, reduction='mean')", |_, a| {
        Ok(nn::l1_loss(&a.tensor(0)?, &a.tensor(1)?, reduction(a, 2, 3, 4)?)?.into())
    }),
    Native::new(
        "smooth_l1_loss(input, target, size_average=None, reduce=None, reduction='mean', beta=1.0)",
        |_, a| {
            let by = reduction(a, 2, 3, 4)?;
            Ok(nn::smooth_l1_loss(&a.tensor(0)?, &a.tensor(1)?, a.float(5)?, by)?.into())
        },
    ),
    Native::new("huber_loss(input, target, reduction='mean', delta=1.0)", |_, a| {
        let by = nn::Reduction::named(&a.str(2)?)?;
        Ok(nn::huber_loss(&a.tensor(0)?, &a.tensor(1)?, a.float(3)?, by)?.into())
    }),
    Native::new(
        "cross_entropy(input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean', label_smoothing=0.0)",
        |vm, a| {
            let options = class_loss(a, a.float(7)?)?;
            check_classes(vm, a)?;
            Ok(nn::cross_entropy_with(&a.tensor(0)?, &a.tensor(1)?, &options)?.into())
        },
    ),
    Native::new(
        "nll_loss(input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean')",
        |vm, a| {
            check_classes(vm, a)?;
            Ok(nn::nll_loss(&a.tensor(0)?, &a.tensor(1)?, &class_loss(a, 0.0)?)?.into())
        },
    ),
    Native::new(
        "binary_cross_entropy(input, target, weight=None, size_average=None, reduce=None, reduction='mean')",
        |vm, a| {
            let (weight, by) = (a.opt_tensor(2)?, reduction(a, 3, 4, 5)?);
            check_probabilities(vm, &a.tensor(0)?)?;
            Ok(nn::binary_cross_entropy(&a.tensor(0)?, &a.tensor(1)?, weight.as_ref(), by)?.into())
        },
    ),
    Native::new(
        "binary_cross_entropy_with_logits(input, target, weight=None, size_average=None, reduce=None, reduction='mean', pos_weight=None)",
        |_, a| {
            let (weight, positive, by) = (a.opt_tensor(2)?, a.opt_tensor(6)?, reduction(a, 3, 4, 5)?);
            let (x, y) = (a.tensor(0)?, a.tensor(1)?);
            Ok(nn::binary_cross_entropy_with_logits(&x, &y, weight.as_ref(), positive.as_ref(), by)?.into())
        },
    ),
    Native::new(
        "kl_div(input, target, size_average=None, reduce=None, reduction='mean', log_target=False)",
        |_, a| {
            let by = reduction(a, 2, 3, 4)?;
            Ok(nn::kl_div(&a.tensor(0)?, &a.tensor(1)?, a.bool(5)?, by)?.into())
        },
    ),
    Native::new(
        "poisson_nll_loss(input, target, log_input=True, full=False, size_average=None, eps=1e-8, reduce=None, reduction='mean')",
        |_, a| {
            let (log, full, eps, by) = (a.bool(2)?, a.bool(3)?, a.float(5)?, reduction(a, 4, 6, 7)?);
            Ok(nn::poisson_nll_loss(&a.tensor(0)?, &a.tensor(1)?, log, full, eps, by)?.into())
        },
    ),
    Native::new("gaussian_nll_loss(input, target, var, full=False, eps=1e-6, reduction='mean')", |_, a| {
        let (full, eps, by) = (a.bool(3)?, a.float(4)?, nn::Reduction::named(&a.str(5)?)?);
        Ok(nn::gaussian_nll_loss(&a.tensor(0)?, &a.tensor(1)?, &a.tensor(2)?, full, eps, by)?.into())
    }),
    Native::new(
        "hinge_embedding_loss(input, target, margin=1.0, size_average=None, reduce=None, reduction='mean')",
        |_, a| {
            let by = reduction(a, 3, 4, 5)?;
            Ok(nn::hinge_embedding_loss(&a.tensor(0)?, &a.tensor(1)?, a.float(2)?, by)?.into())
        },
    ),
    Native::new(
        "margin_ranking_loss(input1, input2, target, margin=0, size_average=None, reduce=None, reduction='mean')",
        |_, a| {
            let (margin, by) = (a.float(3)?, reduction(a, 4, 5, 6)?);
            Ok(nn::margin_ranking_loss(&a.tensor(0)?, &a.tensor(1)?, &a.tensor(2)?, margin, by)?.into())
        },
    ),
    Native::new(
        "cosine_embedding_loss(input1, input2, target, margin=0, size_average=None, reduce=None, reduction='mean')",
        |_, a| {
            let (margin, by) = (a.float(3)?, reduction(a, 4, 5, 6)?);
            Ok(nn::cosine_embedding_loss(&a.tensor(0)?, &a.tensor(1)?, &a.tensor(2)?, margin, by)?.into())
        },
    ),
    Native::new(
        "soft_margin_loss(input, target, size_average=None, reduce=None, reduction='mean')",
        |_, a| Ok(nn::soft_margin_loss(&a.tensor(0)?, &a.tensor(1)?, reduction(a, 2, 3, 4)?)?.into()),
    ),
    Native::new(
        "multi_margin_loss(input, target, p=1, margin=1.0, weight=None, size_average=None, reduce=None, reduction='mean')",
        |_, a| {
            let (p, margin, weight) = (a.int(2)?, a.float(3)?, a.opt_tensor(4)?);
            let by = reduction(a, 5, 6, 7)?;
            Ok(nn::multi_margin_loss(&a.tensor(0)?, &a.tensor(1)?, p, margin, weight.as_ref(), by)?.into())
        },
    ),
];

/// Refuses classes that there are not, where the targets are at hand: otherwise a queue of ops would tell only when something is
/// read. On another device, where asking takes time, nothing is checked; so in PyTorch.
fn check_classes(vm: &mut Machine, a: &Args) -> Result<()> {
    let (scores, target, ignored) = (a.tensor(0)?, a.tensor(1)?, a.int(4)?);
    if target.dtype() != DType::Int64 || !scores.engine().same_as(&vm.engine()) {
        return Ok(());
    }
    let place = usize::from(scores.ndim() > 1);
    let classes = scores.shape().get(place).copied().unwrap_or(0) as i64;
    let Some(read) = target.read_computed() else { return Ok(()) };
    let HostData::Int64(values) = vm.wait(move || read)? else { return Ok(()) };
    match values.iter().find(|&&value| value != ignored && !(0..classes).contains(&value)) {
        Some(value) => index_error(format!("Target {value} is out of bounds.")),
        None => Ok(()),
    }
}

/// Refuses what is no probability, on the device where PyTorch does.
fn check_probabilities(vm: &mut Machine, x: &Tensor) -> Result<()> {
    if !x.engine().same_as(&vm.engine()) || !x.dtype().is_floating_point() {
        return Ok(());
    }
    let inside = match vm.read(&x.detach())? {
        HostData::Float32(values) => values.iter().all(|p| (0.0..=1.0).contains(p)),
        HostData::Float64(values) => values.iter().all(|p| (0.0..=1.0).contains(p)),
        _ => true,
    };
    if inside { Ok(()) } else { runtime_error("all elements of input should be between 0 and 1") }
}

/// The options that cross entropy and negative log-likelihood share.
fn class_loss(args: &Args, label_smoothing: f64) -> Result<ClassLoss> {
    Ok(ClassLoss {
        weight: args.opt_tensor(2)?,
        ignore_index: Some(args.int(4)?),
        label_smoothing,
        reduction: reduction(args, 3, 5, 6)?,
    })
}
