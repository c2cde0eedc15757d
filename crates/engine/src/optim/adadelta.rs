//! Adadelta (Zeiler 2012): steps in the units of the parameter, so that no rate has to be chosen.

use super::options::{Options, Value, invalid};
use super::update::{Rule, Update};
use crate::error::Result;

pub(super) const RULE: Rule = Rule {
    name: "Adadelta",
    formula: "v ← ρ · v + (1 − ρ) · g²;  d = √(u + eps) / √(v + eps) · g;  u ← ρ · u + (1 − ρ) · d²;  p ← p − lr · d",
    defaults: &[
        ("lr", Value::float(1.0)),
        ("rho", Value::float(0.9)),
        ("eps", Value::float(1e-6)),
        ("weight_decay", Value::ZERO),
        ("maximize", Value::FALSE),
        ("foreach", Value::None),
    ],
    check,
    update,
};

fn check(options: &Options) -> Result<()> {
    options.not_negative("lr", "learning rate")?;
    match options.get("rho") {
        Some(rho) if !(0.0..=1.0).contains(&options.float("rho")) => invalid("rho value", rho)?,
        Some(_) | None => {}
    }
    options.not_negative("eps", "epsilon value")?;
    options.not_negative("weight_decay", "weight_decay value")
}

fn update(u: &mut Update<'_>) -> Result<()> {
    u.count();
    let g = u.decayed_grad()?;
    let (rho, eps) = (u.float("rho"), u.float("eps"));
    let std = u.average_square("square_avg", &g, rho)?.add(eps)?.sqrt()?;
    let delta = u.tensor("acc_delta", 0.0)?.add(eps)?.sqrt()?.div(&std)?.mul(&g)?;
    u.average_square("acc_delta", &delta, rho)?;
    u.move_by(&delta, -u.float("lr"))
}
