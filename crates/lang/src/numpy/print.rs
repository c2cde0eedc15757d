//! Arrays and numbers as NumPy 1.24 prints them.

use engine::print::elements_shown;

use super::kind::Kind;
use super::nd::{Nd, places, strides, tuple};
use crate::error::Result;
use crate::machine::Machine;

/// What `numpy.set_printoptions` sets.
#[derive(Clone, Debug)]
pub(crate) struct PrintOptions {
    /// Digits behind the point.
    pub(crate) precision: usize,
    /// With more elements than this, only some of each end are printed.
    pub(crate) threshold: usize,
    /// How many of each end.
    pub(crate) edgeitems: usize,
    pub(crate) linewidth: usize,
    /// Whether small numbers are printed without an exponent.
    pub(crate) suppress: bool,
}

impl Default for PrintOptions {
    fn default() -> Self {
        Self { precision: 8, threshold: 1000, edgeitems: 3, linewidth: 75, suppress: false }
    }
}

/// What `str` or `repr` gives, unless it would take too much.
///
/// # Errors
/// `MemoryError`.
pub(crate) fn written(
    vm: &mut Machine,
    nd: &Nd,
    write: impl FnOnce(&Nd, &PrintOptions) -> String,
) -> Result<String> {
    let options = vm.print_options();
    let PrintOptions { threshold, edgeitems, .. } = options;
    let like = engine::print::PrintOptions { threshold, edgeitems, ..Default::default() };
    vm.reserve_text(elements_shown(&nd.shape, &like), nd.shape.len())?;
    Ok(write(nd, &options))
}

/// What `str` gives.
pub(crate) fn str(nd: &Nd, options: &PrintOptions) -> String {
    if nd.shape.is_empty() {
        number(nd.kind, nd.at(0))
    } else {
        lines(nd, options, " ", "", options.linewidth)
    }
}

/// What `repr` gives.
pub(crate) fn repr(nd: &Nd, options: &PrintOptions) -> String {
    let implied = matches!(nd.kind, Kind::Int64 | Kind::Float64 | Kind::Bool) && nd.len() > 0;
    let end = if implied { ")" } else { "," };
    let list = if nd.len() > 0 || nd.shape == [0] {
        lines(nd, options, ", ", "array(", options.linewidth.saturating_sub(1))
    } else {
        format!("[], shape={}", tuple(&nd.shape))
    };
    let text = format!("array({list}{end}");
    if implied {
        return text;
    }
    let dtype = format!("dtype={})", nd.kind.name());
    let last = text.len() - text.rfind('\n').map_or(0, |at| at + 1);
    let space = if last + dtype.len() + 1 > options.linewidth { "\n      " } else { " " };
    format!("{text}{space}{dtype}")
}

/// A number as `str` gives it.
pub(crate) fn number(kind: Kind, value: engine::Scalar) -> String {
    use engine::Scalar;
    match (kind, value) {
        (Kind::Float32, value) => float32(value.to_f64() as f32),
        (_, Scalar::Bool(b)) => if b { "True" } else { "False" }.to_owned(),
        (_, Scalar::Int(i)) => i.to_string(),
        (_, Scalar::Float(x)) => engine::print::float_repr(x),
    }
}

/// The shortest text that means this number and no other of its type.
fn float32(x: f32) -> String {
    if !x.is_finite() {
        return engine::print::float_repr(f64::from(x));
    }
    let text = format!("{x:?}");
    match text.split_once('e') {
        Some((digits, exponent)) => format!("{digits}e{}", signed(exponent, 2)),
        None => text,
    }
}

/// An exponent with its sign and at least so many digits.
fn signed(exponent: &str, width: usize) -> String {
    match exponent.strip_prefix('-') {
        Some(digits) => format!("-{digits:0>width$}"),
        None => format!("+{exponent:0>width$}"),
    }
}

/// How the elements of an array are written, all equally wide.
enum Format {
    Bool { padded: bool },
    Int { width: usize },
    Float(Floats),
}

struct Floats {
    single: bool,
    precision: usize,
    /// Whether with an exponent, and of how many digits.
    exponent: Option<usize>,
    left: usize,
    right: usize,
}

