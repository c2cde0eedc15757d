//! The node at which numbers stopped being finite, if a loss or a gradient of the program has come to that.

use std::collections::HashMap;

use protocol::program::{Diagnostic, Graph, Mini, Node, NodeKind, Place, Severity};

/// What is small enough to change nothing else, and large enough to keep float32 finite.
const SMALL: &str = "1e-8";

/// Ops that only put in what they were given: an infinity in them is meant.
const MEANT: [&str; 7] = ["masked_fill", "where", "full", "full_like", "triu", "tril", "cat"];

/// The node that is to blame, why, and what mends it.
pub(crate) fn guilty(graph: &Graph, text: &str) -> Option<Diagnostic> {
    let forward: Vec<&Node> = graph.nodes.iter().filter(|node| !node.backward).collect();
    let by_id: HashMap<u32, &Node> = forward.iter().map(|node| (node.id, *node)).collect();
    let inputs = |node: &Node| node.inputs.iter().filter_map(|id| by_id.get(id)).copied().collect::<Vec<_>>();
    let matters = forward.iter().any(|node| {
        node.kind == NodeKind::Loss && broken(&node.value) || is_leaf(node) && broken(&node.gradient)
    });
    if !matters {
        return None;
    }
    let value = forward.iter().find(|node| {
        node.kind != NodeKind::Constant
            && broken(&node.value)
            && !MEANT.contains(&node.op.as_str())
            && inputs(node).iter().all(|input| !broken(&input.value))
    });
    if let Some(node) = value {
        return Some(of_value(node, text));
    }
    let gradient = forward.iter().rev().find(|node| {
        node.gradient.is_some()
            && !broken(&node.gradient)
            && inputs(node).iter().any(|input| broken(&input.gradient))
    });
    gradient.map(|node| of_gradient(node, text))
}

fn broken(mini: &Option<Mini>) -> bool {
    mini.as_ref().is_some_and(|mini| mini.not_finite > 0)
}

fn is_leaf(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Leaf | NodeKind::Parameter)
}

/// `log` or the name of a leaf, with its line.
fn called(node: &Node) -> String {
    let name = if node.op.is_empty() { node.name.as_deref().unwrap_or("this tensor") } else { &node.op };
    match node.line {
        Some(line) => format!("{name} (line {line})"),
        None => name.to_owned(),
    }
}

fn of_value(node: &Node, text: &str) -> Diagnostic {
    let (reason, fix) = match node.op.as_str() {
        "" => ("It held them before any op: look at the data, or at the step of the optimizer before.", None),
        "log" | "log2" | "log10" => {
            ("The logarithm of 0 is -inf, and that of a negative number nan.", clamped(node, text))
        }
        "sqrt" | "rsqrt" => ("The root of a negative number is nan, and 1 / 0 is inf.", clamped(node, text)),
        "div" | "reciprocal" => ("It divides by 0: add a small number to the divisor, such as 1e-8.", None),
        "exp" => (
            "exp overflows float32 above 88: subtract the largest number first, or use log_softmax or logsumexp.",
            None,
        ),
        _ => (
            "The numbers have grown beyond what float32 holds, 3.4e38: a smaller learning rate keeps them small.",
            smaller_rate(text),
        ),
    };
    diagnostic(node, format!("Here numbers are no longer finite: {}.", called(node)), reason, fix)
}

fn of_gradient(node: &Node, text: &str) -> Diagnostic {
    let (reason, fix) = match node.op.as_str() {
        "sqrt" | "norm" | "linalg_vector_norm" | "std" | "pow" => (
            "Its value is finite, but its slope at 0 is not: keep its input away from 0.",
            clamped(node, text),
        ),
        "where" => (
            "The branch that was not chosen has a gradient of nan, and 0 · nan is nan: keep its input finite too.",
            None,
        ),
        _ => ("Its value is finite, but the gradient of its input is not.", None),
    };
    diagnostic(node, format!("Here gradients are no longer finite: {}.", called(node)), reason, fix)
}

fn diagnostic(node: &Node, message: String, reason: &str, fix: Option<(Place, String)>) -> Diagnostic {
    Diagnostic {
        severity: Severity::Warning,
        place: node.place.unwrap_or_default(),
        message,
        hint: Some(reason.to_owned()),
        fix,
        node: Some(node.id),
    }
}

