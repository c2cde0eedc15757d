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

/// A part in Python, which is there when this returns.
fn present(source: &'static str) -> &'static str {
    // To the compiler, a constant is what it was when it compiled.
    if black_box(source).starts_with('\0')
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
    let source = present(source);
    let tree = crate::parser::parse(source).map_err(|errors| {
        errors.into_iter().next().map_or_else(|| Stop::error("SyntaxError", module), fault)
    })?;
    let code = crate::compile::compile(&tree, source, true).map_err(fault)?;
    COMPILED.with_borrow_mut(|known| known.insert(module, Rc::clone(&code)));
    Ok(code)
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::rc::Rc;

    use backend_cpu::CpuBackend;
    use engine::Engine;

    use super::{COMPILED, MODULES, compiled};
    use crate::error::Stop;
    use crate::{Limits, Machine, Stops};

    /// How a source begins that can follow: see `build.rs`.
    const LATE: &str = "#late\n";

    #[test]
    fn every_part_in_python_compiles() {
        for module in MODULES.iter().copied().flatten() {
            let Some(source) = module.source else { continue };
            if let Err(Stop::Error(fault)) = compiled(module.name, source) {
                panic!("{}", fault.text);
            }
        }
    }

    /// What the page begins with takes these parts, and no others: they come with the page, and the others follow.
    #[test]
    fn the_parts_that_the_page_begins_with_are_early() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let first = std::fs::read_to_string(root.join("www/programs/first_line.py"));
        let first = first.expect("the page has a first program");
        let mut machine = Machine::new(Engine::new(Rc::new(CpuBackend::new())), Limits::default());
        assert!(machine.load(&first).is_ok());
        machine.run(u64::MAX, &Stops::default());
        let taken: Vec<_> = COMPILED.with_borrow(|known| known.keys().copied().collect());
        // Some lines that the module itself has are with the page.
        let all = MODULES.iter().copied().flatten();
        let parts = all.filter_map(|module| module.source.map(|source| (module.name, source)));
        let wrong: Vec<_> = parts
            .filter(|(_, source)| source.lines().count() > 5)
            .filter(|(name, source)| {
                let [begins, has] = [source.starts_with(LATE), source.contains(LATE)];
                begins != has || has == taken.contains(name)
            })
            .map(|(name, _)| name)
            .collect();
        assert_eq!(wrong, [""; 0], "early.txt names the sources of too many modules, or of too few");
    }
}
