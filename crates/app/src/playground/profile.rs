//! Where the time of a step goes: a bar for each way of running the program, split by kernel.

use leptos::prelude::*;
use protocol::program::{Launches, Schedule};

use crate::format::{count, milliseconds, percent_short, significant};

/// Kernels that have a part of the bar of their own.
const PARTS: usize = 5;
/// Letters of a kernel's name.
const LETTERS: usize = 36;

/// A part of a bar: what it is, its milliseconds, and its colour.
struct Part {
    name: String,
    millis: f64,
    colour: usize,
}

/// The bars.
pub fn profile(schedule: &Schedule) -> AnyView {
    let ways = [
        ("Eager", Some(&schedule.eager)),
        ("Fused", Some(&schedule.fused)),
        ("Fused, on the CPU", schedule.on_cpu.as_ref()),
    ];
    let known: Vec<(&str, &Launches, f64)> =
        ways.into_iter().filter_map(|(name, all)| Some((name, all?, all?.millis?))).collect();
    let longest = known.iter().map(|(.., millis)| *millis).fold(0.0, f64::max);
    let bars =
        known.iter().filter(|_| longest > 0.0).map(|(name, all, millis)| bar(name, all, *millis, longest));
    view! {
        <section class="profile" data-testid="profile" hidden=longest <= 0.0>
            <h2>"Where the time goes"</h2>
            {bars.collect_view()}
        </section>
    }
    .into_any()
}

fn bar(name: &str, all: &Launches, millis: f64, longest: f64) -> AnyView {
    let parts = parts(all, millis);
    let piece = |part: &Part| {
        let width = part.millis / longest * 100.0;
        let tip = format!("{}: {}", part.name, milliseconds(part.millis as f32));
        view! { <span class="profile-part" data-colour=part.colour.to_string() style=format!("width:{width}%") title=tip></span> }
            .into_any()
    };
    let entry = |part: &Part| {
        let share = percent_short((part.millis / millis.max(f64::MIN_POSITIVE)) as f32);
        view! {
            <li><span class="profile-part" data-colour=part.colour.to_string() aria-hidden="true"></span><span class="mono">{part.name.clone()}</span>" "<span class="hint mono">{share}</span></li>
        }
        .into_any()
    };
    let each = match all.steps {
        0 => milliseconds(millis as f32),
        steps => {
            let step = millis / steps as f64;
            format!(
                "{} a step, {} kernels each, {} steps a second in kernels",
                milliseconds(step as f32),
                significant(all.count as f64 / steps as f64),
                count((1000.0 / step.max(1e-6)) as u64)
            )
        }
    };
    view! {
        <div class="profile-way">
            <p><strong>{name.to_owned()}</strong>" "<span class="hint mono">{each}</span></p>
            <div class="profile-bar" aria-hidden="true">{parts.iter().map(piece).collect_view()}</div>
            <ul class="profile-legend">{parts.iter().map(entry).collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// The kernels that take longest, and all others together.
fn parts(all: &Launches, millis: f64) -> Vec<Part> {
    let mut kernels: Vec<(String, f64)> = all
        .kernels
        .iter()
        .filter_map(|kernel| {
            let name = if kernel.ops.is_empty() { kernel.name.clone() } else { kernel.ops.join(" · ") };
            Some((short(&name), kernel.millis?))
        })
        .collect();
    sorting::sort_by(&mut kernels, |one, other| other.1.total_cmp(&one.1));
    kernels.truncate(PARTS);
    let told: f64 = kernels.iter().map(|(_, millis)| millis).sum();
    let rest = (millis - told).max(0.0);
    if rest > millis * 1e-3 {
        kernels.push(("all others".to_owned(), rest));
    }
    kernels.into_iter().enumerate().map(|(colour, (name, millis))| Part { name, millis, colour }).collect()
}

fn short(name: &str) -> String {
    match name.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use protocol::program::Launch;

    use super::*;

    #[test]
    fn the_longest_kernels_have_parts_of_their_own() {
        let kernel = |name: &str, millis: f64| Launch {
            name: name.to_owned(),
            device: "CPU".to_owned(),
            ops: Vec::new(),
            times: 1,
            bytes: 0,
            flops: 0,
            millis: Some(millis),
            text: String::new(),
        };
        let kernels = (1..=8).map(|i| kernel(&format!("k{i}"), f64::from(i))).collect();
        let parts = parts(&Launches { kernels, ..Launches::default() }, 36.0);
        let told: Vec<_> = parts.iter().map(|part| (part.name.as_str(), part.millis)).collect();
        assert_eq!(
            told,
            [("k8", 8.0), ("k7", 7.0), ("k6", 6.0), ("k5", 5.0), ("k4", 4.0), ("all others", 6.0)]
        );
    }
}
