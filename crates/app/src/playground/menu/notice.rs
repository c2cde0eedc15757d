//! What the user is told in passing, at the edge of the page, and a way back from a deletion.

use leptos::prelude::*;

use crate::components::icon::CROSS;
use crate::components::{Icon, Page, live, on};

/// The line.
#[component]
pub fn NoticeLine() -> impl IntoView {
    let shelf = Page::get().shelf;
    // A live region must be there before what it is to announce.
    view! {
        <div class="notices" role="status">
            {live(move || shelf.notice.get().map(|notice| view! {
                <div class="notice" data-testid="notice">
                    <p>{notice.text}</p>
                    {notice.deleted.is_some().then(|| view! {
                        <button type="button" class="button" data-testid="undelete" on:click=on(move |_| shelf.undelete())>
                            "Undo"
                        </button>
                    })}
                    <button
                        type="button"
                        class="button icon-only quiet"
                        aria-label="Dismiss this message"
                        title="Dismiss this message"
                        on:click=on(move |_| shelf.notice.set(None))
                    >
                        <Icon path=CROSS />
                    </button>
                </div>
            }.into_any()))}
        </div>
    }
}
