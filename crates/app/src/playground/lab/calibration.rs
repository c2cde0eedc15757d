//! Whether the model is as often right as it is sure.

use leptos::prelude::*;
use protocol::program::Tested;

use crate::format::{count, percent_short};

/// The side of the picture, in its own units.
const SIDE: f64 = 100.0;

/// Of the images read with a confidence, the part that was read right: as bars against the line on which both are the same.
pub fn calibration(tested: &Tested) -> AnyView {
    let tenths: Vec<(usize, f64, f64, u32)> = tested
        .calibration
        .iter()
        .enumerate()
        .filter(|(_, (images, ..))| *images > 0)
        .map(|(tenth, &(images, sum, right))| {
            let images_f = f64::from(images);
            (tenth, sum / images_f, f64::from(right) / images_f, images)
        })
        .collect();
    let error: f64 =
        tenths.iter().map(|(_, sure, right, images)| (sure - right).abs() * f64::from(*images)).sum();
    let error = error / f64::from(tested.count.max(1));
    let bars = tenths.iter().map(|(tenth, sure, right, images)| {
        let name = format!(
            "{} images, sure by {}: {} right",
            count(u64::from(*images)),
            percent_short(*sure as f32),
            percent_short(*right as f32)
        );
        let (left, high, sure) = (*tenth as f64 * 10.0 + 0.6, right * SIDE, sure * SIDE);
        let top = SIDE - high;
        view! {
            <rect class="tenth" x=left y=top width="8.8" height=high>
                <title>{name}</title>
            </rect>
            <circle class="sure" cx=sure cy=top r="1.6" />
        }
        .into_any()
    });
    view! {
        <figure class="calibration" data-testid="calibration">
            <h3>"Calibration"</h3>
            <svg viewBox="-1 -1 102 102" role="img" aria-label=format!("Calibration: expected error {}", percent_short(error as f32))>
                <rect class="frame" x="0" y="0" width=SIDE height=SIDE />
                {bars.collect_view()}
                <path class="even" d="M0 100L100 0" />
            </svg>
            <figcaption class="hint">
                {format!(
                    "How often it is right (up), by how sure it is (right). On the line both are the same; the mean distance from it is {}.",
                    percent_short(error as f32)
                )}
            </figcaption>
        </figure>
    }
    .into_any()
}
