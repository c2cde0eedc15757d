//! What programs can import, with signatures, as the editor completes it: `www/editor/src/names.json`. This test says whether the file is
//! true; `SEEGRAD_NAMES=write cargo test -p lang completions` writes it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use std::rc::Rc;

use backend_cpu::CpuBackend;
use engine::Engine;

const FILE: &str = "../../www/editor/src/names.json";

/// The modules whose names are completed. What else there is, is in one of them too, or rarely wanted.
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
    "torch.Tensor",
    "torch.autograd",
    "torch.autograd.functional",
    "torch.distributions",
    "torch.linalg",
    "torch.nn",
    "torch.nn.functional",
    "torch.nn.init",
    "torch.nn.utils",
    "torch.nn.utils.rnn",
    "torch.optim",
    "torch.optim.lr_scheduler",
    "torch.special",
    "torch.utils.data",
    "torchvision.datasets",
    "torchvision.transforms",
];

/// A signature for reading: without what only tells how arguments are taken, or is nobody's business.
fn readable(signature: &str) -> String {
    let Some((name, inside)) = signature.split_once('(') else { return signature.to_owned() };
    let inside = inside.strip_suffix(')').unwrap_or(inside);
    let parts = inside.split(", ").filter(|part| *part != "/" && !part.starts_with('_'));
    // A variable that an inner function shares is marked.
    format!("{name}({})", parts.collect::<Vec<_>>().join(", ").replace(" (cell)", ""))
}

/// The names of each module, from the page that lists them: a heading for a module, a line for a name.
fn names() -> BTreeMap<String, BTreeSet<String>> {
    let page = crate::names(Engine::new(Rc::new(CpuBackend::new())));
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut module = "";
    for line in page.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            module = heading;
        } else if let Some(name) = line.strip_prefix("- `").and_then(|rest| rest.split('`').next())
            && MODULES.contains(&module)
        {
            all.entry(module.to_owned()).or_default().insert(readable(name));
        }
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
    let names = names();
    for module in MODULES {
        assert!(names.contains_key(*module), "the page lists {module}");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let (names, known) = (written(&names), std::fs::read_to_string(&path).unwrap_or_default());
    if std::env::var_os("SEEGRAD_NAMES").is_some() {
        std::fs::write(&path, &names).expect("the file can be written");
        return;
    }
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let (ours, theirs) = (lines(&names), lines(&known));
    let differ: Vec<_> = ours.symmetric_difference(&theirs).take(10).cloned().collect();
    assert!(names == known, "{differ:#?}: SEEGRAD_NAMES=write cargo test -p lang completions");
}
