//! What of a text its entry point reaches. Generated kernels begin with all functions that they might call, and browsers
//! read, check and translate each of these for every pipeline: of a small kernel that is most of the work.

/// The text without the functions that the entry point does not need, and without other entry points. At the beginning of
/// a line stand functions, with their attributes, and what is kept in any case: constants, structures and bindings.
pub(crate) fn reached(text: &str, entry: &str) -> String {
    let items = items(text);
    let mut kept: Vec<bool> = items.iter().map(|item| item.name.is_none_or(|name| name == entry)).collect();
    let mut open: Vec<usize> = (0..items.len()).filter(|&i| kept[i]).collect();
    while let Some(i) = open.pop() {
        for called in items[i].text.split('(').map(last_word) {
            let function = items.iter().position(|item| item.name == Some(called));
            if let Some(function) = function.filter(|&function| !kept[function]) {
                kept[function] = true;
                open.push(function);
            }
        }
    }
    items.iter().zip(kept).filter(|(_, kept)| *kept).map(|(item, _)| item.text).collect()
}

/// A function, or a line outside of all functions.
struct Item<'a> {
    name: Option<&'a str>,
    text: &'a str,
}

fn items(text: &str) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let is_function = rest.starts_with("fn ") || rest.starts_with("@compute");
        let (text, after) = rest.split_at(if is_function { function(rest) } else { line(rest) });
        let name = text.find("fn ").filter(|_| is_function).map(|at| first_word(&text[at + "fn ".len()..]));
        items.push(Item { name, text });
        rest = after;
    }
    items
}

/// Where the first line ends.
fn line(text: &str) -> usize {
    text.find('\n').map_or(text.len(), |at| at + 1)
}

/// Where the line ends in which the braces of a function are closed.
fn function(text: &str) -> usize {
    let mut depth = 0;
    for (at, sign) in text.bytes().enumerate() {
        match sign {
            b'{' => depth += 1,
            b'}' if depth == 1 => return at + line(&text[at..]),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

fn is_in_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn first_word(text: &str) -> &str {
    text.split(|c| !is_in_word(c)).next().unwrap_or_default()
}

fn last_word(text: &str) -> &str {
    text.rsplit(|c| !is_in_word(c)).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "const A = 1u;
override OP: u32 = 0u;
fn unused(v: f32) -> f32 { return twice(v); }
fn once(v: f32) -> f32 {
if v > 0.0 { return v; }
return -v;
}
fn twice(v: f32) -> f32 { return once(once(v)); }
fn twice_more(v: f32) -> f32 { return v; }
@group(0) @binding(8) var<storage, read_write> out: array<f32>;
@compute @workgroup_size(64)
fn main(
@builtin(local_invocation_index) i: u32,
) {
out[i] = vec4<f32>(twice(1.0)).x;
}
@compute @workgroup_size(256)
fn other() { out[0] = twice_more(1.0); }
";

    #[test]
    fn only_functions_that_are_called_are_left() {
        let text = reached(TEXT, "main");
        for there in
            ["const A", "override OP", "fn once", "fn twice(", "@binding(8)", "fn main", "workgroup_size(64)"]
        {
            assert!(text.contains(there), "{there} is missing:\n{text}");
        }
        for gone in ["unused", "twice_more", "other", "workgroup_size(256)"] {
            assert!(!text.contains(gone), "{gone} is there:\n{text}");
        }
        assert!(text.ends_with(".x;\n}\n"), "{text}");
        assert!(reached(TEXT, "other").contains("fn twice_more"));
        assert!(!reached(TEXT, "other").contains("fn twice("));
    }

    #[test]
    fn a_text_is_made_of_its_items() {
        for text in [TEXT, crate::shaders::MATH, crate::shaders::MAP, crate::shaders::FOLDS] {
            assert_eq!(items(text).iter().map(|item| item.text).collect::<String>(), text);
        }
        let names: Vec<_> = items(crate::shaders::MATH).iter().filter_map(|item| item.name).collect();
        assert_eq!(names.len(), crate::shaders::MATH.matches("fn ").count(), "{names:?}");
    }
}
