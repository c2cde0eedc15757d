//! The libraries that are written in Python go into the program without comments and blank lines, and indented by one
//! space for four: they are a good part of what a visitor downloads. Those that `early.txt` does not name can follow the
//! page: they stand between two comments, by which the crate `split` finds them in the program.

use std::collections::HashSet;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// What stands before and after a source that can follow.
const LATE: [&str; 2] = ["#late\n", "#end\n"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=src");
    println!("cargo:rerun-if-changed=early.txt");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let early = fs::read_to_string("early.txt")?;
    condense(Path::new("src"), &out, &early.lines().map(|line| Path::new("src").join(line)).collect())
}

/// Writes every Python source below `from` to the same place below `to`.
fn condense(from: &Path, to: &Path, early: &HashSet<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let Some(name) = path.file_name() else { continue };
        let target = to.join(name);
        if path.is_dir() {
            condense(&path, &target, early)?;
        } else if path.extension().is_some_and(|extension| extension == "py") {
            let mut text = condensed(&fs::read_to_string(&path)?)
                .map_err(|what| format!("{}: {what}", path.display()))?;
            if !early.contains(&path) {
                text = LATE.join(&text);
            }
            fs::create_dir_all(to)?;
            // A file that is as it was is not compiled again.
            if fs::read_to_string(&target).ok().as_ref() != Some(&text) {
                fs::write(target, text)?;
            }
        }
    }
    Ok(())
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
