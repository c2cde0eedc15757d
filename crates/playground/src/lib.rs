//! A program that is played: run, stepped by lines, ops, nodes of a backward pass or steps of an optimizer, gone back in, and described
//! for the page. This crate knows no browser: whoever plays awaits what is needed and sends what is told.
//!
//! A short run is recorded as it goes: every op with its value, every gradient that arrives. A long one goes over to full speed, in which
//! ops are fused and nothing is recorded; where it stops, the last stretch is run again from a kept moment, recording.

mod births;
mod check;
mod describe;
mod detail;
mod devices;
mod diagnose;
mod evaluate;
mod finite;
mod goal;
mod graph;
mod kernels;
mod lab;
mod live;
mod losses;
mod need;
mod numbers;
mod pin;
mod player;
mod race;
mod record;
mod recorder;
mod retune;
mod schedule;
mod seek;
mod update;

pub use lab::Labelled;
pub use need::SHIPPED;
pub use player::{Halt, Player};
pub use race::{Lane, Race};
pub use schedule::Schedule;
