//! Writes the rest: functions and texts, and what they have from the first part.

use std::collections::HashMap;

use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind, FunctionSection, ImportSection,
    Module, TypeSection,
};

use crate::Result;
use crate::data;
use crate::plan::{Plan, TABLE, THERE, THERE_TYPE};

/// What the rest imports from.
pub const FIRST: &str = "first";

/// The rest.
///
/// # Errors
/// If the program is not of the form that the compiler gives it.
pub fn rest(plan: &Plan<'_>) -> Result<Vec<u8>> {
    let program = plan.program;
    let mut numbers = Numbers(plan.lent.keys().chain(&plan.rest).copied().zip(0..).collect());
    let mut types = TypeSection::new();
    if let Some(section) = program.type_section.clone() {
        numbers.parse_type_section(&mut types, section)?;
    }
    let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
    for &f in &plan.rest {
        functions.function(program.functions[f as usize]);
        let body = program.body(f).ok_or("a function has no body")?;
        numbers.parse_function_body(&mut code, body.clone())?;
    }
    let called = plan.called.keys().map(|&f| numbers.function_index(f));
    let called: Vec<u32> = called.collect::<std::result::Result<_, _>>()?;
    let mut elements = ElementSection::new();
    let table = program.tables.len() as u32;
    elements.active(Some(table), &ConstExpr::i32_const(0), Elements::Functions(called.into()));
    let mut module = Module::new();
    let data = data::section(plan.pieces(true));
    module.section(&types).section(&imports(plan)?).section(&functions).section(&elements).section(&code);
    module.section(&data);
    Ok(module.finish())
}

/// What the rest has from the first part. Memories, tables and globals have the same numbers in both.
fn imports(plan: &Plan<'_>) -> Result<ImportSection> {
    let (program, mut same) = (plan.program, RoundtripReencoder);
    let mut imports = ImportSection::new();
    for (name, kind, index) in plan.places() {
        let index = index as usize;
        let what = match kind {
            ExportKind::Memory => same.memory_type(program.memories[index])?.into(),
            ExportKind::Table if name == TABLE => plan.table_type().into(),
            ExportKind::Table => same.table_type(program.tables[index].ty)?.into(),
            _ if name == THERE => THERE_TYPE.into(),
            _ => EntityType::Global(same.global_type(program.globals[index].ty)?),
        };
        imports.import(FIRST, &name, what);
    }
    for (&f, name) in &plan.lent {
        imports.import(FIRST, name, EntityType::Function(program.functions[f as usize]));
    }
    Ok(imports)
}

/// The numbers of functions in the rest.
struct Numbers(HashMap<u32, u32>);

/// Neither part has this function.
#[derive(Debug, thiserror::Error)]
#[error("function {0} is named, but in neither part")]
struct Missing(u32);

impl Reencode for Numbers {
    type Error = Missing;

    fn function_index(&mut self, function: u32) -> std::result::Result<u32, Error<Missing>> {
        self.0.get(&function).copied().ok_or(Error::UserError(Missing(function)))
    }
}