/// `torch.log(x)` becomes `torch.log((x).clamp(min=1e-8))`, and `x.log()` becomes `x.clamp(min=1e-8).log()`.
fn clamped(node: &Node, text: &str) -> Option<(Place, String)> {
    let place = node.place?;
    let call = text.get(place.start as usize..place.end as usize)?;
    let inside = call.strip_suffix(')')?;
    let function = format!("torch.{}(", node.op);
    if let Some(argument) = inside.strip_prefix(&function).filter(|argument| is_whole(argument)) {
        let plain = argument.chars().all(|c| c.is_alphanumeric() || c == '_');
        let argument = if plain { argument.to_owned() } else { format!("({argument})") };
        return Some((place, format!("{function}{argument}.clamp(min={SMALL}))")));
    }
    let owner = call.strip_suffix(&format!(".{}()", node.op)).filter(|owner| is_whole(owner))?;
    Some((place, format!("{owner}.clamp(min={SMALL}).{}()", node.op)))
}

/// Whether a text is one argument: its brackets close, and no comma or operator stands outside of them.
fn is_whole(text: &str) -> bool {
    let mut depth = 0_i32;
    for c in text.chars() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' | '\'' | '"' | '#' if depth == 0 => return false,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0 && !text.is_empty()
}

/// A tenth of the learning rate, where the text gives one.
fn smaller_rate(text: &str) -> Option<(Place, String)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let (at, name) = ["lr", "learning_rate"].into_iter().flat_map(|name| text.match_indices(name)).find(
        |(at, name)| {
            !text[..*at].ends_with(is_word)
                && text[at + name.len()..].trim_start_matches(' ').starts_with('=')
        },
    )?;
    let after = &text[at + name.len()..];
    let number = after.trim_start_matches([' ', '=']);
    let start = at + name.len() + (after.len() - number.len());
    let length =
        number.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | 'e' | '-'))).unwrap_or(number.len());
    let rate: f64 = number[..length].parse().ok().filter(|rate: &f64| *rate > 0.0)?;
    let place = Place { start: start as u32, end: (start + length) as u32 };
    // Digits, not the sum of binary fractions.
    let smaller = format!("{:e}", rate / 10.0).parse::<f64>().ok()?;
    Some((place, format!("{smaller}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(id: u32, op: &str, inputs: &[u32], value: u64, gradient: Option<u64>) -> Node {
        let mini = |not_finite| Mini { not_finite, ..Mini::default() };
        Node {
            id,
            kind: if op.is_empty() { NodeKind::Leaf } else { NodeKind::Op },
            op: op.to_owned(),
            name: None,
            shape: Vec::new(),
            dtype: "float32".to_owned(),
            line: Some(1),
            place: Some(Place { start: 0, end: 12 }),
            modules: Vec::new(),
            turn: 0,
            inputs: inputs.to_vec(),
            requires_grad: true,
            grad_fn: None,
            backward: false,
            value: Some(mini(value)),
            gradient: gradient.map(mini),
            arrivals: 0,
        }
    }

    fn blamed(mut nodes: Vec<Node>) -> Option<(u32, Option<String>)> {
        if let Some(last) = nodes.last_mut() {
            last.kind = NodeKind::Loss;
        }
        let graph = Graph { nodes, ..Graph::default() };
        let found = guilty(&graph, "torch.log(x) + 1")?;
        Some((found.node?, found.fix.map(|(_, new)| new)))
    }

    #[test]
    fn the_first_node_that_is_not_finite_is_to_blame() {
        let log =
            vec![node(1, "", &[], 0, None), node(2, "log", &[1], 1, None), node(3, "mul", &[2, 1], 2, None)];
        assert_eq!(blamed(log), Some((2, Some("torch.log(x.clamp(min=1e-8))".to_owned()))));
        let fine = vec![node(1, "", &[], 0, None), node(2, "log", &[1], 0, Some(0))];
        assert_eq!(blamed(fine), None);
    }

    #[test]
    fn an_infinity_that_was_put_in_is_meant() {
        let masked = vec![
            node(1, "", &[], 0, Some(0)),
            node(2, "masked_fill", &[1], 3, Some(0)),
            node(3, "softmax", &[2], 0, Some(0)),
        ];
        assert_eq!(blamed(masked), None);
    }

    #[test]
    fn where_values_are_finite_the_gradient_leads_to_the_node() {
        let root = vec![
            node(1, "", &[], 0, Some(1)),
            node(2, "sqrt", &[1], 0, Some(0)),
            node(3, "sum", &[2], 0, Some(0)),
        ];
        assert_eq!(blamed(root).map(|(id, _)| id), Some(2));
    }

    #[test]
    fn a_smaller_rate_is_a_tenth_in_few_digits() {
        for (text, new) in [
            ("SGD(p, lr=0.1)", Some("0.01")),
            ("lr = 3\n", Some("0.3")),
            ("learning_rate = 1e-2", Some("0.001")),
            ("clr = 1", None),
            ("SGD(p, lr=rate)", None),
        ] {
            assert_eq!(smaller_rate(text).map(|(_, new)| new).as_deref(), new, "{text}");
        }
    }
}
