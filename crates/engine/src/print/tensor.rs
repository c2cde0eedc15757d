//! A tensor as `torch.Tensor.__repr__` writes it.

use std::future::Future;

use super::options::PrintOptions;
use crate::dtype::{DType, Scalar};
use crate::error::Result;
use crate::host::HostData;
use crate::python::{fixed, scientific};
use crate::tensor::Tensor;

const PREFIX: &str = "tensor(";

/// A shape as `torch.Size` prints itself: `torch.Size([2, 3])`.
pub fn format_size(shape: &[usize]) -> String {
    format!("torch.Size({shape:?})")
}

/// The text of a tensor with these elements (row-major), as `print` shows it: elements, shape if it is empty,
/// type if it is unusual, and its place in the graph.
pub fn format_tensor(
    data: &HostData,
    shape: &[usize],
    dtype: DType,
    requires_grad: bool,
    grad_fn: Option<&str>,
    options: &PrintOptions,
) -> String {
    let empty = shape.contains(&0) || data.is_empty();
    let text = if empty {
        "[]".to_owned()
    } else {
        Printer::new(data, shape, options).block(shape, 0, PREFIX.len())
    };
    let mut suffixes = Vec::new();
    if let Some(device) = &options.device {
        suffixes.push(format!("device='{device}'"));
    }
    if empty && shape.len() != 1 {
        suffixes.push(format!("size={}", tuple(shape)));
    }
    // Elements tell integers and truth values from real numbers; where there are none, nothing does.
    let told = dtype == options.default_dtype || !empty && matches!(dtype, DType::Int64 | DType::Bool);
    if !told {
        suffixes.push(format!("dtype={dtype}"));
    }
    match grad_fn {
        Some(name) => suffixes.push(format!("grad_fn=<{name}>")),
        None if requires_grad => suffixes.push("requires_grad=True".to_owned()),
        None => {}
    }
    append(PREFIX.to_owned() + &text, &suffixes, options)
}

/// How many elements the text of a tensor of this shape shows. A summary shows some of each dimension, which is all of it where that is
/// short: a tensor of many short dimensions is written out whole.
pub fn elements_shown(shape: &[usize], options: &PrintOptions) -> usize {
    let count = |sizes: &mut dyn Iterator<Item = usize>| sizes.fold(1, usize::saturating_mul);
    let all = count(&mut shape.iter().copied());
    if all <= options.threshold {
        return all;
    }
    count(&mut shape.iter().map(|&size| size.min(options.edgeitems.saturating_mul(2))))
}

/// A shape as a Python tuple: `(2,)`.
fn tuple(shape: &[usize]) -> String {
    let sizes: Vec<String> = shape.iter().map(usize::to_string).collect();
    format!("({}{})", sizes.join(", "), if shape.len() == 1 { "," } else { "" })
}

/// What follows the elements, on a line of its own where it does not fit.
fn append(mut text: String, suffixes: &[String], options: &PrintOptions) -> String {
    let mut line = match text.rfind('\n') {
        Some(at) => text.len() - at + 1,
        None => text.len() + 2,
    };
    for suffix in suffixes {
        if line + suffix.len() + 2 > options.linewidth {
            text += ",\n";
            text += &" ".repeat(PREFIX.len());
            line = PREFIX.len() + suffix.len();
        } else {
            text += ", ";
            line += suffix.len() + 2;
        }
        text += suffix;
    }
    text + ")"
}

/// How all elements of a tensor are written.
struct Printer<'a> {
    data: &'a HostData,
    options: &'a PrintOptions,
    summarize: bool,
    style: Style,
    width: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Style {
    /// Integers and truth values.
    Exact,
    /// Real numbers that are all whole: `1.`
    Whole,
    Fixed,
    Scientific,
}

impl<'a> Printer<'a> {
    fn new(data: &'a HostData, shape: &[usize], options: &'a PrintOptions) -> Self {
        let summarize = data.len() > options.threshold;
        let mut printer = Self { data, options, summarize, style: Style::Exact, width: 1 };
        let mut shown = Vec::new();
        printer.collect(shape, 0, &mut shown);
        if !data.dtype().is_floating_point() {
            let widths = shown.iter().map(|&i| printer.raw(i).len());
            printer.width = widths.max().unwrap_or(1).max(1);
            return printer;
        }
        let values = shown.iter().filter_map(|&i| data.get(i)).map(Scalar::to_f64);
        let values: Vec<f64> = values.filter(|x| x.is_finite() && *x != 0.0).collect();
        let natural = natural_style(&values);
        printer.style = natural;
        let dot = usize::from(natural == Style::Whole);
        let widths = values.iter().map(|&x| printer.real(x, false).len() + dot);
        printer.width = widths.max().unwrap_or(1).max(1);
        printer.style = match options.sci_mode {
            None => natural,
            // Zeros, infinities and NaN alone do not ask for the option.
            Some(_) if values.is_empty() => natural,
            Some(true) => Style::Scientific,
            Some(false) if values.iter().all(|x| x.fract() == 0.0) => Style::Whole,
            Some(false) => Style::Fixed,
        };
        printer
    }

