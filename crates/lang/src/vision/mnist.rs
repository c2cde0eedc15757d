//! The images and labels of MNIST: one by one, as tensors, and as whole batches ready to be learnt from.

use std::any::Any;
use std::rc::Rc;

use engine::{Engine, Tensor};

use super::image::Image;
use crate::class::Layout;
use crate::error::{Result, Stop, index_error};
use crate::fork::Fork;
use crate::machine::Machine;
use crate::native::{Args, Native, NativeClass};
use crate::need::{Ask, Reply};
use crate::object::Object;
use crate::value::Value;

/// Height and width of an image.
const SIDE: usize = 28;

/// A set of images and labels, which never changes.
pub(super) struct Set {
    images: Rc<[u8]>,
    labels: Rc<[u8]>,
}

/// Its class, which programs never see.
pub(super) const SET: NativeClass = NativeClass {
    module: "torchvision.datasets",
    name: "_Set",
    base: None,
    layout: Layout::Native,
    constructor: None,
    methods: &[&[
        Native::new("__len__(self)", len),
        Native::new("item(self, index)", item),
        Native::new("data(self)", data),
        Native::new("targets(self)", targets),
        Native::new("batch(self, indices, mean=None, std=None)", batch),
    ]],
    getters: &[],
};

pub(super) const FUNCTIONS: &[Native] =
    &[Native::new("_load(train)", load), Native::new("_load_own(of, train)", load_own)];

impl Object for Set {
    fn class(&self) -> (&'static str, &'static str) {
        ("torchvision.datasets", "_Set")
    }

    fn repr(&self, _vm: &mut Machine) -> Result<String> {
        Ok("<images of MNIST>".to_owned())
    }

    fn fork(&self, _fork: &mut Fork) -> Option<Rc<dyn Object>> {
        None
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Set {
    fn image(&self, i: usize) -> &[u8] {
        self.images.get(i * SIDE * SIDE..(i + 1) * SIDE * SIDE).unwrap_or_default()
    }

    /// The place of an index, which may count from the end.
    fn place(&self, index: i64) -> Result<usize> {
        let n = self.labels.len();
        let from_end = if index < 0 { index + n as i64 } else { index };
        match usize::try_from(from_end) {
            Ok(i) if i < n => Ok(i),
            _ => index_error(format!("index {index} is out of bounds for dimension 0 with size {n}")),
        }
    }
}

fn load(vm: &mut Machine, a: &Args) -> Result<Value> {
    match vm.ask(Ask::Mnist { train: a.bool(0)? })? {
        Reply::Mnist { images, labels } => Ok(Value::object(Set { images, labels })),
        _ => Err(Stop::error("RuntimeError", "Dataset not found. You can use download=True to download it")),
    }
}

/// The data that the user has put in the place of MNIST, or `None`.
fn load_own(vm: &mut Machine, a: &Args) -> Result<Value> {
    match vm.ask(Ask::OwnData { of: a.str(0)?.to_string(), train: a.bool(1)? })? {
        Reply::Mnist { images, labels } => Ok(Value::object(Set { images, labels })),
        _ => Ok(Value::None),
    }
}

fn set(a: &Args) -> Result<Value> {
    let value = a.get(0);
    if value.downcast::<Set>().is_some() { Ok(value) } else { Err(a.wrong(0, "_Set")) }
}

/// Runs a function of the set that is the first argument.
fn of<T>(a: &Args, f: impl FnOnce(&Set) -> Result<T>) -> Result<T> {
    let value = set(a)?;
    match value.downcast::<Set>() {
        Some(set) => f(set),
        None => Err(a.wrong(0, "_Set")),
    }
}

fn len(_vm: &mut Machine, a: &Args) -> Result<Value> {
    of(a, |set| Ok(set.labels.len().into()))
}

/// An image and its label.
fn item(_vm: &mut Machine, a: &Args) -> Result<Value> {
    let index = a.int(1)?;
    of(a, |set| {
        let i = set.place(index)?;
        let label = set.labels.get(i).copied().unwrap_or_default();
        let image = Image::grey(SIDE, SIDE, set.image(i).into());
        Ok(Value::tuple(vec![Value::object(image), Value::Int(i64::from(label))]))
    })
}

fn data(vm: &mut Machine, a: &Args) -> Result<Value> {
    let engine = vm.engine();
    of(a, |set| Ok(engine.tensor(set.images.to_vec(), &[set.labels.len(), SIDE, SIDE])?.into()))
}

fn labels(engine: &Engine, labels: impl Iterator<Item = u8>) -> Result<Tensor> {
    let values: Vec<i64> = labels.map(i64::from).collect();
    let n = values.len();
    Ok(engine.tensor(values, &[n])?)
}

fn targets(vm: &mut Machine, a: &Args) -> Result<Value> {
    let engine = vm.engine();
    of(a, |set| Ok(labels(&engine, set.labels.iter().copied())?.into()))
}

/// The images at these indices as `ToTensor` makes them, normalised if `mean` and `std` are given, and their labels.
fn batch(vm: &mut Machine, a: &Args) -> Result<Value> {
    let engine = vm.engine();
    let indices = a.ints(1)?;
    let (mean, std) = (a.opt_float(2)?, a.opt_float(3)?);
    of(a, |set| {
        // The steps of the transforms, in float32 as they are taken.
        let pixel = |byte: usize| {
            let x = byte as f32 / 255.0;
            match (mean, std) {
                (Some(mean), Some(std)) => (x - mean as f32) / std as f32,
                _ => x,
            }
        };
        let table: Vec<f32> = (0..256).map(pixel).collect();
        let mut values = Vec::with_capacity(indices.len() * SIDE * SIDE);
        let mut found = Vec::with_capacity(indices.len());
        for &index in &indices {
            let i = set.place(index)?;
            let value = |&byte: &u8| table.get(usize::from(byte)).copied().unwrap_or_default();
            values.extend(set.image(i).iter().map(value));
            found.push(set.labels.get(i).copied().unwrap_or_default());
        }
        let images = engine.tensor(values, &[indices.len(), 1, SIDE, SIDE])?;
        Ok(Value::list(vec![images.into(), labels(&engine, found.into_iter())?.into()]))
    })
}
