//! Indexing, assignment and moving elements against a plain model, at random shapes and indices, in both modes.
#![cfg(not(target_arch = "wasm32"))]

use engine::{Engine, HostData, Item, Tensor};
use pollster::block_on;
use tests::array::{Array, indices};
use tests::case::noise;
use tests::modes;

/// Draws numbers below `n`.
struct Dice<F>(F);

impl<F: FnMut() -> f64> Dice<F> {
    fn below(&mut self, n: usize) -> usize {
        (((self.0() + 1.0) / 2.0 * n as f64) as usize).min(n.saturating_sub(1))
    }

    /// From `-n` up to, but not including, `n`: a place that may be counted from the end.
    fn place(&mut self, n: usize) -> i64 {
        self.below(2 * n) as i64 - n as i64
    }

    fn shape(&mut self, min_dims: usize, max_dims: usize, min: usize) -> Vec<usize> {
        (0..min_dims + self.below(max_dims - min_dims + 1)).map(|_| min + self.below(5 - min)).collect()
    }
}

/// 0, 1, 2, … in a shape.
fn counted(engine: &Engine, shape: &[usize]) -> (Tensor, Array) {
    let n: usize = shape.iter().product();
    let data: Vec<f64> = (0..n).map(|i| i as f64).collect();
    let t = engine.tensor(data.clone(), shape).expect("the shape fits");
    (t, Array { shape: shape.to_vec(), data })
}

fn array(t: &Tensor) -> Array {
    let data = block_on(t.read()).map(|data: HostData| data.to_f64()).expect("the CPU can be read");
    Array { shape: t.shape().to_vec(), data }
}

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

/// A permutation of `0..n`.
fn permutation(dice: &mut Dice<impl FnMut() -> f64>, n: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    (1..n).rev().for_each(|i| order.swap(i, dice.below(i + 1)));
    order
}

/// With dimension `d` of the index changed by `f`.
fn shifted(model: &Array, shape: &[usize], d: usize, f: impl Fn(usize) -> usize) -> Array {
    Array::from_fn(shape, |i| {
        let mut from = i.to_vec();
        from[d] = f(i[d]);
        model.at(&from)
    })
}

