//! Values: what a name, a list's place or an attribute can hold.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use engine::Tensor;

use crate::ast::Name;
use crate::class::{Class, Instance};
use crate::function::{CellBox, Function, Method, NativeFunction, Property};
use crate::generator::Generator;
use crate::iterate::Iter;
use crate::map::{Attrs, Map};
use crate::object::Object;

/// A value. Cloning gives another reference to the same object, as assigning does in Python.
#[derive(Clone)]
pub(crate) enum Value {
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    Str(Rc<str>),
    Ellipsis,
    NotImplemented,
    Tuple(Rc<Tuple>),
    List(Rc<List>),
    Dict(Rc<Dict>),
    Set(Rc<Set>),
    Range(Range),
    Slice(Rc<Slice>),
    Function(Rc<Function>),
    Native(Rc<NativeFunction>),
    Method(Rc<Method>),
    Property(Rc<Property>),
    Class(Rc<Class>),
    Instance(Rc<Instance>),
    Generator(Rc<Generator>),
    Iter(Rc<Iter>),
    Module(Rc<Module>),
    Cell(Rc<CellBox>),
    Tensor(TensorRef),
    /// Everything else that is native: a dtype, an array, a figure ….
    Object(Rc<dyn Object>),
}

/// A tensor, and whether it was made by `nn.Parameter`.
#[derive(Clone)]
pub(crate) struct TensorRef {
    pub(crate) tensor: Tensor,
    pub(crate) parameter: bool,
}

/// `(a, b)`, and what else is a tuple: `torch.Size`, and tuples whose places have names.
pub(crate) struct Tuple {
    items: OnceCell<Box<[Value]>>,
    kind: OnceCell<TupleKind>,
}

/// What kind of tuple it is.
#[derive(Clone)]
pub(crate) enum TupleKind {
    Plain,
    Size,
    /// The name of the type, as it is printed, and the names of the places.
    Named(Rc<NamedFields>),
}

/// The names in a tuple whose places have names.
pub(crate) struct NamedFields {
    pub(crate) name: Name,
    pub(crate) fields: Vec<Name>,
    /// `torch.return_types.max`: printed over several lines.
    pub(crate) tall: bool,
}

impl Tuple {
    pub(crate) fn new(items: Vec<Value>, kind: TupleKind) -> Rc<Self> {
        Rc::new(Self { items: OnceCell::from(items.into_boxed_slice()), kind: OnceCell::from(kind) })
    }

    /// One whose items are put in later, by [`fill`](Self::fill).
    pub(crate) fn shell() -> Rc<Self> {
        Rc::new(Self { items: OnceCell::new(), kind: OnceCell::new() })
    }

    /// Puts the items in; does nothing the second time.
    pub(crate) fn fill(&self, items: Vec<Value>, kind: TupleKind) {
        let _ = self.items.set(items.into_boxed_slice());
        let _ = self.kind.set(kind);
    }

    /// Takes the items out of a tuple that is dropped.
    pub(crate) fn take(&mut self) -> Vec<Value> {
        self.items.take().map(Vec::from).unwrap_or_default()
    }

    pub(crate) fn items(&self) -> &[Value] {
        self.items.get().map_or(&[], |items| items)
    }

    pub(crate) fn kind(&self) -> &TupleKind {
        self.kind.get().unwrap_or(&TupleKind::Plain)
    }
}

/// `[a, b]`.
#[derive(Default)]
pub(crate) struct List(pub(crate) RefCell<Vec<Value>>);

/// `{a: b}`.
#[derive(Default)]
pub(crate) struct Dict(pub(crate) RefCell<Map>);

/// `{a, b}`: the keys of a map. A `frozenset` cannot be changed.
#[derive(Default)]
pub(crate) struct Set {
    pub(crate) items: RefCell<Map>,
    pub(crate) frozen: Cell<bool>,
}

/// `range(start, stop, step)`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) start: i64,
    pub(crate) stop: i64,
    pub(crate) step: i64,
}

impl Range {
    pub(crate) fn len(self) -> usize {
        let (start, stop, step) = (i128::from(self.start), i128::from(self.stop), i128::from(self.step));
        let span = if step > 0 { stop - start } else { start - stop };
        if span <= 0 { 0 } else { usize::try_from((span - 1) / step.abs() + 1).unwrap_or(usize::MAX) }
    }

    /// Element `i`, which must be within.
    pub(crate) fn at(self, i: usize) -> i64 {
        self.start.wrapping_add((i as i64).wrapping_mul(self.step))
    }
}

/// `a:b:c`.
pub(crate) struct Slice {
    pub(crate) start: Value,
    pub(crate) stop: Value,
    pub(crate) step: Value,
}

/// A module, or the globals of the program.
pub(crate) struct Module {
    pub(crate) name: Name,
    pub(crate) attrs: RefCell<Attrs>,
}