/// The shortest digits of a number, at most so many behind the point: before and behind it.
fn positional(x: f64, single: bool, precision: usize) -> (String, String) {
    let short = if single { format!("{}", x as f32) } else { format!("{x}") };
    let behind = short.split_once('.').map_or(0, |(_, behind)| behind.len());
    let text = if behind > precision { format!("{x:.precision$}") } else { short };
    let (before, behind) = text.split_once('.').unwrap_or((&text, ""));
    (before.to_owned(), behind.trim_end_matches('0').to_owned())
}

/// The same with an exponent: before the point, behind it, the exponent.
fn scientific(x: f64, single: bool, precision: usize) -> (String, String, String) {
    let short = if single { format!("{:e}", x as f32) } else { format!("{x:e}") };
    let behind = |text: &str| {
        text.split_once('e').and_then(|(digits, _)| digits.split_once('.')).map_or(0, |(_, b)| b.len())
    };
    let text = if behind(&short) > precision { format!("{x:.precision$e}") } else { short };
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (before, behind) = digits.split_once('.').unwrap_or((digits, ""));
    (before.to_owned(), behind.trim_end_matches('0').to_owned(), signed(exponent, 2))
}

impl Floats {
    fn new(values: &[f64], single: bool, options: &PrintOptions) -> Self {
        let precision = options.precision;
        let finite: Vec<f64> = values.iter().copied().filter(|x| x.is_finite()).collect();
        let sizes = || finite.iter().map(|x| x.abs()).filter(|&x| x != 0.0);
        let (most, least) = (sizes().fold(0.0, f64::max), sizes().fold(f64::INFINITY, f64::min));
        let wide =
            most > 0.0 && (most >= 1e8 || (!options.suppress && (least < 1e-4 || most / least > 1000.0)));
        let mut format = Self { single, precision, exponent: None, left: 0, right: 0 };
        if wide {
            let parts: Vec<_> = finite.iter().map(|&x| scientific(x, single, precision)).collect();
            let digits = parts.iter().map(|(_, _, e)| e.len() - 1).max().unwrap_or(2);
            format.precision = parts.iter().map(|(_, behind, _)| behind.len()).max().unwrap_or(0);
            format.left = parts.iter().map(|(before, _, _)| before.len()).max().unwrap_or(1);
            format.right = digits + 2 + format.precision;
            format.exponent = Some(digits);
        } else {
            let parts: Vec<_> = finite.iter().map(|&x| positional(x, single, precision)).collect();
            format.left = parts.iter().map(|(before, _)| before.len()).max().unwrap_or(0);
            format.right = parts.iter().map(|(_, behind)| behind.len()).max().unwrap_or(0);
        }
        if finite.len() < values.len() {
            let infinity = 3 + usize::from(values.contains(&f64::NEG_INFINITY));
            let widest = if values.iter().any(|x| x.is_infinite()) { infinity.max(3) } else { 3 };
            format.left = format.left.max(widest.saturating_sub(format.right + 1));
        }
        format
    }

    fn write(&self, x: f64) -> String {
        let (left, right) = (self.left, self.right);
        if !x.is_finite() {
            let text = engine::print::float_repr(x);
            return format!("{text:>width$}", width = left + right + 1);
        }
        match self.exponent {
            Some(digits) => {
                let (before, behind, exponent) = scientific(x, self.single, self.precision);
                let (sign, number) = exponent.split_at(1);
                format!("{before:>left$}.{behind:0<width$}e{sign}{number:0>digits$}", width = self.precision)
            }
            None => {
                let (before, behind) = positional(x, self.single, self.precision);
                format!("{before:>left$}.{behind:<right$}")
            }
        }
    }
}

impl Format {
    fn new(nd: &Nd, shown: &[usize], options: &PrintOptions) -> Self {
        match nd.kind {
            Kind::Bool => Self::Bool { padded: !nd.shape.is_empty() },
            Kind::UInt8 | Kind::Int8 | Kind::Int16 | Kind::Int32 | Kind::Int64 => {
                let width = shown.iter().map(|&i| nd.at(i).to_i64().to_string().len()).max().unwrap_or(0);
                Self::Int { width }
            }
            Kind::Float32 | Kind::Float64 => {
                let values: Vec<f64> = shown.iter().map(|&i| nd.at(i).to_f64()).collect();
                Self::Float(Floats::new(&values, nd.kind == Kind::Float32, options))
            }
        }
    }

