//! Shaders for programs: WGSL is written for each structure that comes up, with the functions of `shaders/map.wgsl`
//! and, for folds, the loops of `shaders/reduce.wgsl`. Sizes, strides and numbers are parameters, so that a shader fits
//! many tensors; which inputs lie densely, and how many dimensions are walked, is part of the structure.

use std::fmt::Write as _;
use std::rc::Rc;

use engine::program::Program;
use engine::{DType, Reduce, Result};

use crate::params::FREE;
use crate::reached::reached;
use crate::shaders;
use crate::wgsl;

/// An invocation that folds takes four elements at a time if it takes at most so many steps to work out one, none of them
/// heavy: their code is compiled five times.
const SHORT: usize = 8;

/// The structure of a generated kernel.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Generated {
    /// What is computed for each element.
    pub program: Rc<Program>,
    /// How each input lies.
    pub inputs: Vec<Lie>,
    /// Dimensions that results are walked by.
    pub outer: usize,
    /// Dimensions that are folded.
    pub inner: usize,
    /// What becomes of the elements.
    pub form: Form,
}

/// How an input lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lie {
    /// One number, which is a parameter.
    Scalar,
    /// Element after element.
    Dense,
    /// With strides, which are parameters.
    Strided,
    /// With strides, but four neighbours side by side, from a multiple of four on.
    Fours,
    /// With strides, but four neighbours are one element.
    Same,
}

impl Lie {
    /// Whether it takes coordinates to find an element.
    pub(crate) fn is_walked(self) -> bool {
        match self {
            Self::Scalar | Self::Dense => false,
            Self::Strided | Self::Fours | Self::Same => true,
        }
    }
}

/// What becomes of the elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// They are written, one by each invocation.
    Map,
    /// They are written, four by each invocation. No input is strided in another way than by four.
    Map4,
    /// They are folded, by one invocation for each result.
    Serial(Reduce),
    /// They are folded, by a small workgroup for each result.
    Row(Reduce),
    /// They are folded, by a workgroup for each result or part of it.
    Tree(Reduce),
}

impl Generated {
    /// How many buffers it reads and writes.
    pub fn buffers(&self) -> (usize, usize) {
        let read = self.inputs.iter().filter(|&&lie| lie != Lie::Scalar).count();
        (read, self.program.outputs.len())
    }

    /// The entry point.
    pub fn entry(&self) -> &'static str {
        match self.form {
            Form::Map | Form::Map4 => "main",
            Form::Serial(_) if self.program.heavy() == 0 && self.program.steps.len() <= SHORT => "serial",
            Form::Serial(_) => "serial_one",
            Form::Row(_) => "row",
            Form::Tree(_) => "tree",
        }
    }

    /// The override constants: only folds have any.
    ///
    /// # Errors
    /// For dtypes that the device does not fold.
    pub fn constants(&self) -> Result<Vec<(&'static str, f64)>> {
        match self.form {
            Form::Map | Form::Map4 => Ok(Vec::new()),
            Form::Serial(op) | Form::Row(op) | Form::Tree(op) => {
                let dtype = self.program.dtypes()[self.program.outputs[0]];
                Ok(shaders::Variant::reduce(op, dtype, self.entry())?.constants().to_vec())
            }
        }
    }

    /// The text: what is computed, and what that calls.
    ///
    /// # Errors
    /// For functions and dtypes that the device has not.
    pub fn source(&self) -> Result<String> {
        let mut text = String::from(shaders::NUMBERS);
        text.push_str(shaders::MATH);
        text.push_str(shaders::MAP);
        text.push_str(PARAMS);
        let writer = Writer { kernel: self, dtypes: self.program.dtypes(), text };
        Ok(reached(&writer.finish()?, self.entry()))
    }
}

pub(crate) const PARAMS: &str = "struct Params {
count: u32,
outer: u32,
ndim: u32,
length: u32,
offset: vec4<u32>,
more: vec4<u32>,
rest: vec4<u32>,
free: array<vec4<u32>, 28>,
}
@group(0) @binding(16) var<uniform> params: Params;
";

