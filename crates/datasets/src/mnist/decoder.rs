//! From the bytes of a file, as they came from a server, to images or labels.
//!
//! In short steps: look at the first bytes, checksum, unpack, read. The checksum of the packed file settles
//! everything at once. Where it differs, the file may still be MNIST in another compression, or unpacked by the
//! server on its way; then the checksum of what is inside decides.

use super::checksum::Hashing;
use super::{File, Images, Labels};
use crate::gzip::{self, Gunzip, GzipError, Progress};
use crate::idx::{self, Idx, IdxError};

/// Bytes hashed or unpacked in a step: a few milliseconds of work in a browser.
const STEP_BYTES: usize = 512 << 10;

/// What a file turned out to be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A web page: what a server sends when it has no such file, and says that all is well.
    #[error("a web page came instead of the file")]
    Html,
    /// Neither gzip nor IDX.
    #[error("this is neither gzip nor IDX: it starts with {}", start(.0))]
    NotGzip(Vec<u8>),
    /// It ends too early, or its gzip stream is damaged.
    #[error("{0}")]
    Corrupt(String),
    /// It can be unpacked, but is not the file that was meant.
    #[error("the checksum is wrong: this is not the original file")]
    Checksum,
    /// It can be unpacked, but is no sound IDX file, or one of another shape.
    #[error(transparent)]
    Idx(#[from] IdxError),
}

fn start(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")
}

/// The content of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Of a file of images.
    Images(Images),
    /// Of a file of labels.
    Labels(Labels),
}

/// What a step led to.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// There is more to do.
    Working {
        /// The part that is done, 0 to 1; it never goes back.
        fraction: f32,
    },
    /// All is done; a decoder is not stepped after this.
    Done(Part),
}

/// A file being decoded.
///
/// ```
/// use datasets::mnist::{Decoder, File, Part, Problem, Step};
///
/// fn decode(file: File, bytes: Vec<u8>) -> Result<Part, Problem> {
///     let mut decoder = Decoder::new(file, bytes);
///     loop {
///         match decoder.step()? {
///             Step::Working { fraction } => println!("{:.0} %", 100.0 * fraction),
///             Step::Done(part) => return Ok(part),
///         }
///     }
/// }
/// # assert_eq!(decode(File::TestLabels, b"<!doctype html>".to_vec()), Err(Problem::Html));
/// ```
#[derive(Debug)]
pub struct Decoder {
    file: File,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    /// Checksum of the bytes as they came, if these are gzip.
    HashPacked {
        bytes: Vec<u8>,
        hashing: Hashing,
    },
    Unpack {
        gunzip: Gunzip,
        trusted: bool,
    },
    HashUnpacked {
        bytes: Vec<u8>,
        hashing: Hashing,
    },
    Read {
        bytes: Vec<u8>,
    },
    Failed(Problem),
}

impl Decoder {
    /// Starts on the bytes of a file: gzip, or the IDX in it where the server has unpacked it already.
    pub fn new(file: File, bytes: Vec<u8>) -> Self {
        let stage = sniff(file, bytes).unwrap_or_else(Stage::Failed);
        Self { file, stage }
    }

    /// Does a few milliseconds of work.
    ///
    /// # Errors
    /// What is wrong with the file. Further steps say the same.
    pub fn step(&mut self) -> Result<Step, Problem> {
        // A step that fails or finishes leaves this behind.
        let over = Stage::Failed(Problem::Corrupt("the file was decoded before".to_owned()));
        match std::mem::replace(&mut self.stage, over) {
            Stage::Read { bytes } => self.read(bytes).map(Step::Done),
            stage => match self.advance(stage) {
                Ok(stage) => {
                    let fraction = stage.fraction();
                    self.stage = stage;
                    Ok(Step::Working { fraction })
                }
                Err(problem) => Err(problem),
            },
        }
        .inspect_err(|problem| self.stage = Stage::Failed(problem.clone()))
    }

