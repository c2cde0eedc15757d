//! What programs do most, done without asking anybody: variables, small numbers, branches.

use super::Frame;
use crate::ast::{BinOp, CmpOp};
use crate::value::Value;

impl Frame {
    /// Pushes a local variable. Whether it has a value.
    pub(super) fn load(&mut self, i: u16) -> bool {
        match self.locals.get(usize::from(i)) {
            Some(Some(value)) => {
                let value = value.clone();
                self.stack.push(value);
                true
            }
            _ => false,
        }
    }

    /// Pops a local variable.
    pub(super) fn store(&mut self, i: u16) -> bool {
        match (self.locals.get_mut(usize::from(i)), self.stack.pop()) {
            (Some(local), Some(value)) => {
                *local = Some(value);
                true
            }
            _ => false,
        }
    }

    /// Puts `a op b` in the place of two numbers, if that is simple.
    pub(super) fn compute(&mut self, op: BinOp) -> bool {
        let [.., a, b] = &*self.stack else { return false };
        let result = match (a, b) {
            (Value::Int(a), Value::Int(b)) => match op {
                BinOp::Add => a.checked_add(*b).map(Value::Int),
                BinOp::Sub => a.checked_sub(*b).map(Value::Int),
                BinOp::Mul => a.checked_mul(*b).map(Value::Int),
                BinOp::Mod if *a >= 0 && *b > 0 => Some(Value::Int(a % b)),
                _ => None,
            },
            (Value::Float(a), Value::Float(b)) => match op {
                BinOp::Add => Some(Value::Float(a + b)),
                BinOp::Sub => Some(Value::Float(a - b)),
                BinOp::Mul => Some(Value::Float(a * b)),
                _ => None,
            },
            _ => None,
        };
        self.replace_two(result)
    }

    /// Puts `a op b` in the place of two whole numbers.
    pub(super) fn order(&mut self, op: CmpOp) -> bool {
        let [.., Value::Int(a), Value::Int(b)] = &*self.stack else { return false };
        let result = match op {
            CmpOp::Eq => a == b,
            CmpOp::Ne => a != b,
            CmpOp::Lt => a < b,
            CmpOp::Le => a <= b,
            CmpOp::Gt => a > b,
            CmpOp::Ge => a >= b,
            CmpOp::In | CmpOp::NotIn | CmpOp::Is | CmpOp::IsNot => return false,
        };
        self.replace_two(Some(Value::Bool(result)))
    }

    fn replace_two(&mut self, result: Option<Value>) -> bool {
        let Some(result) = result else { return false };
        self.stack.pop();
        if let Some(top) = self.stack.last_mut() {
            *top = result;
        }
        true
    }

    /// Jumps if the truth value on top is `when`; it is popped.
    pub(super) fn branch(&mut self, to: u32, when: bool) -> bool {
        let Some(&Value::Bool(truth)) = self.stack.last() else { return false };
        self.stack.pop();
        if truth == when {
            self.ip = to as usize;
        }
        true
    }
}
