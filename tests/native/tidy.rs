//! The house rules that a compiler does not check: which crate may know which, how long a file may be, what lies at the top
//! level. Each check gives back every offender, and is itself tried on one made up for it; rustfmt and clippy check the rest.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Which of our crates a crate may depend on: the diagram of ARCHITECTURE.md.
const EDGES: [(&str, &[&str]); 15] = [
    ("site", &["app", "worker"]),
    ("app", &["protocol", "sorting"]),
    (
        "worker",
        &["protocol", "playground", "lang", "engine", "backend-cpu", "backend-wgpu", "datasets", "sorting"],
    ),
    ("playground", &["protocol", "lang", "engine", "formats", "sorting"]),
    ("cli", &["lang", "engine", "backend-cpu", "datasets"]),
    ("lang", &["engine", "datasets", "formats", "sorting"]),
    ("backend-cpu", &["engine"]),
    ("backend-wgpu", &["engine"]),
    ("engine", &["sorting"]),
    ("datasets", &[]),
    ("formats", &["engine", "sorting"]),
    ("protocol", &[]),
    ("sorting", &[]),
    ("split", &[]),
    ("xtask", &[]),
];

/// The crates that know nothing of the browser, and the crates that would tell them of it.
const PURE: [&str; 7] = ["engine", "lang", "playground", "datasets", "formats", "protocol", "sorting"];
const BROWSER: [&str; 9] = [
    "web-sys",
    "js-sys",
    "wasm-bindgen",
    "wasm-bindgen-futures",
    "wgpu",
    "leptos",
    "leptos-use",
    "gloo",
    "serde-wasm-bindgen",
];

/// What may lie at the top level, besides files whose names begin with a dot.
const TOP: [&str; 11] = [
    "ARCHITECTURE.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "Trunk.toml",
    "crates",
    "rust-toolchain.toml",
    "shaders",
    "tests",
    "www",
];

/// The most lines that a file of code may have.
const LINES: usize = 350;
const CODE: [&str; 6] = ["rs", "wgsl", "ts", "mjs", "js", "css"];

/// A file of the project: its path from the top, with slashes, and its text; empty if it is not text.
struct Source {
    path: String,
    text: String,
}

impl Source {
    fn ends(&self, endings: &[&str]) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending))
    }
}

