//! A program of elementwise functions as one loop: each step goes over four elements at once, and what lies between two
//! steps stays in registers. For float32 and bool; programs of others, and functions that take longer than a loop
//! costs, are left to the loops over tiles.

use engine::DType;
use engine::ops::Binary;
use engine::program::{Program, Step};

use super::encode::{Function, Local, op, simd};
use super::vectors::Value;

/// How an input is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Given {
    /// Element by element.
    Dense,
    /// One for all.
    Constant,
    /// The number 2 or 3, for all.
    Exponent(u8),
}

/// Bytes of four elements.
fn size(dtype: DType) -> i32 {
    if dtype == DType::Bool { 4 } else { 16 }
}

struct Writer<'a> {
    f: Function,
    dtypes: &'a [DType],
    given: &'a [Given],
    values: Vec<Value>,
}

/// The module; `None` if there are steps that it has no instructions for. Its function takes where the addresses of all
/// inputs and then of all outputs stand, and how many times four elements there are (at least once).
pub(crate) fn module(program: &Program, dtypes: &[DType], given: &[Given]) -> Option<Vec<u8>> {
    let known = dtypes.iter().all(|&dtype| dtype == DType::Float32 || dtype == DType::Bool);
    if !known || program.outputs.iter().any(|&r| r < given.len()) {
        return None;
    }
    let (f, [table, count]) = Function::new();
    let mut w = Writer { f, dtypes, given, values: Vec::new() };
    let pointers: Vec<Local> = (0..given.len() + program.outputs.len())
        .map(|i| {
            let pointer = w.f.int();
            w.f.get(table).load(4 * i as u32).set(pointer);
            pointer
        })
        .collect();
    let (from, to) = pointers.split_at(given.len());
    // What is the same for all is read once.
    let fixed: Vec<Option<Value>> =
        (0..given.len()).map(|k| (given[k] != Given::Dense).then(|| w.constant(k, from[k]))).collect();
    w.f.op(op::LOOP).op(op::EMPTY);
    for (k, fixed) in fixed.into_iter().enumerate() {
        let value = fixed.unwrap_or_else(|| w.read(k, from[k]));
        w.values.push(value);
    }
    for step in &program.steps {
        let value = w.step(*step)?;
        w.values.push(value);
    }
    for (&r, &pointer) in program.outputs.iter().zip(to) {
        w.write(r, pointer);
    }
    w.f.get(count).number(1).op(op::I32_SUB).tee(count).op(op::BR_IF).op(0).op(op::END);
    Some(w.f.module())
}

impl Writer<'_> {
    fn constant(&mut self, k: usize, pointer: Local) -> Value {
        if self.dtypes[k] == DType::Bool {
            self.read(k, pointer)
        } else {
            self.f.get(pointer).memory(simd::LOAD32_SPLAT, 0).keep()
        }
    }

    /// Reads the next elements of an input.
    fn read(&mut self, k: usize, pointer: Local) -> Value {
        let value = if self.dtypes[k] == DType::Bool {
            let f = self.f.get(pointer).memory(simd::LOAD32_ZERO, 0).simd(simd::I16_EXTEND_LOW_U);
            // From 1 to all ones.
            f.simd(simd::I32_EXTEND_LOW_U).simd(simd::I32_NEG).keep()
        } else {
            self.f.get(pointer).memory(simd::LOAD, 0).keep()
        };
        if self.given[k] == Given::Dense {
            self.f.advance(pointer, size(self.dtypes[k]));
        }
        value
    }

    /// Writes a result.
    fn write(&mut self, r: usize, pointer: Local) {
        let value = self.values[r];
        self.f.get(pointer);
        if self.dtypes[r] == DType::Bool {
            let ones = self.f.of(simd::AND, [value, Value::Bits(1)]);
            let halves = self.f.of(simd::I16_NARROW_U, [ones, ones]);
            let bytes = self.f.of(simd::I8_NARROW_U, [halves, halves]);
            self.f.value(bytes).store_lane(0);
        } else {
            self.f.value(value).memory(simd::STORE, 0);
        }
        self.f.advance(pointer, size(self.dtypes[r]));
    }

    fn step(&mut self, step: Step) -> Option<Value> {
        let value = |r: usize| self.values[r];
        let is_bool = |r: usize| self.dtypes[r] == DType::Bool;
        match step {
            Step::Unary(op, x) => self.f.unary(op, value(x)).filter(|_| !is_bool(x)),
            Step::Binary(op, x, y) if is_bool(x) => self.f.logic(op, value(x), value(y)),
            Step::Binary(Binary::Pow, x, y) => {
                let x = value(x);
                let Some(&Given::Exponent(exponent)) = self.given.get(y) else { return None };
                Some((1..exponent).fold(x, |power, _| self.f.of(simd::F32_MUL, [power, x])))
            }
            Step::Binary(op, x, y) => self.f.binary(op, value(x), value(y)),
            Step::Compare(op, x, y) => (!is_bool(x)).then(|| self.f.compare(op, value(x), value(y))),
            Step::Where(c, x, y) => Some(self.f.select(value(c), value(x), value(y))),
            Step::Cast(to, x) => Some(match (is_bool(x), to == DType::Bool) {
                (true, false) => self.f.of(simd::AND, [value(x), Value::Bits(1f32.to_bits())]),
                (false, true) => self.f.of(simd::F32_NE, [value(x), Value::Bits(0)]),
                (true, true) | (false, false) => value(x),
            }),
        }
    }
}
