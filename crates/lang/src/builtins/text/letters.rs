//! What depends on single characters: case, kinds, filling up, exchanging.

use super::text;
use crate::builtins::number::index;
use crate::error::{Result, type_error, value_error};
use crate::machine::Machine;
use crate::map::{Key, Map};
use crate::native::{Args, Native};
use crate::quote::is_printable;
use crate::value::Value;

pub(super) const METHODS: &[Native] = &[
    Native::new("lower(self)", |_, args| Ok(Value::from(text(args, 0)?.to_lowercase()))),
    Native::new("upper(self)", |_, args| Ok(Value::from(text(args, 0)?.to_uppercase()))),
    Native::new("casefold(self)", |_, args| {
        Ok(Value::from(text(args, 0)?.to_lowercase().replace('ß', "ss")))
    }),
    Native::new("capitalize(self)", capitalize),
    Native::new("title(self)", title),
    Native::new("swapcase(self)", swapcase),
    Native::new("isdigit(self)", |_, args| every(args, |c| c.is_ascii_digit() || "²³¹".contains(c))),
    Native::new("isdecimal(self)", |_, args| every(args, |c| c.is_ascii_digit())),
    Native::new("isnumeric(self)", |_, args| every(args, char::is_numeric)),
    Native::new("isalpha(self)", |_, args| every(args, char::is_alphabetic)),
    Native::new("isalnum(self)", |_, args| every(args, char::is_alphanumeric)),
    Native::new("isspace(self)", |_, args| every(args, char::is_whitespace)),
    Native::new("isprintable(self)", |_, args| Ok(Value::Bool(text(args, 0)?.chars().all(is_printable)))),
    Native::new("isascii(self)", |_, args| Ok(Value::Bool(text(args, 0)?.is_ascii()))),
    Native::new("isupper(self)", |_, args| cased(args, char::is_uppercase, char::is_lowercase)),
    Native::new("islower(self)", |_, args| cased(args, char::is_lowercase, char::is_uppercase)),
    Native::new("istitle(self)", istitle),
    Native::new("isidentifier(self)", isidentifier),
    Native::new("center(self, width, fillchar=' ', /)", |vm, args| fill(vm, args, Side::Both)),
    Native::new("ljust(self, width, fillchar=' ', /)", |vm, args| fill(vm, args, Side::Right)),
    Native::new("rjust(self, width, fillchar=' ', /)", |vm, args| fill(vm, args, Side::Left)),
    Native::new("zfill(self, width, /)", zfill),
    Native::new("expandtabs(self, tabsize=8)", expandtabs),
    Native::new("translate(self, table, /)", translate),
    Native::new("maketrans(x, y=None, z=None, /)", maketrans),
];

/// On which side a text is filled up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    Both,
}

fn capitalize(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let own = text(args, 0)?;
    let mut chars = own.chars();
    let first: String = chars.next().map_or_else(String::new, |c| c.to_uppercase().collect());
    Ok(Value::from(first + &chars.as_str().to_lowercase()))
}

fn title(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let (mut out, mut inside) = (String::new(), false);
    for c in text(args, 0)?.chars() {
        if inside {
            out.extend(c.to_lowercase());
        } else {
            out.extend(c.to_uppercase());
        }
        inside = c.is_alphabetic();
    }
    Ok(Value::from(out))
}

fn swapcase(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let mut out = String::new();
    for c in text(args, 0)?.chars() {
        if c.is_uppercase() {
            out.extend(c.to_lowercase());
        } else {
            out.extend(c.to_uppercase());
        }
    }
    Ok(Value::from(out))
}

fn every(args: &Args, holds: fn(char) -> bool) -> Result<Value> {
    let own = text(args, 0)?;
    Ok(Value::Bool(!own.is_empty() && own.chars().all(holds)))
}

fn cased(args: &Args, some: fn(char) -> bool, none: fn(char) -> bool) -> Result<Value> {
    let own = text(args, 0)?;
    Ok(Value::Bool(own.chars().any(some) && !own.chars().any(none)))
}

