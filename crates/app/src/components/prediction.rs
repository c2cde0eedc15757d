//! What the model makes of the drawing: its answer, the image that it sees, and ten probabilities.

use leptos::html;
use leptos::prelude::*;
use protocol::{CLASSES, Prediction, SIDE};

use super::Page;
use super::frame::redraw;
use super::live::live;
use crate::draw::heat;
use crate::format::{fixed, milliseconds, percent_short};

/// The most probable digit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// Which.
    pub digit: usize,
    /// How probable.
    pub probability: f32,
}

impl Answer {
    /// The answer of a prediction; the lowest digit where several are equally probable, and none where a
    /// probability is no number.
    pub fn of(prediction: &Prediction) -> Option<Self> {
        if prediction.probabilities.iter().any(|p| !p.is_finite()) {
            return None;
        }
        let better = |best: Self, (digit, &probability): (usize, &f32)| {
            if probability > best.probability { Self { digit, probability } } else { best }
        };
        Some(prediction.probabilities.iter().enumerate().fold(Self { digit: 0, probability: 0.0 }, better))
    }
}

/// The answer on show. The pad's component drops those that are about another drawing.
pub fn answer() -> Memo<Option<Answer>> {
    let shown = Page::get().state.prediction;
    Memo::new(move |_| shown.with(|prediction| prediction.as_ref().and_then(Answer::of)))
}

/// The answer, and the image that it is about.
#[component]
pub fn Reading() -> impl IntoView {
    let Page { state, .. } = Page::get();
    let answer = answer();
    let digit = Memo::new(move |_| answer.get().map(|answer| answer.digit));
    let millis = move || {
        state
            .prediction
            .with(|prediction| prediction.as_ref().map(|p| milliseconds(p.millis)).unwrap_or_default())
    };
    let unsure = move || answer.get().is_none() && state.prediction.with(Option::is_some);
    let error = move || {
        let error = state.prediction.with(|prediction| prediction.as_ref().and_then(|p| p.error.clone()));
        error.unwrap_or_else(|| "What the model says is no number.".to_owned())
    };
    view! {
        <div class="reading">
            <p class="prediction" data-testid="prediction" class:empty=live(move || answer.get().is_none())>
                {live(move || match answer.get() {
                    Some(Answer { digit, probability }) => view! {
                        <strong>{digit}</strong>
                        <span class="visually-hidden">" · "</span>
                        <span class="mono">{percent_short(probability)}</span>
                    }.into_any(),
                    None if unsure() => error().into_any(),
                    None => "Draw a digit: the model reads it as you draw.".into_any(),
                })}
            </p>
            // Said once for each answer; its percentage changes too often to be read out.
            <p class="visually-hidden" role="status">{live(move || digit.get().map(|digit| format!("Read as {digit}")).unwrap_or_default())}</p>
            <Seen />
            <p class="hint mono" data-testid="latency">{live(millis)}</p>
        </div>
    }
}

#[component]
fn Seen() -> impl IntoView {
    let Page { state, .. } = Page::get();
    let canvas = NodeRef::<html::Canvas>::new();
    redraw(
        canvas,
        move || state.prediction.track(),
        move |canvas| {
            state.prediction.with_untracked(|prediction| {
                let black = [0; SIDE * SIDE];
                let pixels = prediction.as_ref().map(|prediction| prediction.image.as_slice());
                let pixels = pixels.filter(|pixels| pixels.len() == black.len()).unwrap_or(&black);
                heat::paint(canvas, &heat::grey(pixels), SIDE as u32);
            });
        },
    );
    view! {
        <figure class="seen">
            <canvas
                node_ref=canvas
                width=SIDE
                height=SIDE
                data-testid="digit-seen"
                role="img"
                aria-label="The image that the model sees, 28 by 28 pixels"
            ></canvas>
            <figcaption class="hint">"What the model sees: 28 × 28"</figcaption>
        </figure>
    }
}

/// The ten probabilities as bars.
#[component]
pub fn Probabilities() -> impl IntoView {
    let bars = (0..CLASSES).map(|digit| view! { <Bar digit /> }).collect_view();
    view! { <ol class="bars" aria-label="Probability of each digit" data-testid="probabilities">{bars}</ol> }
}

#[component]
fn Bar(digit: usize) -> impl IntoView {
    let Page { state, .. } = Page::get();
    let answer = answer();
    let probability =
        Memo::new(move |_| state.prediction.with(|p| p.as_ref().map(|p| p.probabilities[digit])));
    let chosen = move || answer.get().is_some_and(|answer| answer.digit == digit);
    let length = move || {
        let part = probability.get().filter(|p| p.is_finite()).unwrap_or(0.0);
        format!("scaleX({})", fixed(f64::from(part), 4))
    };
    view! {
        <li class="bar" class:chosen=live(chosen)>
            <span class="bar-digit mono">{digit}</span>
            <span class="bar-track" aria-hidden="true"><span class="bar-fill" style:transform=live(length)></span></span>
            <span class="bar-value mono">{live(move || probability.get().map_or_else(|| "–".to_owned(), percent_short))}</span>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prediction(probabilities: [f32; CLASSES]) -> Prediction {
        Prediction { id: 1, probabilities, image: Vec::new().into(), stages: None, millis: 1.0, error: None }
    }

    #[test]
    fn the_answer_is_the_most_probable_digit() {
        let mut probabilities = [0.05; CLASSES];
        probabilities[3] = 0.55;
        assert_eq!(Answer::of(&prediction(probabilities)), Some(Answer { digit: 3, probability: 0.55 }));
    }

    #[test]
    fn there_is_no_answer_without_numbers() {
        assert_eq!(Answer::of(&prediction([f32::NAN; CLASSES])), None);
    }
}
