//! Instructions that make containers, and that take them apart.

use super::Machine;
use std::rc::Rc;

use super::frame::{Exhausted, Then};
use crate::code::Op;
use crate::error::{Result, Stop, type_error, value_error};
use crate::map::{Key, Map};
use crate::value::{Slice, Tuple, TupleKind, Value};

impl Machine {
    pub(super) fn build(&mut self, op: Op) -> Result<()> {
        if let Op::ListExtend | Op::SetExtend | Op::DictUpdate { .. } = op {
            return self.extend(op);
        }
        let Some(frame) = self.frames.last_mut() else { return Ok(()) };
        match op {
            Op::BuildTuple(n) => {
                let items = frame.top(n as usize).to_vec();
                frame.drop(n as usize);
                frame.push(Value::tuple(items));
            }
            Op::BuildList(n) => {
                let items = frame.top(n as usize).to_vec();
                frame.drop(n as usize);
                frame.push(Value::list(items));
            }
            Op::BuildSet(_) => frame.push(Value::set(Map::default())),
            Op::BuildDict(n) => {
                let mut map = Map::default();
                for pair in frame.top(2 * n as usize).chunks(2) {
                    if let [key, value] = pair {
                        map.set(map.key(key.clone())?, value.clone());
                    }
                }
                frame.drop(2 * n as usize);
                frame.push(Value::dict(map));
            }
            Op::BuildSlice => {
                let (step, stop, start) = (frame.pop(), frame.pop(), frame.pop());
                frame.push(Value::Slice(Rc::new(Slice { start, stop, step })));
            }
            Op::BuildString(n) => {
                let mut text = String::new();
                for part in frame.top(n as usize) {
                    if let Value::Str(part) = part {
                        text.push_str(part);
                    }
                }
                frame.drop(n as usize);
                frame.push(Value::from(text));
            }
            Op::ListAppend(depth) => {
                let value = frame.pop();
                if let Value::List(list) = frame.peek(depth.into()) {
                    list.0.borrow_mut().push(value);
                }
                self.allocated += 32;
            }
            Op::SetAdd(depth) => {
                let (value, set) = (frame.peek(0), frame.peek(usize::from(depth) + 1));
                if let Value::Set(set) = set {
                    let key = set.items.borrow().key(value)?;
                    frame.drop(1);
                    set.items.borrow_mut().set(key, Value::None);
                }
                self.allocated += 64;
            }
            Op::DictAdd(depth) => {
                let (value, key) = (frame.peek(0), frame.peek(1));
                let dict = frame.peek(usize::from(depth) + 2);
                if let Value::Dict(dict) = dict {
                    let key = dict.0.borrow().key(key)?;
                    frame.drop(2);
                    dict.0.borrow_mut().set(key, value);
                }
                self.allocated += 64;
            }
            Op::ListToTuple => {
                let items = match frame.pop() {
                    Value::List(list) => list.0.borrow().clone(),
                    _ => Vec::new(),
                };
                frame.push(Value::Tuple(Tuple::new(items, TupleKind::Plain)));
            }
            _ => {}
        }
        Ok(())
    }

    /// The items of the topmost value. If the program gives them, it is replaced by a list of them first.
    fn top_items(&mut self) -> Result<Option<Vec<Value>>> {
        let top = self.peek(0);
        match self.items_of(&top)? {
            Some(items) => Ok(Some(items)),
            None => {
                self.replace_top(Stop::call(self.helper("_collect"), vec![top]))?;
                Ok(None)
            }
        }
    }

    pub(super) fn extend(&mut self, op: Op) -> Result<()> {
        if let Op::DictUpdate { call } = op {
            return self.dict_update(call);
        }
        let top = self.peek(0);
        let items = match self.top_items() {
            Ok(Some(items)) => items,
            Ok(None) => return Ok(()),
            Err(Stop::Error(fault))
                if fault.class == "TypeError" && fault.text.ends_with("is not iterable") =>
            {
                return type_error(format!("Value after * must be an iterable, not {}", top.type_name()));
            }
            Err(error) => return Err(error),
        };
        self.allocated += 32 * items.len();
        match (op, self.peek(1)) {
            (Op::ListExtend, Value::List(list)) => list.0.borrow_mut().extend(items),
            (_, Value::Set(set)) => {
                for item in items {
                    set.items.borrow_mut().set(Key::new(item)?, Value::None);
                }
            }
            _ => {}
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.drop(1);
        }
        Ok(())
    }

