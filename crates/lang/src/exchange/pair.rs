//! Which statement of a text is which of another: those that read the same, and between them those of the same kind, in their order.

use std::collections::BTreeMap;
use std::mem::{Discriminant, discriminant};

use crate::ast::{Stmt, StmtKind};
use crate::span::Span;

/// The statements of two texts.
#[derive(Default)]
pub(super) struct Pairs {
    /// Where the statements of each text begin, in order.
    starts: [Vec<u32>; 2],
    /// For statements of the old text, where their counterparts begin.
    partners: BTreeMap<u32, u32>,
}

/// What two statements must share to be counterparts: their kind, and for those that something on the stack belongs to, their build.
type Kind = (Discriminant<StmtKind>, usize);

impl Pairs {
    /// Of these texts and their trees.
    pub(super) fn of(old: (&str, &[Stmt]), new: (&str, &[Stmt])) -> Self {
        let mut pairs = Self::default();
        collect(old.1, &mut pairs.starts[0]);
        collect(new.1, &mut pairs.starts[1]);
        pairs.starts.iter_mut().for_each(|starts| sorting::sort_by(starts, Ord::cmp));
        pairs.pair(old, new);
        pairs
    }

    /// Where the statement begins that a place of the old text (0) or of the new one (1) belongs to.
    pub(super) fn owner(&self, text: usize, place: Span) -> Option<u32> {
        let starts = &self.starts[text];
        starts.partition_point(|start| *start <= place.start).checked_sub(1).map(|at| starts[at])
    }

    /// Where the counterpart of a statement of the old text begins.
    pub(super) fn partner(&self, start: u32) -> Option<u32> {
        self.partners.get(&start).copied()
    }

    fn pair(&mut self, old: (&str, &[Stmt]), new: (&str, &[Stmt])) {
        let (was, is): (Vec<_>, Vec<_>) = (
            old.1.iter().map(|stmt| (kind(stmt), header(old.0, stmt))).collect(),
            new.1.iter().map(|stmt| (kind(stmt), header(new.0, stmt))).collect(),
        );
        let (mut i, mut j) = (0, 0);
        for (next_i, next_j) in common(&was, &is).into_iter().chain([(was.len(), is.len())]) {
            // Between two that read the same: the next of the same kind.
            while i < next_i {
                if let Some(at) = (j..next_j).find(|&at| is[at].0 == was[i].0) {
                    self.join((old.0, &old.1[i]), (new.0, &new.1[at]));
                    j = at + 1;
                }
                i += 1;
            }
            if let (Some(one), Some(other)) = (old.1.get(next_i), new.1.get(next_j)) {
                self.join((old.0, one), (new.0, other));
            }
            (i, j) = (next_i + 1, next_j + 1);
        }
    }

    fn join(&mut self, old: (&str, &Stmt), new: (&str, &Stmt)) {
        self.partners.insert(old.1.span.start, new.1.span.start);
        if let (StmtKind::Try { handlers: was, .. }, StmtKind::Try { handlers: is, .. }) =
            (&old.1.kind, &new.1.kind)
        {
            self.partners.extend(was.iter().zip(is).map(|(was, is)| (was.span.start, is.span.start)));
        }
        for (was, is) in bodies(old.1).into_iter().zip(bodies(new.1)) {
            self.pair((old.0, was), (new.0, is));
        }
    }
}

fn collect(body: &[Stmt], starts: &mut Vec<u32>) {
    for stmt in body {
        starts.push(stmt.span.start);
        if let StmtKind::Try { handlers, .. } = &stmt.kind {
            starts.extend(handlers.iter().map(|handler| handler.span.start));
        }
        bodies(stmt).into_iter().for_each(|body| collect(body, starts));
    }
}

/// The blocks of a statement, always as many for one build.
fn bodies(stmt: &Stmt) -> Vec<&[Stmt]> {
    match &stmt.kind {
        StmtKind::If { body, orelse, .. }
        | StmtKind::While { body, orelse, .. }
        | StmtKind::For { body, orelse, .. } => vec![body, orelse],
        StmtKind::With { body, .. } => vec![body],
        StmtKind::Try { body, handlers, orelse, finally } => {
            let handlers = handlers.iter().map(|handler| handler.body.as_slice());
            [body.as_slice()].into_iter().chain(handlers).chain([orelse.as_slice(), finally]).collect()
        }
        StmtKind::Def(def) => vec![&def.body],
        StmtKind::Class(class) => vec![&class.body],
        _ => Vec::new(),
    }
}

fn kind(stmt: &Stmt) -> Kind {
    let build = match &stmt.kind {
        StmtKind::With { items, .. } => items.len(),
        StmtKind::Try { handlers, finally, .. } => handlers.len() * 2 + usize::from(!finally.is_empty()),
        _ => 0,
    };
    (discriminant(&stmt.kind), build)
}

/// What a statement reads; of a compound one, its header. A definition is known by its name, whatever its parameters are.
fn header<'a>(text: &'a str, stmt: &Stmt) -> &'a str {
    let header = text.get(stmt.span.start as usize..stmt.span.end as usize).unwrap_or_default();
    match &stmt.kind {
        StmtKind::Def(_) | StmtKind::Class(_) => header.split(['(', ':']).next().unwrap_or_default(),
        _ => header.trim_end(),
    }
}

/// Lists beyond this are compared from both ends only.
const LONGEST: usize = 1500;

/// The places of a longest common part of two lists.
fn common<T: PartialEq>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let start = old.iter().zip(new).take_while(|(one, other)| one == other).count();
    let (rest, other) = (&old[start..], &new[start..]);
    let end = rest.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other).count();
    let (inner, within) = (&rest[..rest.len() - end], &other[..other.len() - end]);
    let mut pairs: Vec<_> = (0..start).map(|i| (i, i)).collect();
    if inner.len().max(within.len()) <= LONGEST {
        pairs.extend(longest(inner, within).into_iter().map(|(i, j)| (start + i, start + j)));
    }
    pairs.extend((0..end).map(|i| (old.len() - end + i, new.len() - end + i)));
    pairs
}

fn longest<T: PartialEq>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let width = new.len() + 1;
    // How long the common part of what follows is.
    let mut lengths = vec![0_u16; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            lengths[i * width + j] = if old[i] == new[j] {
                lengths[(i + 1) * width + j + 1] + 1
            } else {
                lengths[(i + 1) * width + j].max(lengths[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < old.len() && j < new.len() {
        if old[i] == new[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}
