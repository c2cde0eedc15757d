//! Images as PNG files, without compression: they are small, and nothing here compresses.

use formats::crc32;

/// A PNG of so many columns and rows with `bands` bytes a pixel: 1, grey, 3, in colours, or 4, with opacity.
pub(crate) fn encode(pixels: &[u8], bands: usize, columns: usize, rows: usize) -> Vec<u8> {
    let size = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_be_bytes();
    let colours = match bands {
        1 => 0,
        3 => 2,
        _ => 6,
    };
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut file, b"IHDR", &[&size(columns)[..], &size(rows), &[8, colours, 0, 0, 0]].concat());
    // Each row begins with the number of its filter: none.
    let mut raw = Vec::with_capacity(pixels.len() + rows);
    for row in pixels.chunks((columns * bands).max(1)) {
        raw.push(0);
        raw.extend(row);
    }
    chunk(&mut file, b"IDAT", &stored(&raw));
    chunk(&mut file, b"IEND", &[]);
    file
}

fn chunk(file: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    file.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes());
    let named = [&name[..], data].concat();
    file.extend(&named);
    file.extend(crc32(&named).to_be_bytes());
}

/// A zlib stream of blocks that are stored as they are.
fn stored(raw: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let mut blocks = raw.chunks(0xffff).peekable();
    while let Some(block) = blocks.next() {
        let len = block.len() as u16;
        stream.push(u8::from(blocks.peek().is_none()));
        stream.extend(len.to_le_bytes());
        stream.extend((!len).to_le_bytes());
        stream.extend(block);
    }
    stream.extend(adler(raw).to_be_bytes());
    stream
}

fn adler(data: &[u8]) -> u32 {
    let (a, b) = data.iter().fold((1u32, 0u32), |(a, b), &byte| {
        let a = (a + u32::from(byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    b << 16 | a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_are_those_of_the_standards() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(stored(b"a")[..2], [0x78, 0x01]);
    }
}
