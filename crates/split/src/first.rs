//! Writes the first part: the program as it was, but for what became of functions of the rest, and without names.

use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataSection, ExportKind, ExportSection, Function, FunctionSection,
    GlobalSection, Module, TableSection,
};
use wasmparser::{
    CodeSectionReader, CustomSectionReader, DataSectionReader, ExportSectionReader, FunctionSectionReader,
    GlobalSectionReader, Parser, TableSectionReader,
};

use crate::Result;
use crate::data;
use crate::plan::{Plan, THERE_TYPE};

/// The first part. It exports something by the name `rest FILE`, so that the rest can be found.
///
/// # Errors
/// If the program is not of the form that the compiler gives it.
pub fn first(plan: &Plan<'_>, file: &str) -> Result<Vec<u8>> {
    let mut module = Module::new();
    First { plan, file }.parse_core_module(&mut module, Parser::new(0), plan.program.bytes)?;
    Ok(module.finish())
}

struct First<'a> {
    plan: &'a Plan<'a>,
    file: &'a str,
}

type Done = std::result::Result<(), Error>;

impl Reencode for First<'_> {
    type Error = Infallible;

    fn parse_table_section(&mut self, tables: &mut TableSection, section: TableSectionReader<'_>) -> Done {
        utils::parse_table_section(self, tables, section)?;
        tables.table(self.plan.table_type());
        Ok(())
    }

    fn parse_global_section(
        &mut self,
        globals: &mut GlobalSection,
        section: GlobalSectionReader<'_>,
    ) -> Done {
        utils::parse_global_section(self, globals, section)?;
        globals.global(THERE_TYPE, &ConstExpr::i32_const(0));
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Done {
        utils::parse_export_section(self, exports, section)?;
        for (name, kind, index) in self.plan.places() {
            exports.export(&name, kind, index);
        }
        for (&f, name) in &self.plan.lent {
            exports.export(name, ExportKind::Func, f);
        }
        exports.export(&format!("rest {}", self.file), ExportKind::Func, self.plan.needed);
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Done {
        utils::parse_function_section(self, functions, section)?;
        functions.function(self.plan.program.functions[self.plan.needed as usize]);
        Ok(())
    }

    fn parse_code_section(&mut self, code: &mut CodeSection, section: CodeSectionReader<'_>) -> Done {
        for (f, body) in (self.plan.program.imported()..).zip(section) {
            if self.plan.first.contains(&f) {
                code.raw(body?.as_bytes());
            } else {
                code.function(&self.in_place_of(f));
            }
        }
        code.function(&self.ensure());
        Ok(())
    }

    fn data_count(&mut self, _: u32) -> std::result::Result<u32, Error> {
        Ok(self.plan.pieces(false).count() as u32)
    }

    fn parse_data_section(&mut self, data: &mut DataSection, _: DataSectionReader<'_>) -> Done {
        *data = data::section(self.plan.pieces(false));
        Ok(())
    }

    fn parse_custom_section(&mut self, _: &mut Module, _: CustomSectionReader<'_>) -> Done {
        Ok(())
    }
}

impl First<'_> {
    /// A function more than the program had, `if !there { needed() }`, of the type that `needed` has.
    fn ensure(&self) -> Function {
        let mut made = Function::new([]);
        let mut write = made.instructions();
        write.global_get(self.plan.program.globals.len() as u32);
        write.i32_eqz().if_(BlockType::Empty).call(self.plan.needed).end().end();
        made
    }

    /// What stands in the place of a function of the rest:
    /// `ensure(); table[place](all that it was given)`, if anything here calls it.
    fn in_place_of(&self, function: u32) -> Function {
        let program = self.plan.program;
        let mut made = Function::new([]);
        let mut write = made.instructions();
        let Some(&place) = self.plan.called.get(&function) else {
            write.unreachable().end();
            return made;
        };
        let of = program.functions[function as usize];
        write.call(program.functions.len() as u32);
        for i in 0..program.types[of as usize].params().len() {
            write.local_get(i as u32);
        }
        write.i32_const(place as i32).call_indirect(program.tables.len() as u32, of).end();
        made
    }
}
