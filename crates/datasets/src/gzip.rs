//! Unpacking a gzip file in slices.
//!
//! The whole compressed file is given at the start; each step unpacks a bounded number of bytes, so that a
//! worker can answer messages in between. Checks the CRC-32 and the length that the file ends with. It is not a
//! tool for archives: one member, in memory, and nothing after it.

use std::io::{BufRead, Cursor, ErrorKind, Read};

use flate2::bufread::GzDecoder;

/// What every gzip file starts with (RFC 1952, section 2.3.1).
const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// Why a file could not be unpacked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GzipError {
    /// It does not start as gzip does.
    #[error("this is not gzip: expected the bytes 1f 8b at the start, found {}", hex(found))]
    NotGzip {
        /// The first bytes, at most two.
        found: Vec<u8>,
    },
    /// The file ends before its stream does.
    #[error("the file is cut off after {len} bytes, of which {unpacked} bytes could be unpacked")]
    CutOff {
        /// The bytes that there are.
        len: usize,
        /// The bytes that came out of them.
        unpacked: usize,
    },
    /// The stream, its CRC-32 or its length is wrong.
    #[error("the gzip stream is damaged after {unpacked} unpacked bytes: {why}")]
    Damaged {
        /// The bytes that came out before.
        unpacked: usize,
        /// What the decoder says.
        why: String,
    },
    /// More follows the end of the stream.
    #[error("{extra} bytes follow the end of the gzip stream, where the file should end")]
    Trailing {
        /// How many.
        extra: usize,
    },
    /// It unpacks to more than was allowed.
    #[error("the file unpacks to more than the {limit} bytes expected")]
    TooLarge {
        /// The bytes allowed.
        limit: usize,
    },
}

fn hex(bytes: &[u8]) -> String {
    if bytes.is_empty() {
        return "nothing".to_owned();
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")
}

/// Whether these are the first bytes of a gzip file.
pub fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// How far an unpacking has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Progress {
    /// There is more to do.
    Working {
        /// The part of the compressed bytes that was read, 0 to 1.
        fraction: f32,
    },
    /// The file is complete and its checks hold: take it with [`Gunzip::into_bytes`].
    Done,
}

/// An unpacking under way.
///
/// ```
/// use datasets::gzip::{Gunzip, Progress};
///
/// # fn unpack(file: Vec<u8>) -> Result<Vec<u8>, datasets::gzip::GzipError> {
/// let mut gunzip = Gunzip::new(file, 1 << 20)?;
/// while gunzip.step(4096)? != Progress::Done {}
/// let bytes = gunzip.into_bytes();
/// # Ok(bytes)
/// # }
/// ```
#[derive(Debug)]
pub struct Gunzip {
    decoder: GzDecoder<Cursor<Vec<u8>>>,
    len: usize,
    limit: usize,
    out: Vec<u8>,
}

impl Gunzip {
    /// Starts on a whole gzip file. It may unpack to `limit` bytes at most.
    ///
    /// # Errors
    /// [`GzipError::NotGzip`], or [`GzipError::CutOff`] when even the magic bytes are incomplete.
    pub fn new(bytes: Vec<u8>, limit: usize) -> Result<Self, GzipError> {
        let len = bytes.len();
        if len < MAGIC.len() && MAGIC.starts_with(&bytes) {
            return Err(GzipError::CutOff { len, unpacked: 0 });
        }
        if !is_gzip(&bytes) {
            return Err(GzipError::NotGzip { found: bytes.into_iter().take(MAGIC.len()).collect() });
        }
        // The file says its unpacked size in its last four bytes. It may lie, so this is only a hint.
        let hint = bytes.last_chunk().map_or(0, |size| u32::from_le_bytes(*size) as usize);
        let out = Vec::with_capacity(hint.min(limit));
        Ok(Self { decoder: GzDecoder::new(Cursor::new(bytes)), len, limit, out })
    }

    /// Unpacks up to `max_output` more bytes, and at least one if there is one.
    ///
    /// # Errors
    /// All of [`GzipError`] except `NotGzip`. The unpacking is over then.
    pub fn step(&mut self, max_output: usize) -> Result<Progress, GzipError> {
        // One byte over the limit is asked for: it is what tells "too large" from "exactly full".
        let room = self.limit.saturating_add(1) - self.out.len();
        let goal = self.out.len() + max_output.max(1).min(room);
        let mut at = self.out.len();
        self.out.resize(goal, 0);
        let mut ended = false;
        while at < goal && !ended {
            match self.decoder.read(&mut self.out[at..]) {
                Ok(read) => {
                    at += read;
                    ended = read == 0;
                }
                Err(error) => return Err(self.failure(at, &error)),
            }
        }
        self.out.truncate(at);
        if at > self.limit {
            return Err(GzipError::TooLarge { limit: self.limit });
        }
        if !ended {
            return Ok(Progress::Working { fraction: self.fraction() });
        }
        let extra = self.decoder.get_mut().fill_buf().map_or(0, <[u8]>::len);
        if extra > 0 { Err(GzipError::Trailing { extra }) } else { Ok(Progress::Done) }
    }

    /// The part of the compressed bytes that was read, 0 to 1.
    pub fn fraction(&self) -> f32 {
        self.decoder.get_ref().position() as f32 / self.len as f32
    }

    /// The bytes unpacked so far: the whole file after [`Progress::Done`].
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    fn failure(&self, unpacked: usize, error: &std::io::Error) -> GzipError {
        match error.kind() {
            ErrorKind::UnexpectedEof => GzipError::CutOff { len: self.len, unpacked },
            _ => GzipError::Damaged { unpacked, why: error.to_string() },
        }
    }
}
