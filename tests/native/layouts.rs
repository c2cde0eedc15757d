//! Views, checked against a plain model: random chains of reshapes, permutations, slices and expansions.
#![cfg(not(target_arch = "wasm32"))]

use engine::layout::{broadcast, checked_numel};
use engine::{HostData, Tensor};
use tests::array::Array;
use tests::case::noise;
use tests::modes;

/// A number below `n`.
fn below(next: &mut impl FnMut() -> f64, n: usize) -> usize {
    (((next() + 1.0) / 2.0 * n as f64) as usize).min(n - 1)
}

/// A random change of shape, of the tensor and of the model alike.
fn change(next: &mut impl FnMut() -> f64, t: &Tensor, model: &Array) -> (Tensor, Array) {
    let shape = model.shape.clone();
    let n = shape.len();
    match below(next, 4) {
        0 if n > 0 => {
            let mut order: Vec<usize> = (0..n).collect();
            for i in (1..n).rev() {
                order.swap(i, below(next, i + 1));
            }
            let dims: Vec<i64> = order.iter().map(|&d| d as i64).collect();
            (t.permute(&dims).expect("a permutation"), model.permute(&order))
        }
        1 if n > 0 => {
            let dim = below(next, n);
            let (start, step) = (below(next, shape[dim] + 1), 1 + below(next, 3));
            let len = (shape[dim] - start).div_ceil(step);
            let view = t.slice(dim as i64, start as i64, i64::MAX, step as i64).expect("a slice");
            (view, model.slice(dim, start, len, step))
        }
        2 if model.data.len() < 200 => {
            let mut wider = shape.clone();
            wider.insert(0, 1 + below(next, 2));
            for size in wider.iter_mut().filter(|size| **size == 1) {
                *size += below(next, 2);
            }
            (t.expand(&wider).expect("an expansion"), Array::from_fn(&wider, |i| model.at(i)))
        }
        _ => {
            // Split off a factor, or join everything.
            let numel = model.data.len();
            let factor = (2..=4).find(|f| numel.is_multiple_of(*f) && numel > 0).unwrap_or(1);
            let new = if below(next, 2) == 0 { vec![numel] } else { vec![factor, numel / factor] };
            let sizes: Vec<i64> = new.iter().map(|&size| size as i64).collect();
            (t.reshape(&sizes).expect("as many elements"), model.reshape(&new))
        }
    }
}

#[test]
fn chains_of_views_are_what_the_model_says() {
    for engine in modes::both() {
        for seed in 0..3000 {
            let mut next = noise(seed);
            let shape: Vec<usize> = (0..1 + below(&mut next, 3)).map(|_| 1 + below(&mut next, 4)).collect();
            let mut model = Array::from_fn(&shape, |_| 0.0);
            model.data.iter_mut().enumerate().for_each(|(i, v)| *v = i as f64);
            let mut t = engine.tensor(model.data.clone(), &shape).expect("the shape fits");
            for _ in 0..5 {
                (t, model) = change(&mut next, &t, &model);
                assert_eq!(t.shape(), model.shape, "seed {seed}");
                let found = pollster::block_on(t.read()).map(|data: HostData| data.to_f64());
                assert_eq!(found.as_ref(), Ok(&model.data), "seed {seed}, shape {:?}", model.shape);
            }
        }
    }
}

#[test]
fn shapes_broadcast_as_the_rule_says() {
    let mut next = noise(1);
    for _ in 0..5000 {
        let mut shape = || -> Vec<usize> { (0..below(&mut next, 5)).map(|_| below(&mut next, 4)).collect() };
        let (a, b) = (shape(), shape());
        let pairs = (0..a.len().max(b.len())).map(|i| {
            let size = |s: &[usize]| if i < s.len() { s[s.len() - 1 - i] } else { 1 };
            (size(&a), size(&b))
        });
        let fits = pairs.clone().all(|(x, y)| x == y || x == 1 || y == 1);
        let mut expected: Vec<usize> = pairs.map(|(x, y)| if x == 1 { y } else { x }).collect();
        expected.reverse();
        assert_eq!(broadcast(&a, &b).ok(), fits.then_some(expected), "{a:?} {b:?}");
    }
}

#[test]
fn sizes_are_checked_before_they_overflow() {
    assert_eq!(checked_numel(&[3, 0, usize::MAX, usize::MAX]), Ok(0));
    assert!(checked_numel(&[usize::MAX, usize::MAX, 2]).is_err());
    assert!(checked_numel(&[1 << 16, 1 << 16]).is_err());
    assert_eq!(checked_numel(&[1 << 14, 1 << 14]), Ok(1 << 28));
}
