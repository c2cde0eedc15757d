//! Where the bodies of functions stand in a source in Python that is condensed: the build marks by it those that can follow the page.

use std::ops::Range;

/// Shorter ones are not worth their marks.
const SHORTEST: usize = 80;

/// The body of a function that stands in a source itself, or in a class of it.
pub struct Body {
    /// The name of the function, behind that of the class.
    pub name: String,
    /// Its lines.
    pub range: Range<usize>,
}

/// All bodies that could follow, in their order. Functions that have a line only, and those that begin with their documentation, are
/// left out.
pub fn bodies(text: &str) -> Vec<Body> {
    let mut found = Vec::new();
    let mut class = None;
    let mut at = 0;
    while let Some(line) = line(text, at) {
        let bare = line.trim_start_matches(' ');
        let depth = line.len() - bare.len();
        if depth == 0 && !bare.starts_with(['#', ')', ']', '}']) {
            class = name_after(bare, "class ");
        }
        let own = name_after(bare, "def ").filter(|_| depth == 0 || depth == 1 && class.is_some());
        let Some(own) = own else {
            at += line.len();
            continue;
        };
        let begin = header_end(text, at);
        let (alone, end) = (begin.is_none(), block_end(text, begin.unwrap_or(at + line.len()), depth));
        let body = text[begin.unwrap_or(end)..end].trim_start();
        if !alone && body.len() >= SHORTEST && !body.starts_with(['"', '\'']) {
            let name = class.filter(|_| depth == 1).map_or(own.to_owned(), |class| format!("{class}.{own}"));
            found.push(Body { name, range: begin.unwrap_or(end)..end });
        }
        at = end;
    }
    found
}

fn line(text: &str, at: usize) -> Option<&str> {
    text[at..].split_inclusive('\n').next()
}

/// The name that stands behind a keyword.
fn name_after<'t>(line: &'t str, keyword: &str) -> Option<&'t str> {
    line.strip_prefix(keyword)?.split(|c: char| !c.is_alphanumeric() && c != '_').next()
}

/// Where the line after the header of a definition begins: behind the first colon that stands in no bracket. Nothing if more stands
/// on the line of the colon.
fn header_end(text: &str, start: usize) -> Option<usize> {
    let (mut open, mut quote) = (0_usize, None);
    for (at, c) in text[start..].char_indices() {
        match (quote, c) {
            (Some(end), _) => quote = quote.filter(|_| c != end),
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[' | '{') => open += 1,
            (None, ')' | ']' | '}') => open = open.saturating_sub(1),
            (None, ':') if open == 0 => {
                let after = start + at + 1;
                return text[after..].starts_with('\n').then_some(after + 1);
            }
            _ => {}
        }
    }
    None
}

/// Where the last line ends that is indented by more than `depth`, of those that follow each other. Comments between them count.
fn block_end(text: &str, start: usize, depth: usize) -> usize {
    let (mut at, mut end) = (start, start);
    while let Some(line) = line(text, at) {
        let indented = line.len() - line.trim_start_matches(' ').len() > depth;
        if !indented && !line.starts_with('#') {
            break;
        }
        at += line.len();
        if indented {
            end = at;
        }
    }
    end
}
