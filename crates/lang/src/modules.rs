//! The modules that can be imported.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::hint::black_box;
use std::rc::Rc;

use crate::code::Code;
use crate::error::{Result, Stop};
use crate::native::{NativeClass, NativeModule};

/// All modules of ours.
const MODULES: &[&[NativeModule]] = &[
    crate::builtins::MODULES,
    crate::builtins::LIBRARY,
    crate::torch::MODULES,
    crate::torch::nn::MODULES,
    crate::torch::optim::MODULES,
    crate::torch::loading::MODULES,
    crate::vision::MODULES,
    crate::numpy::MODULES,
    crate::pyplot::MODULES,
];

/// The module of that name.
pub(crate) fn find(name: &str) -> Option<&'static NativeModule> {
    MODULES.iter().copied().flatten().find(|module| module.name == name)
}

/// The names of all modules, for hints.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    MODULES.iter().copied().flatten().map(|module| module.name)
}

/// Whether it is a module of ours, and not one of the program.
pub(crate) fn importable(name: &str) -> bool {
    find(name).is_some()
}

/// All native classes, bases first.
pub(crate) fn classes() -> impl Iterator<Item = &'static NativeClass> {
    const CLASSES: &[&[&NativeClass]] = &[
        crate::builtins::CLASSES,
        crate::torch::CLASSES,
        crate::torch::UNNAMED,
        crate::torch::nn::CLASSES,
        crate::vision::CLASSES,
        crate::numpy::CLASSES,
        crate::pyplot::CLASSES,
    ];
    CLASSES.iter().copied().flatten().copied()
}

thread_local! {
    /// The parts in Python that were compiled, which many machines share.
    static COMPILED: RefCell<HashMap<&'static str, Rc<Code>>> = RefCell::default();

    /// Brings the parts in Python that are not there yet.
    static FETCH: Cell<Option<fn()>> = const { Cell::new(None) };
}

/// Where the parts in Python need not be there from the start: how those that are missing are brought, before `fetch` returns. In
/// their place is nothing but zeros until then (see the crate `split`).
pub fn on_missing(fetch: fn()) {
    FETCH.set(Some(fetch));
}

/// A part in Python, in which that is there which stands at a place when this returns, if it can be had.
pub(crate) fn present(source: &'static str, at: usize) -> &'static str {
    // To the compiler, a constant is what it was when it compiled.
    if black_box(source).as_bytes().get(at) == Some(&0)
        && let Some(fetch) = FETCH.get()
    {
        fetch();
    }
    black_box(source)
}

/// The code of the part of a module in Python.
///
/// # Errors
/// A fault of ours, if it is wrong.
pub(crate) fn compiled(name: &str, source: &'static str) -> Result<Rc<Code>> {
    let module = find(name).map_or("", |module| module.name);
    if let Some(code) = COMPILED.with_borrow(|known| known.get(module).cloned()) {
        return Ok(code);
    }
    let fault = |error: crate::parser::SyntaxError| {
        Stop::error("SyntaxError", format!("in {module}: {} at byte {}", error.message, error.span.start))
    };
    let source = present(source, 0);
    #[cfg(not(test))]
    let text = source;
    #[cfg(test)]
    let text = tests::blanked(source);
    let tree = crate::parser::parse_ours(text).map_err(|errors| {
        errors.into_iter().next().map_or_else(|| Stop::error("SyntaxError", module), fault)
    })?;
    let code = crate::compile::compile_ours(&tree, source).map_err(fault)?;
    COMPILED.with_borrow_mut(|known| known.insert(module, Rc::clone(&code)));
    Ok(code)
}

#[cfg(test)]
mod tests;
