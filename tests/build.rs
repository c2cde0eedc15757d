//! Lists the programs of `programs/` with what they print, so that tests in browsers have them too.

use std::fmt::Write as _;
use std::path::Path;

fn main() {
    // Asked for now: this program may have been built for a clone in another folder.
    let folder = Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("programs");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".py").map(str::to_owned))
        .filter(|name| folder.join(format!("{name}.out")).exists())
        .collect();
    names.sort();
    let mut list = "&[\n".to_owned();
    for name in names {
        let file = |ending: &str| folder.join(format!("{name}.{ending}"));
        let error =
            if file("err").exists() { format!("include_str!({:?})", file("err")) } else { "\"\"".to_owned() };
        let _ = writeln!(
            list,
            "Program {{ name: {name:?}, text: include_str!({:?}), output: include_str!({:?}), error: {error} }},",
            file("py"),
            file("out")
        );
    }
    list.push(']');
    let to = Path::new(&std::env::var("OUT_DIR").unwrap_or_default()).join("programs.rs");
    std::fs::write(to, list).unwrap_or_else(|why| panic!("the list of programs cannot be written: {why}"));
}
