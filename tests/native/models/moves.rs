//! Functions that only move elements.

use engine::Tensor;
use tests::array::Array;
use tests::case::noise;
use tests::modes;

use crate::{Dice, array, counted};

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
