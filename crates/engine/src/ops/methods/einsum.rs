//! Einstein's summation convention: an equation names the dimensions of some tensors and of a result; the result holds
//! the products of elements whose named indices agree, summed over the names that it does not have.

use super::product;
use crate::error::{Error, Result};
use crate::tensor::Tensor;

/// The name of a dimension: a letter, or one of those that an ellipsis stands for.
type Label = usize;

/// The first label of an ellipsis, after the letters. Those dimensions are counted from the last one on.
const ELLIPSIS: Label = 52;

fn wrong<T>(text: impl std::fmt::Display) -> Result<T> {
    Err(Error::Shape(format!("einsum(): {text}")))
}

/// The label of a letter: capitals come first, as in the order of results that are not spelled out.
fn label(c: char, at: usize) -> Result<Label> {
    match c {
        'A'..='Z' => Ok(c as usize - 'A' as usize),
        'a'..='z' => Ok(26 + c as usize - 'a' as usize),
        _ => wrong(format!(
            "invalid subscript given at index {at} in the equation string, subscripts must be in [a-zA-Z]"
        )),
    }
}

fn letter(label: Label) -> char {
    let base = if label < 26 { b'A' } else { b'a' - 26 };
    char::from(base.saturating_add(label.min(ELLIPSIS) as u8))
}

/// One part of an equation: labels, with `None` where an ellipsis stands.
fn subscripts(text: &[(usize, char)], whose: &str) -> Result<Vec<Option<Label>>> {
    let mut found = Vec::new();
    let mut rest = text.iter().copied().filter(|&(_, c)| c != ' ').peekable();
    while let Some((at, c)) = rest.next() {
        if c != '.' {
            found.push(Some(label(c, at)?));
            continue;
        }
        if found.contains(&None) {
            return wrong(format!("found '.' for {whose} for which an ellipsis was already found"));
        }
        for offset in 1..3 {
            if rest.next_if_eq(&(at + offset, '.')).is_none() {
                return wrong(format!("found '.' for {whose} that is not part of any ellipsis"));
            }
        }
        found.push(None);
    }
    Ok(found)
}

/// A tensor with a name for each dimension.
#[derive(Clone)]
struct Named {
    tensor: Tensor,
    labels: Vec<Label>,
}

impl Named {
    /// Operand number `i` with its names; a name that comes twice takes the diagonal.
    fn new(tensor: &Tensor, subscripts: &[Option<Label>], i: usize) -> Result<Self> {
        let (letters, ndim) = (subscripts.iter().flatten().count(), tensor.ndim());
        let dotted = subscripts.contains(&None);
        if letters > ndim || letters < ndim && !dotted {
            let tail = if dotted { "" } else { " and no ellipsis was given" };
            let than = if dotted { "is larger than" } else { "does not match" };
            return wrong(format!(
                "the number of subscripts in the equation ({letters}) {than} the number of dimensions ({ndim}) for \
                 operand {i}{tail}"
            ));
        }
        let mut labels = Vec::new();
        for subscript in subscripts {
            match subscript {
                Some(label) => labels.push(*label),
                None => labels.extend((0..ndim - letters).rev().map(|d| ELLIPSIS + d)),
            }
        }
        let mut named = Self { tensor: tensor.clone(), labels };
        while let Some((a, b)) = named.twice() {
            named.take_diagonal(a, b, i)?;
        }
        Ok(named)
    }

    fn twice(&self) -> Option<(usize, usize)> {
        let all = self.labels.iter().enumerate();
        all.into_iter()
            .find_map(|(a, l)| Some((a, a + 1 + self.labels[a + 1..].iter().position(|m| m == l)?)))
    }

    /// In a square matrix laid out as one row, the diagonal is every (n + 1)-th element.
    fn take_diagonal(&mut self, a: usize, b: usize, operand: usize) -> Result<()> {
        let shape = self.tensor.shape();
        let (n, m) = (shape[a], shape[b]);
        if n != m {
            return wrong(format!(
                "subscript {} is repeated for operand {operand} but the sizes don't match, {m} != {n}",
                letter(self.labels[a])
            ));
        }
        let label = self.labels[a];
        let mut order: Vec<usize> = (0..shape.len()).filter(|&d| d != a && d != b).collect();
        let mut front: Vec<usize> = order.iter().map(|&d| shape[d]).collect();
        let kept = order.iter().map(|&d| self.labels[d]).chain([label]).collect();
        order.extend([a, b]);
        front.push(n * n);
        let order: Vec<i64> = order.into_iter().map(|d| d as i64).collect();
        let row = self.tensor.permute(&order)?.reshape_to(&front)?;
        *self = Self { tensor: row.slice(-1, 0, i64::MAX, n as i64 + 1)?, labels: kept };
        Ok(())
    }

