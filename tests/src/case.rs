//! A row of the op table: what goes in, what the engine does with it, and what should come out.

use std::rc::Rc;

use engine::{DType, Engine, Error, HostData, Result, Tensor};

use crate::array::Array;

/// What the engine does.
pub type Run = Rc<dyn Fn(&[Tensor]) -> Result<Tensor>>;
/// What should come out.
pub type Reference = Rc<dyn Fn(&[Array]) -> Array>;

/// One row of the table.
pub struct Case {
    /// What is tested, for messages.
    pub name: String,
    /// The inputs.
    pub inputs: Vec<Input>,
    /// The op.
    pub run: Run,
    /// Its definition in f64.
    pub reference: Reference,
    /// How often it can be differentiated at these inputs.
    pub smooth: u8,
    /// The relative and absolute error that float32 may have.
    pub tolerance: f64,
    /// Whether it needs float64, which GPUs do not have.
    pub wide: bool,
    /// Which other elements it takes in place of real numbers.
    pub kinds: &'static [Kind],
    /// Whether the result has the element type of the inputs.
    pub keeps: bool,
}

/// An input of a case.
#[derive(Clone, Debug)]
pub struct Input {
    /// Its values.
    pub array: Array,
    /// Its element type: real numbers are also tried as float64.
    pub kind: Kind,
}

/// What an input holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Real numbers that gradients flow to.
    Real,
    /// int64
    Integer,
    /// bool
    Bool,
    /// uint8
    Byte,
    /// int16
    Short,
}

impl Kind {
    /// What is not a real number.
    pub const OTHERS: [Self; 4] = [Self::Integer, Self::Bool, Self::Byte, Self::Short];

    /// Its element type; float32 for real numbers.
    pub fn dtype(self) -> DType {
        match self {
            Self::Real => DType::Float32,
            Self::Integer => DType::Int64,
            Self::Bool => DType::Bool,
            Self::Byte => DType::UInt8,
            Self::Short => DType::Int16,
        }
    }

    /// An element of this type that a real number stands for.
    fn near(self, v: f64) -> f64 {
        match self {
            Self::Real => v,
            Self::Integer | Self::Byte | Self::Short if !v.is_finite() => 0.0,
            Self::Integer | Self::Short => (4.0 * v).round(),
            Self::Bool => f64::from(u8::from(v > 0.0)),
            Self::Byte => (4.0 * v).round().rem_euclid(256.0),
        }
    }
}

/// How the inputs of a case lie in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lie {
    /// Row-major, without gaps.
    Dense,
    /// With the dimensions in reverse order.
    Transposed,
    /// Every second element of a larger storage, from an offset.
    Strided,
}

impl Lie {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Dense, Self::Transposed, Self::Strided];
}

impl Case {
    /// A row for an op with two derivatives; with none, if no input is real.
    pub fn new(
        name: impl Into<String>,
        inputs: Vec<Input>,
        run: impl Fn(&[Tensor]) -> Result<Tensor> + 'static,
        reference: impl Fn(&[Array]) -> Array + 'static,
    ) -> Self {
        let (run, reference) = (Rc::new(run), Rc::new(reference));
        let smooth = if inputs.iter().any(|input| input.kind == Kind::Real) { 2 } else { 0 };
        Self {
            name: name.into(),
            inputs,
            run,
            reference,
            smooth,
            tolerance: 1e-5,
            wide: false,
            kinds: &[],
            keeps: false,
        }
    }

    /// With this many derivatives.
    pub fn smooth(self, smooth: u8) -> Self {
        Self { smooth, ..self }
    }

    /// With this tolerance.
    pub fn within(self, tolerance: f64) -> Self {
        Self { tolerance, ..self }
    }

    /// For devices with float64 only.
    pub fn wide(self) -> Self {
        Self { wide: true, ..self }
    }

    /// With rows for these element types in place of real numbers, too.
    pub fn also(self, kinds: &'static [Kind]) -> Self {
        Self { kinds, ..self }
    }

    /// Of an op that moves elements and computes nothing: it takes every element type, and keeps it.
    pub fn moves(self) -> Self {
        Self { kinds: &Kind::OTHERS, keeps: true, ..self }
    }

    /// The row, and the rows for other element types.
    pub fn expand(self) -> Vec<Self> {
        let others: Vec<Self> = self.kinds.iter().map(|&kind| self.of(kind)).collect();
        [self].into_iter().chain(others).collect()
    }

    fn of(&self, kind: Kind) -> Self {
        let retyped = |input: &Input| match input.kind {
            Kind::Real => Input { array: input.array.map(|v| kind.near(v)), kind },
            Kind::Integer | Kind::Bool | Kind::Byte | Kind::Short => input.clone(),
        };
        let (run, keeps) = (Rc::clone(&self.run), self.keeps);
        let checked = move |t: &[Tensor]| match run(t)? {
            out if keeps && out.dtype() != kind.dtype() => {
                Err(Error::Shape(format!("the result is of {}", out.dtype().name())))
            }
            out => Ok(out),
        };
        Self {
            name: format!("{} of {kind:?}", self.name),
            inputs: self.inputs.iter().map(retyped).collect(),
            run: Rc::new(checked),
            reference: Rc::clone(&self.reference),
            // No gradient flows through what is not real.
            smooth: 0,
            ..*self
        }
    }

