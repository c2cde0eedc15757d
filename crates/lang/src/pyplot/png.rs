//! Pixels as a PNG in a `data:` URL: for images of a few thousand pixels in an SVG.

use crate::png::encode;

/// The URL of an image of so many columns and rows, four bytes a pixel.
pub(super) fn url(columns: usize, rows: usize, rgba: &[u8]) -> String {
    format!("data:image/png;base64,{}", base64(&encode(rgba, 4, columns, rows)))
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len() / 3 * 4 + 4);
    for group in bytes.chunks(3) {
        let bits =
            group.iter().fold(0u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - group.len()));
        for i in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * i) & 63) as usize];
            text.push(if i <= group.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_those_of_the_standard() {
        assert_eq!([base64(b"M"), base64(b"Ma"), base64(b"Man")], ["TQ==", "TWE=", "TWFu"]);
        assert!(url(1, 1, &[255, 0, 0, 255]).starts_with("data:image/png;base64,iVBORw0KGgo"));
    }
}