impl Module {
    pub(crate) fn new(name: &str) -> Rc<Self> {
        let module = Self { name: name.into(), attrs: RefCell::default() };
        module.set("__name__", Value::str(name));
        Rc::new(module)
    }

    pub(crate) fn get(&self, name: &str) -> Option<Value> {
        self.attrs.borrow().get(name)
    }

    pub(crate) fn set(&self, name: &str, value: impl Into<Value>) {
        self.attrs.borrow_mut().set(name.into(), value.into());
    }
}

impl Value {
    pub(crate) fn str(text: &str) -> Self {
        Self::Str(text.into())
    }

    pub(crate) fn list(items: Vec<Self>) -> Self {
        Self::List(Rc::new(List(RefCell::new(items))))
    }

    pub(crate) fn tuple(items: Vec<Self>) -> Self {
        Self::Tuple(Tuple::new(items, TupleKind::Plain))
    }

    /// A `torch.Size`.
    pub(crate) fn size(shape: &[usize]) -> Self {
        let items = shape.iter().map(|&n| Self::Int(n as i64)).collect();
        Self::Tuple(Tuple::new(items, TupleKind::Size))
    }

    /// A tuple whose places have names, as PyTorch returns where there are several results.
    pub(crate) fn named(name: &str, fields: &[&str], items: Vec<Self>) -> Self {
        let fields = fields.iter().map(|&field| field.into()).collect();
        let names = NamedFields { name: name.into(), fields, tall: true };
        Self::Tuple(Tuple::new(items, TupleKind::Named(Rc::new(names))))
    }

    pub(crate) fn dict(map: Map) -> Self {
        Self::Dict(Rc::new(Dict(RefCell::new(map))))
    }

    pub(crate) fn set(items: Map) -> Self {
        Self::Set(Rc::new(Set { items: RefCell::new(items), frozen: Cell::new(false) }))
    }

    pub(crate) fn object(object: impl Object) -> Self {
        Self::Object(Rc::new(object))
    }

    pub(crate) fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// Whether both are one object: Python's `is`.
    pub(crate) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::None, Self::None)
            | (Self::Ellipsis, Self::Ellipsis)
            | (Self::NotImplemented, Self::NotImplemented) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Int(a), Self::Int(b)) => a == b,
            (Self::Float(a), Self::Float(b)) => a.to_bits() == b.to_bits(),
            (Self::Str(a), Self::Str(b)) => a == b,
            (Self::Range(a), Self::Range(b)) => a == b,
            (Self::Tensor(a), Self::Tensor(b)) => a.tensor.same_as(&b.tensor),
            _ => self.address().is_some() && self.address() == other.address(),
        }
    }

    /// Where the object lies, of those that have an identity.
    pub(crate) fn address(&self) -> Option<usize> {
        fn at<T: ?Sized>(rc: &Rc<T>) -> Option<usize> {
            Some(Rc::as_ptr(rc).cast::<()>() as usize)
        }
        match self {
            Self::Tuple(x) => at(x),
            Self::List(x) => at(x),
            Self::Dict(x) => at(x),
            Self::Set(x) => at(x),
            Self::Slice(x) => at(x),
            Self::Function(x) => at(x),
            Self::Native(x) => at(x),
            Self::Method(x) => at(x),
            Self::Property(x) => at(x),
            Self::Class(x) => at(x),
            Self::Instance(x) => at(x),
            Self::Generator(x) => at(x),
            Self::Iter(x) => at(x),
            Self::Module(x) => at(x),
            Self::Cell(x) => at(x),
            Self::Object(x) => at(x),
            Self::Str(x) => at(x),
            Self::Tensor(x) => Some(x.tensor.id()),
            Self::None
            | Self::Bool(_)
            | Self::Int(_)
            | Self::Float(_)
            | Self::Ellipsis
            | Self::NotImplemented
            | Self::Range(_) => None,
        }
    }
}

impl From<bool> for Value {
    fn from(x: bool) -> Self {
        Self::Bool(x)
    }
}

impl From<i64> for Value {
    fn from(x: i64) -> Self {
        Self::Int(x)
    }
}

impl From<usize> for Value {
    fn from(x: usize) -> Self {
        Self::Int(i64::try_from(x).unwrap_or(i64::MAX))
    }
}

impl From<f64> for Value {
    fn from(x: f64) -> Self {
        Self::Float(x)
    }
}

impl From<&str> for Value {
    fn from(x: &str) -> Self {
        Self::str(x)
    }
}

impl From<String> for Value {
    fn from(x: String) -> Self {
        Self::Str(x.into())
    }
}

impl From<Tensor> for Value {
    fn from(tensor: Tensor) -> Self {
        Self::Tensor(TensorRef { tensor, parameter: false })
    }
}

impl From<Vec<Tensor>> for Value {
    fn from(tensors: Vec<Tensor>) -> Self {
        Self::tuple(tensors.into_iter().map(Self::from).collect())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(x: Option<T>) -> Self {
        x.map_or(Self::None, Into::into)
    }
}
