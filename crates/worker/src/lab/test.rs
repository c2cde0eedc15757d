//! The test set on its way through the program's model.

use playground::Player;
use protocol::program::{LabEvent, Misread, Tested};
use protocol::{CLASSES, Pixels};

use super::tell;
use crate::sets::Sets;

/// Images that are read at a time: what is drawn meanwhile waits for them.
const BATCH: u32 = 1000;
/// Images that were read wrong and are sent.
const MOST_WRONG: usize = 60;
/// Classes of confidence.
const TENTHS: usize = 10;

/// How far it has come.
pub(crate) struct Testing {
    tested: Tested,
    /// What each image was read as.
    read: Vec<u8>,
    /// Whether the set was asked for.
    pub(crate) asked: bool,
}

impl Testing {
    /// Nothing is read yet.
    pub(crate) fn begin() -> Self {
        let tested = Tested {
            count: 0,
            of: 0,
            loss: 0.0,
            confusion: vec![0; CLASSES * CLASSES],
            calibration: vec![(0, 0.0, 0); TENTHS],
            wrong: Vec::new(),
            error: None,
        };
        Self { tested, read: Vec::new(), asked: false }
    }

    /// There is no set to read.
    pub(crate) fn fail(&mut self, why: &str) {
        self.tested.error = Some(why.to_owned());
        self.tell();
    }

    /// What each image was read as: all, or none.
    pub(crate) fn take_read(&mut self) -> Vec<u8> {
        let complete = self.read.len() == self.tested.of as usize;
        if complete { std::mem::take(&mut self.read) } else { Vec::new() }
    }

    /// Reads some images, and tells what has come of all so far. Whether more are left.
    pub(crate) async fn slice(&mut self, player: &Player, sets: &Sets) -> bool {
        self.tested.of = sets.test.len();
        let range = self.tested.count..(self.tested.count + BATCH).min(self.tested.of);
        let batch: Vec<(u32, &[u8], u8)> = range
            .filter_map(|index| sets.test.get(index as usize).map(|(image, label)| (index, image, label)))
            .collect();
        let images: Vec<&[u8]> = batch.iter().map(|(_, image, _)| *image).collect();
        match player.read_digits(&images).await {
            Ok(rows) => batch.iter().zip(&rows).for_each(|(image, row)| self.take(*image, row)),
            Err(why) => self.tested.error = Some(why),
        }
        let tested = &mut self.tested;
        tested.count += batch.len() as u32;
        sorting::sort_by(&mut tested.wrong, |one, other| other.probability.total_cmp(&one.probability));
        tested.wrong.truncate(MOST_WRONG);
        self.tell();
        self.tested.error.is_none() && self.tested.count < self.tested.of && !batch.is_empty()
    }

    fn tell(&self) {
        tell(LabEvent::Tested(Box::new(self.tested.clone())));
    }

    fn take(&mut self, (index, image, label): (u32, &[u8], u8), row: &[f32; CLASSES]) {
        let tested = &mut self.tested;
        let best = |best: usize, digit: usize| if row[digit] > row[best] { digit } else { best };
        let read = (1..CLASSES).fold(0, best);
        let label_at = usize::from(label).min(CLASSES - 1);
        self.read.push(read as u8);
        tested.loss -= f64::from(row[label_at].max(f32::MIN_POSITIVE)).ln();
        let tenth = ((row[read] * TENTHS as f32) as usize).min(TENTHS - 1);
        let (images, confidence, right) = &mut tested.calibration[tenth];
        *images += 1;
        *confidence += f64::from(row[read]);
        *right += u32::from(read == label_at);
        tested.confusion[label_at * CLASSES + read] += 1;
        if read != label_at {
            let (read, probability) = (read as u8, row[read]);
            let image = Pixels::from(image.to_vec());
            tested.wrong.push(Misread { index, label, read, probability, image });
        }
    }
}
