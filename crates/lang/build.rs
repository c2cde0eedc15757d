//! The libraries that are written in Python go into the program without comments and blank lines, and indented by one
//! space for four: they are a good part of what a visitor downloads.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=src");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    condense(Path::new("src"), &out)
}

/// Writes every Python source below `from` to the same place below `to`.
fn condense(from: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let Some(name) = path.file_name() else { continue };
        let target = to.join(name);
        if path.is_dir() {
            condense(&path, &target)?;
        } else if path.extension().is_some_and(|extension| extension == "py") {
            let text = condensed(&fs::read_to_string(&path)?)
                .map_err(|what| format!("{}: {what}", path.display()))?;
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
