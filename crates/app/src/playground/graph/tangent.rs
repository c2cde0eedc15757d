//! What the gradient of a number predicts for the loss, drawn beside what becomes of the loss while the number is scrubbed.

use std::fmt::Write;

use leptos::prelude::*;
use protocol::program::{Node, NodeKind};

use super::editing::Desk;
use super::number::elements;
use crate::components::{live, watch};
use crate::format::significant;

/// The size of the drawing.
const SIZE: (f64, f64) = (220.0, 96.0);
/// Places that are remembered.
const MOST: usize = 200;

/// A number and the loss, from where the scrubbing began.
#[derive(Clone, Debug, PartialEq)]
pub struct Tangent {
    /// Which number of the expression.
    index: usize,
    /// The number and the loss at the beginning; none yet, where there is no loss.
    begin: (f64, f64),
    /// How the loss changes with the number, as its gradient says.
    slope: f64,
    /// What the number was, and what the loss was then.
    points: Vec<(f64, f64)>,
    /// Why there is nothing to predict.
    reason: &'static str,
}

impl Tangent {
    /// What the loss would be, were it a straight line.
    fn at(&self, number: f64) -> f64 {
        self.begin.1 + self.slope * (number - self.begin.0)
    }

    /// Takes in what the loss is for a number.
    fn take(&mut self, number: f64, loss: f64) {
        if self.points.last() != Some(&(number, loss)) && number.is_finite() && loss.is_finite() {
            self.points.retain(|point| point.0 != number);
            self.points.push((number, loss));
            let excess = self.points.len().saturating_sub(MOST);
            self.points.drain(..excess);
        }
    }

    /// The losses as a line, the prediction as another, and the newest place on both.
    fn drawing(&self) -> String {
        let numbers = self.points.iter().map(|point| point.0).chain([self.begin.0]);
        let (low, high) =
            numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
        let margin = ((high - low) * 0.15).max(self.begin.0.abs() * 0.02).max(1e-3);
        let (left, right) = (low - margin, high + margin);
        let losses = self.points.iter().map(|point| point.1);
        let all = losses.chain([self.begin.1, self.at(low), self.at(high)]);
        let (bottom, top) =
            all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), y| (low.min(y), high.max(y)));
        let room = ((top - bottom) * 0.12).max(1e-9);
        let x = |number: f64| (number - left) / (right - left) * SIZE.0;
        let y = |loss: f64| (1.0 - (loss - bottom + room) / (top - bottom + 2.0 * room)) * SIZE.1;
        let mut sorted = self.points.clone();
        sorting::sort_by(&mut sorted, |one, other| one.0.total_cmp(&other.0));
        let mut path = String::new();
        for (i, point) in sorted.iter().enumerate() {
            let sign = if i == 0 { 'M' } else { 'L' };
            let _ = write!(path, "{sign}{:.1} {:.1}", x(point.0), y(point.1));
        }
        let mut markup = format!(
            "<path class=\"tangent-line\" d=\"M{:.1} {:.1}L{:.1} {:.1}\"/><path class=\"tangent-loss\" d=\"{path}\"/>",
            x(left),
            y(self.at(left)),
            x(right),
            y(self.at(right)),
        );
        let _ = write!(
            markup,
            "<circle class=\"tangent-begin\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\"/>",
            x(self.begin.0),
            y(self.begin.1)
        );
        if let Some((number, loss)) = self.points.last() {
            let (x, loss, predicted) = (x(*number), y(*loss), y(self.at(*number)));
            let _ = write!(
                markup,
                "<path class=\"tangent-gap\" d=\"M{x:.1} {loss:.1}V{predicted:.1}\"/><circle class=\"tangent-now\" cx=\"{x:.1}\" cy=\"{loss:.1}\" r=\"4\"/>"
            );
        }
        markup
    }
}

/// How the loss changes with a number of the text, if its gradient says so; else why not.
fn slope(node: &Node, index: usize, negative: bool) -> Result<f64, &'static str> {
    if !matches!(node.kind, NodeKind::Leaf | NodeKind::Parameter) {
        return Err("This number is no tensor with requires_grad=True: it has no gradient.");
    }
    let gradient =
        node.gradient.as_ref().ok_or("No gradient has arrived here yet: call backward() on a loss.")?;
    let values = gradient.values.to_vec();
    if values.len() as u64 != elements(&node.shape) {
        return Err("The tensor is too large: its gradient shows only in part.");
    }
    let slope = values.get(index).ok_or("This number is no element of the tensor.")?;
    Ok(f64::from(*slope) * if negative { -1.0 } else { 1.0 })
}

