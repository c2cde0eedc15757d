//! What is said of an exception that nobody handled, and how a program leaves.

use std::rc::Rc;

use super::run::Traceback;
use super::{Frame, Machine};
use crate::class::Instance;
use crate::print::Shown;
use crate::span::line_of;
use crate::value::Value;

impl Machine {
    /// The program has ended itself: `sys.exit(2)` gives a code, `sys.exit("a message")` prints it and gives 1.
    pub(super) fn exit_with(&mut self, exit: &Rc<Instance>) {
        let args = match exit.get("args") {
            Some(Value::Tuple(args)) => args.items().to_vec(),
            _ => Vec::new(),
        };
        self.exit_code = match &*args {
            [] | [Value::None] => 0,
            // A system keeps eight bits of it.
            [Value::Int(code)] => (code & 0xff) as u8,
            [Value::Bool(failed)] => u8::from(*failed),
            _ => {
                let text = match &*args {
                    [message] => self.str_plain(message),
                    _ => self.str_plain(&Value::tuple(args)),
                };
                // A program that may print no more ends all the same.
                let _ = self.print_error(&(text + "\n"));
                1
            }
        };
    }

    /// Begins to ask the program for the texts of its exceptions, if the report needs any that it was not asked for.
    pub(super) fn ask_texts(&mut self, exception: &Value) -> bool {
        let Value::Instance(instance) = exception else { return false };
        let unknown = told(instance).into_iter().any(|(told, _)| {
            let known = told.raised.borrow().text.is_some();
            !known && matches!(self.show_str(&Value::Instance(told)), Ok(Shown::Holes(_)))
        });
        let Value::Function(helper) = self.helper("_end_with") else { return false };
        if !unknown {
            return false;
        }
        let Ok(code) = helper.whole() else { return false };
        let mut frame = Frame::new(Rc::clone(code), Rc::clone(&helper.globals), &[]);
        match frame.locals.first_mut() {
            Some(first) => *first = Some(exception.clone()),
            None => return false,
        }
        self.frames.push(frame);
        true
    }

    /// The exception that is being handled.
    pub(crate) fn handled(&self) -> Option<Value> {
        self.frames.iter().rev().find_map(|frame| frame.handled.last().cloned())
    }

    /// The report that Python prints.
    pub(crate) fn report(&mut self, exception: &Value) -> Traceback {
        let Value::Instance(instance) = exception else {
            return Traceback { text: "RuntimeError".to_owned(), span: None, hint: None };
        };
        let mut text = String::new();
        for (told, between) in told(instance).iter().rev() {
            text += &self.trace_text(told);
            text += between;
        }
        let raised = instance.raised.borrow();
        let hint = raised.hint.clone().filter(|hint| !is_suggestion(hint));
        Traceback { text, span: raised.trace.first().map(|place| place.span), hint }
    }

    fn trace_text(&mut self, instance: &Rc<Instance>) -> String {
        let mut text = "Traceback (most recent call last):\n".to_owned();
        let trace = instance.raised.borrow().trace.clone();
        for (i, place) in trace.iter().rev().enumerate() {
            if trace.len() > 20 && i == 10 {
                text += &format!("  [Previous line repeated {} more times]\n", trace.len() - 20);
            }
            if trace.len() > 20 && (10..trace.len() - 10).contains(&i) {
                continue;
            }
            let line = line_of(&self.text, place.span.start);
            text += &format!("  File \"<program>\", line {line}, in {}\n", place.function);
            let source = self.text.lines().nth(line as usize - 1).unwrap_or_default().trim();
            text += &format!("    {source}\n");
        }
        let value = Value::Instance(Rc::clone(instance));
        let known = instance.raised.borrow().text.clone();
        let mut message = known.map_or_else(|| self.exception_text(&value), |text| text.to_string());
        if let Some(hint) = instance.raised.borrow().hint.as_ref().filter(|hint| is_suggestion(hint)) {
            message += &format!(". {hint}");
        }
        let class = instance.class();
        let name = match &*class.module {
            "__main__" | "builtins" => class.name.to_string(),
            module => format!("{module}.{}", class.name),
        };
        text += &if message.is_empty() { format!("{name}\n") } else { format!("{name}: {message}\n") };
        text
    }

    /// The text of an exception: `str(exception)`, unless the program computes it.
    pub(crate) fn exception_text(&mut self, exception: &Value) -> String {
        let Value::Instance(instance) = exception else { return String::new() };
        self.show_exception(instance).unwrap_or_default()
    }
}

/// The exceptions that a report tells of, the last one first, each with what follows its part: causes, and what was being
/// handled.
pub(crate) fn told(exception: &Rc<Instance>) -> Vec<(Rc<Instance>, &'static str)> {
    const LONGEST: usize = 20;
    let mut told = vec![(Rc::clone(exception), "")];
    while let Some((last, _)) = told.last().filter(|_| told.len() < LONGEST) {
        let suppressed = matches!(last.get("__suppress_context__"), Some(Value::Bool(true)));
        let (next, between) = match (last.get("__cause__"), last.get("__context__")) {
            (Some(Value::Instance(cause)), _) => {
                (cause, "\nThe above exception was the direct cause of the following exception:\n\n")
            }
            (_, Some(Value::Instance(context))) if !suppressed => {
                (context, "\nDuring handling of the above exception, another exception occurred:\n\n")
            }
            _ => break,
        };
        if told.iter().any(|(known, _)| Rc::ptr_eq(known, &next)) {
            break;
        }
        told.push((next, between));
    }
    told
}

/// Whether a hint belongs to the message, as Python writes it.
fn is_suggestion(hint: &str) -> bool {
    hint.starts_with("Did you mean: ")
}
