//! Unpacking a gzip file in slices.
//!
//! The whole compressed file is given at the start; each step unpacks a bounded number of bytes, so that a
//! worker can answer messages in between. Checks the CRC-32 and the length that the file ends with. It is not a
//! tool for archives: one member, in memory, and nothing after it.

use std::fmt;

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use crate::crc32::Crc32;

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
        /// What is wrong.
        why: &'static str,
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
pub struct Gunzip {
    bytes: Vec<u8>,
    /// The compressed bytes that were read.
    read: usize,
    inflate: Box<DecompressorOxide>,
    crc: Crc32,
    limit: usize,
    out: Vec<u8>,
    done: bool,
}

impl fmt::Debug for Gunzip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gunzip").field("read", &self.read).field("unpacked", &self.out.len()).finish()
    }
}

impl Gunzip {
    /// Starts on a whole gzip file. It may unpack to `limit` bytes at most.
    ///
    /// # Errors
    /// [`GzipError::NotGzip`], or what is wrong with the header.
    pub fn new(bytes: Vec<u8>, limit: usize) -> Result<Self, GzipError> {
        if bytes.len() < MAGIC.len() && MAGIC.starts_with(&bytes) {
            return Err(GzipError::CutOff { len: bytes.len(), unpacked: 0 });
        }
        if !is_gzip(&bytes) {
            return Err(GzipError::NotGzip { found: bytes.into_iter().take(MAGIC.len()).collect() });
        }
        let mut crc = Crc32::new();
        let read = skip_header(&bytes, &mut crc)?;
        // The file says its unpacked size in its last four bytes. It may lie, so this is only a hint.
        let hint = bytes.last_chunk().map_or(0, |size| u32::from_le_bytes(*size) as usize);
        let out = Vec::with_capacity(hint.min(limit));
        Ok(Self { bytes, read, inflate: Box::default(), crc, limit, out, done: false })
    }

    /// Unpacks up to `max_output` more bytes, and at least one if there is one.
    ///
    /// # Errors
    /// All of [`GzipError`] except `NotGzip`. The unpacking is over then.
    pub fn step(&mut self, max_output: usize) -> Result<Progress, GzipError> {
        if self.done {
            return Ok(Progress::Done);
        }
        let at = self.out.len();
        // One byte over the limit is asked for: it is what tells "too large" from "exactly full".
        let room = self.limit.saturating_add(1) - at;
        self.out.resize(at + max_output.max(1).min(room), 0);
        let (status, read, written) = decompress(
            &mut self.inflate,
            &self.bytes[self.read..],
            &mut self.out,
            at,
            TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
        );
        self.read += read;
        self.out.truncate(at + written);
        self.crc.update(&self.out[at..]);
        if self.out.len() > self.limit {
            return Err(GzipError::TooLarge { limit: self.limit });
        }
        match status {
            TINFLStatus::HasMoreOutput => Ok(Progress::Working { fraction: self.fraction() }),
            TINFLStatus::Done => self.finish(),
            TINFLStatus::NeedsMoreInput | TINFLStatus::FailedCannotMakeProgress => Err(self.cut_off()),
            // Every other status is a failure; the crate may add more of them.
            _ => Err(self.damaged("its compressed data make no sense")),
        }
    }

    /// The part of the compressed bytes that was read, 0 to 1.
    pub fn fraction(&self) -> f32 {
        self.read as f32 / self.bytes.len() as f32
    }

    /// The bytes unpacked so far: the whole file after [`Progress::Done`].
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// Checks what follows the compressed data: the CRC-32 of the content, and its length.
    fn finish(&mut self) -> Result<Progress, GzipError> {
        let Some((crc, rest)) = self.bytes[self.read..].split_first_chunk() else {
            return Err(self.cut_off());
        };
        let Some((len, rest)) = rest.split_first_chunk() else { return Err(self.cut_off()) };
        if u32::from_le_bytes(*crc) != self.crc.value() {
            return Err(self.damaged("its CRC-32 is wrong"));
        }
        // The length is kept modulo 2^32.
        if u32::from_le_bytes(*len) != self.out.len() as u32 {
            return Err(self.damaged("its length is wrong"));
        }
        if !rest.is_empty() {
            return Err(GzipError::Trailing { extra: rest.len() });
        }
        self.done = true;
        Ok(Progress::Done)
    }

    fn cut_off(&self) -> GzipError {
        GzipError::CutOff { len: self.bytes.len(), unpacked: self.out.len() }
    }

    fn damaged(&self, why: &'static str) -> GzipError {
        GzipError::Damaged { unpacked: self.out.len(), why }
    }
}

/// Finds where the header ends (RFC 1952, section 2.3), and leaves `crc` fresh. Names and comments are passed
/// over; the header's checksum, if it has one, must be right.
fn skip_header(bytes: &[u8], crc: &mut Crc32) -> Result<usize, GzipError> {
    const HEADER_CRC: u8 = 1 << 1;
    const EXTRA: u8 = 1 << 2;
    const NAME: u8 = 1 << 3;
    const COMMENT: u8 = 1 << 4;
    const RESERVED: u8 = 0b1110_0000;
    const DEFLATE: u8 = 8;
    let cut_off = || GzipError::CutOff { len: bytes.len(), unpacked: 0 };
    let Some(&[_, _, method, flags, ..]) = bytes.first_chunk::<10>() else { return Err(cut_off()) };
    if method != DEFLATE || flags & RESERVED != 0 {
        return Err(GzipError::Damaged { unpacked: 0, why: "its header is of an unknown kind" });
    }
    let short_at = |at: usize| bytes.get(at..).and_then(<[u8]>::first_chunk).map(|b| u16::from_le_bytes(*b));
    let mut at = 10;
    if flags & EXTRA != 0 {
        at += 2 + usize::from(short_at(at).ok_or_else(cut_off)?);
    }
    for text in [NAME, COMMENT] {
        if flags & text != 0 {
            let len = bytes.get(at..).and_then(|rest| rest.iter().position(|&byte| byte == 0));
            at += 1 + len.ok_or_else(cut_off)?;
        }
    }
    if flags & HEADER_CRC != 0 {
        let stored = short_at(at).ok_or_else(cut_off)?;
        crc.update(&bytes[..at]);
        if stored != crc.value() as u16 {
            return Err(GzipError::Damaged { unpacked: 0, why: "its header's checksum is wrong" });
        }
        crc.reset();
        at += 2;
    }
    if at > bytes.len() { Err(cut_off()) } else { Ok(at) }
}
