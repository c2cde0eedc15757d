//! What there is in the program's data, and what of it refers to what: the linker writes it down where it is asked to
//! (`--emit-relocs`, see `build.rs` of the crate `site`).

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use wasmparser::{KnownCustom, Linking, RelocSectionReader, RelocationType, Subsections, SymbolInfo};

use crate::Result;
use crate::data::Segment;

/// A segment whose contents never change.
const CONSTANT: &str = ".rodata";

/// The symbols of a program's data.
#[derive(Default)]
pub struct Symbols {
    /// Where each of the linker's symbols is, by its number: nowhere, if it is no data.
    places: Vec<Option<Place>>,
    /// The segments whose contents never change.
    constant: HashSet<u32>,
    /// References in the code and in the data: where, to which symbol, how far behind its beginning.
    code: Vec<Reference>,
    data: Vec<Reference>,
}

/// A part of a segment.
#[derive(Clone)]
struct Place {
    segment: u32,
    bytes: Range<u32>,
}

struct Reference {
    at: u32,
    symbol: u32,
    behind: i64,
}

impl Symbols {
    /// Takes what a section says that is no part of the program itself.
    ///
    /// # Errors
    /// If the linker cannot have written it.
    pub fn take(&mut self, name: &str, section: KnownCustom<'_>) -> Result<()> {
        match (name, section) {
            (_, KnownCustom::Linking(linking)) => self.symbols(linking.subsections())?,
            ("reloc.CODE", KnownCustom::Reloc(relocations)) => self.code = references(&relocations)?,
            ("reloc.DATA", KnownCustom::Reloc(relocations)) => self.data = references(&relocations)?,
            _ => {}
        }
        Ok(())
    }

