//! The rows of the op table, by family.

mod elementwise;
mod indexing;
mod products;
mod reductions;
mod sliding;
mod specials;
mod views;

use crate::case::Case;

/// Every case.
pub fn all() -> Vec<Case> {
    let families = [
        elementwise::cases(),
        specials::cases(),
        reductions::cases(),
        views::cases(),
        products::cases(),
        indexing::cases(),
    ];
    families.into_iter().flatten().collect()
}