fn istitle(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let (mut inside, mut any) = (false, false);
    for c in text(args, 0)?.chars() {
        if (c.is_uppercase() && inside) || (c.is_lowercase() && !inside) {
            return Ok(Value::Bool(false));
        }
        inside = c.is_alphabetic();
        any |= inside;
    }
    Ok(Value::Bool(any))
}

fn isidentifier(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let own = text(args, 0)?;
    let starts = own.starts_with(|c: char| c.is_alphabetic() || c == '_');
    Ok(Value::Bool(starts && own.chars().all(|c| c.is_alphanumeric() || c == '_')))
}

fn fill(vm: &mut Machine, args: &Args, side: Side) -> Result<Value> {
    let (own, width, fill) = (text(args, 0)?, index(&args.get(1))?, text(args, 2)?);
    if fill.chars().count() != 1 {
        return type_error("The fill character must be exactly one character long");
    }
    let width = usize::try_from(width).unwrap_or(0);
    vm.reserve(width)?;
    let missing = width.saturating_sub(own.chars().count());
    let left = match side {
        Side::Left => missing,
        Side::Right => 0,
        // An odd blank stands on the left if the width is odd, too.
        Side::Both => missing / 2 + (missing & width & 1),
    };
    Ok(Value::from(format!("{}{own}{}", fill.repeat(left), fill.repeat(missing - left))))
}

fn zfill(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (own, width) = (text(args, 0)?, usize::try_from(index(&args.get(1))?).unwrap_or(0));
    vm.reserve(width)?;
    let zeros = "0".repeat(width.saturating_sub(own.chars().count()));
    Ok(Value::from(match own.strip_prefix(['-', '+']) {
        Some(digits) => format!("{}{zeros}{digits}", if own.starts_with('-') { "-" } else { "+" }),
        None => format!("{zeros}{own}"),
    }))
}

fn expandtabs(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (own, size) = (text(args, 0)?, usize::try_from(index(&args.get(1))?).unwrap_or(0));
    vm.reserve(size.saturating_mul(own.matches('\t').count()))?;
    let (mut out, mut column) = (String::new(), 0);
    for c in own.chars() {
        match c {
            '\t' => {
                let blanks = if size == 0 { 0 } else { size - column % size };
                out.push_str(&" ".repeat(blanks));
                column += blanks;
            }
            '\n' | '\r' => {
                out.push(c);
                column = 0;
            }
            _ => {
                out.push(c);
                column += 1;
            }
        }
    }
    Ok(Value::from(out))
}

fn translate(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let (own, table) = (text(args, 0)?, args.dict(1)?);
    let mut out = String::new();
    for c in own.chars() {
        match table.0.borrow().get(&Key::new(Value::Int(i64::from(u32::from(c))))?) {
            None => out.push(c),
            Some(Value::None) => {}
            Some(Value::Str(text)) => out += &text,
            Some(other) => {
                match other.as_int().and_then(|i| u32::try_from(i).ok()).and_then(char::from_u32) {
                    Some(c) => out.push(c),
                    None => return type_error("character mapping must return integer, None or str"),
                }
            }
        }
    }
    Ok(Value::from(out))
}

fn maketrans(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let code = |c: char| Key::new(Value::Int(i64::from(u32::from(c))));
    let mut map = Map::default();
    if let Value::Dict(dict) = args.get(0) {
        for (key, value) in dict.0.borrow().iter() {
            let key = match key {
                Value::Str(text) => match text.chars().next() {
                    Some(c) => code(c)?,
                    None => return value_error("string keys in translate table must be of length 1"),
                },
                other => Key::new(other.clone())?,
            };
            map.set(key, value.clone());
        }
        return Ok(Value::dict(map));
    }
    let (from, to) = (text(args, 0)?, text(args, 1)?);
    if from.chars().count() != to.chars().count() {
        return value_error("the first two maketrans arguments must have equal length");
    }
    for (a, b) in from.chars().zip(to.chars()) {
        map.set(code(a)?, Value::Int(i64::from(u32::from(b))));
    }
    if !args.get(2).is_none() {
        for c in text(args, 2)?.chars() {
            map.set(code(c)?, Value::None);
        }
    }
    Ok(Value::dict(map))
}
