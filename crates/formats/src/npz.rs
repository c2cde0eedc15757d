//! `.npz`: arrays of NumPy under names, in a zip file with a [`npy`](crate::npy) file for each.

use crate::{Array, Error, Result, npy, zip};

/// The ending that a name has in the file only.
const ENDING: &str = ".npy";

/// Reads all arrays with their names, in the file's order.
///
/// # Errors
/// [`Error::In`] with the name of the array that cannot be read, and each way in which a zip file can be unsound.
pub fn read(bytes: &[u8]) -> Result<Vec<(String, Array)>> {
    if !zip::is_zip(bytes) {
        return Err(Error::Magic { format: "an .npz file", why: "it is not a zip file" });
    }
    let read = |entry: &zip::Entry| {
        let name = entry.name.strip_suffix(ENDING).unwrap_or(&entry.name);
        let array = entry.read().and_then(|contents| npy::read(&contents));
        Ok((name.to_owned(), array.map_err(|e| e.of(name))?))
    };
    zip::entries(bytes)?.iter().map(read).collect()
}

/// Writes arrays under names. As with `numpy.savez`, nothing is packed, and all files have the same old date.
///
/// # Errors
/// [`Error::Unsupported`] beyond zip's limits: names of 64 KiB, 65,534 arrays, 4 GiB in all.
pub fn write(arrays: &[(String, Array)]) -> Result<Vec<u8>> {
    let files = arrays.iter().map(|(name, array)| (format!("{name}{ENDING}"), npy::write(array)));
    zip::write(&files.collect::<Vec<_>>())
}
