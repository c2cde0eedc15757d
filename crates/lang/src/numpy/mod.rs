//! `numpy`: arrays on the CPU. What loops over elements is native; what is composed of that is Python (`numpy.py`).

mod array;
mod decompose;
mod elementwise;
mod files;
mod functions;
mod index;
mod join;
mod kind;
mod linalg;
mod methods;
mod nd;
pub(crate) mod number;
mod order;
mod print;
mod products;
mod reduce;
mod shape;

pub(crate) use array::Array;
pub(crate) use index::rows;
pub(crate) use kind::Kind;
pub(crate) use nd::{Nd, count, tuple};
pub(crate) use print::PrintOptions;

use std::rc::Rc;

use crate::error::Result;
use crate::machine::Machine;
use crate::native::{Args, Native, NativeClass, NativeModule};
use crate::value::{Module, Value};

/// The modules of NumPy.
pub(crate) const MODULES: &[NativeModule] = &[
    NativeModule {
        name: "numpy",
        functions: &[
            functions::BINARY,
            functions::UNARY,
            reduce::REDUCTIONS,
            shape::FUNCTIONS,
            join::FUNCTIONS,
            order::FUNCTIONS,
            products::FUNCTIONS,
            files::FUNCTIONS,
            FUNCTIONS,
        ],
        classes: CLASSES,
        build: Some(constants),
        source: Some(concat!(
            python!("numpy/create.py"),
            python!("numpy/join.py"),
            python!("numpy/statistics.py"),
            python!("numpy/algebra.py"),
            python!("numpy/texts.py"),
            python!("numpy/files.py")
        )),
    },
    NativeModule {
        name: "numpy.random",
        functions: &[crate::random::numpy::FUNCTIONS],
        classes: &[&crate::random::numpy::CLASS],
        build: None,
        source: Some(concat!(python!("numpy/random.py"), python!("numpy/generator.py"))),
    },
    NativeModule {
        name: "numpy.linalg",
        functions: &[linalg::FUNCTIONS, decompose::FUNCTIONS],
        classes: &[],
        build: None,
        source: Some(python!("numpy/linalg.py")),
    },
];

/// Its classes, bases first.
pub(crate) const CLASSES: &[&NativeClass] = &[
    &kind::CLASS,
    &number::NDARRAY,
    &number::GENERIC,
    &number::NUMBER,
    &number::INTEGER,
    &number::SIGNED,
    &number::UNSIGNED,
    &number::FLOATING,
    &number::BOOL,
    &number::UINT8,
    &number::INT8,
    &number::INT16,
    &number::INT32,
    &number::INT64,
    &number::FLOAT32,
    &number::FLOAT64,
    &crate::random::numpy::CLASS,
];

const FUNCTIONS: &[Native] = &[
    Native::new("_set_printoptions(precision, threshold, edgeitems, linewidth, suppress)", set_print_options),
    Native::new("_array_text(a, separator, prefix, suffix)", |vm, args| {
        let (nd, separator, prefix) = (vm.nd(&args.get(0))?, args.str(1)?, args.str(2)?);
        let suffix = args.count(3)?;
        let write = |nd: &_, options: &PrintOptions| {
            print::lines(nd, options, &separator, &prefix, options.linewidth.saturating_sub(suffix))
        };
        Ok(Value::from(print::written(vm, &nd, write)?))
    }),
    Native::new("array_repr(arr)", |vm, args| {
        let nd = vm.nd(&args.get(0))?;
        Ok(Value::from(print::written(vm, &nd, print::repr)?))
    }),
    Native::new("array_str(a)", |vm, args| {
        let nd = vm.nd(&args.get(0))?;
        Ok(Value::from(print::written(vm, &nd, print::str)?))
    }),
];

/// Sets the constants, and other names of types.
fn constants(vm: &mut Machine, module: &Rc<Module>) {
    module.set("pi", std::f64::consts::PI);
    module.set("e", std::f64::consts::E);
    for (name, x) in [("inf", f64::INFINITY), ("Inf", f64::INFINITY), ("nan", f64::NAN), ("NaN", f64::NAN)] {
        module.set(name, x);
    }
    module.set("newaxis", Value::None);
    // The part in Python has functions of the same names.
    for (own, name) in [("_max", "max"), ("_min", "min"), ("_abs", "abs")] {
        module.set(own, vm.builtins.get(name).unwrap_or(Value::None));
    }
    module.set("__version__", "1.24.2");
    for (name, class) in [
        ("float_", "float64"),
        ("double", "float64"),
        ("single", "float32"),
        ("int_", "int64"),
        ("intp", "int64"),
    ] {
        if let Some(class) = vm.class("numpy", class) {
            module.set(name, Value::Class(class));
        }
    }
    // Real numbers of 64 bits are also floats of Python.
    if let (Some(own), Some(float)) = (vm.class("numpy", "float64"), vm.class("builtins", "float")) {
        let known = own.ancestors.borrow().iter().any(|class| Rc::ptr_eq(class, &float));
        if !known {
            own.ancestors.borrow_mut().push(float);
        }
    }
}

fn set_print_options(vm: &mut Machine, args: &Args) -> Result<Value> {
    let mut options = vm.print_options();
    let before: Vec<Value> = [options.precision, options.threshold, options.edgeitems, options.linewidth]
        .map(Value::from)
        .into_iter()
        .chain([Value::Bool(options.suppress)])
        .collect();
    let size = |i: usize| args.opt(i).and_then(|value| value.as_float()).map(|x| x.clamp(0.0, 1e9) as usize);
    options.precision = size(0).unwrap_or(options.precision);
    options.threshold = size(1).unwrap_or(options.threshold);
    options.edgeitems = size(2).unwrap_or(options.edgeitems);
    options.linewidth = size(3).unwrap_or(options.linewidth);
    if args.opt(4).is_some() {
        options.suppress = args.bool(4)?;
    }
    vm.set_print_options(options);
    Ok(Value::tuple(before))
}
