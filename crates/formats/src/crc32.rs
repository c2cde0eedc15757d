//! CRC-32 as zip has it (APPNOTE.TXT, section 4.4.7).

/// The generator polynomial, its bits reversed.
const POLYNOMIAL: u32 = 0xedb8_8320;

/// The checksum of `bytes`.
pub fn crc32(bytes: &[u8]) -> u32 {
    let table: [u32; 256] = std::array::from_fn(|i| {
        (0..8).fold(i as u32, |entry, _| if entry & 1 == 1 { POLYNOMIAL ^ (entry >> 1) } else { entry >> 1 })
    });
    let next = |crc: u32, byte: &u8| table[(crc as u8 ^ byte) as usize] ^ (crc >> 8);
    !bytes.iter().fold(!0, next)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_usual_check_value_comes_out() {
        assert_eq!(super::crc32(b"123456789"), 0xcbf4_3926);
    }
}