    /// The inputs on an engine, real numbers as `dtype`.
    ///
    /// # Errors
    /// What the engine says.
    pub fn tensors(&self, engine: &Engine, dtype: DType, lie: Lie) -> Result<Vec<Tensor>> {
        self.inputs.iter().map(|input| input.tensor(engine, dtype, lie)).collect()
    }

    /// The values of the inputs.
    pub fn arrays(&self) -> Vec<Array> {
        self.inputs.iter().map(|input| input.array.clone()).collect()
    }
}

impl Input {
    /// As a tensor that lies as asked.
    ///
    /// # Errors
    /// What the engine says.
    pub fn tensor(&self, engine: &Engine, real: DType, lie: Lie) -> Result<Tensor> {
        let array = &self.array;
        let ndim = array.shape.len();
        let reverse: Vec<usize> = (0..ndim).rev().collect();
        let order: Vec<i64> = reverse.iter().map(|&d| d as i64).collect();
        let dtype = if self.kind == Kind::Real { real } else { self.kind.dtype() };
        let upload = |a: &Array| engine.tensor_as(self.host(a, real), &a.shape, dtype);
        match lie {
            _ if ndim == 0 => upload(array),
            Lie::Dense => upload(array),
            Lie::Transposed => upload(&array.permute(&reverse))?.permute(&order),
            Lie::Strided => {
                let mut shape = array.shape.clone();
                shape[ndim - 1] = 2 * shape[ndim - 1] + 1;
                let wide = Array::from_fn(&shape, |i| {
                    let mut from = i.to_vec();
                    from[ndim - 1] /= 2;
                    if i[ndim - 1] % 2 == 1 { array.at(&from) } else { 77.0 }
                });
                upload(&wide)?.slice(-1, 1, i64::MAX, 2)
            }
        }
    }

    fn host(&self, array: &Array, real: DType) -> HostData {
        let v = &array.data;
        match (self.kind, real) {
            (Kind::Integer | Kind::Short, _) => v.iter().map(|&x| x as i64).collect::<Vec<_>>().into(),
            (Kind::Bool, _) => v.iter().map(|&x| x != 0.0).collect::<Vec<_>>().into(),
            (Kind::Byte, _) => v.iter().map(|&x| x as u8).collect::<Vec<_>>().into(),
            (Kind::Real, DType::Float64) => v.clone().into(),
            (Kind::Real, _) => v.iter().map(|&x| x as f32).collect::<Vec<_>>().into(),
        }
    }
}

/// Numbers that repeat from run to run, in [-1, 1).
pub fn noise(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    move || {
        // xorshift64* (Vigna 2016)
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        (state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as f64 / (1u64 << 52) as f64 - 1.0
    }
}

fn filled(shape: &[usize], seed: u64, f: impl Fn(f64) -> f64) -> Array {
    let mut next = noise(seed);
    let n = shape.iter().product();
    // Values that float32 holds exactly, so that both element types see the same inputs.
    Array { shape: shape.to_vec(), data: (0..n).map(|_| f64::from(f(next()) as f32)).collect() }
}

/// Real numbers between -2 and 2.
pub fn real(shape: &[usize], seed: u64) -> Input {
    Input { array: filled(shape, seed, |u| 2.0 * u), kind: Kind::Real }
}

/// Real numbers between 0.3 and 2.3.
pub fn positive(shape: &[usize], seed: u64) -> Input {
    Input { array: filled(shape, seed, |u| 1.3 + u), kind: Kind::Real }
}

/// Real numbers, none closer to zero or to each other than 0.05: away from every kink.
pub fn distinct(shape: &[usize], seed: u64) -> Input {
    let n: usize = shape.iter().product();
    let mut next = noise(seed);
    let mut values: Vec<f64> = (0..n).map(|i| 0.1 * (i as f64 - n as f64 / 2.0) + 0.025).collect();
    for i in (1..n).rev() {
        values.swap(i, ((next() + 1.0) / 2.0 * (i + 1) as f64) as usize);
    }
    let data = values.into_iter().map(|v| f64::from(v as f32)).collect();
    Input { array: Array { shape: shape.to_vec(), data }, kind: Kind::Real }
}

/// Integers from `low` up to, but not including, `high`.
pub fn integers(shape: &[usize], seed: u64, low: i64, high: i64) -> Input {
    let span = (high - low) as f64;
    Input {
        array: filled(shape, seed, |u| (low as f64 + (u + 1.0) / 2.0 * span).floor()),
        kind: Kind::Integer,
    }
}

/// Truth values.
pub fn truths(shape: &[usize], seed: u64) -> Input {
    Input { array: filled(shape, seed, |u| f64::from(u8::from(u > 0.0))), kind: Kind::Bool }
}

/// Bytes, most of them alike.
pub fn bytes(shape: &[usize], seed: u64) -> Input {
    Input { array: filled(shape, seed, |u| (254.0 + 2.0 * u).round().min(255.0)), kind: Kind::Byte }
}

/// These very values.
pub fn values(shape: &[usize], data: &[f64], kind: Kind) -> Input {
    Input { array: Array { shape: shape.to_vec(), data: data.to_vec() }, kind }
}