/// The free word number `i` of the parameters.
fn word(i: usize) -> String {
    format!("params.free[{}].{}", i / 4, ['x', 'y', 'z', 'w'][i % 4])
}

/// Where the parameters of a kernel stand among the free words, in this order: the offset or the number of each
/// input; the sizes of the dimensions; the strides of each strided input.
pub(crate) struct Words {
    /// Dimensions.
    ndim: usize,
    inputs: usize,
}

impl Words {
    pub(crate) fn new(kernel: &Generated) -> Self {
        Self { ndim: kernel.outer + kernel.inner, inputs: kernel.inputs.len() }
    }

    pub(crate) fn input(&self, k: usize) -> usize {
        k
    }

    pub(crate) fn size(&self, d: usize) -> usize {
        self.inputs + d
    }

    /// `strided` counts the strided inputs before this one.
    pub(crate) fn stride(&self, strided: usize, d: usize) -> usize {
        self.inputs + self.ndim * (1 + strided) + d
    }

    /// Whether so many inputs fit, of which so many are strided.
    pub(crate) fn fit(&self, strided: usize) -> bool {
        self.inputs + self.ndim * (1 + strided) <= FREE
    }
}

struct Writer<'a> {
    kernel: &'a Generated,
    dtypes: Vec<DType>,
    text: String,
}

