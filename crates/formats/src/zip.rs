//! Zip files, as far as archives of tensors need them: no encryption, no parts, no files beyond 4 GiB.
//!
//! The directory at the end of the file is what counts (APPNOTE.TXT, section 4.3); of an entry's own header only its
//! length is read.

use miniz_oxide::inflate::decompress_to_vec_with_limit;

use crate::crc32::crc32;
use crate::{Error, Result};

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
/// The sizes of the three headers, without names and extra fields.
const LOCAL_LEN: usize = 30;
const CENTRAL_LEN: usize = 46;
const END_LEN: usize = 22;
/// Deflate makes at most this many bytes of one.
const MAX_RATIO: u64 = 1032;
/// The version of the format that is needed to read what is written.
const VERSION: u16 = 20;
/// Midnight on 1 January 1980: zip's oldest date, for files that have none.
const DATE: u32 = 0x0021_0000;

/// One file in a zip file.
pub(crate) struct Entry<'a> {
    pub(crate) name: String,
    packed: &'a [u8],
    deflated: bool,
    size: u64,
    crc: u32,
}

/// Whether a file begins as zip files do.
pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(&LOCAL.to_le_bytes()) || bytes.starts_with(&END.to_le_bytes())
}

/// The entries, in the directory's order. Their contents are not looked at yet.
pub(crate) fn entries(bytes: &[u8]) -> Result<Vec<Entry<'_>>> {
    let wrong = |what: &str| Error::Place(format!("the zip file's directory {what}"));
    let end = find_end(bytes).ok_or_else(|| wrong("is not there: the file may be cut off"))?;
    let (disk, count) = (u16_at(bytes, end + 4), u16_at(bytes, end + 10));
    let (len, start) = (u32_at(bytes, end + 12), u32_at(bytes, end + 16));
    let (Some(0), Some(count), Some(len), Some(start)) = (disk, count, len, start) else {
        return Err(wrong("is in another file"));
    };
    let stop = u64::from(start) + u64::from(len);
    if count == u16::MAX || stop > end as u64 {
        return Err(wrong("lies outside the file, or is larger than 4 GiB"));
    }
    let directory = &bytes[start as usize..stop as usize];
    let (mut at, mut total) = (0, 0u64);
    let mut entries = Vec::new();
    for _ in 0..count {
        let (entry, next) = entry(bytes, directory, at)?;
        // What lies on top of each other could unpack to more than any memory.
        total += entry.packed.len() as u64;
        if total > bytes.len() as u64 {
            return Err(wrong("has entries that overlap"));
        }
        entries.push(entry);
        at = next;
    }
    Ok(entries)
}

/// The last record lies at the end, before a comment of up to 64 KiB.
fn find_end(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(END_LEN)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    (first..=last).rev().find(|&at| u32_at(bytes, at) == Some(END))
}

/// The entry at `at` of the directory, and where the next one begins.
fn entry<'a>(bytes: &'a [u8], directory: &[u8], at: usize) -> Result<(Entry<'a>, usize)> {
    let wrong = |what: &str| Error::Place(format!("the zip file's directory, byte {at}: {what}"));
    let header = directory.get(at..).and_then(|rest| rest.get(..CENTRAL_LEN));
    let header = header.filter(|header| u32_at(header, 0) == Some(CENTRAL));
    let header = header.ok_or_else(|| wrong("there is no entry"))?;
    let short = |at| usize::from(u16_at(header, at).unwrap_or_default());
    let long = |at| u32_at(header, at).unwrap_or_default();
    let (flags, method, crc) = (short(8), short(10), long(16));
    let (packed_len, size, offset) = (long(20), long(24), long(42));
    let (name_len, extra_len, comment_len) = (short(28), short(30), short(32));
    let name_at = at + CENTRAL_LEN;
    let name = directory.get(name_at..name_at + name_len).ok_or_else(|| wrong("its name is cut off"))?;
    let name = std::str::from_utf8(name).map_err(|_| wrong("its name is not UTF-8"))?.to_owned();
    let refused = |why: &str| Error::Unsupported(why.to_owned()).of(&name);
    if flags & 1 == 1 {
        return Err(refused("it is encrypted"));
    }
    if [packed_len, size, offset].contains(&u32::MAX) {
        return Err(refused("it is larger than 4 GiB"));
    }
    let deflated = match method {
        0 => false,
        8 => true,
        _ => return Err(refused("it is packed in another way than by deflate")),
    };
    let packed = contents(bytes, offset as usize, packed_len as usize);
    let packed = packed.ok_or_else(|| Error::Place("it lies outside the file".to_owned()).of(&name))?;
    let entry = Entry { name, packed, deflated, size: size.into(), crc };
    Ok((entry, name_at + name_len + extra_len + comment_len))
}

