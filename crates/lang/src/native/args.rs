//! The arguments of a native function, each in the place of its parameter.

use std::rc::Rc;

use engine::{DType, Scalar, Tensor};

use super::Signature;
use crate::ast::Name;
use crate::error::{Result, Stop, type_error};
use crate::function::NativeFunction;
use crate::machine::Machine;
use crate::machine::bind::lacking_arguments;
use crate::map::Map;
use crate::value::{Dict, List, Value};

/// The arguments of a native function, each in the place of its parameter.
pub(crate) struct Args {
    function: Rc<NativeFunction>,
    name: &'static str,
    /// As they were given.
    given: (Vec<Value>, Vec<(Name, Value)>),
    signature: Rc<Signature>,
    values: Vec<Option<Value>>,
    /// What `*rest` took.
    pub(crate) rest: Vec<Value>,
    /// What `**names` took.
    pub(crate) names: Vec<(Name, Value)>,
}

impl Args {
    /// Puts each argument in its place.
    ///
    /// # Errors
    /// `TypeError`, as Python says it.
    pub(crate) fn bind(
        function: &Rc<NativeFunction>,
        args: Vec<Value>,
        kwargs: Vec<(Name, Value)>,
    ) -> Result<Self> {
        let signature = Rc::clone(function.signature());
        let name = function.native.name();
        let mut values: Vec<Option<Value>> = vec![None; signature.params.len()];
        let by_place = args.len().min(signature.positional);
        for (slot, value) in values.iter_mut().zip(&args[..by_place]) {
            *slot = Some(value.clone());
        }
        let rest = args[by_place..].to_vec();
        if !rest.is_empty() && !signature.rest {
            let (most, got) = (signature.positional, args.len());
            let s = if most == 1 { "" } else { "s" };
            let text = match most {
                0 => format!("{name}() takes no arguments ({got} given)"),
                _ => format!("{name}() takes {most} positional argument{s} but {got} were given"),
            };
            return type_error(text);
        }
        let mut names = Vec::new();
        for (key, value) in &kwargs {
            let place =
                |name: &str| signature.params.iter().skip(signature.unnamed).position(|p| *p.name == *name);
            let found = place(key).or_else(|| place(alias(key)?));
            match found.map(|i| i + signature.unnamed).and_then(|i| values.get_mut(i)) {
                Some(slot @ None) => *slot = Some(value.clone()),
                Some(Some(_)) => {
                    return type_error(format!("{name}() got multiple values for argument '{key}'"));
                }
                None if signature.names => names.push((Rc::clone(key), value.clone())),
                None => return type_error(format!("{name}() got an unexpected keyword argument '{key}'")),
            }
        }
        let lacking = values
            .iter()
            .zip(&signature.params)
            .filter(|(slot, param)| slot.is_none() && param.default.is_none());
        let missing: Vec<&str> = lacking.map(|(_, param)| &*param.name).collect();
        if !missing.is_empty() {
            return lacking_arguments(name, &missing, "positional");
        }
        Ok(Self {
            function: Rc::clone(function),
            name,
            given: (args, kwargs),
            signature,
            values,
            rest,
            names,
        })
    }

    /// The call of this function with a list of what argument `i` gives, which the program computes.
    pub(crate) fn again(&self, vm: &Machine, i: usize) -> Stop {
        let (args, names) = &self.given;
        let key = match self.signature.params.get(i) {
            Some(param) if i >= args.len() => Value::Str(param.name.clone()),
            _ => Value::from(i),
        };
        let mut map = Map::default();
        names.iter().for_each(|(name, value)| map.set_str(name, value.clone()));
        let function = Value::Native(Rc::clone(&self.function));
        let args = vec![function, Value::list(args.clone()), Value::dict(map), key];
        Stop::call(vm.helper("_again"), args)
    }