impl Writer<'_> {
    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "{line}");
    }

    fn finish(mut self) -> Result<String> {
        let wide = self.kernel.form == Form::Map4;
        let element = |dtype: DType| {
            if wide { wgsl::stored_by_four(dtype) } else { wgsl::stored(dtype).map(str::to_owned) }
        };
        let mut binding = 0;
        for k in 0..self.kernel.inputs.len() {
            let lie = self.kernel.inputs[k];
            let name = if lie == Lie::Same {
                wgsl::stored(self.dtypes[k])?.to_owned()
            } else {
                element(self.dtypes[k])?
            };
            if lie != Lie::Scalar {
                self.line(format_args!(
                    "@group(0) @binding({binding}) var<storage, read> x{k}: array<{name}>;"
                ));
                binding += 1;
            }
        }
        match self.kernel.form {
            Form::Map | Form::Map4 => self.map(element)?,
            Form::Serial(_) | Form::Row(_) | Form::Tree(_) => self.fold()?,
        }
        Ok(self.text)
    }

    fn map(&mut self, element: impl Fn(DType) -> Result<String>) -> Result<()> {
        for (j, &r) in self.kernel.program.outputs.iter().enumerate() {
            let name = element(self.dtypes[r])?;
            self.line(format_args!(
                "@group(0) @binding({}) var<storage, read_write> o{j}: array<{name}>;",
                8 + j
            ));
        }
        self.text.push_str(MAIN);
        let wide = self.kernel.form == Form::Map4;
        self.coordinates(if wide { "(i << 2u)" } else { "i" }, 0, self.kernel.outer);
        for k in 0..self.kernel.inputs.len() {
            let at = match self.kernel.inputs[k] {
                Lie::Scalar => String::new(),
                Lie::Dense if wide => format!("({} >> 2u) + i", word(k)),
                Lie::Dense => format!("{} + i", word(k)),
                Lie::Fours => format!("({} + {}) >> 2u", word(k), self.strided(k, 0, self.kernel.outer)),
                Lie::Strided | Lie::Same => {
                    format!("{} + {}", word(k), self.strided(k, 0, self.kernel.outer))
                }
            };
            self.load(k, &at)?;
        }
        self.steps()?;
        for (j, &r) in self.kernel.program.outputs.iter().enumerate() {
            let value = wgsl::store(&format!("r{r}"), self.dtypes[r], wide);
            self.line(format_args!("o{j}[i] = {value};"));
        }
        self.text.push_str("}\n");
        Ok(())
    }

    fn fold(&mut self) -> Result<()> {
        self.text.push_str(
            "@group(0) @binding(8) var<storage, read_write> out: array<u32>;\nstruct Place {\ni: u32,\n",
        );
        let (outer, ndim) = (self.kernel.outer, self.kernel.outer + self.kernel.inner);
        let strided: Vec<usize> =
            (0..self.kernel.inputs.len()).filter(|&k| self.kernel.inputs[k].is_walked()).collect();
        strided.iter().for_each(|k| self.line(format_args!("x{k}: u32,")));
        self.text.push_str("}\nfn place(i: u32) -> Place {\n");
        self.coordinates("i", 0, outer);
        let bases = strided.iter().map(|&k| format!(", {} + {}", word(k), self.strided(k, 0, outer)));
        let bases: String = bases.collect();
        self.line(format_args!("return Place(i{bases});\n}}\nfn element(base: Place, j: u32) -> u32 {{"));
        self.coordinates("j", outer, ndim);
        for k in 0..self.kernel.inputs.len() {
            let at = match self.kernel.inputs[k] {
                Lie::Scalar => String::new(),
                Lie::Dense => format!("{} + base.i * params.length + j", word(k)),
                Lie::Strided | Lie::Fours | Lie::Same => {
                    format!("base.x{k} + {}", self.strided(k, outer, ndim))
                }
            };
            self.load(k, &at)?;
        }
        self.steps()?;
        let r = self.kernel.program.outputs[0];
        self.line(format_args!(
            "return bitcast<u32>({});\n}}",
            wgsl::store(&format!("r{r}"), self.dtypes[r], false)
        ));
        self.text.push_str(shaders::FOLDS);
        Ok(())
    }

    /// The index in each dimension of `first..last`, from the row-major one.
    fn coordinates(&mut self, index: &str, first: usize, last: usize) {
        if !self.kernel.inputs.iter().any(|lie| lie.is_walked()) || first == last {
            return;
        }
        let words = Words::new(self.kernel);
        let mut rest = index.to_owned();
        for d in (first + 1..last).rev() {
            let size = word(words.size(d));
            self.line(format_args!("let q{d} = {rest} / {size};\nlet c{d} = {rest} - q{d} * {size};"));
            rest = format!("q{d}");
        }
        self.line(format_args!("let c{first} = {rest};"));
    }

    /// How far into a strided input the coordinates `first..last` lead.
    fn strided(&self, k: usize, first: usize, last: usize) -> String {
        let words = Words::new(self.kernel);
        let before = self.kernel.inputs[..k].iter().filter(|lie| lie.is_walked()).count();
        let terms = (first..last).map(|d| format!("c{d} * {}", word(words.stride(before, d))));
        let sum = terms.collect::<Vec<_>>().join(" + ");
        if sum.is_empty() { "0u".to_owned() } else { sum }
    }

    fn load(&mut self, k: usize, at: &str) -> Result<()> {
        let (dtype, wide) = (self.dtypes[k], self.kernel.form == Form::Map4);
        let value = match self.kernel.inputs[k] {
            Lie::Scalar => {
                let one = wgsl::number(&word(k), dtype)?;
                if wide { format!("{}({one})", wgsl::vector(dtype)?) } else { one }
            }
            Lie::Same => {
                format!("{}({})", wgsl::vector(dtype)?, wgsl::load(&format!("x{k}"), at, dtype, false)?)
            }
            Lie::Dense | Lie::Strided | Lie::Fours => wgsl::load(&format!("x{k}"), at, dtype, wide)?,
        };
        self.line(format_args!("let r{k} = {value};"));
        Ok(())
    }

    fn steps(&mut self) -> Result<()> {
        let wide = self.kernel.form == Form::Map4;
        for (s, &step) in self.kernel.program.steps.iter().enumerate() {
            let value = wgsl::step(step, &self.dtypes, wide)?;
            let r = self.kernel.program.inputs.len() + s;
            self.line(format_args!("let r{r} = {value};"));
        }
        Ok(())
    }
}

const MAIN: &str = "@compute @workgroup_size(256)
fn main(
@builtin(workgroup_id) group: vec3<u32>,
@builtin(num_workgroups) groups: vec3<u32>,
@builtin(local_invocation_index) local: u32,
) {
let i = linear_group(group, groups) * GROUP + local;
if i >= params.count { return; }
";
