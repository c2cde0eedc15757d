//! `a[…]` and `a[…] = v`, with NumPy's rules and words.

use engine::{Item, Tensor};

use super::array::{Array, own};
use super::kind::Kind;
use super::nd::Nd;
use super::number::Number;
use crate::error::{Result, index_error, type_error, value_error};
use crate::machine::Machine;
use crate::native::Args;
use crate::value::{Slice, Value};

/// What stands in the brackets, checked against the shape.
struct Index {
    items: Vec<Item>,
    /// Dimensions that are walked backwards, with the places in them. They are whole in `items`.
    backwards: Vec<(usize, Vec<i64>)>,
    /// Whether nothing but numbers: then an element may be meant.
    numbers: usize,
    /// Whether indices or masks are among them.
    advanced: bool,
}

const WRONG: &str = "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid \
                     indices";

/// How many dimensions an item is about.
fn width(vm: &mut Machine, item: &Value) -> Result<usize> {
    Ok(match item {
        Value::None | Value::Ellipsis | Value::Bool(_) => 0,
        Value::Slice(_) | Value::Int(_) => 1,
        other => match vm.try_nd(other)? {
            Some(nd) if nd.kind == Kind::Bool && !nd.number => nd.ndim(),
            _ => 1,
        },
    })
}

impl Index {
    fn new(vm: &mut Machine, index: &Value, shape: &[usize]) -> Result<Self> {
        let given = match index {
            Value::Tuple(tuple) => tuple.items().to_vec(),
            other => vec![other.clone()],
        };
        let mut named = 0;
        for item in &given {
            named += width(vm, item)?;
        }
        let ndim = shape.len();
        if named > ndim {
            return index_error(format!(
                "too many indices for array: array is {ndim}-dimensional, but {named} were indexed"
            ));
        }
        let mut found = Self { items: Vec::new(), backwards: Vec::new(), numbers: 0, advanced: false };
        let (mut dim, mut ellipsis) = (0, false);
        for item in &given {
            match item {
                Value::Ellipsis if ellipsis => {
                    return index_error("an index can only have a single ellipsis ('...')");
                }
                Value::Ellipsis => {
                    ellipsis = true;
                    (0..ndim - named).for_each(|_| found.items.push(Item::ALL));
                    dim += ndim - named;
                }
                Value::None => found.items.push(Item::NewAxis),
                Value::Bool(b) => found.items.push(Item::Bool(*b)),
                Value::Slice(slice) => {
                    found.slice(slice, shape[dim], dim)?;
                    dim += 1;
                }
                other => dim += found.array(vm, other, shape, dim)?,
            }
        }
        Ok(found)
    }

    fn slice(&mut self, slice: &Slice, size: usize, dim: usize) -> Result<()> {
        let (start, stop, step) = crate::machine::bounds(slice, size)?;
        if step > 0 {
            let stop = stop.max(start);
            self.items.push(Item::Slice { start: Some(start), end: Some(stop), step });
            return Ok(());
        }
        let mut places = Vec::new();
        let mut at = start;
        while at > stop {
            places.push(at);
            at = at.saturating_add(step);
        }
        self.backwards.push((dim, places));
        self.items.push(Item::ALL);
        Ok(())
    }

    /// A number, or an array of indices or truth values; how many dimensions it is about.
    fn array(&mut self, vm: &mut Machine, item: &Value, shape: &[usize], dim: usize) -> Result<usize> {
        let Some(nd) = vm.try_nd(item)? else { return index_error(WRONG) };
        if nd.kind.is_float() && !(nd.len() == 0 && item.sequence().is_some()) {
            return index_error(WRONG);
        }
        if nd.kind == Kind::Bool && !nd.number {
            self.mask(vm, &nd, shape, dim)?;
            return Ok(nd.ndim());
        }
        let size = shape[dim];
        let places = nd.i64s();
        for &i in &places {
            if i < -(size as i64) || i >= size as i64 {
                return index_error(format!("index {i} is out of bounds for axis {dim} with size {size}"));
            }
        }
        if nd.ndim() == 0 {
            self.numbers += 1;
            self.items.push(Item::Int(places.first().copied().unwrap_or(0)));
        } else {
            self.advanced = true;
            self.items.push(Item::Tensor(vm.array_engine().tensor(places, &nd.shape)?));
        }
        Ok(1)
    }

    fn mask(&mut self, vm: &mut Machine, nd: &Nd, shape: &[usize], dim: usize) -> Result<()> {
        for (d, (&own, &size)) in nd.shape.iter().zip(&shape[dim..]).enumerate() {
            if own != size {
                let d = d + dim;
                return index_error(format!(
                    "boolean index did not match indexed array along dimension {d}; dimension is {size} but corresponding \
                     boolean dimension is {own}"
                ));
            }
        }
        self.advanced = true;
        for places in nonzero(nd) {
            let len = places.len();
            self.items.push(Item::Tensor(vm.array_engine().tensor(places, &[len])?));
        }
        Ok(())
    }