    /// The argument of this name, unless it is `None` or there is none.
    pub(crate) fn by_name(&self, name: &str) -> Option<Value> {
        let i = self.signature.params.iter().position(|p| &*p.name == name)?;
        self.opt(i)
    }

    /// All tensors among the arguments.
    pub(crate) fn given_tensors(&self) -> Vec<Tensor> {
        let tensor = |value: &Value| match value {
            Value::Tensor(t) => Some(t.tensor.clone()),
            _ => None,
        };
        self.given.0.iter().chain(self.given.1.iter().map(|(_, value)| value)).filter_map(tensor).collect()
    }

    /// The object whose method it is: the first argument as it was given.
    pub(crate) fn receiver(&self) -> Value {
        self.given.0.first().cloned().unwrap_or(Value::None)
    }

    /// The function, and what it was given by place.
    pub(crate) fn call(&self) -> (Value, Vec<Value>) {
        (Value::Native(Rc::clone(&self.function)), self.given.0.clone())
    }

    /// All arguments as they were given: by place and by name.
    pub(crate) fn as_given(&self) -> (Vec<Value>, Vec<(Name, Value)>) {
        self.given.clone()
    }

    /// The name of the function.
    pub(crate) fn function(&self) -> &'static str {
        self.name
    }

    /// Argument `i`, or its default.
    pub(crate) fn get(&self, i: usize) -> Value {
        let given = self.values.get(i).cloned().flatten();
        given.or_else(|| self.signature.params.get(i).and_then(|p| p.default.clone())).unwrap_or(Value::None)
    }

    /// Argument `i`, unless it is `None`.
    pub(crate) fn opt(&self, i: usize) -> Option<Value> {
        Some(self.get(i)).filter(|value| !value.is_none())
    }

    /// Whether argument `i` was given.
    pub(crate) fn given(&self, i: usize) -> bool {
        self.values.get(i).is_some_and(Option::is_some)
    }

    /// The error that argument `i` is of the wrong type.
    pub(crate) fn wrong(&self, i: usize, expected: &str) -> Stop {
        let param = self.signature.params.get(i).map_or("", |p| &p.name);
        let place = if self.function.method { i } else { i + 1 };
        let (name, found) = (self.name, self.get(i));
        let text = crate::torch::dtype::no_dtype(&found, || {
            let found = found.type_name();
            format!("{name}(): argument '{param}' (position {place}) must be {expected}, not {found}")
        });
        Stop::error("TypeError", text)
    }

    /// # Errors
    /// `TypeError` if it is no tensor; so for all that follow.
    pub(crate) fn tensor(&self, i: usize) -> Result<Tensor> {
        match self.get(i) {
            Value::Tensor(t) => Ok(t.tensor),
            _ => Err(self.wrong(i, "Tensor")),
        }
    }

    pub(crate) fn opt_tensor(&self, i: usize) -> Result<Option<Tensor>> {
        if self.get(i).is_none() { Ok(None) } else { self.tensor(i).map(Some) }
    }

    /// The tensors of a list or tuple.
    pub(crate) fn tensors(&self, i: usize) -> Result<Vec<Tensor>> {
        let items = self.get(i).sequence().ok_or_else(|| self.wrong(i, "tuple of Tensors"))?;
        let tensor = |(k, item): (usize, Value)| match item {
            Value::Tensor(t) => Ok(t.tensor),
            other => {
                let found = other.type_name();
                type_error(format!("expected Tensor as element {k} in argument {i}, but got {found}"))
            }
        };
        items.into_iter().enumerate().map(tensor).collect()
    }

    /// Whether the first is the object that a method was called on.
    pub(crate) fn is_method(&self) -> bool {
        self.function.method
    }

    pub(crate) fn int(&self, i: usize) -> Result<i64> {
        self.get(i).as_int().ok_or_else(|| self.wrong(i, "int"))
    }

    pub(crate) fn opt_int(&self, i: usize) -> Result<Option<i64>> {
        if self.get(i).is_none() { Ok(None) } else { self.int(i).map(Some) }
    }

    /// An int that counts something: at least 0.
    pub(crate) fn count(&self, i: usize) -> Result<usize> {
        let n = self.int(i)?;
        usize::try_from(n)
            .map_err(|_| Stop::error("ValueError", format!("{}(): {n} is out of range", self.name)))
    }

    pub(crate) fn float(&self, i: usize) -> Result<f64> {
        self.get(i).as_float().ok_or_else(|| self.wrong(i, "float"))
    }

    pub(crate) fn opt_float(&self, i: usize) -> Result<Option<f64>> {
        if self.get(i).is_none() { Ok(None) } else { self.float(i).map(Some) }
    }

    pub(crate) fn bool(&self, i: usize) -> Result<bool> {
        match self.get(i) {
            Value::Bool(b) => Ok(b),
            Value::Int(n) => Ok(n != 0),
            _ => Err(self.wrong(i, "bool")),
        }
    }

    /// A number.
    pub(crate) fn scalar(&self, i: usize) -> Result<Scalar> {
        self.get(i).as_scalar().ok_or_else(|| self.wrong(i, "Number"))
    }

    pub(crate) fn str(&self, i: usize) -> Result<Rc<str>> {
        match self.get(i) {
            Value::Str(s) => Ok(s),
            _ => Err(self.wrong(i, "str")),
        }
    }

    /// The integers of a list, a tuple or a `torch.Size`; a single integer counts as a list of one.
    pub(crate) fn ints(&self, i: usize) -> Result<Vec<i64>> {
        let value = self.get(i);
        if let Some(n) = value.as_int() {
            return Ok(vec![n]);
        }
        let items = value.sequence().ok_or_else(|| self.wrong(i, "tuple of ints"))?;
        items.iter().map(|item| item.as_int().ok_or_else(|| self.wrong(i, "tuple of ints"))).collect()
    }

    pub(crate) fn opt_ints(&self, i: usize) -> Result<Option<Vec<i64>>> {
        if self.get(i).is_none() { Ok(None) } else { self.ints(i).map(Some) }
    }

    /// What `*rest` took as integers: `f(2, 3)`, `f((2, 3))` and `f([2, 3])` are the same.
    pub(crate) fn rest_ints(&self) -> Result<Vec<i64>> {
        let items = match &*self.rest {
            [one] => one.sequence().unwrap_or_else(|| vec![one.clone()]),
            several => several.to_vec(),
        };
        let int = |item: &Value| {
            let error = || {
                format!("{}(): argument 'size' must be tuple of ints, not {}", self.name, item.type_name())
            };
            item.as_int().ok_or_else(|| Stop::error("TypeError", error()))
        };
        items.iter().map(int).collect()
    }

    /// A dtype, if one is given.
    pub(crate) fn opt_dtype(&self, i: usize) -> Result<Option<DType>> {
        match self.get(i) {
            Value::None => Ok(None),
            value => value.as_dtype().map(Some).ok_or_else(|| self.wrong(i, "torch.dtype")),
        }
    }

    /// A list, also one that an instance of a class derived from `list` is.
    pub(crate) fn list(&self, i: usize) -> Result<Rc<List>> {
        match self.get(i).unwrapped() {
            Value::List(list) => Ok(list),
            _ => Err(self.wrong(i, "list")),
        }
    }

    /// A dict, also one that an instance of a class derived from `dict` is.
    pub(crate) fn dict(&self, i: usize) -> Result<Rc<Dict>> {
        match self.get(i).unwrapped() {
            Value::Dict(dict) => Ok(dict),
            _ => Err(self.wrong(i, "dict")),
        }
    }
}

/// What PyTorch also calls a parameter.
fn alias(name: &str) -> Option<&'static str> {
    match name {
        "axis" => Some("dim"),
        "keepdims" => Some("keepdim"),
        _ => None,
    }
}
