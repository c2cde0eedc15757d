//! Output, and what values look like.
//!
//! A value is written natively. Where an object has a `__repr__` or `__str__` of the program, there is a hole: the caller lets
//! a helper in Python ask all of them, and the value is then written again with the answers in the holes.

mod instance;

use std::rc::Rc;

use crate::builtins::View;
use crate::error::{Result, Stop};
use crate::function::Method;
use crate::machine::{Event, Machine};
use crate::quote::quoted;
use crate::value::{Tuple, TupleKind, Value};

/// How deep containers may be inside each other when they are printed.
const DEEPEST: usize = 200;

/// How long the text of an object may be: one that holds the same list many times is larger than it looks.
const LONGEST: usize = 1 << 26;

/// A text, or the objects that the program must be asked for first.
pub(crate) enum Shown {
    Text(String),
    Holes(Vec<Value>),
}

impl Machine {
    /// Prints text.
    ///
    /// # Errors
    /// If the program has printed more lines than it may.
    pub(crate) fn print(&mut self, text: &str) -> Result<()> {
        self.count_lines(text)?;
        self.tell(Event::Print(text.to_owned()));
        Ok(())
    }

    /// Prints text to `sys.stderr`.
    ///
    /// # Errors
    /// As [`print`](Self::print).
    pub(crate) fn print_error(&mut self, text: &str) -> Result<()> {
        self.count_lines(text)?;
        self.tell(Event::PrintError(text.to_owned()));
        Ok(())
    }

    fn count_lines(&mut self, text: &str) -> Result<()> {
        self.lines += text.bytes().filter(|&b| b == b'\n').count() as u64;
        if self.lines > self.limits.output_lines {
            let text = format!("more than {} lines of output", self.limits.output_lines);
            return Err(
                Stop::error("RuntimeError", text).hint("Print less often, for example every 100th step.")
            );
        }
        Ok(())
    }

    /// `repr(value)`, without asking the program.
    pub(crate) fn repr_plain(&mut self, value: &Value) -> String {
        self.plainly(|writer| writer.repr(value), value)
    }

    /// `str(value)`, without asking the program.
    pub(crate) fn str_plain(&mut self, value: &Value) -> String {
        self.plainly(|writer| writer.str(value), value)
    }

    fn plainly(&mut self, write: impl FnOnce(&mut Writer) -> Result<()>, value: &Value) -> String {
        let mut writer = Writer::new(self, Holes::Plain);
        match write(&mut writer) {
            Ok(()) => writer.out,
            Err(_) => format!("<{}>", value.type_name()),
        }
    }

    /// `repr(value)`, or what the program must be asked first.
    ///
    /// # Errors
    /// What reading the values of tensors says.
    pub(crate) fn show_repr(&mut self, value: &Value) -> Result<Shown> {
        self.show(|writer| writer.repr(value))
    }

    /// `str(value)`, or what the program must be asked first.
    ///
    /// # Errors
    /// What reading the values of tensors says.
    pub(crate) fn show_str(&mut self, value: &Value) -> Result<Shown> {
        self.show(|writer| writer.str(value))
    }

    fn show(&mut self, write: impl FnOnce(&mut Writer) -> Result<()>) -> Result<Shown> {
        let mut writer = Writer::new(self, Holes::Collect(Vec::new()));
        write(&mut writer)?;
        let (text, holes) = (writer.out, writer.holes);
        self.reserve(text.len())?;
        Ok(match holes {
            Holes::Collect(holes) if !holes.is_empty() => Shown::Holes(holes),
            _ => Shown::Text(text),
        })
    }

    /// `repr(value)` or `str(value)`, with the texts that the program gave.
    ///
    /// # Errors
    /// What reading the values of tensors says.
    pub(crate) fn show_filled(&mut self, value: &Value, str: bool, texts: Vec<Rc<str>>) -> Result<String> {
        let mut writer = Writer::new(self, Holes::Fill(texts.into_iter()));
        if str {
            writer.str(value)?;
        } else {
            writer.repr(value)?;
        }
        Ok(writer.out)
    }
}

/// What is done where the program would have to be asked.
enum Holes {
    /// The object is written as if it had no methods.
    Plain,
    /// The objects are collected.
    Collect(Vec<Value>),
    /// The answers are known.
    Fill(std::vec::IntoIter<Rc<str>>),
}

struct Writer<'a> {
    vm: &'a mut Machine,
    out: String,
    /// The containers that are being written: inside of themselves they are `[...]`.
    open: Vec<usize>,
    holes: Holes,
}

impl<'a> Writer<'a> {
    fn new(vm: &'a mut Machine, holes: Holes) -> Self {
        Self { vm, out: String::new(), open: Vec::new(), holes }
    }

    fn str(&mut self, value: &Value) -> Result<()> {
        match value {
            Value::Str(text) => self.out += text,
            Value::Instance(instance) => return self.instance_str(instance),
            Value::Object(object) if value.downcast::<View>().is_none() => {
                self.out += &object.str(self.vm)?;
            }
            other => return self.repr(other),
        }
        Ok(())
    }

