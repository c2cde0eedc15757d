//! Arrays that travel as bytes, so that they can be moved between threads without a copy.

use serde::{Deserialize, Serialize};

/// Float32 values, little-endian.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Floats(serde_bytes::ByteBuf);

impl Floats {
    /// The values. A remainder of fewer than four bytes is left out.
    pub fn to_vec(&self) -> Vec<f32> {
        self.0.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
    }

    /// The number of values.
    pub fn len(&self) -> usize {
        self.0.len() / 4
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl From<&[f32]> for Floats {
    fn from(values: &[f32]) -> Self {
        let bytes: Vec<u8> = values.iter().flat_map(|x| x.to_le_bytes()).collect();
        Self(serde_bytes::ByteBuf::from(bytes))
    }
}

/// Grey values, 0 (paper) to 255 (ink), row by row.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pixels(serde_bytes::ByteBuf);

impl Pixels {
    /// The values.
    pub fn as_slice(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Pixels {
    fn from(values: Vec<u8>) -> Self {
        Self(serde_bytes::ByteBuf::from(values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_survive_the_trip_bit_for_bit() {
        let values = [0.0, -0.0, 1.5, f32::MIN_POSITIVE, f32::INFINITY, -1e30];
        let back = Floats::from(&values[..]).to_vec();
        assert_eq!(values.map(f32::to_bits).to_vec(), back.into_iter().map(f32::to_bits).collect::<Vec<_>>());
    }
}
