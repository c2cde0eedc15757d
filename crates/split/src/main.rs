//! Cuts the page's program in two: what opening the page takes, and a rest that follows.
//!
//! - `split cut DIST LIST`: of the functions of `site_bg.wasm` in the folder DIST those that LIST names stay. The others go to
//!   the file `site_rest.wasm` beside it. Either can then be optimised on its own, as long as it keeps what it exports.
//! - `split seal DIST`: gives the second file a name that says what is in it, and writes this name into the first.
//! - `split list DIST FUNCTIONS LIST`: writes LIST, for functions whose numbers are in the file FUNCTIONS, a line each.
//!
//! The program must have names in it; neither part has them afterwards. A list has numbers made of names, not the names, which
//! would be half a megabyte. A function that no list knows, because it is new, is in the rest: the page still works, and opens
//! later, until the list is made anew.

mod data;
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

/// The first part, and the rest before it has its name.
const FIRST: &str = "site_bg.wasm";
const REST: &str = "site_rest.wasm";
/// What stands in the first part for the name of the rest.
const UNNAMED: &str = "site_rest-00000000.wasm";
/// Numbers in a line of a list.
const COLUMNS: usize = 12;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["cut", dist, list] => cut(Path::new(dist), &fs::read_to_string(list)?),
        ["seal", dist] => seal(Path::new(dist)),
        ["list", dist, functions, list] => {
            Ok(fs::write(list, listed(Path::new(dist), &fs::read_to_string(functions)?)?)?)
        }
        _ => Err("usage: split cut DIST LIST, split seal DIST, or split list DIST FUNCTIONS LIST".into()),
    }
}

fn cut(dist: &Path, list: &str) -> Result<()> {
    let path = dist.join(FIRST);
    let bytes = fs::read(&path)?;
    let program = Program::read(&bytes)?;
    let numbers = list.split_whitespace().map(|number| u32::from_str_radix(number, 16));
    let numbers: HashSet<u32> = numbers.collect::<std::result::Result<_, _>>()?;
    let plan = Plan::new(&program, |f| program.number(f).is_none_or(|number| numbers.contains(&number)))?;
    fs::write(&path, first::first(&plan, UNNAMED)?)?;
    fs::write(dist.join(REST), rest::rest(&plan)?)?;
    Ok(())
}

fn seal(dist: &Path) -> Result<()> {
    let digest = Sha256::digest(fs::read(dist.join(REST))?);
    let mark: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let name = UNNAMED.replace("00000000", &mark);
    let path = dist.join(FIRST);
    let mut first = fs::read(&path)?;
    let place = first.windows(UNNAMED.len()).position(|bytes| bytes == UNNAMED.as_bytes());
    let place = place.ok_or("the first part does not name the rest: was it cut?")?;
    first[place..place + name.len()].copy_from_slice(name.as_bytes());
    fs::write(&path, first)?;
    Ok(fs::rename(dist.join(REST), dist.join(name))?)
}

fn listed(dist: &Path, functions: &str) -> Result<String> {
    let bytes = fs::read(dist.join(FIRST))?;
    let program = Program::read(&bytes)?;
    let functions = functions.lines().map(str::parse).collect::<std::result::Result<Vec<u32>, _>>()?;
    let numbers: BTreeSet<u32> = functions.into_iter().filter_map(|f| program.number(f)).collect();
    let numbers: Vec<String> = numbers.iter().map(|number| format!("{number:08x}")).collect();
    let lines: Vec<String> = numbers.chunks(COLUMNS).map(|line| line.join(" ") + "\n").collect();
    Ok(lines.concat())
}