/// A crate of ours, and what it depends on outside its tests.
struct Package {
    name: String,
    dependencies: BTreeSet<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(root()).output();
    let output = output.unwrap_or_else(|e| panic!("{program} {arguments:?}: {e}"));
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Every file that is in the repository or about to be.
fn sources() -> Vec<Source> {
    let listing = output(
        "git",
        &["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    );
    let paths = listing.split('\0').filter(|path| !path.is_empty()).collect::<BTreeSet<_>>();
    let bytes = paths.into_iter().filter_map(|path| Some((path, std::fs::read(root().join(path)).ok()?)));
    let files: Vec<_> = bytes
        .map(|(path, bytes)| Source {
            path: path.to_owned(),
            text: String::from_utf8(bytes).unwrap_or_default(),
        })
        .collect();
    assert!(files.len() > 20, "git lists {} files", files.len());
    files
}

fn packages() -> Vec<Package> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    parse_packages(&output(&cargo, &["metadata", "--offline", "--no-deps", "--format-version=1"]))
}

fn parse_packages(metadata: &str) -> Vec<Package> {
    let metadata: Value = serde_json::from_str(metadata).unwrap_or_else(|e| panic!("cargo metadata: {e}"));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let dependencies = |package: &Value| {
        list(&package["dependencies"])
            .iter()
            .filter(|d| d["kind"] != "dev")
            .map(|d| text(&d["name"]))
            .collect()
    };
    let packages = list(&metadata["packages"]);
    packages.iter().map(|p| Package { name: text(&p["name"]), dependencies: dependencies(p) }).collect()
}

fn wrong_edges(packages: &[Package]) -> Vec<String> {
    let allowed = BTreeMap::from(EDGES);
    let ours: BTreeSet<&str> = packages.iter().map(|package| package.name.as_str()).collect();
    let mut wrong = Vec::new();
    for package in packages.iter().filter(|package| package.name != "tests") {
        match allowed.get(package.name.as_str()) {
            None => wrong.push(format!("{}: a crate that is not in the diagram", package.name)),
            Some(allowed) => {
                let found = package.dependencies.iter().filter(|d| ours.contains(d.as_str()));
                let found = found.filter(|d| !allowed.contains(&d.as_str()));
                wrong.extend(found.map(|d| format!("{} may not depend on {d}", package.name)));
            }
        }
    }
    wrong
}

fn browser_in_pure_crates(packages: &[Package]) -> Vec<String> {
    let pure = packages.iter().filter(|package| PURE.contains(&package.name.as_str()));
    let found = pure.flat_map(|p| p.dependencies.iter().map(move |d| (p, d)));
    let found = found.filter(|(_, d)| BROWSER.contains(&d.as_str()));
    found.map(|(p, d)| format!("{} knows nothing of the browser, but depends on {d}", p.name)).collect()
}

fn long_files(files: &[Source]) -> Vec<String> {
    let code = files.iter().filter(|file| file.ends(&CODE)).map(|file| (file, file.text.lines().count()));
    code.filter(|(_, n)| *n > LINES).map(|(file, n)| format!("{}: {n} lines", file.path)).collect()
}

fn modules_without_a_word(files: &[Source]) -> Vec<String> {
    let rust = files.iter().filter(|file| file.ends(&["rs"]));
    rust.filter(|file| !file.text.starts_with("//! ")).map(|file| file.path.clone()).collect()
}

fn strangers_at_the_top(files: &[Source]) -> Vec<String> {
    let tops: BTreeSet<&str> = files.iter().filter_map(|file| file.path.split('/').next()).collect();
    tops.into_iter().filter(|top| !top.starts_with('.') && !TOP.contains(top)).map(str::to_owned).collect()
}

/// The words are put together here, so that this file is none of its own offenders.
fn unfinished(files: &[Source]) -> Vec<String> {
    let notes = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
    let macros = [concat!("to", "do!"), concat!("unimple", "mented!")];
    let unfinished = |line: &str| {
        let mut words = line.split(|c: char| !c.is_alphanumeric());
        words.any(|word| notes.contains(&word)) || macros.iter().any(|name| line.contains(name))
    };
    let written = files.iter().filter(|file| !file.path.ends_with("-lock.json"));
    let lines = written.flat_map(|file| file.text.lines().enumerate().map(move |(n, line)| (file, n, line)));
    let found = lines.filter(|(_, _, line)| unfinished(line));
    found.map(|(file, n, line)| format!("{}:{}: {}", file.path, n + 1, line.trim())).collect()
}

/// A lock file says what, not where from: the registry is the user's to choose. Cargo's names its own index.
fn hosts_in_lock_files(files: &[Source]) -> Vec<String> {
    let index = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
    let host = |file: &Source, line: &str| match file.path.rsplit('/').next() {
        Some("package-lock.json") => line.contains("\"resolved\"") || line.contains("registry"),
        Some(".npmrc") => line.contains("registry=") || line.contains("//"),
        Some("Cargo.lock") => line.starts_with("source = ") && line != index,
        _ => false,
    };
    let lines = files.iter().flat_map(|file| file.text.lines().map(move |line| (file, line)));
    lines
        .filter(|(file, line)| host(file, line))
        .map(|(file, line)| format!("{}: {}", file.path, line.trim()))
        .collect()
}

/// What has no entry point is no kernel, but what kernels share.
fn shaders_without_a_twin(files: &[Source]) -> Vec<String> {
    let paths: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let kernels = files.iter().filter(|file| file.text.contains("@compute"));
    let names = kernels.filter_map(|file| file.path.strip_prefix("shaders/")?.strip_suffix(".wgsl"));
    let twins = names.map(|name| format!("crates/backend-cpu/src/{name}.rs"));
    twins.filter(|twin| !paths.contains(twin.as_str())).map(|twin| format!("{twin} is missing")).collect()
}

/// Paths that Trunk is to watch or to leave out, and that a fresh clone does not have: Trunk refuses to start then.
fn paths_that_trunk_misses(files: &[Source]) -> Vec<String> {
    let lists = files.iter().filter(|file| file.path == "Trunk.toml").flat_map(|file| file.text.lines());
    let lists = lists.filter(|line| line.starts_with("watch =") || line.starts_with("ignore ="));
    let paths = lists.flat_map(|line| line.split('"').skip(1).step_by(2));
    let exists = |path: &&str| files.iter().any(|file| Path::new(&file.path).starts_with(path));
    paths.filter(|path| !exists(path)).map(|path| format!("Trunk.toml names {path}")).collect()
}

#[track_caller]
fn none(offenders: &[String]) {
    assert!(offenders.is_empty(), "{} found:\n{}", offenders.len(), offenders.join("\n"));
}

#[test]
fn crates_know_only_whom_they_may() {
    none(&wrong_edges(&packages()));
}

#[test]
fn the_core_knows_nothing_of_the_browser() {
    none(&browser_in_pure_crates(&packages()));
}

#[test]
fn files_are_short() {
    none(&long_files(&sources()));
}

#[test]
fn every_module_says_what_it_is() {
    none(&modules_without_a_word(&sources()));
}

#[test]
fn nothing_else_lies_at_the_top() {
    none(&strangers_at_the_top(&sources()));
}

#[test]
fn trunk_finds_what_it_watches() {
    none(&paths_that_trunk_misses(&sources()));
}

#[test]
fn nothing_is_left_unfinished() {
    none(&unfinished(&sources()));
}

#[test]
fn lock_files_name_no_host() {
    none(&hosts_in_lock_files(&sources()));
}

#[test]
fn every_shader_has_a_twin_on_the_cpu() {
    none(&shaders_without_a_twin(&sources()));
}

mod offenders_are_found {
    use super::*;

    fn file(path: &str, text: &str) -> Source {
        Source { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn among_crates() {
        let metadata = r#"{"packages": [
            {"name": "engine", "dependencies": [{"name": "wgpu", "kind": null}, {"name": "worker", "kind": "build"}]},
            {"name": "app", "dependencies": [{"name": "engine", "kind": null}, {"name": "leptos", "kind": null}]},
            {"name": "worker", "dependencies": [{"name": "app", "kind": "dev"}, {"name": "engine", "kind": null}]},
            {"name": "utils", "dependencies": []}]}"#;
        let packages = parse_packages(metadata);
        let expected = [
            "engine may not depend on worker",
            "app may not depend on engine",
            "utils: a crate that is not in the diagram",
        ];
        assert_eq!(wrong_edges(&packages), expected);
        assert_eq!(
            browser_in_pure_crates(&packages),
            ["engine knows nothing of the browser, but depends on wgpu"]
        );
    }

    #[test]
    fn among_files() {
        let long = |path| file(path, &"x\n".repeat(LINES + 1));
        let files = [long("a.rs"), long("b.css"), long("c.json"), file("d.rs", &"x\n".repeat(LINES))];
        assert_eq!(long_files(&files), ["a.rs: 351 lines", "b.css: 351 lines"]);

        let files = [file("a.rs", "//! A.\n"), file("b.rs", "// B.\n"), file("c.rs", ""), file("d.css", "")];
        assert_eq!(modules_without_a_word(&files), ["b.rs", "c.rs"]);

        let empty = |path| file(path, "");
        let files = ["crates/x/notes.txt", "notes.txt", ".gitignore", "old/a"].map(empty);
        assert_eq!(strangers_at_the_top(&files), ["notes.txt", "old"]);

        let files = [
            file("shaders/common.wgsl", ""),
            file("shaders/a.wgsl", "@compute"),
            file("shaders/b.wgsl", "@compute"),
            file("crates/backend-cpu/src/a.rs", ""),
        ];
        assert_eq!(shaders_without_a_twin(&files), ["crates/backend-cpu/src/b.rs is missing"]);

        let files = [file("Trunk.toml", "watch = [\"www\", \"out\"]"), file("www/a.css", "")];
        assert_eq!(paths_that_trunk_misses(&files), ["Trunk.toml names out"]);
    }

    #[test]
    fn among_lines() {
        let note = format!("a\n// {}: later", concat!("TO", "DO"));
        let call = format!("  {}()", concat!("to", "do!"));
        let files = [file("a.rs", &note), file("b.rs", &call), file("c.md", "what to do")];
        assert_eq!(
            unfinished(&files),
            [
                format!("a.rs:2: // {}: later", concat!("TO", "DO")),
                format!("b.rs:1: {}()", concat!("to", "do!"))
            ]
        );

        let files = [
            file(
                "tests/package-lock.json",
                "  \"resolved\": \"https://a.b/c.tgz\",\n  \"version\": \"1.0.0\"",
            ),
            file("tests/.npmrc", "registry=https://a.b\nomit-lockfile-registry-resolved=true"),
            file("Cargo.lock", "source = \"registry+https://a.b/index\"\n"),
        ];
        let expected = [
            "tests/package-lock.json: \"resolved\": \"https://a.b/c.tgz\",",
            "tests/.npmrc: registry=https://a.b",
            "Cargo.lock: source = \"registry+https://a.b/index\"",
        ];
        assert_eq!(hosts_in_lock_files(&files), expected);
    }
}
