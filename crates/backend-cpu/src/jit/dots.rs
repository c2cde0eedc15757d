//! Sums of products of rows, as a gradient of weights is made of them: each of a few rows of one operand meets the same row
//! of the other, moved on by an element at a time. Four neighbours are added up side by side; whoever reads the sums adds
//! these.

use super::encode::{Function, Local, op, simd};

/// A kernel for rows that are met at `taps` places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dots {
    /// Channels of a tile.
    pub(crate) rows: usize,
    pub(crate) taps: usize,
    /// Whether products are added with one rounding where the processor can (relaxed SIMD).
    pub(crate) relaxed: bool,
}

struct Writer {
    f: Function,
    dots: Dots,
    /// A pointer to the row of each channel, and one to the row that they meet.
    channels: Vec<Local>,
    row: Local,
    sums: Vec<Local>,
    factors: Vec<Local>,
    place: Local,
    /// Rows and vectors that are left.
    lines: Local,
    vectors: Local,
}

impl Dots {
    /// The module. Its function takes `m, lines, vectors, y, ldy, x, gap, sums, ld, 0`: how many channels; how many rows,
    /// of how many vectors; where the first channel's rows are, which lie side by side, and from a channel to the next;
    /// where the rows are that they meet, and what lies between two of them; where the sums are, to which it adds, a
    /// vector for each place, and from a channel to the next. Steps are in bytes.
    pub(crate) fn module(self) -> Vec<u8> {
        let (mut f, [m, lines, vectors, y, ldy, x, gap, sums, ld, _]) = Function::new();
        let channels = (0..self.rows).map(|_| f.int()).collect();
        let (row, left, rest) = (f.int(), f.int(), f.int());
        let factors = (0..self.rows).map(|_| f.vector()).collect();
        let all = (0..self.rows * self.taps).map(|_| f.vector()).collect();
        let place = f.vector();
        let mut w =
            Writer { f, dots: self, channels, row, sums: all, factors, place, lines: left, vectors: rest };
        for rows in (1..=self.rows).rev() {
            w.f.get(m).number(rows as i32).op(op::I32_GE_U).op(op::IF).op(op::EMPTY);
            w.f.op(op::LOOP).op(op::EMPTY);
            w.tile(rows, [lines, vectors, y, ldy, x, gap, sums, ld]);
            for _ in 0..rows {
                w.f.advance_by(y, ldy);
                w.f.advance_by(sums, ld);
            }
            w.f.advance(m, -(rows as i32));
            w.f.get(m).number(rows as i32).op(op::I32_GE_U).op(op::BR_IF).op(0).op(op::END).op(op::END);
        }
        w.f.module()
    }
}

impl Writer {
    fn tile(&mut self, rows: usize, [lines, vectors, y, ldy, x, gap, sums, ld]: [Local; 8]) {
        self.each_sum(rows, sums, ld, false);
        self.point(y, ldy, rows);
        self.f.get(x).set(self.row).get(lines).set(self.lines);
        self.f.op(op::LOOP).op(op::EMPTY).get(vectors).set(self.vectors);
        self.f.op(op::LOOP).op(op::EMPTY);
        self.products(rows);
        let (lines, vectors) = (self.lines, self.vectors);
        self.f.get(vectors).number(1).op(op::I32_SUB).tee(vectors).op(op::BR_IF).op(0).op(op::END);
        self.f.advance_by(self.row, gap);
        self.f.get(lines).number(1).op(op::I32_SUB).tee(lines).op(op::BR_IF).op(0).op(op::END);
        self.each_sum(rows, sums, ld, true);
    }

    /// Lets the pointers point to channels.
    fn point(&mut self, to: Local, step: Local, rows: usize) {
        self.f.get(to).set(self.channels[0]);
        for i in 1..rows {
            self.f.get(self.channels[i - 1]).get(step).op(op::I32_ADD).set(self.channels[i]);
        }
    }

    /// Reads or writes the sums.
    fn each_sum(&mut self, rows: usize, at: Local, step: Local, write: bool) {
        self.point(at, step, rows);
        let taps = self.dots.taps;
        for i in 0..rows * taps {
            let (pointer, sum, offset) = (self.channels[i / taps], self.sums[i], 16 * (i % taps) as u32);
            if write {
                self.f.get(pointer).get(sum).memory(simd::STORE, offset);
            } else {
                self.f.get(pointer).memory(simd::LOAD, offset).set(sum);
            }
        }
    }

    /// Four elements of each channel.
    fn products(&mut self, rows: usize) {
        let taps = self.dots.taps;
        for i in 0..rows {
            self.f.get(self.channels[i]).memory(simd::LOAD, 0).set(self.factors[i]);
            self.f.advance(self.channels[i], 16);
        }
        for t in 0..taps {
            self.f.get(self.row).memory(simd::LOAD, 4 * t as u32).set(self.place);
            for i in 0..rows {
                let sum = self.sums[i * taps + t];
                self.f.get(self.factors[i]).get(self.place);
                if self.dots.relaxed {
                    self.f.get(sum).simd(simd::F32_MADD).set(sum);
                } else {
                    self.f.simd(simd::F32_MUL).get(sum).simd(simd::F32_ADD).set(sum);
                }
            }
        }
        self.f.advance(self.row, 16);
    }
}