    fn repr(&mut self, value: &Value) -> Result<()> {
        match value {
            Value::None => self.out += "None",
            Value::Bool(b) => self.out += if *b { "True" } else { "False" },
            Value::Int(i) => self.out += &i.to_string(),
            Value::Float(x) => self.out += &engine::print::float_repr(*x),
            Value::Str(text) => self.out += &quoted(text),
            Value::Ellipsis => self.out += "Ellipsis",
            Value::NotImplemented => self.out += "NotImplemented",
            Value::Tuple(tuple) => return self.nested(value, "(...)", |w| w.tuple(tuple)),
            Value::List(list) => {
                let items = list.0.borrow().clone();
                return self.nested(value, "[...]", |w| w.between("[", &items, "]"));
            }
            Value::Dict(dict) => {
                let map = dict.0.borrow().clone();
                return self.nested(value, "{...}", |w| {
                    w.out += "{";
                    for (i, (key, value)) in map.iter().enumerate() {
                        w.out += if i > 0 { ", " } else { "" };
                        w.repr(key)?;
                        w.out += ": ";
                        w.repr(value)?;
                    }
                    w.out += "}";
                    Ok(())
                });
            }
            Value::Set(set) => {
                let items: Vec<Value> = set.items.borrow().keys().map(|key| key.value().clone()).collect();
                let (open, close, empty) =
                    if set.frozen.get() { ("frozenset({", "})", "frozenset()") } else { ("{", "}", "set()") };
                if items.is_empty() {
                    self.out += empty;
                    return Ok(());
                }
                return self.nested(value, "set(...)", |w| w.between(open, &items, close));
            }
            Value::Range(range) => {
                let (start, stop, step) = (range.start, range.stop, range.step);
                self.out += &match step {
                    1 => format!("range({start}, {stop})"),
                    _ => format!("range({start}, {stop}, {step})"),
                };
            }
            Value::Slice(slice) => {
                let parts = [slice.start.clone(), slice.stop.clone(), slice.step.clone()];
                return self.between("slice(", &parts, ")");
            }
            Value::Instance(instance) => return self.instance_repr(instance),
            Value::Method(method) => return self.method(method),
            Value::Tensor(tensor) => self.out += &crate::torch::repr_tensor(self.vm, tensor)?,
            Value::Object(object) => {
                if let Some(view) = value.downcast::<View>() {
                    let (items, name) = (view.values(), view.name());
                    return self.nested(value, "...", |w| w.between(&format!("{name}(["), &items, "])"));
                }
                self.out += &object.repr(self.vm)?;
            }
            other => self.out += &described(other),
        }
        Ok(())
    }

    /// Writes a container, unless it is being written already.
    fn nested(
        &mut self,
        value: &Value,
        again: &str,
        write: impl FnOnce(&mut Self) -> Result<()>,
    ) -> Result<()> {
        let address = value.address().unwrap_or_default();
        if self.open.contains(&address) {
            self.out += again;
            return Ok(());
        }
        if self.open.len() >= DEEPEST {
            let text = "maximum recursion depth exceeded while getting the repr of an object";
            return Err(Stop::error("RecursionError", text));
        }
        if self.out.len() > LONGEST.min(self.vm.limits.heap_bytes) {
            return Err(Stop::error(
                "MemoryError",
                "the text of an object takes more memory than is allowed",
            ));
        }
        self.open.push(address);
        write(self)?;
        self.open.pop();
        Ok(())
    }

    fn between(&mut self, open: &str, items: &[Value], close: &str) -> Result<()> {
        self.out += open;
        for (i, item) in items.iter().enumerate() {
            self.out += if i > 0 { ", " } else { "" };
            self.repr(item)?;
        }
        self.out += close;
        Ok(())
    }

    fn tuple(&mut self, tuple: &Tuple) -> Result<()> {
        let items = tuple.items();
        match tuple.kind() {
            TupleKind::Plain => {
                let close = if items.len() == 1 { ",)" } else { ")" };
                self.between("(", items, close)
            }
            TupleKind::Size => self.between("torch.Size([", items, "])"),
            TupleKind::Named(names) => {
                self.out += &names.name;
                self.out += if names.tall { "(\n" } else { "(" };
                let comma = if names.tall { ",\n" } else { ", " };
                for (i, (name, item)) in names.fields.iter().zip(items).enumerate() {
                    self.out += if i > 0 { comma } else { "" };
                    self.out += name;
                    self.out += "=";
                    self.repr(item)?;
                }
                self.out += ")";
                Ok(())
            }
        }
    }

    fn method(&mut self, method: &Method) -> Result<()> {
        let (receiver, function) = method.parts();
        match &function {
            Value::Function(function) => {
                self.out += &format!("<bound method {} of ", function.title());
                self.repr(&receiver)?;
                self.out += ">";
            }
            _ => {
                let name = match &function {
                    Value::Native(function) => function.native.name(),
                    _ => "method",
                };
                let (kind, at) = (receiver.type_name(), address(&receiver));
                self.out += &format!("<built-in method {name} of {kind} object at {at}>");
            }
        }
        Ok(())
    }
}

/// `0x7f…`: where an object lies.
fn address(value: &Value) -> String {
    format!("{:#014x}", value.address().unwrap_or_default())
}

/// What has no text of its own: `<function f at 0x…>`.
fn described(value: &Value) -> String {
    let at = address(value);
    match value {
        Value::Function(function) => format!("<function {} at {at}>", function.title()),
        Value::Native(function) => format!("<built-in function {}>", function.native.name()),
        Value::Class(class) => format!("<class '{}'>", class.full_name()),
        Value::Generator(generator) => format!("<generator object {} at {at}>", generator.name),
        Value::Module(module) => format!("<module '{}' (built-in)>", module.name),
        other => format!("<{} object at {at}>", other.type_name()),
    }
}
