//! Classes and their instances.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use crate::ast::Name;
use crate::error::{Result, type_error};
use crate::function::NativeFunction;
use crate::map::Attrs;
use crate::value::{Dict, Value};

/// A class, of the program or native.
pub(crate) struct Class {
    pub(crate) name: Name,
    /// The module that it was made in: `__main__`.
    pub(crate) module: Name,
    pub(crate) bases: RefCell<Vec<Rc<Class>>>,
    /// Where attributes are looked up after the class itself.
    pub(crate) ancestors: RefCell<Vec<Rc<Class>>>,
    pub(crate) attrs: RefCell<Attrs>,
    /// What makes an instance, if the class is native.
    pub(crate) constructor: Option<Rc<NativeFunction>>,
    /// Whether it is ours, and cannot be changed by a program.
    pub(crate) builtin: Cell<bool>,
    /// What all instances are.
    pub(crate) layout: Layout,
}

/// What an instance of a class is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// A native value; programs cannot inherit from its class.
    Native,
    /// Attributes alone.
    Plain,
    /// Attributes around a list, dict, … whose methods it has: the constructor of the class makes that.
    Around,
    /// An exception.
    Exception,
    /// An `nn.Module`: parameters, buffers and modules among the attributes are registered.
    Module,
}

/// How many ancestors a class may have: each of them knows all of its own.
const MOST: usize = 1000;

impl Class {
    /// A new class of a program.
    ///
    /// # Errors
    /// `TypeError` if the bases cannot be put in an order, or cannot be inherited from.
    pub(crate) fn new(name: Name, module: Name, bases: Vec<Rc<Self>>, attrs: Attrs) -> Result<Rc<Self>> {
        let ancestors = merge(&bases)?;
        if ancestors.len() > MOST {
            return type_error("a class has more than 1000 ancestors");
        }
        let mut layout = Layout::Plain;
        let mut constructor = None;
        for base in &bases {
            match base.layout {
                Layout::Native => {
                    return type_error(format!("type '{}' is not an acceptable base type", base.name));
                }
                Layout::Plain => {}
                special => {
                    layout = special;
                    constructor.clone_from(&base.constructor);
                }
            }
        }
        Ok(Rc::new(Self {
            name,
            module,
            bases: RefCell::new(bases),
            ancestors: RefCell::new(ancestors),
            attrs: RefCell::new(attrs),
            constructor,
            builtin: Cell::new(false),
            layout,
        }))
    }

    /// Whether it was declared natively, and not only inherits from such a class.
    pub(crate) fn is_native(&self) -> bool {
        self.builtin.get() && self.constructor.as_ref().is_some_and(|new| new.native.name() == &*self.name)
    }

    /// A method of this name that the program gave it: a function, or a native one that goes by another name, as in
    /// `__setattr__ = dict.__setitem__`.
    pub(crate) fn hook(&self, name: &str) -> Option<Value> {
        self.lookup(name).filter(|found| match found {
            Value::Function(_) => true,
            Value::Native(native) => native.native.name() != name,
            _ => false,
        })
    }

    /// Its own attribute, or that of the first ancestor that has it.
    pub(crate) fn lookup(&self, name: &str) -> Option<Value> {
        let own = self.attrs.borrow().get(name);
        own.or_else(|| self.ancestors.borrow().iter().find_map(|class| class.attrs.borrow().get(name)))
    }

    /// The attribute of the first class behind `after` in the order of lookup: what `super()` finds.
    pub(crate) fn lookup_after(self: &Rc<Self>, after: &Rc<Self>, name: &str) -> Option<Value> {
        let ancestors = self.ancestors.borrow();
        let skip = if Rc::ptr_eq(self, after) {
            0
        } else {
            ancestors.iter().position(|class| Rc::ptr_eq(class, after))? + 1
        };
        ancestors.iter().skip(skip).find_map(|class| class.attrs.borrow().get(name))
    }

    pub(crate) fn is_subclass(self: &Rc<Self>, of: &Rc<Self>) -> bool {
        Rc::ptr_eq(self, of) || self.ancestors.borrow().iter().any(|class| Rc::ptr_eq(class, of))
    }

