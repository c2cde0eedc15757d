//! Wasm modules of one function each, as bytes: the few instructions that kernels are made of, and the sections around
//! them. A module imports the memory of the program that runs it (`m.m`), has no other state, and exports its function
//! as `f`. Opcodes are those of the WebAssembly core specification 3.0.

/// Instructions of one byte.
pub(crate) mod op {
    pub(crate) const BR_IF: u8 = 0x0d;
    pub(crate) const IF: u8 = 0x04;
    pub(crate) const LOOP: u8 = 0x03;
    /// The type of a block that leaves nothing on the stack.
    pub(crate) const EMPTY: u8 = 0x40;
    pub(crate) const END: u8 = 0x0b;
    pub(crate) const GET: u8 = 0x20;
    pub(crate) const SET: u8 = 0x21;
    pub(crate) const TEE: u8 = 0x22;
    pub(crate) const I32_LOAD: u8 = 0x28;
    pub(crate) const I32_CONST: u8 = 0x41;
    pub(crate) const I32_NE: u8 = 0x47;
    pub(crate) const I32_GE_U: u8 = 0x4f;
    pub(crate) const I32_ADD: u8 = 0x6a;
    pub(crate) const I32_SUB: u8 = 0x6b;
    pub(crate) const I32_MUL: u8 = 0x6c;
}

/// Instructions on vectors of 128 bits.
pub(crate) mod simd {
    pub(crate) const LOAD: u32 = 0x00;
    pub(crate) const LOAD32_SPLAT: u32 = 0x09;
    pub(crate) const LOAD64_SPLAT: u32 = 0x0a;
    pub(crate) const STORE: u32 = 0x0b;
    pub(crate) const CONST: u32 = 0x0c;
    pub(crate) const F32_EQ: u32 = 0x41;
    pub(crate) const F32_NE: u32 = 0x42;
    pub(crate) const F32_LT: u32 = 0x43;
    pub(crate) const F32_GT: u32 = 0x44;
    pub(crate) const F32_LE: u32 = 0x45;
    pub(crate) const F32_GE: u32 = 0x46;
    pub(crate) const AND: u32 = 0x4e;
    /// x, but for the bits of y.
    pub(crate) const AND_NOT: u32 = 0x4f;
    pub(crate) const OR: u32 = 0x50;
    pub(crate) const XOR: u32 = 0x51;
    pub(crate) const SELECT: u32 = 0x52;
    pub(crate) const STORE32_LANE: u32 = 0x5a;
    pub(crate) const LOAD32_ZERO: u32 = 0x5c;
    pub(crate) const I8_NARROW_U: u32 = 0x66;
    pub(crate) const F32_CEIL: u32 = 0x67;
    pub(crate) const F32_FLOOR: u32 = 0x68;
    pub(crate) const F32_TRUNC: u32 = 0x69;
    pub(crate) const F32_NEAREST: u32 = 0x6a;
    pub(crate) const I16_NARROW_U: u32 = 0x86;
    pub(crate) const I16_EXTEND_LOW_U: u32 = 0x89;
    pub(crate) const I32_NEG: u32 = 0xa1;
    pub(crate) const I32_EXTEND_LOW_U: u32 = 0xa9;
    pub(crate) const I32_SHL: u32 = 0xab;
    pub(crate) const I32_SHR: u32 = 0xac;
    pub(crate) const I32_ADD: u32 = 0xae;
    pub(crate) const I32_SUB: u32 = 0xb1;
    pub(crate) const F32_ABS: u32 = 0xe0;
    pub(crate) const F32_NEG: u32 = 0xe1;
    pub(crate) const F32_SQRT: u32 = 0xe3;
    pub(crate) const F32_ADD: u32 = 0xe4;
    pub(crate) const F32_SUB: u32 = 0xe5;
    pub(crate) const F32_MUL: u32 = 0xe6;
    pub(crate) const F32_DIV: u32 = 0xe7;
    pub(crate) const F64_ADD: u32 = 0xf0;
    pub(crate) const F64_MUL: u32 = 0xf2;
    /// x·y + z, rounded once where the processor can (relaxed SIMD).
    pub(crate) const F32_MADD: u32 = 0x105;
}

const I32: u8 = 0x7f;
const V128: u8 = 0x7b;

/// A parameter or variable of the function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Local(u32);

/// A function under way. It takes integers of 32 bits, which are addresses, lengths or steps in bytes, and returns
/// nothing.
pub(crate) struct Function {
    params: u32,
    locals: Vec<u8>,
    code: Vec<u8>,
}

impl Function {
    /// A function of `N` parameters.
    pub(crate) fn new<const N: usize>() -> (Self, [Local; N]) {
        let function = Self { params: N as u32, locals: Vec::new(), code: Vec::new() };
        (function, std::array::from_fn(|i| Local(i as u32)))
    }

