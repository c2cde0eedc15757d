//! Functions that walk something: `range`, `enumerate`, `zip`, `sum`, `min`, `sorted` and so on.

use super::number::index;
use crate::ast::{BinOp, CmpOp};
use crate::error::{Result, Stop, type_error, value_error};
use crate::iterate::IterState;
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::value::{Range, Value};

pub(super) const FUNCTIONS: &[Native] = &[
    Native::new("all(iterable, /)", all),
    Native::new("any(iterable, /)", any),
    Native::new("sum(iterable, /, start=0)", sum),
    Native::new("min(*args, key=None, default=None)", min),
    Native::new("max(*args, key=None, default=None)", max),
    Native::new("sorted(iterable, /, *, key=None, reverse=False)", sorted),
    Native::new("reversed(sequence, /)", reversed),
    Native::new("_sorted_by(items, keys, reverse)", sorted_by),
];

/// `range(stop)`, `range(start, stop, step)`.
pub(super) fn range(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let numbers = args.rest.iter().map(index).collect::<Result<Vec<i64>>>()?;
    let (start, stop, step) = match *numbers {
        [] => return type_error("range expected at least 1 argument, got 0"),
        [stop] => (0, stop, 1),
        [start, stop] => (start, stop, 1),
        [_, _, 0] => return value_error("range() arg 3 must not be zero"),
        [start, stop, step] => (start, stop, step),
        _ => return type_error(format!("range expected at most 3 arguments, got {}", numbers.len())),
    };
    Ok(Value::Range(Range { start, stop, step }))
}

/// `enumerate(iterable, start)`.
pub(super) fn enumerate(vm: &mut Machine, args: &Args) -> Result<Value> {
    let next = index(&args.get(1))?;
    match vm.iter(&args.get(0)) {
        Ok(inner) => match inner.depth_around() {
            Some(depth) => Ok(Value::iterator(IterState::Enumerate { inner, next, depth })),
            None => Err(Stop::call(vm.helper("_enumerate"), vec![inner, args.get(1)])),
        },
        Err(Stop::Call(_)) => Err(Stop::call(vm.helper("_enumerate"), vec![args.get(0), args.get(1)])),
        Err(error) => Err(error),
    }
}

/// `zip(*iterables, strict)`.
pub(super) fn zip(vm: &mut Machine, args: &Args) -> Result<Value> {
    let strict = args.bool(0)?;
    let mut inner = Vec::new();
    let mut depth = Some(1);
    for iterable in &args.rest {
        match vm.iter(iterable) {
            Ok(iterator) => {
                depth = depth.zip(iterator.depth_around()).map(|(a, b)| a.max(b));
                inner.push(iterator);
            }
            Err(Stop::Call(_)) => {
                depth = None;
                inner.push(iterable.clone());
            }
            Err(error) => return Err(error),
        }
    }
    if let Some(depth) = depth {
        return Ok(Value::iterator(IterState::Zip { inner, strict, depth }));
    }
    Err(Stop::call(vm.helper("_zip"), vec![Value::tuple(inner), Value::Bool(strict)]))
}

fn truths(vm: &mut Machine, args: &Args, helper: &'static str, stop: bool) -> Result<Value> {
    let Some(items) = vm.items_of(&args.get(0))? else {
        return Err(Stop::call(vm.helper(helper), vec![args.get(0)]));
    };
    for item in &items {
        match vm.truth(item)? {
            Some(truth) if truth == stop => return Ok(Value::Bool(stop)),
            Some(_) => {}
            None => return Err(Stop::call(vm.helper(helper), vec![Value::list(items)])),
        }
    }
    Ok(Value::Bool(!stop))
}

fn all(vm: &mut Machine, args: &Args) -> Result<Value> {
    truths(vm, args, "_all", false)
}

fn any(vm: &mut Machine, args: &Args) -> Result<Value> {
    truths(vm, args, "_any", true)
}

