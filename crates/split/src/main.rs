//! Cuts the page's program in two: what opening the page takes, and a rest that follows.
//!
//! - `split cut DIST LIST`: of the functions of `site_bg.wasm` in the folder DIST those that LIST names stay. The others go to a
//!   file `site_rest-….wasm` beside it; the dots stand for a number made of what is in it.
//! - `split list DIST FUNCTIONS LIST`: writes LIST, for functions whose numbers are in the file FUNCTIONS, a line each.
//!
//! The program must have names in it; neither part has them afterwards. A list has numbers made of names, not the names, which
//! would be half a megabyte. A function that no list knows, because it is new, is in the rest: the page still works, and opens
//! later, until the list is made anew.

mod first;
mod plan;
mod program;
mod rest;

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use plan::Plan;
use program::Program;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Numbers in a line of a list.
const COLUMNS: usize = 12;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["cut", dist, list] => cut(Path::new(dist), &fs::read_to_string(list)?),
        ["list", dist, functions, list] => {
            Ok(fs::write(list, listed(Path::new(dist), &fs::read_to_string(functions)?)?)?)
        }
        _ => Err("usage: split cut DIST LIST, or split list DIST FUNCTIONS LIST".into()),
    }
}

fn cut(dist: &Path, list: &str) -> Result<()> {
    let path = dist.join("site_bg.wasm");
    let bytes = fs::read(&path)?;
    let program = Program::read(&bytes)?;
    let numbers = list.split_whitespace().map(|number| u32::from_str_radix(number, 16));
    let numbers: HashSet<u32> = numbers.collect::<std::result::Result<_, _>>()?;
    let plan = Plan::new(&program, |f| program.number(f).is_none_or(|number| numbers.contains(&number)))?;
    let rest = rest::rest(&plan)?;
    let digest = Sha256::digest(&rest);
    let mark: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let file = format!("site_rest-{mark}.wasm");
    fs::write(&path, first::first(&plan, &file)?)?;
    fs::write(dist.join(file), rest)?;
    Ok(())
}

fn listed(dist: &Path, functions: &str) -> Result<String> {
    let bytes = fs::read(dist.join("site_bg.wasm"))?;
    let program = Program::read(&bytes)?;
    let functions = functions.lines().map(str::parse).collect::<std::result::Result<Vec<u32>, _>>()?;
    let numbers: BTreeSet<u32> = functions.into_iter().filter_map(|f| program.number(f)).collect();
    let numbers: Vec<String> = numbers.iter().map(|number| format!("{number:08x}")).collect();
    let lines: Vec<String> = numbers.chunks(COLUMNS).map(|line| line.join(" ") + "\n").collect();
    Ok(lines.concat())
}
