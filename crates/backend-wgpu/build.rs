//! Takes what only people read out of the shaders: comments, indentation and empty lines are two thirds of their
//! text, and the text is downloaded. A file with a line of `====` also comes in two parts: generated kernels use one.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

const SHADERS: &str = "../../shaders";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={SHADERS}");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    for entry in fs::read_dir(SHADERS)? {
        let path = entry?.path();
        if let Some(name) = path.file_name().filter(|_| path.extension().is_some_and(|e| e == "wgsl")) {
            println!("cargo::rerun-if-changed={}", path.display());
            let text = fs::read_to_string(&path)?;
            fs::write(out.join(name), stripped(&text))?;
            if let Some((first, second)) = text.split_once("// ====") {
                fs::write(out.join(name).with_extension("first.wgsl"), stripped(first))?;
                fs::write(out.join(name).with_extension("second.wgsl"), stripped(&format!("// {second}")))?;
            }
        }
    }
    Ok(())
}

/// WGSL has no strings: what follows `//` is a comment. Block comments are not used.
fn stripped(text: &str) -> String {
    let code = text.lines().map(|line| line.split("//").next().unwrap_or_default().trim());
    code.filter(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect()
}
