//! A labelled set of images on a device.

use engine::{Engine, Result, Tensor};

/// Images and their classes.
#[derive(Clone)]
pub struct Data {
    images: Tensor,
    labels: Tensor,
    count: usize,
}

impl Data {
    /// Uploads `labels.len()` images of `pixels.len() / labels.len()` grey values each.
    ///
    /// # Errors
    /// If they do not fit together or on the device.
    pub fn upload(engine: &Engine, pixels: &[u8], labels: &[u8]) -> Result<Self> {
        let count = labels.len();
        let size = pixels.len().checked_div(count).unwrap_or(0);
        let images = engine.tensor(pixels.to_vec(), &[count, size])?;
        let labels: Vec<i64> = labels.iter().map(|&l| i64::from(l)).collect();
        Ok(Self { images, labels: engine.tensor(labels, &[count])?, count })
    }

    /// The number of images.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The images that `index` (int64) names, as float32 between 0 and 1: `[n, pixels]`.
    ///
    /// # Errors
    /// What the backend says.
    pub fn batch(&self, index: &Tensor) -> Result<Tensor> {
        self.images.batch(index, 1.0 / 255.0)
    }

    /// The classes (int64) of the images that `index` names.
    ///
    /// # Errors
    /// What the backend says.
    pub fn labels(&self, index: &Tensor) -> Result<Tensor> {
        self.labels.index_select(0, index)
    }
}