    fn size(&self, label: Label) -> usize {
        self.labels.iter().position(|&l| l == label).map_or(1, |d| self.tensor.shape()[d])
    }

    fn has(&self, label: Label) -> bool {
        self.labels.contains(&label)
    }

    /// Summed over what `keep` does not name.
    fn sum_to(&self, keep: impl Fn(Label) -> bool) -> Result<Self> {
        let gone = (0..self.labels.len()).filter(|&d| !keep(self.labels[d])).map(|d| d as i64);
        let gone: Vec<i64> = gone.collect();
        if gone.is_empty() {
            return Ok(self.clone());
        }
        let labels = self.labels.iter().copied().filter(|&l| keep(l)).collect();
        Ok(Self { tensor: self.tensor.sum(&gone, false)?, labels })
    }

    /// The tensor with its dimensions in this order, size 1 for names that it does not have.
    fn arranged(&self, order: &[Label]) -> Result<Tensor> {
        let place = |&l: &Label| self.labels.iter().position(|&m| m == l).map(|d| d as i64);
        let dims: Vec<i64> = order.iter().filter_map(place).collect();
        let sizes: Vec<usize> = order.iter().map(|&l| self.size(l)).collect();
        let in_order = dims.iter().enumerate().all(|(i, &d)| d == i as i64);
        let permuted = if in_order { self.tensor.clone() } else { self.tensor.permute(&dims)? };
        permuted.reshape_to(&sizes)
    }

    /// The product with another tensor, summed over what `keep` does not name.
    fn times(&self, other: &Self, keep: impl Fn(Label) -> bool) -> Result<Self> {
        // What only one of them has is summed there; so is what the other one would only repeat.
        let x = self.sum_to(|l| keep(l) || other.has(l) && other.size(l) == self.size(l))?;
        let y = other.sum_to(|l| keep(l) || self.has(l) && other.size(l) == self.size(l))?;
        let x = x.sum_to(|l| keep(l) || y.has(l))?;
        let y = y.sum_to(|l| keep(l) || x.has(l))?;
        let shared: Vec<Label> = x.labels.iter().copied().filter(|&l| y.has(l)).collect();
        let (batch, inner): (Vec<Label>, Vec<Label>) = shared.into_iter().partition(|&l| keep(l));
        let only = |a: &Self, b: &Self| a.labels.iter().copied().filter(|&l| !b.has(l)).collect::<Vec<_>>();
        let (rows, columns) = (only(&x, &y), only(&y, &x));
        let labels = [batch.as_slice(), &rows, &columns].concat();
        if inner.is_empty() {
            return Ok(Self { tensor: x.arranged(&labels)?.mul(&y.arranged(&labels)?)?, labels });
        }
        let wide = |l: &Label| x.size(*l).max(y.size(*l));
        let sizes = |of: &[Label]| of.iter().map(wide).collect::<Vec<_>>();
        let total = |of: &[Label]| sizes(of).iter().product::<usize>();
        let flat = |t: &Self, groups: [&[Label]; 3]| {
            let order = groups.concat();
            let matrices = groups.map(total);
            t.arranged(&order)?.expand(&sizes(&order))?.reshape_to(&matrices)
        };
        let out = product(&flat(&x, [&batch, &rows, &inner])?, &flat(&y, [&batch, &inner, &columns])?)?;
        Ok(Self { tensor: out.reshape_to(&sizes(&labels))?, labels })
    }
}

/// Sizes of one name must agree, or be 1.
fn check_sizes(operands: &[Named]) -> Result<()> {
    for (i, operand) in operands.iter().enumerate() {
        for &l in &operand.labels {
            let size = operand.size(l);
            let seen = operands[..i].iter().map(|before| before.size(l)).find(|&n| n != 1).unwrap_or(size);
            if size != seen && size != 1 {
                let name = if l < ELLIPSIS { letter(l).to_string() } else { "...".to_owned() };
                return wrong(format!(
                    "subscript {name} has size {size} for operand {i} which does not broadcast with previously seen size \
                     {seen}"
                ));
            }
        }
    }
    Ok(())
}

