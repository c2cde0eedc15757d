//! All names that programs can use, as a page of Markdown: read from a machine that has imported everything.

use std::fmt::Write as _;
use std::rc::Rc;

use engine::Engine;

use crate::class::{Class, Layout};
use crate::function::{Function, NativeFunction, PropertyKind};
use crate::machine::{Limits, Machine};
use crate::value::{Module, Value};

const INTRODUCTION: &str = "\
# Names

What programs can use, by module. `seegrad names` writes this page; a test compares both. A `/` ends the parameters that have no
name, behind `*` are those that must be named.
";

/// The modules that come first; the others follow in the order of the alphabet.
const FIRST: &[&str] = &[
    "torch",
    "torch.nn",
    "torch.nn.functional",
    "torch.nn.init",
    "torch.nn.utils",
    "torch.optim",
    "torch.optim.lr_scheduler",
    "torch.autograd",
    "torch.utils.data",
    "torchvision",
    "torchvision.datasets",
    "torchvision.transforms",
    "torchvision.utils",
    "numpy",
    "matplotlib.pyplot",
    "builtins",
];

/// All names with their signatures, in Markdown.
pub fn names(engine: Engine) -> String {
    let mut all: Vec<&str> =
        crate::modules::names().filter(|name| !name.split('.').any(|part| part.starts_with('_'))).collect();
    sorting::sort_by_key(&mut all, |name| {
        (FIRST.iter().position(|first| first == name).unwrap_or(FIRST.len()), *name)
    });
    let mut vm = Machine::new(engine, Limits::default());
    let text: String = all.iter().map(|name| format!("import {name}\n")).collect();
    if vm.load(&text).is_ok() {
        vm.run(u64::MAX, &crate::machine::Stops::default());
    }
    let mut page = Page { vm, out: INTRODUCTION.to_owned() };
    for name in all {
        page.module(name);
        if name == "torch" {
            page.tensors();
        }
    }
    page.out
}

struct Page {
    vm: Machine,
    out: String,
}

impl Page {
    fn heading(&mut self, text: &str) {
        let _ = write!(self.out, "\n## {text}\n\n");
    }

    fn line(&mut self, text: &str) {
        let _ = writeln!(self.out, "- `{text}`");
    }

    fn module(&mut self, name: &str) {
        let module = if name == "builtins" { Some(Rc::clone(&self.vm.builtins)) } else { None };
        let Some(module) = module.or_else(|| self.vm.modules.get(name).cloned()) else { return };
        let mut lines = Vec::new();
        for (own, value) in module.attrs.borrow().iter() {
            if !own.starts_with('_')
                && let Some(text) = described(own, value, &module)
            {
                lines.push((own.to_lowercase(), text));
            }
        }
        if lines.is_empty() {
            return;
        }
        sorting::sort_by(&mut lines, Ord::cmp);
        self.heading(name);
        lines.iter().for_each(|(_, text)| self.line(text));
    }

    /// The methods and attributes of a tensor.
    fn tensors(&mut self) {
        let Some(class) = self.vm.class("torch", "Tensor") else { return };
        self.heading("torch.Tensor");
        members(&class).iter().for_each(|text| self.line(text));
    }
}

/// A line about a name of a module; nothing for what it has from elsewhere.
fn described(name: &str, value: &Value, module: &Rc<Module>) -> Option<String> {
    // What comes from a module whose name begins with `_` belongs to the one that has it.
    let part = format!("{}.modules.", module.name);
    let elsewhere = |from: &str| {
        from != &*module.name
            && !from.starts_with(&part)
            && !from.split('.').any(|part| part.starts_with('_'))
    };
    match value {
        Value::Module(_) => None,
        Value::Native(function) => Some(format!("{name}{}", native(function, 0))),
        Value::Function(function) if elsewhere(&function.globals.name) => None,
        Value::Function(function) => Some(format!("{name}{}", written(function, 0))),
        Value::Class(class) if elsewhere(&class.module) => None,
        Value::Class(class) => Some(class_line(name, class)),
        Value::Instance(_) | Value::Method(_) | Value::Generator(_) => Some(name.to_owned()),
        Value::Int(_) | Value::Float(_) | Value::Bool(_) | Value::Str(_) | Value::Object(_) => {
            Some(name.to_owned())
        }
        _ => None,
    }
}

