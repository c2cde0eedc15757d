//! The two parts. The first keeps the place of every function: of one that is in the rest, it has a few instructions
//! that call it through a table, after the rest was asked for if it is not there. So nothing else in the first part
//! changes. The rest has all else from the first part: memory, tables, globals and functions, but for the smallest, which
//! are in both.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use wasm_encoder::reencode::{self, Reencode, RoundtripReencoder};
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection,
    Function, FunctionSection, GlobalSection, GlobalType, ImportSection, MemorySection, Module, RefType,
    TableSection, TableType, TypeSection, ValType,
};
use wasmparser::{Export, ExternalKind, FunctionBody, Operator};

use crate::Result;
use crate::program::Program;

/// The export of the first part that is called when the rest is needed at once.
const NEEDED: &str = "rest_needed";
/// The global of the first part that is 1 as soon as the rest is there.
const THERE: &str = "rest_there";
/// The table through which the first part calls the rest.
const TABLE: &str = "rest_table";
/// What the rest imports from.
const FIRST: &str = "first";
/// The bytes of a function that is rather in both parts than called across.
const SMALL: usize = 48;

/// What is in which part.
pub struct Plan<'a> {
    program: &'a Program<'a>,
    /// The function that asks for the rest.
    needed: u32,
    /// The functions in the first part.
    first: BTreeSet<u32>,
    /// Functions of the rest that the first part calls, with their places in the table.
    called: BTreeMap<u32, u32>,
    /// Functions of the first part that the rest calls, with what they are exported as.
    lent: BTreeMap<u32, String>,
    /// The functions in the rest.
    rest: BTreeSet<u32>,
}

impl<'a> Plan<'a> {
    /// `is_first` says which functions belong to the first part.
    ///
    /// # Errors
    /// If the program is not of the form that the compiler gives it.
    pub fn new(program: &'a Program<'a>, is_first: impl Fn(u32) -> bool) -> Result<Self> {
        let is_needed = |export: &&Export<'_>| export.name == NEEDED && export.kind == ExternalKind::Func;
        let needed = program.exports.iter().find(is_needed).map(|export| export.index);
        let needed = needed.ok_or_else(|| format!("the program exports no function {NEEDED}"))?;
        let is_first = |f: u32| program.body(f).is_none() || f == needed || is_first(f);
        let (early, late) = (0..program.functions.len() as u32).partition(|&f| is_first(f));
        let [first, called] = part(program, early, named_outside(program)?)?;
        let [rest, lent] = part(program, late, Vec::new())?;
        let taken: HashSet<&str> = program.exports.iter().map(|export| export.name).collect();
        let names = (0..).map(short).filter(|name| !taken.contains(&**name));
        Ok(Self {
            program,
            needed,
            first,
            called: called.into_iter().zip(0..).collect(),
            lent: lent.into_iter().zip(names).collect(),
            rest,
        })
    }

    /// The first part. It exports something by the name `rest FILE`, so that the rest can be found.
    ///
    /// # Errors
    /// If the program is not of the form that the compiler gives it.
    pub fn first(&self, file: &str) -> Result<Vec<u8>> {
        let mut module = self.with_types()?;
        let program = self.program;
        let mut same = RoundtripReencoder;
        let mut imports = ImportSection::new();
        for import in &program.imports {
            same.parse_import(&mut imports, *import)?;
        }
        let mut functions = FunctionSection::new();
        for &of in &program.functions[program.imports.len()..] {
            functions.function(of);
        }
        let mut tables = TableSection::new();
        for table in &program.tables {
            same.parse_table(&mut tables, table.clone())?;
        }
        tables.table(self.table_type());
        let mut memories = MemorySection::new();
        for memory in &program.memories {
            memories.memory(same.memory_type(*memory)?);
        }
        let mut globals = GlobalSection::new();
        for global in &program.globals {
            same.parse_global(&mut globals, global.clone())?;
        }
        globals.global(THERE_TYPE, &ConstExpr::i32_const(0));
        let mut code = CodeSection::new();
        for (f, body) in (program.imported()..).zip(&program.bodies) {
            match self.called.get(&f) {
                _ if self.first.contains(&f) => code.raw(body.as_bytes()),
                Some(&place) => code.function(&self.call_of_rest(f, place)?),
                None => code.function(&nothing()),
            };
        }
        module.section(&imports).section(&functions).section(&tables).section(&memories).section(&globals);
        module.section(&self.exports(file)?);
        let mut elements = ElementSection::new();
        if let Some(section) = program.elements.clone() {
            same.parse_element_section(&mut elements, section)?;
        }
        module.section(&elements).section(&code);
        if let Some(section) = program.data.clone() {
            let mut data = wasm_encoder::DataSection::new();
            same.parse_data_section(&mut data, section)?;
            module.section(&data);
        }
        Ok(module.finish())
    }

