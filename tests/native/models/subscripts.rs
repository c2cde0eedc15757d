//! `x[…]` and `x[…] = v` with whole numbers, slices, new dimensions, lists of places and masks.

use engine::{Engine, Item};
use pollster::block_on;
use tests::array::{Array, indices};
use tests::case::noise;
use tests::modes;

use crate::{Dice, array, counted};

fn wrap(i: i64, n: usize) -> usize {
    if i < 0 { (i + n as i64) as usize } else { i as usize }
}

/// What the model knows of one index.
enum Axis {
    /// One place of a dimension.
    Fixed(usize),
    Every {
        start: usize,
        step: usize,
        len: usize,
    },
    New,
    /// Places in the shape that all lists of places have in common.
    List(Vec<usize>),
}

/// An index, and what the model makes of it.
struct Subscript {
    items: Vec<Item>,
    axes: Vec<Axis>,
    /// The common shape of all lists.
    lists: Vec<usize>,
}

fn slice(dice: &mut Dice<impl FnMut() -> f64>, n: usize) -> (Item, Axis) {
    let bound = |dice: &mut Dice<_>| (dice.below(4) > 0).then(|| dice.place(n + 2));
    let (start, end, step) = (bound(dice), bound(dice), 1 + dice.below(3));
    let clip = |b: i64| if b < 0 { (b + n as i64).max(0) } else { b.min(n as i64) } as usize;
    let (from, to) = (start.map_or(0, clip), end.map_or(n, clip));
    let len = to.saturating_sub(from).div_ceil(step);
    (Item::Slice { start, end, step: step as i64 }, Axis::Every { start: from, step, len })
}

/// A list of places in a shape that broadcasts to `lists`.
fn list(
    engine: &Engine,
    dice: &mut Dice<impl FnMut() -> f64>,
    lists: &[usize],
    n: usize,
    whole: bool,
) -> (Item, Axis) {
    let own: Vec<usize> = match dice.below(4) {
        _ if whole => lists.to_vec(),
        0 if lists.len() > 1 => vec![lists[0], 1],
        1 => lists[1.min(lists.len() - 1)..].to_vec(),
        _ => lists.to_vec(),
    };
    let places: Vec<i64> = (0..own.iter().product()).map(|_| dice.place(n)).collect();
    let model = Array { shape: own.clone(), data: places.iter().map(|&p| wrap(p, n) as f64).collect() };
    let spread = indices(lists).iter().map(|i| model.at(i) as usize).collect();
    (Item::Tensor(engine.tensor(places, &own).expect("it fits")), Axis::List(spread))
}

/// A mask over the next `shape.len()` dimensions.
fn mask(engine: &Engine, dice: &mut Dice<impl FnMut() -> f64>, shape: &[usize]) -> (Item, Vec<Axis>, usize) {
    let truth: Vec<bool> = (0..shape.iter().product()).map(|_| dice.below(2) == 0).collect();
    let places: Vec<Vec<usize>> =
        indices(shape).into_iter().zip(&truth).filter(|&(_, &t)| t).map(|(i, _)| i).collect();
    let axes = (0..shape.len()).map(|d| Axis::List(places.iter().map(|i| i[d]).collect())).collect();
    (Item::Tensor(engine.tensor(truth, shape).expect("it fits")), axes, places.len())
}

fn subscript(engine: &Engine, dice: &mut Dice<impl FnMut() -> f64>, shape: &[usize]) -> Subscript {
    let masked = dice.below(4) == 0;
    let lists = if dice.below(2) == 0 { vec![3] } else { vec![2, 3] };
    let mut out = Subscript { items: Vec::new(), axes: Vec::new(), lists };
    // Dimensions from `left` to `right` are skipped by an ellipsis.
    let left = dice.below(shape.len() + 1);
    let right = left + dice.below(shape.len() + 1 - left);
    let (mut d, mut has_mask) = (0, false);
    while d < shape.len() || d == left {
        if d == left && !out.items.iter().any(|item| matches!(item, Item::Ellipsis)) {
            out.items.push(Item::Ellipsis);
            out.axes.extend(shape[left..right].iter().map(|&len| Axis::Every { start: 0, step: 1, len }));
            d = right;
            continue;
        }
        if d >= shape.len() {
            break;
        }
        let (item, axis) = match dice.below(6) {
            0 => {
                let place = dice.place(shape[d]);
                (Item::Int(place), Axis::Fixed(wrap(place, shape[d])))
            }
            1 | 2 if !masked => {
                // The first has the whole shape, so that all have it in common.
                let whole = !out.axes.iter().any(|axis| matches!(axis, Axis::List(_)));
                list(engine, dice, &out.lists, shape[d], whole)
            }
            1 | 2 if !has_mask => {
                has_mask = true;
                let to = if d + 1 < shape.len() && (d + 1 < left || d >= right) { d + 2 } else { d + 1 };
                let (item, axes, count) = mask(engine, dice, &shape[d..to]);
                out.items.push(item);
                out.axes.extend(axes);
                out.lists = vec![count];
                d = to;
                continue;
            }
            3 => {
                out.items.push(Item::NewAxis);
                out.axes.push(Axis::New);
                continue;
            }
            _ => slice(dice, shape[d]),
        };
        out.items.push(item);
        out.axes.push(axis);
        d += 1;
    }
    out
}

