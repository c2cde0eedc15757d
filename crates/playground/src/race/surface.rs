//! The loss as a function of one or two numbers, and the ways of the parameters over it.
//!
//! The loss is that of the last step that was recorded: what was computed of the parameters is computed again of others. One parameter of
//! one or two elements is its own axis; of more, the plane is that in which the ways lie best: from their beginning to the end of the
//! first, and where they lead farthest from that line.

use std::collections::{HashMap, HashSet};

use engine::Tensor;
use protocol::program::{Axis, Landscape, Stand};

use super::lane::{Kept, Lane};
use crate::check::Recipe;
use crate::describe::Names;
use crate::numbers::Elements;
use crate::player::Player;

/// Milliseconds that the landscape may take.
const MOST_MS: f64 = 800.0;
/// Times that the loss is computed to see how long it takes: the first time costs more than those that follow.
const TRIALS: usize = 3;
/// Places along an axis: as many as there is time for.
const SIDES: [usize; 5] = [49, 33, 25, 17, 9];
/// Places along the only axis.
const LINE: usize = 161;
/// What lies beyond the ways, as a part of their extent.
const MARGIN: f64 = 0.35;

/// Why there is no landscape.
type Reason = &'static str;

/// What computes the loss of other parameters.
struct Loss {
    /// Which nodes are to be computed again, in order, and of what.
    steps: Vec<(u32, Recipe, Vec<u32>)>,
    /// Everything that is not computed again.
    fixed: HashMap<u32, Tensor>,
    /// The parameters: their nodes, by the place of their variable's name in the lanes.
    params: Vec<u32>,
    loss: u32,
}

/// The landscape, and the way of each lane on it.
pub(super) async fn of(player: &Player, lanes: &[Lane]) -> Result<(Landscape, Vec<Vec<Stand>>), Reason> {
    let lead = lanes.iter().find(|lane| !lane.tracker.params().is_empty());
    let lead = lead.ok_or("No optimizer has changed a parameter: there is no way to draw.")?;
    let names: Vec<String> = lead
        .names()
        .into_iter()
        .collect::<Option<_>>()
        .ok_or("A parameter is held by no variable: it cannot be found in the graph.")?;
    let shapes: Vec<Vec<usize>> = lead.tracker.params().iter().map(|param| param.shape().to_vec()).collect();
    let loss = Loss::of(player, &names)?;
    let mut ways = Vec::new();
    for lane in lanes {
        // A version with other parameters has no place here.
        let same = lane.names().into_iter().flatten().collect::<Vec<_>>() == names;
        ways.push(if same { numbers(&lane.tracker.way()).await } else { Vec::new() });
    }
    let plane = Plane::of(&ways, &names, &shapes).ok_or("The parameters were never finite.")?;
    player.listen(false);
    let landscape = loss.landscape(player, &plane, &shapes, &ways).await;
    player.listen(true);
    let stands = ways.iter().map(|way| way.iter().map(|(steps, at)| plane.stand(*steps, at)).collect());
    Ok((landscape?, stands.collect()))
}

/// The elements of all parameters one after the other, after so many steps each.
async fn numbers(way: &[Kept]) -> Vec<(u64, Vec<f64>)> {
    let mut all = Vec::new();
    for kept in way {
        let mut at = Vec::new();
        for value in &kept.values {
            if let Ok(elements) = Elements::read(value).await {
                at.extend_from_slice(elements.values());
            }
        }
        if at.iter().all(|x| x.is_finite()) {
            all.push((kept.steps, at));
        }
    }
    all
}

/// Two directions from one place: one, if there is one number.
struct Plane {
    origin: Vec<f64>,
    axes: Vec<(String, Vec<f64>)>,
}

