//! `list` and `tuple`.

use std::rc::Rc;

use super::class;
use super::number::index;
use crate::class::Layout;
use crate::error::{Result, Stop, index_error, type_error, value_error};
use crate::machine::Machine;
use crate::native::{Args, Native, NativeClass};
use crate::value::{List, Tuple, TupleKind, Value};

pub(super) const LIST: NativeClass = NativeClass {
    constructor: Some(Native::new("list(iterable=(), /)", make_list)),
    methods: &[
        &[
            Native::new("__init__(self, iterable=(), /)", init_list),
            Native::new("append(self, object, /)", append),
            Native::new("extend(self, iterable, /)", extend),
            Native::new("insert(self, index, object, /)", insert),
            Native::new("pop(self, index=-1, /)", pop),
            Native::new("remove(self, value, /)", remove),
            Native::new("clear(self)", clear),
            Native::new("copy(self)", copy),
            Native::new("reverse(self)", reverse),
            Native::new("sort(self, *, key=None, reverse=False)", sort),
            Native::new("__iadd__(self, value, /)", add_in_place),
            Native::new("__imul__(self, value, /)", repeat_in_place),
        ],
        SEQUENCE,
    ],
    ..class("list", Layout::Around)
};

pub(super) const TUPLE: NativeClass = NativeClass {
    constructor: Some(Native::new("tuple(iterable=(), /)", make_tuple)),
    methods: &[SEQUENCE],
    ..class("tuple", Layout::Around)
};

/// What both have.
const SEQUENCE: &[Native] = &[
    Native::new("index(self, value, start=0, stop=9223372036854775807, /)", index_of),
    Native::new("count(self, value, /)", count),
    Native::new("__add__(self, value, /)", add),
    Native::new("__mul__(self, value, /)", repeat),
    Native::new("__rmul__(self, value, /)", repeat),
    Native::new("__getitem__(self, index, /)", super::contain::get_item),
    Native::new("__setitem__(self, index, value, /)", super::contain::set_item),
    Native::new("__delitem__(self, index, /)", super::contain::delete_item),
    Native::new("__contains__(self, item, /)", super::contain::contains),
    Native::new("__iter__(self)", super::contain::iter),
    Native::new("__len__(self)", super::contain::len),
];

pub(super) const FUNCTIONS: &[Native] = &[Native::new("_replace_items(items, new)", replace_items)];

fn make_list(vm: &mut Machine, args: &Args) -> Result<Value> {
    let items = vm.items(args, 0)?;
    vm.reserve(24 * items.len())?;
    Ok(Value::list(items))
}

fn make_tuple(vm: &mut Machine, args: &Args) -> Result<Value> {
    if let Value::Tuple(tuple) = args.get(0)
        && matches!(tuple.kind(), TupleKind::Plain)
    {
        return Ok(args.get(0));
    }
    let items = vm.items(args, 0)?;
    vm.reserve(24 * items.len())?;
    Ok(Value::tuple(items))
}

fn init_list(vm: &mut Machine, args: &Args) -> Result<Value> {
    let list = args.list(0)?;
    let items = vm.items(args, 1)?;
    *list.0.borrow_mut() = items;
    Ok(Value::None)
}

fn replace_items(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let (list, new) = (args.list(0)?, args.list(1)?.0.borrow().clone());
    *list.0.borrow_mut() = new;
    Ok(Value::None)
}

fn append(vm: &mut Machine, args: &Args) -> Result<Value> {
    args.list(0)?.0.borrow_mut().push(args.get(1));
    vm.charge(32);
    Ok(Value::None)
}

fn extend(vm: &mut Machine, args: &Args) -> Result<Value> {
    let list = args.list(0)?;
    let items = vm.items(args, 1)?;
    vm.reserve(24 * items.len())?;
    list.0.borrow_mut().extend(items);
    Ok(Value::None)
}

fn add_in_place(vm: &mut Machine, args: &Args) -> Result<Value> {
    let list = args.list(0)?;
    let Some(items) = vm.items_of(&args.get(1))? else {
        return Err(Stop::call(vm.helper("_extend_list"), vec![args.get(0), args.get(1)]));
    };
    vm.reserve(24 * items.len())?;
    list.0.borrow_mut().extend(items);
    Ok(args.get(0))
}

fn repeat_in_place(vm: &mut Machine, args: &Args) -> Result<Value> {
    let list = args.list(0)?;
    let Some(times) = args.get(1).as_int() else { return Ok(Value::NotImplemented) };
    let items = repeated(vm, &list.0.borrow().clone(), times)?;
    *list.0.borrow_mut() = items;
    Ok(args.get(0))
}

/// The place that an index means for inserting: at most the length.
fn clipped(i: i64, len: usize) -> usize {
    let len = i64::try_from(len).unwrap_or(i64::MAX);
    let i = if i < 0 { i.saturating_add(len).max(0) } else { i.min(len) };
    usize::try_from(i).unwrap_or(0)
}

fn insert(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let (list, i) = (args.list(0)?, index(&args.get(1))?);
    let mut items = list.0.borrow_mut();
    let i = clipped(i, items.len());
    items.insert(i, args.get(2));
    Ok(Value::None)
}

fn pop(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let (list, i) = (args.list(0)?, index(&args.get(1))?);
    let mut items = list.0.borrow_mut();
    if items.is_empty() {
        return index_error("pop from empty list");
    }
    let len = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let place = if i < 0 { i.saturating_add(len) } else { i };
    match usize::try_from(place).ok().filter(|&i| i < items.len()) {
        Some(i) => Ok(items.remove(i)),
        None => index_error("pop index out of range"),
    }
}

