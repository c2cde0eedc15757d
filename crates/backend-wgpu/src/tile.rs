//! Matrix products in the registers of each invocation, for devices that are processors in disguise: there, waiting for
//! a workgroup costs more than loading twice, and each element that is loaded costs as much as ten multiplications. So a
//! tile is as large as the result allows, and its sums are variables: WGSL is written for each size.

use std::fmt::{Arguments, Write as _};

use crate::generate::PARAMS;
use crate::shaders;

/// Invocations in a workgroup.
pub(crate) const GROUP: usize = 16;

/// How four elements of an input are loaded at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fours {
    /// Not at all: one by one.
    Apart,
    /// Along the inner dimension, K: they lie side by side, and begin at a multiple of four.
    Inner,
    /// Along the other one, likewise.
    Outer,
}

/// The structure of a kernel that multiplies matrices. Sizes and strides are parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tile {
    /// Rows of results in an invocation.
    pub rows: usize,
    /// Columns, a multiple of four.
    pub columns: usize,
    /// How x [M, K] lies.
    pub x: Fours,
    /// How y [K, N] lies.
    pub y: Fours,
    /// Whether N is a multiple of four, so that results are written four at a time.
    pub whole: bool,
}

/// The sizes that are made. Others would only be compiled.
pub(crate) const SIZES: [(usize, usize); 6] = [(4, 8), (4, 12), (8, 8), (8, 12), (12, 16), (16, 16)];

/// What loading an element costs, in multiplications of four.
const LOAD: usize = 8;

/// Invocations that keep a processor busy.
const BUSY: usize = 16;

/// Fewer multiplications are done before a large tile is compiled.
const MUCH: usize = 1 << 22;

impl Tile {
    /// The tile that costs least for `batch` products `[m, k] · [k, n]`.
    pub(crate) fn new([batch, m, k, n]: [usize; 4], x: Fours, y: Fours) -> Self {
        let little = batch * m * n * k < MUCH;
        let tile = SIZES.map(|(rows, columns)| Self { rows, columns, x, y, whole: n.is_multiple_of(4) });
        let allowed = tile.into_iter().filter(|tile| !(little && tile.rows * tile.columns > 200));
        let cost = |tile: &Self| {
            let rounds = tile.invocations([batch, m, n]).div_ceil(BUSY);
            rounds * (LOAD * (tile.rows + tile.columns) + tile.rows * tile.columns)
        };
        allowed.min_by_key(cost).unwrap_or(tile[0])
    }

    /// How many invocations it takes.
    pub(crate) fn invocations(&self, [batch, m, n]: [usize; 3]) -> usize {
        batch * m.div_ceil(self.rows) * n.div_ceil(self.columns)
    }

    /// The entry point.
    pub(crate) const ENTRY: &'static str = "registers";

    /// The whole text.
    pub fn source(&self) -> String {
        let mut writer = Writer { tile: *self, text: [shaders::NUMBERS, PARAMS].concat() };
        writer.output();
        writer.sums();
        writer.results();
        writer.text
    }

    /// The text for results that a function `put` takes, which is among the `functions`.
    pub(crate) fn finished(&self, functions: &str) -> String {
        let mut writer = Writer { tile: *self, text: [shaders::NUMBERS, PARAMS, functions].concat() };
        writer.sums();
        writer.finish();
        writer.text
    }
}

