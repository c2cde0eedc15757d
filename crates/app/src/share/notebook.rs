//! A program as a Jupyter notebook (nbformat 4), as Colab opens it.

use super::json::{list, quote};

/// The notebook, as JSON.
pub fn notebook(text: &str) -> String {
    let cells = list(cells(text).into_iter().map(|cell| {
        let lines = list(cell.split_inclusive('\n').map(quote));
        format!(
            r#"{{"cell_type": "code", "execution_count": null, "metadata": {{}}, "outputs": [], "source": {lines}}}"#
        )
    }));
    format!(
        r#"{{"nbformat": 4, "nbformat_minor": 4, "metadata": {{"kernelspec": {{"display_name": "Python 3", "language": "python", "name": "python3"}}, "language_info": {{"name": "python"}}}}, "cells": {cells}}}"#
    ) + "\n"
}

/// The program, cut before each comment that stands at the left margin behind an empty line, where a statement may begin.
fn cells(text: &str) -> Vec<&str> {
    let (mut cells, mut begin, mut at) = (Vec::new(), 0, 0);
    let (mut scan, mut after_blank) = (Scan::default(), false);
    for line in text.split_inclusive('\n') {
        if after_blank && line.starts_with('#') && scan.between_statements() && !continues(&text[at..]) {
            cells.push(&text[begin..at]);
            begin = at;
        }
        after_blank = line.trim().is_empty();
        scan.line(line);
        at += line.len();
    }
    cells.push(&text[begin..]);
    cells.into_iter().map(str::trim_end).filter(|cell| !cell.is_empty()).collect()
}

/// Whether what follows comments and empty lines belongs to a block that began before.
fn continues(text: &str) -> bool {
    let code = text.lines().find(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    code.is_some_and(|line| {
        let clause = |word: &str| line.strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', ':']));
        line.starts_with([' ', '\t']) || ["else", "elif", "except", "finally"].into_iter().any(clause)
    })
}

/// How far brackets and long strings are open.
#[derive(Default)]
struct Scan {
    depth: usize,
    quote: Option<&'static str>,
    joined: bool,
}

impl Scan {
    fn between_statements(&self) -> bool {
        self.depth == 0 && self.quote.is_none() && !self.joined
    }

    fn line(&mut self, line: &str) {
        let line = line.trim_end_matches(['\n', '\r']);
        let mut rest = line;
        while !rest.is_empty() {
            if let Some(quote) = self.quote {
                let skip = if rest.starts_with('\\') { 2 } else { 1 };
                if let Some(after) = rest.strip_prefix(quote) {
                    self.quote = None;
                    rest = after;
                } else {
                    rest = rest.char_indices().nth(skip).map_or("", |(at, _)| &rest[at..]);
                }
                continue;
            }
            let opened = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quote| rest.starts_with(quote));
            if let Some(quote) = opened {
                self.quote = Some(quote);
                rest = &rest[quote.len()..];
                continue;
            }
            match rest.as_bytes()[0] {
                b'#' => break,
                b'(' | b'[' | b'{' => self.depth += 1,
                b')' | b']' | b'}' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            rest = rest.char_indices().nth(1).map_or("", |(at, _)| &rest[at..]);
        }
        self.joined = line.ends_with('\\');
        // A short string ends with its line at the latest.
        if self.quote.is_some_and(|quote| quote.len() == 1) && !self.joined {
            self.quote = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notebook_holds_the_program_cut_at_its_headings() {
        let text = "import torch\n\n# The data\nx = 1  # one\n\n# The model\nprint(\"a\\n\")\n";
        let notebook: serde_json::Value = serde_json::from_str(&notebook(text)).expect("it is sound");
        assert_eq!((&notebook["nbformat"], &notebook["nbformat_minor"]), (&4.into(), &4.into()));
        let sources: Vec<String> = notebook["cells"]
            .as_array()
            .expect("it is sound")
            .iter()
            .map(|cell| {
                cell["source"]
                    .as_array()
                    .expect("it is sound")
                    .iter()
                    .filter_map(|line| line.as_str())
                    .collect()
            })
            .collect();
        assert_eq!(sources, ["import torch", "# The data\nx = 1  # one", "# The model\nprint(\"a\\n\")"]);
    }

    #[test]
    fn nothing_is_cut_where_no_statement_begins() {
        for whole in [
            "x = [\n    1,\n\n# two\n    2,\n]",
            "s = '''a\n\n# b\n'''",
            "s = \"it's (\\\"\"\nif s:\n    a = 1\n\n# else\nelse:\n    a = 2",
            "def f():\n    a = 1\n\n# still inside\n    return a",
        ] {
            assert_eq!(cells(whole), [whole]);
        }
        assert_eq!(cells("s = \"'''\"\n\n# next\nx = 'ü('\n\n# last").len(), 3);
        assert!(cells("\n\n").is_empty());
    }
}
