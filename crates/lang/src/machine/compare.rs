//! Comparisons and truth.

use super::Machine;
use crate::ast::CmpOp;
use crate::error::{Result, Stop, type_error};
use crate::map::Key;
use crate::value::Value;

/// The method of a comparison, that with the operands exchanged, and how it is written.
fn methods(op: CmpOp) -> (&'static str, &'static str, &'static str) {
    match op {
        CmpOp::Eq => ("__eq__", "__eq__", "=="),
        CmpOp::Ne => ("__ne__", "__ne__", "!="),
        CmpOp::Lt => ("__lt__", "__gt__", "<"),
        CmpOp::Le => ("__le__", "__ge__", "<="),
        CmpOp::Gt => ("__gt__", "__lt__", ">"),
        CmpOp::Ge => ("__ge__", "__le__", ">="),
        CmpOp::In | CmpOp::NotIn => ("__contains__", "", "in"),
        CmpOp::Is | CmpOp::IsNot => ("", "", "is"),
    }
}

/// How deep lists may be inside each other when they are compared.
const DEEPEST: usize = 100;

/// How many items one instruction compares. Then the helper goes on, which can be stopped: lists that hold the same lists twice
/// have more items than anybody can wait for.
const MOST: usize = 1 << 13;

impl Machine {
    /// `a op b`.
    ///
    /// # Errors
    /// `TypeError`, and a call, if the program compares.
    pub(crate) fn compare(&mut self, op: CmpOp, a: &Value, b: &Value) -> Result<Value> {
        match op {
            CmpOp::Is => return Ok(Value::Bool(a.is(b))),
            CmpOp::IsNot => return Ok(Value::Bool(!a.is(b))),
            CmpOp::In => return self.contains(b, a, false),
            CmpOp::NotIn => return self.contains(b, a, true),
            CmpOp::Eq | CmpOp::Ne | CmpOp::Lt | CmpOp::Le | CmpOp::Gt | CmpOp::Ge => {}
        }
        if let Some(order) = numbers(a, b) {
            return Ok(Value::Bool(holds(op, order)));
        }
        let (name, reflected, _) = methods(op);
        let (left, right) = (self.operator(a, name), self.operator(b, reflected));
        let by_program = |f: &Option<Value>| matches!(f, Some(Value::Function(_)));
        let equals_by_program = op == CmpOp::Ne
            && (by_program(&self.operator(a, "__eq__")) || by_program(&self.operator(b, "__eq__")));
        if by_program(&left) || by_program(&right) || equals_by_program {
            let (left, right) = (left.unwrap_or(Value::None), right.unwrap_or(Value::None));
            let symbol = Value::str(methods(op).2);
            return Err(Stop::call(self.helper("_compare"), vec![symbol, a.clone(), b.clone(), left, right]));
        }
        if let Some(value) = self.native_answer([left, right], a, b)? {
            return Ok(value);
        }
        let order = match self.order(op, a, b, 0) {
            Err(Stop::Error(fault)) if fault.class == "NeedsProgram" => {
                let args = vec![Value::str(methods(op).2), a.unwrapped(), b.unwrapped()];
                return Err(Stop::call(self.helper("_compare_items"), args));
            }
            order => order?,
        };
        match order {
            Some(truth) => Ok(Value::Bool(truth)),
            None => {
                let symbol = methods(op).2;
                let (a, b) = (a.type_name(), b.type_name());
                type_error(format!("'{symbol}' not supported between instances of '{a}' and '{b}'"))
            }
        }
    }

