//! Graphs for tests: what programs of each kind record.

use protocol::program::{Graph, Mini, Node, NodeKind};

/// A graph that is put together node by node.
#[derive(Default)]
pub struct Builder {
    pub graph: Graph,
    line: u32,
    turn: u32,
    modules: Vec<String>,
}

impl Builder {
    /// What follows was made on this line, in this turn of a loop, in these modules.
    pub fn at(&mut self, line: u32, turn: u32, modules: &[&str]) -> &mut Self {
        (self.line, self.turn) = (line, turn);
        self.modules = modules.iter().map(|&name| name.to_owned()).collect();
        self
    }

    /// Adds a node; its number is given back.
    pub fn add(&mut self, kind: NodeKind, op: &str, name: &str, shape: &[u32], inputs: &[u32]) -> u32 {
        let id = self.graph.nodes.len() as u32;
        let grad = matches!(kind, NodeKind::Leaf | NodeKind::Parameter)
            || inputs.iter().any(|&input| self.graph.nodes[input as usize].requires_grad);
        self.graph.nodes.push(Node {
            id,
            kind,
            op: op.to_owned(),
            name: (!name.is_empty()).then(|| name.to_owned()),
            shape: shape.to_vec(),
            dtype: "float32".to_owned(),
            line: Some(self.line),
            place: None,
            modules: self.modules.clone(),
            turn: self.turn,
            inputs: inputs.to_vec(),
            requires_grad: grad,
            grad_fn: (grad && !op.is_empty()).then(|| format!("{op}Backward0")),
            backward: false,
            value: Some(mini(shape, id)),
            gradient: (grad && id % 5 != 4).then(|| mini(shape, id + 7)),
            arrivals: u32::from(grad),
        });
        id
    }
}

/// Numbers that look random.
pub fn mini(shape: &[u32], seed: u32) -> Mini {
    let columns = shape.last().copied().unwrap_or(1);
    let rows = shape.iter().rev().skip(1).product::<u32>();
    let (rows, columns) = (rows.clamp(1, 16), columns.min(16));
    let values: Vec<f32> = (0..rows * columns)
        .map(|i| (((i * 37 + seed * 101 + 11) % 97) as f32 / 48.0 - 1.0) * (1.0 + (seed % 3) as f32))
        .collect();
    let low = values.iter().copied().fold(f32::MAX, f32::min);
    let high = values.iter().copied().fold(f32::MIN, f32::max);
    Mini { rows, columns, values: values.as_slice().into(), low, high, not_finite: 0 }
}

/// `loss = ((x * w + b - y) ** 2).mean()`
pub fn regression() -> Graph {
    let mut g = Builder::default();
    let x = g.at(1, 0, &[]).add(NodeKind::Data, "", "x", &[4], &[]);
    let y = g.at(2, 0, &[]).add(NodeKind::Data, "", "y", &[4], &[]);
    let w = g.at(3, 0, &[]).add(NodeKind::Leaf, "", "w", &[], &[]);
    let b = g.at(4, 0, &[]).add(NodeKind::Leaf, "", "b", &[], &[]);
    let product = g.at(5, 0, &[]).add(NodeKind::Op, "mul", "", &[4], &[x, w]);
    let sum = g.add(NodeKind::Op, "add", "guess", &[4], &[product, b]);
    let off = g.at(6, 0, &[]).add(NodeKind::Op, "sub", "", &[4], &[sum, y]);
    let two = g.add(NodeKind::Constant, "", "", &[], &[]);
    let square = g.add(NodeKind::Op, "pow", "", &[4], &[off, two]);
    g.add(NodeKind::Loss, "mean", "loss", &[], &[square]);
    g.graph
}

/// Layers of `nn.Linear` and `ReLU` in a module, and a loss.
pub fn layers(count: u32) -> Graph {
    let mut g = Builder::default();
    let x = g.at(9, 0, &[]).add(NodeKind::Data, "", "x", &[64, 784], &[]);
    let target = g.at(10, 0, &[]).add(NodeKind::Data, "", "target", &[64], &[]);
    let mut parameters = Vec::new();
    for i in 0..count {
        let weight = g.at(4, 0, &[]).add(NodeKind::Parameter, "", &format!("fc{i}.weight"), &[32, 784], &[]);
        let bias = g.add(NodeKind::Parameter, "", &format!("fc{i}.bias"), &[32], &[]);
        parameters.push((weight, bias));
    }
    let mut last = x;
    for (i, (weight, bias)) in parameters.into_iter().enumerate() {
        let name = format!("fc{i}");
        last = g.at(6, 0, &["net", &name]).add(NodeKind::Op, "linear", "", &[64, 32], &[last, weight, bias]);
        let name = format!("act{i}");
        last = g.at(7, 0, &["net", &name]).add(NodeKind::Op, "relu", "", &[64, 32], &[last]);
    }
    g.at(12, 0, &[]).add(NodeKind::Loss, "cross_entropy", "loss", &[], &[last, target]);
    g.graph
}

/// `for i in range(turns): h = torch.tanh(h * w + b)`
pub fn turns(turns: u32) -> Graph {
    let mut g = Builder::default();
    let w = g.at(1, 0, &[]).add(NodeKind::Leaf, "", "w", &[], &[]);
    let b = g.at(2, 0, &[]).add(NodeKind::Leaf, "", "b", &[], &[]);
    let mut h = g.at(3, 0, &[]).add(NodeKind::Data, "", "h", &[3], &[]);
    for turn in 0..turns {
        let product = g.at(5, turn, &[]).add(NodeKind::Op, "mul", "", &[3], &[h, w]);
        let sum = g.add(NodeKind::Op, "add", "", &[3], &[product, b]);
        let name = if turn + 1 == turns { "h" } else { "" };
        h = g.at(6, turn, &[]).add(NodeKind::Op, "tanh", name, &[3], &[sum]);
    }
    g.at(7, 0, &[]).add(NodeKind::Loss, "sum", "loss", &[], &[h]);
    g.graph
}

/// So many nodes, none of which fold, with edges near and far.
pub fn many(count: u32) -> Graph {
    let mut g = Builder::default();
    let mut state = 7u32;
    let mut draw = |below: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % below
    };
    for i in 0..count {
        g.at(i + 1, 0, &[]);
        if i < 4 || draw(12) == 0 {
            g.add(NodeKind::Leaf, "", &format!("w{i}"), &[4, 4], &[]);
        } else {
            let near = i - 1 - draw(i.min(6));
            let far = if draw(30) == 0 { draw(i) } else { i - 1 - draw(i.min(20)) };
            g.add(
                NodeKind::Op,
                ["mul", "add", "relu", "matmul"][draw(4) as usize],
                "",
                &[4, 4],
                &[near, far],
            );
        }
    }
    g.graph
}
