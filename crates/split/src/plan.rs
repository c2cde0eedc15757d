//! The two parts. The first keeps the place of every function: of one that is in the rest, it has a few instructions
//! that call it through a table, after the rest was asked for if it is not there. So nothing else in the first part
//! changes. The rest has all else from the first part: memory, tables, globals and functions, but for the smallest, which
//! are in both.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use wasm_encoder::reencode::{self, Reencode, utils};
use wasm_encoder::{ElementSection, ExportKind, GlobalType, RefType, TableType, ValType};
use wasmparser::{Export, ExternalKind, FunctionBody, MemArg, Operator};

use crate::Result;
use crate::data::{self, Piece};
use crate::program::Program;

/// The export of the first part that is called when the rest is needed at once.
const NEEDED: &str = "rest_needed";
/// The global of the first part that is 1 as soon as the rest is there.
pub const THERE: &str = "rest_there";
/// The table through which the first part calls the rest.
pub const TABLE: &str = "rest_table";
/// The bytes of a function that is rather in both parts than called across.
const SMALL: usize = 24;

/// What is in which part.
pub struct Plan<'a> {
    pub program: &'a Program<'a>,
    /// The function that asks for the rest.
    pub needed: u32,
    /// The functions in the first part.
    pub first: BTreeSet<u32>,
    /// Functions of the rest that the first part calls, with their places in the table.
    pub called: BTreeMap<u32, u32>,
    /// Functions of the first part that the rest calls, with what they are exported as.
    pub lent: BTreeMap<u32, String>,
    /// The functions in the rest.
    pub rest: BTreeSet<u32>,
    data: Vec<Piece<'a>>,
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
        // What asks for the rest may not need it.
        let asking = reach(program, needed)?;
        let is_first = |f: u32| program.body(f).is_none() || asking.contains(&f) || is_first(f);
        let (early, late) = (0..program.functions.len() as u32).partition(|&f| is_first(f));
        let [first, called] = part(program, early, named_outside(program)?)?;
        let [rest, lent] = part(program, late, Vec::new())?;
        let taken: HashSet<&str> = program.exports.iter().map(|export| export.name).collect();
        let left = program.symbols.out_of_reach(&numbers_in(program, &first)?, &program.data)?;
        let names = (0..).map(short).filter(|name| !taken.contains(&**name));
        Ok(Self {
            program,
            needed,
            first,
            called: called.into_iter().zip(0..).collect(),
            lent: lent.into_iter().zip(names).collect(),
            rest,
            data: program.data.iter().flat_map(|segment| data::pieces(segment, &left)).collect(),
        })
    }

    /// The data that can follow, or all else.
    pub fn pieces(&self, is_late: bool) -> impl Iterator<Item = &Piece<'a>> {
        self.data.iter().filter(move |piece| piece.is_late == is_late)
    }

    /// What both parts share besides functions: names, kinds, and numbers in the first part.
    pub fn places(&self) -> impl Iterator<Item = (String, ExportKind, u32)> {
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

    /// The type of the table through which the first part calls the rest.
    pub fn table_type(&self) -> TableType {
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

/// The type of [`THERE`].
pub const THERE_TYPE: GlobalType = GlobalType { val_type: ValType::I32, mutable: true, shared: false };

/// A function and all that it calls, and what these call.
fn reach(program: &Program<'_>, from: u32) -> Result<BTreeSet<u32>> {
    let (mut reached, mut waiting) = (BTreeSet::from([from]), vec![from]);
    while let Some(body) = waiting.pop().map(|f| program.body(f)) {
        let named = body.map_or_else(|| Ok(Vec::new()), named_in)?;
        waiting.extend(named.into_iter().filter(|&f| reached.insert(f)));
    }
    Ok(reached)
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

/// The numbers in functions that may be addresses: constants, and what is added to an address in an access.
fn numbers_in(program: &Program<'_>, functions: &BTreeSet<u32>) -> Result<HashSet<u32>> {
    /// Notes what is added.
    struct Numbers(HashSet<u32>);
    impl Reencode for Numbers {
        type Error = std::convert::Infallible;
        fn mem_arg(&mut self, arg: MemArg) -> std::result::Result<wasm_encoder::MemArg, reencode::Error> {
            self.0.insert(arg.offset as u32);
            utils::mem_arg(self, arg)
        }
    }
    let mut numbers = Numbers(HashSet::new());
    for body in functions.iter().filter_map(|&f| program.body(f)) {
        for operator in body.get_operators_reader()? {
            match operator? {
                Operator::I32Const { value } => {
                    numbers.0.insert(value.cast_unsigned());
                }
                operator => {
                    numbers.instruction(operator)?;
                }
            }
        }
    }
    Ok(numbers.0)
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
