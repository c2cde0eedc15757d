//! `"%d: %.3f" % (epoch, loss)`.

use std::rc::Rc;

use super::spec::{Spec, number};
use crate::error::{Result, Stop, type_error, value_error};
use crate::machine::Machine;
use crate::map::Key;
use crate::native::Args;
use crate::print::Shown;
use crate::value::Value;

/// The values, one after another or by name.
struct Values {
    all: Value,
    items: Vec<Value>,
    next: usize,
    named: bool,
}

impl Values {
    fn take(&mut self) -> Result<Value> {
        self.next += 1;
        match self.items.get(self.next - 1) {
            Some(value) => Ok(value.clone()),
            None => type_error("not enough arguments for format string"),
        }
    }
}

/// What `%s` and `%r` write where the program must be asked: what is missing, or the answers.
enum Texts {
    Missing(Vec<Value>),
    Known(std::vec::IntoIter<Value>),
}

/// `template % values`.
///
/// # Errors
/// As Python's; and a call, if the program must be asked.
pub(crate) fn percent(vm: &mut Machine, template: &Rc<str>, values: &Value) -> Result<Value> {
    let mut texts = Texts::Missing(Vec::new());
    let text = run(vm, template, values, &mut texts)?;
    match texts {
        Texts::Missing(missing) if !missing.is_empty() => {
            let args = vec![Value::Str(Rc::clone(template)), values.clone(), Value::list(missing)];
            Err(Stop::call(vm.helper("_percent"), args))
        }
        _ => Ok(Value::from(text)),
    }
}

/// The same, with the texts that the program gave.
pub(super) fn filled(vm: &mut Machine, args: &Args) -> Result<Value> {
    let texts = args.get(2).sequence().unwrap_or_default();
    run(vm, &args.str(0)?, &args.get(1), &mut Texts::Known(texts.into_iter())).map(Value::from)
}

fn run(vm: &mut Machine, template: &str, values: &Value, texts: &mut Texts) -> Result<String> {
    let items = match values {
        Value::Tuple(tuple) => tuple.items().to_vec(),
        one => vec![one.clone()],
    };
    let mut values = Values { all: values.clone(), items, next: 0, named: false };
    let chars: Vec<char> = template.chars().collect();
    let (mut out, mut i) = (String::new(), 0);
    while let Some(&c) = chars.get(i) {
        i += 1;
        if c == '%' {
            out += &conversion(vm, &chars, &mut i, &mut values, texts)?;
        } else {
            out.push(c);
        }
    }
    let mapping = matches!(values.all.unwrapped(), Value::Dict(_) | Value::List(_));
    if values.next < values.items.len() && !values.named && !mapping {
        return type_error("not all arguments converted during string formatting");
    }
    Ok(out)
}

fn conversion(
    vm: &mut Machine,
    chars: &[char],
    i: &mut usize,
    values: &mut Values,
    texts: &mut Texts,
) -> Result<String> {
    let named = named(vm, chars, i, values)?;
    let mut spec = Spec { align: Some('>'), ..Spec::default() };
    let mut zero = false;
    while let Some(&flag) = chars.get(*i) {
        match flag {
            '-' => spec.align = Some('<'),
            '+' => spec.sign = Some('+'),
            ' ' => spec.sign = spec.sign.or(Some(' ')),
            '#' => spec.alternate = true,
            '0' => zero = true,
            _ => break,
        }
        *i += 1;
    }
    let width = star_or_number(chars, i, values)?.unwrap_or(0);
    if width < 0 {
        spec.align = Some('<');
    }
    spec.width = usize::try_from(width.unsigned_abs()).unwrap_or(usize::MAX);
    if chars.get(*i) == Some(&'.') {
        *i += 1;
        let precision = star_or_number(chars, i, values)?.unwrap_or(0);
        spec.precision = Some(usize::try_from(precision).unwrap_or(0));
    }
    while let Some('l' | 'h' | 'L') = chars.get(*i) {
        *i += 1;
    }
    vm.reserve(spec.width.saturating_add(spec.precision.unwrap_or(0)))?;
    let Some(&kind) = chars.get(*i) else { return value_error("incomplete format") };
    *i += 1;
    if kind == '%' {
        return Ok("%".to_owned());
    }
    if !"sracdiuoxXeEfFgG".contains(kind) {
        let (code, at) = (u32::from(kind), *i - 1);
        return value_error(format!("unsupported format character '{kind}' ({code:#x}) at index {at}"));
    }
    let value = match named {
        Some(value) => value,
        None => values.take()?,
    };
    if zero && spec.align == Some('>') && !"srac".contains(kind) {
        (spec.align, spec.fill) = (Some('='), Some('0'));
    }
    one(vm, &spec, kind, &value, texts)
}