    /// What the first part exported before, and what it lends to the rest.
    fn exports(&self, file: &str) -> Result<ExportSection> {
        let mut exports = ExportSection::new();
        for export in &self.program.exports {
            RoundtripReencoder.parse_export(&mut exports, *export)?;
        }
        for (name, kind, index) in self.places() {
            exports.export(&name, kind, index);
        }
        for (&f, name) in &self.lent {
            exports.export(name, ExportKind::Func, f);
        }
        exports.export(&format!("rest {file}"), ExportKind::Func, self.needed);
        Ok(exports)
    }

    /// What both parts share besides functions: names, kinds, and numbers in the first part.
    fn places(&self) -> impl Iterator<Item = (String, ExportKind, u32)> {
        let kinds = [
            ("memory", ExportKind::Memory, self.program.memories.len()),
            ("table", ExportKind::Table, self.program.tables.len()),
            ("global", ExportKind::Global, self.program.globals.len()),
        ];
        let all = kinds
            .into_iter()
            .flat_map(|(what, kind, n)| (0..n as u32).map(move |i| (format!("rest_{what}{i}"), kind, i)));
        let own = [
            (TABLE.to_owned(), ExportKind::Table, self.program.tables.len() as u32),
            (THERE.to_owned(), ExportKind::Global, self.program.globals.len() as u32),
        ];
        all.chain(own)
    }

    /// `if !there { needed() }; table[place](all that it was given)`
    fn call_of_rest(&self, function: u32, place: u32) -> Result<Function> {
        let of = self.program.functions[function as usize];
        let given = self.program.types.get(of as usize).ok_or("a function has no type")?.params().len();
        let mut made = Function::new([]);
        let mut write = made.instructions();
        write.global_get(self.program.globals.len() as u32);
        write.i32_eqz().if_(BlockType::Empty).call(self.needed).end();
        (0..given as u32).for_each(|i| {
            write.local_get(i);
        });
        write.i32_const(place as i32).call_indirect(self.program.tables.len() as u32, of).end();
        Ok(made)
    }

    /// The rest.
    ///
    /// # Errors
    /// If the program is not of the form that the compiler gives it.
    pub fn rest(&self) -> Result<Vec<u8>> {
        let mut module = self.with_types()?;
        let program = self.program;
        let mut same = RoundtripReencoder;
        let mut imports = ImportSection::new();
        for (name, kind, index) in self.places() {
            let index = index as usize;
            let what = match kind {
                ExportKind::Memory => same.memory_type(program.memories[index])?.into(),
                ExportKind::Table if name == TABLE => self.table_type().into(),
                ExportKind::Table => same.table_type(program.tables[index].ty)?.into(),
                _ if name == THERE => THERE_TYPE.into(),
                _ => EntityType::Global(same.global_type(program.globals[index].ty)?),
            };
            imports.import(FIRST, &name, what);
        }
        for (&f, name) in &self.lent {
            imports.import(FIRST, name, EntityType::Function(program.functions[f as usize]));
        }
        let mut numbers = Numbers { places: self.lent.keys().chain(&self.rest).copied().zip(0..).collect() };
        let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
        for &f in &self.rest {
            functions.function(program.functions[f as usize]);
            let body = program.body(f).ok_or("a function has no body")?;
            numbers.parse_function_body(&mut code, body.clone())?;
        }
        let mut elements = ElementSection::new();
        let called: Vec<u32> =
            self.called.keys().map(|&f| numbers.function_index(f)).collect::<std::result::Result<_, _>>()?;
        let table = program.tables.len() as u32;
        elements.active(Some(table), &ConstExpr::i32_const(0), Elements::Functions(called.into()));
        module.section(&imports).section(&functions).section(&elements).section(&code);
        Ok(module.finish())
    }

