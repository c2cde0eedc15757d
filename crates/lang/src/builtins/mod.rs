//! Plain Python: `builtins` and the small modules of its library.

mod core;
mod parent;

pub(crate) use parent::Super;

use crate::native::{NativeClass, NativeModule};

/// The modules of plain Python.
pub(crate) const MODULES: &[NativeModule] = &[NativeModule {
    name: "builtins",
    functions: &[core::FUNCTIONS],
    classes: CLASSES,
    build: Some(core::build),
    source: Some(include_str!("prelude.py")),
}];

/// The classes of plain Python, bases first.
pub(crate) const CLASSES: &[&NativeClass] =
    &[&core::OBJECT, &core::TYPE, &core::BASE_EXCEPTION, &parent::SUPER];
