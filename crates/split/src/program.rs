//! A Wasm program, taken apart.

use std::collections::HashMap;

use wasmparser::{
    ElementSectionReader, Export, FuncType, FunctionBody, Global, Import, KnownCustom, MemoryType, Name,
    Parser, Payload, Table, TypeRef, TypeSectionReader,
};

use crate::Result;
use crate::data::{self, Segment};
use crate::symbols::Symbols;

/// The sections of a program.
#[derive(Default)]
pub struct Program<'a> {
    /// All of it.
    pub bytes: &'a [u8],
    pub types: Vec<FuncType>,
    pub type_section: Option<TypeSectionReader<'a>>,
    pub imports: Vec<Import<'a>>,
    /// The type of every function, imported ones first.
    pub functions: Vec<u32>,
    pub tables: Vec<Table<'a>>,
    pub memories: Vec<MemoryType>,
    pub globals: Vec<Global<'a>>,
    pub exports: Vec<Export<'a>>,
    pub elements: Option<ElementSectionReader<'a>>,
    /// The body of each function that is not imported.
    pub bodies: Vec<FunctionBody<'a>>,
    pub data: Vec<Segment<'a>>,
    /// What is in the data.
    pub symbols: Symbols,
    /// What functions are called.
    names: HashMap<u32, &'a str>,
}

impl<'a> Program<'a> {
    /// Reads a program.
    ///
    /// # Errors
    /// If it is none, or has something in it that this crate does not know how to divide.
    pub fn read(bytes: &'a [u8]) -> Result<Self> {
        let mut program = Self { bytes, ..Self::default() };
        for payload in Parser::new(0).parse_all(bytes) {
            program.take(payload?)?;
        }
        Ok(program)
    }

    /// How many functions are imported.
    pub fn imported(&self) -> u32 {
        self.imports.len() as u32
    }

    /// The body of a function, by its number among all.
    pub fn body(&self, function: u32) -> Option<&FunctionBody<'a>> {
        self.bodies.get(function.checked_sub(self.imported())? as usize)
    }

    /// A number made of a function's name, if it has one.
    pub fn number(&self, function: u32) -> Option<u32> {
        self.names.get(&function).copied().map(number)
    }

    /// Whether it is a matter of chance what a function does: what tables look at depends on how their keys hash, and keys may be
    /// addresses.
    pub fn is_chancy(&self, function: u32) -> bool {
        self.names.get(&function).is_some_and(|name| name.contains("hashbrown"))
    }

    fn take(&mut self, payload: Payload<'a>) -> Result<()> {
        match payload {
            Payload::Version { .. }
            | Payload::End(_)
            | Payload::CodeSectionStart { .. }
            | Payload::DataCountSection { .. } => {}
            Payload::DataSection(section) => self.data = data::segments(section)?,
            Payload::TypeSection(section) => {
                self.types =
                    section.clone().into_iter_err_on_gc_types().collect::<std::result::Result<_, _>>()?;
                self.type_section = Some(section);
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    let TypeRef::Func(of) = import.ty else {
                        return Err(
                            format!("the program imports {}, which is no function", import.name).into()
                        );
                    };
                    self.functions.push(of);
                    self.imports.push(import);
                }
            }
            Payload::FunctionSection(section) => {
                for of in section {
                    self.functions.push(of?);
                }
            }
            Payload::TableSection(section) => {
                self.tables = section.into_iter().collect::<std::result::Result<_, _>>()?;
            }
            Payload::MemorySection(section) => {
                self.memories = section.into_iter().collect::<std::result::Result<_, _>>()?;
            }
            Payload::GlobalSection(section) => {
                self.globals = section.into_iter().collect::<std::result::Result<_, _>>()?;
            }
            Payload::ExportSection(section) => {
                self.exports = section.into_iter().collect::<std::result::Result<_, _>>()?;
            }
            Payload::ElementSection(section) => self.elements = Some(section),
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            Payload::CustomSection(section) => match section.as_known() {
                KnownCustom::Name(names) => {
                    for part in names {
                        self.name(part?)?;
                    }
                }
                known => self.symbols.take(section.name(), known)?,
            },
            other => return Err(format!("a section that is not expected: {other:?}").into()),
        }
        Ok(())
    }

    fn name(&mut self, names: Name<'a>) -> Result<()> {
        if let Name::Function(names) = names {
            for naming in names {
                let naming = naming?;
                self.names.insert(naming.index, naming.name);
            }
        }
        Ok(())
    }
}

/// A number for a name, without the hashes in it (in brackets, or at its end), which say how it was compiled.
fn number(name: &str) -> u32 {
    let name = match name.rsplit_once("::h") {
        Some((path, hash)) if is_hash(hash) => path,
        _ => name,
    };
    let parts = name.split(['[', ']']).filter(|part| !is_hash(part));
    // FNV-1a
    parts
        .flat_map(str::bytes)
        .fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

fn is_hash(text: &str) -> bool {
    text.len() >= 14 && text.len() <= 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn a_name_has_the_same_number_however_it_was_compiled() {
        for (one, other) in [
            ("core::fmt::write::h0123456789abcdef", "core::fmt::write::hfedcba9876543210"),
            ("core[c5930c85a12de822]::fmt::write", "core[0123456789abcd]::fmt::write"),
        ] {
            assert_eq!(number(one), number(other));
        }
        for (one, other) in [("a::hide", "a::hint"), ("f::<[u8]>", "f::<[i8]>"), ("a::b", "a::c")] {
            assert_ne!(number(one), number(other));
        }
    }
}
