//! What the steps of a training leave behind, kept on the device until somebody reads it: a training step
//! itself never waits for a number.

use engine::{Engine, Result, Tensor};

/// The loss of one step, and the part of its batch that was classified right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// The mean loss of the batch.
    pub loss: f32,
    /// Between 0 and 1.
    pub accuracy: f32,
}

/// Entries on the device, up to a fixed number.
pub struct Log {
    losses: Tensor,
    accuracies: Tensor,
    len: usize,
    capacity: usize,
}

impl Log {
    /// An empty log.
    ///
    /// # Errors
    /// What the backend says.
    pub fn new(engine: &Engine, capacity: usize) -> Result<Self> {
        let (losses, accuracies) = (engine.zeros(&[capacity])?, engine.zeros(&[capacity])?);
        Ok(Self { losses, accuracies, len: 0, capacity })
    }

    /// How many entries fit.
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// Whether it must be read before more is written.
    pub fn is_full(&self) -> bool {
        self.len == self.capacity
    }

    /// Whether it has no entries.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Adds the entry of a step. A full log stays as it is.
    pub(crate) fn push(&mut self, loss: &Tensor, accuracy: &Tensor) -> Result<()> {
        if self.is_full() {
            return Ok(());
        }
        let at = self.len as i64;
        self.losses.slice(0, at, at + 1, 1)?.copy_(loss)?;
        self.accuracies.slice(0, at, at + 1, 1)?.copy_(accuracy)?;
        self.len += 1;
        Ok(())
    }

    /// Takes out all entries, oldest first.
    ///
    /// # Errors
    /// What the backend says.
    pub async fn take(&mut self) -> Result<Vec<Entry>> {
        let len = std::mem::take(&mut self.len);
        let (losses, accuracies) = (self.losses.read(), self.accuracies.read());
        let (losses, accuracies) = (losses.await?.into_f32(), accuracies.await?.into_f32());
        let pairs = losses.into_iter().zip(accuracies).take(len);
        Ok(pairs.map(|(loss, accuracy)| Entry { loss, accuracy }).collect())
    }
}