    /// Compares what has no method for it: numbers, texts and containers.
    fn order(&mut self, op: CmpOp, a: &Value, b: &Value, depth: usize) -> Result<Option<bool>> {
        if depth > DEEPEST {
            return Err(Stop::error("RecursionError", "maximum recursion depth exceeded in comparison"));
        }
        let equality = matches!(op, CmpOp::Eq | CmpOp::Ne);
        match (a.unwrapped(), b.unwrapped()) {
            (Value::Str(a), Value::Str(b)) => Ok(Some(holds(op, Some(a.cmp(&b))))),
            (a @ (Value::List(_) | Value::Tuple(_)), b @ (Value::List(_) | Value::Tuple(_)))
                if std::mem::discriminant(&a) == std::mem::discriminant(&b) =>
            {
                self.sequences(
                    op,
                    &a.sequence().unwrap_or_default(),
                    &b.sequence().unwrap_or_default(),
                    depth,
                )
            }
            (Value::Dict(x), Value::Dict(y)) if equality => {
                let (x, y) = (x.0.borrow(), y.0.borrow());
                let mut same = x.len() == y.len();
                for (key, value) in x.iter() {
                    match y.get(&Key::new(key.clone())?) {
                        Some(other) if same => same = self.equal_at(value, &other, depth)?,
                        _ => same = false,
                    }
                }
                Ok(Some(same == (op == CmpOp::Eq)))
            }
            (Value::Set(x), Value::Set(y)) => {
                let (x, y) = (x.items.borrow(), y.items.borrow());
                let within = |a: &crate::map::Map, b: &crate::map::Map| a.keys().all(|key| b.contains(key));
                let (less, more) = (within(&x, &y), within(&y, &x));
                Ok(Some(match op {
                    CmpOp::Eq => less && more,
                    CmpOp::Ne => !(less && more),
                    CmpOp::Lt => less && !more,
                    CmpOp::Le => less,
                    CmpOp::Gt => more && !less,
                    _ => more,
                }))
            }
            (Value::Range(x), Value::Range(y)) if equality => {
                let same = x.len() == y.len() && (0..x.len().min(2)).all(|i| x.at(i) == y.at(i));
                Ok(Some(same == (op == CmpOp::Eq)))
            }
            (a, b) if equality => {
                let same = match (Key::new(a.clone()), Key::new(b.clone())) {
                    (Ok(a), Ok(b)) => a == b,
                    _ => a.is(&b),
                };
                Ok(Some(same == (op == CmpOp::Eq)))
            }
            _ => Ok(None),
        }
    }

    fn sequences(&mut self, op: CmpOp, a: &[Value], b: &[Value], depth: usize) -> Result<Option<bool>> {
        if matches!(op, CmpOp::Eq | CmpOp::Ne) && a.len() != b.len() {
            return Ok(Some(op == CmpOp::Ne));
        }
        for (x, y) in a.iter().zip(b) {
            if !self.equal_at(x, y, depth)? {
                return match op {
                    CmpOp::Eq => Ok(Some(false)),
                    CmpOp::Ne => Ok(Some(true)),
                    _ => match numbers(x, y) {
                        Some(order) => Ok(Some(holds(op, order))),
                        None => self.order(op, x, y, depth + 1),
                    },
                };
            }
        }
        Ok(Some(holds(op, Some(a.len().cmp(&b.len())))))
    }

    fn equal_at(&mut self, a: &Value, b: &Value, depth: usize) -> Result<bool> {
        if a.is(b) && !matches!(a, Value::Float(_)) {
            return Ok(true);
        }
        self.compared += 1;
        if self.compared > MOST {
            return Err(Stop::error("NeedsProgram", ""));
        }
        if let Some(order) = numbers(a, b) {
            return Ok(order == Some(std::cmp::Ordering::Equal));
        }
        if matches!((a, b), (Value::Instance(_) | Value::Tensor(_) | Value::Object(_), _))
            || matches!((a, b), (_, Value::Instance(_) | Value::Tensor(_) | Value::Object(_)))
        {
            let answer = self.compare(CmpOp::Eq, a, b);
            return match answer {
                Ok(answer) => match self.truth(&answer)? {
                    Some(truth) => Ok(truth),
                    None => Ok(a.is(b)),
                },
                Err(Stop::Call(_)) => Err(Stop::error("NeedsProgram", "")),
                Err(error) => Err(error),
            };
        }
        Ok(self.order(CmpOp::Eq, a, b, depth + 1)?.unwrap_or(false))
    }

    /// `a == b`, for lists and their methods.
    ///
    /// # Errors
    /// The fault `NeedsProgram` if a method of the program decides: the caller then calls a helper.
    pub(crate) fn equal(&mut self, a: &Value, b: &Value) -> Result<bool> {
        self.equal_at(a, b, 0)
    }

    /// `item in container`, or `not in`.
    fn contains(&mut self, container: &Value, item: &Value, negate: bool) -> Result<Value> {
        if let (Value::Instance(_), Some(Value::Function(_))) =
            (container, self.operator(container, "__contains__"))
        {
            let args = vec![container.clone(), item.clone(), Value::Bool(negate)];
            return Err(Stop::call(self.helper("_contains"), args));
        }
        let found = match container.unwrapped() {
            Value::Str(text) => match item {
                Value::Str(part) => text.contains(&**part),
                other => {
                    let kind = other.type_name();
                    return type_error(format!("'in <string>' requires string as left operand, not {kind}"));
                }
            },
            Value::Dict(dict) => {
                let map = dict.0.borrow();
                map.contains(&map.key(item.clone())?)
            }
            Value::Set(set) => {
                let map = set.items.borrow();
                map.contains(&map.key(item.clone())?)
            }
            Value::Range(range) => {
                let exact = item.as_float().filter(|x| x.trunc() == *x).map(|x| x as i64);
                let whole = item.as_int().or(exact);
                whole.is_some_and(|i| {
                    let offset = i128::from(i) - i128::from(range.start);
                    let step = i128::from(range.step);
                    offset % step == 0 && (0..range.len() as i128).contains(&(offset / step))
                })
            }
            list @ (Value::List(_) | Value::Tuple(_)) => {
                let mut found = false;
                for candidate in list.sequence().unwrap_or_default() {
                    match self.equal(&candidate, item) {
                        Ok(true) => {
                            found = true;
                            break;
                        }
                        Ok(false) => {}
                        Err(Stop::Error(fault)) if fault.class == "NeedsProgram" => {
                            let args = vec![container.clone(), item.clone(), Value::Bool(negate)];
                            return Err(Stop::call(self.helper("_contains"), args));
                        }
                        Err(error) => return Err(error),
                    }
                }
                found
            }
            Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Function(_) => {
                return type_error(format!("argument of type '{}' is not iterable", container.type_name()));
            }
            _ => {
                let args = vec![container.clone(), item.clone(), Value::Bool(negate)];
                return Err(Stop::call(self.helper("_contains"), args));
            }
        };
        Ok(Value::Bool(found != negate))
    }

