//! Cuts the page's program in two: what opening the page takes, and a rest that follows.
//!
//! - `split cut DIST LIST`: of the program `site_bg.wasm` in the folder DIST what LIST names stays: functions, without the parts of
//!   them that were never got to, and the data that these refer to. All else goes to the file `site_rest.wasm` beside it. Either
//!   can then be optimised on its own, as long as it keeps what it exports.
//! - `split seal DIST`: gives the second file a name that says what is in it, and writes this name into the first.
//! - `split count DIST PROGRAM`: writes PROGRAM, which does the same and notes in its memory what of it is got to.
//! - `split list DIST PASSED LIST`: writes LIST, for the notes in the file PASSED.
//!
//! The program must have names in it, and what the linker says of its data; neither part has them afterwards. A list has
//! numbers made of names, not the names, which would be half a megabyte. A function that no list knows, because it is new, is
//! in the rest; one that was changed stays whole: the page still works, and opens later, until the list is made anew.

mod body;
mod count;
mod data;
mod first;
mod outline;
mod plan;
mod program;
mod rest;
mod rewrite;
mod seen;
mod symbols;

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use plan::Plan;
use program::Program;
use seen::Seen;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// The first part, and the rest before it has its name.
const FIRST: &str = "site_bg.wasm";
const REST: &str = "site_rest.wasm";
/// What stands in the first part for the name of the rest.
const UNNAMED: &str = "site_rest-00000000.wasm";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["cut", dist, list] => cut(Path::new(dist), &fs::read_to_string(list)?),
        ["seal", dist] => seal(Path::new(dist)),
        ["count", dist, to] => {
            let bytes = fs::read(Path::new(dist).join(FIRST))?;
            Ok(fs::write(to, count::counting(&Program::read(&bytes)?)?)?)
        }
        ["list", dist, passed, list] => {
            let bytes = fs::read(Path::new(dist).join(FIRST))?;
            Ok(fs::write(list, seen::list(&Program::read(&bytes)?, &fs::read(passed)?)?)?)
        }
        _ => {
            Err("usage: split cut DIST LIST, seal DIST, count DIST PROGRAM, or list DIST PASSED LIST".into())
        }
    }
}

fn cut(dist: &Path, list: &str) -> Result<()> {
    let path = dist.join(FIRST);
    let [first, rest] = cut_program(&fs::read(&path)?, list)?;
    fs::write(&path, first)?;
    fs::write(dist.join(REST), rest)?;
    Ok(())
}

/// The two parts of a program.
fn cut_program(bytes: &[u8], list: &str) -> Result<[Vec<u8>; 2]> {
    let (seen, program) = (Seen::read(list)?, Program::read(bytes)?);
    let own = program.functions.len() as u32;
    let outlined = outline::outline(&program, &seen)?;
    let program = Program::read(&outlined)?;
    let is_seen = |f| program.number(f).is_none_or(|number| seen.has(number));
    let is_first = |f| f < own && (program.is_chancy(f) || is_seen(f));
    let plan = Plan::new(&program, is_first)?;
    Ok([first::first(&plan, UNNAMED)?, rest::rest(&plan)?])
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

#[cfg(test)]
mod tests;
