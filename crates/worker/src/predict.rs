//! What the model makes of a drawing.

use datasets::digit;
use datasets::mnist::PIXELS;
use engine::{Engine, Error, Result};
use protocol::{CLASSES, Drawing, Pixels, Prediction};
use trainer::Model;

use crate::pace::now;
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

/// Shows an image to the model.
pub(crate) async fn classify(engine: &Engine, model: &Model, id: u32, image: Vec<u8>) -> Result<Prediction> {
    let began = now();
    let probabilities = probabilities(engine, model, &image).await?;
    Ok(Prediction {
        id,
        probabilities,
        image: Pixels::from(image),
        millis: (now() - began) as f32,
        error: None,
    })
}

/// The probability of each class for one image of grey values.
pub(crate) async fn probabilities(engine: &Engine, model: &Model, image: &[u8]) -> Result<[f32; CLASSES]> {
    let values: Vec<f32> = image.iter().map(|&v| f32::from(v) / 255.0).collect();
    let x = engine.tensor(values, &[1, image.len()])?;
    let out = model.probabilities(&x)?.read().await?.into_f32();
    out.try_into().map_err(|_| Error::Internal("the model has other classes than the page".to_owned()))
}
