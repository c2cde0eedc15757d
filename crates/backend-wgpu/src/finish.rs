//! Products that compute what becomes of their elements: the kernels of a product, with a program in the place where they
//! write.

use std::fmt::Write as _;
use std::rc::Rc;

use engine::Result;
use engine::program::Program;

use crate::params::BEHIND;
use crate::reached::reached;
use crate::shaders::{self, Variant};
use crate::tile::Tile;
use crate::wgsl;

/// A product, and what becomes of its elements.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Finished {
    /// How the product is computed.
    pub product: Product,
    /// What is computed of each element, which is its first input.
    pub program: Rc<Program>,
    /// Which of the other inputs are numbers, which are parameters.
    pub numbers: Vec<bool>,
    /// Whether the product is written too, behind what the program gives.
    pub keeps: bool,
}

/// How a product is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Product {
    /// By a kernel of `shaders/matmul.wgsl`.
    Fixed(Variant),
    /// In registers.
    Tile(Tile),
}

/// The free word of the parameters that says something of input `k` behind the product: its number, or where it begins
/// and its strides along B, M and N.
pub(crate) fn word(k: usize, i: usize) -> usize {
    BEHIND + 4 * k + i
}

impl Finished {
    /// How many buffers it reads and writes.
    pub fn buffers(&self) -> (usize, usize) {
        let read = self.numbers.iter().filter(|&&number| !number).count();
        (2 + read, self.program.outputs.len() + usize::from(self.keeps))
    }

    /// The entry point.
    pub fn entry(&self) -> &'static str {
        match self.product {
            Product::Fixed(variant) => variant.entry,
            Product::Tile(_) => Tile::ENTRY,
        }
    }

    /// The override constants.
    pub fn constants(&self) -> Vec<(&'static str, f64)> {
        match self.product {
            Product::Fixed(variant) => variant.constants().to_vec(),
            Product::Tile(_) => Vec::new(),
        }
    }

    /// The text: what is computed, and what that calls.
    ///
    /// # Errors
    /// For functions and dtypes that the device has not.
    pub fn source(&self) -> Result<String> {
        let functions = [shaders::MATH, shaders::MAP].concat();
        let text = match self.product {
            Product::Fixed(_) => {
                let put = self.put(|k| format!("params.behind[{k}]"))?;
                [shaders::COMMON, &functions, shaders::PRODUCTS, &put].concat()
            }
            Product::Tile(tile) => {
                let put = self.put(|k| format!("params.free[{}]", word(k, 0) / 4))?;
                tile.finished(&[functions, put].concat())
            }
        };
        Ok(reached(&text, self.entry()))
    }

    /// The function that takes an element; `four` names the parameters of an input.
    fn put(&self, four: impl Fn(usize) -> String) -> Result<String> {
        let program = &self.program;
        let dtypes = program.dtypes();
        let (mut bindings, mut body) = (String::new(), String::new());
        let mut bound = 2;
        // Writing to a string cannot fail.
        for (k, &number) in self.numbers.iter().enumerate() {
            let (r, dtype, four) = (k + 1, dtypes[k + 1], four(k));
            let value = if number {
                wgsl::number(&format!("{four}.x"), dtype)?
            } else {
                let element = wgsl::stored(dtype)?;
                let _ = writeln!(
                    bindings,
                    "@group(0) @binding({bound}) var<storage, read> f{r}: array<{element}>;"
                );
                bound += 1;
                let _ =
                    writeln!(body, "let a{r} = {four}.x + matrix * {four}.y + m * {four}.z + n * {four}.w;");
                wgsl::load(&format!("f{r}"), &format!("a{r}"), dtype, false)?
            };
            let _ = writeln!(body, "let r{r} = {value};");
        }
        for (s, &step) in program.steps.iter().enumerate() {
            let _ =
                writeln!(body, "let r{} = {};", program.inputs.len() + s, wgsl::step(step, &dtypes, false)?);
        }
        let product = self.keeps.then_some(0);
        for (j, r) in program.outputs.iter().copied().chain(product).enumerate() {
            let (binding, element) = (8 + j, wgsl::stored(dtypes[r])?);
            let _ = writeln!(
                bindings,
                "@group(0) @binding({binding}) var<storage, read_write> o{j}: array<{element}>;"
            );
            let _ = writeln!(body, "o{j}[at] = {};", wgsl::store(&format!("r{r}"), dtypes[r], false));
        }
        Ok(format!(
            "{bindings}fn put(matrix: u32, m: u32, n: u32, r0: f32) {{\n\
             let at = (matrix * params.more.x + m) * params.more.y + n;\n{body}}}\n"
        ))
    }
}
