//! The recorded graph, as it is drawn.

use std::collections::{HashMap, HashSet};

use engine::{Scalar, Span, Tensor};
use lang::{Machine, Named, line_of};
use protocol::program::{Graph, Inline, Mini, Node, NodeKind, Place};

use crate::finite;
use crate::graph::{Graph as Recorded, is_backward};
use crate::numbers::{Elements, MINI, dtype_name, short, sizes};
use crate::player::Player;
use crate::record::Record;

/// A node, and the tensors whose pictures it still needs.
struct Sketch {
    node: Node,
    value: Tensor,
    gradient: Option<Tensor>,
}

/// The names of tensors.
#[derive(Default)]
pub(crate) struct Names {
    by_tensor: HashMap<usize, (String, bool)>,
    named: Vec<Named>,
}

impl Names {
    /// Those of the variables of a machine, and of their gradients.
    pub(crate) fn of(machine: &Machine) -> Self {
        let named = machine.named_tensors();
        let mut by_tensor = HashMap::new();
        for Named { name, tensor, parameter } in &named {
            by_tensor.entry(tensor.id()).or_insert_with(|| (name.clone(), *parameter));
            if let Some(grad) = tensor.grad() {
                by_tensor.entry(grad.id()).or_insert_with(|| (format!("{name}.grad"), false));
            }
        }
        Self { by_tensor, named }
    }

    /// The name of the variable that holds a tensor.
    pub(crate) fn name(&self, tensor: &Tensor) -> Option<&str> {
        self.get(tensor).map(|(name, _)| name.as_str())
    }

    fn get(&self, tensor: &Tensor) -> Option<&(String, bool)> {
        self.by_tensor.get(&tensor.id())
    }
}

impl Player {
    /// What was recorded, with the variables of the program that no op has used yet, and short values for the lines.
    pub async fn graph(&self) -> (Graph, Vec<Inline>) {
        let Some(machine) = &self.machine else { return (Graph::default(), Vec::new()) };
        let names = Names::of(machine);
        let (sketches, left_out) = self.recorder.with(|graph| (self.sketches(graph, &names), graph.dropped));
        let mut nodes = Vec::with_capacity(sketches.len());
        // Pictures must not be recorded themselves.
        self.listen(false);
        for Sketch { mut node, value, gradient } in sketches {
            node.value = picture(&value).await;
            if let Some(gradient) = gradient {
                node.gradient = picture(&gradient).await;
            }
            nodes.push(node);
        }
        self.listen(true);
        let inline = inline(&nodes);
        let graph = Graph { edition: self.edition, clock: machine.clock(), nodes, left_out };
        self.guilty.replace(finite::guilty(&graph, &self.text));
        (graph, inline)
    }

    fn sketches(&self, graph: &Recorded, names: &Names) -> Vec<Sketch> {
        let shown: HashSet<u32> = graph.records.iter().map(|record| record.id).collect();
        let used = |backward: bool| -> HashSet<u32> {
            let users = graph.records.iter().filter(|record| is_backward(record) == backward);
            users
                .filter_map(|record| record.computed.as_ref())
                .flat_map(|computed| computed.inputs.clone())
                .collect()
        };
        let (forward, backward) = (used(false), used(true));
        let mut unused: Vec<Record> =
            names.named.iter().filter_map(|named| graph.unused(&named.tensor)).collect();
        sorting::sort_by_key(&mut unused, |record| record.id);
        unused.dedup_by_key(|record| record.id);
        let all = graph.records.iter().chain(&unused);
        all.map(|record| {
            let mut sketch = self.sketch(record, names, &shown, graph);
            // Numbers that only a gradient needs belong to the backward pass.
            sketch.node.backward |=
                record.computed.is_none() && backward.contains(&record.id) && !forward.contains(&record.id);
            sketch
        })
        .collect()
    }

