//! Generated kernels of every kind: what is compiled to see that it can be.

use std::rc::Rc;

use engine::ops::{Binary, Compare, Unary};
use engine::program::{Program, Step};
use engine::{DType, Reduce};

use crate::finish::{Finished, Product};
use crate::generate::{Form, Generated, Lie};
use crate::shaders::{Family, variants};
use crate::tile::{Fours, SIZES, Tile};
use crate::wgsl;

/// Kernels of every function, dtype and form.
pub fn programs() -> Vec<Generated> {
    let mut all = Vec::new();
    let types = [DType::Bool, DType::UInt8, DType::Int64, DType::Float32];
    for dtype in types {
        for step in wgsl::every_step() {
            let inputs: Vec<DType> = match step {
                Step::Unary(..) | Step::Cast(..) => vec![dtype],
                Step::Binary(..) | Step::Compare(..) => vec![dtype, dtype],
                Step::Where(..) => vec![DType::Bool, dtype, dtype],
            };
            let program = Rc::new(Program::single(step, &inputs));
            let mut add = |lie: Lie, form: Form, inner: usize| {
                let inputs = vec![lie; program.inputs.len()];
                all.push(Generated { program: Rc::clone(&program), inputs, outer: 2, inner, form });
            };
            for lie in [Lie::Dense, Lie::Fours, Lie::Same] {
                add(lie, Form::Map4, 0);
            }
            // Bytes are written by four only.
            if program.dtypes()[program.outputs[0]] != DType::UInt8 {
                add(Lie::Scalar, Form::Map, 0);
                add(Lie::Strided, Form::Map, 0);
            }
            // The text of a fold does not depend on what is folded: one function stands for all.
            if matches!(step, Step::Unary(Unary::Neg, _)) {
                for op in [Reduce::Sum, Reduce::Prod, Reduce::Max, Reduce::Min] {
                    add(Lie::Strided, Form::Serial(op), 2);
                    add(Lie::Dense, Form::Row(op), 1);
                    add(Lie::Dense, Form::Tree(op), 1);
                }
            }
            // That of a heavy one stands alone.
            if matches!(step, Step::Unary(Unary::Exp, _)) {
                add(Lie::Strided, Form::Serial(Reduce::Sum), 2);
            }
        }
    }
    // What the device does not compute is refused when its text is written.
    all.retain(|kernel| kernel.source().is_ok() && kernel.constants().is_ok());
    all
}

/// Kernels of every size, and of every form in the smallest one.
pub fn tiles() -> Vec<Tile> {
    let all = [Fours::Apart, Fours::Inner, Fours::Outer];
    let mut tiles = Vec::new();
    for whole in [false, true] {
        let tile = |(rows, columns), x, y| Tile { rows, columns, x, y, whole };
        tiles.extend(all.into_iter().flat_map(|x| all.map(|y| tile(SIZES[0], x, y))));
        tiles.extend(SIZES.map(|size| tile(size, Fours::Outer, Fours::Inner)));
    }
    tiles
}

/// Products with programs behind them: every kernel of a product with one of several inputs, dtypes and results, and every
/// function behind one of them.
pub fn products() -> Vec<Finished> {
    let real = DType::Float32;
    // relu(product + x), where that is positive, else a number; and whether it was.
    let steps = vec![
        Step::Binary(Binary::Add, 0, 1),
        Step::Unary(Unary::Relu, 4),
        Step::Compare(Compare::Gt, 5, 3),
        Step::Where(2, 5, 3),
    ];
    let inputs = vec![real, real, DType::Bool, real];
    let program = Rc::new(Program { inputs, steps, outputs: vec![7, 6] });
    let fixed = variants().into_iter().filter(|variant| variant.family == Family::MatMul);
    let kernels: Vec<Product> =
        fixed.map(Product::Fixed).chain(tiles().into_iter().map(Product::Tile)).collect();
    let numbers = vec![false, false, true];
    let with = |product: &Product, keeps| {
        let (program, numbers) = (Rc::clone(&program), numbers.clone());
        Finished { product: *product, program, numbers, keeps }
    };
    let mut all: Vec<Finished> =
        kernels.iter().flat_map(|product| [with(product, false), with(product, true)]).collect();
    for step in wgsl::every_step() {
        let inputs = match step {
            Step::Unary(..) | Step::Cast(..) => vec![real],
            Step::Binary(..) | Step::Compare(..) => vec![real, real],
            Step::Where(..) => continue,
        };
        let numbers = vec![false; inputs.len() - 1];
        let program = Rc::new(Program::single(step, &inputs));
        if program.dtypes()[program.outputs[0]] != DType::UInt8 {
            all.push(Finished { product: kernels[0], program, numbers, keeps: false });
        }
    }
    all.retain(|kernel| kernel.source().is_ok());
    all
}