/// The value of `%(name)s`.
fn named(vm: &mut Machine, chars: &[char], i: &mut usize, values: &mut Values) -> Result<Option<Value>> {
    if chars.get(*i) != Some(&'(') {
        return Ok(None);
    }
    let (start, mut depth) = (*i + 1, 0);
    loop {
        match chars.get(*i) {
            Some('(') => depth += 1,
            Some(')') => depth -= 1,
            Some(_) => {}
            None => return value_error("incomplete format key"),
        }
        *i += 1;
        if depth == 0 {
            break;
        }
    }
    let name: String = chars.get(start..*i - 1).unwrap_or_default().iter().collect();
    values.named = true;
    match values.all.unwrapped() {
        Value::Dict(dict) => match dict.0.borrow().get_str(&name) {
            Some(value) => Ok(Some(value)),
            None => {
                let key = Key::new(Value::from(name))?;
                let exception = vm.exception("KeyError", vec![key.into_value()])?;
                Err(Stop::Raise(exception))
            }
        },
        _ => type_error("format requires a mapping"),
    }
}

fn star_or_number(chars: &[char], i: &mut usize, values: &mut Values) -> Result<Option<i64>> {
    if chars.get(*i) != Some(&'*') {
        return Ok(number(chars, i)?.and_then(|n| i64::try_from(n).ok()));
    }
    *i += 1;
    match values.take()?.as_int() {
        Some(n) => Ok(Some(n)),
        None => type_error("* wants int"),
    }
}

fn one(vm: &mut Machine, spec: &Spec, kind: char, value: &Value, texts: &mut Texts) -> Result<String> {
    let text = match kind {
        's' | 'r' | 'a' => text_of(vm, kind, value, texts)?,
        'c' => match (value, value.as_int().and_then(|i| u32::try_from(i).ok()).and_then(char::from_u32)) {
            (_, Some(c)) => c.to_string(),
            (Value::Str(text), None) if text.chars().count() == 1 => text.to_string(),
            (Value::Int(_), None) => {
                return Err(Stop::error("OverflowError", "%c arg not in range(0x110000)"));
            }
            _ => return type_error("%c requires int or char"),
        },
        _ => return numeric(vm, spec, kind, value),
    };
    let text: String = match spec.precision {
        Some(most) if kind != 'c' => text.chars().take(most).collect(),
        _ => text,
    };
    Ok(spec.pad("", &text, '>'))
}

fn text_of(vm: &mut Machine, kind: char, value: &Value, texts: &mut Texts) -> Result<String> {
    let shown = if kind == 's' { vm.show_str(value)? } else { vm.show_repr(value)? };
    let text = match (shown, texts) {
        (Shown::Text(text), _) => text,
        (Shown::Holes(_), Texts::Missing(missing)) => {
            missing.push(Value::tuple(vec![value.clone(), Value::Bool(kind == 's')]));
            String::new()
        }
        (Shown::Holes(_), Texts::Known(known)) => match known.next() {
            Some(Value::Str(text)) => text.to_string(),
            _ => String::new(),
        },
    };
    Ok(if kind == 'a' { crate::quote::ascii(&text) } else { text })
}

fn numeric(vm: &mut Machine, spec: &Spec, kind: char, value: &Value) -> Result<String> {
    let value = match value.unwrapped() {
        Value::Tensor(tensor) if tensor.tensor.numel() == 1 => {
            let tensor = tensor.tensor;
            super::super::number::of_scalar(vm.wait(|| tensor.item())?)
        }
        Value::Object(_) => match crate::numpy::Array::tensor(value) {
            Some(array) if array.numel() == 1 => super::super::number::of_scalar(vm.wait(|| array.item())?),
            Some(_) if "eEfFgG".contains(kind) => {
                return type_error("only size-1 arrays can be converted to Python scalars");
            }
            _ => value.unwrapped(),
        },
        other => other,
    };
    if "eEfFgG".contains(kind) {
        let Some(x) = value.as_float() else {
            return type_error(format!("must be real number, not {}", value.type_name()));
        };
        let text = super::number::float(x.abs(), kind, spec.precision.unwrap_or(6), spec.alternate);
        return Ok(spec.pad(spec.sign_of(x.is_sign_negative() && !x.is_nan()), &text, '>'));
    }
    let whole = match (value.as_int(), value.as_float()) {
        (Some(i), _) => i,
        (None, Some(x)) if "diu".contains(kind) => super::super::number::truncated(x)?,
        (None, _) => {
            let wanted = if "diu".contains(kind) { "a real number" } else { "an integer" };
            return type_error(format!("%{kind} format: {wanted} is required, not {}", value.type_name()));
        }
    };
    let digits = super::number::digits(whole.unsigned_abs(), kind);
    let least = spec.precision.unwrap_or(0);
    let digits = "0".repeat(least.saturating_sub(digits.len())) + &digits;
    let prefix = if spec.alternate && "oxX".contains(kind) { format!("0{kind}") } else { String::new() };
    let sign = format!("{}{prefix}", spec.sign_of(whole < 0));
    Ok(spec.pad(&sign, &digits, '>'))
}