/// What follows the header at `offset`, which has a length of its own.
fn contents(bytes: &[u8], offset: usize, len: usize) -> Option<&[u8]> {
    let local = bytes.get(offset..)?;
    let (name, extra) = (u16_at(local, 26)?, u16_at(local, 28)?);
    let start = LOCAL_LEN + usize::from(name) + usize::from(extra);
    (u32_at(local, 0)? == LOCAL).then(|| local.get(start..)?.get(..len))?
}

impl Entry<'_> {
    /// The contents, unpacked and checked.
    pub(crate) fn read(&self) -> Result<std::borrow::Cow<'_, [u8]>> {
        let (expected, packed) = (self.size, self.packed.len() as u64);
        let wrong = |what: &str| Error::Place(format!("{what} ({packed} bytes packed, {expected} promised)"));
        let contents = if self.deflated {
            if expected > packed * MAX_RATIO {
                return Err(wrong("it cannot be unpacked to so much"));
            }
            // 32 bits: see `entry`.
            let unpacked = decompress_to_vec_with_limit(self.packed, expected as usize);
            unpacked.map_err(|_| wrong("it cannot be unpacked"))?.into()
        } else {
            std::borrow::Cow::Borrowed(self.packed)
        };
        if contents.len() as u64 != expected {
            return Err(wrong("it has another size than promised"));
        }
        if crc32(&contents) != self.crc {
            return Err(wrong("its checksum is wrong"));
        }
        Ok(contents)
    }
}

/// A zip file of these files, none of them packed: nothing in it depends on anything but them.
pub(crate) fn write(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, contents) in files {
        let offset = small(out.len())?;
        let (size, crc) = (small(contents.len())?, crc32(contents));
        let name_len = u16::try_from(name.len());
        let name_len = name_len.map_err(|_| Error::Unsupported("a name of more than 64 KiB".to_owned()))?;
        // Bit 11: the name is UTF-8.
        let flags: u16 = if name.is_ascii() { 0 } else { 1 << 11 };
        put(&mut out, &[&LOCAL.to_le_bytes(), &VERSION.to_le_bytes(), &flags.to_le_bytes(), &[0; 2]]);
        put(&mut out, &[&DATE.to_le_bytes(), &crc.to_le_bytes(), &size.to_le_bytes(), &size.to_le_bytes()]);
        put(&mut out, &[&name_len.to_le_bytes(), &[0; 2], name.as_bytes(), contents]);

        // Made on Unix (3), where its owner may read and write it.
        let made_by = VERSION | 3 << 8;
        put(&mut directory, &[&CENTRAL.to_le_bytes(), &made_by.to_le_bytes(), &VERSION.to_le_bytes()]);
        put(&mut directory, &[&flags.to_le_bytes(), &[0; 2], &DATE.to_le_bytes(), &crc.to_le_bytes()]);
        put(&mut directory, &[&size.to_le_bytes(), &size.to_le_bytes(), &name_len.to_le_bytes(), &[0; 8]]);
        put(&mut directory, &[&(0o600u32 << 16).to_le_bytes(), &offset.to_le_bytes(), name.as_bytes()]);
    }
    let count = u16::try_from(files.len()).ok().filter(|&count| count < u16::MAX);
    let count = count.ok_or_else(|| Error::Unsupported("more than 65,534 arrays in one file".to_owned()))?;
    let (start, len) = (small(out.len())?, small(directory.len())?);
    put(&mut out, &[&directory, &END.to_le_bytes(), &[0; 4], &count.to_le_bytes(), &count.to_le_bytes()]);
    put(&mut out, &[&len.to_le_bytes(), &start.to_le_bytes(), &[0; 2]]);
    Ok(out)
}

fn put(out: &mut Vec<u8>, parts: &[&[u8]]) {
    parts.iter().for_each(|part| out.extend_from_slice(part));
}

fn small(size: usize) -> Result<u32> {
    let small = u32::try_from(size).ok().filter(|&size| size < u32::MAX);
    small.ok_or_else(|| Error::Unsupported("a zip file beyond 4 GiB".to_owned()))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|bytes| u16::from_le_bytes(*bytes))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}
