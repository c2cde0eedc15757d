//! From the grey values of a picture to ink: white on black, with the paper's own shade taken away.

/// How much darker than its paper something is that counts as ink, as a part of the way to the darkest.
const FAINT: f32 = 0.2;

/// The ink of a picture of `width` pixels a row, 0 (paper) to 255. Paper is what lies along the edge: light paper is turned dark, and its shade and the
/// shadows on it become 0.
pub fn ink(grey: &[u8], width: usize) -> Vec<u8> {
    let paper = edge_mean(grey, width);
    let is_light = paper > 127.5;
    let depth = |value: u8| if is_light { paper - f32::from(value) } else { f32::from(value) - paper };
    let deepest = grey.iter().map(|&value| depth(value)).fold(0.0, f32::max);
    if deepest <= 0.0 {
        return vec![0; grey.len()];
    }
    let ink = |&value: &u8| {
        let part = (depth(value) / deepest - FAINT) / (1.0 - FAINT);
        (part.clamp(0.0, 1.0) * 255.0).round() as u8
    };
    grey.iter().map(ink).collect()
}

/// White on black as it is, or turned so.
pub fn white_on_black(grey: &[u8], width: usize) -> Vec<u8> {
    let is_light = edge_mean(grey, width) > 127.5;
    grey.iter().map(|&value| if is_light { 255 - value } else { value }).collect()
}

/// The mean of the pixels along the edge.
fn edge_mean(grey: &[u8], width: usize) -> f32 {
    let width = width.max(1);
    let height = grey.len() / width;
    let is_edge = |at: usize| {
        let (x, y) = (at % width, at / width);
        x == 0 || y == 0 || x + 1 == width || y + 1 == height
    };
    let edge = grey.iter().enumerate().filter(|(at, _)| is_edge(*at)).map(|(_, &value)| f32::from(value));
    let (sum, count) = edge.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A dot of one value on paper of another, 5 × 5.
    fn dot(paper: u8, ink: u8) -> Vec<u8> {
        (0..25).map(|at| if at == 12 { ink } else { paper }).collect()
    }

    #[test]
    fn ink_is_white_whatever_the_paper() {
        for (paper, pen) in [(255, 0), (200, 30), (0, 255), (40, 220)] {
            let found = ink(&dot(paper, pen), 5);
            assert_eq!((found[12], found[0]), (255, 0), "{pen} on {paper}");
        }
    }

    #[test]
    fn shadows_on_the_paper_are_no_ink() {
        let mut photo = dot(220, 20);
        photo[7] = 200;
        assert_eq!(ink(&photo, 5)[7], 0);
    }

    #[test]
    fn an_empty_picture_has_no_ink() {
        assert_eq!(ink(&[180; 25], 5), [0; 25]);
        assert_eq!(ink(&[], 0), Vec::<u8>::new());
    }

    #[test]
    fn a_digit_of_the_data_set_keeps_its_greys() {
        assert_eq!(white_on_black(&dot(0, 90), 5), dot(0, 90));
        assert_eq!(white_on_black(&dot(255, 90), 5), dot(0, 165));
    }
}
