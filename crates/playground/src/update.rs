//! What an optimizer did to a parameter, written out with the numbers of its first element.

use engine::Tensor;
use engine::optim::{Algorithm, Entry, Options, State};
use protocol::program::Step;

use crate::numbers::{Elements, short};
use crate::record::Update;

/// The first elements of what takes part.
struct First {
    grad: f64,
    before: f64,
    after: f64,
    /// By name: what was remembered, and what is.
    memory: Vec<(String, f64, f64)>,
}

impl First {
    async fn of(update: &Update) -> Option<Self> {
        let mut memory = Vec::new();
        for (name, entry) in update.state.iter() {
            let now = number(entry).await?;
            let before = match update.state_before.get(name) {
                Some(entry) => number(entry).await?,
                None => 0.0,
            };
            memory.push((name.to_owned(), before, now));
        }
        Some(Self {
            grad: first(&update.grad).await?,
            before: first(&update.before).await?,
            after: first(&update.after).await?,
            memory,
        })
    }

    fn memory(&self, name: &str) -> Option<(f64, f64)> {
        self.memory.iter().find(|(its, ..)| its == name).map(|(_, before, now)| (*before, *now))
    }
}

async fn first(tensor: &Tensor) -> Option<f64> {
    Elements::read(tensor).await.ok()?.values().first().copied()
}

async fn number(entry: &Entry) -> Option<f64> {
    match entry {
        Entry::Number(x) => Some(*x),
        Entry::Tensor(tensor) => first(tensor).await,
    }
}

/// The update, line by line.
pub(crate) async fn steps(update: &Update) -> Vec<Step> {
    let Some(first) = First::of(update).await else { return Vec::new() };
    let options = &update.options;
    let mut lines = vec![line("g", short(first.grad))];
    match update.algorithm {
        Algorithm::Sgd => sgd(&first, options, &update.state_before, &mut lines),
        Algorithm::Adam | Algorithm::AdamW => adam(&first, options, &mut lines),
        _ => remembered(&first, &mut lines),
    }
    let change = first.after - first.before;
    let sign = if change < 0.0 { "−" } else { "+" };
    lines.push(line(
        update.algorithm.formula().rsplit(';').next().unwrap_or_default().trim(),
        format!("{} {sign} {} = {}", short(first.before), short(change.abs()), short(first.after)),
    ));
    lines
}

fn line(formula: &str, numbers: String) -> Step {
    Step { formula: formula.to_owned(), numbers }
}

fn sgd(first: &First, options: &Options, before: &State, lines: &mut Vec<Step>) {
    let momentum = options.float("momentum");
    if let Some((old, new)) = first.memory("momentum_buffer") {
        let numbers = if before.get("momentum_buffer").is_some() {
            let rest = 1.0 - options.float("dampening");
            format!("{momentum} · {} + {rest} · {} = {}", short(old), short(first.grad), short(new))
        } else {
            format!("g = {}", short(new))
        };
        lines.push(line("b ← momentum · b + (1 − dampening) · g", numbers));
    }
    lines.push(line("lr", format!("{}", options.float("lr"))));
}

fn adam(first: &First, options: &Options, lines: &mut Vec<Step>) {
    let (beta1, beta2) = options.pair("betas");
    let g = short(first.grad);
    let (Some((m, m_new)), Some((v, v_new)), Some((_, t))) =
        (first.memory("exp_avg"), first.memory("exp_avg_sq"), first.memory("step"))
    else {
        return remembered(first, lines);
    };
    let rest = |beta: f64| short(1.0 - beta).trim_end_matches('0').to_owned();
    lines.push(line("t", format!("{t}")));
    lines.push(line(
        "m ← β₁ · m + (1 − β₁) · g",
        format!("{beta1} · {} + {} · {g} = {}", short(m), rest(beta1), short(m_new)),
    ));
    lines.push(line(
        "v ← β₂ · v + (1 − β₂) · g²",
        format!("{beta2} · {} + {} · {g}² = {}", short(v), rest(beta2), short(v_new)),
    ));
    let (m_hat, v_hat) = (m_new / (1.0 - beta1.powf(t)), v_new / (1.0 - beta2.powf(t)));
    lines.push(line("m̂ = m / (1 − β₁ᵗ)", format!("{} / (1 − {beta1}^{t}) = {}", short(m_new), short(m_hat))));
    lines.push(line("v̂ = v / (1 − β₂ᵗ)", format!("{} / (1 − {beta2}^{t}) = {}", short(v_new), short(v_hat))));
    let (lr, eps) = (options.float("lr"), options.float("eps"));
    let step = lr * m_hat / (v_hat.sqrt() + eps);
    lines.push(line(
        "lr · m̂ / (√v̂ + eps)",
        format!("{lr} · {} / (√{} + {eps:e}) = {}", short(m_hat), short(v_hat), short(step)),
    ));
}

fn remembered(first: &First, lines: &mut Vec<Step>) {
    for (name, before, now) in &first.memory {
        lines.push(line(name, format!("{} → {}", short(*before), short(*now))));
    }
}
