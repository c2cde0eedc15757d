//! Everything about one node.

use engine::{Pass, Tensor};
use protocol::program::{Broadcast, Derivative, Detail};

use crate::check;
use crate::numbers::{Elements, short, sizes};
use crate::player::Player;
use crate::record::{Computed, Record};
use crate::{kernels, update};

/// What a node is asked about, taken out of the recorded graph: reading takes time, and the graph must not be held for so long.
struct Asked {
    value: Tensor,
    gradient: Option<Tensor>,
    formula: String,
    derivatives: Vec<(Derivative, Option<[Tensor; 2]>)>,
    recipe: Option<check::Recipe>,
    update: Option<std::rc::Rc<crate::record::Update>>,
}

impl Player {
    /// Everything about a node, with a page of its elements from `offset` on. Nothing, if it is not there (any more).
    pub async fn detail(&self, id: u32, offset: u64) -> Option<Detail> {
        let asked = self.recorder.with(|graph| graph.get(id).map(ask))?;
        self.listen(false);
        let value = numbers(&asked.value, offset).await;
        let gradient = match &asked.gradient {
            Some(gradient) => numbers(gradient, offset).await,
            None => None,
        };
        let mut derivatives = Vec::new();
        for (mut derivative, pair) in asked.derivatives {
            if let Some([given, gradient]) = pair {
                derivative.numbers = scalars(&given, &gradient).await;
            }
            derivatives.push(derivative);
        }
        let (mut checks, mut launched) = (Vec::new(), Vec::new());
        if let Some(recipe) = &asked.recipe {
            let others = self.engines().filter(|engine| !engine.same_as(asked.value.engine()));
            checks = check::all(recipe, &asked.value, others).await;
            launched = kernels::of(recipe, self.engines()).await;
        }
        let update = match &asked.update {
            Some(told) => update::steps(told).await,
            None => Vec::new(),
        };
        self.listen(true);
        let formula = asked.formula;
        Some(Detail { node: id, value, gradient, formula, derivatives, checks, kernels: launched, update })
    }
}

async fn numbers(tensor: &Tensor, offset: u64) -> Option<protocol::program::Numbers> {
    Elements::read(tensor).await.ok().map(|elements| elements.numbers(offset))
}

/// `upstream → contribution`, of two single numbers.
async fn scalars(upstream: &Tensor, given: &Tensor) -> Option<String> {
    if upstream.numel() != 1 || given.numel() != 1 {
        return None;
    }
    let (g, x) = (Elements::read(upstream).await.ok()?, Elements::read(given).await.ok()?);
    Some(format!("{} → {}", short(*g.values().first()?), short(*x.values().first()?)))
}

fn ask(record: &Record) -> Asked {
    let computed = record.computed.as_ref();
    let gradient = match computed {
        Some(_) => record.gradient.clone(),
        None => record.tensor.grad().map(|grad| grad.frozen()).or_else(|| record.gradient.clone()),
    };
    Asked {
        value: record.value.clone(),
        formula: formula(record),
        derivatives: computed.map_or_else(Vec::new, |computed| derivatives(record, computed)),
        recipe: computed
            .filter(|computed| computed.pass == Pass::Forward)
            .map(|computed| check::Recipe::of(record, computed)),
        update: record.update.clone(),
        gradient,
    }
}

fn shape(sizes: &[usize]) -> String {
    let sizes: Vec<String> = sizes.iter().map(usize::to_string).collect();
    format!("[{}]", sizes.join("×"))
}

/// `x · y   [64×10] ← [64×784], [784×10]`
fn formula(record: &Record) -> String {
    let Some(computed) = &record.computed else { return String::new() };
    let formula = match computed.steps.as_slice() {
        [step] => step.op.formula().to_owned(),
        steps => {
            let names: Vec<&str> = steps.iter().map(|step| step.op.name()).collect();
            format!("{}: {}", computed.name, names.join(", "))
        }
    };
    let operands: Vec<String> = computed.operands.iter().map(|operand| shape(operand.shape())).collect();
    format!("{formula}    {} ← {}", shape(record.value.shape()), operands.join(", "))
}

fn derivatives(record: &Record, computed: &Computed) -> Vec<(Derivative, Option<[Tensor; 2]>)> {
    let [step] = computed.steps.as_slice() else { return Vec::new() };
    let parts: Vec<&str> = step.op.derivative().split(", g").collect();
    let out = record.value.shape();
    let mut all = Vec::new();
    for (i, operand) in computed.operands.iter().enumerate() {
        let needed = computed
            .node
            .as_ref()
            .is_some_and(|node| node.edges().get(i).is_some_and(|edge| !matches!(edge, engine::Edge::None)));
        if !needed {
            continue;
        }
        let part = parts.get(i).or(parts.first()).copied().unwrap_or_default();
        let formula = if i == 0 || parts.get(i).is_none() { part.to_owned() } else { format!("g{part}") };
        let given = record.given.iter().find(|(input, _)| *input == i).map(|(_, gradient)| gradient.clone());
        let pair = record.gradient.clone().zip(given).map(|(upstream, given)| [upstream, given]);
        let derivative = Derivative {
            input: i as u32,
            node: computed.inputs.get(i).copied(),
            formula,
            shapes: format!("{} ← g {}", shape(operand.shape()), shape(out)),
            numbers: None,
            broadcast: broadcast(operand.shape(), out, computed),
        };
        all.push((derivative, pair));
    }
    all
}

/// How an operand of an elementwise op was repeated, if it was.
fn broadcast(from: &[usize], to: &[usize], computed: &Computed) -> Option<Broadcast> {
    use engine::ops::Op;
    let elementwise =
        computed.steps.iter().all(|step| matches!(step.op, Op::Binary(_) | Op::Where | Op::Compare(_)));
    if !elementwise || from == to || from.len() > to.len() {
        return None;
    }
    let missing = to.len() - from.len();
    let summed = (0..to.len()).filter(|&dim| dim < missing || (from[dim - missing] == 1 && to[dim] != 1));
    let summed: Vec<u32> = summed.map(|dim| dim as u32).collect();
    (!summed.is_empty()).then(|| Broadcast { from: sizes(from), to: sizes(to), summed })
}
