//! Edits that change what is computed of what: an input taken from another variable, and a new statement for a new node. Pure.

use protocol::program::Place;

use super::edit::{Edits, Form, at, form};
use super::scan::{Kind, is_name, words};

/// What the palette offers: what can be computed of one tensor.
pub const PALETTE: [&str; 26] = [
    "abs", "argmax", "cos", "cumsum", "detach", "exp", "flatten", "log", "max", "mean", "min", "neg", "norm",
    "relu", "round", "sigmoid", "sign", "sin", "softmax", "sqrt", "square", "squeeze", "std", "sum", "t",
    "tanh",
];

/// Inputs of an expression that can be taken from elsewhere.
pub fn operands(text: &str, place: Place) -> Vec<Place> {
    let is_tensor = |operand: &Place| {
        let inside = at(text, *operand);
        // Options and numbers are no inputs.
        let words = words(inside);
        let keyword = words.get(1).is_some_and(|word| &inside[word.start..word.end] == "=");
        !keyword && words.iter().any(|word| word.kind == Kind::Name)
    };
    let all = match form(text, place) {
        Form::Infix { left, right, .. } => vec![left, right],
        Form::Call { owner, method, arguments, .. } => {
            owner.filter(|_| method).into_iter().chain(arguments).collect()
        }
        Form::Other => Vec::new(),
    };
    all.into_iter().filter(is_tensor).collect()
}

/// An input becomes a variable.
pub fn rewire(operand: Place, to: &str) -> Edits {
    vec![(operand, to.to_owned())]
}

/// A new statement behind the one in which an expression stands: an op of the palette, of the variable that holds the expression; or why
/// there can be none.
pub fn append(text: &str, place: Place, of: Option<&str>, op: &str) -> Result<Edits, &'static str> {
    let of =
        of.filter(|name| is_name(name)).ok_or("No variable holds this: give it a name in the text first.")?;
    let op = PALETTE.into_iter().find(|known| *known == op).ok_or("Choose an op of the list.")?;
    let start = text.get(..place.start as usize).ok_or("The text has changed: run it first.")?;
    let line_start = start.rfind('\n').map_or(0, |at| at + 1);
    let indent: String = text[line_start..].chars().take_while(|c| *c == ' ' || *c == '\t').collect();
    let statement = &text[line_start + indent.len()..];
    if ["for ", "while ", "if ", "elif ", "with ", "return ", "def ", "class "]
        .iter()
        .any(|word| statement.starts_with(word))
    {
        return Err("A statement cannot stand right behind this one.");
    }
    let name =
        (1..).map(|n| format!("{op}{n}")).find(|name| !text.contains(name.as_str())).unwrap_or_default();
    let call = match op {
        "softmax" | "cumsum" => format!("torch.{op}({of}, dim=-1)"),
        "detach" => format!("{of}.detach()"),
        _ => format!("torch.{op}({of})"),
    };
    let call =
        if text.contains("import torch") {
            call
        } else {
            call.replacen("torch.", "", 1)
                .replacen(&format!("{op}({of}, "), &format!("{of}.{op}("), 1)
                .replacen(&format!("{op}({of})"), &format!("{of}.{op}()"), 1)
        };
    let end = line_end(text, line_start);
    let at_end = Place { start: end as u32, end: end as u32 };
    Ok(vec![(at_end, format!("\n{indent}{name} = {call}"))])
}

/// Where the statement ends that begins here: at the end of a line outside of brackets.
fn line_end(text: &str, start: usize) -> usize {
    let mut depth = 0;
    let mut end = start;
    for word in words(&text[start..]) {
        let begins = start + word.start;
        if depth == 0
            && text[end..begins].contains('\n')
            && !text[end..begins].trim_end().ends_with('\\')
            && end > start
        {
            break;
        }
        depth += i32::from(word.kind == Kind::Open) - i32::from(word.kind == Kind::Close);
        end = start + word.end;
    }
    // A comment belongs to its line.
    text[end..].find('\n').map_or(text.len(), |at| end + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::edited;

    fn place_of(text: &str, part: &str) -> Place {
        let start = text.find(part).expect("the part") as u32;
        Place { start, end: start + part.len() as u32 }
    }

    #[test]
    fn inputs_are_operands_that_can_be_variables() {
        for (expression, wanted) in [
            ("x * y + 1", vec!["x * y"]),
            ("x @ w", vec!["x", "w"]),
            ("torch.softmax(z, dim=0)", vec!["z"]),
            ("h.relu()", vec!["h"]),
            ("F.linear(x, w, b)", vec!["x", "w", "b"]),
            ("3.0", vec![]),
        ] {
            let whole = Place { start: 0, end: expression.len() as u32 };
            let found: Vec<_> =
                operands(expression, whole).into_iter().map(|place| at(expression, place)).collect();
            assert_eq!(found, wanted, "{expression}");
            for operand in operands(expression, whole) {
                let after = edited(expression, &rewire(operand, "v"));
                assert_eq!(operands(&after, Place { start: 0, end: after.len() as u32 }).len(), wanted.len());
            }
        }
    }

    #[test]
    fn a_new_node_is_a_statement_of_its_own() {
        let text = "import torch\nfor i in range(3):\n    y = f(x,\n          2)  # twice\n    z = y\n";
        let place = place_of(text, "f(x,\n          2)");
        let after = edited(text, &append(text, place, Some("y"), "exp").expect("an edit"));
        assert_eq!(after, text.replace("# twice\n", "# twice\n    exp1 = torch.exp(y)\n"));
        let again = edited(&after, &append(&after, place, Some("y"), "exp").expect("an edit"));
        assert!(again.contains("    exp2 = torch.exp(y)\n    exp1 = torch.exp(y)\n"), "{again}");
        let bare = "y = x * 2";
        let end = append(bare, place_of(bare, "x * 2"), Some("y"), "softmax").expect("an edit");
        assert_eq!(edited(bare, &end), "y = x * 2\nsoftmax1 = y.softmax(dim=-1)");
    }

    #[test]
    fn it_says_why_there_is_no_place_for_a_node() {
        let text = "import torch\nreturn x + 1\n";
        let place = place_of(text, "x + 1");
        assert!(append(text, place, Some("y"), "exp").is_err_and(|why| why.contains("behind")));
        assert!(append(text, place, None, "exp").is_err_and(|why| why.contains("name")));
        assert!(append(text, place, Some("y"), "explode").is_err_and(|why| why.contains("list")));
    }
}
