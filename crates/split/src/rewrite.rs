//! Writes a body again: as it was read, but for what is done otherwise.

use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{Function, Instruction};
use wasmparser::{BlockType, Operator};

use crate::Result;
use crate::body::{Node, Sequence, What};

/// Writes instructions into a function.
pub trait Rewrite {
    /// Writes a sequence.
    ///
    /// # Errors
    /// If it has something in it that cannot be written.
    fn sequence(&mut self, out: &mut Function, sequence: &Sequence<'_>) -> Result<()> {
        self.nodes(out, &sequence.nodes)
    }

    /// Writes nodes.
    ///
    /// # Errors
    /// As [`Self::sequence`].
    fn nodes(&mut self, out: &mut Function, nodes: &[Node<'_>]) -> Result<()> {
        nodes.iter().try_for_each(|node| self.node(out, node))
    }

    /// Writes a node.
    ///
    /// # Errors
    /// As [`Self::sequence`].
    fn node(&mut self, out: &mut Function, node: &Node<'_>) -> Result<()> {
        self.what(out, &node.what)
    }

    /// Writes an instruction, with those in it.
    ///
    /// # Errors
    /// As [`Self::sequence`].
    fn what(&mut self, out: &mut Function, what: &What<'_>) -> Result<()> {
        match what {
            What::Plain(operator) => return self.plain(out, operator),
            What::Block(of, part) => {
                out.instruction(&Instruction::Block(block_type(*of)?));
                self.sequence(out, part)?;
            }
            What::Loop(of, part) => {
                out.instruction(&Instruction::Loop(block_type(*of)?));
                self.sequence(out, part)?;
            }
            What::If(of, then, other) => {
                out.instruction(&Instruction::If(block_type(*of)?));
                self.sequence(out, then)?;
                if let Some(other) = other {
                    out.instruction(&Instruction::Else);
                    self.sequence(out, other)?;
                }
            }
        }
        out.instruction(&Instruction::End);
        Ok(())
    }

    /// Writes an instruction that is no block.
    ///
    /// # Errors
    /// As [`Self::sequence`].
    fn plain(&mut self, out: &mut Function, operator: &Operator<'_>) -> Result<()> {
        same(out, operator)
    }
}

/// Writes an instruction as it was read.
///
/// # Errors
/// If it cannot be written.
pub fn same(out: &mut Function, operator: &Operator<'_>) -> Result<()> {
    out.instruction(&RoundtripReencoder.instruction(operator.clone())?);
    Ok(())
}

fn block_type(of: BlockType) -> Result<wasm_encoder::BlockType> {
    Ok(RoundtripReencoder.block_type(of)?)
}
