//! safetensors: arrays under names, and texts about them.
//!
//! Eight bytes with the header's length, the header in JSON (for each array its element type, shape and place), then
//! the elements; as <https://github.com/huggingface/safetensors> describes it. The elements fill the rest of the file
//! without a gap and without overlap.

use std::collections::{BTreeMap, BTreeSet};

use crate::array::{Array, shape};
use crate::element::{Element, encode, encoded_len};
use crate::text::{Text, push_json};
use crate::{Error, Result};

/// The longest header: the reference library's own limit.
const MAX_HEADER: u64 = 100_000_000;
/// The name in the header that no array can have.
const METADATA: &str = "__metadata__";

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SafeTensors {
    /// The arrays with their names, in the order in which their elements lie in the file.
    pub tensors: Vec<(String, Array)>,
    /// What is said about them.
    pub metadata: BTreeMap<String, String>,
}

/// An array as the header describes it.
struct Info {
    name: String,
    element: Element,
    sizes: Vec<u64>,
    /// Where its elements begin and end, counted from the end of the header.
    place: [u64; 2],
}

/// Reads a file.
///
/// # Errors
/// [`Error::Element`] for types that the engine cannot represent, [`Error::Value`] for a uint64 beyond int64 (both inside
/// [`Error::In`], with the array's name), and each way in which the bytes can be unsound: as strict as the
/// reference library, and stricter with names that occur twice.
pub fn read(bytes: &[u8]) -> Result<SafeTensors> {
    let found = bytes.len() as u64;
    let Some((len, rest)) = bytes.split_first_chunk::<8>() else {
        return Err(Error::Cut { what: "the header's length", expected: 8, found });
    };
    let len = u64::from_le_bytes(*len);
    if len > MAX_HEADER {
        return Err(Error::Long { what: "the header", limit: MAX_HEADER, found: len });
    }
    let cut = Error::Cut { what: "the header", expected: len, found: found - 8 };
    let (header, data) = rest.split_at_checked(len as usize).ok_or(cut)?;
    if header.first() != Some(&b'{') {
        let why = "its header does not begin with '{'";
        return Err(Error::Magic { format: "a safetensors file", why });
    }
    let (mut infos, metadata) = entries(&mut Text::new(header, 8))?;
    sorting::sort_by_key(&mut infos, |info| info.place);
    check_places(&infos, data.len() as u64)?;
    let decode = |info: Info| {
        // All places lie in `data`.
        let elements = &data[info.place[0] as usize..info.place[1] as usize];
        let array = shape(&info.sizes).and_then(|shape| info.element.array(&shape, elements, false));
        Ok((info.name.clone(), array.map_err(|e| e.of(&info.name))?))
    };
    Ok(SafeTensors { tensors: infos.into_iter().map(decode).collect::<Result<_>>()?, metadata })
}

/// Writes a file: byte for byte what the reference library writes for the same arrays, in whatever order they are
/// given. Wide types come first, so that all are aligned, then the names' order decides; so it does for `metadata`.
///
/// # Errors
/// [`Error::Unsupported`] if two arrays have one name, or one has the name `__metadata__`; [`Error::Long`].
pub fn write(tensors: &[(String, Array)], metadata: &BTreeMap<String, String>) -> Result<Vec<u8>> {
    let mut sorted: Vec<_> = tensors.iter().collect();
    sorting::sort_by_key(&mut sorted, |(name, array)| {
        let (_, rank) = tag(array);
        (std::cmp::Reverse(rank), name)
    });
    let names = sorting::set(tensors.iter().map(|(name, _)| name.as_str()));
    if names.len() < tensors.len() || names.contains(METADATA) {
        let what = format!("every array needs a name of its own, and none may be called {METADATA}");
        return Err(Error::Unsupported(what));
    }
    let header = header(&sorted, metadata);
    let found = header.len() as u64;
    if found > MAX_HEADER {
        return Err(Error::Long { what: "the header", limit: MAX_HEADER, found });
    }
    let mut out = Vec::from(found.to_le_bytes());
    out.extend_from_slice(header.as_bytes());
    sorted.iter().for_each(|(_, array)| encode(array, &mut out));
    Ok(out)
}

/// The name of an array's element type, and how far at the front arrays of that type stand.
fn tag(array: &Array) -> (&'static str, u8) {
    match array.dtype() {
        engine::DType::Bool => ("BOOL", 0),
        engine::DType::UInt8 => ("U8", 1),
        engine::DType::Int8 => ("I8", 2),
        engine::DType::Int16 => ("I16", 3),
        engine::DType::Int32 => ("I32", 4),
        engine::DType::Float32 => ("F32", 5),
        engine::DType::Float64 => ("F64", 6),
        engine::DType::Int64 => ("I64", 7),
    }
}