fn sum(vm: &mut Machine, args: &Args) -> Result<Value> {
    let mut total = args.get(1);
    if let Value::Str(_) = total {
        return type_error("sum() can't sum strings [use ''.join(seq) instead]");
    }
    let items = vm.items(args, 0)?;
    for (i, item) in items.iter().enumerate() {
        match vm.binary(BinOp::Add, &total, item) {
            Ok(value) => total = value,
            Err(Stop::Call(_)) => {
                let left = items.get(i..).unwrap_or_default().to_vec();
                return Err(Stop::call(vm.helper("_sum"), vec![Value::list(left), total]));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(total)
}

fn min(vm: &mut Machine, args: &Args) -> Result<Value> {
    extreme(vm, args, "min", CmpOp::Lt)
}

fn max(vm: &mut Machine, args: &Args) -> Result<Value> {
    extreme(vm, args, "max", CmpOp::Gt)
}

fn extreme(vm: &mut Machine, args: &Args, name: &str, op: CmpOp) -> Result<Value> {
    let by_program = |vm: &Machine, items: Value| {
        let all = vec![Value::str(name), items, args.get(0), Value::Bool(args.given(1)), args.get(1)];
        Err(Stop::call(vm.helper("_extreme"), all))
    };
    let items = match &*args.rest {
        [] => return type_error(format!("{name} expected at least 1 argument, got 0")),
        [iterable] => match vm.items_of(iterable)? {
            Some(items) => items,
            None => return by_program(vm, iterable.clone()),
        },
        several => several.to_vec(),
    };
    if args.opt(0).is_some() {
        return by_program(vm, Value::list(items));
    }
    let mut best: Option<&Value> = None;
    for item in &items {
        match best {
            None => best = Some(item),
            Some(before) => match vm.decide(op, item, before)? {
                Some(true) => best = Some(item),
                Some(false) => {}
                None => return by_program(vm, Value::list(items)),
            },
        }
    }
    match best {
        Some(best) => Ok(best.clone()),
        None if args.given(1) => Ok(args.get(1)),
        None => value_error(format!("{name}() arg is an empty sequence")),
    }
}

impl Machine {
    /// Whether `a op b`; nothing, if the program must be asked.
    ///
    /// # Errors
    /// As for [`compare`](Self::compare).
    pub(crate) fn decide(&mut self, op: CmpOp, a: &Value, b: &Value) -> Result<Option<bool>> {
        match self.compare(op, a, b) {
            Ok(answer) => self.truth(&answer),
            Err(Stop::Call(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn sorted(vm: &mut Machine, args: &Args) -> Result<Value> {
    let items = vm.items(args, 0)?;
    let reverse = vm.truth(&args.get(2))?.unwrap_or(true);
    sort(vm, items, args.get(1), reverse)
}

/// The items in order, by their keys if there is a function for that.
///
/// # Errors
/// As for comparing; and a call, if the program is to be asked.
pub(super) fn sort(vm: &mut Machine, items: Vec<Value>, key: Value, reverse: bool) -> Result<Value> {
    if !key.is_none() {
        let all = vec![Value::list(items), key, Value::Bool(reverse)];
        return Err(Stop::call(vm.helper("_sort_with_key"), all));
    }
    let keys = items.clone();
    in_order(vm, items, keys, reverse)
}

fn sorted_by(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (items, keys) = (args.list(0)?.0.borrow().clone(), args.list(1)?.0.borrow().clone());
    in_order(vm, items, keys, args.bool(2)?)
}

fn in_order(vm: &mut Machine, items: Vec<Value>, keys: Vec<Value>, reverse: bool) -> Result<Value> {
    let mut order: Vec<usize> = (0..keys.len()).collect();
    if reverse {
        // Equal items keep their order also in reverse.
        order.reverse();
    }
    let mut failure = None;
    let mut less = |a: usize, b: usize| {
        let (Some(a), Some(b)) = (keys.get(a), keys.get(b)) else { return false };
        if failure.is_some() {
            return false;
        }
        match vm.decide(CmpOp::Lt, a, b) {
            Ok(Some(less)) => less,
            Ok(None) => {
                failure = Some(None);
                false
            }
            Err(error) => {
                failure = Some(Some(error));
                false
            }
        }
    };
    merge_sort(&mut order, &mut less);
    match failure {
        Some(Some(error)) => return Err(error),
        Some(None) => {
            let all = vec![Value::list(items), Value::list(keys), Value::Bool(reverse)];
            return Err(Stop::call(vm.helper("_merge_sort"), all));
        }
        None => {}
    }
    if reverse {
        order.reverse();
    }
    Ok(Value::list(order.into_iter().filter_map(|i| items.get(i).cloned()).collect()))
}

/// Sorts stably with a comparison that may be inconsistent (as after a failure), which `sort_by` may not be given.
fn merge_sort(order: &mut Vec<usize>, less: &mut impl FnMut(usize, usize) -> bool) {
    let mut width = 1;
    while width < order.len() {
        let mut merged = Vec::with_capacity(order.len());
        for pair in order.chunks(2 * width) {
            let (left, right) = pair.split_at(width.min(pair.len()));
            let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
            while let (Some(&&a), Some(&&b)) = (left.peek(), right.peek()) {
                if less(b, a) {
                    merged.push(b);
                    right.next();
                } else {
                    merged.push(a);
                    left.next();
                }
            }
            merged.extend(left);
            merged.extend(right);
        }
        *order = merged;
        width *= 2;
    }
}

fn reversed(vm: &mut Machine, args: &Args) -> Result<Value> {
    let value = args.get(0);
    if let Value::Instance(_) = value
        && let Some(function) = vm.operator(&value, "__reversed__")
    {
        return Err(Stop::call(function, vec![value]));
    }
    if let Value::Instance(_) = value
        && let (Some(Value::Function(_)), Some(_)) =
            (vm.operator(&value, "__getitem__"), vm.operator(&value, "__len__"))
    {
        return Err(Stop::call(vm.helper("_reversed"), vec![value]));
    }
    let items = match value.unwrapped() {
        Value::Range(range) => {
            let (step, len) = (range.step.saturating_neg(), range.len());
            let last = if len == 0 { range.start } else { range.at(len - 1) };
            let stop = range.start.saturating_add(step);
            let reversed = if len == 0 {
                Range { start: 0, stop: 0, step: 1 }
            } else {
                Range { start: last, stop, step }
            };
            return vm.iter(&Value::Range(reversed));
        }
        plain @ (Value::List(_) | Value::Tuple(_) | Value::Str(_) | Value::Dict(_)) => vm.items_of(&plain)?,
        other => match vm.operator(&other, "__reversed__") {
            Some(function) => return Err(Stop::call(function, vec![value])),
            None => None,
        },
    };
    let Some(mut items) = items else {
        return type_error(format!("'{}' object is not reversible", value.type_name()));
    };
    items.reverse();
    Ok(Value::items_iterator(items))
}
