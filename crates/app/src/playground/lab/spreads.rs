//! How parameters and their gradients lie over the course of a training: a column of classes for each measurement.

use leptos::html;
use leptos::prelude::*;
use protocol::program::Measured;

use crate::components::frame::redraw;
use crate::components::{Page, live};
use crate::draw::heat;
use crate::draw::palette::Palette;
use crate::format::significant;

/// One picture: its parameter, and whether it is of the gradient.
type Key = (String, bool);

/// All of them, by parameter.
#[component]
pub fn Spreads() -> impl IntoView {
    let lab = Page::get().state.program.lab;
    let keys = Memo::new(move |_| {
        lab.measured.with(|all| {
            let spreads = all.last().map(|last| last.spreads.as_slice()).unwrap_or_default();
            let mut keys: Vec<Key> =
                spreads.iter().map(|spread| (spread.name.clone(), spread.grad)).collect();
            sorting::sort_by(&mut keys, Ord::cmp);
            keys
        })
    });
    let rows =
        live(move || keys.get().into_iter().map(|key| view! { <Strip key /> }.into_any()).collect_view());
    view! {
        <section class="spreads" data-testid="spreads" hidden=live(move || keys.with(Vec::is_empty))>
            <h3>"Histograms over time"</h3>
            <p class="hint">"From left to right: the measurements. From bottom to top: from the most negative value to the most positive; the darker, the more elements."</p>
            <div class="spread-grid">{rows}</div>
        </section>
    }
}

/// The classes of all measurements: from the top the highest, each column as parts of its fullest class. And the largest magnitude.
fn columns(all: &[Measured], (name, grad): &Key) -> (Vec<Vec<f32>>, f32) {
    let of = |at: &Measured| {
        at.spreads
            .iter()
            .find(|spread| spread.name == *name && spread.grad == *grad)
            .map(|spread| (spread.most, spread.counts.to_vec()))
    };
    let found: Vec<_> = all.iter().filter_map(of).collect();
    let most = found.iter().map(|(most, _)| *most).fold(0.0, f32::max);
    let column = |(own, counts): (f32, Vec<f32>)| {
        let classes = counts.len();
        let full = counts.iter().copied().fold(1.0, f32::max);
        (0..classes)
            .rev()
            .map(|class| {
                // The middle of a class of the common scale, looked up in the measurement's own.
                let middle = ((class as f32 + 0.5) / classes as f32 * 2.0 - 1.0) * most;
                let place = (middle / own + 1.0) / 2.0 * classes as f32;
                let count = if place < 0.0 { None } else { counts.get(place as usize) };
                count.map_or(0.0, |count| (count / full).sqrt())
            })
            .collect()
    };
    (found.into_iter().map(column).collect(), most)
}

#[component]
fn Strip(key: Key) -> impl IntoView {
    let Page { state, theme, .. } = Page::get();
    let measured = state.program.lab.measured;
    let canvas = NodeRef::<html::Canvas>::new();
    let (name, grad) = key.clone();
    let shown = key.clone();
    let track = move || {
        measured.track();
        theme.dark.track();
    };
    redraw(canvas, track, move |canvas| {
        let (columns, _) = measured.with_untracked(|all| columns(all, &shown));
        let rows = columns.first().map_or(0, Vec::len);
        if rows == 0 {
            return;
        }
        let values: Vec<f32> = (0..rows)
            .flat_map(|row| columns.iter().map(move |column| column.get(row).copied().unwrap_or(0.0)))
            .collect();
        let palette = Palette::read();
        let palette = if grad { palette.of_gradients() } else { palette };
        heat::paint_rows(canvas, &heat::diverging(&values, 1.0, &palette), columns.len() as u32, rows as u32);
    });
    let most = move || measured.with(|all| columns(all, &key).1);
    let title = if grad { format!("{name}.grad") } else { name };
    view! {
        <figure class="spread">
            <figcaption><span class="mono">{title.clone()}</span>" "<span class="hint mono">{live(move || format!("±{}", significant(most().into())))}</span></figcaption>
            <canvas node_ref=canvas role="img" aria-label=format!("Histograms of {title} over time")></canvas>
        </figure>
    }
}

#[cfg(test)]
mod tests {
    use protocol::Floats;
    use protocol::program::Spread;

    use super::*;

    #[test]
    fn measurements_are_brought_to_one_scale() {
        let at = |most: f32, counts: [f32; 4]| Measured {
            clock: 0,
            steps: 0,
            images: 0,
            train: (0.0, 0.0),
            test: (0.0, 0.0),
            spreads: vec![Spread { name: "w".into(), grad: false, most, counts: Floats::from(&counts[..]) }],
        };
        let all = [at(2.0, [0.0, 4.0, 0.0, 1.0]), at(1.0, [0.0, 0.0, 0.0, 9.0])];
        let (columns, most) = columns(&all, &("w".to_owned(), false));
        assert_eq!(most, 2.0);
        assert_eq!(columns[0], [0.5, 0.0, 1.0, 0.0]);
        // On the scale of the first, all of the second lies between 0 and 1.
        assert_eq!(columns[1], [0.0, 1.0, 0.0, 0.0]);
    }
}
