//! What a program needs from outside: values from a device, data, files, the time.

use std::any::Any;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

/// Something that is needed from outside.
pub(crate) enum Need {
    /// A value from a device.
    Value(Wait),
    /// Anything else.
    Ask(Ask),
}

/// An answer, of a type that the one who asked knows.
pub(crate) type Answer = Rc<dyn Any>;

/// A value that a device is still computing. Awaiting it gives what the machine is to be resumed with.
pub struct Wait(pub(crate) Pin<Box<dyn Future<Output = Answer>>>);

/// A question to whoever runs the machine.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// The images and labels of MNIST: the training set, or the test set.
    Mnist {
        /// Which of the two.
        train: bool,
    },
    /// The same of a data set that the user has put in the place of MNIST; [`Reply::Done`] where there is none.
    OwnData {
        /// The name of its class: `FashionMNIST`.
        of: String,
        /// Which of the two.
        train: bool,
    },
    /// The content of a file.
    ReadFile(String),
    /// A file is to be written.
    WriteFile(String, Rc<[u8]>),
    /// Seconds since some moment: `time.time()`.
    Time,
    /// Wait for so many seconds: `time.sleep`.
    Sleep(f64),
}

/// The answer to an [`Ask`].
#[derive(Clone)]
pub enum Reply {
    /// The images, 28 × 28 bytes each, and the labels.
    Mnist {
        /// The pixels of all images.
        images: Rc<[u8]>,
        /// The digits.
        labels: Rc<[u8]>,
    },
    /// The content of a file.
    File(Rc<[u8]>),
    /// The seconds.
    Time(f64),
    /// It is done.
    Done,
    /// It could not be done, and why: `[Errno 2] No such file or directory: 'x.npy'`.
    Failed {
        /// The class of the exception: `FileNotFoundError`.
        class: &'static str,
        /// Its text.
        text: String,
    },
}
