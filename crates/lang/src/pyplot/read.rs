//! From what `pyplot.py` describes to a [`Figure`].

use std::any::Any;
use std::rc::Rc;

use super::color::scaled;
use super::figure::{Axes, Axis, Figure, Item, Style};
use crate::class::Layout;
use crate::error::{Result, type_error};
use crate::fork::Fork;
use crate::machine::Machine;
use crate::native::{Args, NativeClass};
use crate::numpy::Kind;
use crate::object::Object;
use crate::value::Value;

/// The pixels of an image, as they were when it was drawn.
pub(super) struct Pixels {
    rows: usize,
    columns: usize,
    rgba: Vec<u8>,
}

impl Object for Pixels {
    fn class(&self) -> (&'static str, &'static str) {
        ("matplotlib.pyplot", "_Pixels")
    }

    fn repr(&self, _vm: &mut Machine) -> Result<String> {
        Ok(format!("<{} × {} pixels>", self.rows, self.columns))
    }

    fn fork(&self, _fork: &mut Fork) -> Option<Rc<dyn Object>> {
        None
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

pub(super) const PIXELS: NativeClass = NativeClass {
    module: "matplotlib.pyplot",
    name: "_Pixels",
    base: None,
    layout: Layout::Native,
    constructor: None,
    methods: &[],
    getters: &[],
};

/// Pixels of a matrix of numbers on a scale of colours, or of red, green and blue (and opacity).
pub(super) fn pixels(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (nd, scale, flip) = (vm.nd(&args.get(0))?, args.str(1)?, args.bool(4)?);
    let shape = match &*nd.shape {
        [rows, columns, 1] => vec![*rows, *columns],
        other => other.to_vec(),
    };
    let values = nd.f64s();
    let (rows, columns, mut rgba) = match *shape {
        [rows, columns] => {
            let finite = || values.iter().copied().filter(|x| x.is_finite());
            let low = args.opt_float(2)?.unwrap_or_else(|| finite().fold(f64::INFINITY, f64::min));
            let high = args.opt_float(3)?.unwrap_or_else(|| finite().fold(f64::NEG_INFINITY, f64::max));
            let part = |x: f64| if high > low { (x - low) / (high - low) } else { 0.0 };
            let pixel = |&x: &f64| {
                let [r, g, b] = scaled(&scale, part(x)).map(|c| (c * 255.0).round() as u8);
                [r, g, b, if x.is_nan() { 0 } else { 255 }]
            };
            (rows, columns, values.iter().flat_map(pixel).collect::<Vec<u8>>())
        }
        [rows, columns, n @ (3 | 4)] => {
            let by = if nd.kind == Kind::UInt8 || !nd.kind.is_float() { 1.0 } else { 255.0 };
            let byte = |x: &f64| (x * by).clamp(0.0, 255.0).round() as u8;
            let pixel = |color: &[f64]| {
                let part = |i: usize| color.get(i).map_or(255, byte);
                [part(0), part(1), part(2), part(3)]
            };
            (rows, columns, values.chunks(n).flat_map(pixel).collect())
        }
        _ => return type_error(format!("Invalid shape {} for image data", crate::numpy::tuple(&nd.shape))),
    };
    if flip {
        rgba = rgba.chunks((columns * 4).max(1)).rev().flatten().copied().collect();
    }
    Ok(Value::object(Pixels { rows, columns, rgba }))
}

/// The parts of a list or tuple, by place.
struct Parts(Vec<Value>);

impl Parts {
    fn of(value: &Value) -> Self {
        Self(value.sequence().unwrap_or_default())
    }

    fn get(&self, i: usize) -> Value {
        self.0.get(i).cloned().unwrap_or(Value::None)
    }

    fn parts(&self, i: usize) -> Self {
        Self::of(&self.get(i))
    }

    fn text(&self, i: usize) -> String {
        match self.get(i) {
            Value::Str(text) => text.to_string(),
            _ => String::new(),
        }
    }

    fn number(&self, i: usize) -> f64 {
        self.get(i).as_float().unwrap_or_default()
    }

    fn count(&self, i: usize) -> usize {
        self.get(i).as_int().and_then(|n| usize::try_from(n).ok()).unwrap_or_default()
    }

    fn flag(&self, i: usize) -> bool {
        matches!(self.get(i), Value::Bool(true))
    }

    fn numbers(&self, vm: &mut Machine, i: usize) -> Result<Vec<f64>> {
        Ok(vm.nd(&self.get(i))?.f64s())
    }

    fn texts(&self, i: usize) -> Vec<String> {
        let parts = self.parts(i);
        (0..parts.0.len()).map(|i| parts.text(i)).collect()
    }

    fn pair(&self, i: usize) -> Option<(f64, f64)> {
        let parts = self.parts(i);
        (parts.0.len() == 2).then(|| (parts.number(0), parts.number(1)))
    }
}

/// `(size, title, axes)`.
pub(super) fn figure(vm: &mut Machine, value: &Value) -> Result<Figure> {
    let parts = Parts::of(value);
    let mut axes = Vec::new();
    for part in parts.parts(2).0 {
        axes.push(self::axes(vm, &Parts::of(&part))?);
    }
    let size = parts.pair(0).unwrap_or((6.4, 4.8));
    Ok(Figure { size: (size.0.clamp(1.0, 100.0), size.1.clamp(1.0, 100.0)), title: parts.text(1), axes })
}

/// `(row, column, rows, columns, title, x, y, lines, hidden, equal, legend, items)`.
fn axes(vm: &mut Machine, parts: &Parts) -> Result<Axes> {
    let mut items = Vec::new();
    for part in parts.parts(11).0 {
        items.push(item(vm, &Parts::of(&part))?);
    }
    Ok(Axes {
        place: (parts.count(0), parts.count(1)),
        grid: (parts.count(2).max(1), parts.count(3).max(1)),
        title: parts.text(4),
        x: axis(&parts.parts(5)),
        y: axis(&parts.parts(6)),
        lines: parts.flag(7),
        hidden: parts.flag(8),
        equal: parts.flag(9),
        legend: parts.flag(10),
        items,
    })
}

/// `(label, limits, ticks, texts of ticks, log)`.
fn axis(parts: &Parts) -> Axis {
    let ticks = (!parts.get(2).is_none()).then(|| {
        let (at, texts) = (parts.parts(2), parts.texts(3));
        (0..at.0.len())
            .map(|i| {
                (at.number(i), texts.get(i).cloned().unwrap_or_else(|| super::ticks::text(at.number(i), 0.0)))
            })
            .collect()
    });
    Axis { label: parts.text(0), limits: parts.pair(1).filter(|(a, b)| a != b), ticks, log: parts.flag(4) }
}

/// `(color, alpha, width, dash, marker, size, label)`.
fn style(parts: &Parts) -> Style {
    Style {
        color: parts.text(0),
        alpha: parts.number(1).clamp(0.0, 1.0),
        width: parts.number(2),
        dash: parts.text(3),
        marker: parts.text(4),
        size: parts.number(5),
        label: parts.text(6),
    }
}

/// `(kind, style, …)`.
fn item(vm: &mut Machine, parts: &Parts) -> Result<Item> {
    let style = style(&parts.parts(1));
    Ok(match &*parts.text(0) {
        "line" => Item::Line { x: parts.numbers(vm, 2)?, y: parts.numbers(vm, 3)?, style },
        "points" => Item::Points {
            x: parts.numbers(vm, 2)?,
            y: parts.numbers(vm, 3)?,
            colors: parts.texts(4),
            sizes: parts.numbers(vm, 5)?,
            style,
        },
        "bars" => Item::Bars {
            left: parts.numbers(vm, 2)?,
            bottom: parts.numbers(vm, 3)?,
            width: parts.numbers(vm, 4)?,
            height: parts.numbers(vm, 5)?,
            colors: parts.texts(6),
            style,
        },
        "area" => Item::Area {
            x: parts.numbers(vm, 2)?,
            low: parts.numbers(vm, 3)?,
            high: parts.numbers(vm, 4)?,
            style,
        },
        "text" => Item::Text {
            at: parts.pair(2).unwrap_or_default(),
            about: parts.pair(3),
            text: parts.text(4),
            style,
        },
        "image" => {
            let value = parts.get(2);
            let Some(pixels) = value.downcast::<Pixels>() else { return type_error("an image has pixels") };
            let edges = parts.parts(3);
            Item::Image {
                rows: pixels.rows,
                columns: pixels.columns,
                pixels: pixels.rgba.clone(),
                extent: std::array::from_fn(|i| edges.number(i)),
            }
        }
        _ => Item::Rule { vertical: parts.flag(2), at: parts.number(3), style },
    })
}
