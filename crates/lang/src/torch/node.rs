//! `grad_fn`: the nodes of the graph as the program sees them.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use engine::{Edge, Node, Tensor};

use crate::class::{Class, Layout};
use crate::error::{Result, Stop};
use crate::fork::Fork;
use crate::machine::Machine;
use crate::map::Attrs;
use crate::native::{Args, Getter, Native, NativeClass};
use crate::object::Object;
use crate::value::Value;

/// A node, or the end of a path at a leaf.
pub(crate) struct NodeObject(RefCell<Link>);

#[derive(Clone)]
enum Link {
    Node(Rc<Node>),
    Leaf(Rc<engine::Leaf>),
}

impl NodeObject {
    /// `AddBackward0`.
    pub(crate) fn name(&self) -> String {
        match &*self.0.borrow() {
            Link::Node(node) => node.grad_fn(),
            Link::Leaf(_) => "AccumulateGrad".to_owned(),
        }
    }

    fn address(&self) -> usize {
        match &*self.0.borrow() {
            Link::Node(node) => Rc::as_ptr(node) as usize,
            Link::Leaf(leaf) => Rc::as_ptr(leaf) as usize,
        }
    }

    /// Its class, which has its name: one is made for each.
    pub(crate) fn node_class(&self, vm: &Machine) -> Option<Rc<Class>> {
        let base = vm.class("torch.autograd", "Node")?;
        let name = self.name();
        let mut known = vm.torch.node_classes.borrow_mut();
        if let Some(class) = known.get(&name) {
            return Some(Rc::clone(class));
        }
        let mut ancestors = vec![Rc::clone(&base)];
        ancestors.extend(base.ancestors.borrow().iter().cloned());
        let class = Rc::new(Class {
            name: name.as_str().into(),
            module: "builtins".into(),
            bases: vec![base].into(),
            ancestors: ancestors.into(),
            attrs: Attrs::default().into(),
            constructor: None,
            builtin: Cell::new(true),
            layout: Layout::Native,
        });
        known.insert(name, Rc::clone(&class));
        Some(class)
    }
}

impl Object for NodeObject {
    fn class(&self) -> (&'static str, &'static str) {
        ("torch.autograd", "Node")
    }

    fn repr(&self, _vm: &mut Machine) -> Result<String> {
        Ok(format!("<{} object at {:#014x}>", self.name(), self.address()))
    }

    fn fork(&self, fork: &mut Fork) -> Option<Rc<dyn Object>> {
        let link = match &*self.0.borrow() {
            Link::Node(node) => Link::Node(fork.engine.node(node)),
            Link::Leaf(leaf) => Link::Leaf(fork.engine.leaf(leaf)),
        };
        Some(Rc::new(Self(RefCell::new(link))))
    }

    fn hash(&self) -> Option<u64> {
        Some(self.address() as u64)
    }

    fn equals(&self, other: &dyn Object) -> Option<bool> {
        Some(other.as_any().downcast_ref::<Self>().is_some_and(|other| other.address() == self.address()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The `grad_fn` of a tensor, or `None`.
pub(crate) fn of(tensor: &Tensor) -> Value {
    tensor.grad_fn().map_or(Value::None, |node| object(Link::Node(node)))
}

fn object(link: Link) -> Value {
    Value::object(NodeObject(RefCell::new(link)))
}

/// The class of nodes.
pub(super) const NODE: NativeClass = NativeClass {
    module: "torch.autograd",
    name: "Node",
    base: None,
    layout: Layout::Native,
    constructor: None,
    methods: &[&[Native::new("name(self)", |_, args| {
        with(args, |node| match &*node.0.borrow() {
            Link::Node(node) => Ok(node.grad_fn().into()),
            Link::Leaf(_) => Ok(Value::str("torch::autograd::AccumulateGrad")),
        })
    })]],
    getters: &[
        Getter::new("next_functions", |_, args| with(args, |node| Ok(next(&node.0.borrow())))),
        Getter::new("variable", |_, args| with(args, variable)),
        Getter::new("metadata", |_, _| Ok(Value::dict(crate::map::Map::default()))),
    ],
};

fn with(args: &Args, body: impl FnOnce(&NodeObject) -> Result<Value>) -> Result<Value> {
    match args.get(0).downcast::<NodeObject>() {
        Some(node) => body(node),
        None => Err(args.wrong(0, "Node")),
    }
}

/// The edges of a node. Several nodes that count as one have those that leave them, each once.
fn next(link: &Link) -> Value {
    let Link::Node(node) = link else { return Value::tuple(Vec::new()) };
    let call = node.origin().call.map(|call| call.id);
    let (mut seen, mut pairs) = (vec![Some(Rc::as_ptr(node) as usize)], Vec::new());
    let mut rest: Vec<Edge> = node.edges().into_iter().rev().collect();
    while let Some(edge) = rest.pop() {
        let at = match &edge {
            Edge::None => None,
            Edge::Leaf(leaf) => Some(leaf.id()),
            Edge::Node(node, _) => Some(Rc::as_ptr(node) as usize),
        };
        if call.is_some() {
            if seen.contains(&at) {
                continue;
            }
            seen.push(at);
        }
        let (link, output) = match edge {
            Edge::None => (Value::None, 0),
            Edge::Leaf(leaf) => (object(Link::Leaf(leaf)), 0),
            Edge::Node(inner, _) if call.is_some() && inner.origin().call.map(|call| call.id) == call => {
                rest.extend(inner.edges().into_iter().rev());
                continue;
            }
            Edge::Node(node, output) => (object(Link::Node(node)), output),
        };
        pairs.push(Value::tuple(vec![link, Value::from(output)]));
    }
    Value::tuple(pairs)
}

fn variable(node: &NodeObject) -> Result<Value> {
    let text = format!("'{}' object has no attribute 'variable'", node.name());
    Err(Stop::error("AttributeError", text))
}
