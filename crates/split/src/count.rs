//! Writes the program with a byte in its memory for every point of every function, which is set when control gets there.

use std::convert::Infallible;
use std::ops::Range;

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ExportKind, ExportSection, Function, GlobalSection, GlobalType,
    Instruction, MemArg, MemArgTarget, MemoryType, Module, ValType,
};
use wasmparser::{
    CodeSectionReader, CustomSectionReader, DataSectionReader, ExportSectionReader, GlobalSectionReader,
    Parser,
};

use crate::Result;
use crate::body::{self, Body, Node, Sequence};
use crate::data;
use crate::program::Program;
use crate::rewrite::Rewrite;

/// The globals that say where the bytes begin and how many there are.
const EXPORTS: [&str; 2] = ["points", "points_count"];
const PAGE: u64 = 1 << 16;

/// The program that notes which of its points it passes. It exports the address of the first of the bytes, and their number.
///
/// # Errors
/// If the program is not of the form that the compiler gives it.
pub fn counting(program: &Program<'_>) -> Result<Vec<u8>> {
    let first = program.memories.first().ok_or("the program has no memory")?.initial * PAGE;
    let mut counting = Counting { program, bodies: Vec::new(), first, points: 0 };
    body::each(program.bytes, |_, read, body| counting.body(read, &body))?;
    let mut module = Module::new();
    counting.parse_core_module(&mut module, Parser::new(0), program.bytes)?;
    Ok(module.finish())
}

struct Counting<'a> {
    program: &'a Program<'a>,
    bodies: Vec<Function>,
    /// Where the bytes begin.
    first: u64,
    points: u64,
}

impl Counting<'_> {
    fn body(&mut self, read: &wasmparser::FunctionBody<'_>, body: &Body<'_>) -> Result<()> {
        let mut function = self.new_function_with_parsed_locals(read)?;
        self.sequence(&mut function, &body.root)?;
        function.instruction(&Instruction::End);
        self.bodies.push(function);
        self.points += u64::from(body.points);
        Ok(())
    }

    /// Notes that control got to a point.
    fn point(&self, function: &mut Function, point: Option<u32>) {
        if let Some(point) = point {
            let offset = self.first + self.points + u64::from(point);
            let at = MemArg { offset, align: 0, target: MemArgTarget::Memory(0), ordering: None };
            function.instructions().i32_const(0).i32_const(1).i32_store8(at);
        }
    }
}

impl Rewrite for Counting<'_> {
    fn sequence(&mut self, out: &mut Function, sequence: &Sequence<'_>) -> Result<()> {
        self.point(out, sequence.point);
        self.nodes(out, &sequence.nodes)
    }

    fn node(&mut self, out: &mut Function, node: &Node<'_>) -> Result<()> {
        self.what(out, &node.what)?;
        self.point(out, node.point);
        Ok(())
    }
}

type Done = std::result::Result<(), Error>;

impl Reencode for Counting<'_> {
    type Error = Infallible;

    fn memory_type(&mut self, of: wasmparser::MemoryType) -> std::result::Result<MemoryType, Error> {
        let mut of = utils::memory_type(self, of);
        of.minimum += self.points.div_ceil(PAGE);
        Ok(of)
    }

    fn parse_global_section(
        &mut self,
        globals: &mut GlobalSection,
        section: GlobalSectionReader<'_>,
    ) -> Done {
        utils::parse_global_section(self, globals, section)?;
        for value in [self.first, self.points] {
            let of = GlobalType { val_type: ValType::I32, mutable: false, shared: false };
            globals.global(of, &ConstExpr::i32_const(value as i32));
        }
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Done {
        utils::parse_export_section(self, exports, section)?;
        for (name, global) in EXPORTS.into_iter().zip(self.program.globals.len() as u32..) {
            exports.export(name, ExportKind::Global, global);
        }
        Ok(())
    }

    fn parse_code_section(&mut self, code: &mut CodeSection, _: CodeSectionReader<'_>) -> Done {
        for function in &self.bodies {
            code.function(function);
        }
        Ok(())
    }

    /// Texts that can follow are zeros here as they are in the first part: that takes another way.
    fn parse_data_section(&mut self, data: &mut DataSection, _: DataSectionReader<'_>) -> Done {
        for segment in &self.program.data {
            let mut bytes = segment.bytes.to_vec();
            for Range { start, end } in data::texts(segment) {
                bytes[(start - segment.address) as usize..(end - segment.address) as usize].fill(0);
            }
            data.active(0, &ConstExpr::i32_const(segment.address.cast_signed()), bytes);
        }
        Ok(())
    }

    fn parse_custom_section(&mut self, _: &mut Module, _: CustomSectionReader<'_>) -> Done {
        Ok(())
    }
}
