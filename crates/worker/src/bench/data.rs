//! A labelled set of images on the device that is measured.

use engine::{Engine, Result, Tensor};

use crate::sets::Half;

/// Images and their classes.
pub(super) struct Data {
    images: Tensor,
    labels: Tensor,
    count: usize,
}

impl Data {
    /// Uploads a half of the data set; `None` while files of it are missing.
    pub(super) fn upload(engine: &Engine, half: &Half) -> Result<Option<Self>> {
        let Some((pixels, labels)) = half.all() else { return Ok(None) };
        let count = labels.len();
        let size = pixels.len().checked_div(count).unwrap_or(0);
        let images = engine.tensor(pixels.to_vec(), &[count, size])?;
        let labels: Vec<i64> = labels.iter().map(|&label| i64::from(label)).collect();
        Ok(Some(Self { images, labels: engine.tensor(labels, &[count])?, count }))
    }

    /// The number of images.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// The images that `index` (int64) names, as float32 between 0 and 1: `[n, pixels]`.
    pub(super) fn batch(&self, index: &Tensor) -> Result<Tensor> {
        self.images.batch(index, 1.0 / 255.0)
    }

    /// The classes (int64) of all images.
    pub(super) fn labels(&self) -> &Tensor {
        &self.labels
    }
}
