//! The options of a parameter group: names with values, as in the dictionaries of `optimizer.param_groups`.

use crate::dtype::Scalar;
use crate::error::{Error, Result};
use crate::python;

/// The value of an option.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// Python's `None`.
    None,
    /// There is no default: it has to be given.
    Required,
    /// A number or a truth value.
    Number(Scalar),
    /// Two numbers, such as `betas`.
    Pair(Scalar, Scalar),
}

impl Value {
    pub(super) const fn float(x: f64) -> Self {
        Self::Number(Scalar::Float(x))
    }

    pub(super) const ZERO: Self = Self::Number(Scalar::Int(0));
    pub(super) const FALSE: Self = Self::Number(Scalar::Bool(false));
    pub(super) const BETAS: Self = Self::Pair(Scalar::Float(0.9), Scalar::Float(0.999));
}

impl From<f64> for Value {
    fn from(x: f64) -> Self {
        Self::Number(x.into())
    }
}

impl From<i64> for Value {
    fn from(i: i64) -> Self {
        Self::Number(i.into())
    }
}

impl From<bool> for Value {
    fn from(b: bool) -> Self {
        Self::Number(b.into())
    }
}

impl From<(f64, f64)> for Value {
    fn from((a, b): (f64, f64)) -> Self {
        Self::Pair(a.into(), b.into())
    }
}

/// As Python prints it.
impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {
            Self::None => f.write_str("None"),
            Self::Required => f.write_str("<required parameter>"),
            Self::Number(x) => f.write_str(&python::scalar(x)),
            Self::Pair(a, b) => f.write_str(&python::tuple(&[python::scalar(a), python::scalar(b)])),
        }
    }
}

/// Options by name, in the order in which they were set first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options(Vec<(String, Value)>);

impl Options {
    /// These options.
    pub fn new(options: &[(&str, Value)]) -> Self {
        Self(options.iter().map(|&(name, value)| (name.to_owned(), value)).collect())
    }

    /// The value of an option, if there is such a one.
    pub fn get(&self, name: &str) -> Option<Value> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| *value)
    }

    /// Sets an option, new or not.
    pub fn set(&mut self, name: &str, value: impl Into<Value>) {
        let value = value.into();
        match self.0.iter_mut().find(|(n, _)| n == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), *value))
    }

    /// A number; 0 if there is no such option.
    pub fn float(&self, name: &str) -> f64 {
        match self.get(name) {
            Some(Value::Number(x)) => x.to_f64(),
            None | Some(Value::None | Value::Required | Value::Pair(..)) => 0.0,
        }
    }

    /// A truth value; false if there is no such option.
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.get(name), Some(Value::Number(x)) if x.to_bool())
    }

    /// Two numbers; zeros if there is no such option.
    pub fn pair(&self, name: &str) -> (f64, f64) {
        match self.get(name) {
            Some(Value::Pair(a, b)) => (a.to_f64(), b.to_f64()),
            None | Some(Value::None | Value::Required | Value::Number(_)) => (0.0, 0.0),
        }
    }

    /// Refuses an option that is negative (or NaN); `what` is PyTorch's word for it.
    pub(super) fn not_negative(&self, name: &str, what: &str) -> Result<()> {
        match self.get(name) {
            Some(value @ Value::Number(x)) if x.to_f64() < 0.0 || x.to_f64().is_nan() => invalid(what, value),
            _ => Ok(()),
        }
    }

    /// Refuses `betas` outside [0, 1).
    pub(super) fn betas_are_valid(&self) -> Result<()> {
        let Some(Value::Pair(a, b)) = self.get("betas") else { return Ok(()) };
        for (i, beta) in [a, b].into_iter().enumerate() {
            if !(0.0..1.0).contains(&beta.to_f64()) {
                let text = format!("Invalid beta parameter at index {i}: {}", python::scalar(beta));
                return Err(Error::Value(text));
            }
        }
        Ok(())
    }

    /// What Adam and those after it ask of their options.
    pub(super) fn adam_like(&self) -> Result<()> {
        self.not_negative("lr", "learning rate")?;
        self.not_negative("eps", "epsilon value")?;
        self.betas_are_valid()?;
        self.not_negative("weight_decay", "weight_decay value")
    }
}

pub(super) fn invalid(what: &str, value: Value) -> Result<()> {
    Err(Error::Value(format!("Invalid {what}: {value}")))
}
