//! What opening the page was seen to do: the list that is kept beside this crate.
//!
//! A line for each function that was called: a number made of its name, one made of its shape, and a bit for each of its
//! points, the first in the lowest bit of the first digit. A function whose shape is another than in the list, since it or
//! what is compiled into it was changed, stays whole.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use crate::Result;
use crate::body;
use crate::program::Program;

/// The points of a function that were passed.
#[derive(Clone, Default)]
pub struct Points(Vec<u8>);

impl Points {
    pub fn contains(&self, point: u32) -> bool {
        self.0.get(point as usize / 4).is_some_and(|digit| digit >> (point % 4) & 1 == 1)
    }

    fn insert(&mut self, point: usize) {
        if self.0.len() <= point / 4 {
            self.0.resize(point / 4 + 1, 0);
        }
        self.0[point / 4] |= 1 << (point % 4);
    }
}

/// The functions that were called, by their names' numbers, with points by their shapes.
#[derive(Default)]
pub struct Seen(HashMap<u32, HashMap<u16, Points>>);

impl Seen {
    /// Reads a list.
    ///
    /// # Errors
    /// If it is none.
    pub fn read(list: &str) -> Result<Self> {
        let mut seen = Self::default();
        for line in list.lines() {
            let mut words = line.split_whitespace();
            let mut word = || words.next().ok_or_else(|| format!("a line that says too little: {line}"));
            let (number, shape) = (u32::from_str_radix(word()?, 16)?, u16::from_str_radix(word()?, 16)?);
            let digit =
                |digit: char| digit.to_digit(16).map(|digit| digit as u8).ok_or("a digit is expected");
            let points = Points(word()?.chars().map(digit).collect::<std::result::Result<_, _>>()?);
            seen.0.entry(number).or_default().insert(shape, points);
        }
        Ok(seen)
    }

    /// Whether a function of this name was called.
    pub fn has(&self, number: u32) -> bool {
        self.0.contains_key(&number)
    }

    /// The points of a function that were passed, if it was called and was the same.
    pub fn points(&self, number: u32, shape: u16) -> Option<&Points> {
        self.0.get(&number)?.get(&shape)
    }
}

/// The list for the bytes that a program has in its memory for its points (see `count`).
///
/// # Errors
/// If the program is not of the form that the compiler gives it, or there is not a byte for every point.
pub fn list(program: &Program<'_>, passed: &[u8]) -> Result<String> {
    let (mut lines, mut left) = (BTreeMap::<(u32, u16), Points>::new(), passed);
    body::each(program.bytes, |f, _, body| {
        let bytes = left.split_off(..body.points as usize).ok_or("there are more points than bytes")?;
        let Some(number) = program.number(f).filter(|_| bytes.first() == Some(&1)) else { return Ok(()) };
        let points = lines.entry((number, body.shape)).or_default();
        (0..).zip(bytes).filter(|(_, passed)| **passed == 1).for_each(|(point, _)| points.insert(point));
        Ok(())
    })?;
    let mut list = String::new();
    for ((number, shape), points) in lines {
        write!(list, "{number:08x} {shape:04x} ")?;
        for digit in points.0 {
            write!(list, "{digit:x}")?;
        }
        list.push('\n');
    }
    Ok(list)
}
