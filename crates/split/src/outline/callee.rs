//! Writes the function of a region.

use std::collections::HashMap;

use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{BlockType, Function, Instruction};
use wasmparser::{FuncType, Operator, ValType};

use super::exits::{self, Exit};
use super::given::{Given, Places};
use super::regions::Region;
use crate::Result;
use crate::body::{Node, Sequence};
use crate::rewrite::{self, Rewrite};

/// A function that was made.
pub struct Made {
    pub of: FuncType,
    pub function: Function,
}

/// Writes the function of a region. There is a block around its instructions for each way out, the first within the others; if
/// there are several, behind the end of each the way's number is kept, and control goes behind one more block around them all.
pub struct Callee<'r> {
    region: &'r Region,
    places: Places<'r>,
    /// The numbers that the region's locals have in it.
    numbers: HashMap<u32, u32>,
    /// The types of its locals that are no parameters.
    own: Vec<ValType>,
    /// How many blocks of the region there are around what is being written.
    deep: u32,
    /// The local that keeps the value with which control falls or returns.
    carried: Option<u32>,
}

impl<'r> Callee<'r> {
    pub fn new(region: &'r Region, places: Places<'r>) -> Self {
        let numbers = region.params.iter().copied().zip(0..).collect();
        Self { region, places, numbers, own: Vec::new(), deep: 0, carried: None }
    }

    /// # Errors
    /// If it is not one that can be a function.
    pub fn function(mut self, nodes: &[Node<'_>]) -> Result<Made> {
        for &local in &self.region.locals {
            if !self.numbers.contains_key(&local) {
                let number = self.add(self.places.locals[local as usize]);
                self.numbers.insert(local, number);
            }
        }
        let way = self.region.is_divided().then(|| self.add(ValType::I32));
        self.carried = self.region.value.filter(|_| way.is_some()).map(|of| self.add(of));
        let own = self.own.iter().map(|&of| RoundtripReencoder.val_type(of));
        let mut function = Function::new_with_locals_types(own.collect::<std::result::Result<Vec<_>, _>>()?);
        let out = &mut function;
        match way {
            Some(way) => self.ways(out, nodes, way)?,
            None => {
                let of = self.region.value.map(|of| RoundtripReencoder.val_type(of)).transpose()?;
                out.instruction(&Instruction::Block(of.map_or(BlockType::Empty, BlockType::Result)));
                self.nodes(out, nodes)?;
            }
        }
        out.instruction(&Instruction::End);
        let result = self.give(out, way)?;
        out.instruction(&Instruction::End);
        let params = self.region.params.iter().map(|&local| self.places.locals[local as usize]);
        Ok(Made { of: FuncType::new(params, result), function })
    }

    /// A new local.
    fn add(&mut self, of: ValType) -> u32 {
        self.own.push(of);
        (self.region.params.len() + self.own.len() - 1) as u32
    }

    /// Writes a region that has several ways out, up to the end of the block around them all.
    fn ways(&mut self, out: &mut Function, nodes: &[Node<'_>], way: u32) -> Result<()> {
        let ways = self.region.exits.len() as u32;
        for _ in 0..=ways {
            out.instruction(&Instruction::Block(BlockType::Empty));
        }
        self.nodes(out, nodes)?;
        if let Some(exit) = exits::end(nodes, &self.region.around) {
            if let Some(carried) = self.carried.filter(|_| !matches!(exit, Exit::Label(_))) {
                out.instruction(&Instruction::LocalSet(carried));
            }
            out.instruction(&Instruction::Br(self.way(exit)?));
        }
        for at in 0..ways {
            out.instruction(&Instruction::End);
            out.instructions().i32_const(at as i32).local_set(way);
            if at + 1 < ways {
                out.instruction(&Instruction::Br(ways - 1 - at));
            }
        }
        Ok(())
    }

    /// Writes what gives everything back. Gives the type of its result: the way out, the value that was on the stack, or the
    /// first of the locals.
    fn give(&self, out: &mut Function, way: Option<u32>) -> Result<Option<ValType>> {
        let Given { locals, value } = self.places.of(self.region).ok_or("a region gives back too much")?;
        let given: Vec<_> =
            locals.into_iter().map(|(local, global)| (self.numbers[&local], global)).collect();
        for &(local, global) in given.iter().skip(usize::from(self.region.gives_first())) {
            out.instructions().local_get(local).global_set(global);
        }
        if let (Some(carried), Some(global)) = (self.carried, value) {
            out.instructions().local_get(carried).global_set(global);
        }
        let first = given.first().filter(|_| self.region.gives_first()).map(|&(local, _)| local);
        if let Some(local) = way.or(first) {
            out.instruction(&Instruction::LocalGet(local));
        }
        let first = self.region.given.first().filter(|_| self.region.gives_first());
        let first = first.map(|&local| self.places.locals[local as usize]);
        Ok(way.map(|_| ValType::I32).or(first).or(self.region.value))
    }

    /// Where a branch goes now.
    fn branch(&self, depth: u32) -> Result<u32> {
        match depth.checked_sub(self.deep) {
            None => Ok(depth),
            Some(outside) => {
                let exit = exits::target(outside, &self.region.around);
                Ok(self.deep + self.way(exit.ok_or("a branch takes a value with it")?)?)
            }
        }
    }

    /// The place of a way out among all.
    fn way(&self, exit: Exit) -> Result<u32> {
        let place = self.region.exits.iter().position(|&other| other == exit);
        Ok(place.ok_or("a way out was not found before")? as u32)
    }
}

impl Rewrite for Callee<'_> {
    fn sequence(&mut self, out: &mut Function, sequence: &Sequence<'_>) -> Result<()> {
        self.deep += 1;
        let written = self.nodes(out, &sequence.nodes);
        self.deep -= 1;
        written
    }

    fn plain(&mut self, out: &mut Function, operator: &Operator<'_>) -> Result<()> {
        match operator {
            Operator::LocalGet { local_index } => {
                out.instruction(&Instruction::LocalGet(self.numbers[local_index]));
            }
            Operator::LocalSet { local_index } => {
                out.instruction(&Instruction::LocalSet(self.numbers[local_index]));
            }
            Operator::LocalTee { local_index } => {
                out.instruction(&Instruction::LocalTee(self.numbers[local_index]));
            }
            Operator::Br { relative_depth } => {
                out.instruction(&Instruction::Br(self.branch(*relative_depth)?));
            }
            Operator::BrIf { relative_depth } => {
                out.instruction(&Instruction::BrIf(self.branch(*relative_depth)?));
            }
            Operator::BrTable { targets } => {
                let depths =
                    targets.targets().map(|depth| self.branch(depth?)).collect::<Result<Vec<_>>>()?;
                out.instruction(&Instruction::BrTable(depths.into(), self.branch(targets.default())?));
            }
            Operator::Return => {
                if let Some(carried) = self.carried {
                    out.instruction(&Instruction::LocalSet(carried));
                }
                out.instruction(&Instruction::Br(self.deep + self.way(Exit::Returns)?));
            }
            other => rewrite::same(out, other)?,
        }
        Ok(())
    }
}