impl Plane {
    fn of(ways: &[Vec<(u64, Vec<f64>)>], names: &[String], shapes: &[Vec<usize>]) -> Option<Self> {
        let lead = ways.iter().find(|way| !way.is_empty())?;
        let begin = &lead.first()?.1;
        if begin.len() <= 2 {
            let element = |at: usize| {
                let mut unit = vec![0.0; begin.len()];
                unit[at] = 1.0;
                (element_name(at, names, shapes), unit)
            };
            return Some(Self {
                origin: vec![0.0; begin.len()],
                axes: (0..begin.len()).map(element).collect(),
            });
        }
        let first = unit(&difference(&lead.last()?.1, begin))?;
        let all = ways.iter().flatten().filter(|(_, at)| at.len() == begin.len());
        let away = |at: &[f64]| {
            let from = difference(at, begin);
            let along = dot(&from, &first);
            from.iter().zip(&first).map(|(x, u)| x - along * u).collect::<Vec<f64>>()
        };
        let farthest = all
            .map(|(_, at)| away(at))
            .max_by(|one, other| dot(one, one).total_cmp(&dot(other, other)))
            .and_then(|away| unit(&away))
            .unwrap_or_else(|| across(&first));
        let axes = vec![
            ("from the start to the end of the first".to_owned(), first),
            ("across it, where the ways lead farthest".to_owned(), farthest),
        ];
        Some(Self { origin: begin.clone(), axes })
    }

    fn stand(&self, steps: u64, at: &[f64]) -> Stand {
        let from = difference(at, &self.origin);
        let along = |axis: usize| self.axes.get(axis).map_or(0.0, |(_, unit)| dot(&from, unit));
        Stand { steps, x: along(0), y: along(1) }
    }

    /// The elements of all parameters at a place.
    fn place(&self, x: f64, y: f64) -> Vec<f64> {
        let mut at = self.origin.clone();
        for ((_, unit), along) in self.axes.iter().zip([x, y]) {
            at.iter_mut().zip(unit).for_each(|(at, unit)| *at += along * unit);
        }
        at
    }

    /// What the ways take up along an axis, and some more.
    fn extent(&self, axis: usize, ways: &[Vec<(u64, Vec<f64>)>]) -> (f64, f64) {
        let along = ways.iter().flatten().map(|(steps, at)| {
            let stand = self.stand(*steps, at);
            if axis == 0 { stand.x } else { stand.y }
        });
        let (low, high) =
            along.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
        let margin = ((high - low) * MARGIN).max(0.05 * high.abs().max(low.abs())).max(1e-3);
        (low - margin, high + margin)
    }
}

/// `w`, `w[1]`, `w[0, 1]`: the element at this place of all.
fn element_name(mut at: usize, names: &[String], shapes: &[Vec<usize>]) -> String {
    for (name, shape) in names.iter().zip(shapes) {
        let count: usize = shape.iter().product();
        if at < count {
            if count == 1 {
                return name.clone();
            }
            let mut index = Vec::new();
            for &size in shape.iter().rev() {
                index.push((at % size).to_string());
                at /= size;
            }
            index.reverse();
            return format!("{name}[{}]", index.join(", "));
        }
        at -= count;
    }
    String::new()
}

