//! The four files of MNIST: their names, sizes and checksums, and what they hold.
//!
//! Fetching them is somebody else's work; [`Decoder`] takes a file's bytes and gives images or labels.

mod checksum;
mod decoder;

use std::rc::Rc;

use crate::idx::{Idx, IdxError};
use checksum::{Checksum, sha256};

pub use decoder::{Decoder, Part, Problem, Step, decode};

/// The side of an image, in pixels.
pub const SIDE: usize = 28;
/// The pixels of an image.
pub const PIXELS: usize = SIDE * SIDE;
/// The number of digits.
pub const CLASSES: usize = 10;

/// One of the four files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum File {
    /// The 10,000 images of the test set.
    TestImages,
    /// Their labels.
    TestLabels,
    /// The 60,000 images of the training set.
    TrainImages,
    /// Their labels.
    TrainLabels,
}

/// What is known about a file beforehand.
struct Facts {
    name: &'static str,
    count: usize,
    packed_len: usize,
    /// Of the file as it is served, in the compression of this project.
    packed: Checksum,
    /// Of what is in it, which is the same wherever MNIST is kept.
    unpacked: Checksum,
}

const TEST_IMAGES: Facts = Facts {
    name: "t10k-images-idx3-ubyte.gz",
    count: 10_000,
    packed_len: 1_616_508,
    packed: sha256("1a1a05eab793c14bb050b398624a11b0ffd1a2953baed553b1b9bd079e2a20be"),
    unpacked: sha256("0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
};
const TEST_LABELS: Facts = Facts {
    name: "t10k-labels-idx1-ubyte.gz",
    count: 10_000,
    packed_len: 4_517,
    packed: sha256("b91679a0acfe4ba0e50a2437a903084cba1f5f92592b016a25a7dfd00455798b"),
    unpacked: sha256("ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
};
const TRAIN_IMAGES: Facts = Facts {
    name: "train-images-idx3-ubyte.gz",
    count: 60_000,
    packed_len: 9_719_438,
    packed: sha256("0b367032e93c5d0cea0925647cfdb18614af8ee15f83e6f2fc2ad904a6835971"),
    unpacked: sha256("ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
};
const TRAIN_LABELS: Facts = Facts {
    name: "train-labels-idx1-ubyte.gz",
    count: 60_000,
    packed_len: 28_857,
    packed: sha256("1787548bbe0bff1ec2ecdc0ef292b02df999e2d1a6002d27500982c652b17203"),
    unpacked: sha256("65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
};

impl File {
    /// All four, small before large and the test set first.
    pub const ALL: [Self; 4] = [Self::TestLabels, Self::TestImages, Self::TrainLabels, Self::TrainImages];

    /// The file's name.
    pub fn name(self) -> &'static str {
        self.facts().name
    }

    /// The images or labels that it holds.
    pub fn count(self) -> usize {
        self.facts().count
    }

    /// The bytes of the packed file.
    pub fn packed_len(self) -> usize {
        self.facts().packed_len
    }

    /// The bytes of the unpacked file, its header among them.
    pub fn unpacked_len(self) -> usize {
        4 + 4 * self.shape().len() + self.shape().iter().product::<usize>()
    }

    /// The shape of the array in it: `[count, 28, 28]` or `[count]`.
    pub fn shape(self) -> Vec<usize> {
        if self.has_images() { vec![self.count(), SIDE, SIDE] } else { vec![self.count()] }
    }

    /// Whether it holds images rather than labels.
    pub fn has_images(self) -> bool {
        matches!(self, Self::TestImages | Self::TrainImages)
    }

    fn facts(self) -> &'static Facts {
        match self {
            Self::TestImages => &TEST_IMAGES,
            Self::TestLabels => &TEST_LABELS,
            Self::TrainImages => &TRAIN_IMAGES,
            Self::TrainLabels => &TRAIN_LABELS,
        }
    }
}

/// Images of 28×28 pixels, 0 (paper) to 255 (ink).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Images {
    /// How many.
    pub count: usize,
    /// The pixels, image after image, row by row: `count * 784`.
    pub pixels: Rc<[u8]>,
}

impl Images {
    /// Takes the images out of an array of shape `[count, 28, 28]`.
    ///
    /// # Errors
    /// [`IdxError::Shape`].
    pub fn from_idx(idx: Idx, count: usize) -> Result<Self, IdxError> {
        Ok(Self { count, pixels: idx.into_data(&[count, SIDE, SIDE])?.into() })
    }

    /// One image, `None` past the last.
    pub fn get(&self, index: usize) -> Option<&[u8]> {
        if index < self.count { self.pixels.get(index * PIXELS..(index + 1) * PIXELS) } else { None }
    }
}

/// The digit that each image shows: 0 to 9, every one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels(Rc<[u8]>);

impl Labels {
    /// Takes the labels out of an array of shape `[count]`.
    ///
    /// # Errors
    /// [`IdxError::Shape`] and [`IdxError::Label`].
    pub fn from_idx(idx: Idx, count: usize) -> Result<Self, IdxError> {
        let labels = idx.into_data(&[count])?;
        match labels.iter().position(|&label| usize::from(label) >= CLASSES) {
            Some(index) => Err(IdxError::Label { index, value: labels[index] }),
            None => Ok(Self(labels.into())),
        }
    }

    /// The labels.
    pub fn as_slice(&self) -> &[u8] {
        &self.0
    }

    /// The labels, to be held.
    pub fn shared(&self) -> Rc<[u8]> {
        Rc::clone(&self.0)
    }
}
