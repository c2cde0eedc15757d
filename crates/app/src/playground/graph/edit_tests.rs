//! Tests of edits of the text, each as a line before and after.

use protocol::program::Place;

use super::edit::{change, delete, insert, numbers, others, rename};
use crate::program::edited;

/// A text with the place of an expression, which is marked by `«…»`.
fn marked(text: &str) -> (String, Place) {
    let start = text.find('«').expect("a mark");
    let text = text.replacen('«', "", 1);
    let end = text.find('»').expect("a mark");
    (text.replacen('»', "", 1), Place { start: start as u32, end: end as u32 })
}

#[test]
fn an_operator_changes_and_what_belongs_together_stays_together() {
    let table = [
        ("z = «x * y»", "+", "z = x + y"),
        ("z = «x * y» + 1", "-", "z = (x - y) + 1"),
        ("z = «x * y» + 1", "/", "z = x / y + 1"),
        ("z = f(«x * y», 1)", "+", "z = f(x + y, 1)"),
        ("z = «x + y * 2»", "*", "z = x * (y * 2)"),
        ("z = «x + y + 2»", "*", "z = (x + y) * 2"),
        ("z = «x * y»", "**", "z = x ** y"),
        ("z = «a[i + 1] - (x * y)»", "@", "z = a[i + 1] @ (x * y)"),
        ("z = («x * y») ** 2", "+", "z = (x + y) ** 2"),
        ("return «x ** 2»", "*", "return x * 2"),
        ("z = torch.«»", "+", "z = torch."),
    ];
    for (before, to, after) in table {
        let (text, place) = marked(before);
        assert_eq!(edited(&text, &change(&text, place, to)), after, "{before}");
    }
}

#[test]
fn a_call_is_offered_functions_that_take_the_same() {
    let table = [
        ("y = «torch.relu(x + 1)»", Some("relu"), "tanh", "y = torch.tanh(x + 1)"),
        ("y = «(x * 2).mean()»", Some("mean"), "sum", "y = (x * 2).sum()"),
        ("y = «F.relu(x)»", Some("relu"), "gelu", "y = F.gelu(x)"),
        ("y = «torch.add(x, y)»", Some("add"), "mul", "y = torch.mul(x, y)"),
        ("y = «model(x)»", None, "", ""),
        ("y = «x.reshape(2, 3)»", None, "", ""),
        ("y = «x»", None, "", ""),
    ];
    for (before, now, to, after) in table {
        let (text, place) = marked(before);
        let found = others(&text, place);
        assert_eq!(found.as_ref().ok().map(|(now, _)| now.as_str()), now, "{before}");
        if let Ok((_, names)) = found {
            assert!(names.contains(&to), "{before}: {names:?}");
            assert_eq!(edited(&text, &change(&text, place, to)), after);
        }
    }
}

#[test]
fn an_op_goes_behind_an_expression() {
    let table = [
        ("import torch\ny = «x * 2» + 1", "import torch\ny = torch.relu(x * 2) + 1"),
        ("import torch\ny = «(x * 2)»", "import torch\ny = torch.relu(x * 2)"),
        ("y = «x * 2»", "y = (x * 2).relu()"),
        ("y = «x»", "y = x.relu()"),
    ];
    for (before, after) in table {
        let (text, place) = marked(before);
        assert_eq!(edited(&text, &insert(&text, place, "relu")), after);
    }
}

#[test]
fn a_deleted_op_leaves_its_first_input() {
    let table = [
        ("y = «torch.relu(x + 1)» * 2", Some("y = (x + 1) * 2")),
        ("y = «torch.relu(x + 1)»", Some("y = x + 1")),
        ("y = «(x * 2).mean(0, keepdim=True)»", Some("y = (x * 2)")),
        ("y = «x * w» + b", Some("y = x + b")),
        ("y = «f(g(x)[0, 1], {2: 3})»", Some("y = g(x)[0, 1]")),
        ("y = «torch.rand()»", None),
        ("y = «x»", None),
    ];
    for (before, after) in table {
        let (text, place) = marked(before);
        let done = delete(&text, place).ok().map(|edits| edited(&text, &edits));
        assert_eq!(done.as_deref(), after, "{before}");
    }
}

#[test]
fn a_variable_is_renamed_everywhere_but_not_what_is_only_called_like_it() {
    let text = "w = f(w=1)\nprint('w', m.w, w)  # w";
    let to = |name| rename(text, "w", name).map(|edits| edited(text, &edits));
    assert_eq!(to("weight"), Ok("weight = f(w=1)\nprint('w', m.w, weight)  # w".to_owned()));
    for taken in ["print", "for", "1w", "a b", ""] {
        assert!(to(taken).is_err(), "{taken}");
    }
}

#[test]
fn numbers_of_an_expression_are_found() {
    let (text, place) = marked("y = «x1 * 0.5 + torch.tensor([1., -2e-3])»");
    let found: Vec<_> =
        numbers(&text, place).into_iter().map(|p| &text[p.start as usize..p.end as usize]).collect();
    assert_eq!(found, ["0.5", "1.", "2e-3"]);
}

#[test]
fn nonsense_is_left_alone() {
    for text in ["", ")", "((", "a +", "* 2", "f(", ").x()", "'", "-x ** 2", "ä*ö", "f)("] {
        let place = Place { start: 0, end: text.len() as u32 };
        let _ = (others(text, place), numbers(text, place), delete(text, place));
        for to in ["+", "**", "relu"] {
            let _ = edited(text, &change(text, place, to));
            let _ = edited(text, &insert(text, place, to));
        }
    }
}