    fn sketch(&self, record: &Record, names: &Names, shown: &HashSet<u32>, graph: &Recorded) -> Sketch {
        let known = names.get(&record.tensor);
        // A variable that holds another node by now names that one.
        let current = graph.number(&record.tensor).is_none_or(|number| number == record.id);
        let variable = known.filter(|_| current || record.computed.is_none()).map(|(name, _)| name.clone());
        let parameter = known.is_some_and(|(_, parameter)| *parameter);
        let forward = record.computed.is_some() && !is_backward(record);
        let name =
            variable.or_else(|| record.span.filter(|_| forward).and_then(|span| assigned(&self.text, span)));
        let kind = kind(record, parameter);
        let constant = if kind == NodeKind::Constant { record.tensor.known().map(number) } else { None };
        // The gradient of a leaf is what lies in its `.grad` now.
        let own = if record.computed.is_none() && current { record.tensor.grad() } else { None };
        let gradient = match (&record.computed, current) {
            (None, true) => own,
            _ => record.gradient.clone(),
        };
        let computed = record.computed.as_ref();
        let node = Node {
            id: record.id,
            kind,
            op: computed.map_or_else(String::new, |computed| computed.name.to_owned()),
            name: name.or(constant),
            shape: sizes(record.value.shape()),
            dtype: dtype_name(&record.value),
            line: record.span.map(|span| line_of(&self.text, span.start)),
            place: record.span.map(|span| Place { start: span.start, end: span.end }),
            modules: record.modules.to_vec(),
            turn: record.turn,
            inputs: computed
                .map(|computed| computed.inputs.iter().copied().filter(|id| shown.contains(id)).collect())
                .unwrap_or_default(),
            requires_grad: record.requires_grad,
            grad_fn: computed.and_then(|computed| computed.node.as_ref()).map(|node| node.grad_fn()),
            backward: is_backward(record),
            value: None,
            gradient: None,
            arrivals: record.arrivals,
        };
        Sketch { node, value: record.value.clone(), gradient }
    }
}

fn kind(record: &Record, parameter: bool) -> NodeKind {
    match &record.computed {
        Some(_) if record.is_loss => NodeKind::Loss,
        Some(_) => NodeKind::Op,
        None if parameter => NodeKind::Parameter,
        None if record.requires_grad => NodeKind::Leaf,
        None if record.span.is_none() && record.tensor.ndim() == 0 && record.tensor.known().is_some() => {
            NodeKind::Constant
        }
        None => NodeKind::Data,
    }
}

fn number(value: Scalar) -> String {
    match value {
        Scalar::Bool(value) => if value { "True" } else { "False" }.to_owned(),
        Scalar::Int(value) => value.to_string(),
        Scalar::Float(value) => format!("{value}"),
    }
}

async fn picture(tensor: &Tensor) -> Option<Mini> {
    Elements::read(tensor).await.ok().map(|elements| elements.mini(MINI))
}

/// The variable to which the expression at `span` is assigned, if it is all that stands right of `=`.
fn assigned(text: &str, span: Span) -> Option<String> {
    let (start, end) = (span.start as usize, span.end as usize);
    let (before, after) = (text.get(..start)?, text.get(end..)?);
    let line = before.rsplit('\n').next()?.trim_start();
    let rest = after.split('\n').next()?.split('#').next()?.trim();
    let name = line.strip_suffix("= ").or_else(|| line.strip_suffix('='))?.trim_end();
    let plain = !name.is_empty()
        && name.chars().all(|c| c.is_alphanumeric() || c == '_')
        && !name.starts_with(|c: char| c.is_ascii_digit());
    (plain && rest.is_empty()).then(|| name.to_owned())
}

/// For each line, its newest forward node with its shape and value.
fn inline(nodes: &[Node]) -> Vec<Inline> {
    let mut newest: HashMap<u32, &Node> = HashMap::new();
    for node in nodes.iter().filter(|node| !node.backward) {
        if let Some(line) = node.line {
            newest.insert(line, node);
        }
    }
    let mut all: Vec<Inline> = newest
        .into_iter()
        .map(|(line, node)| Inline { line, text: in_short(node), node: Some(node.id) })
        .collect();
    sorting::sort_by_key(&mut all, |inline| inline.line);
    all
}

fn in_short(node: &Node) -> String {
    let Some(mini) = &node.value else { return format!("{:?}", node.shape) };
    let values = mini.values.to_vec();
    let count: u64 = node.shape.iter().map(|&n| u64::from(n)).product();
    let written = |x: &f32| short(f64::from(*x)).trim_end_matches('0').trim_end_matches('.').to_owned();
    match values.as_slice() {
        [x] if count == 1 => written(x),
        few if count == few.len() as u64 && few.len() <= 4 && node.shape.len() == 1 => {
            format!("[{}]", few.iter().map(written).collect::<Vec<_>>().join(", "))
        }
        _ => {
            let shape = node.shape.iter().map(u32::to_string).collect::<Vec<_>>().join("×");
            format!("{shape}  {} … {}", written(&mini.low), written(&mini.high))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_left_of_an_assignment() {
        let text = "x = 1\nfoo = bar(x) # all\nif x: y = x + 1\nz += x\na = b = x\n";
        let span = |part: &str| {
            let start = text.find(part).expect("in the text") as u32;
            Span::new(start, start + part.len() as u32)
        };
        assert_eq!(assigned(text, span("bar(x)")), Some("foo".to_owned()));
        assert_eq!(assigned(text, span("bar")), None);
        assert_eq!(assigned(text, span("x + 1")), None);
    }
}
