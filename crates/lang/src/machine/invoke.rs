//! Calls: of functions, methods, classes and objects.

use std::rc::Rc;

use super::Machine;
use super::frame::{Exhausted, Frame, NewClass, Then};
use crate::ast::Name;
use crate::class::{Class, Instance, Layout};
use crate::code::Flavour;
use crate::error::{Result, Resume, Stop, type_error};
use crate::function::{Function, Method};
use crate::generator::{Generator, GeneratorState};
use crate::map::{Attrs, Map};
use crate::native::Args;
use crate::value::{Module, Value};

/// What a call comes to.
pub(super) enum Outcome {
    Value(Value),
    /// A frame to be run.
    Enter(Box<Frame>),
    /// A generator to be gone on with.
    Resume(Box<Resume>),
}

impl Machine {
    /// Calls something. Native functions are run; of others, the frame is made.
    pub(super) fn invoke(
        &mut self,
        callee: &Value,
        args: Vec<Value>,
        kwargs: Vec<(Name, Value)>,
    ) -> Result<Outcome> {
        let (mut callee, mut args, mut kwargs) = (callee.clone(), args, kwargs);
        loop {
            match &callee {
                Value::Function(function) => return self.enter_function(function, args, kwargs),
                Value::Native(function) => {
                    let bound = Args::bind(function, &args, &kwargs)?;
                    match (function.native.run)(self, &bound) {
                        Ok(value) => return Ok(Outcome::Value(value)),
                        Err(Stop::Call(call)) => {
                            callee = call.callee;
                            args = call.args;
                            kwargs = call.kwargs;
                            continue;
                        }
                        Err(Stop::Resume(resume)) => return Ok(Outcome::Resume(resume)),
                        Err(stop) => return Err(stop),
                    }
                }
                Value::Method(method) => {
                    let function = method.function.borrow().clone();
                    args.insert(0, method.receiver.borrow().clone());
                    callee = function;
                }
                Value::Class(class) => {
                    let class = Rc::clone(class);
                    return self.construct(&class, args, kwargs);
                }
                Value::Property(property) => {
                    let function = property.get.borrow().clone();
                    callee = function;
                }
                other => {
                    let class = self.class_of(other);
                    let Some(function) = class.and_then(|class| class.lookup("__call__")) else {
                        return type_error(format!("'{}' object is not callable", other.type_name()));
                    };
                    args.insert(0, other.clone());
                    callee = function;
                }
            }
        }
    }

    fn enter_function(
        &mut self,
        function: &Rc<Function>,
        args: Vec<Value>,
        kwargs: Vec<(Name, Value)>,
    ) -> Result<Outcome> {
        let mut frame =
            Frame::new(Rc::clone(&function.code), Rc::clone(&function.globals), &function.closure.borrow());
        super::bind::bind(function, &mut frame, args, kwargs)?;
        for (i, (_, from)) in function.code.cells.iter().enumerate() {
            if let Some(from) = from
                && let (Some(cell), Some(value)) =
                    (frame.cells.get(i), frame.locals.get_mut(usize::from(*from)))
            {
                *cell.0.borrow_mut() = value.take();
            }
        }
        if function.code.flavour == Flavour::Generator {
            let name = function.code.name.clone();
            let state = GeneratorState::Waiting(Box::new(frame)).into();
            return Ok(Outcome::Value(Value::Generator(Rc::new(Generator { name, state }))));
        }
        Ok(Outcome::Enter(Box::new(frame)))
    }

    fn construct(
        &mut self,
        class: &Rc<Class>,
        args: Vec<Value>,
        kwargs: Vec<(Name, Value)>,
    ) -> Result<Outcome> {
        if class.builtin.get()
            && matches!(class.layout, Layout::Native | Layout::Around)
            && let Some(constructor) = &class.constructor
        {
            return self.invoke(&Value::Native(Rc::clone(constructor)), args, kwargs);
        }
        if let Some(new) = class.lookup("__new__") {
            return self.new_by_program(class, new, args, kwargs);
        }
        let instance = self.instantiate(class)?;
        self.initialise(instance, args, kwargs)
    }