/// The free words are the strides: of x along B, M and K, of y along B, K and N. more: M, N, and the tiles along each.
const MAIN: &str = "@compute @workgroup_size(16)
fn registers(
@builtin(workgroup_id) group: vec3<u32>,
@builtin(num_workgroups) groups: vec3<u32>,
@builtin(local_invocation_index) local: u32,
) {
let i = linear_group(group, groups) * 16u + local;
if i >= params.count { return; }
let above = i / params.more.w;
let batch = above / params.more.z;
let xs = params.free[0];
let ys = params.free[1];
let x_base = params.offset.x + batch * xs.x;
let y_base = params.offset.y + batch * ys.x;
";

const LANES: [char; 4] = ['x', 'y', 'z', 'w'];

struct Writer {
    tile: Tile,
    text: String,
}

impl Writer {
    fn line(&mut self, line: Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "{line}");
    }

    /// Blocks of four columns.
    fn blocks(&self) -> usize {
        self.tile.columns / 4
    }

    fn inputs(&mut self) {
        let inputs = [("x", 0, self.tile.x), ("y", 1, self.tile.y)];
        for (name, binding, fours) in inputs {
            let (element, at) =
                if fours == Fours::Apart { ("f32", "[i]") } else { ("vec4<f32>", "[i >> 2u][i & 3u]") };
            self.line(format_args!(
                "@group(0) @binding({binding}) var<storage, read> {name}: array<{element}>;\n\
                 fn {name}_one(i: u32) -> f32 {{ return {name}{at}; }}"
            ));
        }
    }

    fn output(&mut self) {
        let element = if self.tile.whole { "vec4<f32>" } else { "f32" };
        self.line(format_args!("@group(0) @binding(8) var<storage, read_write> out: array<{element}>;"));
        let write = if self.tile.whole { WRITE_WHOLE } else { WRITE_APART };
        self.text.push_str(write);
    }

    /// All that is computed.
    fn sums(&mut self) {
        self.inputs();
        self.text.push_str(MAIN);
        self.places();
        self.four_steps();
        self.one_step();
    }

    /// Where rows of x and columns of y begin, or blocks of four of them; and the sums.
    fn places(&mut self) {
        let Tile { rows, columns, x, y, .. } = self.tile;
        self.line(format_args!("let m = (above - batch * params.more.z) * {rows}u;"));
        self.line(format_args!("let n = (i - above * params.more.w) * {columns}u;"));
        if x == Fours::Outer {
            (0..rows.div_ceil(4))
                .for_each(|b| self.line(format_args!("let p{b} = x_base + m + {}u;", 4 * b)));
        } else {
            // Beyond the last row, that is computed again.
            (0..rows).for_each(|a| {
                self.line(format_args!("let p{a} = x_base + min(m + {a}u, params.more.x - 1u) * xs.y;"));
            });
        }
        if y == Fours::Outer {
            (0..columns / 4).for_each(|b| self.line(format_args!("let q{b} = y_base + n + {}u;", 4 * b)));
        } else {
            (0..columns).for_each(|c| {
                self.line(format_args!("let q{c} = y_base + min(n + {c}u, params.more.y - 1u) * ys.z;"));
            });
        }
        for a in 0..rows {
            (0..self.blocks()).for_each(|b| self.line(format_args!("var c{a}_{b} = vec4<f32>();")));
        }
        self.text.push_str("var k = 0u;\n");
    }

    /// Four rows of y, in vectors of four columns.
    fn four_rows(&mut self) {
        if self.tile.y == Fours::Inner {
            let columns = self.tile.columns;
            (0..columns).for_each(|c| self.line(format_args!("let w{c} = y[(q{c} + k) >> 2u];")));
        }
        for (step, lane) in LANES.into_iter().enumerate() {
            self.line(format_args!("let t{step} = (k + {step}u) * ys.y;"));
            for b in 0..self.blocks() {
                let value = match self.tile.y {
                    Fours::Outer => format!("y[(q{b} + t{step}) >> 2u]"),
                    Fours::Inner => four(|j| format!("w{}.{lane}", 4 * b + j)),
                    Fours::Apart => four(|j| format!("y[q{} + t{step}]", 4 * b + j)),
                };
                self.line(format_args!("let y{step}_{b} = {value};"));
            }
        }
    }

    /// Four steps along K.
    fn four_steps(&mut self) {
        self.text.push_str("for (; k + 4u <= params.length; k += 4u) {\n");
        self.four_rows();
        if self.tile.x != Fours::Inner {
            (0..4).for_each(|step| self.line(format_args!("let s{step} = (k + {step}u) * xs.z;")));
        }
        for a in 0..self.tile.rows {
            let (b, lane) = (a / 4, LANES[a % 4]);
            if self.tile.x == Fours::Outer && a % 4 == 0 {
                (0..4).for_each(|s| self.line(format_args!("let u{b}_{s} = x[(p{b} + s{s}) >> 2u];")));
            }
            let value = match self.tile.x {
                Fours::Inner => format!("x[(p{a} + k) >> 2u]"),
                Fours::Outer => four(|step| format!("u{b}_{step}.{lane}")),
                Fours::Apart => four(|step| format!("x[p{a} + s{step}]")),
            };
            self.line(format_args!("let v{a} = {value};"));
            for b in 0..self.blocks() {
                let terms: Vec<_> = (0..4).map(|s| format!("v{a}.{} * y{s}_{b}", LANES[s])).collect();
                self.line(format_args!("c{a}_{b} += {};", terms.join(" + ")));
            }
        }
        self.text.push_str("}\n");
    }

    /// One step, for what is left of K.
    fn one_step(&mut self) {
        self.text.push_str("for (; k < params.length; k += 1u) {\n");
        for b in 0..self.blocks() {
            let value = match self.tile.y {
                Fours::Outer => format!("y[(q{b} + k * ys.y) >> 2u]"),
                Fours::Inner | Fours::Apart => four(|j| format!("y_one(q{} + k * ys.y)", 4 * b + j)),
            };
            self.line(format_args!("let y{b} = {value};"));
        }
        for a in 0..self.tile.rows {
            let (b, lane) = (a / 4, LANES[a % 4]);
            if self.tile.x == Fours::Outer && a % 4 == 0 {
                self.line(format_args!("let u{b} = x[(p{b} + k * xs.z) >> 2u];"));
            }
            let value = match self.tile.x {
                Fours::Outer => format!("u{b}.{lane}"),
                Fours::Inner | Fours::Apart => format!("x_one(p{a} + k * xs.z)"),
            };
            self.line(format_args!("let v{a} = {value};"));
            (0..self.blocks()).for_each(|b| self.line(format_args!("c{a}_{b} += v{a} * y{b};")));
        }
        self.text.push_str("}\n");
    }

    fn results(&mut self) {
        for a in 0..self.tile.rows {
            for b in 0..self.blocks() {
                self.line(format_args!("write_four(batch, m + {a}u, n + {}u, c{a}_{b});", 4 * b));
            }
        }
        self.text.push_str("}\n");
    }

    /// In a loop: what becomes of a result may be long.
    fn finish(&mut self) {
        let (Tile { rows, columns, .. }, blocks) = (self.tile, self.blocks());
        let sums: Vec<String> =
            (0..rows * blocks).map(|i| format!("c{}_{}", i / blocks, i % blocks)).collect();
        self.line(format_args!(
            "var sums = array<vec4<f32>, {}>({});\n\
             for (var s = 0u; s < {}u; s += 1u) {{\n\
             let row = m + s / {columns}u;\nlet column = n + s % {columns}u;\n\
             if row < params.more.x && column < params.more.y {{ put(batch, row, column, sums[s >> 2u][s & 3u]); }}\n\
             }}\n}}",
            rows * blocks,
            sums.join(", "),
            rows * columns
        ));
    }
}

