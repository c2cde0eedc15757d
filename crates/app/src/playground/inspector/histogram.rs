//! How often which numbers occur in a tensor.

use leptos::prelude::*;
use protocol::program::{Numbers, Statistics};

use crate::components::live;
use crate::format::{count, significant};

/// The height of the box in which bars are drawn.
const HEIGHT: u64 = 100;

/// The bars below zero and those from zero on, as paths in a box that has one unit of width for each bin.
fn bars(statistics: &Statistics) -> (String, String) {
    let most = u64::from(statistics.histogram.iter().copied().max().unwrap_or(0)).max(1);
    let bins = statistics.histogram.len() as f64;
    let (mut below, mut above) = (String::new(), String::new());
    for (at, &count) in statistics.histogram.iter().enumerate().filter(|(_, count)| **count > 0) {
        let middle = statistics.low + (statistics.high - statistics.low) * (at as f64 + 0.5) / bins;
        // A bar that is there is seen.
        let height = (u64::from(count) * HEIGHT / most).max(2);
        let path = if middle < 0.0 { &mut below } else { &mut above };
        path.push_str(&format!("M{at} {HEIGHT}v-{height}h1v{height}z"));
    }
    (below, above)
}

/// The histogram. Single numbers have none.
#[component]
pub fn Histogram(numbers: Memo<Option<Numbers>>) -> impl IntoView {
    let statistics =
        Memo::new(move |_| numbers.with(|n| n.as_ref().map(|n| n.statistics.clone()).unwrap_or_default()));
    let none = move || statistics.with(|s| s.count < 2 || s.histogram.len() < 2);
    let both = Memo::new(move |_| statistics.with(bars));
    let words = live(move || {
        statistics.with(|s| {
            format!(
                "Histogram: {} elements from {} to {}",
                count(s.count),
                significant(s.low),
                significant(s.high)
            )
        })
    });
    let view_box = live(move || format!("0 0 {} {HEIGHT}", statistics.with(|s| s.histogram.len())));
    view! {
        <figure class="histogram" hidden=live(none)>
            <svg viewBox=view_box preserveAspectRatio="none" role="img" aria-label=words>
                <path class="below" d=live(move || both.with(|bars| bars.0.clone())) />
                <path class="above" d=live(move || both.with(|bars| bars.1.clone())) />
            </svg>
            <figcaption class="hint mono" aria-hidden="true">
                <span>{live(move || statistics.with(|s| significant(s.low)))}</span>
                <span>{live(move || statistics.with(|s| significant(s.high)))}</span>
            </figcaption>
        </figure>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_told_apart_at_zero() {
        let statistics =
            Statistics { low: -1.0, high: 1.0, histogram: vec![1, 0, 1000, 500], ..Statistics::default() };
        let (below, above) = bars(&statistics);
        assert_eq!(below, "M0 100v-2h1v2z");
        assert_eq!(above, "M2 100v-100h1v100zM3 100v-50h1v50z");
    }
}
