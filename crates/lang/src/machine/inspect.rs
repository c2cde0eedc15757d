//! Looking into a machine that stands still: what its variables hold, and which modules are being called.

use std::rc::Rc;

use engine::Tensor;

use super::Machine;
use crate::class::{Instance, Layout};
use crate::code::Flavour;
use crate::span::line_of;
use crate::value::Value;

/// A tensor that a variable holds.
pub struct Named {
    /// `w`, `net.fc1.weight`, `layers[0]`.
    pub name: String,
    /// The tensor.
    pub tensor: Tensor,
    /// Whether it is an `nn.Parameter`.
    pub parameter: bool,
}

/// Variables inside each other that are looked through.
const DEEPEST: usize = 8;
/// Tensors that are named at most.
const MOST: usize = 2000;

impl Machine {
    /// The line of the statement or expression that runs now, counted from 1.
    pub fn line(&self) -> Option<u32> {
        self.span().map(|span| line_of(&self.text, span.start))
    }

    /// Whether backward passes of the program stop at each node when that is asked for, from now on. It changes how instructions
    /// are counted, so it is chosen before a program runs.
    pub fn set_stepped_passes(&mut self, stepped: bool) {
        self.stepped_passes = stepped;
    }

    /// How many ops have run so far, on all devices and by all copies of the machine.
    pub fn ops_run(&self) -> u64 {
        self.torch.engines().map(engine::Engine::ops_run).sum()
    }

    /// The tensors that variables hold: first those of the functions that run, the innermost first, then those of the program.
    pub fn named_tensors(&self) -> Vec<Named> {
        let mut found = Vec::new();
        for frame in self.frames.iter().rev().filter(|frame| !frame.code.internal) {
            if frame.code.flavour != Flavour::Module {
                for (name, value) in frame.code.locals.iter().zip(&frame.locals) {
                    if let Some(value) = value {
                        name_tensors(name, value, 0, &mut found);
                    }
                }
            }
        }
        if let Some(main) = self.modules.get("__main__") {
            for (name, value) in main.attrs.borrow().iter() {
                name_tensors(name, value, 0, &mut found);
            }
        }
        found
    }

    /// The modules whose `forward` is running, from the outermost to the innermost: `["net", "net.fc1"]`.
    pub fn modules_called(&self) -> Vec<String> {
        let called = self.frames.iter().filter_map(|frame| match frame.locals.first() {
            Some(Some(Value::Instance(module))) if &*frame.code.name == "forward" => {
                (module.class().layout == Layout::Module).then(|| Rc::clone(module))
            }
            _ => None,
        });
        let mut path: Vec<(Rc<Instance>, String)> = Vec::new();
        for module in called {
            let name = match path.last() {
                Some((outer, prefix)) => name_within(outer, &module).map(|name| format!("{prefix}.{name}")),
                None => self.name_of(&module),
            };
            let name = name.unwrap_or_else(|| module.class().name.to_lowercase());
            path.push((module, name));
        }
        path.into_iter().map(|(_, name)| name).collect()
    }

    /// The variable of the program that holds an object.
    fn name_of(&self, object: &Rc<Instance>) -> Option<String> {
        let main = self.modules.get("__main__")?;
        let attrs = main.attrs.borrow();
        let mut names = attrs.iter();
        names.find_map(|(name, value)| match value {
            Value::Instance(other) if Rc::ptr_eq(other, object) => Some(name.to_string()),
            _ => None,
        })
    }
}

/// The name under which a module has another.
fn name_within(outer: &Instance, inner: &Rc<Instance>) -> Option<String> {
    let Some(Value::Dict(children)) = outer.get("_modules").map(|value| value.unwrapped()) else {
        return None;
    };
    let children = children.0.borrow();
    let mut all = children.iter();
    all.find_map(|(name, child)| match (name, child) {
        (Value::Str(name), Value::Instance(child)) if Rc::ptr_eq(child, inner) => Some(name.to_string()),
        _ => None,
    })
}

fn name_tensors(name: &str, value: &Value, depth: usize, found: &mut Vec<Named>) {
    if depth > DEEPEST || found.len() >= MOST || (depth == 0 && name.starts_with('_')) {
        return;
    }
    match value.unwrapped() {
        Value::Tensor(t) => {
            found.push(Named { name: name.to_owned(), tensor: t.tensor.clone(), parameter: t.parameter });
        }
        Value::Instance(instance) => {
            let module = instance.class().layout == Layout::Module;
            let places: &[&str] = if module { &["_parameters", "_buffers", "_modules"] } else { &[] };
            for place in places {
                if let Some(Value::Dict(dict)) = instance.get(place).map(|value| value.unwrapped()) {
                    name_items(name, &dict.0.borrow(), depth, found);
                }
            }
        }
        Value::List(list) => {
            let items = list.0.borrow();
            for (i, item) in items.iter().enumerate().take(16) {
                name_tensors(&format!("{name}[{i}]"), item, depth + 1, found);
            }
        }
        _ => {}
    }
}

fn name_items(name: &str, items: &crate::map::Map, depth: usize, found: &mut Vec<Named>) {
    for (key, item) in items.iter() {
        if let Value::Str(key) = key {
            name_tensors(&format!("{name}.{key}"), item, depth + 1, found);
        }
    }
}
