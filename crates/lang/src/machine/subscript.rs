//! `object[index]`.

use super::Machine;
use crate::error::{Result, Stop, index_error, type_error, value_error};
use crate::value::{Slice, TupleKind, Value};

impl Machine {
    /// `object[index]`.
    ///
    /// # Errors
    /// `IndexError`, `KeyError`, `TypeError`; and a call, if the program computes it.
    pub(crate) fn subscript(&mut self, object: &Value, index: &Value) -> Result<Value> {
        let read = self.plain_index(object, index)?;
        let index = read.as_ref().unwrap_or(index);
        if let Value::Instance(_) | Value::Tensor(_) | Value::Object(_) | Value::Class(_) = object
            && let Some(function) = self.item_method(object, "__getitem__")
        {
            return self.native_or_call(&function, &[object.clone(), index.clone()]);
        }
        self.plain_subscript(object, index)
    }

    /// `object[index]` of what is a container, without asking a `__getitem__`.
    ///
    /// # Errors
    /// As for [`subscript`](Self::subscript).
    pub(crate) fn plain_subscript(&mut self, object: &Value, index: &Value) -> Result<Value> {
        match object.unwrapped() {
            Value::List(list) => {
                let items = list.0.borrow();
                match index {
                    Value::Slice(slice) => {
                        Ok(Value::list(places(slice, items.len())?.map(|i| items[i].clone()).collect()))
                    }
                    _ => Ok(items[place(index, items.len(), "list")?].clone()),
                }
            }
            Value::Tuple(tuple) => {
                let items = tuple.items();
                match index {
                    Value::Slice(slice) => {
                        let part = places(slice, items.len())?.map(|i| items[i].clone()).collect();
                        let kind = match tuple.kind() {
                            TupleKind::Size => TupleKind::Size,
                            TupleKind::Plain | TupleKind::Named(_) => TupleKind::Plain,
                        };
                        Ok(Value::Tuple(crate::value::Tuple::new(part, kind)))
                    }
                    _ => Ok(items[place(index, items.len(), "tuple")?].clone()),
                }
            }
            Value::Str(text) => {
                if text.is_ascii() && !matches!(index, Value::Slice(_)) {
                    let i = place(index, text.len(), "string")?;
                    return Ok(Value::str(&text[i..=i]));
                }
                let chars: Vec<char> = text.chars().collect();
                let part: String = match index {
                    Value::Slice(slice) => places(slice, chars.len())?.map(|i| chars[i]).collect(),
                    _ => chars[place(index, chars.len(), "string")?].to_string(),
                };
                Ok(Value::from(part))
            }
            Value::Range(range) => match index {
                Value::Slice(slice) => {
                    let (start, stop, step) = bounds(slice, range.len())?;
                    let at = |i: i64| range.start.saturating_add(i.saturating_mul(range.step));
                    let (start, stop, step) = (at(start), at(stop), range.step.saturating_mul(step));
                    Ok(Value::Range(crate::value::Range { start, stop, step }))
                }
                _ => Ok(Value::Int(range.at(place(index, range.len(), "range object")?))),
            },
            Value::Dict(dict) => {
                let map = dict.0.borrow();
                let found = map.get(&map.key(index.clone())?);
                drop(map);
                match found {
                    Some(value) => Ok(value),
                    None => self.missing_key(object, index),
                }
            }
            other => type_error(format!("'{}' object is not subscriptable", other.type_name())),
        }
    }

    /// The index with numbers in the place of tensors of one element, where a list, a text or a range is indexed.
    fn plain_index(&mut self, object: &Value, index: &Value) -> Result<Option<Value>> {
        let sequence = matches!(object, Value::List(_) | Value::Tuple(_) | Value::Str(_) | Value::Range(_));
        match index {
            Value::Tensor(_) if sequence => Ok(crate::torch::operand::index(self, index)?.map(Value::Int)),
            Value::Slice(slice) if sequence => {
                let parts = [&slice.start, &slice.stop, &slice.step];
                if !parts.iter().any(|part| matches!(part, Value::Tensor(_))) {
                    return Ok(None);
                }
                let mut read = |part: &Value| -> Result<Value> {
                    let number = crate::torch::operand::index(self, part)?;
                    Ok(number.map_or_else(|| part.clone(), Value::Int))
                };
                let (start, stop, step) = (read(&slice.start)?, read(&slice.stop)?, read(&slice.step)?);
                Ok(Some(Value::Slice(std::rc::Rc::new(Slice { start, stop, step }))))
            }
            _ => Ok(None),
        }
    }

    fn item_method(&self, object: &Value, name: &str) -> Option<Value> {
        match object {
            Value::Class(_) if name == "__getitem__" => {
                // `List[int]`: annotations are not looked at.
                Some(self.helper("_class_getitem"))
            }
            other => self.operator(other, name),
        }
    }

    fn native_or_call(&mut self, function: &Value, args: &[Value]) -> Result<Value> {
        match function {
            Value::Native(function) => self.call_native(function, args.to_vec()),
            other => Err(Stop::call(other.clone(), args.to_vec())),
        }
    }

    /// Start, stop and step of a slice of `len` items: `slice.indices`.
    ///
    /// # Errors
    /// If they are no numbers, or the step is 0.
    pub(crate) fn slice_bounds(&mut self, slice: &Slice, len: usize) -> Result<(i64, i64, i64)> {
        bounds(slice, len)
    }

    fn missing_key(&mut self, object: &Value, key: &Value) -> Result<Value> {
        if let Value::Instance(_) = object
            && let Some(function) = self.operator(object, "__missing__")
        {
            return self.native_or_call(&function, &[object.clone(), key.clone()]);
        }
        Err(self.key_error(key.clone()))
    }

