//! What can be wrong with a file.

/// The result of reading or writing a file.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a file cannot be read or written. Positions are counted in bytes from the start of the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It does not begin as files of this format do.
    #[error("this is not {format}: {why}")]
    Magic {
        /// The format that was expected.
        format: &'static str,
        /// What was looked for.
        why: &'static str,
    },
    /// A version of the format that is not known.
    #[error("version {0}.{1} of the .npy format is not known, only 1.0, 2.0 and 3.0")]
    Version(u8, u8),
    /// The file ends too early.
    #[error("the file is cut off: {what} takes {expected} bytes, but {found} are there")]
    Cut {
        /// The part that is not there as a whole.
        what: &'static str,
        /// The bytes that it takes.
        expected: u64,
        /// The bytes there are for it.
        found: u64,
    },
    /// A part is larger than is reasonable.
    #[error("{what} has {found} bytes, and may have {limit}")]
    Long {
        /// The part.
        what: &'static str,
        /// What it may have.
        limit: u64,
        /// What it claims to have.
        found: u64,
    },
    /// Something else was expected at some place.
    #[error("at byte {at}: expected {expected}, found {found}")]
    Syntax {
        /// The place.
        at: u64,
        /// What was expected.
        expected: String,
        /// What is there.
        found: String,
    },
    /// Elements of a type that is not read.
    #[error("elements of type {0} cannot be read")]
    Element(String),
    /// A value that does not fit the engine's types.
    #[error("element {index} is {value}, which int64 cannot hold")]
    Value {
        /// Its position in the file's order.
        index: usize,
        /// Its value.
        value: u64,
    },
    /// More elements than can be counted or held.
    #[error("an array of shape {0:?} is too large")]
    TooLarge(Vec<u64>),
    /// A shape and elements that do not belong together.
    #[error("a shape of {shape:?} has {expected} elements, but there are {found}")]
    Count {
        /// The shape.
        shape: Vec<usize>,
        /// Its elements.
        expected: u64,
        /// The elements there are.
        found: u64,
    },
    /// Places in the file that contradict each other, or lie outside it.
    #[error("{0}")]
    Place(String),
    /// What a file may contain in principle, but is not read or written.
    #[error("{0}")]
    Unsupported(String),
    /// Something is wrong with one of several arrays.
    #[error("'{name}': {source}")]
    In {
        /// The array's name.
        name: String,
        /// What is wrong with it.
        source: Box<Error>,
    },
}

impl Error {
    /// Says whose error it is.
    pub(crate) fn of(self, name: &str) -> Self {
        Self::In { name: name.to_owned(), source: Box::new(self) }
    }
}
