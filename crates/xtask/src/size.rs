//! The size of the first load: what a visitor downloads before the data set. Compressing is left to Node.js,
//! which has brotli built in.

use crate::shell::{Result, Shell, run};

/// Prints a table of the files in `dist/`; fails if they are more than the page may be.
pub fn report(shell: &Shell) -> Result<()> {
    if shell.find("node").is_none() {
        return Err("measuring compressed sizes needs Node.js: see `cargo xtask setup`".to_owned());
    }
    run(shell.command("node").args(["crates/xtask/src/size.mjs", "dist"]))
}
