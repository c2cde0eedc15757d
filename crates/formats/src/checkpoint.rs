//! Checkpoints of PyTorch: what `torch.save(model.state_dict(), path)` writes.
//!
//! A zip file with one folder in it: `data.pkl` names and describes the tensors, `data/0`, `data/1`, … are
//! their storages. Only dictionaries of tensors are read, and nothing in the file is ever called. The format that PyTorch
//! had before 1.6 is not read, nor are whole modules and the states of optimizers.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::array::{Array, count, gather, shape};
use crate::pickle::{MAX_PICKLE, Tensor, tensors};
use crate::zip::{Entry, entries, is_zip};
use crate::{Error, Result};

/// Views may share a storage, as tied weights do; all together may have this many times the file's bytes.
const MAX_SHARED: u64 = 8;

/// Reads all tensors with their names, in the dictionary's order, each with elements of its own.
///
/// # Errors
/// [`Error::Unsupported`] for anything but a dictionary of tensors, [`Error::In`] with a tensor's name, and each way
/// in which the bytes can be unsound.
pub fn read(bytes: &[u8]) -> Result<Vec<(String, Array)>> {
    if !is_zip(bytes) {
        let why = "it is not a zip file (before version 1.6, PyTorch wrote another format: save it again)";
        return Err(Error::Magic { format: "a checkpoint of PyTorch", why });
    }
    let entries = entries(bytes)?;
    let index = entries.iter().find(|entry| entry.name.ends_with("/data.pkl"));
    let why = "there is no data.pkl in it";
    let index = index.ok_or(Error::Magic { format: "a checkpoint of PyTorch", why })?;
    let folder = index.name.trim_end_matches("data.pkl");
    let files =
        sorting::map(entries.iter().filter_map(|entry| Some((entry.name.strip_prefix(folder)?, entry))));
    let big = match files.get("byteorder") {
        Some(order) => *order.read()? == *b"big",
        None => false,
    };
    let index = index.read().map_err(|e| e.of(&index.name))?;
    if index.len() as u64 > MAX_PICKLE {
        return Err(Error::Long { what: "data.pkl", limit: MAX_PICKLE, found: index.len() as u64 });
    }
    let mut storages = Storages { files, read: BTreeMap::new() };
    let mut left = MAX_SHARED * bytes.len() as u64;
    let tensor = |(name, tensor): (String, Tensor)| {
        let array = array(&mut storages, &tensor, big, &mut left).map_err(|e| e.of(&name))?;
        Ok((name, array))
    };
    tensors(&index)?.into_iter().map(tensor).collect()
}

/// The files with elements; each is unpacked and checked once.
struct Storages<'a> {
    files: BTreeMap<&'a str, &'a Entry<'a>>,
    read: BTreeMap<String, Cow<'a, [u8]>>,
}

impl Storages<'_> {
    fn get(&mut self, key: &str) -> Result<&[u8]> {
        if !self.read.contains_key(key) {
            let file = self.files.get(format!("data/{key}").as_str());
            let file =
                file.ok_or_else(|| Error::Place(format!("its elements, data/{key}, are not in the file")))?;
            self.read.insert(key.to_owned(), file.read()?);
        }
        Ok(self.read.get(key).map(AsRef::as_ref).unwrap_or_default())
    }
}

/// The elements of a view, row by row. `left` is what the views may have altogether still, in bytes.
fn array(storages: &mut Storages, tensor: &Tensor, big: bool, left: &mut u64) -> Result<Array> {
    let Tensor { storage, offset, sizes, strides } = tensor;
    let size = storage.element.size();
    let bytes = storages.get(&storage.key)?;
    let (expected, found) = (storage.len.checked_mul(size), bytes.len() as u64);
    if expected.is_none_or(|expected| expected > found) {
        let expected = expected.unwrap_or(u64::MAX);
        return Err(Error::Cut { what: "its storage", expected, found });
    }
    let n = count(sizes)?;
    let mut steps = sizes.iter().zip(strides);
    let last =
        steps.try_fold(*offset, |last, (&n, &stride)| last.checked_add((n.max(1) - 1).checked_mul(stride)?));
    if n > 0 && last.is_none_or(|last| last >= storage.len) {
        let what = format!("its shape {sizes:?} with strides {strides:?} from {offset} leaves its storage");
        return Err(Error::Place(what));
    }
    let repeats = || Error::Unsupported("it shows the elements of its storage more than once".to_owned());
    if n > storage.len {
        return Err(repeats());
    }
    *left = left.checked_sub(n * size).ok_or_else(repeats)?;
    let shape = shape(sizes)?;
    let elements = if n == 0 {
        Vec::new()
    } else {
        // All are below the storage's length; a stride that no step is made with may be anything.
        let strides: Vec<usize> = strides.iter().map(|&stride| stride as usize).collect();
        gather(bytes, &shape, &strides, *offset as usize, size as usize)?
    };
    storage.element.array(&shape, &elements, big)
}
