//! `enumerate`, `zip`, iterators and generators.

use super::class;
use super::kinds::same;
use crate::class::Layout;
use crate::error::{Result, Stop, type_error};
use crate::iterate::resume;
use crate::machine::Machine;
use crate::native::{Args, Native, NativeClass};
use crate::value::Value;

pub(super) const ENUMERATE: NativeClass = NativeClass {
    constructor: Some(Native::new("enumerate(iterable, start=0)", super::walk::enumerate)),
    methods: &[ITERATOR],
    ..class("enumerate", Layout::Native)
};

pub(super) const ZIP: NativeClass = NativeClass {
    constructor: Some(Native::new("zip(*iterables, strict=False)", super::walk::zip)),
    methods: &[ITERATOR],
    ..class("zip", Layout::Native)
};

pub(super) const ITER: NativeClass =
    NativeClass { methods: &[ITERATOR], ..class("iterator", Layout::Native) };

pub(super) const GENERATOR: NativeClass = NativeClass {
    methods: &[
        ITERATOR,
        &[
            Native::new("send(self, value, /)", send),
            Native::new("throw(self, kind, value=None, traceback=None, /)", throw),
            Native::new("close(self)", close),
        ],
    ],
    ..class("generator", Layout::Native)
};

const ITERATOR: &[Native] = &[
    Native::new("__iter__(self)", same),
    Native::new("__next__(self)", |vm, args| Err(Stop::call(vm.helper("next"), vec![args.get(0)]))),
];

fn send(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let Value::Generator(generator) = args.get(0) else { return Err(args.wrong(0, "generator")) };
    let sent = args.get(1);
    if !sent.is_none() && generator.is_new() {
        return type_error("can't send non-None value to a just-started generator");
    }
    Err(resume(&generator, sent))
}

fn throw(vm: &mut Machine, args: &Args) -> Result<Value> {
    let exception = match (args.get(1), args.get(2)) {
        (Value::Class(class), value) => {
            let given = if value.is_none() { Vec::new() } else { vec![value] };
            return Err(Stop::call(
                vm.helper("_throw"),
                vec![args.get(0), Value::Class(class), Value::tuple(given)],
            ));
        }
        (instance, _) => instance,
    };
    let Value::Generator(generator) = args.get(0) else { return Err(args.wrong(0, "generator")) };
    if !matches!(&exception, Value::Instance(instance) if instance.class().is_builtin("BaseException")) {
        return type_error("exceptions must be classes or instances deriving from BaseException");
    }
    Err(match resume(&generator, exception) {
        Stop::Resume(mut resume) => {
            resume.thrown = true;
            Stop::Resume(resume)
        }
        other => other,
    })
}

fn close(vm: &mut Machine, args: &Args) -> Result<Value> {
    Err(Stop::call(vm.helper("_close"), vec![args.get(0)]))
}