/// What the model says of one function, and what the engine does.
fn moved(dice: &mut Dice<impl FnMut() -> f64>, x: &Tensor, model: &Array) -> (&'static str, Tensor, Array) {
    let shape = model.shape.clone();
    let (n, d) = (shape.len(), dice.below(shape.len()));
    let size = shape[d];
    let dim = if dice.below(2) == 0 { d as i64 } else { d as i64 - n as i64 };
    let resized = |len: usize| {
        let mut shape = shape.clone();
        shape[d] = len;
        shape
    };
    let (name, found, expected) = match dice.below(11) {
        0 => ("flip", x.flip(&[dim]), shifted(model, &shape, d, |i| size - 1 - i)),
        1 => {
            let by = dice.place(7);
            let from = |i: usize| (i as i64 - by).rem_euclid(size as i64) as usize;
            ("roll", x.roll(&[by], &[dim]), shifted(model, &shape, d, from))
        }
        2 => {
            let times: Vec<usize> = (0..n + dice.below(2)).map(|_| dice.below(3)).collect();
            let long: Vec<usize> = [vec![1; times.len() - n], shape.clone()].concat();
            let out: Vec<usize> = long.iter().zip(&times).map(|(n, k)| n * k).collect();
            let expected = Array::from_fn(&out, |i| {
                model.at(&i.iter().zip(&long).map(|(i, n)| i % n).collect::<Vec<_>>())
            });
            let times: Vec<i64> = times.iter().map(|&k| k as i64).collect();
            ("repeat", x.repeat(&times), expected)
        }
        3 => {
            let times = dice.below(3);
            let expected = shifted(model, &resized(size * times), d, |i| i / times.max(1));
            ("repeat_interleave", x.repeat_interleave(times as i64, Some(dim)), expected)
        }
        4 => {
            let order = permutation(dice, n);
            let dims: Vec<i64> = order.iter().map(|&d| d as i64).collect();
            ("permute", x.permute(&dims), model.permute(&order))
        }
        5 => {
            let mut sizes: Vec<i64> = permutation(dice, n).iter().map(|&d| shape[d] as i64).collect();
            let out: Vec<usize> = sizes.iter().map(|&n| n as usize).collect();
            sizes[0] = -1;
            ("reshape", x.reshape(&sizes), model.reshape(&out))
        }
        6 => {
            let other = x.mul(-1.0).and_then(|t| t.slice(dim, 1, i64::MAX, 1));
            let parts = [x.clone(), other.expect("a slice"), x.clone()];
            let middle = size - 1;
            let expected = Array::from_fn(&resized(2 * size + middle), |i| {
                let mut from = i.to_vec();
                let (k, sign) = match i[d] {
                    k if k < size => (k, 1.0),
                    k if k < size + middle => (k - size + 1, -1.0),
                    k => (k - size - middle, 1.0),
                };
                from[d] = k;
                sign * model.at(&from)
            });
            ("cat", Tensor::cat(&parts, dim), expected)
        }
        7 => {
            let mut out = shape.clone();
            out.insert(d, 2);
            let expected = Array::from_fn(&out, |i| {
                let mut from = i.to_vec();
                if from.remove(d) == 0 { model.at(&from) } else { -model.at(&from) }
            });
            ("stack", Tensor::stack(&[x.clone(), x.neg().expect("negative")], d as i64), expected)
        }
        8 => {
            let part = 1 + dice.below(3);
            let parts = x.split(part as i64, dim).expect("parts");
            let k = dice.below(parts.len());
            let out = resized(part.min(size - k * part));
            ("split", Ok(parts[k].clone()), shifted(model, &out, d, |i| k * part + i))
        }
        9 => {
            let chunks = 1 + dice.below(5);
            let part = size.div_ceil(chunks);
            let parts = x.chunk(chunks as i64, dim).expect("parts");
            assert_eq!(parts.len(), size.div_ceil(part), "chunks of {shape:?}");
            let k = parts.len() - 1;
            let out = resized(size - k * part);
            ("chunk", Ok(parts[k].clone()), shifted(model, &out, d, |i| k * part + i))
        }
        _ => {
            let out = resized(1 + dice.below(6));
            let picks = Array::from_fn(&out, |_| 0.0);
            let places: Vec<i64> = picks.data.iter().map(|_| dice.below(size) as i64).collect();
            let picks = Array { data: places.iter().map(|&p| p as f64).collect(), ..picks };
            let expected = Array::from_fn(&out, |i| {
                let mut from = i.to_vec();
                from[d] = picks.at(i) as usize;
                model.at(&from)
            });
            ("gather", x.engine().tensor(places, &out).and_then(|index| x.gather(dim, &index)), expected)
        }
    };
    (name, found.unwrap_or_else(|error| panic!("{name} of {shape:?} along {dim}: {error}")), expected)
}

#[test]
fn elements_are_moved_to_where_the_model_says() {
    for engine in modes::both() {
        for seed in 0..1500 {
            let mut dice = Dice(noise(seed));
            let shape = dice.shape(1, 3, 1);
            let (mut x, mut model) = counted(&engine, &shape);
            // Each function meets what the one before left: views of views among them.
            for _ in 0..3 {
                let (name, found, expected) = moved(&mut dice, &x, &model);
                assert_eq!(array(&found), expected, "seed {seed}: {name} of {:?}", model.shape);
                if expected.shape.contains(&0) || expected.data.len() > 300 || expected.shape.len() > 4 {
                    break;
                }
                (x, model) = (found, expected);
            }
        }
        assert_eq!(engine.flush(), Ok(()));
        assert_eq!(engine.memory(), engine::Memory::default(), "buffers were left behind");
    }
}