    /// A class with a `__new__` of its own: the helper calls it, and then `__init__` if it fits.
    fn new_by_program(
        &mut self,
        class: &Rc<Class>,
        new: Value,
        args: Vec<Value>,
        kwargs: Vec<(Name, Value)>,
    ) -> Result<Outcome> {
        let mut map = Map::default();
        kwargs.into_iter().for_each(|(name, value)| map.set_str(&name, value));
        let new = match new {
            Value::Property(property) => property.get.borrow().clone(),
            other => other,
        };
        let all = vec![new, Value::Class(Rc::clone(class)), Value::tuple(args), Value::dict(map)];
        self.invoke(&self.helper("_construct"), all, Vec::new())
    }

    /// An object of this class before its `__init__`.
    pub(crate) fn instantiate(&mut self, class: &Rc<Class>) -> Result<Value> {
        let instance = Instance::new(Rc::clone(class));
        if class.layout == Layout::Around
            && let Some(constructor) = &class.constructor
        {
            let inner = self.invoke(&Value::Native(Rc::clone(constructor)), Vec::new(), Vec::new())?;
            if let Outcome::Value(inner) = inner {
                *instance.inner.borrow_mut() = Some(inner);
            }
        }
        Ok(Value::Instance(instance))
    }

    /// Runs `__init__`.
    fn initialise(&mut self, object: Value, args: Vec<Value>, kwargs: Vec<(Name, Value)>) -> Result<Outcome> {
        let class = self.class_of(&object);
        let Some(class) = class else { return Ok(Outcome::Value(object)) };
        if class.layout == Layout::Exception
            && let Value::Instance(instance) = &object
        {
            instance.set("args", Value::tuple(args.clone()));
        }
        let Some(init) = class.lookup("__init__") else {
            if class.layout != Layout::Exception && !(args.is_empty() && kwargs.is_empty()) {
                return type_error(format!("{}() takes no arguments", class.name));
            }
            return Ok(Outcome::Value(object));
        };
        let mut all = vec![object.clone()];
        all.extend(args);
        match self.invoke(&init, all, kwargs)? {
            Outcome::Enter(mut frame) => {
                frame.then = Then::Instead(object);
                Ok(Outcome::Enter(frame))
            }
            Outcome::Value(_) | Outcome::Resume(_) => Ok(Outcome::Value(object)),
        }
    }

    pub(super) fn push_frame(&mut self, frame: Frame) -> Result<()> {
        if self.frames.len() >= self.limits.frames {
            return Err(Stop::error("RecursionError", "maximum recursion depth exceeded"));
        }
        self.frames.push(frame);
        Ok(())
    }

    pub(super) fn call_op(&mut self, count: usize, names: Option<u32>) -> Result<()> {
        let Some(frame) = self.frames.last() else { return Ok(()) };
        let callee = frame.peek(count);
        let mut args = frame.top(count).to_vec();
        let mut kwargs = Vec::new();
        if let Some(Value::Tuple(names)) = names.and_then(|i| frame.code.constants.get(i as usize)) {
            let values = args.split_off(args.len().saturating_sub(names.items().len()));
            for (name, value) in names.items().iter().zip(values) {
                if let Value::Str(name) = name {
                    kwargs.push((Rc::clone(name), value));
                }
            }
        }
        let call = crate::error::Call { callee, args, kwargs };
        self.finish(Err(Stop::Call(Box::new(call))), count + 1)
    }

    pub(super) fn call_spread(&mut self) -> Result<()> {
        let (callee, args, kwargs) = (self.peek(2), self.peek(1), self.peek(0));
        let args = args.sequence().unwrap_or_default();
        let mut names = Vec::new();
        if let Value::Dict(dict) = kwargs {
            for (key, value) in dict.0.borrow().iter() {
                if let Value::Str(key) = key {
                    names.push((Rc::clone(key), value.clone()));
                }
            }
        }
        let call = crate::error::Call { callee, args, kwargs: names };
        self.finish(Err(Stop::Call(Box::new(call))), 3)
    }

