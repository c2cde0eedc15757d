//! Reductions: sums, means and extremes along axes, with NumPy's own order of additions.

use engine::{HostData, Scalar};

use super::elementwise::order;
use super::functions::{MULTIPLY, SUBTRACT};
use super::kind::Kind;
use super::nd::Nd;
use crate::error::{Result, value_error};
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::value::Value;

/// Reductions, as functions of `numpy` and as methods.
pub(super) const REDUCTIONS: &[Native] = &[
    Native::new("sum(a, axis=None, dtype=None, out=None, keepdims=False, initial=None)", sum),
    Native::new("prod(a, axis=None, dtype=None, out=None, keepdims=False, initial=None)", prod),
    Native::new("mean(a, axis=None, dtype=None, out=None, keepdims=False)", mean),
    Native::new("var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False)", |vm, args| {
        spread(vm, args, false)
    }),
    Native::new("std(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False)", |vm, args| {
        spread(vm, args, true)
    }),
    Native::new("max(a, axis=None, out=None, keepdims=False, initial=None)", |vm, args| {
        extreme(vm, args, true)
    }),
    Native::new("min(a, axis=None, out=None, keepdims=False, initial=None)", |vm, args| {
        extreme(vm, args, false)
    }),
    Native::new("argmax(a, axis=None, out=None, *, keepdims=False)", |vm, args| place(vm, args, true)),
    Native::new("argmin(a, axis=None, out=None, *, keepdims=False)", |vm, args| place(vm, args, false)),
    Native::new("all(a, axis=None, out=None, keepdims=False)", |vm, args| truth(vm, args, true)),
    Native::new("any(a, axis=None, out=None, keepdims=False)", |vm, args| truth(vm, args, false)),
    Native::new("cumsum(a, axis=None, dtype=None, out=None)", |vm, args| running(vm, args, false)),
    Native::new("cumprod(a, axis=None, dtype=None, out=None)", |vm, args| running(vm, args, true)),
];

/// An array as rows that are each reduced to one element.
pub(super) struct Rows {
    nd: Nd,
    /// The length of a row.
    pub(super) len: usize,
    /// How many elements at the end of a row lie beside each other in memory.
    block: usize,
    /// The shape of the result, and what it is with `keepdims`.
    shape: Vec<usize>,
    kept: Vec<usize>,
}

impl Rows {
    /// Along these axes; along all, if none are given.
    pub(super) fn new(nd: Nd, axes: Option<&[i64]>) -> Result<Self> {
        let ndim = nd.ndim();
        let mut gone = vec![axes.is_none(); ndim];
        for &axis in axes.unwrap_or_default() {
            let d = nd.axis(axis)?;
            if std::mem::replace(&mut gone[d], true) {
                return value_error("duplicate value in 'axis'");
            }
        }
        let pick = |reduced: bool| (0..ndim).filter(|&d| gone[d] == reduced).collect::<Vec<usize>>();
        let sizes = |dims: &[usize]| dims.iter().map(|&d| nd.shape[d]).collect::<Vec<usize>>();
        let (left, reduced) = (pick(false), pick(true));
        let kept = (0..ndim).map(|d| if gone[d] { 1 } else { nd.shape[d] }).collect();
        // Dimensions of size 1 do not count for what lies beside each other.
        let tail = (0..ndim).rev().filter(|&d| nd.shape[d] != 1).take_while(|&d| gone[d]);
        let block = tail.map(|d| nd.shape[d]).product::<usize>();
        let (shape, len) = (sizes(&left), sizes(&reduced).iter().product());
        let order: Vec<usize> = left.iter().chain(&reduced).copied().collect();
        let nd = if order.iter().enumerate().all(|(i, &d)| i == d) { nd } else { nd.permuted(&order) };
        Ok(Self { nd, len, block, shape, kept })
    }

    /// As an argument says.
    fn of(nd: Nd, axis: &Value, args: &Args, i: usize) -> Result<Self> {
        if axis.is_none() { Self::new(nd, None) } else { Self::new(nd, Some(&args.ints(i)?)) }
    }

    /// How many results there are.
    fn count(&self) -> usize {
        self.shape.iter().product()
    }

    fn finish(&self, kind: Kind, data: impl Into<HostData>, keepdims: bool) -> Nd {
        Nd::new(kind, if keepdims { self.kept.clone() } else { self.shape.clone() }, data)
    }

    /// The sum of each row, added as NumPy does.
    pub(super) fn sums(&self) -> Vec<f64> {
        let values = self.nd.f64s();
        let round = if self.nd.kind == Kind::Float32 { |x: f64| f64::from(x as f32) } else { |x: f64| x };
        (0..self.count())
            .map(|i| {
                let row = values.get(i * self.len..(i + 1) * self.len).unwrap_or_default();
                let blocks = row.chunks(self.block.max(1));
                blocks.fold(0.0, |total, block| round(total + pairwise(block, round)))
            })
            .collect()
    }

