//! Images of the data set, to be looked at.

use protocol::Sample;
use protocol::program::{Browse, Images, LabEvent};

use crate::sets::Sets;

/// Images that are sent at a time.
const PAGE: usize = 60;

/// The images that are asked for, with what they were read as if that is known.
pub(crate) fn images(browse: Browse, sets: &Sets, read: &[u8]) -> LabEvent {
    let half = if browse.train { &sets.train } else { &sets.test };
    let known = |index: u32| if browse.train { None } else { read.get(index as usize).copied() };
    let wanted = |index: &u32| {
        let Some((_, label)) = half.get(*index as usize) else { return false };
        browse.digit.is_none_or(|digit| digit == label)
            && browse.right.is_none_or(|right| known(*index).is_some_and(|read| (read == label) == right))
    };
    let all: Vec<u32> = (0..half.len()).filter(wanted).collect();
    let shown = all.iter().skip(browse.skip as usize).take(PAGE);
    let (mut images, mut read) = (Vec::new(), Vec::new());
    for &index in shown {
        if let Some((image, label)) = half.get(index as usize) {
            images.push(Sample { index, label, image: image.to_vec().into() });
            read.push(known(index));
        }
    }
    LabEvent::Images(Box::new(Images { browse, of: all.len() as u32, images, read }))
}
