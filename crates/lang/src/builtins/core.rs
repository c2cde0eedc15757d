//! What the machine itself relies on: `object`, `type`, exceptions, and printing.

use std::rc::Rc;

use crate::class::Layout;
use crate::error::{Result, Stop};
use crate::iterate::{Next, resume};
use crate::machine::Machine;
use crate::native::{Args, Native, NativeClass};
use crate::value::{Module, Value};

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

pub(super) const OBJECT: NativeClass = class("object", Layout::Plain);
pub(super) const TYPE: NativeClass =
    NativeClass { constructor: Some(Native::new("type(object)", type_of)), ..class("type", Layout::Native) };
pub(super) const BASE_EXCEPTION: NativeClass = class("BaseException", Layout::Exception);

pub(super) const FUNCTIONS: &[Native] = &[
    Native::new("_write(text)", write),
    Native::new("iter(object)", iter),
    Native::new("next(iterator, default=None)", next),
];

/// The constants that are no keywords.
pub(super) fn build(_vm: &mut Machine, module: &Rc<Module>) {
    module.set("NotImplemented", Value::NotImplemented);
    module.set("Ellipsis", Value::Ellipsis);
}

fn type_of(vm: &mut Machine, args: &Args) -> Result<Value> {
    Ok(vm.class_of(&args.get(0)).map_or(Value::None, Value::Class))
}

/// What `print` has made a text of.
fn write(vm: &mut Machine, args: &Args) -> Result<Value> {
    let text = args.str(0)?;
    vm.print(&text)?;
    Ok(Value::None)
}

fn iter(vm: &mut Machine, args: &Args) -> Result<Value> {
    vm.iter(&args.get(0))
}

fn next(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (iterator, default) = (args.get(0), args.given(1).then(|| args.get(1)));
    if let Value::Generator(generator) = &iterator {
        return Err(match resume(generator, Value::None) {
            Stop::Resume(mut resume) => {
                resume.default = default;
                Stop::Resume(resume)
            }
            other => other,
        });
    }
    match (vm.next(&iterator), default) {
        (Ok(Next::Item(item)), _) => Ok(item),
        (Ok(Next::End), Some(default)) => Ok(default),
        (Ok(Next::End), None) => {
            let exception = vm.exception("StopIteration", Vec::new())?;
            Err(Stop::Raise(exception))
        }
        (Err(Stop::Call(call)), Some(default)) => {
            Err(Stop::call(vm.helper("_next_or"), vec![call.callee, Value::tuple(call.args), default]))
        }
        (Err(stop), _) => Err(stop),
    }
}
