//! How the function of a region gives back what it did. A function has one result; all else comes back by globals.

use wasm_encoder::{ConstExpr, GlobalSection, GlobalType};
use wasmparser::ValType;

use super::regions::Region;

/// The types that can come back, and how many of each.
const PLACES: [(ValType, u32); 5] =
    [(ValType::I32, 12), (ValType::I64, 6), (ValType::F32, 6), (ValType::F64, 6), (ValType::V128, 4)];

/// The globals by which a region's function gives back locals, and a value that it has on the stack.
pub struct Given {
    pub locals: Vec<(u32, u32)>,
    pub value: Option<u32>,
}

/// The globals for one function's regions.
#[derive(Clone, Copy)]
pub struct Places<'p> {
    /// The types of the function's locals.
    pub locals: &'p [ValType],
    /// The number of the first of the globals.
    pub first: u32,
}

impl Places<'_> {
    /// The globals for what a region gives back. None, if there are not enough.
    pub fn of(&self, region: &Region) -> Option<Given> {
        let mut taken = [0; PLACES.len()];
        let mut place = |of: ValType| {
            let at = PLACES.iter().position(|(have, _)| *have == of)?;
            let before = PLACES[..at].iter().map(|(_, n)| n).sum::<u32>();
            taken[at] += 1;
            (taken[at] <= PLACES[at].1).then(|| self.first + before + taken[at] - 1)
        };
        let locals = region.given.iter().map(|&local| Some((local, place(self.locals[local as usize])?)));
        let locals = locals.collect::<Option<_>>()?;
        let value = match region.value {
            None => None,
            Some(of) => Some(place(of)?),
        };
        Some(Given { locals, value })
    }
}

/// Adds the globals to those of a program.
pub fn add(globals: &mut GlobalSection) {
    use wasm_encoder::ValType as Written;
    for (of, n) in PLACES {
        let (val_type, begin) = match of {
            ValType::I64 => (Written::I64, ConstExpr::i64_const(0)),
            ValType::F32 => (Written::F32, ConstExpr::f32_const(0.0.into())),
            ValType::F64 => (Written::F64, ConstExpr::f64_const(0.0.into())),
            ValType::V128 => (Written::V128, ConstExpr::v128_const(0)),
            ValType::I32 | ValType::Ref(_) => (Written::I32, ConstExpr::i32_const(0)),
        };
        for _ in 0..n {
            globals.global(GlobalType { val_type, mutable: true, shared: false }, &begin);
        }
    }
}
