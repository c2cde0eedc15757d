//! What a program's objects take, and the bounds of that.

use std::collections::HashSet;

use super::{Frame, Machine};
use crate::error::{Result, Stop};
use crate::generator::GeneratorState;
use crate::iterate::IterState;
use crate::value::Value;

/// After so many bytes of new objects, all are counted.
const INTERVAL: usize = 64 << 20;

impl Machine {
    /// Notes that objects of so many bytes were made.
    pub(crate) fn charge(&mut self, bytes: usize) {
        self.allocated = self.allocated.saturating_add(bytes);
    }

    /// Refuses an object that alone would take more than everything may.
    ///
    /// # Errors
    /// `MemoryError`.
    pub(crate) fn reserve(&mut self, bytes: usize) -> Result<()> {
        if bytes > self.limits.heap_bytes {
            return Err(self.memory_error());
        }
        self.charge(bytes);
        if self.allocated > INTERVAL { self.watch_memory() } else { Ok(()) }
    }

    /// Refuses to make more tensors at once than there is memory for: the parts of one.
    ///
    /// # Errors
    /// `MemoryError`.
    pub(crate) fn reserve_parts(&mut self, count: usize) -> Result<()> {
        self.reserve(count.saturating_mul(512))
    }

    /// Refuses to write out so many elements inside so many brackets, if their text would take more than everything may.
    ///
    /// # Errors
    /// `MemoryError`.
    pub(crate) fn reserve_text(&mut self, elements: usize, brackets: usize) -> Result<()> {
        self.reserve(elements.saturating_mul(64 + 8 * brackets))
    }

    /// Notes bytes that one instruction makes piece by piece, as when it walks something.
    ///
    /// # Errors
    /// `MemoryError`, once they alone are more than everything may take.
    pub(crate) fn spend(&mut self, bytes: usize) -> Result<()> {
        self.spent += bytes;
        if self.spent > self.limits.heap_bytes {
            return Err(self.memory_error());
        }
        self.charge(bytes);
        Ok(())
    }

    /// Counts everything when much was made since the last time.
    ///
    /// # Errors
    /// `MemoryError`.
    pub(super) fn watch_memory(&mut self) -> Result<()> {
        if self.allocated < INTERVAL {
            return Ok(());
        }
        self.allocated = 0;
        if self.live_bytes() > self.limits.heap_bytes {
            return Err(self.memory_error());
        }
        let tensors = self.torch.tensor_bytes();
        if tensors > self.limits.tensor_bytes {
            let text = format!("tensors take {} MB, more than is allowed", tensors >> 20);
            return Err(Stop::error("RuntimeError", text)
                .hint("Keep loss.item() instead of loss: a list of losses holds all graphs."));
        }
        Ok(())
    }

    fn memory_error(&self) -> Stop {
        let text = format!("the program's objects take more than {} MB", self.limits.heap_bytes >> 20);
        Stop::error("MemoryError", text)
    }

    /// Roughly the bytes of all objects that the program can reach.
    fn live_bytes(&self) -> usize {
        let mut count = Count { seen: HashSet::new(), todo: Vec::new(), bytes: 0 };
        self.frames.iter().for_each(|frame| count.frame(frame));
        count.todo.extend(self.modules.values().cloned().map(Value::Module));
        while let Some(value) = count.todo.pop() {
            count.value(&value);
        }
        count.bytes
    }
}

struct Count {
    seen: HashSet<usize>,
    todo: Vec<Value>,
    bytes: usize,
}

impl Count {
    fn frame(&mut self, frame: &Frame) {
        self.bytes += 256;
        self.todo.extend(frame.stack.iter().chain(frame.locals.iter().flatten()).cloned());
        self.todo.extend(frame.handled.iter().chain(&frame.exits).cloned());
        self.todo.extend(frame.cells.iter().cloned().map(Value::Cell));
        if let Some(names) = &frame.namespace {
            self.todo.extend(names.iter().map(|(_, value)| value.clone()));
        }
    }

    fn value(&mut self, value: &Value) {
        if value.address().is_none_or(|address| !self.seen.insert(address)) {
            return;
        }
        self.bytes += 64;
        match value {
            Value::Str(text) => self.bytes += text.len(),
            Value::Tuple(tuple) => self.all(tuple.items()),
            Value::List(list) => self.all(&list.0.borrow()),
            Value::Dict(dict) => {
                for (key, value) in dict.0.borrow().iter() {
                    self.all(&[key.clone(), value.clone()]);
                }
            }
            Value::Set(set) => set.items.borrow().keys().for_each(|key| self.all(&[key.value().clone()])),
            Value::Function(function) => {
                self.all(&function.defaults.borrow());
                self.todo.extend(function.closure.borrow().iter().cloned().map(Value::Cell));
            }
            Value::Method(method) => {
                let (receiver, function) = method.parts();
                self.all(&[receiver, function]);
            }
            Value::Class(class) => self.named(&class.attrs.borrow()),
            Value::Instance(instance) => {
                self.named(&instance.attrs.borrow());
                self.todo.extend(instance.inner.borrow().clone());
            }
            Value::Module(module) => self.named(&module.attrs.borrow()),
            Value::Cell(cell) => self.todo.extend(cell.0.borrow().clone()),
            Value::Generator(generator) => {
                if let GeneratorState::Waiting(frame) = &*generator.state.borrow() {
                    self.frame(frame);
                }
            }
            Value::Iter(iter) => match &*iter.0.borrow() {
                IterState::List(list, _) => self.todo.push(Value::List(list.clone())),
                IterState::Items(items, _) => self.all(items),
                IterState::Keys(dict, ..) | IterState::Entries(dict, ..) => {
                    self.todo.push(Value::Dict(dict.clone()));
                }
                IterState::Enumerate { inner, .. } => self.todo.push(inner.clone()),
                IterState::Zip { inner, .. } => self.all(inner),
                IterState::Range(..) => {}
                IterState::Text(text, _) => self.todo.push(Value::Str(text.clone())),
            },
            Value::Object(object) => object.each(&mut |value| self.todo.push(value.clone())),
            _ => {}
        }
    }

    fn all(&mut self, values: &[Value]) {
        self.bytes += 24 * values.len();
        self.todo.extend(values.iter().cloned());
    }

    fn named(&mut self, attrs: &crate::map::Attrs) {
        self.bytes += 48 * attrs.len();
        self.todo.extend(attrs.iter().map(|(_, value)| value.clone()));
    }
}