fn remove(vm: &mut Machine, args: &Args) -> Result<Value> {
    let list = args.list(0)?;
    let items = list.0.borrow().clone();
    match find(vm, &items, args, 1, 0..items.len(), "_list_remove")? {
        Some(i) => {
            list.0.borrow_mut().remove(i);
            Ok(Value::None)
        }
        None => value_error("list.remove(x): x not in list"),
    }
}

/// The first place of an item that equals argument `i`. If the program must compare, the helper is called instead.
fn find(
    vm: &mut Machine,
    items: &[Value],
    args: &Args,
    i: usize,
    within: std::ops::Range<usize>,
    helper: &'static str,
) -> Result<Option<usize>> {
    let wanted = args.get(i);
    for place in within {
        let Some(item) = items.get(place) else { break };
        match vm.equals(item, &wanted)? {
            Some(true) => return Ok(Some(place)),
            Some(false) => {}
            None => return Err(Stop::call(vm.helper(helper), vec![args.get(0), wanted])),
        }
    }
    Ok(None)
}

fn items(args: &Args) -> Result<Vec<Value>> {
    args.get(0).sequence().ok_or_else(|| args.wrong(0, "list"))
}

fn index_of(vm: &mut Machine, args: &Args) -> Result<Value> {
    let items = items(args)?;
    let (start, stop) =
        (clipped(index(&args.get(2))?, items.len()), clipped(index(&args.get(3))?, items.len()));
    match find(vm, &items, args, 1, start..stop, "_list_index")? {
        Some(i) => Ok(Value::from(i)),
        None if matches!(args.get(0).unwrapped(), Value::Tuple(_)) => {
            value_error("tuple.index(x): x not in tuple")
        }
        None => {
            let text = vm.repr_plain(&args.get(1));
            value_error(format!("{text} is not in list"))
        }
    }
}

fn count(vm: &mut Machine, args: &Args) -> Result<Value> {
    let mut count = 0;
    for item in items(args)? {
        match vm.equals(&item, &args.get(1))? {
            Some(equal) => count += i64::from(equal),
            None => return Err(Stop::call(vm.helper("_list_count"), vec![args.get(0), args.get(1)])),
        }
    }
    Ok(Value::Int(count))
}

fn clear(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let items = std::mem::take(&mut *args.list(0)?.0.borrow_mut());
    crate::discard::discard(items);
    Ok(Value::None)
}

fn copy(vm: &mut Machine, args: &Args) -> Result<Value> {
    let items = args.list(0)?.0.borrow().clone();
    vm.reserve(24 * items.len())?;
    Ok(Value::list(items))
}

fn reverse(_vm: &mut Machine, args: &Args) -> Result<Value> {
    args.list(0)?.0.borrow_mut().reverse();
    Ok(Value::None)
}

fn sort(vm: &mut Machine, args: &Args) -> Result<Value> {
    let list = args.list(0)?;
    let reverse = vm.truth(&args.get(2))?.unwrap_or(true);
    let items = list.0.borrow().clone();
    match super::walk::sort(vm, items, args.get(1), reverse) {
        Ok(Value::List(sorted)) => {
            let sorted = sorted.0.borrow().clone();
            *list.0.borrow_mut() = sorted;
            Ok(Value::None)
        }
        Ok(_) => Ok(Value::None),
        Err(Stop::Call(_)) => {
            let all = vec![args.get(0), args.get(1), Value::Bool(reverse)];
            Err(Stop::call(vm.helper("_sort_list"), all))
        }
        Err(error) => Err(error),
    }
}

fn add(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (a, b) = (args.get(0).unwrapped(), args.get(1).unwrapped());
    let joined = |a: &[Value], b: &[Value]| a.iter().chain(b).cloned().collect::<Vec<_>>();
    match (&a, &b) {
        (Value::List(a), Value::List(b)) => {
            let items = joined(&a.0.borrow(), &b.0.borrow());
            vm.reserve(24 * items.len())?;
            Ok(Value::List(Rc::new(List(items.into()))))
        }
        (Value::Tuple(a), Value::Tuple(b)) => {
            let size = matches!((a.kind(), b.kind()), (TupleKind::Size, TupleKind::Size));
            let items = joined(a.items(), b.items());
            vm.reserve(24 * items.len())?;
            Ok(Value::Tuple(Tuple::new(items, if size { TupleKind::Size } else { TupleKind::Plain })))
        }
        _ if matches!(b, Value::Instance(_) | Value::Object(_) | Value::Tensor(_)) => {
            Ok(Value::NotImplemented)
        }
        _ => {
            let (kind, other) = (a.type_name(), b.type_name());
            type_error(format!("can only concatenate {kind} (not \"{other}\") to {kind}"))
        }
    }
}

fn repeated(vm: &mut Machine, items: &[Value], times: i64) -> Result<Vec<Value>> {
    let times = usize::try_from(times.max(0)).unwrap_or(usize::MAX);
    vm.reserve(items.len().saturating_mul(times).saturating_mul(24))?;
    Ok(std::iter::repeat_n(items, times).flatten().cloned().collect())
}

fn repeat(vm: &mut Machine, args: &Args) -> Result<Value> {
    let value = args.get(0).unwrapped();
    let Some(times) = args.get(1).unwrapped().as_int() else {
        return match args.get(1) {
            Value::Instance(_) | Value::Object(_) | Value::Tensor(_) => Ok(Value::NotImplemented),
            other => {
                type_error(format!("can't multiply sequence by non-int of type '{}'", other.type_name()))
            }
        };
    };
    let items = repeated(vm, &items(args)?, times)?;
    Ok(if matches!(value, Value::Tuple(_)) { Value::tuple(items) } else { Value::list(items) })
}
