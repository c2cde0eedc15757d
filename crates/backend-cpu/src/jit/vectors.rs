//! Expressions of vectors: each function of `math` and `quick` on four float32 at once, in the same order of operations,
//! so that its results are the same bits. A truth is a vector of all ones or all zeros.

use engine::ops::{Binary, Compare, Unary};

use super::encode::{Function, Local, simd};
use crate::quick::{BEND, LARGEST, LN2, NEAR, SMALLEST, TAIL, WHOLE};

/// A value of an expression.
#[derive(Clone, Copy)]
pub(crate) enum Value {
    /// In a variable.
    At(Local),
    /// The same bits in each lane.
    Bits(u32),
}

use Value::Bits;

/// A number in each lane.
fn number(v: f32) -> Value {
    Bits(v.to_bits())
}

impl Function {
    /// Puts a value on the stack.
    pub(crate) fn value(&mut self, value: Value) -> &mut Self {
        match value {
            Value::At(local) => self.get(local),
            Bits(bits) => self.splat(bits),
        }
    }

    /// Takes a value from the stack.
    pub(crate) fn keep(&mut self) -> Value {
        let local = self.vector();
        self.set(local);
        Value::At(local)
    }

    /// The result of an instruction.
    pub(crate) fn of<const N: usize>(&mut self, opcode: u32, operands: [Value; N]) -> Value {
        for operand in operands {
            self.value(operand);
        }
        self.simd(opcode).keep()
    }

    fn mul_add(&mut self, x: Value, y: Value, z: Value) -> Value {
        let product = self.of(simd::F32_MUL, [x, y]);
        self.of(simd::F32_ADD, [product, z])
    }

    /// `condition ? x : y`
    pub(crate) fn select(&mut self, condition: Value, x: Value, y: Value) -> Value {
        self.of(simd::SELECT, [x, y, condition])
    }

    /// Shifts the integers in the lanes.
    fn shift(&mut self, opcode: u32, x: Value, by: i32) -> Value {
        self.value(x).number(by).simd(opcode).keep()
    }

    fn polynomial(&mut self, x: Value, coefficients: &[f32]) -> Value {
        let mut rest = coefficients.iter().map(|&c| number(c));
        let first = rest.next().unwrap_or(Bits(0));
        rest.fold(first, |sum, c| self.mul_add(sum, x, c))
    }

    /// 2ᵏ for integers k.
    fn power_of_two(&mut self, k: Value) -> Value {
        let biased = self.of(simd::I32_ADD, [k, Bits(127)]);
        self.shift(simd::I32_SHL, biased, 23)
    }

    fn exp(&mut self, x: Value) -> Value {
        let above = self.of(simd::F32_GT, [x, number(LARGEST)]);
        let x = self.select(above, number(LARGEST), x);
        let below = self.of(simd::F32_LT, [x, number(SMALLEST)]);
        let x = self.select(below, number(SMALLEST), x);
        let shifted = self.mul_add(x, number(std::f32::consts::LOG2_E), number(WHOLE));
        let n = self.of(simd::F32_SUB, [shifted, number(WHOLE)]);
        let k = self.of(simd::I32_SUB, [shifted, number(WHOLE)]);
        let mut r = x;
        for part in LN2 {
            let product = self.of(simd::F32_MUL, [n, number(part)]);
            r = self.of(simd::F32_SUB, [r, product]);
        }
        let tail = self.polynomial(r, &TAIL);
        let tail = self.of(simd::F32_MUL, [tail, r]);
        let value = self.mul_add(tail, r, r);
        let value = self.of(simd::F32_ADD, [value, number(1.0)]);
        let half = self.shift(simd::I32_SHR, k, 1);
        let other = self.of(simd::I32_SUB, [k, half]);
        let (first, second) = (self.power_of_two(half), self.power_of_two(other));
        let value = self.of(simd::F32_MUL, [value, first]);
        self.of(simd::F32_MUL, [value, second])
    }

    fn sigmoid(&mut self, x: Value) -> Value {
        let turned = self.of(simd::F32_NEG, [x]);
        let power = self.exp(turned);
        let sum = self.of(simd::F32_ADD, [number(1.0), power]);
        self.of(simd::F32_DIV, [number(1.0), sum])
    }

