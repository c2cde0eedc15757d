//! Programs in the fragment of an address: `#p=1.…`, a compressed program with how it is looked at, and `#code=…`, plain text. Only the
//! coding; bytes are compressed by the browser (`pack`).

use protocol::program::Unit;

/// The version of what stands behind `#p=`.
const VERSION: &str = "1";
/// From this size on, in bytes, a link is too long for some programs to pass on.
pub const LONG_LINK: usize = 8 * 1024;
/// A shared text of more bytes is run only when the user says so.
pub const LONG_TEXT: usize = 4 * 1024;

/// A program that is shared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shared {
    /// Its text.
    pub text: String,
    /// Its name, if it has one.
    pub name: String,
    /// By what it is stepped.
    pub unit: Unit,
    /// The lines with breakpoints.
    pub breakpoints: Vec<u32>,
}

/// What a fragment holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Fragment<'a> {
    /// Compressed bytes.
    Packed(Vec<u8>),
    /// Text, with `%` codes.
    Plain(&'a str),
    /// A program, but none that can be read.
    Broken,
}

impl<'a> Fragment<'a> {
    /// Reads a fragment, with its `#`; `None` if it is about something else.
    pub fn read(fragment: &'a str) -> Option<Self> {
        if let Some(code) = fragment.strip_prefix("#code=") {
            return Some(Self::Plain(code));
        }
        let (version, data) = fragment.strip_prefix("#p=")?.split_once('.').unwrap_or_default();
        let bytes = (version == VERSION).then(|| from_base64(data)).flatten();
        Some(bytes.filter(|bytes| !bytes.is_empty()).map_or(Self::Broken, Self::Packed))
    }
}

/// The fragment with these compressed bytes in it.
pub fn fragment(packed: &[u8]) -> String {
    format!("#p={VERSION}.{}", to_base64(packed))
}

/// The units and their names, in the order of the names in links.
const UNITS: [(Unit, &str); 6] = [
    (Unit::Line, "line"),
    (Unit::Into, "into"),
    (Unit::Out, "out"),
    (Unit::Op, "op"),
    (Unit::Node, "node"),
    (Unit::OptimizerStep, "step"),
];

impl Shared {
    /// What is compressed: a line of settings, then the text.
    pub fn write(&self) -> String {
        let name: String = self.name.chars().filter(|c| !c.is_control()).collect();
        let unit = UNITS.into_iter().find(|(unit, _)| *unit == self.unit).map_or("line", |(_, name)| name);
        let lines: Vec<String> = self.breakpoints.iter().map(ToString::to_string).collect();
        format!("{name}\t{unit}\t{}\n{}", lines.join(","), self.text)
    }

    /// Reads what [`write`](Self::write) wrote. Settings that mean nothing are left out.
    pub fn read(written: &str) -> Option<Self> {
        let (settings, text) = written.split_once('\n')?;
        let mut settings = settings.split('\t');
        let name = settings.next().unwrap_or_default().to_owned();
        let unit = settings.next().unwrap_or_default();
        let unit =
            UNITS.into_iter().find(|(_, name)| *name == unit).map(|(unit, _)| unit).unwrap_or_default();
        let lines = settings.next().unwrap_or_default();
        let breakpoints = lines.split(',').filter_map(|line| line.parse().ok()).collect();
        Some(Self { text: text.to_owned(), name, unit, breakpoints })
    }
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Base64 in the alphabet for addresses, without padding (RFC 4648, section 5).
fn to_base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, i| bits << 8 | u32::from(chunk.get(i).copied().unwrap_or(0)));
        for i in 0..=chunk.len() {
            out.push(char::from(DIGITS[(bits >> (18 - 6 * i) & 63) as usize]));
        }
    }
    out
}

fn from_base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.trim_end_matches('=').bytes() {
        let digit = DIGITS.iter().position(|digit| *digit == byte)?;
        bits = bits << 6 | digit as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count & 255) as u8);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        for (bytes, text) in
            [(&b""[..], ""), (b"f", "Zg"), (b"fo", "Zm8"), (b"foobar", "Zm9vYmFy"), (&[251, 255], "-_8")]
        {
            assert_eq!(to_base64(bytes), text);
            assert_eq!(from_base64(text).as_deref(), Some(bytes));
        }
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(from_base64(&to_base64(&all)), Some(all));
        assert_eq!(from_base64("a b"), None);
    }

    #[test]
    fn fragments_are_told_apart() {
        assert_eq!(Fragment::read("#lab"), None);
        assert_eq!(Fragment::read(""), None);
        assert_eq!(Fragment::read("#code=a%20b"), Some(Fragment::Plain("a%20b")));
        assert_eq!(Fragment::read(&fragment(&[1, 2, 250])), Some(Fragment::Packed(vec![1, 2, 250])));
        for broken in ["#p=", "#p=1", "#p=1.", "#p=2.AAAA", "#p=1.!!"] {
            assert_eq!(Fragment::read(broken), Some(Fragment::Broken), "{broken}");
        }
    }

    #[test]
    fn a_shared_program_keeps_its_settings() {
        let shared = Shared {
            text: "x = 1\n\ty\n".to_owned(),
            name: "A näme".to_owned(),
            unit: Unit::OptimizerStep,
            breakpoints: vec![2, 17],
        };
        assert_eq!(Shared::read(&shared.write()), Some(shared));
        let odd = Shared { name: "a\tb\nc".to_owned(), ..Shared::default() };
        assert_eq!(Shared::read(&odd.write()).expect("it is sound").name, "abc");
        assert_eq!(Shared::read("\tby moon\tx,3\ntext").expect("it is sound").breakpoints, [3]);
        assert_eq!(Shared::read("no line"), None);
    }
}
