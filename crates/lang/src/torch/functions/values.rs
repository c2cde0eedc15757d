//! Functions whose result has a shape that depends on values, or that count values: they read.

use engine::{DType, HostData, Scalar, Tensor};

use crate::error::{Result, runtime_error};
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::torch::operand::named;
use crate::value::Value;

pub(in crate::torch) const BOTH: &[Native] = &[
    Native::new("nonzero(input, *, out=None, as_tuple=False)", |vm, args| {
        let (x, as_tuple) = (args.tensor(0)?, args.bool(2)?);
        nonzero(vm, &x, as_tuple)
    }),
    Native::new("argwhere(input)", |vm, args| {
        let x = args.tensor(0)?;
        nonzero(vm, &x, false)
    }),
    Native::new("masked_select(input, mask, *, out=None)", |vm, args| {
        let (x, mask) = (args.tensor(0)?, args.tensor(1)?);
        let places = selected(vm, &x, &mask)?;
        Ok(places.into())
    }),
    Native::new(
        "unique(input, sorted=True, return_inverse=False, return_counts=False, dim=None)",
        |vm, args| {
            let x = args.tensor(0)?;
            if let Some(dim) = args.opt_int(4)? {
                return unique_parts(vm, args, &x, dim);
            }
            let [values, inverse, counts] = vm.wait(|| x.unique())?;
            Ok(several(values, args.bool(2)?.then_some(inverse), args.bool(3)?.then_some(counts)))
        },
    ),
    Native::new(
        "unique_consecutive(input, return_inverse=False, return_counts=False, dim=None)",
        unique_consecutive,
    ),
    Native::new("bincount(input, weights=None, minlength=0)", bincount),
    Native::new("histc(input, bins=100, min=0, max=0)", histc),
    Native::new("mode(input, dim=-1, keepdim=False)", mode),
];

/// The elements of a source, one after the other, where a mask is true.
pub(in crate::torch) const MORE: &[Native] = &[
    Native::new("masked_scatter(input, mask, source)", |vm, args| {
        let x = args.tensor(0)?;
        scattered(vm, args, &x.copy()?).map(Value::from)
    }),
    Native::new("masked_scatter_(input, mask, source)", |vm, args| {
        let x = args.tensor(0)?;
        scattered(vm, args, &x)?;
        Ok(args.get(0))
    }),
    Native::new("isin(elements, test_elements, *, assume_unique=False, invert=False)", |_, args| {
        let (x, among, invert) = (args.tensor(0)?, args.tensor(1)?, args.bool(3)?);
        let found = x.unsqueeze(-1)?.eq(&among.reshape(&[-1])?)?.any(&[-1], false)?;
        Ok(if invert { found.logical_not()? } else { found }.into())
    }),
];

fn scattered(vm: &mut Machine, args: &Args, x: &Tensor) -> Result<Tensor> {
    let (mask, source) = (args.tensor(1)?.expand(x.shape())?, args.tensor(2)?);
    let places = vm.wait(|| mask.nonzero())?;
    let n = places.shape().first().copied().unwrap_or(0) as i64;
    if source.numel() < n as usize {
        return runtime_error(
            "masked_scatter: expected self and source to have same number of elements as mask",
        );
    }
    let items = places.unbind(1)?.into_iter().map(engine::Item::Tensor).collect::<Vec<_>>();
    x.set(&items, &source.reshape(&[-1])?.narrow(0, 0, n)?)?;
    Ok(x.clone())
}

fn nonzero(vm: &mut Machine, x: &Tensor, as_tuple: bool) -> Result<Value> {
    let found = vm.wait(|| x.nonzero())?;
    if !as_tuple {
        return Ok(found.into());
    }
    Ok(if x.ndim() == 0 { vec![found.reshape(&[-1])?] } else { found.unbind(1)? }.into())
}

/// `where` of a condition alone.
pub(in crate::torch) fn places(vm: &mut Machine, condition: &Tensor) -> Result<Value> {
    nonzero(vm, condition, true)
}

fn selected(vm: &mut Machine, x: &Tensor, mask: &Tensor) -> Result<Tensor> {
    vm.wait(|| x.masked_select(mask))
}

