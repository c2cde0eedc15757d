//! `property`, `staticmethod` and `classmethod`.

use super::class;
use crate::class::Layout;
use crate::error::Result;
use crate::function::{Property, PropertyKind};
use crate::machine::Machine;
use crate::native::{Args, Getter, Native, NativeClass};
use crate::value::Value;

pub(super) const STATICMETHOD: NativeClass = NativeClass {
    constructor: Some(Native::new("staticmethod(function, /)", |_, args| {
        wrapped(args, PropertyKind::Static)
    })),
    ..class("staticmethod", Layout::Native)
};

pub(super) const CLASSMETHOD: NativeClass = NativeClass {
    constructor: Some(Native::new("classmethod(function, /)", |_, args| wrapped(args, PropertyKind::Class))),
    ..class("classmethod", Layout::Native)
};

pub(super) const PROPERTY: NativeClass = NativeClass {
    constructor: Some(Native::new("property(fget=None, fset=None, fdel=None, doc=None)", property)),
    methods: &[&[
        Native::new("getter(self, fget)", |_, args| with_part(args, 0)),
        Native::new("setter(self, fset)", |_, args| with_part(args, 1)),
        Native::new("deleter(self, fdel)", |_, args| with_part(args, 2)),
    ]],
    getters: &[
        Getter::new("fget", |_, args| part(args, 0)),
        Getter::new("fset", |_, args| part(args, 1)),
        Getter::new("fdel", |_, args| part(args, 2)),
    ],
    ..class("property", Layout::Native)
};

fn wrapped(args: &Args, kind: PropertyKind) -> Result<Value> {
    Ok(Property::value(kind, args.get(0), Value::None))
}

fn property(_vm: &mut Machine, args: &Args) -> Result<Value> {
    Ok(Property::with(PropertyKind::Property, [args.get(0), args.get(1), args.get(2)]))
}

fn part(args: &Args, i: usize) -> Result<Value> {
    let Value::Property(property) = args.get(0) else { return Err(args.wrong(0, "property")) };
    let cells = [&property.get, &property.set, &property.del];
    Ok(cells.get(i).map_or(Value::None, |cell| cell.borrow().clone()))
}

/// A property with another function for one of its three uses.
fn with_part(args: &Args, i: usize) -> Result<Value> {
    let pick = |k: usize| if k == i { Ok(args.get(1)) } else { part(args, k) };
    Ok(Property::with(PropertyKind::Property, [pick(0)?, pick(1)?, pick(2)?]))
}