    fn write(&self, value: engine::Scalar) -> String {
        match self {
            Self::Bool { padded } => match (value.to_bool(), padded) {
                (true, true) => " True".to_owned(),
                (true, false) => "True".to_owned(),
                (false, _) => "False".to_owned(),
            },
            Self::Int { width } => format!("{:>width$}", value.to_i64()),
            Self::Float(format) => format.write(value.to_f64()),
        }
    }
}

/// An array over as many lines as it takes.
struct Writer<'a> {
    nd: &'a Nd,
    strides: Vec<usize>,
    format: Format,
    separator: &'a str,
    /// How many of each end, if not all are printed.
    edge: Option<usize>,
}

/// The elements in brackets, behind a prefix of as many letters as this one.
pub(super) fn lines(nd: &Nd, options: &PrintOptions, separator: &str, prefix: &str, width: usize) -> String {
    if nd.len() == 0 {
        return "[]".to_owned();
    }
    let edge = (nd.len() > options.threshold).then_some(options.edgeitems);
    let own = strides(&nd.shape);
    let shown = match edge {
        None => (0..nd.len()).collect(),
        Some(edge) => ends(&nd.shape, &own, edge),
    };
    let format = Format::new(nd, &shown, options);
    let writer = Writer { nd, strides: own, format, separator, edge };
    writer.write(0, 0, 1 + prefix.len(), width)
}

/// The places of the elements at the ends of all dimensions.
fn ends(shape: &[usize], strides: &[usize], edge: usize) -> Vec<usize> {
    let mut found = vec![0];
    for (&size, &stride) in shape.iter().zip(strides) {
        let kept: Vec<usize> =
            (0..size).filter(|&i| size <= 2 * edge || i < edge || i >= size - edge).collect();
        found = found.iter().flat_map(|&at| kept.iter().map(move |&i| at + i * stride)).collect();
    }
    if shape.is_empty() { places(shape, strides) } else { found }
}

impl Writer<'_> {
    /// The part of the array that begins at a place, from dimension `dim` on.
    fn write(&self, dim: usize, at: usize, indent: usize, width: usize) -> String {
        let Some((&size, &stride)) = self.nd.shape.get(dim).zip(self.strides.get(dim)) else {
            return self.format.write(self.nd.at(at));
        };
        let summary = self.edge.filter(|&edge| 2 * edge < size);
        let shown: Vec<Option<usize>> = match summary {
            None => (0..size).map(Some).collect(),
            Some(edge) => (0..edge).map(Some).chain([None]).chain((size - edge..size).map(Some)).collect(),
        };
        let part = |i: &Option<usize>| match i {
            Some(i) => self.write(dim + 1, at + i * stride, indent + 1, width.saturating_sub(1)),
            None => "...".to_owned(),
        };
        let words: Vec<String> = shown.iter().map(part).collect();
        if dim + 1 == self.nd.ndim() {
            self.row(&words, indent, width)
        } else {
            self.rows(&words, dim, indent)
        }
    }

    /// Numbers beside each other, over several lines if they do not fit.
    fn row(&self, words: &[String], indent: usize, width: usize) -> String {
        let bare = self.separator.trim_end();
        let most = width.saturating_sub(bare.len().max(1));
        let margin = " ".repeat(indent);
        let (mut text, mut line) = (String::new(), margin.clone());
        for (i, word) in words.iter().enumerate() {
            if line.len() + word.len() > most && line.len() > indent {
                text.push_str(line.trim_end());
                text.push('\n');
                line.clone_from(&margin);
            }
            line.push_str(word);
            if i + 1 < words.len() {
                line.push_str(self.separator);
            }
        }
        text.push_str(&line);
        format!("[{}]", text.get(indent..).unwrap_or_default())
    }

    /// Parts below each other, with empty lines between larger ones.
    fn rows(&self, parts: &[String], dim: usize, indent: usize) -> String {
        let gap = "\n".repeat(self.nd.ndim() - dim - 1);
        let between = format!("{}{gap}{}", self.separator.trim_end(), " ".repeat(indent));
        format!("[{}]", parts.join(&between))
    }
}