    fn folded<T: Copy>(&self, values: &[T], fold: impl Fn(&[T]) -> T) -> Vec<T> {
        (0..self.count())
            .map(|i| fold(values.get(i * self.len..(i + 1) * self.len).unwrap_or_default()))
            .collect()
    }
}

/// The sum of numbers beside each other: in blocks of up to 128, with eight sums in each.
pub(super) fn pairwise(values: &[f64], round: fn(f64) -> f64) -> f64 {
    let n = values.len();
    if n < 8 {
        return values.iter().fold(0.0, |sum, x| round(sum + x));
    }
    if n > 128 {
        let half = n / 2 - n / 2 % 8;
        let (left, right) = values.split_at(half);
        return round(pairwise(left, round) + pairwise(right, round));
    }
    let mut sums = [0.0; 8];
    let eights = values.chunks_exact(8);
    let rest = eights.remainder();
    for (i, eight) in eights.enumerate() {
        for (sum, x) in sums.iter_mut().zip(eight) {
            *sum = if i == 0 { *x } else { round(*sum + x) };
        }
    }
    let [a, b, c, d, e, f, g, h] = sums;
    let left = round(round(a + b) + round(c + d));
    let right = round(round(e + f) + round(g + h));
    rest.iter().fold(round(left + right), |sum, x| round(sum + x))
}

/// The type of a sum: truth values and short integers are added as int64.
fn sum_kind(kind: Kind) -> Kind {
    if kind.is_float() { kind } else { Kind::Int64 }
}

pub(super) fn sum(vm: &mut Machine, args: &Args) -> Result<Value> {
    let nd = vm.nd(&args.get(0))?;
    let kind = Kind::argument(args, 2)?.unwrap_or_else(|| sum_kind(nd.kind));
    let rows = Rows::of(nd.cast(kind), &args.get(1), args, 1)?;
    let keepdims = args.bool(4)?;
    let mut result = if kind.is_float() {
        rows.finish(kind, rows.sums(), keepdims)
    } else {
        let sums = rows.folded(&rows.nd.i64s(), |row| row.iter().fold(0i64, |sum, x| sum.wrapping_add(*x)));
        rows.finish(kind, sums, keepdims)
    };
    if let Some(initial) = args.opt(5) {
        result = super::functions::ADD.apply(result, vm.nd(&initial)?)?;
    }
    vm.returned_to(result, args.opt(3))
}

pub(super) fn prod(vm: &mut Machine, args: &Args) -> Result<Value> {
    let nd = vm.nd(&args.get(0))?;
    let kind = Kind::argument(args, 2)?.unwrap_or_else(|| sum_kind(nd.kind));
    let rows = Rows::of(nd.cast(kind), &args.get(1), args, 1)?;
    let keepdims = args.bool(4)?;
    let mut result = if kind.is_float() {
        let round = if kind == Kind::Float32 { |x: f64| f64::from(x as f32) } else { |x: f64| x };
        let products =
            rows.folded(&rows.nd.f64s(), |row| row.iter().fold(1.0, |product, x| round(product * x)));
        rows.finish(kind, products, keepdims)
    } else {
        let products = rows.folded(&rows.nd.i64s(), |row| row.iter().fold(1i64, |p, x| p.wrapping_mul(*x)));
        rows.finish(kind, products, keepdims)
    };
    if let Some(initial) = args.opt(5) {
        result = MULTIPLY.apply(result, vm.nd(&initial)?)?;
    }
    vm.returned_to(result, args.opt(3))
}

/// The means of rows; NaN of no elements.
fn means(rows: &Rows, kind: Kind, keepdims: bool) -> Nd {
    let n = rows.len as f64;
    rows.finish(kind, rows.sums().into_iter().map(|sum| sum / n).collect::<Vec<f64>>(), keepdims)
}

pub(super) fn mean(vm: &mut Machine, args: &Args) -> Result<Value> {
    let nd = vm.nd(&args.get(0))?;
    let natural = if nd.kind.is_float() { nd.kind } else { Kind::Float64 };
    let kind = Kind::argument(args, 2)?.unwrap_or(natural);
    let rows = Rows::of(nd.cast(kind), &args.get(1), args, 1)?;
    let result = means(&rows, kind, args.bool(4)?);
    vm.returned_to(result, args.opt(3))
}

/// The variance, or its square root.
pub(super) fn spread(vm: &mut Machine, args: &Args, root: bool) -> Result<Value> {
    let nd = vm.nd(&args.get(0))?;
    let natural = if nd.kind.is_float() { nd.kind } else { Kind::Float64 };
    let kind = Kind::argument(args, 2)?.unwrap_or(natural);
    let nd = nd.cast(kind);
    let (axis, ddof, keepdims) = (args.get(1), args.float(4)?, args.bool(5)?);
    let mean = means(&Rows::of(nd.clone(), &axis, args, 1)?, kind, true);
    let apart = SUBTRACT.apply(nd, mean)?;
    let squares = MULTIPLY.apply(apart.clone(), apart)?;
    let rows = Rows::of(squares, &axis, args, 1)?;
    let n = (rows.len as f64 - ddof).max(0.0);
    let variances = rows.sums().into_iter().map(|sum| sum / n);
    let round = if kind == Kind::Float32 { |x: f64| f64::from(x as f32) } else { |x: f64| x };
    let values: Vec<f64> =
        if root { variances.map(|x| round(x).sqrt()).collect() } else { variances.collect() };
    vm.returned_to(rows.finish(kind, values, keepdims), args.opt(3))
}

