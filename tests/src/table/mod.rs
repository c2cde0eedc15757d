//! The rows of the op table, by family.

mod composed;
mod conversions;
mod elementwise;
mod indexing;
mod items;
mod joining;
mod layers;
mod logic;
mod losses;
mod order;
mod products;
mod rearranging;
mod reductions;
mod shapes;
mod sliding;
mod specials;
mod statistics;
mod views;

pub use elementwise::unary;

use crate::case::Case;

/// Every case.
pub fn all() -> Vec<Case> {
    let families = [
        elementwise::cases(),
        composed::cases(),
        conversions::cases(),
        specials::cases(),
        reductions::cases(),
        views::cases(),
        products::cases(),
        sliding::cases(),
        statistics::cases(),
        layers::cases(),
        losses::cases(),
        logic::cases(),
        shapes::cases(),
        indexing::cases(),
        rearranging::cases(),
        joining::cases(),
        order::cases(),
        items::cases(),
    ];
    families.into_iter().flatten().flat_map(Case::expand).collect()
}
