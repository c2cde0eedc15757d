//! Why a unit answers as it does: its weights times the pixels, summed.

use leptos::prelude::*;
use protocol::program::{Because, Layer, Pictures};
use protocol::{Floats, Pixels};

use super::layers::Unit;
use super::pictures::{PictureSheet, Sheet, figure};
use crate::components::on;
use crate::format::significant;

/// Weight × pixel = product for one unit, and the sum.
pub fn sum(because: Because, image: &Pixels, layer: Layer, unit: RwSignal<Option<Unit>>) -> AnyView {
    let Because { layer: place, unit: at, product, sum, total } = because;
    let units = Sheet::of(&layer.output).count.max(Sheet::of(&layer.weight).count);
    let template = picture(&layer.weight, at as usize);
    let pixels: Vec<f32> = image.as_slice().iter().map(|&pixel| f32::from(pixel) / 255.0).collect();
    let seen = Pictures { sides: Some((28, 28)), values: Floats::from(&pixels[..]) };
    let choose = move |event| {
        if let Ok(at) = event_target_value(&event).parse::<u32>() {
            unit.set(Some((place, at)));
        }
    };
    let bias = total - sum;
    let words = format!(
        "{} {} {} = {}",
        significant(f64::from(sum)),
        if bias < 0.0 { "−" } else { "+" },
        significant(f64::from(bias.abs())),
        significant(f64::from(total))
    );
    let shown = |caption: &str, label: &str, pictures: Pictures| {
        let sheet = view! { <PictureSheet label=label.to_owned() pictures /> };
        figure(caption.to_owned(), sheet.into_any())
    };
    view! {
        <div class="sum" data-testid="because">
            <label class="sum-unit">
                <span>"Unit of "<span class="mono">{layer.name}</span></span>
                <input
                    type="number"
                    min="0"
                    max=units.saturating_sub(1).to_string()
                    value=at.to_string()
                    data-testid="sum-unit"
                    on:change=on(choose)
                />
            </label>
            <div class="sum-row">
                {template.map(|template| shown("weights", "The weights of the unit", template))}
                <span class="sum-sign" aria-label="times">"×"</span>
                {shown("pixels", "The image", seen)}
                <span class="sum-sign" aria-label="is">"="</span>
                {shown("product", "Weights times pixels", product)}
            </div>
            <p class="mono" data-testid="sum">"Σ product + bias: "{words}</p>
        </div>
    }
    .into_any()
}

/// One of several pictures.
fn picture(pictures: &Pictures, at: usize) -> Option<Pictures> {
    let (rows, columns) = pictures.sides?;
    let size = (rows * columns) as usize;
    let values = pictures.values.to_vec();
    let values = values.get(at * size..(at + 1) * size)?;
    Some(Pictures { sides: pictures.sides, values: Floats::from(values) })
}
