//! A softmax regression in plain loops: a judge of digits, independent of the engine.

use datasets::batches::Batches;
use datasets::mnist::{CLASSES, Images, PIXELS};

/// Weights and biases: 10 rows of 784 and one more.
pub struct Classifier {
    weights: Vec<[f32; CLASSES]>,
    bias: [f32; CLASSES],
}

impl Classifier {
    /// Trains on the first `samples` images by SGD, from zero, on batches of 100.
    pub fn train(images: &Images, labels: &[u8], samples: usize, epochs: usize, rate: f32) -> Self {
        let mut model = Self { weights: vec![[0.0; CLASSES]; PIXELS], bias: [0.0; CLASSES] };
        let batches = Batches::new(samples, 100).expect("the size is not zero");
        for _ in 0..epochs {
            for batch in batches.iter() {
                let mut gradient = vec![[0.0; CLASSES]; PIXELS];
                let step = rate / batch.len() as f32;
                for index in batch {
                    let image = images.get(index).expect("there are so many images");
                    let mut error = model.probabilities(image);
                    error[usize::from(labels[index])] -= 1.0;
                    for (row, &value) in gradient.iter_mut().zip(image).filter(|(_, value)| **value > 0) {
                        let value = f32::from(value) / 255.0;
                        row.iter_mut().zip(error).for_each(|(sum, error)| *sum += value * error);
                    }
                    model.bias.iter_mut().zip(error).for_each(|(bias, error)| *bias -= step * error);
                }
                for (row, gradient) in model.weights.iter_mut().zip(&gradient) {
                    row.iter_mut().zip(gradient).for_each(|(weight, gradient)| *weight -= step * gradient);
                }
            }
        }
        model
    }

    /// The probability of each digit.
    pub fn probabilities(&self, image: &[u8]) -> [f32; CLASSES] {
        let mut sums = self.bias;
        for (row, &value) in self.weights.iter().zip(image).filter(|(_, value)| **value > 0) {
            let value = f32::from(value) / 255.0;
            sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += value * weight);
        }
        let most = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let powers = sums.map(|sum| (sum - most).exp());
        let total: f32 = powers.iter().sum();
        powers.map(|power| power / total)
    }

    /// The most probable digit.
    pub fn predict(&self, image: &[u8]) -> u8 {
        let scores = self.probabilities(image);
        (0..CLASSES).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or(0) as u8
    }

    /// The part of the images that is classified right, in percent.
    pub fn accuracy<I: AsRef<[u8]>>(&self, images: &[I], labels: &[u8]) -> f32 {
        let right =
            images.iter().zip(labels).filter(|(image, label)| self.predict(image.as_ref()) == **label);
        100.0 * right.count() as f32 / images.len() as f32
    }
}
