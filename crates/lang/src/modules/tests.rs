//! The parts in Python: that they compile, which of them come with the page, and that the others may follow.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use backend_cpu::CpuBackend;
use engine::Engine;

use super::{COMPILED, MODULES, compiled};
use crate::bodies::bodies;
use crate::code::Code;
use crate::error::Stop;
use crate::{Ask, Event, Limits, Machine, Reply, Request, Stops};

thread_local! {
    /// Whether parts are compiled as if no body of a function had come yet.
    static BLANK: Cell<bool> = const { Cell::new(false) };
}

/// A part as it is compiled in this test: with zeros in the place of all bodies that could follow, or as it is.
pub(super) fn blanked(source: &'static str) -> &'static str {
    if !BLANK.get() {
        return source;
    }
    let (mut text, mut done) = (String::new(), 0);
    for body in bodies(source) {
        text += &source[done..body.range.start];
        text.extend(std::iter::repeat_n('\0', body.range.len()));
        done = body.range.end;
    }
    Box::leak((text + &source[done..]).into_boxed_str())
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn machine(text: &str) -> Machine {
    let mut machine = Machine::new(Engine::new(Rc::new(CpuBackend::new())), Limits::default());
    assert!(machine.load(text).is_ok());
    machine
}

/// What stands in zeros' place and was called since: of each function, its name, the part that it is of, and where it begins in it.
fn called() -> Vec<(String, &'static str, usize)> {
    fn visit(code: &Rc<Code>, found: &mut Vec<(String, &'static str, usize)>) {
        if let Some((source, start)) = code.late.as_ref().and_then(|late| late.called()) {
            found.push((code.qualname.to_string(), source, start as usize));
        }
        code.inner.iter().for_each(|inner| visit(inner, found));
    }
    let mut found = Vec::new();
    COMPILED.with_borrow(|known| known.values().for_each(|code| visit(code, &mut found)));
    found
}

#[test]
fn every_part_in_python_compiles() {
    for module in MODULES.iter().copied().flatten() {
        let Some(source) = module.source else { continue };
        if let Err(Stop::Error(fault)) = compiled(module.name, source) {
            panic!("{}", fault.text);
        }
    }
}

/// The sources as they are in the program, by their paths.
fn sources(folder: &Path, path: &str, found: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).expect("the build has made the folder").flatten() {
        let name = format!("{path}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            sources(&entry.path(), &format!("{name}/"), found);
        } else if name.ends_with(".py") {
            found.insert(name, std::fs::read_to_string(entry.path()).expect("it is a text"));
        }
    }
}

/// What early.txt must be after what has run: a source on a line, with its functions behind it.
fn early() -> String {
    let mut texts = BTreeMap::new();
    sources(Path::new(env!("OUT_DIR")), "", &mut texts);
    let taken = MODULES
        .iter()
        .copied()
        .flatten()
        .filter(|module| COMPILED.with_borrow(|known| known.contains_key(module.name)));
    let taken: Vec<&str> = taken.filter_map(|module| module.source).collect();
    let called = called();
    for (name, source, _) in &called {
        assert!(
            bodies(source).iter().any(|body| body.name == *name),
            "the build has another name for {name}"
        );
    }
    let mut out = String::new();
    for (path, text) in &texts {
        let Some((source, from)) = taken.iter().find_map(|source| Some((*source, source.find(text)?))) else {
            continue;
        };
        let places = from..from + text.len();
        let own = called.iter().filter(|(_, of, start)| *of == source && places.contains(start));
        let names: BTreeSet<&str> = own.map(|(name, ..)| &**name).collect();
        let mut line = path.clone();
        for name in names {
            if line.len() + name.len() >= 110 {
                out += &line;
                out.push('\n');
                line.clear();
            }
            line += " ";
            line += name;
        }
        out += &line;
        out.push('\n');
    }
    out
}

/// What the page begins with takes these sources and these functions of them, and no others: they come with the page, and the others
/// follow. `SEEGRAD_EARLY=write cargo test -p lang early` writes the list.
#[test]
fn what_the_page_begins_with_is_early() {
    BLANK.set(true);
    let first = std::fs::read_to_string(root().join("www/programs/first_line.py"));
    let first = first.expect("the page has a first program");
    let gradient = "import torch\nx = torch.tensor([1.0, 2.0], requires_grad=True)\n\
        y = (x * x).sum()\ny.backward()\nprint(x.grad)\n";
    for text in [&*first, gradient] {
        let mut machine = machine(text);
        // As the page does it.
        machine.set_stepped_passes(true);
        while !matches!(machine.run(u64::MAX, &Stops::default()), Event::Finished(_)) {}
    }
    let (path, now) = (Path::new(env!("CARGO_MANIFEST_DIR")).join("early.txt"), early());
    if std::env::var_os("SEEGRAD_EARLY").is_some() {
        std::fs::write(&path, now).expect("the file can be written");
        return;
    }
    let known = std::fs::read_to_string(&path).expect("there is a list");
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<BTreeSet<_>>();
    let differ: Vec<_> = words(&known).symmetric_difference(&words(&now)).cloned().collect();
    assert!(known == now, "{differ:#?}: SEEGRAD_EARLY=write cargo test -p lang early");
}

/// What becomes of a program, and after how many instructions.
fn outcome(text: &str) -> (String, u64) {
    let mut machine = machine(text);
    let (mut told, mut files) = (String::new(), HashMap::new());
    loop {
        match machine.run(u64::MAX, &Stops::default()) {
            Event::Print(text) | Event::PrintError(text) => told += &text,
            Event::Figure(figure) => told += &figure.to_svg(),
            Event::Need => match machine.request() {
                Some(Request::Value(wait)) => machine.provide(pollster::block_on(wait.settle())),
                Some(Request::Ask(ask)) => machine.reply(match ask {
                    Ask::ReadFile(path) if files.contains_key(&path) => Reply::File(Rc::clone(&files[&path])),
                    Ask::ReadFile(_) | Ask::Mnist { .. } => {
                        Reply::Failed { class: "FileNotFoundError", text: "no such file".to_owned() }
                    }
                    Ask::WriteFile(path, content) => {
                        files.insert(path, content);
                        Reply::Done
                    }
                    Ask::Time => Reply::Time(0.0),
                    Ask::OwnData { .. } | Ask::Sleep(_) => Reply::Done,
                }),
                None => {}
            },
            Event::Failed(traceback) => return (told + &traceback.text, machine.clock()),
            Event::Finished(_) => return (told, machine.clock()),
            _ => {}
        }
    }
}

#[test]
fn programs_do_the_same_if_all_bodies_follow() {
    let mut programs = Vec::new();
    for entry in std::fs::read_dir(root().join("tests/programs")).expect("there are programs").flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|ending| ending == "py") && !path.ends_with("make.py") {
            let text = std::fs::read_to_string(&path).expect("it is a text");
            // Some train for long, and some have errors that nothing is loaded for.
            if !text.contains("MNIST(") && crate::parser::parse(&text).is_ok() {
                programs.push((path, text));
            }
        }
    }
    assert!(programs.len() > 50, "there are programs for all parts");
    let run = |blank: bool| {
        let texts: Vec<String> = programs.iter().map(|(_, text)| text.clone()).collect();
        std::thread::spawn(move || {
            BLANK.set(blank);
            let outcomes: Vec<_> = texts.iter().map(|text| outcome(text)).collect();
            (outcomes, called().len())
        })
    };
    let [(whole, none), (later, called)] =
        [run(false), run(true)].map(|thread| thread.join().expect("no run panics"));
    assert_eq!(none, 0, "the bodies are there");
    assert!(called > 500, "{called} bodies were brought");
    for (((path, _), whole), later) in programs.iter().zip(&whole).zip(&later) {
        assert_eq!(whole, later, "{}", path.display());
    }
}

