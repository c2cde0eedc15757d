//! Places in a program's text.

pub use engine::Span;

/// The line of a byte of `text`, counted from 1.
pub fn line_of(text: &str, byte: u32) -> u32 {
    let end = (byte as usize).min(text.len());
    1 + text.as_bytes()[..end].iter().filter(|&&b| b == b'\n').count() as u32
}
