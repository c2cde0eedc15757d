//! Boxes around the closures in views. A closure has a type of its own, and every element is compiled anew for
//! each type of what it shows: boxed, all texts share their code, as do all flags and all clicks. It is the
//! difference between a page of 300 KB and one of 400.

use leptos::prelude::Effect;

/// A value that follows the signals it is made of.
pub type Live<T> = Box<dyn Fn() -> T + Send>;

/// What a view shows: an attribute, a text or a part that comes and goes.
pub fn live<T>(value: impl Fn() -> T + Send + 'static) -> Live<T> {
    Box::new(value)
}

/// What is done at an event.
pub fn on<E>(act: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(act)
}

/// Does something now, and again whenever a signal that it reads has changed.
pub fn watch(act: impl Fn() + 'static) {
    let act: Box<dyn Fn()> = Box::new(act);
    Effect::new(move |_| act());
}
