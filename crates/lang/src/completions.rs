//! What programs can import, with signatures, as the editor completes it: `www/editor/src/names.json`. This test says whether the file is
//! true; `SEEGRAD_NAMES=write cargo test -p lang completions` writes it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use std::rc::Rc;

use backend_cpu::CpuBackend;
use engine::Engine;

use crate::class::Class;
use crate::function::Function;
use crate::machine::{Event, Limits, Machine, Stops};
use crate::value::Value;

const FILE: &str = "../../www/editor/src/names.json";

/// The modules whose names are completed. Those of a module that is not here are in one that is.
const MODULES: &[&str] = &[
    "collections",
    "functools",
    "itertools",
    "math",
    "matplotlib.pyplot",
    "numpy",
    "numpy.linalg",
    "numpy.random",
    "random",
    "time",
    "torch",
    "torch.autograd",
    "torch.autograd.functional",
    "torch.distributions",
    "torch.linalg",
    "torch.nn",
    "torch.nn.functional",
    "torch.nn.init",
    "torch.nn.utils",
    "torch.optim",
    "torch.optim.lr_scheduler",
    "torch.utils.data",
    "torchvision.datasets",
    "torchvision.transforms",
];

/// A machine that has imported all of them.
fn machine() -> Machine {
    let mut vm = Machine::new(Engine::new(Rc::new(CpuBackend::new())), Limits::default());
    let text: String = MODULES.iter().map(|module| format!("import {module}\n")).collect();
    assert!(vm.load(&text).is_ok(), "it can be parsed");
    loop {
        match vm.run(1_000_000, &Stops::default()) {
            Event::Finished(_) => return vm,
            Event::Failed(traceback) => panic!("{}", traceback.text),
            Event::Need => panic!("importing needs something from outside"),
            _ => {}
        }
    }
}

fn is_public(name: &str) -> bool {
    !name.starts_with('_')
}

/// A default as Python writes it; what takes long to write is `...`.
fn literal(value: &Value) -> String {
    match value {
        Value::None => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Int(n) => n.to_string(),
        Value::Float(x) => format!("{x:?}"),
        Value::Str(text) => format!("'{}'", text.escape_default()),
        Value::Tuple(tuple) => {
            let items: Vec<_> = tuple.items().iter().map(literal).collect();
            let comma = if items.len() == 1 { "," } else { "" };
            format!("({}{comma})", items.join(", "))
        }
        _ => "...".to_owned(),
    }
}

/// The arguments of a function that is written in Python, without the first `skip`.
fn arguments(function: &Function, skip: usize) -> String {
    let (params, locals) = (function.code.params, &function.code.locals);
    let (places, names) = (usize::from(params.positional), usize::from(params.keyword));
    let defaults = function.defaults.borrow();
    let first = places - defaults.len();
    let named = |i: usize, default: Option<&Value>| match default {
        Some(value) => format!("{}={}", locals[i], literal(value)),
        None => locals[i].to_string(),
    };
    let mut all: Vec<_> =
        (skip..places).map(|i| named(i, i.checked_sub(first).and_then(|k| defaults.get(k)))).collect();
    let rest = places + names;
    if params.args {
        all.push(format!("*{}", locals[rest]));
    } else if names > 0 {
        all.push("*".to_owned());
    }
    let defaults = function.keyword_defaults.borrow();
    all.extend((0..names).map(|k| named(places + k, defaults.get(k).and_then(Option::as_ref))));
    if params.kwargs {
        all.push(format!("**{}", locals[rest + usize::from(params.args)]));
    }
    format!("({})", all.join(", "))
}

/// The signature of a native function, of which a method's own object is no part.
fn native(signature: &str, method: bool) -> String {
    let inside = signature.split_once('(').map_or("", |(_, rest)| rest.trim_end_matches(')'));
    let mut parts = inside.split(", ").filter(|part| *part != "/");
    if method {
        parts.next();
    }
    format!("({})", parts.collect::<Vec<_>>().join(", "))
}

/// What an instance of a class is made of.
fn constructor(class: &Rc<Class>) -> String {
    let ancestors = class.ancestors.borrow();
    for class in std::iter::once(class).chain(ancestors.iter()) {
        match class.attrs.borrow().get("__init__") {
            Some(Value::Function(function)) => return arguments(&function, 1),
            Some(Value::Native(function)) => return native(function.native.signature, true),
            _ => {}
        }
        if let Some(constructor) = &class.constructor {
            return native(constructor.native.signature, false);
        }
    }
    "()".to_owned()
}

/// A name with its arguments; `None` if it is not for programs.
fn described(name: &str, value: &Value) -> Option<String> {
    let arguments = match value {
        Value::Module(_) => return None,
        Value::Native(function) => native(function.native.signature, false),
        Value::Function(function) => arguments(function, 0),
        Value::Class(class) => constructor(class),
        _ => String::new(),
    };
    is_public(name).then(|| format!("{name}{arguments}"))
}

/// The methods and attributes of a class, with those of its bases.
fn members(class: &Rc<Class>) -> BTreeSet<String> {
    let mut found = BTreeMap::new();
    let ancestors = class.ancestors.borrow();
    for class in std::iter::once(class).chain(ancestors.iter()) {
        for (name, value) in class.attrs.borrow().iter().filter(|(name, _)| is_public(name)) {
            let arguments = match value {
                Value::Native(function) => native(function.native.signature, true),
                Value::Function(function) => arguments(function, 1),
                _ => String::new(),
            };
            found.entry(name.to_string()).or_insert_with(|| format!("{name}{arguments}"));
        }
    }
    found.into_values().collect()
}

fn names() -> BTreeMap<String, BTreeSet<String>> {
    let vm = machine();
    let mut all = BTreeMap::new();
    for &name in MODULES {
        let attrs = vm.modules[name].attrs.borrow();
        all.insert(
            name.to_owned(),
            attrs.iter().filter_map(|(name, value)| described(name, value)).collect(),
        );
    }
    if let Some(Value::Class(class)) = vm.modules["torch"].get("Tensor") {
        all.insert("torch.Tensor".to_owned(), members(&class));
    }
    all
}

/// As JSON, a name a line.
fn written(names: &BTreeMap<String, BTreeSet<String>>) -> String {
    let mut out = String::from("{");
    for (i, (module, names)) in names.iter().enumerate() {
        let comma = if i == 0 { "" } else { "," };
        let names: Vec<_> = names.iter().map(|name| format!("{name:?}")).collect();
        let _ = write!(out, "{comma}\n{module:?}: [\n{}\n]", names.join(",\n"));
    }
    out + "\n}\n"
}

#[test]
fn names_that_the_editor_completes_are_those_of_the_modules() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let (names, known) = (written(&names()), std::fs::read_to_string(&path).unwrap_or_default());
    if std::env::var_os("SEEGRAD_NAMES").is_some() {
        std::fs::write(&path, &names).expect("the file can be written");
        return;
    }
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let (ours, theirs) = (lines(&names), lines(&known));
    let differ: Vec<_> = ours.symmetric_difference(&theirs).take(10).cloned().collect();
    assert!(names == known, "{differ:#?}: SEEGRAD_NAMES=write cargo test -p lang names");
}
