//! Plain Python: `builtins` and the small modules of its library.

mod arithmetic;
mod bytes;
mod contain;
mod core;
mod dict;
mod format;
mod frames;
mod iterators;
mod kinds;
mod library;
mod list;
mod lookup;
pub(crate) mod number;
mod parent;
mod property;
mod set;
mod show;
mod text;
mod view;
mod walk;

pub(crate) use bytes::Bytes;
pub(crate) use frames::function_attr;
pub(crate) use library::MODULES as LIBRARY;
pub(crate) use parent::Super;
pub(crate) use view::{View, ViewKind};

use crate::class::Layout;
use crate::native::{NativeClass, NativeModule};

/// The modules of plain Python.
pub(crate) const MODULES: &[NativeModule] = &[NativeModule {
    name: "builtins",
    functions: &[
        core::FUNCTIONS,
        show::FUNCTIONS,
        frames::FUNCTIONS,
        lookup::FUNCTIONS,
        number::FUNCTIONS,
        arithmetic::FUNCTIONS,
        walk::FUNCTIONS,
        list::FUNCTIONS,
        format::FUNCTIONS,
        library::system::FILES,
    ],
    classes: CLASSES,
    build: Some(core::build),
    source: Some(concat!(
        python!("builtins/exceptions.py"),
        python!("builtins/prelude.py"),
        python!("builtins/printed.py"),
        python!("builtins/walked.py"),
        python!("builtins/files.py"),
    )),
}];

/// The classes of plain Python, bases first.
pub(crate) const CLASSES: &[&NativeClass] = &[
    &core::OBJECT,
    &core::TYPE,
    &core::BASE_EXCEPTION,
    &parent::SUPER,
    &kinds::INT,
    &kinds::BOOL,
    &kinds::FLOAT,
    &kinds::RANGE,
    &kinds::SLICE,
    &iterators::ENUMERATE,
    &iterators::ZIP,
    &iterators::ITER,
    &iterators::GENERATOR,
    &property::STATICMETHOD,
    &property::CLASSMETHOD,
    &property::PROPERTY,
    &kinds::PLAIN[0],
    &kinds::PLAIN[1],
    &kinds::PLAIN[2],
    &kinds::PLAIN[3],
    &kinds::PLAIN[4],
    &kinds::PLAIN[5],
    &kinds::PLAIN[6],
    &kinds::PLAIN[7],
    &text::STR,
    &bytes::BYTES,
    &list::LIST,
    &list::TUPLE,
    &dict::DICT,
    &view::KEYS,
    &view::VALUES,
    &view::ITEMS,
    &set::SET,
    &set::FROZENSET,
    &library::GENERATOR,
];

/// A class of `builtins`.
const fn class(name: &'static str, layout: Layout) -> NativeClass {
    NativeClass {
        module: "builtins",
        name,
        base: None,
        layout,
        constructor: None,
        methods: &[],
        getters: &[],
    }
}