    fn symbols(&mut self, parts: Subsections<'_, Linking<'_>>) -> Result<()> {
        for part in parts {
            match part? {
                Linking::SegmentInfo(segments) => {
                    for (number, segment) in (0..).zip(segments) {
                        if segment?.name == CONSTANT {
                            self.constant.insert(number);
                        }
                    }
                }
                Linking::SymbolTable(symbols) => {
                    for symbol in symbols {
                        self.places.push(match symbol? {
                            SymbolInfo::Data { symbol: Some(at), .. } => {
                                Some(Place { segment: at.index, bytes: at.offset..at.offset + at.size })
                            }
                            _ => None,
                        });
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The places in constant data that are not reached from these numbers, which stand in code: a number refers to a symbol
    /// if the linker put it there for one. None, if the linker said nothing.
    ///
    /// # Errors
    /// If the data are not as the linker left them.
    pub fn out_of_reach(&self, numbers: &HashSet<u32>, segments: &[Segment<'_>]) -> Result<Vec<Range<u32>>> {
        let links = self.links(segments)?;
        let code = self.code.iter().filter(|reference| {
            let target = self.target(reference, segments);
            target.is_some_and(|target| numbers.contains(&target))
        });
        let mut waiting: Vec<u32> = code.map(|reference| reference.symbol).collect();
        let mut reached: HashSet<u32> = waiting.iter().copied().collect();
        while let Some(symbol) = waiting.pop() {
            let next = links.get(&symbol).into_iter().flatten();
            waiting.extend(next.filter(|&&next| reached.insert(next)));
        }
        let mut left = Vec::new();
        for &segment in &self.constant {
            let Some(Segment { address, bytes, .. }) = segments.get(segment as usize) else { continue };
            let mut taken: Vec<_> = reached.iter().filter_map(|&symbol| self.place(symbol)).collect();
            taken.retain(|place| place.segment == segment);
            taken.sort_by_key(|place| place.bytes.start);
            let mut from = 0;
            for place in taken {
                if place.bytes.start > from {
                    left.push(address + from..address + place.bytes.start);
                }
                from = from.max(place.bytes.end);
            }
            left.push(address + from..address + bytes.len() as u32);
        }
        Ok(left)
    }

    /// For each symbol, the symbols that it refers to.
    fn links(&self, segments: &[Segment<'_>]) -> Result<HashMap<u32, Vec<u32>>> {
        let mut references = Vec::new();
        for reference in &self.data {
            let segment = (0..).zip(segments).find(|(_, segment)| segment.contains(reference.at));
            let (number, segment) = segment.ok_or("the linker speaks of data that are not there")?;
            let at = reference.at - segment.offset;
            let word = segment.bytes.get(at as usize..at as usize + 4).map(|word| word.iter().rev());
            let word = word.map(|word| word.fold(0, |value, &byte| value << 8 | u32::from(byte)));
            if word != self.target(reference, segments) {
                return Err("the program's data are not as the linker left them".into());
            }
            references.push((number, at, reference.symbol));
        }
        references.sort_unstable();
        let within = |place: &Place| {
            let until = |at: u32| {
                references.partition_point(|&(segment, start, _)| (segment, start) < (place.segment, at))
            };
            references[until(place.bytes.start)..until(place.bytes.end)]
                .iter()
                .map(|&(.., symbol)| symbol)
                .collect()
        };
        let symbols = 0..self.places.len() as u32;
        Ok(symbols.filter_map(|symbol| Some((symbol, within(self.place(symbol)?)))).collect())
    }

    fn place(&self, symbol: u32) -> Option<&Place> {
        self.places.get(symbol as usize)?.as_ref()
    }

    /// The address that a reference stands for.
    fn target(&self, reference: &Reference, segments: &[Segment<'_>]) -> Option<u32> {
        let place = self.place(reference.symbol)?;
        let begin = segments.get(place.segment as usize)?.address + place.bytes.start;
        Some((i64::from(begin) + reference.behind) as u32)
    }
}

/// The references to addresses in a section.
fn references(section: &RelocSectionReader<'_>) -> Result<Vec<Reference>> {
    use RelocationType::{MemoryAddrI32, MemoryAddrLeb, MemoryAddrSleb};
    let mut references = Vec::new();
    for entry in section.entries() {
        let entry = entry?;
        if matches!(entry.ty, MemoryAddrLeb | MemoryAddrSleb | MemoryAddrI32) {
            references.push(Reference { at: entry.offset, symbol: entry.index, behind: entry.addend });
        }
    }
    Ok(references)
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::{Place, Reference, Symbols};
    use crate::Result;
    use crate::data::Segment;

    /// Constant data of four symbols at 100, of which the second refers to the fourth, and the end of the third to the first; and
    /// data that change at 200.
    fn symbols() -> Symbols {
        let place = |segment, bytes| Some(Place { segment, bytes });
        Symbols {
            places: vec![
                place(0, 0..8),
                place(0, 8..16),
                None,
                place(0, 16..24),
                place(0, 24..30),
                place(1, 0..4),
            ],
            constant: HashSet::from([0]),
            code: [(0, 1, 0), (0, 3, -4), (0, 5, 0)].map(reference).into(),
            data: [(11, 4, 2), (23, 0, 0)].map(reference).into(),
        }
    }

    fn reference((at, symbol, behind): (u32, u32, i64)) -> Reference {
        Reference { at, symbol, behind }
    }

    fn bytes() -> [u8; 30] {
        let mut bytes = [0; 30];
        (bytes[8], bytes[20]) = (126, 100);
        bytes
    }

    fn out_of_reach(numbers: &[u32]) -> Result<HashMap<u32, u32>> {
        let (bytes, other) = (bytes(), [0; 4]);
        let segments = [
            Segment { address: 100, bytes: &bytes, offset: 3 },
            Segment { address: 200, bytes: &other, offset: 40 },
        ];
        let left = symbols().out_of_reach(&numbers.iter().copied().collect(), &segments)?;
        Ok(left.into_iter().filter(|range| !range.is_empty()).map(|range| (range.start, range.end)).collect())
    }

    #[test]
    fn what_code_refers_to_is_reached_with_what_that_refers_to() -> Result<()> {
        assert_eq!(out_of_reach(&[])?, HashMap::from([(100, 130)]));
        assert_eq!(out_of_reach(&[108])?, HashMap::from([(100, 108), (116, 124)]), "through the second");
        assert_eq!(out_of_reach(&[112])?, HashMap::from([(108, 116), (124, 130)]), "before the third begins");
        assert_eq!(out_of_reach(&[116])?, HashMap::from([(100, 130)]), "no reference has this number");
        assert_eq!(out_of_reach(&[200])?, HashMap::from([(100, 130)]), "what changes is not cut");
        Ok(())
    }

    #[test]
    fn data_that_are_elsewhere_are_refused() {
        let segments = [Segment { address: 100, bytes: &[1; 30], offset: 3 }];
        let why = symbols().out_of_reach(&HashSet::new(), &segments).err().map(|why| why.to_string());
        assert_eq!(why.as_deref(), Some("the program's data are not as the linker left them"));
    }
}
