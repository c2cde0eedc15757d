//! The libraries that are written in Python go into the program without comments and blank lines, and indented by one
//! space for four: they are a good part of what a visitor downloads. What the page does not need to begin with can follow it: all of
//! the sources that `early.txt` does not name, and of the others the bodies of the functions that it does not name. It stands
//! between two comments, by which the crate `split` finds it in the program.

use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

#[path = "src/bodies.rs"]
mod bodies;

/// What stands before and after text that can follow.
const LATE: [&str; 2] = ["#late\n", "#end\n"];

/// The functions that the page needs to begin with, by the sources that it needs.
type Early<'t> = HashMap<PathBuf, HashSet<&'t str>>;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=src");
    println!("cargo:rerun-if-changed=early.txt");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    // A line that begins with a space goes on with the one before it.
    let list = fs::read_to_string("early.txt")?.replace("\n ", " ");
    let early = list.lines().filter_map(|line| {
        let mut words = line.split(' ');
        Some((Path::new("src").join(words.next()?), words.collect()))
    });
    condense(Path::new("src"), &out, &early.collect())
}

/// Writes every Python source below `from` to the same place below `to`.
fn condense(from: &Path, to: &Path, early: &Early) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let Some(name) = path.file_name() else { continue };
        let target = to.join(name);
        if path.is_dir() {
            condense(&path, &target, early)?;
        } else if path.extension().is_some_and(|extension| extension == "py") {
            let text = condensed(&fs::read_to_string(&path)?)
                .map_err(|what| format!("{}: {what}", path.display()))?;
            let text = match early.get(&path) {
                Some(functions) => marked(&text, functions),
                None => LATE.join(&text),
            };
            fs::create_dir_all(to)?;
            // A file that is as it was is not compiled again.
            if fs::read_to_string(&target).ok().as_ref() != Some(&text) {
                fs::write(target, text)?;
            }
        }
    }
    Ok(())
}

/// A source in which the bodies of all functions but these can follow.
fn marked(text: &str, early: &HashSet<&str>) -> String {
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    for body in bodies::bodies(text).into_iter().filter(|body| !early.contains(&*body.name)) {
        out += &text[done..body.range.start];
        out += &LATE.join(&text[body.range.clone()]);
        done = body.range.end;
    }
    out + &text[done..]
}

fn condensed(text: &str) -> Result<String, &'static str> {
    if text.contains("\"\"\"") || text.contains("'''") {
        return Err("a text of several lines would be changed: write it in one");
    }
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let rest = line.trim_start_matches(' ');
        if rest.is_empty() || rest.starts_with('#') {
            continue;
        }
        out.extend(std::iter::repeat_n(' ', (line.len() - rest.len()).div_ceil(4)));
        out.push_str(rest.trim_end());
        out.push('\n');
    }
    Ok(out)
}