/// The names of the result: those that were asked for, or the ellipsis and the letters that come once.
fn output_labels(
    asked: Option<&[Option<Label>]>,
    letters: &[Label],
    operands: &[Named],
) -> Result<Vec<Label>> {
    let dots = operands.iter().flat_map(|o| &o.labels).filter(|&&l| l >= ELLIPSIS).map(|&l| l + 1 - ELLIPSIS);
    let dots: Vec<Label> = (0..dots.max().unwrap_or(0)).rev().map(|d| ELLIPSIS + d).collect();
    let Some(asked) = asked else {
        let once = |l: &Label| letters.iter().filter(|&m| m == l).count() == 1;
        return Ok(dots.into_iter().chain((0..ELLIPSIS).filter(once)).collect());
    };
    let mut labels = Vec::new();
    for subscript in asked {
        match *subscript {
            None => labels.extend(&dots),
            Some(l) if labels.contains(&l) => {
                return wrong(format!("output subscript {} appears more than once in the output", letter(l)));
            }
            Some(l) if !letters.contains(&l) => {
                return wrong(format!(
                    "output subscript {} does not appear in the equation for any input operand",
                    letter(l)
                ));
            }
            Some(l) => labels.push(l),
        }
    }
    Ok(labels)
}

/// Products summed as an equation says: `einsum("ij,jk->ik", [a, b])` is a matrix product. Letters name dimensions,
/// `...` stands for any others, a letter that one operand has twice takes its diagonal. Without `->` the result has
/// the letters that come once, in alphabetical order. Operands are multiplied from left to right.
///
/// # Errors
/// [`Error::Shape`], with PyTorch's words, for an equation that does not fit.
pub fn einsum(equation: &str, operands: &[&Tensor]) -> Result<Tensor> {
    let Some(first) = operands.first() else {
        return wrong(
            "must specify the equation string and at least one operand, or at least one operand and its subscripts list",
        );
    };
    let text: Vec<(usize, char)> = equation.chars().enumerate().collect();
    let arrow = text.windows(2).position(|pair| (pair[0].1, pair[1].1) == ('-', '>'));
    let inputs = &text[..arrow.unwrap_or(text.len())];
    let parts: Vec<_> = inputs.split(|&(_, c)| c == ',').enumerate().collect();
    let parts = parts.into_iter().map(|(i, part)| subscripts(part, &format!("operand {i}")));
    let parts = parts.collect::<Result<Vec<_>>>()?;
    let asked = arrow.map(|at| subscripts(&text[at + 2..], "output")).transpose()?;
    if parts.len() != operands.len() {
        let few = if parts.len() > operands.len() { "fewer" } else { "more" };
        return wrong(format!("{few} operands were provided than specified in the equation"));
    }
    let letters: Vec<Label> = parts.iter().flatten().flatten().copied().collect();
    let summed =
        |named: &[Named], out: &[Label]| named.iter().flat_map(|n| &n.labels).any(|l| !out.contains(l));
    first.engine().call("einsum", grad_fn(operands.len(), &letters, asked.as_deref()), || {
        let all = parts.iter().zip(operands).enumerate();
        let named = all.map(|(i, (part, t))| Named::new(t, part, i)).collect::<Result<Vec<_>>>()?;
        let out = output_labels(asked.as_deref(), &letters, &named)?;
        check_sizes(&named)?;
        let mut total = named[0].clone();
        for (i, next) in named.iter().enumerate().skip(1) {
            let later = &named[i + 1..];
            total = total.times(next, |l| out.contains(&l) || later.iter().any(|n| n.has(l)))?;
        }
        if summed(std::slice::from_ref(&total), &out) {
            total = total.sum_to(|l| out.contains(&l))?;
        }
        total.arranged(&out)
    })
}

/// What PyTorch's last step is.
fn grad_fn(operands: usize, letters: &[Label], asked: Option<&[Option<Label>]>) -> &'static str {
    let count = |l: &Label| letters.iter().filter(|&m| m == l).count();
    let kept = |l: &Label| asked.map_or(count(l) == 1, |out| out.contains(&Some(*l)));
    if letters.iter().all(kept) {
        if operands == 1 { "PermuteBackward0" } else { "MulBackward0" }
    } else if operands == 1 {
        "SumBackward1"
    } else {
        "ViewBackward0"
    }
}
