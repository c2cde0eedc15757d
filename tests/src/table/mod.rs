//! The rows of the op table, by family.

mod composed;
mod conversions;
mod elementwise;
mod indexing;
mod items;
mod products;
mod rearranging;
mod reductions;
mod sliding;
mod specials;
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
        indexing::cases(),
        rearranging::cases(),
        items::cases(),
    ];
    families.into_iter().flatten().collect()
}
