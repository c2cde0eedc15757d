//! Figures as data: what a program drew, in the units of the program. Nothing here draws.

/// A figure.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Figure {
    /// Width and height in inches of 100 pixels.
    pub size: (f64, f64),
    /// The title above all axes.
    pub title: String,
    /// Its parts, each with axes of its own.
    pub axes: Vec<Axes>,
}

/// A part of a figure.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Axes {
    /// Where it stands: row and column, in a grid of so many rows and columns.
    pub place: (usize, usize),
    /// The grid.
    pub grid: (usize, usize),
    /// The title above it.
    pub title: String,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// Whether lines are drawn at the ticks.
    pub lines: bool,
    /// Whether the axes themselves are not drawn.
    pub hidden: bool,
    /// Whether a unit is equally long on both axes.
    pub equal: bool,
    /// Whether the labels of the items are listed.
    pub legend: bool,
    /// What is drawn, from back to front.
    pub items: Vec<Item>,
}

/// One of the two axes.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Axis {
    /// What it measures.
    pub label: String,
    /// The first and the last value, if they are set. The first is the larger one if it runs backwards.
    pub limits: Option<(f64, f64)>,
    /// The ticks and their texts, if they are set.
    pub ticks: Option<Vec<(f64, String)>>,
    /// Whether it is logarithmic.
    pub log: bool,
}

/// How a line or an area looks.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Style {
    /// `#rrggbb`, or `none`.
    pub color: String,
    /// From 0 (nothing is seen) to 1.
    pub alpha: f64,
    /// In points.
    pub width: f64,
    /// As Matplotlib writes it: `-`, `--`, `-.`, `:` or nothing.
    pub dash: String,
    /// As Matplotlib writes it: `o`, `x`, … or nothing.
    pub marker: String,
    /// The size of a marker in points.
    pub size: f64,
    /// What the legend says; nothing, if it does not list it.
    pub label: String,
}

/// Something that is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// Points joined by lines; a value that is not finite is a gap.
    Line {
        /// Horizontal values.
        x: Vec<f64>,
        /// Vertical values, as many.
        y: Vec<f64>,
        /// How it looks.
        style: Style,
    },
    /// Points, each with its own colour and size.
    Points {
        /// Horizontal values.
        x: Vec<f64>,
        /// Vertical values, as many.
        y: Vec<f64>,
        /// One colour for all, or one for each: `#rrggbb`.
        colors: Vec<String>,
        /// One area for all, or one for each, in square points.
        sizes: Vec<f64>,
        /// The marker and the rest.
        style: Style,
    },
    /// Rectangles.
    Bars {
        /// Left edges.
        left: Vec<f64>,
        /// Lower edges.
        bottom: Vec<f64>,
        /// Widths.
        width: Vec<f64>,
        /// Heights, which may be negative.
        height: Vec<f64>,
        /// One colour for all, or one for each.
        colors: Vec<String>,
        /// The rest.
        style: Style,
    },
    /// The area between two lines.
    Area {
        /// Horizontal values.
        x: Vec<f64>,
        /// One line.
        low: Vec<f64>,
        /// The other.
        high: Vec<f64>,
        /// How it looks.
        style: Style,
    },
    /// Pixels.
    Image {
        /// How many rows.
        rows: usize,
        /// How many columns.
        columns: usize,
        /// Red, green, blue and opacity of each pixel, row by row from the top.
        pixels: Vec<u8>,
        /// Left, right, lower and upper edge.
        extent: [f64; 4],
    },
    /// A text; with a line from it, if it annotates a point.
    Text {
        /// Where it begins.
        at: (f64, f64),
        /// The point that it is about.
        about: Option<(f64, f64)>,
        /// The text.
        text: String,
        /// Its colour, and its size in points.
        style: Style,
    },
    /// A line over the whole width or height.
    Rule {
        /// Whether it is vertical, at a value of x.
        vertical: bool,
        /// The value.
        at: f64,
        /// How it looks.
        style: Style,
    },
}

