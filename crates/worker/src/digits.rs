//! Digits that the program's model reads: drawings, and the test set.

use playground::Player;
use protocol::program::{Misread, ProgramEvent, Tested};
use protocol::{CLASSES, Event, Pixels, Prediction};

use crate::pace::now;
use crate::play::post_program;
use crate::port::post;
use crate::predict::Seen;
use crate::sets::Sets;

/// Images that are read at a time: what is drawn meanwhile waits for them.
const BATCH: u32 = 1000;
/// Images that were read wrong and are sent.
const MOST_WRONG: usize = 60;

/// A drawing, read by the program's model where the run stands.
pub(crate) async fn read_drawing(player: &Player, id: u32, seen: Seen) {
    let began = now();
    let (probabilities, error) = match player.read_digits(&[&seen.image]).await {
        Ok(rows) => (rows.first().copied().unwrap_or([f32::NAN; CLASSES]), None),
        Err(why) => ([f32::NAN; CLASSES], Some(why)),
    };
    let millis = (now() - began) as f32;
    let (image, stages) = (Pixels::from(seen.image), seen.stages);
    post(&Event::Prediction(Prediction { id, probabilities, image, stages, millis, error }));
}

/// The test set on its way through the program's model.
pub(crate) struct Testing {
    tested: Tested,
    /// Whether the set was asked for.
    pub(crate) asked: bool,
}

impl Testing {
    /// Nothing is read yet.
    pub(crate) fn begin() -> Self {
        let tested =
            Tested { count: 0, of: 0, confusion: vec![0; CLASSES * CLASSES], wrong: Vec::new(), error: None };
        Self { tested, asked: false }
    }

    /// There is no set to read.
    pub(crate) fn fail(&mut self, why: &str) {
        self.tested.error = Some(why.to_owned());
        post_program(ProgramEvent::Tested(Box::new(self.tested.clone())));
    }

    /// Reads some images, and tells what has come of all so far. Whether more are left.
    pub(crate) async fn slice(&mut self, player: &Player, sets: &Sets) -> bool {
        let tested = &mut self.tested;
        tested.of = sets.test.len();
        let range = tested.count..(tested.count + BATCH).min(tested.of);
        let batch: Vec<(u32, &[u8], u8)> = range
            .filter_map(|index| sets.test.get(index as usize).map(|(image, label)| (index, image, label)))
            .collect();
        let images: Vec<&[u8]> = batch.iter().map(|(_, image, _)| *image).collect();
        match player.read_digits(&images).await {
            Ok(rows) => batch.iter().zip(&rows).for_each(|(image, row)| take(tested, *image, row)),
            Err(why) => tested.error = Some(why),
        }
        tested.count += batch.len() as u32;
        tested.wrong.sort_by(|one, other| other.probability.total_cmp(&one.probability));
        tested.wrong.truncate(MOST_WRONG);
        post_program(ProgramEvent::Tested(Box::new(tested.clone())));
        tested.error.is_none() && tested.count < tested.of && !batch.is_empty()
    }
}

fn take(tested: &mut Tested, (index, image, label): (u32, &[u8], u8), row: &[f32; CLASSES]) {
    let best = |best: usize, digit: usize| if row[digit] > row[best] { digit } else { best };
    let read = (1..CLASSES).fold(0, best);
    if let Some(cell) = tested.confusion.get_mut(usize::from(label) * CLASSES + read) {
        *cell += 1;
    }
    if read != usize::from(label) {
        let (read, probability) = (read as u8, row[read]);
        tested.wrong.push(Misread { index, label, read, probability, image: Pixels::from(image.to_vec()) });
    }
}
