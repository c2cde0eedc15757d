//! Dropping containers without recursion: a list in a list in a list … would overflow the stack.

use std::cell::{Cell, RefCell};

use crate::class::Instance;
use crate::generator::{Generator, GeneratorState};
use crate::iterate::{Iter, IterState};
use crate::value::{Dict, List, Set, Slice, Value};

thread_local! {
    static WAITING: RefCell<Vec<Value>> = const { RefCell::new(Vec::new()) };
    static DRAINING: Cell<bool> = const { Cell::new(false) };
}

/// Drops values one after another, and what they hold after them.
pub(crate) fn discard(values: Vec<Value>) {
    let holds = |value: &Value| {
        matches!(
            value,
            Value::List(_)
                | Value::Dict(_)
                | Value::Set(_)
                | Value::Tuple(_)
                | Value::Instance(_)
                | Value::Method(_)
                | Value::Function(_)
                | Value::Iter(_)
                | Value::Generator(_)
                | Value::Cell(_)
                | Value::Property(_)
                | Value::Slice(_)
                | Value::Object(_)
        )
    };
    if !values.iter().any(holds) {
        return;
    }
    // While the thread ends there is no list any more: then they are dropped as they are.
    let queued = WAITING.try_with(|waiting| waiting.borrow_mut().extend(values));
    if queued.is_err() || DRAINING.try_with(|draining| draining.replace(true)).unwrap_or(true) {
        return;
    }
    while let Ok(Some(value)) = WAITING.try_with(|waiting| waiting.borrow_mut().pop()) {
        drop(value);
    }
    DRAINING.set(false);
}

impl Drop for List {
    fn drop(&mut self) {
        discard(std::mem::take(self.0.get_mut()));
    }
}

impl Drop for Dict {
    fn drop(&mut self) {
        discard(self.0.get_mut().take());
    }
}

impl Drop for Set {
    fn drop(&mut self) {
        discard(self.items.get_mut().take());
    }
}

impl Drop for crate::value::Tuple {
    fn drop(&mut self) {
        discard(self.take());
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        let mut held = self.attrs.get_mut().take();
        held.extend(self.inner.get_mut().take());
        discard(held);
    }
}

impl Drop for crate::function::CellBox {
    fn drop(&mut self) {
        discard(self.0.get_mut().take().into_iter().collect());
    }
}

impl Drop for crate::function::Method {
    fn drop(&mut self) {
        let receiver = std::mem::replace(self.receiver.get_mut(), Value::None);
        let function = std::mem::replace(self.function.get_mut(), Value::None);
        discard(vec![receiver, function]);
    }
}

impl Drop for crate::function::Property {
    fn drop(&mut self) {
        let parts = [&mut self.get, &mut self.set, &mut self.del];
        discard(parts.into_iter().map(|part| std::mem::replace(part.get_mut(), Value::None)).collect());
    }
}

impl Drop for crate::function::Function {
    fn drop(&mut self) {
        let mut held = std::mem::take(self.defaults.get_mut());
        held.extend(std::mem::take(self.keyword_defaults.get_mut()).into_iter().flatten());
        held.extend(self.attrs.get_mut().take());
        discard(held);
    }
}

impl Drop for Slice {
    fn drop(&mut self) {
        let parts = [&mut self.start, &mut self.stop, &mut self.step];
        discard(parts.into_iter().map(|part| std::mem::replace(part, Value::None)).collect());
    }
}

impl Drop for Iter {
    fn drop(&mut self) {
        match std::mem::replace(self.0.get_mut(), IterState::Items([].into(), 0)) {
            IterState::List(list, _) => discard(vec![Value::List(list)]),
            IterState::Keys(dict, ..) | IterState::Entries(dict, ..) => discard(vec![Value::Dict(dict)]),
            // What others hold too is theirs to drop.
            IterState::Items(items, _) if std::rc::Rc::strong_count(&items) == 1 => discard(items.to_vec()),
            IterState::Enumerate { inner, .. } => discard(vec![inner]),
            IterState::Zip { inner, .. } => discard(inner),
            IterState::Items(..) | IterState::Range(..) | IterState::Text(..) => {}
        }
    }
}

impl Drop for Generator {
    fn drop(&mut self) {
        let GeneratorState::Waiting(frame) = self.state.get_mut() else { return };
        let mut held = std::mem::take(&mut frame.stack);
        held.extend(std::mem::take(&mut frame.locals).into_iter().flatten());
        held.extend(std::mem::take(&mut frame.handled));
        held.extend(std::mem::take(&mut frame.exits));
        held.extend(std::mem::take(&mut frame.cells).into_iter().map(Value::Cell));
        discard(held);
    }
}