    pub(super) fn make_function(&mut self, i: usize) {
        let Some(frame) = self.frames.last_mut() else { return };
        let closure = match frame.pop() {
            Value::Tuple(cells) => cells.items().iter().filter_map(cell).collect(),
            _ => Vec::new(),
        };
        let (keywords, defaults) = (frame.pop(), frame.pop());
        let Some(code) = frame.code.inner.get(i).cloned() else { return };
        let positional = usize::from(code.params.positional);
        let names = code.locals.iter().skip(positional).take(code.params.keyword.into());
        let keyword_defaults = match &keywords {
            Value::Dict(dict) => names.map(|name| dict.0.borrow().get_str(plain(name))).collect(),
            _ => Vec::new(),
        };
        let function = Function {
            globals: Rc::clone(&frame.globals),
            defaults: defaults.sequence().unwrap_or_default().into(),
            keyword_defaults: std::cell::RefCell::new(keyword_defaults),
            closure: std::cell::RefCell::new(closure),
            attrs: std::cell::RefCell::new(Attrs::default()),
            code,
        };
        frame.push(Value::Function(Rc::new(function)));
        self.allocated += 256;
    }

    /// Runs the body of a class.
    pub(super) fn make_class(&mut self, i: usize) -> Result<()> {
        let Some(frame) = self.frames.last() else { return Ok(()) };
        let (bases, keywords, cells) = (frame.peek(2), frame.peek(1), frame.peek(0));
        let Some(code) = frame.code.inner.get(i).cloned() else { return Ok(()) };
        let globals = Rc::clone(&frame.globals);
        let captured: Vec<_> = cells.sequence().unwrap_or_default().iter().filter_map(cell).collect();
        let mut classes = Vec::new();
        for base in bases.sequence().unwrap_or_default() {
            match base {
                Value::Class(class) => classes.push(class),
                other => {
                    let text = format!("a class cannot inherit from a value of type '{}'", other.type_name());
                    return type_error(text);
                }
            }
        }
        if classes.is_empty()
            && let Some(object) = self.class("builtins", "object")
        {
            classes.push(object);
        }
        let mut named = Vec::new();
        if let Value::Dict(dict) = &keywords {
            for (key, value) in dict.0.borrow().iter() {
                if let Value::Str(key) = key {
                    named.push((Rc::clone(key), value.clone()));
                }
            }
        }
        let new = NewClass { name: code.name.clone(), bases: classes, keywords: named };
        let mut body = Frame::new(code, globals, &captured);
        body.namespace = Some(Attrs::default());
        body.then = Then::Class(Rc::new(new));
        if let Some(frame) = self.frames.last_mut() {
            frame.drop(3);
        }
        self.push_frame(body)
    }

    /// Makes a class of the names that its body bound.
    fn class_from(&mut self, new: &NewClass, body: &mut Frame) -> Result<Value> {
        let mut attrs = body.namespace.take().unwrap_or_default();
        if let Some(doc) = &body.code.doc {
            attrs.set("__doc__".into(), Value::Str(Rc::clone(doc)));
        }
        let module = match body.globals.get("__name__") {
            Some(Value::Str(name)) => name,
            _ => "__main__".into(),
        };
        let class = Class::new(new.name.clone(), module, new.bases.clone(), attrs)?;
        class.builtin.set(body.code.internal);
        let value = Value::Class(class);
        if let Some(cell) = body.code.cells.iter().position(|(name, _)| &**name == "__class__")
            && let Some(cell) = body.cells.get(cell)
        {
            *cell.0.borrow_mut() = Some(value.clone());
        }
        Ok(value)
    }

