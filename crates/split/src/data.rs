//! The program's data, in pieces: texts that can follow stand between two comments (see `build.rs` of the crate `lang`).

use wasm_encoder::{ConstExpr, DataSection};
use wasmparser::{DataKind, DataSectionReader, Operator};

use crate::Result;

/// How a text that can follow begins and ends.
const LATE: [&[u8]; 2] = [b"#late\n", b"#end\n"];

/// Bytes, and where the memory has them when the program begins.
#[derive(Debug, PartialEq)]
pub struct Piece<'a> {
    pub address: u32,
    pub bytes: &'a [u8],
    /// Whether they can follow.
    pub is_late: bool,
}

/// All data of a program.
///
/// # Errors
/// If some of it has no place in the memory that is known beforehand.
pub fn pieces(section: DataSectionReader<'_>) -> Result<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    for data in section {
        let data = data?;
        let DataKind::Active { memory_index: 0, offset_expr } = data.kind else {
            return Err("there is data that the program does not begin with".into());
        };
        let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
            return Err("there is data whose place is not known".into());
        };
        cut(value.cast_unsigned(), data.data, &mut pieces);
    }
    Ok(pieces)
}

/// Cuts bytes where texts that can follow begin and end.
fn cut<'a>(mut address: u32, mut bytes: &'a [u8], pieces: &mut Vec<Piece<'a>>) {
    let mut take = |length: usize, is_late: bool| {
        let (piece, left) = bytes.split_at(length);
        if length > 0 {
            pieces.push(Piece { address, bytes: piece, is_late });
        }
        (address, bytes) = (address + length as u32, left);
        left
    };
    let mut left = take(0, false);
    while let Some(begin) = find(left, LATE[0]) {
        left = take(begin, false);
        let Some(end) = find(left, LATE[1]) else { break };
        left = take(end + LATE[1].len(), true);
    }
    take(left.len(), false);
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|some| some == wanted)
}

/// The section that has these pieces.
pub fn section<'a>(pieces: impl Iterator<Item = &'a Piece<'a>>) -> DataSection {
    let mut section = DataSection::new();
    for piece in pieces {
        let place = ConstExpr::i32_const(piece.address.cast_signed());
        section.active(0, &place, piece.bytes.iter().copied());
    }
    section
}

#[cfg(test)]
mod tests {
    use super::{Piece, cut};

    fn cuts(text: &str) -> Vec<(u32, &str, bool)> {
        let mut pieces = Vec::new();
        cut(100, text.as_bytes(), &mut pieces);
        let text = |bytes| str::from_utf8(bytes).unwrap_or("no text");
        pieces.iter().map(|&Piece { address, bytes, is_late }| (address, text(bytes), is_late)).collect()
    }

    #[test]
    fn texts_that_can_follow_are_pieces_of_their_own() {
        assert_eq!(
            cuts("a#late\nb#end\n#late\nc#end\nd"),
            [
                (100, "a", false),
                (101, "#late\nb#end\n", true),
                (113, "#late\nc#end\n", true),
                (125, "d", false)
            ]
        );
        assert_eq!(cuts("#end\nx"), [(100, "#end\nx", false)]);
        assert_eq!(cuts("x#late\n"), [(100, "x", false), (101, "#late\n", false)], "without an end");
        assert_eq!(cuts(""), []);
    }
}