    /// The places of the elements that are shown, which alone decide on the style.
    fn collect(&self, shape: &[usize], start: usize, shown: &mut Vec<usize>) {
        let Some((&n, inner)) = shape.split_first() else {
            shown.push(start);
            return;
        };
        let step: usize = inner.iter().product();
        let (head, tail) = self.ends(n, inner.is_empty());
        for i in (0..head).chain(tail..n) {
            self.collect(inner, start + i * step, shown);
        }
    }

    /// Which of `n` entries are shown: those before the first number, and from the second on.
    fn ends(&self, n: usize, elements: bool) -> (usize, usize) {
        let edge = self.options.edgeitems;
        if !self.is_cut(n) {
            (n, n)
        } else if edge == 0 && elements {
            // Python's x[-0:] is all of x.
            (0, 0)
        } else {
            (edge, n - edge)
        }
    }

    fn is_cut(&self, n: usize) -> bool {
        self.summarize && n > self.options.edgeitems.saturating_mul(2)
    }

    fn block(&self, shape: &[usize], start: usize, indent: usize) -> String {
        let Some((&n, inner)) = shape.split_first() else { return self.element(start) };
        let (head, tail) = self.ends(n, inner.is_empty());
        let dots = self.is_cut(n).then_some(None).into_iter();
        let entries = (0..head).map(Some).chain(dots).chain((tail..n).map(Some));
        if inner.is_empty() {
            let entries = entries.map(|i| i.map_or_else(|| " ...".to_owned(), |i| self.element(start + i)));
            return self.row(&entries.collect::<Vec<_>>(), indent);
        }
        let step: usize = inner.iter().product();
        let part = |i: Option<usize>| {
            i.map_or_else(|| "...".to_owned(), |i| self.block(inner, start + i * step, indent + 1))
        };
        let gap = format!(",{}{}", "\n".repeat(inner.len()), " ".repeat(indent + 1));
        format!("[{}]", entries.map(part).collect::<Vec<_>>().join(&gap))
    }

    /// The innermost dimension, broken into lines.
    fn row(&self, entries: &[String], indent: usize) -> String {
        let per_line = (self.options.linewidth.saturating_sub(indent) / (self.width + 2)).max(1);
        let lines: Vec<String> = entries.chunks(per_line).map(|line| line.join(", ")).collect();
        format!("[{}]", lines.join(&format!(",\n{}", " ".repeat(indent + 1))))
    }

    fn element(&self, i: usize) -> String {
        format!("{:>width$}", self.raw(i), width = self.width.min(usize::from(u16::MAX)))
    }

    fn raw(&self, i: usize) -> String {
        match self.data.get(i) {
            Some(Scalar::Bool(true)) => "True".to_owned(),
            Some(Scalar::Bool(false)) => "False".to_owned(),
            Some(Scalar::Int(n)) => n.to_string(),
            Some(Scalar::Float(x)) => self.real(x, true),
            None => String::new(),
        }
    }

    fn real(&self, x: f64, dot: bool) -> String {
        match self.style {
            Style::Exact | Style::Whole => fixed(x, 0) + if dot && x.is_finite() { "." } else { "" },
            Style::Fixed => fixed(x, self.options.precision),
            Style::Scientific => scientific(x, self.options.precision),
        }
    }
}

/// The style that suits these values, which are finite and not zero.
fn natural_style(values: &[f64]) -> Style {
    let sizes = values.iter().map(|x| x.abs());
    let (min, max) = (sizes.clone().fold(f64::INFINITY, f64::min), sizes.fold(0.0, f64::max));
    let wide = max / min > 1000.0 || max > 1e8;
    if values.iter().all(|x| x.fract() == 0.0) {
        if wide { Style::Scientific } else { Style::Whole }
    } else if wide || min < 1e-4 {
        Style::Scientific
    } else {
        Style::Fixed
    }
}

impl Tensor {
    /// Reads the elements and gives what `print` shows. The values are those of now; so is the rest.
    ///
    /// # Errors
    /// As for [`read`](Self::read).
    pub fn to_string_async(&self, options: &PrintOptions) -> impl Future<Output = Result<String>> + 'static {
        let (read, options) = (self.read(), options.clone());
        let (shape, dtype, requires_grad) = (self.shape().to_vec(), self.dtype(), self.requires_grad());
        let grad_fn = self.grad_fn().map(|node| node.grad_fn());
        async move {
            let data = read.await?;
            Ok(format_tensor(&data, &shape, dtype, requires_grad, grad_fn.as_deref(), &options))
        }
    }
}
