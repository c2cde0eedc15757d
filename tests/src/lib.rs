//! The op table: what every op must compute, on every backend, and how that is checked.

pub mod array;
pub mod case;
pub mod check;
pub mod cpu;
pub mod golden;
pub mod lanes;
pub mod modes;
pub mod programs;
pub mod random;
pub mod table;