    /// Ends the frame that runs.
    pub(super) fn leave(&mut self, value: Value) -> Result<()> {
        let Some(mut frame) = self.frames.pop() else { return Ok(()) };
        if let Some(generator) = frame.generator.take() {
            *generator.state.borrow_mut() = GeneratorState::Done;
            return self.exhaust(value, frame.exhausted);
        }
        let then = std::mem::replace(&mut frame.then, Then::Push);
        match &then {
            Then::Class(new) => {
                let made = self.class_from(new, &mut frame);
                let Some(caller) = self.frames.last_mut() else { return Ok(()) };
                let class = made?;
                caller.push(class.clone());
                self.after_class(&class, &new.keywords)
            }
            Then::Instead(_) if !value.is_none() => {
                type_error(format!("__init__() should return None, not '{}'", value.type_name()))
            }
            _ => {
                self.deliver(value, &then);
                Ok(())
            }
        }
    }

    /// Calls what wants to know of a new class: `__init_subclass__` and `__set_name__`, by a helper.
    fn after_class(&mut self, class: &Value, keywords: &[(Name, Value)]) -> Result<()> {
        let Value::Class(new) = class else { return Ok(()) };
        let hooked =
            new.ancestors.borrow().iter().any(|base| base.attrs.borrow().contains("__init_subclass__"));
        if !hooked {
            return Ok(());
        }
        let mut map = Map::default();
        keywords.iter().for_each(|(name, value)| map.set_str(name, value.clone()));
        let call = Stop::call(self.helper("_after_class"), vec![class.clone(), Value::dict(map)]);
        self.finish_then(Err(call), 0, Then::Discard)
    }

    /// A generator has returned.
    fn exhaust(&mut self, value: Value, exhausted: Exhausted) -> Result<()> {
        let Some(frame) = self.frames.last_mut() else { return Ok(()) };
        match exhausted {
            Exhausted::Jump(end) => {
                frame.drop(1);
                frame.ip = end as usize;
            }
            Exhausted::Push(default) => frame.push(default),
            Exhausted::Value(end) => {
                frame.drop(1);
                frame.push(value);
                frame.ip = end as usize;
            }
            Exhausted::Raise => {
                let args = if value.is_none() { Vec::new() } else { vec![value] };
                let exception = self.exception("StopIteration", args)?;
                return Err(Stop::Raise(exception));
            }
        }
        Ok(())
    }

    /// Goes on with a generator.
    pub(super) fn resume(
        &mut self,
        generator: &Rc<Generator>,
        sent: Value,
        exhausted: Exhausted,
    ) -> Result<()> {
        let state = std::mem::replace(&mut *generator.state.borrow_mut(), GeneratorState::Running);
        match state {
            GeneratorState::Waiting(mut frame) => {
                if frame.ip > 0 {
                    frame.push(sent);
                }
                frame.exhausted = exhausted;
                frame.generator = Some(Rc::clone(generator));
                self.push_frame(*frame)
            }
            GeneratorState::Running => Err(Stop::error("ValueError", "generator already executing")),
            GeneratorState::Done => {
                *generator.state.borrow_mut() = GeneratorState::Done;
                self.exhaust(Value::None, exhausted)
            }
        }
    }

    pub(super) fn yield_(&mut self) -> Result<()> {
        let Some(mut frame) = self.frames.pop() else { return Ok(()) };
        let value = frame.pop();
        if let Some(generator) = frame.generator.take() {
            *generator.state.borrow_mut() = GeneratorState::Waiting(Box::new(frame));
        }
        if let Some(caller) = self.frames.last_mut() {
            caller.push(value);
        }
        Ok(())
    }

    /// The module in which the running function was written.
    pub(crate) fn globals(&self) -> Option<Rc<Module>> {
        self.frames.last().map(|frame| Rc::clone(&frame.globals))
    }
}

fn cell(value: &Value) -> Option<Rc<crate::function::CellBox>> {
    match value {
        Value::Cell(cell) => Some(Rc::clone(cell)),
        _ => None,
    }
}

/// The name of a parameter that is in a cell.
fn plain(name: &str) -> &str {
    name.strip_suffix(" (cell)").unwrap_or(name)
}

impl Method {
    /// The receiver and the function.
    pub(crate) fn parts(&self) -> (Value, Value) {
        (self.receiver.borrow().clone(), self.function.borrow().clone())
    }
}