fn difference(one: &[f64], other: &[f64]) -> Vec<f64> {
    one.iter().zip(other).map(|(one, other)| one - other).collect()
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

/// A direction of length 1; none, if there is no direction.
fn unit(direction: &[f64]) -> Option<Vec<f64>> {
    let length = dot(direction, direction).sqrt();
    (length > 1e-12 && length.is_finite()).then(|| direction.iter().map(|x| x / length).collect())
}

/// Some direction at a right angle to this one.
fn across(first: &[f64]) -> Vec<f64> {
    let (least, _) = first.iter().enumerate().fold((0, f64::INFINITY), |(at, least), (i, x)| {
        if x.abs() < least { (i, x.abs()) } else { (at, least) }
    });
    let away: Vec<f64> =
        first.iter().enumerate().map(|(i, x)| f64::from(i == least) - first[least] * x).collect();
    unit(&away).unwrap_or(away)
}

impl Loss {
    /// That of the last `backward` of the program, of the parameters that these variables hold.
    fn of(player: &Player, names: &[String]) -> Result<Self, Reason> {
        let machine = player.machine.as_ref().ok_or("The program has errors.")?;
        let known = Names::of(machine);
        player.recorder.with(|graph| {
            let loss = graph.records.iter().rev().find(|record| record.is_loss);
            let loss =
                loss.ok_or("The last step of the program is not in the graph: run it to its end first.")?;
            // What the loss depends on.
            let mut needed = HashSet::from([loss.id]);
            for record in graph.records.iter().rev() {
                if let Some(computed) = record.computed.as_ref().filter(|_| needed.contains(&record.id)) {
                    needed.extend(&computed.inputs);
                }
            }
            let leaf = |name: &String| {
                let holds = |record: &&crate::record::Record| {
                    record.computed.is_none()
                        && needed.contains(&record.id)
                        && known.name(&record.tensor) == Some(name.as_str())
                };
                graph.records.iter().rev().find(holds).map(|record| record.id)
            };
            let params: Vec<u32> = names.iter().map(leaf).collect::<Option<_>>().ok_or(
                "The parameters are not in the graph of the last step: it is too long, or has left them out.",
            )?;
            let mut moving: HashSet<u32> = params.iter().copied().collect();
            let (mut steps, mut fixed) = (Vec::new(), HashMap::new());
            for record in graph.records.iter().filter(|record| needed.contains(&record.id)) {
                let computed =
                    record.computed.as_ref().filter(|c| c.inputs.iter().any(|input| moving.contains(input)));
                match computed {
                    Some(computed) => {
                        let recipe = Recipe::of(record, computed);
                        if !recipe.can_run() {
                            return Err(
                                "The loss draws random numbers or calls a function of the program's own.",
                            );
                        }
                        moving.insert(record.id);
                        steps.push((record.id, recipe, computed.inputs.clone()));
                    }
                    None => {
                        fixed.insert(record.id, record.value.clone());
                    }
                }
            }
            Ok(Self { steps, fixed, params, loss: loss.id })
        })
    }

    /// The loss with these elements in all parameters.
    async fn at(&self, elements: &[f64], shapes: &[Vec<usize>]) -> Option<f64> {
        let mut values = self.fixed.clone();
        let mut rest = elements;
        for (id, shape) in self.params.iter().zip(shapes) {
            let like = self.fixed.get(id)?;
            let (own, others) = rest.split_at(shape.iter().product());
            rest = others;
            let tensor = like.engine().tensor(own.to_vec(), shape).ok()?.to(like.dtype()).ok()?;
            values.insert(*id, tensor);
        }
        for (id, recipe, inputs) in &self.steps {
            let operands: Vec<Tensor> =
                inputs.iter().map(|input| values.get(input).cloned()).collect::<Option<_>>()?;
            values.insert(*id, recipe.run(&operands).ok()?);
        }
        Elements::read(values.get(&self.loss)?).await.ok()?.values().first().copied()
    }

    async fn landscape(
        &self,
        player: &Player,
        plane: &Plane,
        shapes: &[Vec<usize>],
        ways: &[Vec<(u64, Vec<f64>)>],
    ) -> Result<Landscape, Reason> {
        let mut each = f64::INFINITY;
        for _ in 0..TRIALS {
            let began = (player.now)();
            let middle = self.at(&plane.origin, shapes).await;
            middle.ok_or("The loss cannot be computed again of other parameters.")?;
            each = each.min(((player.now)() - began).max(0.005));
        }
        let fits = |places: usize| places as f64 * each <= MOST_MS;
        let axis = |at: usize| {
            let (low, high) = plane.extent(at, ways);
            Axis { name: plane.axes[at].0.clone(), low, high }
        };
        let (columns, rows) = match plane.axes.len() {
            1 => (SIDES.into_iter().fold(LINE, |most, side| if fits(most) { most } else { side }), 1),
            _ => {
                let side = SIDES.into_iter().find(|side| fits(side * side));
                let side = side.ok_or("The loss takes too long to be computed at many places.")?;
                (side, side)
            }
        };
        let (x, y) = (axis(0), (plane.axes.len() > 1).then(|| axis(1)));
        let along = |axis: &Axis, at: usize, count: usize| {
            axis.low + (axis.high - axis.low) * at as f64 / (count - 1).max(1) as f64
        };
        let mut values = Vec::with_capacity(columns * rows);
        for row in 0..rows {
            let b = y.as_ref().map_or(0.0, |axis| along(axis, row, rows));
            for column in 0..columns {
                let place = plane.place(along(&x, column, columns), b);
                values.push(self.at(&place, shapes).await.unwrap_or(f64::NAN) as f32);
            }
        }
        Ok(Landscape { x, y, columns: columns as u32, rows: rows as u32, values: values.as_slice().into() })
    }
}
