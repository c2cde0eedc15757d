//! Random programs in eager and in fused mode: the same values and gradients, and no buffers left behind.
#![cfg(not(target_arch = "wasm32"))]

use engine::{DType, Engine, HostData, Memory, Result, Tensor};
use tests::case::noise;
use tests::modes;

/// Draws numbers below `n`.
struct Dice<F>(F);

impl<F: FnMut() -> f64> Dice<F> {
    fn below(&mut self, n: usize) -> usize {
        (((self.0() + 1.0) / 2.0 * n as f64) as usize).min(n.saturating_sub(1))
    }

    fn pick<'a>(&mut self, all: &'a [Tensor]) -> &'a Tensor {
        &all[self.below(all.len())]
    }

    fn dim(&mut self, t: &Tensor) -> i64 {
        self.below(t.ndim().max(1)) as i64
    }
}

fn read(t: &Tensor) -> Result<Vec<f64>> {
    pollster::block_on(t.read()).map(|data: HostData| data.to_f64())
}

/// An elementwise function; values stay between about -3 and 3.
fn elementwise(dice: &mut Dice<impl FnMut() -> f64>, all: &[Tensor]) -> Result<Tensor> {
    let (x, y) = (dice.pick(all), dice.pick(all));
    match dice.below(12) {
        0 => x.add(y)?.tanh(),
        1 => x.mul(y)?.sin(),
        2 => x.sub(y)?.clamp(Some((-2.0).into()), Some(2.0.into())),
        3 => x.maximum(y),
        4 => x.gt(y)?.where_(x, 0.5),
        5 => x.mul(0.5)?.add(1.0),
        6 => x.to(DType::Float32)?.exp()?.log1p(),
        7 => x.lerp(y, 0.25),
        8 => x.sigmoid(),
        9 => x.relu()?.sub(x),
        10 => x.masked_fill(&x.lt(0.0)?, -0.25),
        _ => x.div(&y.abs()?.add(1.0)?.to(DType::Float32)?),
    }
}

/// Views, folds and products.
fn shaped(dice: &mut Dice<impl FnMut() -> f64>, all: &[Tensor]) -> Result<Tensor> {
    let (x, y) = (dice.pick(all), dice.pick(all));
    let (d, e) = (dice.dim(x), dice.dim(x));
    let (keep, n) = (dice.below(2) == 0, x.shape().get(d as usize).map_or(0, |&n| n as i64));
    match dice.below(18) {
        0 => x.transpose(d, e),
        1 => x.slice(d, dice.below(3) as i64, i64::MAX, 1 + dice.below(2) as i64),
        2 => x.select(d, dice.below(n as usize) as i64),
        3 => x.unsqueeze(d),
        4 => x.squeeze(),
        5 => x.reshape(&[-1]),
        6 => x.sum(&[d], keep)?.tanh(),
        7 => x.mean(&[d], keep),
        8 => x.amax(&[d], keep),
        9 => x.softmax(d),
        10 => {
            x.reshape(&[x.numel() as i64, 1])?.matmul(&y.reshape(&[1, y.numel() as i64])?)?.mean(&[1], false)
        }
        11 => x.flip(&[d]),
        12 => x.roll(&[1 + dice.below(3) as i64], &[d]),
        13 => Tensor::cat(&[x.reshape(&[-1])?, y.reshape(&[-1])?], 0)?.slice(0, 1, 9, 1),
        14 => x.cumsum(d)?.tanh(),
        15 => Ok(x.sort(d, keep)?.0),
        16 => x.var(&[d], 0, keep),
        _ => x.index_select(d, &x.argmax(d, true)?.reshape(&[-1])?.slice(0, 0, 3, 1)?),
    }
}

/// A write to a tensor or to a view of one.
fn write(dice: &mut Dice<impl FnMut() -> f64>, all: &[Tensor]) -> Result<()> {
    let (x, value) = (dice.pick(all), dice.pick(all));
    let d = dice.dim(x);
    let part = match dice.below(4) {
        0 => x.clone(),
        1 => x.slice(d, 1, i64::MAX, 2)?,
        2 => x.transpose(0, d)?.select(0, 0)?,
        _ => x.select(d, -1)?,
    };
    match dice.below(6) {
        0 => part.add_(value, 0.5),
        1 => part.mul_(0.5),
        2 => part.copy_(value),
        3 => part.fill_(0.75),
        4 => part.tanh_(),
        _ => part.copy_(&part.flip(&[0])?),
    }
}

