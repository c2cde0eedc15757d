//! The lessons of `www/lessons` and the examples of `www/programs`: all of them run (long trainings as far as their first lines), a lesson's
//! goal is not reached at its start, and its solution reaches it.
#![cfg(not(target_arch = "wasm32"))]

#[path = "mnist_world.rs"]
mod mnist_world;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use app::lesson::{Condition, Edit, Facts, Lesson, NodeFact};
use backend_cpu::CpuBackend;
use engine::Engine;
use lang::{Limits, Machine};
use mnist_world::world;
use playground::SHIPPED;
use serde_json::Value;
use tests::programs::{Outcome, World};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../www").join(name)
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

/// The entries of an index, each with its file.
fn index(name: &str) -> Vec<(String, Value)> {
    let index = serde_json::from_str(&read(&folder(name).join("index.json")));
    let index: Vec<Value> = index.unwrap_or_else(|why| panic!("{name}/index.json: {why}"));
    index.into_iter().map(|entry| (entry["file"].as_str().unwrap_or_default().to_owned(), entry)).collect()
}

fn engine() -> Engine {
    let engine = Engine::new(Rc::new(CpuBackend::new()));
    engine.set_fused(true);
    engine.set_early_checks(true);
    engine
}

fn run(world: &World, text: &str) -> Outcome {
    pollster::block_on(world.clone().run(&engine(), text))
}

/// How much of a long training is run: until so many lines are printed. The first comes before it has learnt anything.
const FIRST_LINES: usize = 2;

/// Runs a program that trains for long, as far as its first lines.
fn begin(world: &World, text: &str) -> Outcome {
    let mut machine = Machine::new(engine(), Limits::default());
    let (mut world, mut outcome) = (world.clone(), Outcome::default());
    if let Err(errors) = machine.load(text) {
        panic!("{errors:?}");
    }
    while outcome.output.lines().count() < FIRST_LINES {
        let ended = pollster::block_on(world.drive(&mut machine, 1000, &mut outcome));
        assert!(!ended, "it is not long: {}{}", outcome.output, outcome.error);
    }
    outcome
}

/// What a probe prints stands behind this.
const PROBE: &str = "#probe ";

/// The program with lines at its end that print what a lesson's check asks of the graph.
fn probed(text: &str, check: &[Condition]) -> String {
    let mut text = text.to_owned();
    for condition in check {
        match condition {
            Condition::Gradient(name) => {
                text += &format!("print('{PROBE}{name}', {name}.grad is not None)\n");
            }
            Condition::LossBelow(_) => text += &format!("print('{PROBE}loss', loss.item())\n"),
            Condition::Op(_) | Condition::Name(_) => {
                panic!("{condition:?}: ask for a gradient, or for what is printed")
            }
            Condition::TextHas(_)
            | Condition::TextLacks(_)
            | Condition::OutputHas(_)
            | Condition::SteppedBack
            | Condition::Finished => {}
        }
    }
    text
}

/// The conditions that do not hold after a run of the text.
fn missing(world: &World, text: &str, check: &[Condition], stepped_back: bool) -> Vec<Condition> {
    let outcome = run(world, &probed(text, check));
    let (probes, output): (Vec<&str>, Vec<&str>) =
        outcome.output.lines().partition(|line| line.starts_with(PROBE));
    let output = output.join("\n");
    let mut facts =
        Facts { text, output: &output, stepped_back, finished: outcome.error.is_empty(), ..Facts::default() };
    for (name, value) in probes.iter().filter_map(|line| line.strip_prefix(PROBE)?.split_once(' ')) {
        match name {
            "loss" => facts.loss = value.parse().ok(),
            _ => facts.nodes.push(NodeFact { op: "", name: Some(name), gradient: value == "True" }),
        }
    }
    check.iter().filter(|condition| !condition.holds(&facts)).cloned().collect()
}

#[test]
fn lessons_run_and_their_goals_can_be_reached() {
    let world = world();
    let lessons = index("lessons");
    assert!(lessons.len() >= 12, "{} lessons", lessons.len());
    for (file, _) in lessons {
        let program = read(&folder("lessons").join(format!("{file}.py")));
        let lesson = read(&folder("lessons").join(format!("{file}.md")));
        let lesson = Lesson::parse(&lesson).unwrap_or_else(|line| panic!("{file}: {line}"));
        assert!(!lesson.text.is_empty() && !lesson.goal.is_empty(), "{file}: a text and a goal");
        assert!((2..=4).contains(&lesson.tries.len()), "{file}: two to four things to try");
        for edit in &lesson.solution {
            if let Edit::Replace(old, _) = edit {
                assert_eq!(
                    program.matches(old.as_str()).count(),
                    1,
                    "{file}: {old} stands in the program once"
                );
            }
        }
        let outcome = run(&world, &program);
        assert_eq!(outcome.error, "", "{file}");
        let before = missing(&world, &program, &lesson.check, false);
        assert_ne!(before, [], "{file}: the goal is reached at the start");
        let steps_back = lesson.check.contains(&Condition::SteppedBack);
        assert!(steps_back || !lesson.solution.is_empty(), "{file}: a solution");
        let solved = lesson.solve(&program);
        assert_eq!(
            missing(&world, &solved, &lesson.check, steps_back),
            [],
            "{file}: not reached by\n{solved}"
        );
    }
}

#[test]
fn examples_run_or_fail_as_the_list_says() {
    let world = world();
    let examples = index("programs");
    assert!(examples.len() >= 10, "{} examples", examples.len());
    for (file, entry) in examples {
        let text = read(&folder("programs").join(format!("{file}.py")));
        let is_long = entry["long"].as_bool().unwrap_or_default();
        let outcome = if is_long { begin(&world, &text) } else { run(&world, &text) };
        let last = outcome.error.trim_end().lines().last().unwrap_or_default();
        match entry["fails"].as_str() {
            Some(fails) => assert!(last.starts_with(fails), "{file}: {last}"),
            None => assert_eq!(last, "", "{file}"),
        }
        let prints = entry["prints"].as_str().unwrap_or_default();
        assert!(outcome.output.contains(prints), "{file}: {}", outcome.output);
        let shows = outcome.figures > 0 || !outcome.output.is_empty() || !last.is_empty();
        assert!(shows, "{file} shows nothing");
    }
}

#[test]
fn lists_and_files_agree() {
    for name in ["lessons", "programs"] {
        let index = index(name);
        for (file, entry) in &index {
            for field in ["topic", "title", "about"] {
                assert!(
                    entry[field].as_str().is_some_and(|text| !text.is_empty()),
                    "{name}: {file} has no {field}"
                );
            }
        }
        let listed: BTreeSet<String> = index.iter().map(|(file, _)| format!("{file}.py")).collect();
        assert_eq!(listed.len(), index.len(), "{name}: a file is listed twice");
        let there = std::fs::read_dir(folder(name)).into_iter().flatten();
        let there: BTreeSet<String> = there
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|file| file.ends_with(".py"))
            .collect();
        assert_eq!(listed, there, "{name}");
    }
}

#[test]
fn the_weights_that_programs_find_are_those_of_the_page() {
    let there = std::fs::read_dir(folder("weights")).into_iter().flatten();
    let there: BTreeSet<String> =
        there.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    assert_eq!(there, SHIPPED.iter().map(ToString::to_string).collect());
}
