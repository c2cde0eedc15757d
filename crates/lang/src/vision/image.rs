//! Images as `PIL` has them: bytes, grey or in colours.

use std::any::Any;
use std::rc::Rc;

use engine::Tensor;

use super::resample;
use crate::class::Layout;
use crate::error::{Result, Stop, index_error, type_error, value_error};
use crate::fork::Fork;
use crate::machine::Machine;
use crate::native::{Args, Getter, Native, NativeClass};
use crate::need::Ask;
use crate::object::Object;
use crate::value::Value;

/// An image, which never changes.
pub(super) struct Image {
    width: usize,
    height: usize,
    /// 1: grey, mode `L`; 3: mode `RGB`.
    bands: usize,
    /// Row by row, all bands of a place together.
    bytes: Rc<[u8]>,
}

/// `PIL.Image.Image`.
pub(super) const IMAGE: NativeClass = NativeClass {
    module: "PIL.Image",
    name: "Image",
    base: None,
    layout: Layout::Native,
    constructor: None,
    methods: &[&[
        Native::new("getpixel(self, xy)", getpixel),
        Native::new("convert(self, mode)", convert),
        Native::new("resize(self, size, resample=2)", resize),
        Native::new("save(self, path, format=None)", save),
        Native::new("show(self)", |_, _| {
            Err(Stop::error("NotImplementedError", "show is not part of Seegrad: draw it with plt.imshow"))
        }),
    ]],
    getters: &[
        Getter::new("size", |_, a| {
            of(a, |image| Ok(Value::tuple(vec![image.width.into(), image.height.into()])))
        }),
        Getter::new("width", |_, a| of(a, |image| Ok(image.width.into()))),
        Getter::new("height", |_, a| of(a, |image| Ok(image.height.into()))),
        Getter::new("mode", |_, a| of(a, |image| Ok(image.mode().into()))),
    ],
};

pub(super) const FUNCTIONS: &[Native] = &[
    Native::new("_image_bytes(image)", |vm, a| {
        let engine = vm.engine();
        of(a, |image| {
            let shape = [image.height, image.width, image.bands];
            Ok(engine.tensor(image.bytes.to_vec(), &shape)?.permute(&[2, 0, 1])?.into())
        })
    }),
    Native::new("_image_of(bytes)", image_of),
    Native::new("_write(image, path)", save),
];

impl Image {
    /// A grey one.
    pub(super) fn grey(width: usize, height: usize, bytes: Rc<[u8]>) -> Self {
        Self { width, height, bands: 1, bytes }
    }

    fn mode(&self) -> &'static str {
        if self.bands == 1 { "L" } else { "RGB" }
    }
}

impl Object for Image {
    fn class(&self) -> (&'static str, &'static str) {
        ("PIL.Image", "Image")
    }

    fn repr(&self, _vm: &mut Machine) -> Result<String> {
        let (mode, width, height) = (self.mode(), self.width, self.height);
        let at = self.bytes.as_ptr() as usize;
        Ok(format!("<PIL.Image.Image image mode={mode} size={width}x{height} at {at:#X}>"))
    }

    fn fork(&self, _fork: &mut Fork) -> Option<Rc<dyn Object>> {
        None
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Runs a function of the image that is the first argument.
fn of<T>(a: &Args, f: impl FnOnce(&Image) -> Result<T>) -> Result<T> {
    match a.get(0).downcast::<Image>() {
        Some(image) => f(image),
        None => {
            let kind = a.get(0).type_name();
            type_error(format!("pic should be PIL Image or ndarray. Got <class '{kind}'>"))
        }
    }
}

fn getpixel(_vm: &mut Machine, a: &Args) -> Result<Value> {
    let place = a.ints(1)?;
    of(a, |image| {
        let [x, y] = *place.as_slice() else { return type_error("argument must be sequence of length 2") };
        let inside = |n: i64, size: usize| usize::try_from(n).ok().filter(|&n| n < size);
        let (Some(x), Some(y)) = (inside(x, image.width), inside(y, image.height)) else {
            return index_error("image index out of range");
        };
        let start = (y * image.width + x) * image.bands;
        let found = image.bytes.get(start..start + image.bands).unwrap_or_default();
        Ok(match found {
            [grey] => Value::Int(i64::from(*grey)),
            bands => Value::tuple(bands.iter().map(|&b| Value::Int(i64::from(b))).collect()),
        })
    })
}

fn convert(_vm: &mut Machine, a: &Args) -> Result<Value> {
    let mode = a.str(1)?;
    of(a, |image| {
        let (width, height) = (image.width, image.height);
        let (bands, bytes): (usize, Rc<[u8]>) = match (&*mode, image.bands) {
            ("L", 1) | ("RGB", 3) => (image.bands, Rc::clone(&image.bytes)),
            ("RGB", _) => (3, image.bytes.iter().flat_map(|&b| [b; 3]).collect()),
            // The weights of ITU-R 601-2, in sixteenths of bits, as PIL has them.
            ("L", _) => {
                let grey = |p: &[u8]| match p {
                    [r, g, b] => {
                        let sum = u32::from(*r) * 19595 + u32::from(*g) * 38470 + u32::from(*b) * 7471;
                        ((sum + 0x8000) >> 16) as u8
                    }
                    _ => 0,
                };
                (1, image.bytes.chunks(3).map(grey).collect())
            }
            (other, _) => {
                return value_error(format!("image has wrong mode: '{other}' is not part of Seegrad"));
            }
        };
        Ok(Value::object(Image { width, height, bands, bytes }))
    })
}

fn save(vm: &mut Machine, a: &Args) -> Result<Value> {
    let path = a.str(1)?;
    let bytes = of(a, |image| Ok(crate::png::encode(&image.bytes, image.bands, image.width, image.height)))?;
    vm.ask(Ask::WriteFile(path.to_string(), bytes.into()))?;
    Ok(Value::None)
}

fn resize(_vm: &mut Machine, a: &Args) -> Result<Value> {
    let (size, nearest) = (a.ints(1)?, a.int(2)? == 0);
    of(a, |image| {
        let sizes: Vec<usize> = size.iter().filter_map(|&n| usize::try_from(n).ok()).collect();
        let [width, height] = *sizes.as_slice() else {
            return value_error("height and width must be > 0");
        };
        if width == 0 || height == 0 || width.saturating_mul(height) > 1 << 24 {
            return value_error("height and width must be > 0");
        }
        let from = (image.width, image.height);
        let bytes = resample::resize(&image.bytes, image.bands, from, (width, height), nearest);
        Ok(Value::object(Image { width, height, bands: image.bands, bytes: bytes.into() }))
    })
}

/// An image of a tensor `[bands, height, width]` or `[height, width]` of bytes.
fn image_of(vm: &mut Machine, a: &Args) -> Result<Value> {
    let t = a.tensor(0)?;
    let t: Tensor = if t.ndim() == 2 { t.unsqueeze(0)? } else { t };
    let [bands, height, width] = *t.shape() else {
        return value_error(format!("pic should be 2/3 dimensional. Got {} dimensions.", t.ndim()));
    };
    if bands != 1 && bands != 3 {
        return value_error(format!("an image of {bands} channels is not part of Seegrad"));
    }
    let order = t.permute(&[1, 2, 0])?.contiguous()?;
    let engine::HostData::UInt8(bytes) = vm.read(&order)? else {
        return type_error("an image is made of bytes");
    };
    Ok(Value::object(Image { width, height, bands, bytes: bytes.into() }))
}