    /// Whether it or an ancestor has this name and is ours.
    pub(crate) fn is_builtin(&self, name: &str) -> bool {
        let named = |class: &Self| class.builtin.get() && &*class.name == name;
        named(self) || self.ancestors.borrow().iter().any(|class| named(class))
    }

    /// The name with its module, as `repr` prints it: builtin names stand alone.
    pub(crate) fn full_name(&self) -> String {
        let qualified = match self.attrs.borrow().get("__qualname__") {
            Some(Value::Str(name)) => name,
            _ => self.name.clone(),
        };
        match &*self.module {
            "builtins" => qualified.to_string(),
            module => format!("{module}.{qualified}"),
        }
    }
}

/// The order in which ancestors are asked: C3 linearisation.
fn merge(bases: &[Rc<Class>]) -> Result<Vec<Rc<Class>>> {
    let own = |base: &Rc<Class>| {
        let mut list = vec![Rc::clone(base)];
        list.extend(base.ancestors.borrow().iter().cloned());
        list
    };
    let mut lists: Vec<Vec<Rc<Class>>> = bases.iter().map(own).collect();
    lists.push(bases.to_vec());
    let mut order = Vec::new();
    loop {
        lists.retain(|list| !list.is_empty());
        if lists.is_empty() {
            return Ok(order);
        }
        let behind = |class: &Rc<Class>| {
            lists.iter().any(|list| list.iter().skip(1).any(|other| Rc::ptr_eq(other, class)))
        };
        let Some(next) = lists.iter().filter_map(|list| list.first()).find(|class| !behind(class)).cloned()
        else {
            let names: Vec<&str> = bases.iter().map(|base| &*base.name).collect();
            return type_error(format!(
                "Cannot create a consistent method resolution\norder (MRO) for bases {}",
                names.join(", ")
            ));
        };
        for list in &mut lists {
            list.retain(|class| !Rc::ptr_eq(class, &next));
        }
        order.push(next);
    }
}

/// An object of a class of the program, or an exception.
pub(crate) struct Instance {
    pub(crate) class: RefCell<Rc<Class>>,
    pub(crate) attrs: RefCell<Attrs>,
    /// The list, dict, … that an instance of a class derived from one is.
    pub(crate) inner: RefCell<Option<Value>>,
    /// What `__hash__` of the program gave, once it was asked.
    pub(crate) hash: Cell<Option<i64>>,
    /// What `__eq__` of the program said of this key and others with the same hash.
    pub(crate) same: RefCell<Vec<(Weak<Instance>, bool)>>,
    /// Where an exception came from.
    pub(crate) raised: RefCell<Raised>,
}

/// What an exception remembers.
#[derive(Clone, Default)]
pub(crate) struct Raised {
    /// From the innermost frame to the outermost.
    pub(crate) trace: Vec<Place>,
    /// Its text in the report, if the program computed it.
    pub(crate) text: Option<Rc<str>>,
    /// A line for learners.
    pub(crate) hint: Option<String>,
}

/// A place in the program that an exception passed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Place {
    /// The name of the function.
    pub(crate) function: Name,
    pub(crate) span: crate::span::Span,
}

impl Instance {
    pub(crate) fn new(class: Rc<Class>) -> Rc<Self> {
        Rc::new(Self {
            class: RefCell::new(class),
            attrs: RefCell::default(),
            inner: RefCell::new(None),
            hash: Cell::new(None),
            same: RefCell::default(),
            raised: RefCell::default(),
        })
    }

    pub(crate) fn class(&self) -> Rc<Class> {
        Rc::clone(&self.class.borrow())
    }

    /// Its items, of a dict whose `__dict__` was set to itself: they are its attributes.
    pub(crate) fn own_dict(&self) -> Option<Rc<Dict>> {
        match &*self.inner.borrow() {
            Some(Value::Dict(items)) if self.attrs.borrow().contains("__dict__") => Some(Rc::clone(items)),
            _ => None,
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<Value> {
        self.attrs.borrow().get(name)
    }

    pub(crate) fn set(&self, name: &str, value: Value) {
        self.attrs.borrow_mut().set(name.into(), value);
    }
}