#[test]
fn a_body_that_does_not_come_is_told_of() {
    let source = "class A:\n def f(self, x):\n\0\0\0\0def g():\n\0\0\0";
    let tree = crate::parser::parse_ours(source).expect("bodies may be missing");
    let code = crate::compile::compile_ours(&tree, source).expect("it compiles without them");
    for (code, name) in [(&code.inner[0].inner[0], "A.f"), (&code.inner[1], "g")] {
        assert_eq!(&*code.qualname, name);
        let late = code.late.as_ref().expect("its body is missing");
        let Err(Stop::Error(fault)) = late.code(&code.qualname) else {
            panic!("there is nothing to compile")
        };
        assert_eq!(fault.text, format!("a part of Seegrad cannot be run: {name}() has not been downloaded"));
    }
}

#[test]
fn zeros_stand_for_bodies_of_functions_of_ours_and_nothing_else() {
    let body = "def f():\n\0\0\0\0";
    assert!(crate::parser::parse_ours(body).is_ok());
    let refused = crate::parser::parse(body).expect_err("a program has none");
    assert_eq!(refused[0].message, "source code cannot contain null bytes");
    for text in ["\0\0", "class A:\n\0\0", "if x:\n\0\0", "def f(): \0", "x = 1\n\0\0y = 2\n"] {
        assert!(crate::parser::parse_ours(text).is_err(), "{text:?}");
    }
}