    fn tanh(&mut self, x: Value) -> Value {
        let size = self.of(simd::F32_ABS, [x]);
        let square = self.of(simd::F32_MUL, [size, size]);
        let bend = self.polynomial(square, &BEND);
        let bend = self.of(simd::F32_MUL, [bend, square]);
        let near = self.mul_add(bend, size, size);
        let twice = self.of(simd::F32_MUL, [number(2.0), size]);
        let power = self.exp(twice);
        let sum = self.of(simd::F32_ADD, [power, number(1.0)]);
        let part = self.of(simd::F32_DIV, [number(2.0), sum]);
        let far = self.of(simd::F32_SUB, [number(1.0), part]);
        let is_near = self.of(simd::F32_LT, [size, number(NEAR)]);
        let value = self.select(is_near, near, far);
        // The sign is the highest bit.
        self.select(Bits(1 << 31), x, value)
    }

    /// −1, 0 or 1.
    fn sign(&mut self, x: Value) -> Value {
        let above = self.of(simd::F32_GT, [x, Bits(0)]);
        let below = self.of(simd::F32_LT, [x, Bits(0)]);
        let one = self.of(simd::AND, [above, number(1.0)]);
        self.select(below, number(-1.0), one)
    }

    /// `op(x)`; `None` if it is none of these.
    pub(crate) fn unary(&mut self, op: Unary, x: Value) -> Option<Value> {
        Some(match op {
            Unary::Neg => self.of(simd::F32_NEG, [x]),
            Unary::Abs => {
                let below = self.of(simd::F32_LT, [x, Bits(0)]);
                let (turned, sum) = (self.of(simd::F32_NEG, [x]), self.of(simd::F32_ADD, [x, Bits(0)]));
                self.select(below, turned, sum)
            }
            Unary::Sign => self.sign(x),
            Unary::Relu => {
                let below = self.of(simd::F32_LT, [x, Bits(0)]);
                self.of(simd::AND_NOT, [x, below])
            }
            Unary::Exp => self.exp(x),
            Unary::Sigmoid => self.sigmoid(x),
            Unary::Tanh => self.tanh(x),
            Unary::Sqrt => self.of(simd::F32_SQRT, [x]),
            Unary::Rsqrt => {
                let root = self.of(simd::F32_SQRT, [x]);
                self.of(simd::F32_DIV, [number(1.0), root])
            }
            Unary::Reciprocal => self.of(simd::F32_DIV, [number(1.0), x]),
            Unary::Floor => self.of(simd::F32_FLOOR, [x]),
            Unary::Ceil => self.of(simd::F32_CEIL, [x]),
            Unary::Round => self.of(simd::F32_NEAREST, [x]),
            Unary::Trunc => self.of(simd::F32_TRUNC, [x]),
            Unary::Log | Unary::Sin | Unary::Cos | Unary::Log1p | Unary::Expm1 | Unary::Erf => return None,
        })
    }

    /// `op(x, y)` of numbers; `None` if it is none of these.
    pub(crate) fn binary(&mut self, op: Binary, x: Value, y: Value) -> Option<Value> {
        Some(match op {
            Binary::Add => self.of(simd::F32_ADD, [x, y]),
            Binary::Sub => self.of(simd::F32_SUB, [x, y]),
            Binary::Mul => self.of(simd::F32_MUL, [x, y]),
            Binary::Div => self.of(simd::F32_DIV, [x, y]),
            Binary::Maximum | Binary::Minimum => {
                let better = if op == Binary::Maximum { simd::F32_GT } else { simd::F32_LT };
                let (better, nan) = (self.of(better, [x, y]), self.of(simd::F32_NE, [x, x]));
                let first = self.of(simd::OR, [better, nan]);
                self.select(first, x, y)
            }
            Binary::Pow
            | Binary::FloorDivide
            | Binary::Remainder
            | Binary::And
            | Binary::Or
            | Binary::Xor => return None,
        })
    }

    /// `op(x, y)` of truths; `None` if it is none of these.
    pub(crate) fn logic(&mut self, op: Binary, x: Value, y: Value) -> Option<Value> {
        let known = [(Binary::And, simd::AND), (Binary::Or, simd::OR), (Binary::Xor, simd::XOR)];
        let (_, opcode) = known.into_iter().find(|&(known, _)| known == op)?;
        Some(self.of(opcode, [x, y]))
    }

    /// Whether `x op y`, for numbers.
    pub(crate) fn compare(&mut self, op: Compare, x: Value, y: Value) -> Value {
        let opcode = match op {
            Compare::Eq => simd::F32_EQ,
            Compare::Ne => simd::F32_NE,
            Compare::Lt => simd::F32_LT,
            Compare::Le => simd::F32_LE,
            Compare::Gt => simd::F32_GT,
            Compare::Ge => simd::F32_GE,
        };
        self.of(opcode, [x, y])
    }
}
