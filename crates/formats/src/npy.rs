//! `.npy`: one array of NumPy.
//!
//! Six magic bytes, two of version, the header's length, the header (a dictionary of Python: element type, order and
//! shape), then the elements; as `numpy.lib.format` describes it. As there, bytes after the last element are left alone.

use engine::DType;

use crate::array::{Array, gather, shape};
use crate::element::{Element, encode, encoded_len};
use crate::text::Text;
use crate::{Error, Result};

const MAGIC: &[u8] = b"\x93NUMPY";
/// The longest header that is read: NumPy's own limit.
const MAX_HEADER: u64 = 10_000;
/// Elements begin at a multiple of this.
const ALIGN: usize = 64;
/// The header leaves room for the first size to grow to this many digits.
const GROWTH_DIGITS: usize = 21;

/// What the header says.
struct Header {
    element: Element,
    big: bool,
    fortran: bool,
    sizes: Vec<u64>,
}

/// Reads an array.
///
/// # Errors
/// [`Error::Element`] for element types that the engine cannot represent (complex numbers, strings, objects, records),
/// [`Error::Value`] for a uint64 beyond int64, and each way in which the bytes can be unsound.
pub fn read(bytes: &[u8]) -> Result<Array> {
    let (header, start) = header(bytes)?;
    let Header { element, big, fortran, sizes } = header;
    let (expected, found) = (element.bytes(&sizes)?, (bytes.len() - start) as u64);
    let cut = Error::Cut { what: "the array", expected, found };
    let len = usize::try_from(expected).map_err(|_| cut.clone())?;
    let elements = bytes[start..].get(..len).ok_or(cut)?;
    let shape = shape(&sizes)?;
    if fortran && shape.len() > 1 {
        element.array(&shape, &by_rows(elements, &shape, element.size() as usize)?, big)
    } else {
        element.array(&shape, elements, big)
    }
}

/// Writes an array, byte for byte as `numpy.save` of NumPy 1.23 and later does.
pub fn write(array: &Array) -> Vec<u8> {
    let descr = match array.dtype() {
        DType::Bool => "|b1",
        DType::UInt8 => "|u1",
        DType::Int8 => "|i1",
        DType::Int16 => "<i2",
        DType::Int32 => "<i4",
        DType::Int64 => "<i8",
        DType::Float32 => "<f4",
        DType::Float64 => "<f8",
    };
    let sizes: Vec<String> = array.shape().iter().map(usize::to_string).collect();
    let tuple = match &sizes[..] {
        [one] => format!("({one},)"),
        more => format!("({})", more.join(", ")),
    };
    let mut header = format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': {tuple}, }}");
    let growth = sizes.first().map_or(0, |first| GROWTH_DIGITS.saturating_sub(first.len()));
    header.push_str(&" ".repeat(growth));
    // A line's end closes the header. One that is aligned already gets a whole row of spaces, as NumPy has it.
    let before = MAGIC.len() + 4 + header.len() + 1;
    header.push_str(&" ".repeat(ALIGN - before % ALIGN));
    header.push('\n');
    let mut out = Vec::with_capacity(MAGIC.len() + 4 + header.len() + encoded_len(array) as usize);
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&[1, 0]);
    out.extend_from_slice(&(header.len() as u16).to_le_bytes());
    out.extend_from_slice(header.as_bytes());
    encode(array, &mut out);
    out
}

/// The header, and where the elements start.
fn header(bytes: &[u8]) -> Result<(Header, usize)> {
    let not_npy = Error::Magic { format: "a .npy file", why: "it does not begin with \\x93NUMPY" };
    let rest = bytes.strip_prefix(MAGIC).ok_or(not_npy)?;
    let found = rest.len() as u64;
    let cut = |expected| Error::Cut { what: "the header", expected, found };
    let (len, start) = match *rest {
        [1, 0, a, b, ..] => (u32::from(u16::from_le_bytes([a, b])), MAGIC.len() + 4),
        [2 | 3, 0, a, b, c, d, ..] => (u32::from_le_bytes([a, b, c, d]), MAGIC.len() + 6),
        [1..=3, 0, ..] | [1..=3] | [] => return Err(cut(6)),
        [major, ref minor @ ..] => {
            return Err(Error::Version(major, minor.first().copied().unwrap_or_default()));
        }
    };
    if u64::from(len) > MAX_HEADER {
        return Err(Error::Long { what: "the header", limit: MAX_HEADER, found: len.into() });
    }
    let end = start + len as usize;
    let text = bytes.get(start..end).ok_or_else(|| cut(u64::from(len)))?;
    Ok((dictionary(&mut Text::new(text, start))?, end))
}

fn dictionary(text: &mut Text) -> Result<Header> {
    let (mut descr, mut fortran, mut sizes) = (None, None, None);
    text.expect(b'{')?;
    while !text.take(b'}') {
        let key = text.python_string()?;
        text.expect(b':')?;
        match key {
            "descr" if descr.is_none() => descr = Some(descriptor(text)?),
            "fortran_order" if fortran.is_none() => {
                fortran = Some(match (text.take_word("True"), text.take_word("False")) {
                    (true, _) => true,
                    (_, true) => false,
                    _ => return Err(text.error("True or False")),
                });
            }
            "shape" if sizes.is_none() => sizes = Some(text.numbers(*b"()", true)?),
            _ => {
                return Err(
                    text.error(format!("'descr', 'fortran_order' and 'shape', once each, not '{key}'"))
                );
            }
        }
        if !text.take(b',') {
            text.expect(b'}')?;
            break;
        }
    }
    text.end()?;
    match (descr, fortran, sizes) {
        (Some((element, big)), Some(fortran), Some(sizes)) => Ok(Header { element, big, fortran, sizes }),
        _ => Err(text.error("'descr', 'fortran_order' and 'shape', each of them")),
    }
}

/// An element type in NumPy's letters, and whether its most significant byte comes first.
fn descriptor(text: &mut Text) -> Result<(Element, bool)> {
    if text.peek() == Some(b'[') {
        return Err(Error::Element("record".to_owned()));
    }
    let name = text.python_string()?;
    let element = match name.get(1..) {
        Some("b1") => Element::Bool,
        Some("u1") => Element::U8,
        Some("i1") => Element::I8,
        Some("u2") => Element::U16,
        Some("i2") => Element::I16,
        Some("f2") => Element::F16,
        Some("u4") => Element::U32,
        Some("i4") => Element::I32,
        Some("f4") => Element::F32,
        Some("u8") => Element::U64,
        Some("i8") => Element::I64,
        Some("f8") => Element::F64,
        _ => return Err(Error::Element(format!("'{name}'"))),
    };
    match name.as_bytes().first() {
        Some(b'>') => Ok((element, true)),
        Some(b'<' | b'=') => Ok((element, false)),
        Some(b'|') if element.size() == 1 => Ok((element, false)),
        _ => Err(Error::Element(format!("'{name}'"))),
    }
}

/// Elements that lie column by column, put row by row. There are as many as the shape has.
fn by_rows(elements: &[u8], shape: &[usize], size: usize) -> Result<Vec<u8>> {
    if elements.is_empty() {
        return Ok(Vec::new());
    }
    let strides = shape.iter().scan(1, |next, &n| Some(std::mem::replace(next, *next * n)));
    gather(elements, shape, &strides.collect::<Vec<_>>(), 0, size)
}