/// A result, and others if they were asked for.
fn several(values: Tensor, inverse: Option<Tensor>, counts: Option<Tensor>) -> Value {
    let mut all = vec![values];
    all.extend(inverse);
    all.extend(counts);
    match <[Tensor; 1]>::try_from(all) {
        Ok([one]) => one.into(),
        Err(all) => all.into(),
    }
}

/// The elements as numbers of the host.
fn numbers(vm: &mut Machine, x: &Tensor) -> Result<Vec<Scalar>> {
    let data = vm.read(x)?;
    Ok((0..data.len()).filter_map(|i| data.get(i)).collect())
}

/// The parts of a dimension that differ, in order.
fn unique_parts(vm: &mut Machine, args: &Args, x: &Tensor, dim: i64) -> Result<Value> {
    let d = engine::layout::wrap_dim(dim, x.ndim())?;
    let n = x.shape().get(d).copied().unwrap_or(1);
    let elements = numbers(vm, &x.detach().movedim(&[d as i64], &[0])?)?;
    let width = elements.len() / n.max(1);
    let part = |i: usize| elements.get(i * width..(i + 1) * width).unwrap_or_default();
    let compare = |a: &Scalar, b: &Scalar| match (a, b) {
        (Scalar::Int(a), Scalar::Int(b)) => a.cmp(b),
        _ => a.to_f64().total_cmp(&b.to_f64()),
    };
    let ordered = |i: usize, j: usize| {
        let pairs = part(i).iter().zip(part(j));
        pairs.map(|(a, b)| compare(a, b)).find(|order| order.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
    };
    let mut order: Vec<usize> = (0..n).collect();
    sorting::sort_by(&mut order, |&i, &j| ordered(i, j));
    let (mut firsts, mut inverse, mut counts) = (Vec::<i64>::new(), vec![0i64; n], Vec::<i64>::new());
    for (k, &i) in order.iter().enumerate() {
        if k == 0 || ordered(order[k - 1], i).is_ne() {
            firsts.push(i as i64);
            counts.push(0);
        }
        inverse[i] = counts.len() as i64 - 1;
        if let Some(count) = counts.last_mut() {
            *count += 1;
        }
    }
    let (engine, found) = (x.engine(), firsts.len());
    let values = x.detach().index_select(d as i64, &engine.tensor(firsts, &[found])?)?;
    let (inverse, counts) = (engine.tensor(inverse, &[n])?, engine.tensor(counts, &[found])?);
    Ok(several(values, args.bool(2)?.then_some(inverse), args.bool(3)?.then_some(counts)))
}

fn unique_consecutive(vm: &mut Machine, args: &Args) -> Result<Value> {
    let x = args.tensor(0)?;
    let elements = numbers(vm, &x)?;
    let (mut firsts, mut inverse, mut counts) = (Vec::new(), Vec::new(), Vec::<i64>::new());
    for (i, element) in elements.iter().enumerate() {
        let new = i == 0 || elements.get(i - 1) != Some(element);
        if new {
            firsts.push(i as i64);
            counts.push(0);
        }
        if let Some(count) = counts.last_mut() {
            *count += 1;
        }
        inverse.push(counts.len() as i64 - 1);
    }
    let (engine, n) = (x.engine(), firsts.len());
    let values = x.detach().reshape(&[-1])?.index_select(0, &engine.tensor(firsts, &[n])?)?;
    let (inverse, counts) = (engine.tensor(inverse, x.shape())?, engine.tensor(counts, &[n])?);
    Ok(several(values, args.bool(1)?.then_some(inverse), args.bool(2)?.then_some(counts)))
}

fn bincount(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (x, weights, least) = (args.tensor(0)?, args.opt_tensor(1)?, args.count(2)?);
    if x.ndim() != 1 || x.dtype().is_floating_point() {
        return runtime_error("bincount only supports 1-d non-negative integral inputs.");
    }
    let places = numbers(vm, &x)?;
    let most = places.iter().map(|n| n.to_i64()).max().unwrap_or(-1);
    if places.iter().any(|n| n.to_i64() < 0) {
        return runtime_error("bincount only supports 1-d non-negative integral inputs.");
    }
    let size = usize::try_from(most + 1).unwrap_or(usize::MAX).max(least);
    vm.reserve(size.saturating_mul(8))?;
    let weights = match &weights {
        Some(weights) => Some((numbers(vm, weights)?, weights.dtype())),
        None => None,
    };
    let mut sums = vec![0f64; size];
    for (i, place) in places.iter().enumerate() {
        let weight = weights.as_ref().map_or(1.0, |(all, _)| all.get(i).map_or(0.0, |w| w.to_f64()));
        if let Some(sum) = usize::try_from(place.to_i64()).ok().and_then(|place| sums.get_mut(place)) {
            *sum += weight;
        }
    }
    let data: HostData = match &weights {
        None => sums.iter().map(|&x| x as i64).collect::<Vec<_>>().into(),
        Some((_, DType::Float32)) => sums.iter().map(|&x| x as f32).collect::<Vec<_>>().into(),
        Some(_) => sums.into(),
    };
    Ok(x.engine().tensor(data, &[size])?.into())
}

fn histc(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (x, bins, low, high) = (args.tensor(0)?, args.count(1)?, args.float(2)?, args.float(3)?);
    if bins == 0 {
        return runtime_error("torch.histogram(): bins must be > 0, but got 0 for dimension 0");
    }
    if !x.dtype().is_floating_point() {
        return runtime_error(format!("\"histogram_cpu\" not implemented for '{}'", x.dtype().scalar_type()));
    }
    vm.reserve(bins.saturating_mul(8))?;
    let values: Vec<f64> = numbers(vm, &x)?.iter().map(|n| n.to_f64()).collect();
    let (mut low, mut high) = (low, high);
    if low == high {
        low = values.iter().copied().fold(f64::INFINITY, f64::min);
        high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    }
    if low == high {
        (low, high) = (low - 1.0, high + 1.0);
    }
    let mut counts = vec![Scalar::Int(0); bins];
    for value in values.into_iter().filter(|value| (low..=high).contains(value)) {
        let place = ((value - low) / (high - low) * bins as f64) as usize;
        if let Some(count) = counts.get_mut(place.min(bins - 1)) {
            *count = Scalar::Int(count.to_i64() + 1);
        }
    }
    let counts = crate::torch::data::host(&counts, x.dtype());
    Ok(x.engine().tensor_as(counts, &[bins], x.dtype())?.into())
}

/// The most frequent element of each row, the smallest of equally frequent ones, and the last place where it is.
fn mode(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (x, dim, keep) = (args.tensor(0)?, args.int(1)?, args.bool(2)?);
    let d = engine::layout::wrap_dim(dim, x.ndim())?;
    let last = if x.ndim() == 0 { x.reshape(&[1])? } else { x.transpose(d as i64, -1)? };
    let n = last.shape().last().copied().unwrap_or(1).max(1);
    let elements = numbers(vm, &last.detach())?;
    let place = |row: &[Scalar]| {
        let mut sorted: Vec<f64> = row.iter().map(|n| n.to_f64()).collect();
        sorting::sort_by(&mut sorted, f64::total_cmp);
        let (mut best, mut most, mut run) = (0.0, 0, 0);
        for (i, value) in sorted.iter().enumerate() {
            run = if i > 0 && sorted.get(i - 1) == Some(value) { run + 1 } else { 1 };
            if run > most {
                (best, most) = (*value, run);
            }
        }
        row.iter().rposition(|n| n.to_f64() == best).unwrap_or(0) as i64
    };
    let places: Vec<i64> = elements.chunks(n).map(place).collect();
    let mut shape = last.shape().to_vec();
    if let Some(size) = shape.last_mut() {
        *size = 1;
    }
    let index = x.engine().tensor(places, &shape)?;
    let value = last.gather(-1, &index)?;
    let back = |t: &Tensor| -> Result<Tensor> {
        if x.ndim() == 0 {
            return Ok(t.reshape(&[])?);
        }
        let t = t.transpose(d as i64, -1)?;
        Ok(if keep { t } else { t.squeeze_dim(d as i64)? })
    };
    Ok(named("mode", &["values", "indices"], vec![back(&value)?, back(&index)?]))
}
