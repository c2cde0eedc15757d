//! The rows of the op table, by family.

mod composed;
mod conversions;
mod elementwise;
mod indexing;
mod products;
mod reductions;
mod specials;
mod views;

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
    ];
    families.into_iter().flatten().collect()
}