    /// `object[index] = value`.
    ///
    /// # Errors
    /// As for [`subscript`](Self::subscript).
    pub(crate) fn set_subscript(&mut self, object: &Value, index: &Value, value: Value) -> Result<()> {
        self.allocated += 64;
        let read = self.plain_index(object, index)?;
        let index = read.as_ref().unwrap_or(index);
        if let Value::Instance(_) | Value::Tensor(_) | Value::Object(_) = object
            && let Some(function) = self.operator(object, "__setitem__")
        {
            return self.native_or_call(&function, &[object.clone(), index.clone(), value]).map(|_| ());
        }
        match object.unwrapped() {
            Value::List(list) => match index {
                Value::Slice(slice) => {
                    let Some(new) = self.items_of(&value)? else {
                        return Err(Stop::call(
                            self.helper("_set_slice"),
                            vec![object.clone(), index.clone(), value],
                        ));
                    };
                    set_slice(&mut list.0.borrow_mut(), slice, new)
                }
                _ => {
                    let mut items = list.0.borrow_mut();
                    let i = place(index, items.len(), "list assignment")?;
                    items[i] = value;
                    Ok(())
                }
            },
            Value::Dict(dict) => {
                let key = dict.0.borrow().key(index.clone())?;
                dict.0.borrow_mut().set(key, value);
                Ok(())
            }
            other => type_error(format!("'{}' object does not support item assignment", other.type_name())),
        }
    }

    /// `del object[index]`.
    ///
    /// # Errors
    /// As for [`subscript`](Self::subscript).
    pub(crate) fn delete_subscript(&mut self, object: &Value, index: &Value) -> Result<()> {
        if let Value::Instance(_) = object
            && let Some(function) = self.operator(object, "__delitem__")
        {
            return self.native_or_call(&function, &[object.clone(), index.clone()]).map(|_| ());
        }
        match object.unwrapped() {
            Value::List(list) => {
                let mut items = list.0.borrow_mut();
                match index {
                    Value::Slice(slice) => {
                        let mut gone: Vec<usize> = places(slice, items.len())?.collect();
                        sorting::sort_by(&mut gone, Ord::cmp);
                        let mut i = 0;
                        items.retain(|_| {
                            i += 1;
                            gone.binary_search(&(i - 1)).is_err()
                        });
                    }
                    _ => {
                        let i = place(index, items.len(), "list assignment")?;
                        items.remove(i);
                    }
                }
                Ok(())
            }
            Value::Dict(dict) => {
                let key = dict.0.borrow().key(index.clone())?;
                let gone = dict.0.borrow_mut().remove(&key);
                match gone {
                    Some(_) => Ok(()),
                    None => Err(self.key_error(index.clone())),
                }
            }
            other => type_error(format!("'{}' object doesn't support item deletion", other.type_name())),
        }
    }
}

/// The place in a sequence of `len` that an index means.
pub(crate) fn place(index: &Value, len: usize, what: &str) -> Result<usize> {
    let Some(i) = index.as_int() else {
        let found = index.type_name();
        let kind = what.split(' ').next().unwrap_or(what);
        return type_error(format!("{kind} indices must be integers or slices, not {found}"));
    };
    let place = if i < 0 { i.checked_add(len as i64) } else { Some(i) };
    match place.and_then(|i| usize::try_from(i).ok()).filter(|&i| i < len) {
        Some(i) => Ok(i),
        None => index_error(format!("{what} index out of range")),
    }
}

/// Start, stop and step of a slice of `len` items, as `slice.indices` gives them.
pub(crate) fn bounds(slice: &Slice, len: usize) -> Result<(i64, i64, i64)> {
    let number = |value: &Value| match value {
        Value::None => Ok(None),
        other => match other.as_int() {
            Some(i) => Ok(Some(i)),
            None => type_error("slice indices must be integers or None or have an __index__ method"),
        },
    };
    let len = len as i64;
    let step = number(&slice.step)?.unwrap_or(1);
    if step == 0 {
        return value_error("slice step cannot be zero");
    }
    let (low, high) = if step > 0 { (0, len) } else { (-1, len - 1) };
    let clip = |i: i64| if i < 0 { i.saturating_add(len).max(low) } else { i.min(high) };
    let start = number(&slice.start)?.map_or(if step > 0 { low } else { high }, clip);
    let stop = number(&slice.stop)?.map_or(if step > 0 { high } else { low }, clip);
    Ok((start, stop, step))
}

/// The places that a slice means.
pub(crate) fn places(slice: &Slice, len: usize) -> Result<impl Iterator<Item = usize> + use<>> {
    let (start, stop, step) = bounds(slice, len)?;
    let range = crate::value::Range { start, stop, step };
    Ok((0..range.len()).map(move |i| range.at(i) as usize))
}

fn set_slice(items: &mut Vec<Value>, slice: &Slice, new: Vec<Value>) -> Result<()> {
    let (start, stop, step) = bounds(slice, items.len())?;
    if step == 1 {
        let start = start as usize;
        let stop = (stop as usize).max(start);
        items.splice(start..stop, new);
        return Ok(());
    }
    let places: Vec<usize> = places(slice, items.len())?.collect();
    if places.len() != new.len() {
        let (given, wanted) = (new.len(), places.len());
        let text = format!("attempt to assign sequence of size {given} to extended slice of size {wanted}");
        return value_error(text);
    }
    for (i, value) in places.into_iter().zip(new) {
        items[i] = value;
    }
    Ok(())
}
