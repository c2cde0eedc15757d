//! How elements are held: from host to device and back.
//!
//! A float32, an int64 and a bool take one 32-bit word, a uint8 takes a byte. float64 is refused.

use std::borrow::Cow;

use engine::{DType, Error, HostData, Result, Scalar};

/// The error for the type that WebGPU lacks.
pub(crate) fn no_float64() -> Error {
    Error::Unsupported { device: crate::NAME, what: "hold float64; use float32".to_owned() }
}

/// Bytes for `len` elements, in whole words.
pub(crate) fn byte_len(dtype: DType, len: usize) -> Result<u64> {
    match dtype {
        DType::UInt8 => Ok((len as u64).next_multiple_of(4)),
        DType::Float64 => Err(no_float64()),
        _ => Ok(len as u64 * 4),
    }
}

/// The bytes that the device holds for `data`.
pub(crate) fn encode(data: &HostData) -> Result<Cow<'_, [u8]>> {
    match data {
        HostData::Float32(v) => Ok(Cow::Borrowed(bytemuck::cast_slice(v))),
        HostData::Int64(v) => {
            let words: Vec<i32> = v.iter().map(|&n| narrow(n)).collect::<Result<_>>()?;
            Ok(Cow::Owned(bytemuck::cast_slice(&words).to_vec()))
        }
        HostData::Bool(v) => Ok(Cow::Owned(v.iter().flat_map(|&b| u32::from(b).to_ne_bytes()).collect())),
        HostData::UInt8(v) if v.len().is_multiple_of(4) => Ok(Cow::Borrowed(v)),
        HostData::UInt8(v) => {
            let mut bytes = v.clone();
            bytes.resize(v.len().next_multiple_of(4), 0);
            Ok(Cow::Owned(bytes))
        }
        HostData::Float64(_) => Err(no_float64()),
    }
}

/// The `len` elements in `bytes`, which may be longer.
pub(crate) fn decode(dtype: DType, len: usize, bytes: &[u8]) -> Result<HostData> {
    let size = if dtype == DType::UInt8 { 1 } else { 4 };
    let bytes = bytes
        .get(..len * size)
        .ok_or_else(|| Error::Internal(format!("{} bytes came back for {len} elements", bytes.len())))?;
    let words = || bytes.as_chunks::<4>().0.iter();
    match dtype {
        DType::Bool => Ok(HostData::Bool(words().map(|&w| u32::from_ne_bytes(w) != 0).collect())),
        DType::UInt8 => Ok(HostData::UInt8(bytes.to_vec())),
        DType::Int8 | DType::Int16 | DType::Int32 | DType::Int64 => {
            Ok(HostData::Int64(words().map(|&w| i64::from(i32::from_ne_bytes(w))).collect()))
        }
        DType::Float32 => Ok(HostData::Float32(words().map(|&w| f32::from_ne_bytes(w)).collect())),
        DType::Float64 => Err(no_float64()),
    }
}

/// The word that holds a constant; a uint8 stands in its lowest byte.
pub(crate) fn constant(value: Scalar, dtype: DType) -> Result<u32> {
    match dtype {
        DType::Bool => Ok(u32::from(value.to_bool())),
        DType::UInt8 => Ok(u32::from(value.to_i64() as u8)),
        DType::Int8 | DType::Int16 | DType::Int32 | DType::Int64 => Ok(narrow(value.to_i64())? as u32),
        DType::Float32 => Ok((value.to_f64() as f32).to_bits()),
        DType::Float64 => Err(no_float64()),
    }
}

fn narrow(n: i64) -> Result<i32> {
    i32::try_from(n).map_err(|_| Error::Unsupported {
        device: crate::NAME,
        what: format!("hold the integer {n}; it has 32 bits for an int64"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_come_back_as_they_went() -> Result<()> {
        let samples = [
            HostData::Bool(vec![true, false, true]),
            HostData::UInt8(vec![0, 1, 254, 255, 7]),
            HostData::UInt8(vec![9; 8]),
            HostData::Int64(vec![0, -1, i64::from(i32::MAX), i64::from(i32::MIN)]),
            HostData::Float32(vec![0.0, -0.0, 1.5, f32::INFINITY, f32::MIN_POSITIVE]),
            HostData::Float32(vec![]),
        ];
        for data in samples {
            let bytes = encode(&data)?;
            assert_eq!(bytes.len() as u64, byte_len(data.dtype(), data.len())?, "{data:?}");
            assert_eq!(bytes.len() % 4, 0, "{data:?}");
            assert_eq!(decode(data.dtype(), data.len(), &bytes)?, data);
        }
        Ok(())
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for n in [i64::from(i32::MAX) + 1, i64::from(i32::MIN) - 1, i64::MAX] {
            let data = HostData::Int64(vec![0, n]);
            let error = encode(&data).map_err(|e| e.to_string());
            assert_eq!(
                error,
                Err(format!("WebGPU cannot hold the integer {n}; it has 32 bits for an int64"))
            );
            assert!(constant(Scalar::Int(n), DType::Int64).is_err(), "{n}");
        }
        let data = HostData::Float64(vec![1.0]);
        let error = encode(&data).map_err(|e| e.to_string());
        assert_eq!(error, Err("WebGPU cannot hold float64; use float32".to_owned()));
        assert!(decode(DType::Float32, 2, &[0; 4]).is_err(), "too few bytes");
    }

    #[test]
    fn constants_are_converted_like_elements() -> Result<()> {
        assert_eq!(constant(Scalar::Float(1.5), DType::Float32)?, 1.5f32.to_bits());
        assert_eq!(constant(Scalar::Int(-1), DType::Int64)?, u32::MAX);
        assert_eq!(constant(Scalar::Int(257), DType::UInt8)?, 1);
        assert_eq!(constant(Scalar::Float(0.5), DType::Bool)?, 1);
        Ok(())
    }
}
