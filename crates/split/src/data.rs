//! The program's data, in pieces: those that can follow, and those that the first part needs. Texts that can follow stand
//! between two comments (see `build.rs` of the crate `lang`); what else can follow is what the first part does not refer to.

use std::ops::Range;

use wasm_encoder::{ConstExpr, DataSection};
use wasmparser::{DataKind, DataSectionReader, Operator};

use crate::Result;

/// How a text that can follow begins and ends.
const LATE: [&[u8]; 2] = [b"#late\n", b"#end\n"];
/// The fewest bytes that are worth a piece of their own.
const SMALL: u32 = 24;

/// Data as the program has them.
pub struct Segment<'a> {
    /// Where the memory has them when the program begins.
    pub address: u32,
    pub bytes: &'a [u8],
    /// Where in the section they are.
    pub offset: u32,
}

/// Bytes, and where the memory has them when the program begins.
#[derive(Debug, PartialEq)]
pub struct Piece<'a> {
    pub address: u32,
    pub bytes: &'a [u8],
    /// Whether they can follow.
    pub is_late: bool,
}

impl Segment<'_> {
    /// Whether what is at this place of the section is in it.
    pub fn contains(&self, at: u32) -> bool {
        at.checked_sub(self.offset).is_some_and(|at| (at as usize) < self.bytes.len())
    }
}

/// All data of a program.
///
/// # Errors
/// If some of it has no place in the memory that is known beforehand.
pub fn segments(section: DataSectionReader<'_>) -> Result<Vec<Segment<'_>>> {
    let start = section.range().start;
    let mut segments = Vec::new();
    for data in section {
        let data = data?;
        let DataKind::Active { memory_index: 0, offset_expr } = data.kind else {
            return Err("there is data that the program does not begin with".into());
        };
        let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
            return Err("there is data whose place is not known".into());
        };
        let offset = data.range.end - start - data.data.len() as u64;
        segments.push(Segment { address: value.cast_unsigned(), bytes: data.data, offset: offset as u32 });
    }
    Ok(segments)
}

/// The pieces of a segment, of which the bytes at the addresses `left` can follow.
pub fn pieces<'a>(segment: &Segment<'a>, left: &[Range<u32>]) -> Vec<Piece<'a>> {
    let end = segment.address + segment.bytes.len() as u32;
    let mut late: Vec<Range<u32>> = texts(segment);
    late.extend(left.iter().filter(|range| segment.address <= range.start && range.end <= end).cloned());
    late.retain(|range| range.len() as u32 >= SMALL);
    late.sort_by_key(|range| range.start);
    let (mut pieces, mut from) = (Vec::new(), segment.address);
    let mut push = |range: Range<u32>, is_late| {
        let within = (range.start - segment.address) as usize..(range.end - segment.address) as usize;
        if !range.is_empty() {
            pieces.push(Piece { address: range.start, bytes: &segment.bytes[within], is_late });
        }
    };
    for Range { start, end } in late {
        let start = start.max(from);
        if start < end {
            push(from..start, false);
            push(start..end, true);
            from = end;
        }
    }
    push(from..end, false);
    pieces
}

/// The addresses of texts that can follow.
pub fn texts(segment: &Segment<'_>) -> Vec<Range<u32>> {
    let (mut found, mut at) = (Vec::new(), 0);
    let find = |from: usize, wanted: &[u8]| {
        let place = segment.bytes[from..].windows(wanted.len()).position(|some| some == wanted);
        place.map(|place| from + place)
    };
    while let Some(start) = find(at, LATE[0]) {
        let Some(end) = find(start, LATE[1]) else { break };
        at = end + LATE[1].len();
        found.push(segment.address + start as u32..segment.address + at as u32);
    }
    found
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
    use super::{Piece, Segment, pieces};

    fn cuts(text: &str, left: &[std::ops::Range<u32>]) -> Vec<(u32, String, bool)> {
        let segment = Segment { address: 100, bytes: text.as_bytes(), offset: 0 };
        let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
        let pieces = pieces(&segment, left);
        pieces.iter().map(|&Piece { address, bytes, is_late }| (address, text(bytes), is_late)).collect()
    }

    #[test]
    fn texts_that_can_follow_are_pieces_of_their_own() {
        let (one, other) = ("#late\nb and more of it\n#end\n", "#late\nc and more of it\n#end\n");
        assert_eq!(
            cuts(&format!("a{one}{other}d"), &[]),
            [
                (100, "a".to_owned(), false),
                (101, one.to_owned(), true),
                (129, other.to_owned(), true),
                (157, "d".to_owned(), false)
            ]
        );
        assert_eq!(cuts("#end\nx", &[]), [(100, "#end\nx".to_owned(), false)]);
        assert_eq!(cuts("x#late\n", &[]), [(100, "x#late\n".to_owned(), false)], "without an end");
        assert_eq!(cuts("", &[]), []);
    }

    #[test]
    fn what_is_not_reached_can_follow_unless_it_is_small() {
        let text = "x".repeat(90);
        let of =
            |places: &[(u32, u32)]| -> Vec<_> { places.iter().map(|&(start, end)| start..end).collect() };
        let cut = |places| -> Vec<(u32, usize, bool)> {
            cuts(&text, &of(places))
                .into_iter()
                .map(|(address, text, is_late)| (address, text.len(), is_late))
                .collect()
        };
        assert_eq!(cut(&[(120, 150), (160, 170)]), [(100, 20, false), (120, 30, true), (150, 40, false)]);
        assert_eq!(cut(&[(100, 190)]), [(100, 90, true)]);
        assert_eq!(cut(&[(90, 150)]), [(100, 90, false)], "in another segment");
    }
}