const WRITE_WHOLE: &str = "fn write_four(batch: u32, row: u32, n: u32, values: vec4<f32>) {
if row < params.more.x && n < params.more.y {
out[((batch * params.more.x + row) * params.more.y + n) >> 2u] = values;
}
}
";

const WRITE_APART: &str = "fn write_four(batch: u32, row: u32, n: u32, values: vec4<f32>) {
if row >= params.more.x { return; }
let start = (batch * params.more.x + row) * params.more.y + n;
for (var j = 0u; j < min(4u, params.more.y - min(n, params.more.y)); j += 1u) { out[start + j] = values[j]; }
}
";

/// A vector of four expressions.
fn four(lane: impl Fn(usize) -> String) -> String {
    format!("vec4<f32>({})", [0, 1, 2, 3].map(lane).join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tile_fits_the_result() {
        let size = |sizes| {
            let tile = Tile::new(sizes, Fours::Inner, Fours::Outer);
            (tile.rows, tile.columns)
        };
        assert_eq!(size([1, 512, 512, 512]), (16, 16));
        assert_eq!(size([1, 128, 784, 128]), (16, 16), "64 of them");
        assert_eq!(size([1, 128, 784, 10]), (8, 12), "16 of them, with hardly a column too many");
        assert_eq!(size([1, 10, 128, 784]), (12, 16));
        assert_eq!(size([1, 1, 784, 10]), (4, 8));
        assert_eq!(size([1, 32, 8, 32]), (8, 8), "little work is not compiled for long");
    }

    #[test]
    fn every_result_is_written_once() {
        for tile in crate::samples::tiles() {
            let writes = tile.source().matches("write_four(batch").count() - 1;
            assert_eq!(writes, tile.rows * tile.columns / 4, "{tile:?}");
        }
    }
}
