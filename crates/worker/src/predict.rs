//! From a drawing to the image that a model is shown.

use datasets::digit;
use datasets::mnist::PIXELS;
use protocol::Drawing;

use crate::sets::Sets;

/// The image that the model is shown: `None` for an image that is not here (yet).
pub(crate) fn image(drawing: &Drawing, sets: &Sets) -> Option<Vec<u8>> {
    match drawing {
        Drawing::Sample { index } => sets.test.get(*index as usize).map(|(image, _)| image.to_vec()),
        Drawing::Strokes(strokes) => {
            let strokes: Vec<digit::Stroke> = strokes
                .iter()
                .map(|s| digit::Stroke {
                    width: s.width,
                    points: s.points.iter().map(|p| (p.x, p.y)).collect(),
                })
                .collect();
            // Without ink the model sees an empty page.
            Some(digit::from_strokes(&strokes).map_or_else(|| vec![0; PIXELS], |digit| digit.image.to_vec()))
        }
    }
}