    fn with_types(&self) -> Result<Module> {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        if let Some(section) = self.program.type_section.clone() {
            RoundtripReencoder.parse_type_section(&mut types, section)?;
        }
        module.section(&types);
        Ok(module)
    }

    fn table_type(&self) -> TableType {
        let minimum = self.called.len() as u64;
        TableType {
            element_type: RefType::FUNCREF,
            minimum,
            maximum: Some(minimum),
            table64: false,
            shared: false,
        }
    }
}

const THERE_TYPE: GlobalType = GlobalType { val_type: ValType::I32, mutable: true, shared: false };

/// The body of a function that nothing calls.
fn nothing() -> Function {
    let mut made = Function::new([]);
    made.instructions().unreachable().end();
    made
}

/// The functions of a part, which are those that belong to it with whatever is small and called from there, and those that it
/// calls in the other part. `named` are functions that it names besides.
fn part(program: &Program<'_>, own: Vec<u32>, mut named: Vec<u32>) -> Result<[BTreeSet<u32>; 2]> {
    let is_small = |f: u32| program.body(f).is_some_and(|body| body.as_bytes().len() <= SMALL);
    let (mut part, mut across) = (BTreeSet::from_iter(own.iter().copied()), BTreeSet::new());
    let mut waiting = own;
    loop {
        for f in named.drain(..).filter(|f| !part.contains(f)).collect::<Vec<_>>() {
            if !is_small(f) {
                across.insert(f);
            } else if part.insert(f) {
                waiting.push(f);
            }
        }
        let Some(f) = waiting.pop() else { return Ok([part, across]) };
        if let Some(body) = program.body(f) {
            named = named_in(body)?;
        }
    }
}

/// The functions that a body calls, or makes references to.
fn named_in(body: &FunctionBody<'_>) -> Result<Vec<u32>> {
    let mut named = Vec::new();
    for operator in body.get_operators_reader()? {
        if let Operator::Call { function_index } | Operator::RefFunc { function_index } = operator? {
            named.push(function_index);
        }
    }
    Ok(named)
}

/// The functions that are exported or in a table.
fn named_outside(program: &Program<'_>) -> Result<Vec<u32>> {
    /// Notes the functions that it is asked about.
    struct Seen(Vec<u32>);
    impl Reencode for Seen {
        type Error = std::convert::Infallible;
        fn function_index(&mut self, function: u32) -> std::result::Result<u32, reencode::Error> {
            self.0.push(function);
            Ok(function)
        }
    }
    let exported = program.exports.iter().filter(|export| export.kind == ExternalKind::Func);
    let mut seen = Seen(exported.map(|export| export.index).collect());
    if let Some(section) = program.elements.clone() {
        seen.parse_element_section(&mut ElementSection::new(), section)?;
    }
    Ok(seen.0)
}

/// The numbers of functions in the rest.
struct Numbers {
    places: std::collections::HashMap<u32, u32>,
}

/// Neither part has this function.
#[derive(Debug, thiserror::Error)]
#[error("function {0} is named, but in neither part")]
struct Missing(u32);

impl Reencode for Numbers {
    type Error = Missing;
    fn function_index(&mut self, function: u32) -> std::result::Result<u32, reencode::Error<Missing>> {
        self.places.get(&function).copied().ok_or(reencode::Error::UserError(Missing(function)))
    }
}

/// The name of what is lent as number `n`.
fn short(n: usize) -> String {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let (mut n, mut name) = (n, String::from("$"));
    loop {
        name.push(char::from(DIGITS[n % 36]));
        n /= 36;
        if n == 0 {
            return name;
        }
    }
}

#[cfg(test)]
mod tests;