impl Subscript {
    /// The shape of what is selected, and where each of its elements comes from.
    fn places(&self, shape: &[usize]) -> (Vec<usize>, Vec<usize>) {
        let remaining: Vec<&Axis> = self.axes.iter().filter(|axis| !matches!(axis, Axis::Fixed(_))).collect();
        let is_list = |axis: &&Axis| matches!(axis, Axis::List(_));
        let first = remaining.iter().position(is_list);
        let last = remaining.iter().rposition(is_list);
        let adjacent = matches!((first, last), (Some(a), Some(b)) if remaining[a..=b].iter().all(is_list));
        let at = if adjacent { first.unwrap_or(0) } else { 0 };
        let plain: Vec<usize> = remaining
            .iter()
            .filter_map(|axis| match axis {
                Axis::Every { len, .. } => Some(*len),
                Axis::New => Some(1),
                Axis::Fixed(_) | Axis::List(_) => None,
            })
            .collect();
        let lists: &[usize] = if first.is_some() { &self.lists } else { &[] };
        let out = [&plain[..at], lists, &plain[at..]].concat();
        let place = |i: &Vec<usize>| {
            let listed = i[at..at + lists.len()].iter().zip(lists).fold(0, |flat, (&i, &n)| flat * n + i);
            let mut rest = i[..at].iter().chain(&i[at + lists.len()..]);
            let mut dims = shape.iter();
            self.axes.iter().fold(0, |flat, axis| {
                let step = |here: usize, n: Option<&usize>| flat * n.copied().unwrap_or(1) + here;
                match axis {
                    Axis::Fixed(here) => step(*here, dims.next()),
                    Axis::Every { start, step: by, .. } => {
                        step(start + by * rest.next().copied().unwrap_or(0), dims.next())
                    }
                    Axis::List(places) => step(places[listed], dims.next()),
                    Axis::New => {
                        rest.next();
                        flat
                    }
                }
            })
        };
        let places = indices(&out).iter().map(place).collect();
        (out, places)
    }
}

#[test]
fn subscripts_select_and_assign_what_the_model_says() {
    for engine in modes::both() {
        for seed in 0..600 {
            let mut dice = Dice(noise(seed));
            let shape = dice.shape(1, 4, 1);
            let (x, model) = counted(&engine, &shape);
            let subscript = subscript(&engine, &mut dice, &shape);
            let about = format!("seed {seed}, {shape:?}{:?}", subscript.items);
            let (out, places) = subscript.places(&shape);
            let found = block_on(x.get_masked(&subscript.items)).unwrap_or_else(|e| panic!("{about}: {e}"));
            let expected =
                Array { shape: out.clone(), data: places.iter().map(|&p| model.data[p]).collect() };
            assert_eq!(array(&found), expected, "{about}");
            // A place that is named twice gets one value.
            let mut after = model.clone();
            let number = |p: usize| 100.0 + p as f64;
            places.iter().for_each(|&p| after.data[p] = number(p));
            let value = places.iter().map(|&p| number(p)).collect::<Vec<f64>>();
            let value = engine.tensor(value, &out).expect("it fits");
            // A view that is held sees the write.
            let (seen, copied) = (x.reshape(&[-1]).expect("a view"), x.copy().expect("a copy"));
            let set = block_on(x.set_masked(&subscript.items, &(&value).into()));
            assert_eq!(set, Ok(()), "{about}");
            assert_eq!(array(&x), after, "{about}, assigned");
            assert_eq!((array(&seen).data, array(&copied)), (after.data, model), "{about}, others");
            let set = block_on(x.set_masked(&subscript.items, &7.0.into()));
            assert_eq!(set, Ok(()), "{about}");
            assert!(array(&x).data.iter().filter(|&&v| v == 7.0).count() >= usize::from(!places.is_empty()));
        }
        assert_eq!(engine.flush(), Ok(()));
        assert_eq!(engine.memory(), engine::Memory::default(), "buffers were left behind");
    }
}
