//! A data set of the user's, in files such as MNIST's: which half of it a file belongs to, and whether it fits. Nothing is known of such a file
//! beforehand but the shape of an image.

use crate::gzip::{self, Gunzip, GzipError, Progress};
use crate::idx::{Idx, IdxError};
use crate::mnist::{Images, Labels, PIXELS, Part, SIDE};

/// The most bytes that a file may unpack to: five times MNIST's largest.
const MOST_BYTES: usize = 240 << 20;

/// Why a file does not fit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OwnError {
    /// It cannot be unpacked.
    #[error(transparent)]
    Gzip(#[from] GzipError),
    /// It is no IDX file, or its labels are no digits.
    #[error(transparent)]
    Idx(#[from] IdxError),
    /// It holds something else.
    #[error("expected images of 28×28 pixels, or labels from 0 to 9, found an array of shape {0:?}")]
    Shape(Vec<usize>),
    /// It holds nothing.
    #[error("there is nothing in it")]
    Empty,
    /// Its name does not say which half it belongs to.
    #[error("its name says neither “train” nor “test” or “t10k”, so it cannot be told what it is for")]
    Name,
}

/// Reads a file, gzipped or not: whether it belongs to the training set, and its images or labels.
///
/// # Errors
/// Why it does not fit.
pub fn read(name: &str, bytes: Vec<u8>) -> Result<(bool, Part), OwnError> {
    let train = is_train(name).ok_or(OwnError::Name)?;
    let bytes = if gzip::is_gzip(&bytes) { unpacked(bytes)? } else { bytes };
    let idx = Idx::parse(bytes)?;
    let part = match *idx.shape.as_slice() {
        [0, ..] => return Err(OwnError::Empty),
        [count, SIDE, SIDE] => Part::Images(Images::from_idx(idx, count)?),
        [count] => Part::Labels(Labels::from_idx(idx, count)?),
        _ => return Err(OwnError::Shape(idx.shape)),
    };
    Ok((train, part))
}

/// Makes a half of a data set of images and as many labels.
///
/// # Errors
/// Why it does not fit.
pub fn labelled(images: &[[u8; PIXELS]], labels: Vec<u8>) -> Result<[Part; 2], OwnError> {
    let count = labels.len();
    if count == 0 {
        return Err(OwnError::Empty);
    }
    let pixels = Idx { shape: vec![images.len(), SIDE, SIDE], data: images.concat() };
    let images = Images::from_idx(pixels, count)?;
    let labels = Labels::from_idx(Idx { shape: vec![count], data: labels }, count)?;
    Ok([Part::Images(images), Part::Labels(labels)])
}

fn is_train(name: &str) -> Option<bool> {
    let name = name.to_ascii_lowercase();
    if name.contains("train") {
        Some(true)
    } else if name.contains("t10k") || name.contains("test") {
        Some(false)
    } else {
        None
    }
}

fn unpacked(bytes: Vec<u8>) -> Result<Vec<u8>, GzipError> {
    let mut gunzip = Gunzip::new(bytes, MOST_BYTES)?;
    while gunzip.step(MOST_BYTES)? != Progress::Done {}
    Ok(gunzip.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn idx(shape: &[u32], value: u8) -> Vec<u8> {
        let mut bytes = vec![0, 0, 8, shape.len() as u8];
        shape.iter().for_each(|size| bytes.extend(size.to_be_bytes()));
        bytes.resize(bytes.len() + shape.iter().product::<u32>() as usize, value);
        bytes
    }

    #[test]
    fn files_are_told_apart_by_name_and_content() {
        let images = read("train-images-idx3-ubyte", idx(&[3, 28, 28], 7));
        assert!(matches!(images, Ok((true, Part::Images(Images { count: 3, .. })))), "{images:?}");
        let labels = read("T10K-labels-idx1-ubyte", idx(&[5], 9));
        assert!(
            matches!(&labels, Ok((false, Part::Labels(labels))) if labels.as_slice() == [9; 5]),
            "{labels:?}"
        );
    }

    #[test]
    fn images_and_labels_make_a_half() {
        let [images, labels] = labelled(&[[3; PIXELS]; 2], vec![4, 9]).expect("two of each");
        assert!(matches!(images, Part::Images(Images { count: 2, .. })), "{images:?}");
        assert!(matches!(labels, Part::Labels(labels) if labels.as_slice() == [4, 9]));
        assert!(matches!(labelled(&[[3; PIXELS]], vec![4, 9]), Err(OwnError::Idx(_))));
        assert!(matches!(labelled(&[[3; PIXELS]], vec![10]), Err(OwnError::Idx(_))));
        assert_eq!(labelled(&[], Vec::new()), Err(OwnError::Empty));
    }

    #[test]
    fn what_does_not_fit_is_refused_in_words() {
        for (name, bytes, words) in [
            ("images-idx3-ubyte", idx(&[1, 28, 28], 0), "its name says neither"),
            ("train-images-idx3-ubyte", idx(&[1, 32, 32], 0), "found an array of shape [1, 32, 32]"),
            ("train-images-idx3-ubyte", idx(&[0, 28, 28], 0), "there is nothing in it"),
            ("train-labels-idx1-ubyte", idx(&[2], 10), "label 0 is 10, expected 0 to 9"),
            ("train-labels-idx1-ubyte", b"<!doctype html>".to_vec(), "expected two zero bytes"),
            ("test-labels-idx1-ubyte.gz", vec![0x1f, 0x8b, 8], "the file is cut off"),
        ] {
            let error = read(name, bytes).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(error.contains(words), "{name}: {error}");
        }
    }
}