fn header(sorted: &[&(String, Array)], metadata: &BTreeMap<String, String>) -> String {
    let mut entries = Vec::new();
    if !metadata.is_empty() {
        let pairs = metadata.iter().map(|(key, value)| {
            let mut pair = String::new();
            push_json(&mut pair, key);
            pair.push(':');
            push_json(&mut pair, value);
            pair
        });
        entries.push(format!("\"{METADATA}\":{{{}}}", pairs.collect::<Vec<_>>().join(",")));
    }
    let mut start = 0;
    for (name, array) in sorted {
        let end = start + encoded_len(array);
        let sizes: Vec<String> = array.shape().iter().map(usize::to_string).collect();
        let mut entry = String::new();
        push_json(&mut entry, name);
        let (dtype, sizes) = (tag(array).0, sizes.join(","));
        entry
            .push_str(&format!(r#":{{"dtype":"{dtype}","shape":[{sizes}],"data_offsets":[{start},{end}]}}"#));
        entries.push(entry);
        start = end;
    }
    let mut header = format!("{{{}}}", entries.join(","));
    header.push_str(&" ".repeat(header.len().next_multiple_of(8) - header.len()));
    header
}

/// The header's entries: arrays, and texts about them.
fn entries(text: &mut Text) -> Result<(Vec<Info>, BTreeMap<String, String>)> {
    let (mut infos, mut metadata, mut names) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
    fields(text, |text, name| {
        if name == METADATA {
            fields(text, |text, key| {
                metadata.insert(key, text.json_string()?);
                Ok(())
            })?;
        } else {
            infos.push(info(text, &name)?);
        }
        if names.insert(name) { Ok(()) } else { Err(text.error("a name that has not occurred before")) }
    })?;
    text.end()?;
    Ok((infos, metadata))
}

/// Reads an object of JSON; `value` is called where the value of a field begins.
fn fields(text: &mut Text, mut value: impl FnMut(&mut Text, String) -> Result<()>) -> Result<()> {
    text.expect(b'{')?;
    if text.take(b'}') {
        return Ok(());
    }
    loop {
        let name = text.json_string()?;
        text.expect(b':')?;
        value(text, name)?;
        if !text.take(b',') {
            return text.expect(b'}');
        }
    }
}

fn info(text: &mut Text, name: &str) -> Result<Info> {
    let (mut dtype, mut sizes, mut place) = (None, None, None);
    fields(text, |text, field| {
        match field.as_str() {
            "dtype" if dtype.is_none() => dtype = Some(text.json_string()?),
            "shape" if sizes.is_none() => sizes = Some(text.numbers(*b"[]", false)?),
            "data_offsets" if place.is_none() => {
                let ends = <[u64; 2]>::try_from(text.numbers(*b"[]", false)?);
                place = Some(ends.map_err(|_| text.error("two offsets before this"))?);
            }
            _ => return Err(text.error("dtype, shape and data_offsets, once each, before this")),
        }
        Ok(())
    })?;
    let (Some(dtype), Some(sizes), Some(place)) = (dtype, sizes, place) else {
        return Err(
            text.error(format!("dtype, shape and data_offsets of '{name}', each of them, before this"))
        );
    };
    let element = match dtype.as_str() {
        "BOOL" => Element::Bool,
        "U8" => Element::U8,
        "I8" => Element::I8,
        "U16" => Element::U16,
        "I16" => Element::I16,
        "F16" => Element::F16,
        "BF16" => Element::BF16,
        "U32" => Element::U32,
        "I32" => Element::I32,
        "F32" => Element::F32,
        "U64" => Element::U64,
        "I64" => Element::I64,
        "F64" => Element::F64,
        _ => return Err(Error::Element(dtype).of(name)),
    };
    let expected = element.bytes(&sizes).map_err(|e| e.of(name))?;
    let [start, end] = place;
    if end.checked_sub(start) != Some(expected) {
        let what = format!("its shape {sizes:?} takes {expected} bytes, but it lies from {start} to {end}");
        return Err(Error::Place(what).of(name));
    }
    Ok(Info { name: name.to_owned(), element, sizes, place })
}

/// One array begins where the one before it ends, and the last ends where the file does.
fn check_places(infos: &[Info], len: u64) -> Result<()> {
    let mut end = 0;
    for Info { name, place, .. } in infos {
        if place[0] != end {
            let what = format!("it begins at {}, but the array before it ends at {end}", place[0]);
            return Err(Error::Place(what).of(name));
        }
        end = place[1];
    }
    if end > len {
        return Err(Error::Cut { what: "the part behind the header", expected: end, found: len });
    }
    if end < len {
        return Err(Error::Place(format!("{} bytes follow the last array", len - end)));
    }
    Ok(())
}