/// The place of the largest or smallest element of a row; that of a NaN, if there is one.
fn best(nd: &Nd, begin: usize, len: usize, largest: bool) -> usize {
    let mut at = 0;
    for i in 1..len {
        let (new, old) = (nd.at(begin + i), nd.at(begin + at));
        if old.to_f64().is_nan() {
            break;
        }
        let sign = order(new, old);
        if new.to_f64().is_nan() || (if largest { sign.is_gt() } else { sign.is_lt() }) {
            at = i;
        }
    }
    at
}

pub(super) fn extreme(vm: &mut Machine, args: &Args, largest: bool) -> Result<Value> {
    let nd = vm.nd(&args.get(0))?;
    let rows = Rows::of(nd, &args.get(1), args, 1)?;
    let initial = args.opt(4).map(|value| vm.nd(&value)).transpose()?;
    if rows.len == 0 && rows.count() > 0 && initial.is_none() {
        let name = if largest { "maximum" } else { "minimum" };
        return value_error(format!("zero-size array to reduction operation {name} which has no identity"));
    }
    let shape = if args.bool(3)? { rows.kept.clone() } else { rows.shape.clone() };
    let mut result = if rows.len == 0 {
        initial.clone().unwrap_or_else(|| rows.nd.clone()).expanded(&shape)
    } else {
        let at = |i: usize| i * rows.len + best(&rows.nd, i * rows.len, rows.len, largest);
        rows.nd.gather(&(0..rows.count()).map(at).collect::<Vec<usize>>(), shape)
    };
    if let Some(initial) = initial {
        let function = if largest { super::functions::MAXIMUM } else { super::functions::MINIMUM };
        result = function.apply(result, initial)?;
    }
    vm.returned_to(result, args.opt(2))
}

pub(super) fn place(vm: &mut Machine, args: &Args, largest: bool) -> Result<Value> {
    let nd = vm.nd(&args.get(0))?;
    let axis = args.opt_int(1)?;
    let rows = Rows::new(nd, axis.as_ref().map(std::slice::from_ref))?;
    if rows.len == 0 {
        let name = args.function();
        return value_error(format!("attempt to get {name} of an empty sequence"));
    }
    let at = |i: usize| best(&rows.nd, i * rows.len, rows.len, largest) as i64;
    let places: Vec<i64> = (0..rows.count()).map(at).collect();
    vm.returned_to(rows.finish(Kind::Int64, places, args.bool(3)?), args.opt(2))
}

pub(super) fn truth(vm: &mut Machine, args: &Args, all: bool) -> Result<Value> {
    let nd = vm.nd(&args.get(0))?;
    let rows = Rows::of(nd, &args.get(1), args, 1)?;
    let values = rows.nd.bools();
    let found = rows.folded(&values, |row| if all { row.iter().all(|&b| b) } else { row.contains(&true) });
    vm.returned_to(rows.finish(Kind::Bool, found, args.bool(3)?), args.opt(2))
}

/// Sums or products so far.
pub(super) fn running(vm: &mut Machine, args: &Args, product: bool) -> Result<Value> {
    let nd = vm.nd(&args.get(0))?;
    let kind = Kind::argument(args, 2)?.unwrap_or_else(|| sum_kind(nd.kind));
    let nd = nd.cast(kind);
    let (nd, axis) = match args.opt_int(1)? {
        Some(axis) => {
            let axis = nd.axis(axis)?;
            (nd, axis)
        }
        None => {
            let n = nd.len();
            (nd.reshaped(vec![n]), 0)
        }
    };
    let (size, step) = (nd.shape.get(axis).copied().unwrap_or(1), super::nd::strides(&nd.shape)[axis]);
    let mut values: Vec<Scalar> = (0..nd.len()).map(|i| nd.at(i)).collect();
    for i in 0..values.len() {
        if i / step % size.max(1) > 0 {
            values[i] = kind.cast(next(values[i - step], values[i], product));
        }
    }
    let data: HostData = if kind.is_float() {
        values.iter().map(|x| x.to_f64()).collect::<Vec<f64>>().into()
    } else {
        values.iter().map(|x| x.to_i64()).collect::<Vec<i64>>().into()
    };
    vm.returned_to(Nd::new(kind, nd.shape, data), args.opt(3))
}

fn next(before: Scalar, x: Scalar, product: bool) -> Scalar {
    match (before, x) {
        (Scalar::Float(a), Scalar::Float(b)) => Scalar::Float(if product { a * b } else { a + b }),
        (a, b) => {
            let (a, b) = (a.to_i64(), b.to_i64());
            Scalar::Int(if product { a.wrapping_mul(b) } else { a.wrapping_add(b) })
        }
    }
}