    /// One slice of any stage but the last.
    fn advance(&self, stage: Stage) -> Result<Stage, Problem> {
        let facts = self.file.facts();
        Ok(match stage {
            Stage::HashPacked { bytes, mut hashing } => match hashing.step(&bytes, STEP_BYTES) {
                None => Stage::HashPacked { bytes, hashing },
                Some(checksum) => {
                    let gunzip = Gunzip::new(bytes, self.file.unpacked_len()).map_err(unpacking)?;
                    Stage::Unpack { gunzip, trusted: checksum == facts.packed }
                }
            },
            Stage::Unpack { mut gunzip, trusted } => match gunzip.step(STEP_BYTES).map_err(unpacking)? {
                Progress::Working { .. } => Stage::Unpack { gunzip, trusted },
                Progress::Done if trusted => Stage::Read { bytes: gunzip.into_bytes() },
                Progress::Done => {
                    let bytes = gunzip.into_bytes();
                    idx::check(&bytes, &self.file.shape())?;
                    Stage::HashUnpacked { bytes, hashing: Hashing::default() }
                }
            },
            Stage::HashUnpacked { bytes, mut hashing } => match hashing.step(&bytes, STEP_BYTES) {
                None => Stage::HashUnpacked { bytes, hashing },
                Some(checksum) if checksum == facts.unpacked => Stage::Read { bytes },
                Some(_) => return Err(Problem::Checksum),
            },
            Stage::Read { bytes } => Stage::Read { bytes },
            Stage::Failed(problem) => return Err(problem),
        })
    }

    fn read(&self, bytes: Vec<u8>) -> Result<Part, Problem> {
        let (idx, count) = (Idx::parse(bytes)?, self.file.count());
        Ok(if self.file.has_images() {
            Part::Images(Images::from_idx(idx, count)?)
        } else {
            Part::Labels(Labels::from_idx(idx, count)?)
        })
    }
}

impl Stage {
    /// The part that is done when this stage is under way, by the time each takes.
    fn fraction(&self) -> f32 {
        match self {
            Self::HashPacked { bytes, hashing } => 0.15 * hashing.fraction(bytes),
            Self::Unpack { gunzip, trusted } => 0.15 + if *trusted { 0.85 } else { 0.35 } * gunzip.fraction(),
            Self::HashUnpacked { bytes, hashing } => 0.5 + 0.5 * hashing.fraction(bytes),
            Self::Read { .. } | Self::Failed(_) => 1.0,
        }
    }
}

/// Decodes a file without a pause, where nothing waits for answers meanwhile.
///
/// # Errors
/// What is wrong with the file.
pub fn decode(file: File, bytes: Vec<u8>) -> Result<Part, Problem> {
    let mut decoder = Decoder::new(file, bytes);
    loop {
        if let Step::Done(part) = decoder.step()? {
            return Ok(part);
        }
    }
}

/// What kind of bytes these are, by how they start.
fn sniff(file: File, bytes: Vec<u8>) -> Result<Stage, Problem> {
    let hashing = Hashing::default();
    if is_html(&bytes) {
        Err(Problem::Html)
    } else if bytes.is_empty() {
        Err(Problem::Corrupt("the file is empty".to_owned()))
    } else if idx::is_idx(&bytes) {
        // Served unpacked. A short file was cut off on its way, rather than made wrong.
        match idx::check(&bytes, &file.shape()) {
            Err(cut @ IdxError::Truncated { .. }) => Err(Problem::Corrupt(cut.to_string())),
            Err(unsound) => Err(unsound.into()),
            Ok(()) => Ok(Stage::HashUnpacked { bytes, hashing }),
        }
    } else if gzip::is_gzip(&bytes) || bytes.len() < 2 {
        Ok(Stage::HashPacked { bytes, hashing })
    } else {
        Err(Problem::NotGzip(bytes.into_iter().take(4).collect()))
    }
}

/// Whether the first thing in the file is a tag, behind a byte order mark or white space.
fn is_html(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    text.trim_ascii_start().starts_with(b"<")
}

fn unpacking(error: GzipError) -> Problem {
    match error {
        GzipError::NotGzip { found } => Problem::NotGzip(found),
        // Complete and sound, but more than the file that was meant.
        GzipError::TooLarge { .. } => Problem::Checksum,
        cut @ (GzipError::CutOff { .. } | GzipError::Damaged { .. } | GzipError::Trailing { .. }) => {
            Problem::Corrupt(cut.to_string())
        }
    }
}
