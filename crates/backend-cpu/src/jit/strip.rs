//! The innermost part of products of matrices: some columns of a product, a few rows at a time. The sums of a tile stay
//! in registers; its rows times its columns are what the processor's registers hold.

use super::encode::{Function, Local, op, simd};

/// How the left matrix lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Lie {
    /// The elements of a row stand side by side.
    Rows,
    /// The elements of a column do.
    Columns,
}

/// A kernel for strips of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Strip {
    /// Rows of a tile.
    pub(crate) rows: usize,
    /// Vectors of columns.
    pub(crate) vectors: usize,
    pub(crate) lie: Lie,
    pub(crate) sum: Sum,
    /// Whether a list says where the rows of the right matrix are: as offsets in bytes, of 32 bits each.
    pub(crate) listed: bool,
}

/// How products are added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Sum {
    /// float32, four in a vector.
    Single,
    /// The same, with one rounding where the processor can (relaxed SIMD).
    Relaxed,
    /// float64, two in a vector.
    Double,
}

impl Sum {
    /// The bytes of an element.
    pub(crate) fn size(self) -> usize {
        if self == Self::Double { 8 } else { 4 }
    }
}

struct Writer {
    f: Function,
    strip: Strip,
    lda: Local,
    ldb: Local,
    ldc: Local,
    add: Local,
    /// A pointer to each row of a tile of `a` and `c`, or to their first one.
    pointers: Vec<Local>,
    sums: Vec<Local>,
    columns: Vec<Local>,
    factor: Local,
    /// Where `b` is, a pointer to a row of it, and to that row in the list (the same without one), and where the last one
    /// ends.
    base: Local,
    b: Local,
    at: Local,
    end: Local,
}

impl Strip {
    /// The module. Its function takes `m, k, a, lda, step, b, ldb, c, ldc, add`: how many rows and products; where the
    /// left matrix is, from a row (or column) to the next and from a tile of rows to the next; the right one, and from
    /// a row to the next; the product, likewise; and whether it is added to what is there. Steps are in bytes. With a
    /// list, `ldb` is where it is.
    pub(crate) fn module(self) -> Vec<u8> {
        let (mut f, [m, k, a, lda, step, b, ldb, c, ldc, add]) = Function::new();
        let pointers = (0..self.rows).map(|_| f.int()).collect();
        let (end, row) = (f.int(), f.int());
        let at = if self.listed { f.int() } else { row };
        let sums = (0..self.rows * self.vectors).map(|_| f.vector()).collect();
        let columns = (0..self.vectors).map(|_| f.vector()).collect();
        let factor = f.vector();
        if self.listed {
            f.get(k).number(4).op(op::I32_MUL).get(ldb).op(op::I32_ADD).set(end);
        } else {
            f.get(k).get(ldb).op(op::I32_MUL).get(b).op(op::I32_ADD).set(end);
        }
        let (strip, base) = (self, b);
        let mut w =
            Writer { f, strip, lda, ldb, ldc, add, pointers, sums, columns, factor, base, b: row, at, end };
        // Tiles of all rows as long as there are so many, then one of those that are left.
        for rows in (1..=self.rows).rev() {
            w.f.get(m)
                .number(rows as i32)
                .op(op::I32_GE_U)
                .op(op::IF)
                .op(op::EMPTY)
                .op(op::LOOP)
                .op(op::EMPTY);
            w.f.get(if self.listed { ldb } else { b }).set(w.at);
            w.tile(rows, a, c);
            w.f.advance_by(a, step);
            for _ in 0..rows {
                w.f.advance_by(c, ldc);
            }
            w.f.advance(m, -(rows as i32));
            w.f.get(m).number(rows as i32).op(op::I32_GE_U).op(op::BR_IF).op(0).op(op::END).op(op::END);
        }
        w.f.module()
    }
}

impl Writer {
    fn tile(&mut self, rows: usize, a: Local, c: Local) {
        for i in 0..rows * self.strip.vectors {
            self.f.splat(0).set(self.sums[i]);
        }
        let lda = self.lda;
        self.point(a, lda, if self.strip.lie == Lie::Rows { rows } else { 1 });
        self.f.op(op::LOOP).op(op::EMPTY);
        self.products(rows);
        let (at, ldb, end) = (self.at, self.ldb, self.end);
        if self.strip.listed {
            self.f.get(at).number(4);
        } else {
            self.f.get(at).get(ldb);
        }
        self.f.op(op::I32_ADD).tee(at).get(end).op(op::I32_NE).op(op::BR_IF).op(0).op(op::END);
        self.store(rows, c);
    }

    /// Lets the first pointers point to rows.
    fn point(&mut self, to: Local, step: Local, rows: usize) {
        self.f.get(to).set(self.pointers[0]);
        for i in 1..rows {
            self.f.get(self.pointers[i - 1]).get(step).op(op::I32_ADD).set(self.pointers[i]);
        }
    }

    /// One column of `a` times one row of `b`.
    fn products(&mut self, rows: usize) {
        let Strip { vectors, lie, sum: kind, listed, .. } = self.strip;
        if listed {
            self.f.get(self.at).load(0).get(self.base).op(op::I32_ADD).set(self.b);
        }
        let size = kind.size();
        let factor = if kind == Sum::Double { simd::LOAD64_SPLAT } else { simd::LOAD32_SPLAT };
        for v in 0..vectors {
            self.f.get(self.b).memory(simd::LOAD, 16 * v as u32).set(self.columns[v]);
        }
        for i in 0..rows {
            let (pointer, offset) = match lie {
                Lie::Rows => (self.pointers[i], 0),
                Lie::Columns => (self.pointers[0], (size * i) as u32),
            };
            self.f.get(pointer).memory(factor, offset).set(self.factor);
            for v in 0..vectors {
                let sum = self.sums[i * vectors + v];
                self.f.get(self.factor).get(self.columns[v]);
                match kind {
                    Sum::Single => self.f.simd(simd::F32_MUL).get(sum).simd(simd::F32_ADD),
                    Sum::Relaxed => self.f.get(sum).simd(simd::F32_MADD),
                    Sum::Double => self.f.simd(simd::F64_MUL).get(sum).simd(simd::F64_ADD),
                };
                self.f.set(sum);
            }
        }
        match lie {
            Lie::Rows => {
                for i in 0..rows {
                    self.f.advance(self.pointers[i], size as i32);
                }
            }
            Lie::Columns => {
                self.f.advance_by(self.pointers[0], self.lda);
            }
        }
    }

    fn store(&mut self, rows: usize, c: Local) {
        let ldc = self.ldc;
        self.point(c, ldc, rows);
        let vectors = self.strip.vectors;
        let add = if self.strip.sum == Sum::Double { simd::F64_ADD } else { simd::F32_ADD };
        self.f.get(self.add).op(op::IF).op(op::EMPTY);
        for i in 0..rows * vectors {
            let (pointer, sum) = (self.pointers[i / vectors], self.sums[i]);
            let offset = 16 * (i % vectors) as u32;
            self.f.get(sum).get(pointer).memory(simd::LOAD, offset).simd(add).set(sum);
        }
        self.f.op(op::END);
        for i in 0..rows * vectors {
            let (pointer, sum) = (self.pointers[i / vectors], self.sums[i]);
            self.f.get(pointer).get(sum).memory(simd::STORE, 16 * (i % vectors) as u32);
        }
    }
}
