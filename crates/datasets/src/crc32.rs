//! CRC-32 as gzip has it (RFC 1952, section 8), eight bytes at a time.
//!
//! The tables are made when they are needed: they take longer to download than to compute.

/// The generator polynomial, its bits reversed.
const POLYNOMIAL: u32 = 0xedb8_8320;

/// A checksum under way.
pub(crate) struct Crc32 {
    /// Table `k` holds what a byte does to the checksum once `k` more bytes have followed it.
    tables: Box<[[u32; 256]; 8]>,
    state: u32,
}

impl Crc32 {
    /// The checksum of nothing.
    pub(crate) fn new() -> Self {
        let mut tables = Box::new([[0; 256]; 8]);
        for i in 0..256 {
            let mut entry = i as u32;
            for _ in 0..8 {
                entry = if entry & 1 == 1 { POLYNOMIAL ^ (entry >> 1) } else { entry >> 1 };
            }
            tables[0][i] = entry;
        }
        for k in 1..8 {
            for i in 0..256 {
                let before = tables[k - 1][i];
                tables[k][i] = (before >> 8) ^ tables[0][before as usize & 0xff];
            }
        }
        Self { tables, state: !0 }
    }

    /// Takes in more bytes.
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            let word = u64::from_le_bytes(*word) ^ u64::from(self.state);
            let table = |k: usize| self.tables[7 - k][(word >> (8 * k)) as usize & 0xff];
            self.state = (0..8).fold(0, |state, k| state ^ table(k));
        }
        for &byte in rest {
            let index = (self.state as u8 ^ byte) as usize;
            self.state = (self.state >> 8) ^ self.tables[0][index];
        }
    }

    /// The checksum of all bytes taken in.
    pub(crate) fn value(&self) -> u32 {
        !self.state
    }

    /// Forgets all bytes.
    pub(crate) fn reset(&mut self) {
        self.state = !0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The catalogue's check value: the checksum of the nine digits.
    const CHECK: u32 = 0xcbf4_3926;

    #[test]
    fn the_check_value_is_right_however_the_bytes_are_split() {
        let digits = b"123456789";
        let mut crc = Crc32::new();
        assert_eq!(crc.value(), 0);
        for split in 0..=digits.len() {
            crc.reset();
            crc.update(&digits[..split]);
            crc.update(&digits[split..]);
            assert_eq!(crc.value(), CHECK, "split at {split}");
        }
    }
}
