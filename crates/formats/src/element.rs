//! The element types of files, and how their bytes become elements of the engine's types.

use engine::{DType, HostData};

use crate::array::{Array, count, room};
use crate::{Error, Result};

/// A type of elements that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Element {
    Bool,
    U8,
    I8,
    U16,
    I16,
    F16,
    BF16,
    U32,
    I32,
    F32,
    U64,
    I64,
    F64,
}

impl Element {
    /// The bytes of one element.
    pub(crate) fn size(self) -> u64 {
        match self {
            Self::Bool | Self::U8 | Self::I8 => 1,
            Self::U16 | Self::I16 | Self::F16 | Self::BF16 => 2,
            Self::U32 | Self::I32 | Self::F32 => 4,
            Self::U64 | Self::I64 | Self::F64 => 8,
        }
    }

    /// The bytes that an array of this shape takes.
    pub(crate) fn bytes(self, sizes: &[u64]) -> Result<u64> {
        let bytes = count(sizes)?.checked_mul(self.size());
        bytes.ok_or_else(|| Error::TooLarge(sizes.to_vec()))
    }

    /// The type of the engine that holds all its values.
    fn dtype(self) -> DType {
        match self {
            Self::Bool => DType::Bool,
            Self::U8 => DType::UInt8,
            Self::I8 => DType::Int8,
            Self::I16 => DType::Int16,
            Self::I32 => DType::Int32,
            Self::U16 | Self::U32 | Self::U64 | Self::I64 => DType::Int64,
            Self::F16 | Self::BF16 | Self::F32 => DType::Float32,
            Self::F64 => DType::Float64,
        }
    }

    /// The array of this shape with the elements in `bytes`, as [`decode`](Self::decode) reads them.
    pub(crate) fn array(self, shape: &[usize], bytes: &[u8], big: bool) -> Result<Array> {
        Ok(Array::new(shape, self.decode(bytes, big)?)?.typed(self.dtype()))
    }

    /// All elements in `bytes`, which are as many as fit; `big` if the most significant byte comes first.
    fn decode(self, bytes: &[u8], big: bool) -> Result<HostData> {
        Ok(match self {
            Self::Bool => HostData::Bool(items(bytes, big, |[b]: [u8; 1]| b != 0)?),
            Self::U8 => HostData::UInt8(items(bytes, big, u8::from_le_bytes)?),
            Self::I8 => HostData::Int64(items(bytes, big, |b| i8::from_le_bytes(b).into())?),
            Self::U16 => HostData::Int64(items(bytes, big, |b| u16::from_le_bytes(b).into())?),
            Self::I16 => HostData::Int64(items(bytes, big, |b| i16::from_le_bytes(b).into())?),
            Self::U32 => HostData::Int64(items(bytes, big, |b| u32::from_le_bytes(b).into())?),
            Self::I32 => HostData::Int64(items(bytes, big, |b| i32::from_le_bytes(b).into())?),
            Self::I64 => HostData::Int64(items(bytes, big, i64::from_le_bytes)?),
            Self::U64 => HostData::Int64(signed(items(bytes, big, i64::from_le_bytes)?)?),
            Self::F16 => HostData::Float32(items(bytes, big, |b| half(u16::from_le_bytes(b)))?),
            Self::BF16 => HostData::Float32(items(bytes, big, |b| {
                f32::from_bits(u32::from(u16::from_le_bytes(b)) << 16)
            })?),
            Self::F32 => HostData::Float32(items(bytes, big, f32::from_le_bytes)?),
            Self::F64 => HostData::Float64(items(bytes, big, f64::from_le_bytes)?),
        })
    }
}

/// Appends all elements, the least significant byte first.
pub(crate) fn encode(array: &Array, out: &mut Vec<u8>) {
    let size = array.dtype().size() as usize;
    match array.data() {
        HostData::Bool(v) => out.extend(v.iter().map(|&b| u8::from(b))),
        HostData::UInt8(v) => out.extend_from_slice(v),
        // Of smaller integers, the bytes that count come first.
        HostData::Int64(v) => v.iter().for_each(|n| out.extend_from_slice(&n.to_le_bytes()[..size])),
        HostData::Float32(v) => out.extend(v.iter().flat_map(|x| x.to_le_bytes())),
        HostData::Float64(v) => out.extend(v.iter().flat_map(|x| x.to_le_bytes())),
    }
}

/// The bytes that [`encode`] appends.
pub(crate) fn encoded_len(array: &Array) -> u64 {
    array.data().len() as u64 * array.dtype().size()
}

fn items<const N: usize, T>(bytes: &[u8], big: bool, value: impl Fn([u8; N]) -> T) -> Result<Vec<T>> {
    let (chunks, _) = bytes.as_chunks::<N>();
    let mut items = room(chunks.len())?;
    items.extend(chunks.iter().map(|&(mut chunk)| {
        if big {
            chunk.reverse();
        }
        value(chunk)
    }));
    Ok(items)
}

/// What was read as if it had a sign: it must not have come out negative.
fn signed(values: Vec<i64>) -> Result<Vec<i64>> {
    match values.iter().position(|&value| value < 0) {
        Some(index) => Err(Error::Value { index, value: values[index] as u64 }),
        None => Ok(values),
    }
}

/// IEEE 754's binary16: a sign, five bits of exponent, ten of fraction. Every value is a float32 too.
fn half(bits: u16) -> f32 {
    let sign = u32::from(bits & 0x8000) << 16;
    let rest = u32::from(bits & 0x7fff);
    let magnitude = match rest >> 10 {
        // Multiples of 2^-24, which has the bits 103 << 23.
        0 => (rest as f32 * f32::from_bits(103 << 23)).to_bits(),
        31 => 0x7f80_0000 | (rest & 0x3ff) << 13,
        _ => (rest << 13) + ((127 - 15) << 23),
    };
    f32::from_bits(sign | magnitude)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_exact() {
        let cases = [
            (0x0000, 0.0),
            (0x0001, 2f32.powi(-24)),
            (0x03ff, 1023.0 * 2f32.powi(-24)),
            (0x0400, 2f32.powi(-14)),
            (0x3555, 0.333_251_95),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x7bff, 65504.0),
            (0x7c00, f32::INFINITY),
            (0xfc00, f32::NEG_INFINITY),
        ];
        for (bits, value) in cases {
            assert_eq!(half(bits), value, "{bits:04x}");
        }
        assert!(half(0x7e00).is_nan());
        assert!(half(0x8000).is_sign_negative());
    }
}