    fn local(&mut self, kind: u8) -> Local {
        self.locals.push(kind);
        Local(self.params + self.locals.len() as u32 - 1)
    }

    /// Another variable for an integer.
    pub(crate) fn int(&mut self) -> Local {
        self.local(I32)
    }

    /// Another variable for a vector.
    pub(crate) fn vector(&mut self) -> Local {
        self.local(V128)
    }

    /// An instruction without immediates.
    pub(crate) fn op(&mut self, opcode: u8) -> &mut Self {
        self.code.push(opcode);
        self
    }

    /// One on vectors.
    pub(crate) fn simd(&mut self, opcode: u32) -> &mut Self {
        self.code.push(0xfd);
        unsigned(&mut self.code, opcode);
        self
    }

    fn indexed(&mut self, opcode: u8, local: Local) -> &mut Self {
        self.code.push(opcode);
        unsigned(&mut self.code, local.0);
        self
    }

    pub(crate) fn get(&mut self, local: Local) -> &mut Self {
        self.indexed(op::GET, local)
    }

    pub(crate) fn set(&mut self, local: Local) -> &mut Self {
        self.indexed(op::SET, local)
    }

    pub(crate) fn tee(&mut self, local: Local) -> &mut Self {
        self.indexed(op::TEE, local)
    }

    pub(crate) fn number(&mut self, value: i32) -> &mut Self {
        self.code.push(op::I32_CONST);
        signed(&mut self.code, value);
        self
    }

    /// Four times the same bits.
    pub(crate) fn splat(&mut self, bits: u32) -> &mut Self {
        self.simd(simd::CONST);
        (0..4).for_each(|_| self.code.extend(bits.to_le_bytes()));
        self
    }

    /// What reads or writes memory: `offset` bytes after the address on the stack. Addresses may be odd.
    pub(crate) fn memory(&mut self, opcode: u32, offset: u32) -> &mut Self {
        self.simd(opcode);
        self.place(offset)
    }

    fn place(&mut self, offset: u32) -> &mut Self {
        unsigned(&mut self.code, 0);
        unsigned(&mut self.code, offset);
        self
    }

    /// Reads an integer.
    pub(crate) fn load(&mut self, offset: u32) -> &mut Self {
        self.op(op::I32_LOAD).place(offset)
    }

    /// Writes the first lane of a vector.
    pub(crate) fn store_lane(&mut self, offset: u32) -> &mut Self {
        self.memory(simd::STORE32_LANE, offset).op(0)
    }

    /// `local += step`
    pub(crate) fn advance(&mut self, local: Local, step: i32) -> &mut Self {
        self.get(local).number(step).op(op::I32_ADD).set(local)
    }

    /// `local += step`, for a step in another variable.
    pub(crate) fn advance_by(&mut self, local: Local, step: Local) -> &mut Self {
        self.get(local).get(step).op(op::I32_ADD).set(local)
    }

    /// The module.
    pub(crate) fn module(mut self) -> Vec<u8> {
        self.op(op::END);
        let mut body = Vec::new();
        unsigned(&mut body, self.locals.len() as u32);
        self.locals.iter().for_each(|&kind| body.extend([1, kind]));
        body.append(&mut self.code);

        let mut module = b"\0asm\x01\0\0\0".to_vec();
        let mut kind = vec![1, 0x60];
        unsigned(&mut kind, self.params);
        kind.extend((0..self.params).map(|_| I32));
        kind.push(0);
        section(&mut module, 1, &kind);
        section(&mut module, 2, &[1, 1, b'm', 1, b'm', 2, 0, 1]);
        section(&mut module, 3, &[1, 0]);
        section(&mut module, 7, &[1, 1, b'f', 0, 0]);
        let mut code = vec![1];
        unsigned(&mut code, body.len() as u32);
        code.append(&mut body);
        section(&mut module, 10, &code);
        module
    }
}

fn section(module: &mut Vec<u8>, id: u8, content: &[u8]) {
    module.push(id);
    unsigned(module, content.len() as u32);
    module.extend(content);
}

/// LEB128.
fn unsigned(to: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        to.push(value as u8 | 0x80);
        value >>= 7;
    }
    to.push(value as u8);
}

fn signed(to: &mut Vec<u8>, mut value: i32) {
    while !(-64..64).contains(&value) {
        to.push(value as u8 | 0x80);
        value >>= 7;
    }
    to.push(value as u8 & 0x7f);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_leb128() {
        let (mut a, mut b) = (Vec::new(), Vec::new());
        unsigned(&mut a, 624_485);
        signed(&mut b, -123_456);
        assert_eq!(
            (a, b),
            (vec![0xe5, 0x8e, 0x26], vec![0xc0, 0xbb, 0x78]),
            "the examples of the specification"
        );
    }
}
