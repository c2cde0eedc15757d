//! Makes functions of the regions that opening the page does not get to, so that they can be in the rest: the program does the
//! same as before.

mod callee;
mod caller;
mod exits;
mod given;
mod live;
mod regions;

use std::collections::HashMap;
use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, Function, FunctionSection, GlobalSection, Instruction, Module, TypeSection};
use wasmparser::{
    CodeSectionReader, FuncType, FunctionBody, FunctionSectionReader, GlobalSectionReader, Parser,
    TypeSectionReader,
};

use crate::Result;
use crate::body::{self, Body};
use crate::program::Program;
use crate::rewrite::Rewrite;
use crate::seen::{Points, Seen};
use callee::Made;
use caller::Caller;
use given::Places;

/// The program with functions for regions that were not seen to be passed. They follow those that it had.
///
/// # Errors
/// If the program is not of the form that the compiler gives it.
pub fn outline(program: &Program<'_>, seen: &Seen) -> Result<Vec<u8>> {
    let mut outlined = Outlined {
        program,
        types: Vec::new(),
        known: program.types.iter().cloned().zip(0..).collect(),
        functions: Vec::new(),
        bodies: HashMap::new(),
        made: Vec::new(),
    };
    body::each(program.bytes, |f, read, body| {
        let number = program.number(f).filter(|_| !program.is_chancy(f));
        let passed = number.and_then(|number| seen.points(number, body.shape));
        passed.map_or(Ok(()), |passed| outlined.function(f, read, &body, passed))
    })?;
    let mut module = Module::new();
    outlined.parse_core_module(&mut module, Parser::new(0), program.bytes)?;
    Ok(module.finish())
}

struct Outlined<'a> {
    program: &'a Program<'a>,
    /// Types that the program did not have.
    types: Vec<FuncType>,
    known: HashMap<FuncType, u32>,
    /// The type of each function that is made.
    functions: Vec<u32>,
    /// Those that lost something.
    bodies: HashMap<u32, Function>,
    made: Vec<Function>,
}

impl Outlined<'_> {
    /// Takes regions out of a function, if it has some that were not passed.
    fn function(&mut self, f: u32, read: &FunctionBody<'_>, body: &Body<'_>, passed: &Points) -> Result<()> {
        let places = Places { locals: &body.locals, first: self.program.globals.len() as u32 };
        let results = self.program.types[self.program.functions[f as usize] as usize].results();
        let regions = regions::choose(body, results, &places, |point| passed.contains(point));
        if regions.is_empty() {
            return Ok(());
        }
        let first = (self.program.functions.len() + self.functions.len()) as u32;
        let mut caller = Caller { regions: &regions, places, first, made: Vec::new() };
        let mut function = self.new_function_with_parsed_locals(read)?;
        caller.sequence(&mut function, &body.root)?;
        function.instruction(&Instruction::End);
        for Made { of, function } in caller.made {
            let of = self.type_of(of);
            self.functions.push(of);
            self.made.push(function);
        }
        self.bodies.insert(f, function);
        Ok(())
    }

    /// The number of a type, which may be a new one.
    fn type_of(&mut self, of: FuncType) -> u32 {
        let next = (self.program.types.len() + self.types.len()) as u32;
        *self.known.entry(of.clone()).or_insert_with(|| {
            self.types.push(of);
            next
        })
    }
}

type Done = std::result::Result<(), Error>;

impl Reencode for Outlined<'_> {
    type Error = Infallible;

    fn parse_type_section(&mut self, types: &mut TypeSection, section: TypeSectionReader<'_>) -> Done {
        utils::parse_type_section(self, types, section)?;
        for of in self.types.clone() {
            let of = self.func_type(of)?;
            types.ty().func_type(&of);
        }
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Done {
        utils::parse_function_section(self, functions, section)?;
        for &of in &self.functions {
            functions.function(of);
        }
        Ok(())
    }

    fn parse_global_section(
        &mut self,
        globals: &mut GlobalSection,
        section: GlobalSectionReader<'_>,
    ) -> Done {
        utils::parse_global_section(self, globals, section)?;
        given::add(globals);
        Ok(())
    }

    fn parse_code_section(&mut self, code: &mut CodeSection, section: CodeSectionReader<'_>) -> Done {
        for (f, body) in (self.program.imported()..).zip(section) {
            match self.bodies.get(&f) {
                Some(function) => code.function(function),
                None => code.raw(body?.as_bytes()),
            };
        }
        for function in &self.made {
            code.function(function);
        }
        Ok(())
    }
}
