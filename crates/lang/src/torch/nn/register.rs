//! `torch.nn`: modules register the parameters, buffers and modules among their attributes.

use std::rc::Rc;

use crate::class::Instance;
use crate::error::{Result, Stop};
use crate::map::Key;
use crate::value::{Dict, Value};

/// The dicts in which a module keeps what is registered, in the order in which they are searched.
const DICTS: [&str; 3] = ["_parameters", "_buffers", "_modules"];

fn dict(module: &Instance, name: &str) -> Option<Rc<Dict>> {
    match module.get(name)?.unwrapped() {
        Value::Dict(dict) => Some(dict),
        _ => None,
    }
}

/// What a module has registered under a name.
pub(crate) fn registered(module: &Instance, name: &str) -> Option<Value> {
    DICTS.iter().find_map(|kind| dict(module, kind)?.0.borrow().get_str(name))
}

/// Registers an attribute of a module that is a parameter or a module, or stands in the place of one. Whether it did.
///
/// # Errors
/// If `Module.__init__` has not run, or the value does not fit what is registered.
pub(crate) fn register(module: &Instance, name: &str, value: &Value) -> Result<bool> {
    let kind = match value {
        Value::Tensor(tensor) if tensor.parameter => "_parameters",
        Value::Instance(instance) if instance.class().layout == crate::class::Layout::Module => "_modules",
        _ => return replace(module, name, value),
    };
    let Some(own) = dict(module, kind) else {
        let what = if kind == "_parameters" { "parameters" } else { "module" };
        return Err(Stop::error(
            "AttributeError",
            format!("cannot assign {what} before Module.__init__() call"),
        )
        .hint("Call super().__init__() at the start of __init__."));
    };
    for other in DICTS.iter().filter(|other| **other != kind) {
        if let Some(dict) = dict(module, other) {
            dict.0.borrow_mut().remove(&Key::new(Value::str(name))?);
        }
    }
    module.attrs.borrow_mut().remove(name);
    own.0.borrow_mut().set_str(name, value.clone());
    Ok(true)
}

/// Puts a value in the place of one that is registered.
fn replace(module: &Instance, name: &str, value: &Value) -> Result<bool> {
    for kind in DICTS {
        let Some(dict) = dict(module, kind) else { continue };
        if dict.0.borrow().get_str(name).is_none() {
            continue;
        }
        let fits = value.is_none() || kind == "_buffers" && matches!(value, Value::Tensor(_));
        if !fits {
            let expected = match kind {
                "_parameters" => "parameter",
                "_buffers" => "buffer",
                _ => "child module",
            };
            let needs = match kind {
                "_parameters" => "torch.nn.Parameter or None expected",
                "_buffers" => "torch.Tensor or None expected",
                _ => "torch.nn.Module or None expected",
            };
            let found = match value {
                Value::Tensor(_) => "torch.FloatTensor".to_owned(),
                other => other.type_name(),
            };
            let text = format!("cannot assign '{found}' as {expected} '{name}' ({needs})");
            return Err(Stop::error("TypeError", text));
        }
        dict.0.borrow_mut().set_str(name, value.clone());
        return Ok(true);
    }
    Ok(false)
}

/// Removes what is registered under a name.
pub(crate) fn unregister(module: &Instance, name: &str) -> Option<Value> {
    let key = Key::new(Value::str(name)).ok()?;
    DICTS.iter().find_map(|kind| dict(module, kind)?.0.borrow_mut().remove(&key))
}