/// Scrubbing begins: with `wanted`, what the gradient predicts shows from here on; else nothing does.
pub fn predict(desk: Desk, index: usize, wanted: bool) {
    if !wanted {
        return desk.tangent.set(None);
    }
    if desk.tangent.with_untracked(|tangent| tangent.as_ref().is_some_and(|tangent| tangent.index == index)) {
        return;
    }
    let loss = desk.board.program.losses.with_untracked(|losses| losses.first().map(|loss| loss.value));
    let number = untrack(move || desk.number(index)).parse::<f64>();
    let slope = desk
        .chosen(index)
        .ok_or("The text has changed: run it first.")
        .and_then(|(node, negative)| slope(&node, index, negative));
    let (begin, slope, reason) = match (number, loss, slope) {
        (Ok(number), Some(loss), Ok(slope)) => ((number, loss), slope, ""),
        (_, _, Err(reason)) => ((0.0, 0.0), 0.0, reason),
        _ => ((0.0, 0.0), 0.0, "There is no loss yet: call backward() on one."),
    };
    let points = if reason.is_empty() { vec![begin] } else { Vec::new() };
    desk.tangent.set(Some(Tangent { index, begin, slope, points, reason }));
}

/// The drawing, while it is wanted.
#[component]
pub fn TangentView(desk: Desk) -> impl IntoView {
    let program = desk.board.program;
    watch(move || {
        // The losses of a run come before its position.
        let edition = program.position.with(|position| position.as_ref().map(|position| position.edition));
        if edition != Some(program.edition.get_untracked()) {
            return;
        }
        let loss = program.losses.with_untracked(|losses| losses.first().map(|loss| loss.value));
        let index = desk.tangent.with_untracked(|tangent| {
            tangent.as_ref().filter(|tangent| tangent.reason.is_empty()).map(|tangent| tangent.index)
        });
        if let (Some(loss), Some(index)) = (loss, index)
            && let Ok(number) = untrack(move || desk.number(index)).parse()
        {
            desk.tangent.update(|tangent| {
                if let Some(tangent) = tangent {
                    tangent.take(number, loss);
                }
            });
        }
    });
    let words = move || {
        desk.tangent.with(|tangent| {
            let tangent = tangent.as_ref()?;
            if !tangent.reason.is_empty() {
                return Some(tangent.reason.to_owned());
            }
            let (number, loss) = tangent.points.last()?;
            Some(format!("predicted {}, is {}", significant(tangent.at(*number)), significant(*loss)))
        })
    };
    let drawing = live(move || {
        desk.tangent.with(|tangent| {
            let tangent = tangent.as_ref().filter(|tangent| !tangent.points.is_empty());
            tangent.map(Tangent::drawing).unwrap_or_default()
        })
    });
    let empty =
        live(move || desk.tangent.with(|tangent| tangent.as_ref().is_none_or(|t| t.points.is_empty())));
    view! {
        <figure class="tangent" data-testid="tangent" hidden=live(move || desk.tangent.with(Option::is_none))>
            <svg
                viewBox=format!("0 0 {} {}", SIZE.0, SIZE.1)
                hidden=empty
                role="img"
                aria-label="The loss as the number changes, and what the gradient predicted"
                inner_html=drawing
            ></svg>
            <figcaption>{live(words)}</figcaption>
        </figure>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tangent() -> Tangent {
        Tangent { index: 0, begin: (2.0, 4.0), slope: 4.0, points: vec![(2.0, 4.0)], reason: "" }
    }

    #[test]
    fn the_prediction_is_a_straight_line() {
        let mut square = tangent();
        assert_eq!((square.at(3.0), square.at(0.0)), (8.0, -4.0));
        square.take(3.0, 9.0);
        square.take(3.0, 9.0);
        square.take(f64::NAN, 1.0);
        assert_eq!(square.points, [(2.0, 4.0), (3.0, 9.0)]);
        assert!(square.drawing().contains("tangent-gap") && !square.drawing().contains("NaN"));
    }

    #[test]
    fn a_number_that_comes_again_has_one_place() {
        let mut square = tangent();
        (0..1000).for_each(|i| square.take(f64::from(i % 300), f64::from(i)));
        assert_eq!(square.points.len(), MOST);
    }
}
