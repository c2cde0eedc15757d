//! The parameters of a native function, from the line of Python that declares them.

use std::rc::Rc;

use crate::ast::Name;
use crate::value::Value;

/// One parameter.
pub(crate) struct Param {
    pub(crate) name: Name,
    /// What it is if it is not given.
    pub(crate) default: Option<Value>,
}

/// The parameters of a native function.
#[derive(Default)]
pub(crate) struct Signature {
    pub(crate) params: Vec<Param>,
    /// How many of them can be given by place.
    pub(crate) positional: usize,
    /// How many of those can only be given so.
    pub(crate) unnamed: usize,
    /// Whether further arguments are taken: `*rest`.
    pub(crate) rest: bool,
    /// Whether further names are taken: `**names`.
    pub(crate) names: bool,
}

impl Signature {
    /// Reads `name(a, b=1, *, c=None)`.
    pub(crate) fn parse(text: &str) -> Self {
        let inside = text.find('(').map_or("", |open| text[open + 1..].trim_end().trim_end_matches(')'));
        let mut signature = Self::default();
        let mut by_place = true;
        for part in inside.split(", ").filter(|part| !part.is_empty()) {
            match part {
                "*" => by_place = false,
                "/" => signature.unnamed = signature.params.len(),
                _ if part.starts_with("**") => signature.names = true,
                _ if part.starts_with('*') => {
                    signature.rest = true;
                    by_place = false;
                }
                _ => {
                    let (name, default) = match part.split_once('=') {
                        Some((name, default)) => (name, Some(literal(default))),
                        None => (part, None),
                    };
                    signature.params.push(Param { name: Rc::from(name), default });
                    signature.positional += usize::from(by_place);
                }
            }
        }
        signature
    }
}

/// A default: `None`, a truth value, a number, a text or `()`.
fn literal(text: &str) -> Value {
    match text {
        "None" => Value::None,
        "True" => Value::Bool(true),
        "False" => Value::Bool(false),
        "()" => Value::tuple(Vec::new()),
        _ => {
            if let Ok(i) = text.parse() {
                Value::Int(i)
            } else if let Ok(x) = text.parse() {
                Value::Float(x)
            } else {
                Value::str(text.trim_matches(['\'', '"']))
            }
        }
    }
}