/// How a class is called; and its methods, if it is not one of those that are told apart or have those of another.
fn class_line(name: &str, class: &Rc<Class>) -> String {
    let init = match class.lookup("__init__") {
        Some(Value::Function(init)) => written(&init, 1),
        _ => match &class.constructor {
            Some(new) => native(new, 0),
            None => "()".to_owned(),
        },
    };
    let own = class.layout == Layout::Exception || matches!(name, "Tensor" | "object");
    let methods: Vec<String> = if own { Vec::new() } else { members(class) };
    let methods: Vec<&str> = methods.iter().filter_map(|text| text.split('(').next()).collect();
    match methods.as_slice() {
        [] => format!("{name}{init}"),
        methods => format!("{name}{init}`: `{}", methods.join("`, `")),
    }
}

/// The methods and attributes that a class itself has, with their signatures.
fn members(class: &Rc<Class>) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, value) in class.attrs.borrow().iter() {
        if name.starts_with('_') || matches!(&**name, "forward" | "extra_repr") {
            continue;
        }
        lines.push(match value {
            Value::Native(function) => format!("{name}{}", native(function, 1)),
            Value::Function(function) => format!("{name}{}", written(function, 1)),
            Value::Property(property) => match (property.kind, &*property.get.borrow()) {
                (PropertyKind::Static, Value::Function(function)) => {
                    format!("{name}{}", written(function, 0))
                }
                (PropertyKind::Class, Value::Function(function)) => format!("{name}{}", written(function, 1)),
                (PropertyKind::Static, Value::Native(function)) => format!("{name}{}", native(function, 0)),
                (PropertyKind::Class, Value::Native(function)) => format!("{name}{}", native(function, 1)),
                _ => name.to_string(),
            },
            _ => name.to_string(),
        });
    }
    sorting::sort_by(&mut lines, Ord::cmp);
    lines
}

/// The parameters of a native function behind the first `skip`, as they are declared.
fn native(function: &NativeFunction, skip: usize) -> String {
    let signature = function.native.signature;
    let inside = signature.find('(').map_or("", |open| &signature[open + 1..]);
    let inside = inside.strip_suffix(')').unwrap_or(inside).replace('\n', "\\n");
    let parts: Vec<&str> = inside.split(", ").filter(|part| !part.is_empty()).skip(skip).collect();
    let parts = parts.strip_prefix(&["/"]).unwrap_or(&parts);
    format!("({})", parts.join(", "))
}

/// The parameters of a function in Python behind the first `skip`.
fn written(function: &Rc<Function>, skip: usize) -> String {
    let (code, params) = (&function.code, function.code.params);
    let mut names = code.locals.iter();
    let (defaults, keyword) = (function.defaults.borrow(), function.keyword_defaults.borrow());
    let (positional, unnamed) = (usize::from(params.positional), usize::from(params.positional_only));
    let mut parts: Vec<String> = Vec::new();
    for i in 0..positional {
        let name = names.next().map_or("", |name| name);
        let default = (i + defaults.len()).checked_sub(positional).and_then(|i| defaults.get(i));
        parts
            .push(default.map_or_else(|| name.to_owned(), |value| format!("{name}={}", default_text(value))));
        if i + 1 == unnamed {
            parts.push("/".to_owned());
        }
    }
    let named: Vec<String> = (0..usize::from(params.keyword))
        .map(|i| {
            let name = names.next().map_or("", |name| name);
            let default = keyword.get(i).and_then(Option::as_ref);
            default.map_or_else(|| name.to_owned(), |value| format!("{name}={}", default_text(value)))
        })
        .collect();
    if params.args {
        parts.push(format!("*{}", names.next().map_or("", |name| name)));
    } else if !named.is_empty() {
        parts.push("*".to_owned());
    }
    parts.extend(named);
    if params.kwargs {
        parts.push(format!("**{}", names.next().map_or("", |name| name)));
    }
    let rest = parts.split_off(skip.min(parts.len()));
    let rest = rest.strip_prefix(&["/".to_owned()]).unwrap_or(&rest);
    format!("({})", rest.join(", "))
}

/// A default, as it is written.
fn default_text(value: &Value) -> String {
    match value {
        Value::None => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Int(i) => i.to_string(),
        Value::Float(x) => engine::print::float_repr(*x),
        Value::Str(text) => crate::quote::quoted(text),
        Value::Tuple(tuple) => {
            let items: Vec<String> = tuple.items().iter().map(default_text).collect();
            format!("({}{})", items.join(", "), if items.len() == 1 { "," } else { "" })
        }
        _ => "…".to_owned(),
    }
}