    fn dict_update(&mut self, call: bool) -> Result<()> {
        let (target, source) = (self.peek(1), self.peek(0));
        let Value::Dict(source) = source.unwrapped() else {
            let kind = source.type_name();
            let text = if call {
                format!("argument after ** must be a mapping, not {kind}")
            } else {
                format!("'{kind}' object is not a mapping")
            };
            return type_error(text);
        };
        let entries = source.0.borrow().clone();
        if let Value::Dict(target) = target {
            for (key, value) in entries.iter() {
                if call && !matches!(key, Value::Str(_)) {
                    return type_error("keywords must be strings");
                }
                let old = target.0.borrow_mut().set(Key::new(key.clone())?, value.clone());
                if let (true, Some(_), Value::Str(name)) = (call, old, key) {
                    return type_error(format!("got multiple values for keyword argument '{name}'"));
                }
            }
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.drop(1);
        }
        Ok(())
    }

    /// `a, b = value`, `a, *b, c = value`.
    pub(super) fn unpack(&mut self, before: usize, after: Option<usize>) -> Result<()> {
        let top = self.peek(0);
        let items = match self.top_items() {
            Ok(Some(items)) => items,
            Ok(None) => return Ok(()),
            Err(Stop::Error(fault)) if fault.text.ends_with("is not iterable") => {
                return type_error(format!("cannot unpack non-iterable {} object", top.type_name()));
            }
            Err(error) => return Err(error),
        };
        let (found, least) = (items.len(), before + after.unwrap_or(0));
        if found < least {
            let at_least = if after.is_some() { "at least " } else { "" };
            let text = format!("not enough values to unpack (expected {at_least}{least}, got {found})");
            return value_error(text);
        }
        let mut places = items;
        if let Some(after) = after {
            let tail = places.split_off(found - after);
            let middle = places.split_off(before);
            places.push(Value::list(middle));
            places.extend(tail);
        } else if found > least {
            return value_error(format!("too many values to unpack (expected {least})"));
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.drop(1);
            frame.stack.extend(places.into_iter().rev());
        }
        Ok(())
    }

    /// A value in an f-string.
    pub(super) fn format_op(&mut self, conversion: Option<char>, spec: bool) -> Result<()> {
        let operands = 1 + usize::from(spec);
        let (value, spec) = if spec { (self.peek(1), self.peek(0)) } else { (self.peek(0), Value::str("")) };
        let helper = match conversion {
            Some('r') => "_format_repr",
            Some('s') => "_format_str",
            Some('a') => "_format_ascii",
            _ => "format",
        };
        self.finish(Err(Stop::call(self.helper(helper), vec![value, spec])), operands)
    }

    /// Takes one step of `yield from`; the iterator is below what was sent.
    pub(super) fn yield_from(&mut self, end: u32) -> Result<()> {
        let (iterator, sent) = (self.peek(1), self.peek(0));
        let Some(frame) = self.frames.last_mut() else { return Ok(()) };
        frame.drop(1);
        match &iterator {
            Value::Generator(generator) => {
                let generator = Rc::clone(generator);
                self.resume(&generator, sent, false, Exhausted::Value(end))
            }
            other => match self.next(other) {
                Ok(crate::iterate::Next::Item(item)) => {
                    self.push(item);
                    Ok(())
                }
                Ok(crate::iterate::Next::End) => {
                    if let Some(frame) = self.frames.last_mut() {
                        frame.drop(1);
                        frame.push(Value::None);
                        frame.ip = end as usize;
                    }
                    Ok(())
                }
                Err(stop) => self.finish_with(Err(stop), 0, Then::Push, Exhausted::Value(end)),
            },
        }
    }
}
