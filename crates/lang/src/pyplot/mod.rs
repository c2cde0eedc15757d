//! `matplotlib.pyplot`: the state of drawing is kept in Python (`pyplot.py`); what is shown is told as a [`Figure`].

mod color;
mod contour;
mod figure;
mod marks;
mod png;
mod read;
mod svg;
mod ticks;

pub use figure::{Axes, Axis, Figure, Item, Style};

use crate::error::{Result, value_error};
use crate::machine::{Event, Machine};
use crate::native::{Args, Native, NativeClass, NativeModule};
use crate::need::Ask;
use crate::value::{Module, Value};

/// The modules of Matplotlib.
pub(crate) const MODULES: &[NativeModule] = &[
    NativeModule {
        name: "matplotlib",
        functions: &[],
        classes: &[],
        build: None,
        source: Some(python!("pyplot/matplotlib.py")),
    },
    NativeModule {
        name: "matplotlib.pyplot",
        functions: &[FUNCTIONS],
        classes: &[],
        build: None,
        source: Some(concat!(
            python!("pyplot/artists.py"),
            python!("pyplot/lines.py"),
            python!("pyplot/fields.py"),
            python!("pyplot/axes.py"),
            python!("pyplot/space.py"),
            python!("pyplot/pyplot.py")
        )),
    },
    NativeModule {
        name: "matplotlib.cm",
        functions: &[FUNCTIONS],
        classes: &[],
        build: None,
        source: Some(python!("pyplot/cm.py")),
    },
    NativeModule {
        name: "matplotlib.colors",
        functions: &[FUNCTIONS],
        classes: &[],
        build: None,
        source: Some(python!("pyplot/colors.py")),
    },
    beside("matplotlib.ticker"),
    beside("matplotlib.animation"),
    beside("matplotlib.gridspec"),
    beside("matplotlib.patches"),
    beside("matplotlib.lines"),
    beside("matplotlib.image"),
    beside("matplotlib.style"),
    beside("IPython"),
    beside("IPython.display"),
    beside("matplotlib_inline"),
    beside("matplotlib_inline.backend_inline"),
    beside("mpl_toolkits"),
    beside("mpl_toolkits.mplot3d"),
    beside("mpl_toolkits.mplot3d.axes3d"),
];

/// One of the small modules, which share a text.
const fn beside(name: &'static str) -> NativeModule {
    let source = Some(python!("pyplot/beside.py"));
    NativeModule { name, functions: &[], classes: &[], build: None, source }
}

/// Its native classes.
pub(crate) const CLASSES: &[&NativeClass] = &[&read::PIXELS];

const FUNCTIONS: &[Native] = &[
    Native::new("_tell(figure)", |vm, args| {
        let figure = read::figure(vm, &args.get(0))?;
        vm.tell(Event::Figure(figure));
        Ok(Value::None)
    }),
    Native::new("_write_figure(figure, name)", |vm, args| {
        let figure = read::figure(vm, &args.get(0))?;
        let name = args.str(1)?.to_string();
        vm.ask(Ask::WriteFile(name, figure.to_svg().into_bytes().into()))?;
        Ok(Value::None)
    }),
    Native::new("_color(value)", |_, args| Ok(Value::from(color::color(&args.get(0)).as_deref()))),
    Native::new("_cycle(i)", |_, args| {
        let place = args.int(0)?.rem_euclid(color::CYCLE.len() as i64) as usize;
        Ok(Value::from(color::CYCLE.get(place).copied()))
    }),
    Native::new("_scaled(name, values, low, high)", scaled),
    Native::new("_is_scale(name)", |_, args| Ok(Value::Bool(color::is_scale(&args.str(0)?)))),
    Native::new("_pixels(data, scale, low, high, flip)", read::pixels),
    Native::new("_contour(x, y, z, level)", contour::contour),
];

/// The colours of numbers on a scale between two ends.
fn scaled(vm: &mut Machine, args: &Args) -> Result<Value> {
    let values = vm.nd(&args.get(1))?.f64s();
    let finite = || values.iter().copied().filter(|x| x.is_finite());
    let low = args.opt_float(2)?.unwrap_or_else(|| finite().fold(f64::INFINITY, f64::min));
    let high = args.opt_float(3)?.unwrap_or_else(|| finite().fold(f64::NEG_INFINITY, f64::max));
    let name = args.str(0)?;
    if !color::is_scale(&name) {
        return value_error(format!(
            "'{name}' is not a valid value for name; supported values are 'viridis', 'gray', …"
        ));
    }
    let part = |x: f64| if high > low { (x - low) / (high - low) } else { 0.0 };
    let colors = values.iter().map(|&x| Value::from(color::hex(color::scaled(&name, part(x)))));
    Ok(Value::list(colors.collect()))
}

/// What shows the figures that were drawn and not shown, if there are any, when the program has come to its end.
pub(crate) fn unshown(module: &Module) -> Option<Value> {
    match module.get("_figures") {
        Some(Value::List(list)) if !list.0.borrow().is_empty() => module.get("_finish"),
        _ => None,
    }
}