/// Runs the program of a seed. The outcome says what every value was at the end, which steps failed and how, and the
/// gradients of the inputs.
fn run(engine: &Engine, seed: u64) -> Result<Vec<String>> {
    let mut dice = Dice(noise(seed));
    let mut leaves = Vec::new();
    for shape in [&[3, 4][..], &[4], &[3, 1], &[2, 3, 4], &[]] {
        let n = shape.iter().product();
        let t = engine.tensor((0..n).map(|_| dice.0() as f32).collect::<Vec<_>>(), shape)?;
        t.requires_grad_(dice.below(2) == 0)?;
        leaves.push(t);
    }
    let mut all: Vec<Tensor> = leaves.iter().map(|t| t.mul(1.0)).collect::<Result<_>>()?;
    all.push(engine.full(&[3, 4], 0.5, DType::Float32)?);
    let mut log = Vec::new();
    for step in 0..4 + dice.below(24) {
        let made = match dice.below(10) {
            0..4 => elementwise(&mut dice, &all).map(Some),
            4..7 => shaped(&mut dice, &all).map(Some),
            7 | 8 => write(&mut dice, &all).map(|()| None),
            _ if all.len() > 4 => {
                all.remove(dice.below(all.len()));
                Ok(None)
            }
            _ => engine.no_grad(|| elementwise(&mut dice, &all)).map(Some),
        };
        match made {
            Ok(Some(t)) if t.numel() <= 64 && t.dtype() == DType::Float32 => all.push(t),
            Ok(_) => {}
            Err(error) => log.push(format!("step {step}: {error}")),
        }
        if dice.below(12) == 0 {
            let text = read(dice.pick(&all)).map(|values| numbers(&values));
            log.push(format!("at step {step}: {text:?}"));
        }
    }
    log.extend(all.iter().map(|t| format!("{:?} {:?}", t.shape(), read(t).map(|v| numbers(&v)))));
    let mut loss = engine.full(&[], 0.0, DType::Float32)?;
    for t in &all {
        loss = loss.add(&t.sum(&[], false)?)?;
    }
    log.push(format!("backward: {:?}", loss.backward()));
    for leaf in &leaves {
        log.push(format!("{:?}", leaf.grad().map(|g| read(&g).map(|v| numbers(&v)))));
    }
    Ok(log)
}

/// Numbers as text, to the precision to which both modes agree.
fn numbers(values: &[f64]) -> String {
    values.iter().map(|v| format!("{:.4} ", v + 0.0)).collect()
}

/// Whether two lines agree: their words do, and their numbers nearly.
fn alike(a: &str, b: &str) -> bool {
    let (a, b): (Vec<_>, Vec<_>) = (a.split_whitespace().collect(), b.split_whitespace().collect());
    let number = |word: &str| word.trim_matches(|c: char| !"0123456789.-NaNinf".contains(c)).parse::<f64>();
    a.len() == b.len()
        && a.iter().zip(&b).all(|(a, b)| {
            a == b
                || matches!((number(a), number(b)), (Ok(a), Ok(b)) if (a - b).abs() <= 1e-3 * (1.0 + a.abs()))
        })
}

#[test]
fn programs_compute_the_same_in_both_modes_and_leave_nothing() {
    let [eager, fused] = modes::both();
    let (mut gradients, mut failures) = (0, Vec::new());
    for seed in 0..800 {
        let outcomes = [&eager, &fused].map(|engine| run(engine, seed).expect("the program begins"));
        let [a, b] = &outcomes;
        gradients += usize::from(a.iter().any(|line| line == "backward: Ok(())"));
        let differ = a.iter().zip(b).find(|(a, b)| !alike(a, b));
        if let Some((a, b)) = differ {
            failures.push(format!("seed {seed}\n  eager {a}\n  fused {b}"));
        }
        assert_eq!(a.len(), b.len(), "seed {seed}: {a:#?} {b:#?}");
        for engine in [&eager, &fused] {
            assert_eq!(engine.flush(), Ok(()), "seed {seed}: what nobody holds is left out");
            assert_eq!(engine.memory(), Memory::default(), "seed {seed}, fused: {}", engine.is_fused());
        }
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    assert!(gradients > 300, "only {gradients} programs could be differentiated");
}