    /// The part of a tensor; a view, where there are only numbers and slices.
    fn get(&self, vm: &Machine, tensor: &Tensor) -> Result<Tensor> {
        let mut part = tensor.clone();
        for (dim, places) in &self.backwards {
            let places = vm.array_engine().tensor(places.clone(), &[places.len()])?;
            part = part.index_select(*dim as i64, &places)?;
        }
        let part = part.get(&self.items)?;
        if part.ndim() > 32 {
            let dims = part.ndim();
            return index_error(format!(
                "number of dimensions must be within [0, 32], indexing result would have {dims}"
            ));
        }
        Ok(part)
    }
}

/// The places of the elements that are not zero: a vector for each dimension.
pub(super) fn nonzero(nd: &Nd) -> Vec<Vec<i64>> {
    let strides = super::nd::strides(&nd.shape);
    let found: Vec<usize> = nd.bools().iter().enumerate().filter(|(_, yes)| **yes).map(|(i, _)| i).collect();
    let dims = strides.iter().zip(&nd.shape);
    dims.map(|(&stride, &size)| found.iter().map(|&i| (i / stride % size.max(1)) as i64).collect()).collect()
}

pub(super) fn get(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (tensor, kind) = own(args, 0)?;
    let index = Index::new(vm, &args.get(1), tensor.shape())?;
    let part = index.get(vm, &tensor)?;
    if part.ndim() == 0
        && index.numbers == tensor.ndim()
        && !index.items.iter().any(|item| matches!(item, Item::NewAxis | Item::Bool(_)))
    {
        let value = vm.wait(|| part.item())?;
        return Ok(Number::of(kind, value));
    }
    Ok(Value::object(Array { tensor: part, kind }))
}

pub(super) fn set(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (tensor, kind) = own(args, 0)?;
    let value = args.get(2);
    if let Value::Str(text) = &value {
        return value_error(format!("could not convert string to float: '{text}'"));
    }
    if value.is_none() {
        return type_error("float() argument must be a string or a real number, not 'NoneType'");
    }
    let index = Index::new(vm, &args.get(1), tensor.shape())?;
    let new = vm.nd(&value)?;
    let shape = index.get(vm, &tensor)?.shape().to_vec();
    if shape.is_empty() && new.ndim() > 0 && new.len() != 1 {
        return value_error("setting an array element with a sequence.");
    }
    let new = new.cast(kind).fitted(&shape)?;
    let new = vm.array_engine().tensor_as(new.data, &shape, kind.dtype())?;
    match &*index.backwards {
        [] => tensor.set(&index.items, &new)?,
        backwards if !index.advanced => {
            // Only slices: what is walked backwards is turned round in what is assigned, and the place is a plain slice.
            let mut whole = tensor.clone();
            let mut turned = whole_index(&tensor, vm)?;
            for (dim, places) in backwards {
                let places = vm.array_engine().tensor(places.clone(), &[places.len()])?;
                turned = turned.index_select(*dim as i64, &places)?;
            }
            let at = turned.get(&index.items)?.reshape(&[-1])?;
            whole = whole.reshape(&[-1])?.index_put(&[at], &new.reshape(&[-1])?, false)?;
            tensor.copy_(&whole.reshape(&tensor.shape().iter().map(|&n| n as i64).collect::<Vec<i64>>())?)?;
        }
        _ => return index_error("a step below zero beside an array of indices cannot be assigned to here"),
    }
    Ok(Value::None)
}

/// The number of each element, row by row.
fn whole_index(tensor: &Tensor, vm: &Machine) -> Result<Tensor> {
    let numbers: Vec<i64> = (0..tensor.numel() as i64).collect();
    Ok(vm.array_engine().tensor(numbers, tensor.shape())?)
}

/// The parts along the first dimension: what iterating gives.
pub(crate) fn rows(vm: &mut Machine, array: &Value) -> Result<Vec<Value>> {
    let Some(array) = array.downcast::<Array>() else { return type_error("an array is needed") };
    vm.reserve_parts(array.tensor.shape().first().copied().unwrap_or(0))?;
    match array.tensor.shape() {
        [] => type_error("iteration over a 0-d array"),
        [_] => {
            let nd = array.read(vm)?;
            Ok((0..nd.len()).map(|i| Number::of(nd.kind, nd.at(i))).collect())
        }
        _ => Ok(array.tensor.unbind(0)?.into_iter().map(|row| array.view(row)).collect()),
    }
}
