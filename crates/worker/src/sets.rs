//! The two halves of the data set: MNIST's, as they were loaded, and the user's, which take their place.

use std::rc::Rc;

use datasets::mnist::{File, Images, Labels, Part};
use lang::Reply;
use protocol::OwnData;

/// The pixels of all images, and their labels.
type Bytes = (Rc<[u8]>, Rc<[u8]>);

/// Images and labels: either may still be missing.
#[derive(Default)]
struct Pair {
    images: Option<Images>,
    labels: Option<Labels>,
}

impl Pair {
    fn insert(&mut self, part: Part) {
        match part {
            Part::Images(images) => self.images = Some(images),
            Part::Labels(labels) => self.labels = Some(labels),
        }
    }

    fn is_complete(&self) -> bool {
        self.images.is_some() && self.labels.is_some()
    }

    fn len(&self) -> u32 {
        self.labels.as_ref().filter(|_| self.is_complete()).map_or(0, |labels| labels.as_slice().len() as u32)
    }
}

/// One half: the training set, or the test set.
#[derive(Default)]
pub(crate) struct Half {
    mnist: Pair,
    own: Pair,
}

impl Half {
    /// What is used.
    fn pair(&self) -> &Pair {
        if self.own.is_complete() { &self.own } else { &self.mnist }
    }

    /// Whether images and labels are here.
    pub(crate) fn is_complete(&self) -> bool {
        self.pair().is_complete()
    }

    /// The number of images, if all are here.
    pub(crate) fn len(&self) -> u32 {
        self.pair().len()
    }

    /// One image and its label.
    pub(crate) fn get(&self, index: usize) -> Option<(&[u8], u8)> {
        let Pair { images, labels } = self.pair();
        Some((images.as_ref()?.get(index)?, *labels.as_ref()?.as_slice().get(index)?))
    }

    /// The pixels of all images and their labels, once both are here.
    pub(crate) fn all(&self) -> Option<Bytes> {
        let Pair { images, labels } = self.pair();
        Some((Rc::clone(&images.as_ref()?.pixels), labels.as_ref()?.shared()))
    }

    /// The user's images and labels, if both are here.
    pub(crate) fn own(&self) -> Option<Bytes> {
        self.own.is_complete().then(|| self.all()).flatten()
    }

    /// Takes a file of the user's. One that does not fit what is here of the other kind takes the place of that.
    fn take(&mut self, part: Part) {
        let other = match &part {
            Part::Images(images) => {
                self.own.labels.take_if(|labels| labels.as_slice().len() == images.count).map(Part::Labels)
            }
            Part::Labels(labels) => {
                self.own.images.take_if(|images| images.count == labels.as_slice().len()).map(Part::Images)
            }
        };
        self.own = Pair::default();
        self.own.insert(part);
        if let Some(other) = other {
            self.own.insert(other);
        }
    }

    /// What waits for what belongs to it, in words.
    fn waiting(&self, of: &str) -> Option<String> {
        match (&self.own.images, &self.own.labels) {
            (Some(images), None) => Some(format!("{} {of} images wait for their labels", images.count)),
            (None, Some(labels)) => {
                Some(format!("{} {of} labels wait for their images", labels.as_slice().len()))
            }
            (Some(_), Some(_)) | (None, None) => None,
        }
    }
}

/// Both halves.
#[derive(Default)]
pub(crate) struct Sets {
    pub(crate) train: Half,
    pub(crate) test: Half,
}

impl Sets {
    /// The training set, or the test set.
    pub(crate) fn half(&self, train: bool) -> &Half {
        if train { &self.train } else { &self.test }
    }

    /// Takes in a file of MNIST.
    pub(crate) fn insert(&mut self, file: File, part: Part) {
        let half = match file {
            File::TrainImages | File::TrainLabels => &mut self.train,
            File::TestImages | File::TestLabels => &mut self.test,
        };
        half.mnist.insert(part);
    }

    /// Whether a file of MNIST is here, or is not needed.
    pub(crate) fn has(&self, file: File) -> bool {
        let half = match file {
            File::TrainImages | File::TrainLabels => &self.train,
            File::TestImages | File::TestLabels => &self.test,
        };
        let is_here =
            if file.has_images() { half.mnist.images.is_some() } else { half.mnist.labels.is_some() };
        is_here || half.own.is_complete()
    }

    /// Takes a file of the user's, for the training set or the test set.
    pub(crate) fn take(&mut self, train: bool, part: Part) {
        if train { &mut self.train } else { &mut self.test }.take(part);
    }

    /// Puts MNIST back.
    pub(crate) fn forget_own(&mut self) {
        self.train.own = Pair::default();
        self.test.own = Pair::default();
    }

    /// What is the user's.
    pub(crate) fn own(&self) -> OwnData {
        let count = |half: &Half| half.own.is_complete().then(|| half.own.len());
        let waiting = [self.train.waiting("training"), self.test.waiting("test")];
        OwnData {
            train: count(&self.train),
            test: count(&self.test),
            waiting: waiting.into_iter().flatten().collect(),
        }
    }
}

/// What a program is answered that asks for a half of the data set, once that is here.
pub(crate) fn mnist(sets: &Sets, train: bool) -> Option<Reply> {
    let (images, labels) = sets.half(train).all()?;
    Some(Reply::Mnist { images, labels })
}

/// What one is answered that asks for data of the user's.
pub(crate) fn own_data(sets: &Sets, train: bool) -> Reply {
    sets.half(train).own().map_or(Reply::Done, |(images, labels)| Reply::Mnist { images, labels })
}
