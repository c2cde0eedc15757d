//! A model tried on a whole set, some images at a time: on a slow device that takes longer than a page may wait.

use engine::{Result, Tensor, nn};

use crate::data::Data;
use crate::model::{Model, accuracy};

/// How many images are tried at once: enough to be fast, few enough to need little memory.
const AT_ONCE: usize = 1000;

/// A score under way.
pub struct Scoring {
    model: Model,
    next: usize,
    /// The mean loss and the accuracy, complete at the end: `[2]`.
    pub(crate) totals: Tensor,
}

impl Scoring {
    /// Begins to score the model as it is now, whatever becomes of it.
    ///
    /// # Errors
    /// What the backend says.
    pub fn new(model: &Model) -> Result<Self> {
        let totals = model.weight.engine().zeros(&[2])?;
        Ok(Self { model: model.frozen()?, next: 0, totals })
    }

    /// Tries the next images of the set. Whether there are more.
    ///
    /// # Errors
    /// What the backend says.
    pub fn advance(&mut self, data: &Data) -> Result<bool> {
        let (start, end) = (self.next, (self.next + AT_ONCE).min(data.len()));
        self.next = end;
        if start < end {
            let engine = self.totals.engine();
            engine.no_grad(|| self.add(data, start, end))?;
        }
        Ok(end < data.len())
    }

    fn add(&self, data: &Data, start: usize, end: usize) -> Result<()> {
        let index: Vec<i64> = (start as i64..end as i64).collect();
        let index = self.totals.engine().tensor(index, &[end - start])?;
        let (logits, labels) = (self.model.logits(&data.batch(&index)?)?, data.labels(&index)?);
        let share = (end - start) as f64 / data.len() as f64;
        for (place, part) in [(0, nn::cross_entropy(&logits, &labels)?), (1, accuracy(&logits, &labels)?)] {
            let total = self.totals.slice(0, place, place + 1, 1)?;
            total.copy_(&total.add(&part.mul(share)?)?)?;
        }
        Ok(())
    }

    /// The mean loss and the accuracy of all images, once none are left.
    ///
    /// # Errors
    /// What the backend says.
    pub async fn read(&self) -> Result<[f32; 2]> {
        let values = self.totals.read().await?.into_f32();
        values.try_into().map_err(|_| engine::Error::Internal("a score has two numbers".to_owned()))
    }
}
