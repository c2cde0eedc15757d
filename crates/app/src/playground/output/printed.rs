//! What the program has printed, and its figures.

use leptos::html;
use leptos::prelude::*;

use crate::components::{Page, live, on, watch};
use crate::format::count;
use crate::tail::{Block, Tail};

/// This close to the end counts as being there.
const NEAR_END: i32 = 12;

/// The output. It follows the newest line, until the user scrolls up.
#[component]
pub fn Printed() -> impl IntoView {
    let program = Page::get().state.program;
    let tail = Memo::new(move |_| program.output.with(|output| Tail::of(output)));
    let frame = NodeRef::<html::Div>::new();
    let follows = RwSignal::new(true);
    let to_end = move || {
        if let Some(frame) = frame.get_untracked() {
            frame.set_scroll_top(frame.scroll_height());
        }
    };
    watch(move || {
        tail.track();
        if follows.get_untracked() {
            request_animation_frame(to_end);
        }
    });
    let scrolled = move |_| {
        if let Some(frame) = frame.get_untracked() {
            let below = frame.scroll_height() - frame.scroll_top() - frame.client_height();
            follows.set(below <= NEAR_END);
        }
    };
    let left_out = Memo::new(move |_| tail.with(|tail| tail.left_out));
    let empty = Memo::new(move |_| tail.with(|tail| tail.blocks.is_empty()));
    view! {
        <div
            class="printed"
            data-testid="output"
            node_ref=frame
            tabindex="0"
            role="log"
            aria-label="Output of the program"
            on:scroll=on(scrolled)
        >
            <p class="hint empty" hidden=live(move || !empty.get())>
                "What the program prints and plots appears here."
            </p>
            <p class="hint left-out" hidden=live(move || left_out.get() == 0)>
                {live(move || format!("{} earlier lines are left out.", count(left_out.get() as u64)))}
            </p>
            <Blocks blocks=Signal::derive(move || tail.with(|tail| tail.blocks.clone())) />
        </div>
        <button
            class="button to-newest"
            type="button"
            hidden=live(move || follows.get())
            on:click=on(move |_| to_end())
        >
            "Newest line"
        </button>
    }
}

/// Pieces of output, under each other.
#[component]
pub fn Blocks(blocks: Signal<Vec<Block>>) -> impl IntoView {
    // What a block is stays; what it says may grow.
    let kinds = Memo::new(move |_| {
        let mut figures = 0;
        let kind = |block: &Block| match block {
            Block::Text(_) => (0, 0),
            Block::Error(_) => (1, 0),
            Block::Figure(_) => {
                figures += 1;
                (2, figures)
            }
        };
        blocks.with(|blocks| blocks.iter().map(kind).enumerate().collect::<Vec<_>>())
    });
    view! {
        <For
            each=move || kinds.get()
            key=|key| *key
            children=move |(at, (kind, figure))| {
                let content = Memo::new(move |_| {
                    blocks.with(|blocks| match blocks.get(at) {
                        Some(Block::Text(text) | Block::Error(text) | Block::Figure(text)) => text.clone(),
                        None => String::new(),
                    })
                });
                match kind {
                    0 => view! { <pre class="text">{live(move || content.get())}</pre> }.into_any(),
                    1 => view! { <pre class="text error">{live(move || content.get())}</pre> }.into_any(),
                    _ => view! { <Figure number=figure svg=content /> }.into_any(),
                }
            }
        />
    }
}

/// A figure, as a picture: what it contains is not run. It can be saved.
#[component]
fn Figure(number: usize, svg: Memo<String>) -> impl IntoView {
    let address = Memo::new(move |_| {
        let svg = svg.with(|svg| js_sys::encode_uri_component(svg));
        format!("data:image/svg+xml,{}", String::from(svg))
    });
    view! {
        <a
            class="figure-link"
            href=live(move || address.get())
            download=format!("figure-{number}.svg")
            title="Save this figure as SVG"
        >
            <img src=live(move || address.get()) alt=format!("Figure {number}") />
        </a>
    }
}