impl Item {
    /// The least and the greatest values of x and of y, of those that are finite.
    pub fn bounds(&self) -> Option<[f64; 4]> {
        let (xs, ys): (Vec<f64>, Vec<f64>) = match self {
            Self::Line { x, y, .. } | Self::Points { x, y, .. } => (x.clone(), y.clone()),
            Self::Bars { left, bottom, width, height, .. } => {
                let ends = |a: &[f64], b: &[f64]| a.iter().chain(b).copied().collect::<Vec<f64>>();
                let sums = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a + b).collect::<Vec<f64>>();
                (ends(left, &sums(left, width)), ends(bottom, &sums(bottom, height)))
            }
            Self::Area { x, low, high, .. } => (x.clone(), low.iter().chain(high).copied().collect()),
            Self::Image { extent: [left, right, low, high], .. } => (vec![*left, *right], vec![*low, *high]),
            Self::Rule { vertical, at, .. } => {
                if *vertical {
                    (vec![*at], Vec::new())
                } else {
                    (Vec::new(), vec![*at])
                }
            }
            Self::Text { .. } => return None,
        };
        let (x, y) = (range(&xs), range(&ys));
        (x.is_some() || y.is_some()).then(|| {
            let none = (f64::INFINITY, f64::NEG_INFINITY);
            let ((left, right), (low, high)) = (x.unwrap_or(none), y.unwrap_or(none));
            [left, right, low, high]
        })
    }

    /// What the legend says of it.
    pub fn label(&self) -> Option<&str> {
        self.style().map(|style| &*style.label).filter(|label| !label.is_empty() && !label.starts_with('_'))
    }

    /// How it looks, if it is no image.
    pub fn style(&self) -> Option<&Style> {
        match self {
            Self::Line { style, .. }
            | Self::Points { style, .. }
            | Self::Bars { style, .. }
            | Self::Area { style, .. }
            | Self::Text { style, .. }
            | Self::Rule { style, .. } => Some(style),
            Self::Image { .. } => None,
        }
    }
}

/// The least and the greatest of the finite values.
fn range(values: &[f64]) -> Option<(f64, f64)> {
    let finite = values.iter().copied().filter(|x| x.is_finite());
    finite.fold(None, |range, x| match range {
        None => Some((x, x)),
        Some((low, high)) => Some((f64::min(low, x), f64::max(high, x))),
    })
}

impl Axes {
    /// The ranges of both axes: as they are set, or what is drawn with a margin. Left, right, lower, upper.
    pub fn view(&self) -> [f64; 4] {
        let all = self.items.iter().filter_map(Item::bounds);
        let [left, right, low, high] = all
            .reduce(|a, b| [a[0].min(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].max(b[3])])
            .unwrap_or([f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY, f64::NEG_INFINITY]);
        let tight = self.items.iter().any(|item| matches!(item, Item::Image { .. }));
        let bars = self.items.iter().any(|item| matches!(item, Item::Bars { .. }));
        let x = self.x.view(left, right, tight, false);
        let y = self.y.view(low, high, tight, bars);
        [x.0, x.1, y.0, y.1]
    }
}

impl Axis {
    fn view(&self, low: f64, high: f64, tight: bool, stand: bool) -> (f64, f64) {
        if let Some(limits) = self.limits {
            return limits;
        }
        if !(low.is_finite() && high.is_finite()) {
            return if self.log { (1.0, 10.0) } else { (0.0, 1.0) };
        }
        if self.log {
            let (low, high) = (low.max(f64::MIN_POSITIVE), high.max(f64::MIN_POSITIVE));
            let room = (high / low).powf(0.05).max(1.1);
            return (low / room, high * room);
        }
        let room = if low == high { (low.abs() * 0.05).max(0.05) } else { 0.05 * (high - low) };
        if tight && low < high {
            return (low, high);
        }
        // Bars stand on the axis.
        let below = if stand && low == 0.0 { 0.0 } else { room };
        let above = if stand && high == 0.0 { 0.0 } else { room };
        (low - below, high + above)
    }
}
