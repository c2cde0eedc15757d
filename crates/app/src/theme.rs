//! Light or dark: what the user chose, what the system prefers, and what follows from both. The colours
//! themselves are in `www/styles/tokens.css`.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use crate::components::watch;

/// Where the choice is remembered. `www/index.html` reads it before the first paint.
const KEY: &str = "seegrad.theme";

/// What the user chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system is set.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// All three, in the order in which the switch goes through them.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// Its name, as it is stored and shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The choice after this one.
    pub fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    fn remembered() -> Self {
        let name = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
        Self::ALL.into_iter().find(|theme| name.as_deref() == Some(theme.name())).unwrap_or_default()
    }

    fn remember(self) {
        // Without storage, in a private window for one, the choice holds until the page is closed.
        if let Some(storage) = storage() {
            let _ = storage.set_item(KEY, self.name());
        }
    }
}

/// The choice and what follows from it.
#[derive(Clone, Copy)]
pub struct ThemeSwitch {
    /// What the user chose.
    pub choice: RwSignal<Theme>,
    /// Whether the page is dark now. Canvases redraw when it changes.
    pub dark: Memo<bool>,
}

impl ThemeSwitch {
    /// Takes up what was remembered, and keeps the page's colours as the signals say.
    pub fn start() -> Self {
        let choice = RwSignal::new(Theme::remembered());
        let system_dark = system_prefers_dark();
        let dark = Memo::new(move |_| match choice.get() {
            Theme::System => system_dark.get(),
            Theme::Light => false,
            Theme::Dark => true,
        });
        watch(move || {
            choice.get().remember();
            if let Some(root) = document().document_element() {
                // Setting an attribute fails on a malformed name only.
                let _ = root.set_attribute("data-theme", if dark.get() { "dark" } else { "light" });
            }
        });
        Self { choice, dark }
    }
}

fn system_prefers_dark() -> RwSignal<bool> {
    let signal = RwSignal::new(false);
    if let Ok(Some(query)) = window().match_media("(prefers-color-scheme: dark)") {
        signal.set(query.matches());
        let watched = query.clone();
        let changed = Closure::<dyn Fn()>::new(move || signal.set(watched.matches()));
        query.set_onchange(Some(changed.as_ref().unchecked_ref()));
        // The page watches its system for as long as it lives.
        changed.forget();
    }
    signal
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
