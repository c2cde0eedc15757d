//! Places in a text: bytes, as the worker counts them, and UTF-16 units, as the browser does.

use protocol::program::Place;

/// The UTF-16 units before a byte of the text. What lies behind the text is its end; what lies within a character is its beginning.
pub fn units(text: &str, byte: u32) -> u32 {
    let mut end = (byte as usize).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].chars().map(|c| c.len_utf16() as u32).sum()
}

/// The bytes before so many UTF-16 units: the way back.
pub fn bytes(text: &str, units: u32) -> usize {
    let mut left = units as usize;
    let before = text.chars().take_while(|c| {
        let fits = left >= c.len_utf16();
        left = left.saturating_sub(c.len_utf16());
        fits
    });
    before.map(char::len_utf8).sum()
}

/// Both ends of a place in UTF-16 units.
pub fn range(text: &str, place: Place) -> (u32, u32) {
    let from = units(text, place.start);
    (from, units(text, place.end).max(from))
}

/// The line of a byte, counted from 1.
pub fn line_at(text: &str, byte: u32) -> u32 {
    let before = &text.as_bytes()[..(byte as usize).min(text.len())];
    before.iter().filter(|&&b| b == b'\n').count() as u32 + 1
}

/// Where a place of an older text is in the text now; `None` if it was edited itself.
pub fn moved(place: Place, before: &str, now: &str) -> Option<Place> {
    if before == now {
        return Some(place);
    }
    let same = |(a, b): &(u8, u8)| a == b;
    let start = before.bytes().zip(now.bytes()).take_while(same).count();
    if place.end as usize <= start {
        return Some(place);
    }
    let most = before.len().min(now.len()) - start;
    let tail = before.bytes().rev().zip(now.bytes().rev()).take(most).take_while(same).count();
    if (place.start as usize) < before.len() - tail {
        return None;
    }
    let shift = |at: u32| (at as usize + now.len() - before.len()) as u32;
    Some(Place { start: shift(place.start), end: shift(place.end) })
}

/// The spaces that the next line begins with, when the text before the cursor is this: as many as this line's, and four more after a colon.
pub fn indentation(before: &str) -> String {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let spaces = line.len() - line.trim_start_matches(' ').len();
    " ".repeat(spaces + if line.trim_end().ends_with(':') { 4 } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(start: u32, end: u32) -> Place {
        Place { start, end }
    }

    #[test]
    fn bytes_are_counted_as_the_browser_counts() {
        let text = "ä = '😀' # x";
        for (byte, expected) in [(0, 0), (1, 0), (2, 1), (6, 5), (7, 5), (10, 7), (99, 12)] {
            assert_eq!(units(text, byte), expected, "byte {byte}");
        }
        for (units, expected) in [(0, 0), (1, 2), (5, 6), (6, 6), (7, 10), (99, 15)] {
            assert_eq!(bytes(text, units), expected, "unit {units}");
        }
        assert_eq!(range(text, place(6, 10)), (5, 7));
        assert_eq!(range(text, place(10, 6)), (7, 7), "an end before the start");
    }

    #[test]
    fn lines_are_counted_from_1() {
        let text = "a\nb\n";
        assert_eq!([0, 1, 2, 4, 9].map(|byte| line_at(text, byte)), [1, 1, 2, 3, 3]);
    }

    #[test]
    fn a_place_goes_with_its_text() {
        let before = "x = 1\ny = z\n";
        let name = place(10, 11);
        assert_eq!(moved(name, before, before), Some(name));
        assert_eq!(moved(name, before, "x = 100\ny = z\n"), Some(place(12, 13)));
        assert_eq!(moved(name, before, "y = z\n"), Some(place(4, 5)));
        assert_eq!(moved(name, before, "x = 1\ny = z\nw = 2\n"), Some(name));
        assert_eq!(moved(name, before, "x = 1\ny = 3\n"), None);
    }

    #[test]
    fn lines_begin_where_blocks_do() {
        for (before, expected) in [("x = 1", 0), ("    y = 2", 4), ("for i in x:", 4), ("a\n  if b: ", 6)] {
            assert_eq!(indentation(before).len(), expected, "{before:?}");
        }
    }
}
