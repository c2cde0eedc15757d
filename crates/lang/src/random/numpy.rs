//! The streams of `numpy.random`, of its old and its new generator: for a seed, the numbers that NumPy draws, bit for bit.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use engine::random::Generator;

use crate::class::Layout;
use crate::error::{Result, Stop, type_error, value_error};
use crate::fork::Fork;
use crate::machine::Machine;
use crate::native::{Args, Native, NativeClass};
use crate::numpy::Nd;
use crate::object::Object;
use crate::value::Value;

use super::distributions::{beta, binomial, poisson, standard_gamma};
use super::pcg::Pcg;

/// A stream: the generator, and the second of the last two normal numbers, if it was not asked for yet.
#[derive(Clone)]
pub(crate) struct Stream {
    source: Source,
    gauss: Option<f64>,
}

/// Where random bits come from.
#[derive(Clone)]
enum Source {
    /// `RandomState`.
    Twister(Box<Generator>),
    /// `default_rng`.
    Pcg(Pcg),
}

impl Stream {
    fn new(seed: u64) -> Self {
        Self { source: Source::Twister(Box::new(Generator::manual_seed(seed))), gauss: None }
    }

    /// A number in [0, 1), of 53 random bits.
    pub(crate) fn double(&mut self) -> f64 {
        let generator = match &mut self.source {
            Source::Twister(generator) => generator,
            Source::Pcg(pcg) => return pcg.double(),
        };
        let (high, low) = (generator.random() >> 5, generator.random() >> 6);
        (f64::from(high) * 67_108_864.0 + f64::from(low)) / 9_007_199_254_740_992.0
    }

    /// A number in [0, 1) for a float32.
    fn float(&mut self) -> f64 {
        match &mut self.source {
            Source::Twister(_) => self.double(),
            Source::Pcg(pcg) => pcg.float(),
        }
    }

    /// A normal number; of the twister, by Marsaglia's polar method.
    pub(crate) fn gauss(&mut self) -> f64 {
        if let Source::Pcg(pcg) = &mut self.source {
            return pcg.normal();
        }
        if let Some(second) = self.gauss.take() {
            return second;
        }
        loop {
            let (x, y) = (2.0 * self.double() - 1.0, 2.0 * self.double() - 1.0);
            let square = x * x + y * y;
            if square < 1.0 && square != 0.0 {
                let factor = (-2.0 * square.ln() / square).sqrt();
                self.gauss = Some(factor * x);
                return factor * y;
            }
        }
    }

    pub(crate) fn exponential(&mut self) -> f64 {
        match &mut self.source {
            Source::Twister(_) => -(1.0 - self.double()).ln(),
            Source::Pcg(pcg) => pcg.exponential(),
        }
    }

    /// A whole number in `0..=most`, as shuffling draws it: as many bits as that has, until they are no more than it.
    fn place(&mut self, most: u64) -> u64 {
        let Source::Pcg(pcg) = &mut self.source else { return self.interval(most) };
        let mask = u64::MAX.checked_shr(most.leading_zeros()).unwrap_or(0);
        loop {
            let bits =
                if mask <= u64::from(u32::MAX) { u64::from(pcg.half_word()) } else { pcg.word() } & mask;
            if bits <= most {
                return bits;
            }
        }
    }

    /// A whole number in `0..=most`; of the twister, as many bits as that has, until they are no more than it.
    fn interval(&mut self, most: u64) -> u64 {
        if most == 0 {
            return 0;
        }
        let generator = match &mut self.source {
            Source::Twister(generator) => generator,
            Source::Pcg(pcg) => return pcg.interval(most),
        };
        let mask = u64::MAX >> most.leading_zeros();
        loop {
            let bits = if let Ok(mask) = u32::try_from(mask) {
                u64::from(generator.random() & mask)
            } else {
                let high = u64::from(generator.random());
                (high << 32 | u64::from(generator.random())) & mask
            };
            if bits <= most {
                return bits;
            }
        }
    }
}

/// A stream as a value.
struct StreamObject(RefCell<Stream>);

impl Object for StreamObject {
    fn class(&self) -> (&'static str, &'static str) {
        ("numpy.random", "_Stream")
    }

    fn repr(&self, _vm: &mut Machine) -> Result<String> {
        Ok(match self.0.borrow().source {
            Source::Twister(_) => "MT19937".to_owned(),
            Source::Pcg(_) => "PCG64".to_owned(),
        })
    }

