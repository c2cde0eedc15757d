//! A tensor in every form: numbers, picture, histogram and statistics. The value and the gradient are shown alike, in their own colours.

use leptos::prelude::*;
use protocol::program::{NodeKind, Numbers};

use super::Chosen;
use super::grid::Grid;
use super::histogram::Histogram;
use super::picture::Picture;
use crate::components::{live, on};
use crate::format::{count, significant};

/// What of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Its value.
    Value,
    /// Its gradient.
    Gradient,
}

impl Kind {
    /// Its handle.
    pub fn name(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Gradient => "gradient",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Value => "Value",
            Self::Gradient => "Gradient",
        }
    }
}

/// Why there are no numbers.
fn reason(chosen: Chosen, kind: Kind) -> &'static str {
    if chosen.detail.with(Option::is_none) {
        return "Not known yet.";
    }
    match (kind, chosen.node.with(|node| node.as_ref().map(|node| (node.requires_grad, node.kind)))) {
        (Kind::Value, _) => "Its value is not kept any more.",
        (Kind::Gradient, Some((true, _))) => "No gradient yet: none has arrived here.",
        (Kind::Gradient, Some((false, NodeKind::Constant | NodeKind::Data))) => {
            "No gradient: it does not require one."
        }
        (Kind::Gradient, _) => "No gradient flows through it.",
    }
}

/// The value or the gradient.
#[component]
pub fn Quantity(chosen: Chosen, kind: Kind) -> impl IntoView {
    let numbers = chosen.numbers(kind);
    let hidden = move || kind == Kind::Gradient && chosen.predict.hides.get();
    let many = Memo::new(move |_| numbers.with(|n| n.as_ref().is_some_and(|n| n.statistics.count > 1)));
    let known = Memo::new(move |_| numbers.with(Option::is_some));
    let grid = Memo::new(move |_| {
        numbers.with(|n| n.as_ref().map(|n| Grid::of(&n.shape, n.offset, &n.elements)).unwrap_or_default())
    });
    let text = live(move || match known.get() {
        false => reason(chosen, kind).to_owned(),
        true if grid.with(|grid| grid.numbers.is_empty()) => "It has no elements.".to_owned(),
        true => grid.with(|grid| grid.numbers.clone()),
    });
    let looks = live(move || match (known.get(), many.get()) {
        (false, _) => "numbers none",
        (true, true) => "numbers",
        (true, false) => "numbers single",
    });
    let scrolls = live(move || many.get().then_some("0"));
    view! {
        <section
            class=format!("inspector-section quantity {}", kind.name())
            aria-label=kind.label()
            hidden=live(hidden)
        >
            <h3>{kind.label()}</h3>
            <Picture numbers kind />
            <div class=looks tabindex=scrolls role="group" aria-label=format!("{} in numbers", kind.label())>
                <pre class="places" aria-hidden="true">{live(move || grid.with(|grid| grid.places.clone()))}</pre>
                <pre data-testid=kind.name()>{text}</pre>
            </div>
            <Pager chosen numbers />
            <Histogram numbers />
            <Statistics numbers many />
        </section>
    }
}

/// Turns the pages of a tensor that has more elements than one.
#[component]
fn Pager(chosen: Chosen, numbers: Memo<Option<Numbers>>) -> impl IntoView {
    // The last page may be shorter than the others: the longest one counts.
    let page = StoredValue::new((None, 0));
    let span = Memo::new(move |_| {
        numbers.with(|n| {
            n.as_ref().map_or((0, 0, 0), |n| (n.offset, n.elements.len() as u64, n.statistics.count))
        })
    });
    let length = move |shown: u64| {
        let node = chosen.program.chosen.get_untracked();
        page.try_update_value(|(of, length)| {
            *length = if *of == node { shown.max(*length) } else { shown };
            *of = node;
            *length
        })
        .unwrap_or(shown)
    };
    let turn = move |by: i64| {
        let (offset, shown, count) = span.get_untracked();
        let by = by * length(shown) as i64;
        let to = offset.saturating_add_signed(by);
        if to < count {
            chosen.paged.set((chosen.program.chosen.get_untracked(), to));
        }
    };
    let words = live(move || {
        let (offset, shown, of) = span.get();
        length(shown);
        format!("{} to {} of {}", count(offset), count((offset + shown).saturating_sub(1)), count(of))
    });
    let one_page = live(move || {
        let (_, shown, of) = span.get();
        shown >= of
    });
    view! {
        <div class="pager" hidden=one_page>
            <button
                class="button"
                type="button"
                aria-label="The elements before"
                disabled=live(move || span.get().0 == 0)
                on:click=on(move |_| turn(-1))
            >
                "‹"
            </button>
            <span class="hint mono">{words}</span>
            <button
                class="button"
                type="button"
                aria-label="The elements after"
                disabled=live(move || { let (offset, shown, of) = span.get(); offset + shown >= of })
                on:click=on(move |_| turn(1))
            >
                "›"
            </button>
        </div>
    }
}

/// What can be said of all elements.
#[component]
fn Statistics(numbers: Memo<Option<Numbers>>, many: Memo<bool>) -> impl IntoView {
    let read = move |read: fn(&protocol::program::Statistics) -> Option<String>| {
        Memo::new(move |_| numbers.with(|n| n.as_ref().and_then(|n| read(&n.statistics))))
    };
    view! {
        <dl class="statistics" hidden=live(move || !many.get())>
            <Statistic label="mean" value=read(|s| Some(significant(s.mean))) />
            <Statistic label="std" value=read(|s| Some(significant(s.std))) />
            <Statistic label="min" value=read(|s| Some(significant(s.low))) />
            <Statistic label="max" value=read(|s| Some(significant(s.high))) />
            <Statistic label="elements" value=read(|s| Some(count(s.count))) />
            <Statistic label="zeros" value=read(|s| some(s.zeros)) />
            <Statistic label="NaN" bad=true value=read(|s| some(s.nans)) />
            <Statistic label="infinite" bad=true value=read(|s| some(s.infinities)) />
        </dl>
    }
}

/// A count that is said only where there is something to count.
fn some(number: u64) -> Option<String> {
    (number > 0).then(|| count(number))
}

#[component]
fn Statistic(label: &'static str, value: Memo<Option<String>>, #[prop(optional)] bad: bool) -> impl IntoView {
    view! {
        <div class=if bad { "bad" } else { "" } hidden=live(move || value.with(Option::is_none))>
            <dt>{label}</dt>
            <dd class="mono">{live(move || value.get().unwrap_or_default())}</dd>
        </div>
    }
}
