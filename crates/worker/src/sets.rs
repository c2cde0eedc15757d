//! The two halves of the data set, as they were loaded.

use std::rc::Rc;

use datasets::mnist::{File, Images, Labels, Part};

/// The pixels of all images, and their labels.
type Bytes = (Rc<[u8]>, Rc<[u8]>);

/// Images and labels: either may still be missing.
#[derive(Default)]
pub(crate) struct Half {
    images: Option<Images>,
    labels: Option<Labels>,
}

impl Half {
    /// Whether both files are here.
    pub(crate) fn is_complete(&self) -> bool {
        self.images.is_some() && self.labels.is_some()
    }

    /// The number of images, if all are here.
    pub(crate) fn len(&self) -> u32 {
        self.labels.as_ref().filter(|_| self.is_complete()).map_or(0, |labels| labels.as_slice().len() as u32)
    }

    /// One image and its label.
    pub(crate) fn get(&self, index: usize) -> Option<(&[u8], u8)> {
        let (images, labels) = (self.images.as_ref()?, self.labels.as_ref()?);
        Some((images.get(index)?, *labels.as_slice().get(index)?))
    }

    /// The pixels of all images and their labels, once both are here.
    pub(crate) fn all(&self) -> Option<Bytes> {
        Some((Rc::clone(&self.images.as_ref()?.pixels), self.labels.as_ref()?.shared()))
    }
}

/// Both halves.
#[derive(Default)]
pub(crate) struct Sets {
    pub(crate) train: Half,
    pub(crate) test: Half,
}

impl Sets {
    /// Takes in a file.
    pub(crate) fn insert(&mut self, file: File, part: Part) {
        let half = match file {
            File::TrainImages | File::TrainLabels => &mut self.train,
            File::TestImages | File::TestLabels => &mut self.test,
        };
        match part {
            Part::Images(images) => half.images = Some(images),
            Part::Labels(labels) => half.labels = Some(labels),
        }
    }

    /// Whether a file is here.
    pub(crate) fn has(&self, file: File) -> bool {
        match file {
            File::TrainImages => self.train.images.is_some(),
            File::TrainLabels => self.train.labels.is_some(),
            File::TestImages => self.test.images.is_some(),
            File::TestLabels => self.test.labels.is_some(),
        }
    }
}