    fn fork(&self, _fork: &mut Fork) -> Option<Rc<dyn Object>> {
        Some(Rc::new(Self(self.0.clone())))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

pub(crate) const CLASS: NativeClass = NativeClass {
    module: "numpy.random",
    name: "_Stream",
    base: None,
    layout: Layout::Native,
    constructor: Some(Native::new("_Stream(seed)", |_, args| {
        Ok(Value::object(StreamObject(RefCell::new(Stream::new(seed(args, 0)?)))))
    })),
    methods: &[],
    getters: &[],
};

/// The native part of `numpy.random`. A size is `None` for one number, or the sizes of an array.
pub(crate) const FUNCTIONS: &[Native] = &[
    Native::new("_seed(stream, seed)", |_, args| {
        let new = Stream::new(seed(args, 1)?);
        with(args, |stream| *stream = new)?;
        Ok(Value::None)
    }),
    Native::new("_pcg(words)", |_, args| {
        let words = args.ints(0)?.into_iter().map(|word| word as u32).collect::<Vec<u32>>();
        let stream = Stream { source: Source::Pcg(Pcg::new(&words)), gauss: None };
        Ok(Value::object(StreamObject(RefCell::new(stream))))
    }),
    Native::new("_floats(stream, size)", |vm, args| reals(vm, args, 1, |stream, _| stream.float())),
    Native::new("_doubles(stream, size)", |vm, args| reals(vm, args, 1, |stream, _| stream.double())),
    Native::new("_normals(stream, size)", |vm, args| reals(vm, args, 1, |stream, _| stream.gauss())),
    Native::new("_exponentials(stream, size)", |vm, args| {
        reals(vm, args, 1, |stream, _| stream.exponential())
    }),
    Native::new("_gammas(stream, size, shape)", |vm, args| {
        reals(vm, args, 1, |stream, p| standard_gamma(stream, p[0]))
    }),
    Native::new("_betas(stream, size, a, b)", |vm, args| {
        reals(vm, args, 1, |stream, p| beta(stream, p[0], p[1]))
    }),
    Native::new("_integers(stream, size, low, high)", integers),
    Native::new("_poissons(stream, size, lam)", |vm, args| {
        let lam = args.float(2)?;
        if !(0.0..1e18).contains(&lam) {
            return value_error("lam < 0 or lam is NaN or lam value too large");
        }
        whole(vm, args, move |stream| poisson(stream, lam))
    }),
    Native::new("_binomials(stream, size, n, p)", |vm, args| {
        let (n, p) = (args.int(2)?, args.float(3)?);
        if n < 0 || !(0.0..=1.0).contains(&p) {
            return value_error("n < 0 or p < 0, p > 1 or p is NaN");
        }
        if n as f64 * p.min(1.0 - p) > 30.0 {
            return Err(Stop::error("NotImplementedError", "np.random.binomial with n * p above 30")
                .hint("Add up np.random.rand(n) < p instead."));
        }
        whole(vm, args, move |stream| binomial(stream, n, p))
    }),
    Native::new("_order(stream, n)", order),
    Native::new("_state(stream)", |_, args| {
        let copy = with(args, |stream| stream.clone())?;
        Ok(Value::object(StreamObject(RefCell::new(copy))))
    }),
    Native::new("_set_state(stream, other)", |_, args| {
        let value = args.get(1);
        let Some(other) = value.downcast::<StreamObject>() else {
            return type_error("state is not a legacy MT19937 state");
        };
        let new = other.0.borrow().clone();
        with(args, |stream| *stream = new)?;
        Ok(Value::None)
    }),
];

fn seed(args: &Args, i: usize) -> Result<u64> {
    match args.get(i).as_int() {
        Some(seed) if u32::try_from(seed).is_ok() => Ok(seed as u64),
        Some(_) => value_error("Seed must be between 0 and 2**32 - 1"),
        None => type_error(format!(
            "Cannot cast array data from '{}' to dtype('int64') according to the rule 'safe'",
            args.get(i).type_name()
        )),
    }
}

/// Does something with the stream of the first argument.
fn with<T>(args: &Args, f: impl FnOnce(&mut Stream) -> T) -> Result<T> {
    match args.get(0).downcast::<StreamObject>() {
        Some(stream) => Ok(f(&mut stream.0.borrow_mut())),
        None => type_error("a stream of random numbers is needed"),
    }
}

/// The shape that is asked for, and how many numbers that is.
fn shape(args: &Args) -> Result<Option<(Vec<usize>, usize)>> {
    let Some(sizes) = args.opt_ints(1)? else { return Ok(None) };
    let size = |n: i64| usize::try_from(n).or_else(|_| value_error("negative dimensions are not allowed"));
    let shape = sizes.into_iter().map(size).collect::<Result<Vec<usize>>>()?;
    let n = crate::numpy::count(&shape)?;
    Ok(Some((shape, n)))
}

/// Real numbers, from the parameters that follow the size.
fn reals(
    vm: &mut Machine,
    args: &Args,
    size: usize,
    draw: fn(&mut Stream, [f64; 2]) -> f64,
) -> Result<Value> {
    let parameter = |i: usize| if args.opt(size + i).is_some() { args.float(size + i) } else { Ok(0.0) };
    let parameters = [parameter(1)?, parameter(2)?];
    match shape(args)? {
        None => with(args, |stream| Value::Float(draw(stream, parameters))),
        Some((shape, n)) => {
            let values: Vec<f64> = with(args, |stream| (0..n).map(|_| draw(stream, parameters)).collect())?;
            vm.array(Nd::vector(values).reshaped(shape))
        }
    }
}

fn whole(vm: &mut Machine, args: &Args, draw: impl Fn(&mut Stream) -> i64) -> Result<Value> {
    match shape(args)? {
        None => with(args, |stream| Value::Int(draw(stream))),
        Some((shape, n)) => {
            let values: Vec<i64> = with(args, |stream| (0..n).map(|_| draw(stream)).collect())?;
            vm.array(Nd::vector(values).reshaped(shape))
        }
    }
}

fn integers(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (low, high) = (args.int(2)?, args.int(3)?);
    if low >= high {
        return value_error("low >= high");
    }
    let most = high.wrapping_sub(low).wrapping_sub(1) as u64;
    whole(vm, args, move |stream| low.wrapping_add(stream.interval(most) as i64))
}

/// The numbers below `n` in the order into which `shuffle` brings them.
fn order(vm: &mut Machine, args: &Args) -> Result<Value> {
    let n = crate::numpy::count(&[args.count(1)?])?;
    let mut order: Vec<i64> = (0..n as i64).collect();
    with(args, |stream| {
        for i in (1..n).rev() {
            order.swap(i, stream.place(i as u64) as usize);
        }
    })?;
    vm.array(Nd::vector(order))
}
