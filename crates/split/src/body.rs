//! A function's body as a tree, with the points in it at which control may go one way or another.

use wasmparser::{
    BlockType, FuncValidator, FuncValidatorAllocations, FunctionBody, Operator, Parser, ValType,
    ValidPayload, Validator, ValidatorResources,
};

use crate::Result;

/// A function's body.
///
/// Its points are counted from 0, in the order of its instructions: its beginning, where either arm of an `if` begins, and what
/// follows a `br_if` or the end of a block. Instructions between two points are all executed, or none is.
pub struct Body<'a> {
    /// The types of its parameters and its other locals.
    pub locals: Vec<ValType>,
    pub root: Sequence<'a>,
    pub points: u32,
    /// A number made of what it does, though not of where in the program there is what it names.
    pub shape: u16,
}

/// Instructions one after another.
pub struct Sequence<'a> {
    pub nodes: Vec<Node<'a>>,
    /// The point at which it begins, unless whatever comes to it has passed another.
    pub point: Option<u32>,
}

/// An instruction, with those in it.
pub struct Node<'a> {
    pub what: What<'a>,
    /// How many bytes of the program it is.
    pub bytes: u32,
    /// The point behind it.
    pub point: Option<u32>,
    /// Whether nothing that this sequence put onto the stack is left there behind it.
    pub is_flat: bool,
}

pub enum What<'a> {
    Plain(Operator<'a>),
    Block(BlockType, Sequence<'a>),
    Loop(BlockType, Sequence<'a>),
    If(BlockType, Sequence<'a>, Option<Sequence<'a>>),
}

/// Reads the body of every function that is not imported, one by one, and gives it to `take`, with its number.
///
/// # Errors
/// If they are not valid, and those of `take`.
pub fn each<'a>(
    bytes: &'a [u8],
    mut take: impl FnMut(u32, &FunctionBody<'a>, Body<'a>) -> Result<()>,
) -> Result<()> {
    let (mut validator, mut spare) = (Validator::new(), FuncValidatorAllocations::default());
    for payload in Parser::new(0).parse_all(bytes) {
        if let ValidPayload::Func(function, body) = validator.payload(&payload?)? {
            let index = function.index;
            let mut validator = function.into_validator(spare);
            take(index, &body, Body::read(&mut validator, &body)?)?;
            spare = validator.into_allocations();
        }
    }
    Ok(())
}

/// A block whose end has not been read.
struct Open<'a> {
    begins: u64,
    of: BlockType,
    is_loop: bool,
    /// The first arm of an `if`, when the second is being read.
    then: Option<Sequence<'a>>,
    is_if: bool,
    sequence: Sequence<'a>,
}

impl<'a> Body<'a> {
    fn read(validator: &mut FuncValidator<ValidatorResources>, body: &FunctionBody<'a>) -> Result<Self> {
        let (bytes, start) = (body.as_bytes(), body.range().start);
        let mut reader = body.get_binary_reader();
        validator.read_locals(&mut reader)?;
        let locals =
            (0..validator.len_locals()).filter_map(|local| validator.get_local_type(local)).collect();
        let mut points = 0..;
        let mut point = || points.next();
        let mut shape = Shape::new();
        let mut root = Sequence { nodes: Vec::new(), point: point() };
        let mut open: Vec<Open<'a>> = Vec::new();
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            let at = operators.original_position();
            let operator = operators.read()?;
            let end = operators.original_position();
            validator.op(at, &operator)?;
            shape.take(&operator, &bytes[(at - start) as usize..(end - start) as usize]);
            let begin = |of: BlockType, is_loop: bool, is_if: bool, point: Option<u32>| Open {
                begins: at,
                of,
                is_loop,
                then: None,
                is_if,
                sequence: Sequence { nodes: Vec::new(), point },
            };
            let node = match operator {
                Operator::Block { blockty } => {
                    open.push(begin(blockty, false, false, None));
                    continue;
                }
                Operator::Loop { blockty } => {
                    open.push(begin(blockty, true, false, None));
                    continue;
                }
                Operator::If { blockty } => {
                    open.push(begin(blockty, false, true, point()));
                    continue;
                }
                Operator::Else => {
                    if let Some(arm) = open.last_mut() {
                        let second = Sequence { nodes: Vec::new(), point: point() };
                        arm.then = Some(std::mem::replace(&mut arm.sequence, second));
                    }
                    continue;
                }
                Operator::End => {
                    let Some(Open { begins, of, is_loop, then, is_if, sequence }) = open.pop() else { break };
                    let what = match (then, is_if) {
                        (Some(then), _) => What::If(of, then, Some(sequence)),
                        (None, true) => What::If(of, sequence, None),
                        (None, false) if is_loop => What::Loop(of, sequence),
                        (None, false) => What::Block(of, sequence),
                    };
                    Node { what, bytes: (end - begins) as u32, point: point(), is_flat: false }
                }
                operator => {
                    let point = matches!(operator, Operator::BrIf { .. }).then(&mut point).flatten();
                    Node { what: What::Plain(operator), bytes: (end - at) as u32, point, is_flat: false }
                }
            };
            let base = validator.get_control_frame(0).map_or(0, |frame| frame.height);
            let is_flat = validator.operand_stack_height() as usize == base;
            let sequence = open.last_mut().map_or(&mut root, |open| &mut open.sequence);
            sequence.nodes.push(Node { is_flat, ..node });
        }
        let points = points.start;
        Ok(Self { locals, root, points, shape: shape.0 as u16 ^ (shape.0 >> 16) as u16 })
    }
}

/// A number that is made of instructions: FNV-1a.
struct Shape(u32);

impl Shape {
    fn new() -> Self {
        Self(0x811c_9dc5)
    }

    /// Takes an instruction. Numbers of functions and addresses differ from program to program.
    fn take(&mut self, operator: &Operator<'_>, bytes: &[u8]) {
        let counts = match operator {
            Operator::LocalGet { .. }
            | Operator::LocalSet { .. }
            | Operator::LocalTee { .. }
            | Operator::Br { .. }
            | Operator::BrIf { .. }
            | Operator::BrTable { .. } => bytes.len(),
            _ if matches!(bytes.first(), Some(0xfc | 0xfd)) => 2,
            _ => 1,
        };
        for &byte in &bytes[..counts] {
            self.0 = (self.0 ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }
}

impl What<'_> {
    /// The sequences in it.
    pub fn parts(&self) -> impl Iterator<Item = &Sequence<'_>> {
        let (first, second) = match self {
            What::Plain(_) => (None, None),
            What::Block(_, part) | What::Loop(_, part) => (Some(part), None),
            What::If(_, then, other) => (Some(then), other.as_ref()),
        };
        first.into_iter().chain(second)
    }
}
