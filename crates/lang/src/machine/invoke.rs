//! Calls: of functions, methods, classes and objects.

use std::rc::Rc;

use super::Machine;
use super::frame::{Frame, Then};
use crate::ast::Name;
use crate::class::{Class, Instance, Layout};
use crate::code::Flavour;
use crate::error::{Result, Resume, Stop, type_error};
use crate::function::{Function, Method, NativeFunction};
use crate::generator::{Generator, GeneratorState};
use crate::map::Map;
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
    /// Runs a native function. The ops that it runs come from the place in the program that calls it.
    pub(crate) fn native(&mut self, function: &NativeFunction, args: &Args) -> Result<Value> {
        let run = function.native.run;
        let Some(span) = self.span() else { return run(self, args) };
        let engine = self.torch.engine.clone();
        let result = match self.torch.cuda.clone() {
            Some(cuda) => engine.at(span, || cuda.at(span, || run(self, args))),
            None => engine.at(span, || run(self, args)),
        };
        if let Ok(Value::Tensor(made)) = &result {
            made.tensor.tell_made(span);
        }
        result
    }

    /// Runs a native function with these arguments by place.
    ///
    /// # Errors
    /// `TypeError` if they do not fit, and what the function says.
    pub(crate) fn call_native(&mut self, function: &Rc<NativeFunction>, args: Vec<Value>) -> Result<Value> {
        let args = Args::bind(function, args, Vec::new())?;
        self.native(function, &args)
    }

    /// What the first of two native methods answers that takes its operands: that of `a`, or that of `b` with both exchanged.
    ///
    /// # Errors
    /// As for [`call_native`](Self::call_native).
    pub(super) fn native_answer(
        &mut self,
        methods: [Option<Value>; 2],
        a: &Value,
        b: &Value,
    ) -> Result<Option<Value>> {
        for (method, operands) in methods.into_iter().zip([[a, b], [b, a]]) {
            if let Some(Value::Native(function)) = method {
                match self.call_native(&function, operands.map(Value::clone).to_vec())? {
                    Value::NotImplemented => {}
                    value => return Ok(Some(value)),
                }
            }
        }
        Ok(None)
    }

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
                    let bound = Args::bind(function, args, kwargs)?;
                    match self.native(function, &bound) {
                        Ok(value) => return Ok(Outcome::Value(value)),
                        Err(Stop::Call(call)) => {
                            callee = call.callee;
                            args = call.args;
                            kwargs = call.kwargs;
                            continue;
                        }
                        Err(Stop::Resume(resume)) => return Ok(Outcome::Resume(resume)),
                        Err(stop) => match self.with_numbers(&bound, &stop)? {
                            Some(given) => (args, kwargs) = given,
                            None => return Err(stop),
                        },
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
        let code = function.whole()?;
        let mut frame = Frame::new(Rc::clone(code), Rc::clone(&function.globals), &function.closure.borrow());
        super::bind::bind(function, &mut frame, args, kwargs)?;
        for (i, (_, from)) in code.cells.iter().enumerate() {
            if let Some(from) = from
                && let (Some(cell), Some(value)) =
                    (frame.cells.get(i), frame.locals.get_mut(usize::from(*from)))
            {
                *cell.0.borrow_mut() = value.take();
            }
        }
        if code.flavour == Flavour::Generator {
            let name = code.name.clone();
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
        if (class.layout == Layout::Native || class.layout == Layout::Around && class.is_native())
            && class.builtin.get()
            && let Some(constructor) = &class.constructor
        {
            return self.invoke(&Value::Native(Rc::clone(constructor)), args, kwargs);
        }
        let immutable = |name: &str| matches!(name, "int" | "float" | "str" | "tuple" | "frozenset");
        let around = class.layout == Layout::Around
            && class.constructor.as_ref().is_some_and(|constructor| immutable(constructor.native.name()));
        if let Some(new) = class.lookup("__new__")
            && (around || !matches!(new, Value::Native(_)))
        {
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

    /// The module in which the running function was written.
    pub(crate) fn globals(&self) -> Option<Rc<Module>> {
        self.frames.last().map(|frame| Rc::clone(&frame.globals))
    }
}

impl Method {
    /// The receiver and the function.
    pub(crate) fn parts(&self) -> (Value, Value) {
        (self.receiver.borrow().clone(), self.function.borrow().clone())
    }
}