    /// Whether a value counts as true; nothing, if the program must be asked.
    ///
    /// # Errors
    /// What PyTorch says to a tensor of several elements, and what reading one says.
    pub(crate) fn truth(&mut self, value: &Value) -> Result<Option<bool>> {
        if let Some(truth) = value.plain_truth() {
            return Ok(Some(truth));
        }
        match value {
            Value::Tensor(tensor) => crate::torch::tensor_truth(self, &tensor.tensor).map(Some),
            Value::Instance(instance) => {
                let class = instance.class();
                let asked = |name: &str| matches!(class.lookup(name), Some(Value::Function(_)));
                if asked("__bool__") || asked("__len__") {
                    return Ok(None);
                }
                let inner = instance.inner.borrow().clone();
                Ok(Some(inner.is_none_or(|inner| inner.plain_truth().unwrap_or(true))))
            }
            Value::Object(object) => match self.operator(value, "__bool__") {
                Some(_) => Ok(None),
                None => Ok(Some(object.truth())),
            },
            _ => Ok(Some(true)),
        }
    }

    /// The call that tells whether a value is true.
    pub(super) fn truth_call(&mut self, value: &Value) -> Result<Stop> {
        for name in ["__bool__", "__len__"] {
            if let Some(function) = self.operator(value, name) {
                return Ok(Stop::call(function, vec![value.clone()]));
            }
        }
        type_error(format!("'{}' object has no truth value", value.type_name()))
    }

    pub(super) fn replace_top_by_truth(&mut self, value: &Value) -> Result<()> {
        let call = self.truth_call(value)?;
        self.replace_top(call)
    }
}

impl Value {
    /// Whether a value counts as true, of those that are not asked.
    pub(crate) fn plain_truth(&self) -> Option<bool> {
        Some(match self {
            Self::None => false,
            Self::Bool(b) => *b,
            Self::Int(i) => *i != 0,
            Self::Float(x) => *x != 0.0,
            Self::Str(s) => !s.is_empty(),
            Self::Tuple(tuple) => !tuple.items().is_empty(),
            Self::List(list) => !list.0.borrow().is_empty(),
            Self::Dict(dict) => dict.0.borrow().len() > 0,
            Self::Set(set) => set.items.borrow().len() > 0,
            Self::Range(range) => range.len() > 0,
            Self::Tensor(_) | Self::Instance(_) | Self::Object(_) => return None,
            _ => true,
        })
    }
}

/// How two numbers are ordered (NaN: not at all); nothing, if they are no numbers.
fn numbers(a: &Value, b: &Value) -> Option<Option<std::cmp::Ordering>> {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => Some(Some(a.cmp(b))),
        (
            Value::Int(_) | Value::Bool(_) | Value::Float(_),
            Value::Int(_) | Value::Bool(_) | Value::Float(_),
        ) => match (a.as_int(), b.as_int()) {
            (Some(a), Some(b)) => Some(Some(a.cmp(&b))),
            _ => Some(a.as_float()?.partial_cmp(&b.as_float()?)),
        },
        _ => None,
    }
}

fn holds(op: CmpOp, order: Option<std::cmp::Ordering>) -> bool {
    use std::cmp::Ordering::{Equal, Greater, Less};
    match op {
        CmpOp::Eq => order == Some(Equal),
        CmpOp::Ne => order != Some(Equal),
        CmpOp::Lt => order == Some(Less),
        CmpOp::Le => matches!(order, Some(Less | Equal)),
        CmpOp::Gt => order == Some(Greater),
        CmpOp::Ge => matches!(order, Some(Greater | Equal)),
        CmpOp::In | CmpOp::NotIn | CmpOp::Is | CmpOp::IsNot => false,
    }
}
