//! Writes a function that lost regions.

use std::collections::HashMap;

use wasm_encoder::{BlockType, Function, Instruction};

use super::callee::{Callee, Made};
use super::exits::Exit;
use super::given::Places;
use super::regions::Region;
use crate::Result;
use crate::body::Sequence;
use crate::rewrite::Rewrite;

/// Writes what is left of one function.
pub struct Caller<'w> {
    pub regions: &'w HashMap<u32, Region>,
    pub places: Places<'w>,
    /// The number of the first function that is made of a region.
    pub first: u32,
    pub made: Vec<Made>,
}

impl Rewrite for Caller<'_> {
    fn sequence(&mut self, out: &mut Function, sequence: &Sequence<'_>) -> Result<()> {
        let mut region = self.region(sequence.point);
        let mut left = &sequence.nodes[..];
        while let Some((node, nodes)) = left.split_first().filter(|_| region.is_none()) {
            self.node(out, node)?;
            (left, region) = (nodes, self.region(node.point));
        }
        let Some(region) = region else { return Ok(()) };
        let number = self.first + self.made.len() as u32;
        self.made.push(Callee::new(region, self.places).function(left)?);
        self.in_place_of(out, region, number)
    }
}

impl<'w> Caller<'w> {
    fn region(&self, point: Option<u32>) -> Option<&'w Region> {
        self.regions.get(&point?)
    }

    /// Writes what stands in the place of a region: its function is called, and control goes where it says.
    fn in_place_of(&self, out: &mut Function, region: &Region, number: u32) -> Result<()> {
        let given = self.places.of(region).ok_or("a region gives back too much")?;
        let goes = |exit| region.is_divided() && region.exits.contains(&exit);
        let blocks = u32::from(goes(Exit::Falls)) + u32::from(goes(Exit::Returns));
        for _ in 0..blocks {
            out.instruction(&Instruction::Block(BlockType::Empty));
        }
        for &local in &region.params {
            out.instruction(&Instruction::LocalGet(local));
        }
        out.instruction(&Instruction::Call(number));
        for (at, (local, global)) in given.locals.into_iter().enumerate() {
            if at > 0 || !region.gives_first() {
                out.instruction(&Instruction::GlobalGet(global));
            }
            out.instruction(&Instruction::LocalSet(local));
        }
        leave(out, &region.exits, blocks);
        for exit in [Exit::Returns, Exit::Falls].into_iter().filter(|&exit| goes(exit)) {
            out.instruction(&Instruction::End);
            if let Some(global) = given.value {
                out.instruction(&Instruction::GlobalGet(global));
            }
            if exit == Exit::Returns {
                out.instruction(&Instruction::Return);
            }
        }
        Ok(())
    }
}

/// Goes out by the only way, or by the one whose number is on the stack: to labels, which are so many blocks farther away, or
/// behind the inner of these blocks to return, and behind the outer to go on.
fn leave(out: &mut Function, exits: &[Exit], blocks: u32) {
    let target = |exit: Exit| match exit {
        Exit::Falls => blocks - 1,
        Exit::Returns => 0,
        Exit::Label(depth) => depth + blocks,
    };
    match *exits {
        [] => out.instruction(&Instruction::Unreachable),
        [Exit::Falls] => out,
        [Exit::Label(depth)] => out.instruction(&Instruction::Br(depth)),
        [Exit::Returns] => out.instruction(&Instruction::Return),
        [first, second] => {
            out.instruction(&Instruction::BrIf(target(second)));
            out.instruction(&Instruction::Br(target(first)))
        }
        [ref most @ .., last] => {
            let most: Vec<u32> = most.iter().map(|&exit| target(exit)).collect();
            out.instruction(&Instruction::BrTable(most.into(), target(last)))
        }
    };
}
