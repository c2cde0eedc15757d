//! `torch.device`, and tensors that go from one device to another.

use std::any::Any;
use std::rc::Rc;

use engine::{DType, Engine, Tensor};

use crate::class::Layout;
use crate::error::{Result, Stop, runtime_error};
use crate::fork::Fork;
use crate::machine::Machine;
use crate::native::{Args, Getter, Native, NativeClass};
use crate::object::Object;
use crate::value::Value;

/// `torch.device('cuda', 0)`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Device {
    cuda: bool,
    index: Option<u32>,
}

impl Device {
    /// That of an engine.
    pub(crate) fn of(vm: &Machine, engine: &Engine) -> Self {
        let cuda = vm.torch.cuda.as_ref().is_some_and(|cuda| cuda.same_as(engine));
        Self { cuda, index: cuda.then_some(0) }
    }

    /// `cuda:0`.
    pub(crate) fn name(self) -> String {
        let kind = self.kind();
        self.index.map_or_else(|| kind.to_owned(), |index| format!("{kind}:{index}"))
    }

    fn kind(self) -> &'static str {
        if self.cuda { "cuda" } else { "cpu" }
    }

    /// Its engine.
    ///
    /// # Errors
    /// `AssertionError`, in PyTorch's words, if there is none.
    pub(crate) fn engine(self, vm: &Machine) -> Result<Engine> {
        if !self.cuda {
            return Ok(vm.engine());
        }
        match (&vm.torch.cuda, self.index) {
            (Some(engine), None | Some(0)) => Ok(engine.clone()),
            (Some(_), Some(_)) => runtime_error("CUDA error: invalid device ordinal"),
            (None, _) => Err(Stop::error("AssertionError", "Torch not compiled with CUDA enabled").hint(
                "This browser has no WebGPU. Write device = 'cuda' if torch.cuda.is_available() else 'cpu'.",
            )),
        }
    }
}

/// The device that a text names.
fn parse(text: &str) -> Result<Device> {
    let (kind, index) = match text.split_once(':') {
        Some((kind, index)) => (kind, index.parse().ok().map(Some)),
        None => (text, Some(None)),
    };
    match (kind, index) {
        ("cpu" | "cuda", None) => runtime_error(format!("Invalid device string: '{text}'")),
        ("cpu", Some(index)) => Ok(Device { cuda: false, index }),
        ("cuda", Some(index)) => Ok(Device { cuda: true, index }),
        _ => runtime_error(format!(
            "Expected one of cpu, cuda, ipu, xpu, mkldnn, opengl, opencl, ideep, hip, ve, fpga, ort, xla, lazy, \
             vulkan, mps, meta, hpu, privateuseone device type at start of device string: {kind}"
        )),
    }
}

impl Object for Device {
    fn class(&self) -> (&'static str, &'static str) {
        ("torch", "device")
    }

    fn repr(&self, _vm: &mut Machine) -> Result<String> {
        let index = self.index.map_or_else(String::new, |index| format!(", index={index}"));
        Ok(format!("device(type='{}'{index})", self.kind()))
    }

    fn str(&self, _vm: &mut Machine) -> Result<String> {
        Ok(self.name())
    }

    fn fork(&self, _fork: &mut Fork) -> Option<Rc<dyn Object>> {
        None
    }

    fn hash(&self) -> Option<u64> {
        Some(u64::from(self.cuda) << 33 | self.index.map_or(1 << 32, u64::from))
    }

    fn equals(&self, other: &dyn Object) -> Option<bool> {
        Some(other.as_any().downcast_ref::<Self>().is_some_and(|other| other == self))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The class `torch.device`.
pub(super) const DEVICE: NativeClass = NativeClass {
    module: "torch",
    name: "device",
    base: None,
    layout: Layout::Native,
    constructor: Some(Native::new("device(type, index=None)", |_, args| {
        let mut device = of(&args.get(0)).unwrap_or_else(|| Err(args.wrong(0, "str")))?;
        if let Some(index) = args.opt_int(1)? {
            device.index = u32::try_from(index).ok();
        }
        Ok(Value::object(device))
    })),
    methods: &[],
    getters: &[
        Getter::new("type", |_, args| Ok(Value::str(own(args)?.kind()))),
        Getter::new("index", |_, args| Ok(Value::from(own(args)?.index.map(i64::from)))),
    ],
};

fn own(args: &Args) -> Result<Device> {
    args.get(0).downcast::<Device>().copied().ok_or_else(|| args.wrong(0, "torch.device"))
}

/// The device that a value names; nothing, if it is no name of one.
pub(crate) fn of(value: &Value) -> Option<Result<Device>> {
    match value {
        Value::Str(text) => Some(parse(text)),
        Value::Int(index) => Some(Ok(Device { cuda: true, index: u32::try_from(*index).ok() })),
        other => other.downcast::<Device>().map(|device| Ok(*device)),
    }
}

/// The engine that `device=` asks for.
///
/// # Errors
/// As for [`Device::engine`].
pub(crate) fn wanted(vm: &Machine, args: &Args) -> Result<Option<Engine>> {
    let Some(value) = args.by_name("device") else { return Ok(None) };
    match of(&value) {
        Some(device) => device?.engine(vm).map(Some),
        None => {
            let found = value.type_name();
            Err(Stop::error(
                "TypeError",
                format!("{}(): argument 'device' must be torch.device, not {found}", args.function()),
            ))
        }
    }
}

/// A tensor with these elements on another engine. Its values are read, so this may be run again.
///
/// # Errors
/// If gradients would have to go from one device to the other.
pub(crate) fn moved(vm: &mut Machine, tensor: &Tensor, to: &Engine, dtype: DType) -> Result<Tensor> {
    if tensor.engine().same_as(to) {
        return Ok(tensor.to(dtype)?);
    }
    let recorded = tensor.engine().is_grad_enabled() && tensor.requires_grad();
    if recorded {
        return Err(Stop::error(
            "RuntimeError",
            "moving a tensor that requires gradients to another device is not part of Seegrad",
        )
        .hint("Move data and model first: model.to(device), x.to(device); use .detach() for values alone."));
    }
    let data = vm.read(tensor)?;
    Ok(to.tensor_as(data, tensor.shape(), tensor.dtype())?.to(dtype)?)
}
