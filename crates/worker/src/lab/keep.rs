//! A training is kept now and then in the browser's cache storage, so that it outlives the tab: one training, the last.

use std::hash::{DefaultHasher, Hash, Hasher};

use js_sys::Uint8Array;
use playground::Player;
use protocol::program::{Kept, KeptRound, LabEvent};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, Headers, Response, ResponseInit};

use super::{changed, tell};
use crate::pace::now;
use crate::port::scope;

/// The name of the storage, and that of what is kept in it.
const STORAGE: &str = "seegrad";
const NAME: &str = "training";
/// Milliseconds of computing after which a run is worth keeping, and between two times that it is kept.
const WORTH_MS: f64 = 3000.0;
const BETWEEN_MS: f64 = 10_000.0;
/// Larger ones are not kept.
const MOST_BYTES: usize = 64 << 20;
/// Slices of a run in which it is looked for a place from which another round of its loop can begin.
const TRIES: u32 = 300;

/// What is kept, and of which text.
struct Header {
    text: u64,
    kept: Kept,
}

/// Keeps, and puts back.
#[derive(Default)]
pub(crate) struct Keeper {
    /// What is kept, once that was looked up.
    header: Option<Option<Header>>,
    /// The text that runs.
    text: u64,
    /// Whether what is kept is to be put back as soon as there is a model.
    resuming: bool,
    /// Slices since then in which there was a model.
    tries: u32,
    /// Whether the user was asked and has not answered: what is kept is not to be overwritten by less.
    asked: bool,
    /// When and at which step it was kept last.
    last: (f64, u64),
}

impl Keeper {
    /// A program was loaded: tells what is kept of it.
    pub(crate) async fn loaded(&mut self, text: &str) {
        if self.header.is_none() {
            self.header = Some(look_up().await);
        }
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let same_text = std::mem::replace(&mut self.text, hasher.finish()) == self.text;
        self.resuming = false;
        self.last = (now(), 0);
        let header = self.header.as_ref().and_then(Option::as_ref);
        let kept = header.filter(|header| header.text == self.text).map(|header| header.kept.clone());
        // What this page has kept itself of a run that it begins anew is not offered.
        let offered = kept.filter(|_| !same_text);
        self.asked = offered.is_some();
        tell(LabEvent::Kept(offered));
    }

    /// What is kept is to be put back.
    pub(crate) fn resume(&mut self) {
        self.resuming = true;
        self.tries = 0;
        self.asked = false;
    }

    /// Nothing is kept any more.
    pub(crate) async fn forget(&mut self) {
        self.asked = false;
        self.header = Some(None);
        if let Ok(cache) = open().await {
            // What cannot be removed is overwritten by the next training.
            let _ = JsFuture::from(cache.delete_with_str(NAME)).await;
        }
    }

    /// Puts back what was asked for, or keeps what there is.
    pub(crate) async fn slice(&mut self, player: &mut Player) {
        let position = player.position();
        if position.steps == 0 {
            return;
        }
        if self.resuming {
            let round = self.header.as_ref().and_then(Option::as_ref).and_then(|header| header.kept.round);
            self.tries += 1;
            // A run that stands still comes to no other place.
            let wait = player.is_running() && self.tries < TRIES;
            if wait && round.is_some_and(|round| !player.can_begin(round)) {
                return;
            }
            self.resuming = false;
            return changed(self.put_back(player).await);
        }
        let stands = !player.is_running();
        let (at, steps) = self.last;
        let due = now() - at >= if stands { 0.0 } else { BETWEEN_MS };
        let known = self.header.as_ref().and_then(Option::as_ref);
        let less = self.asked && known.is_some_and(|header| header.kept.steps >= position.steps);
        if position.millis < WORTH_MS || !due || steps == position.steps || less {
            return;
        }
        self.last = (now(), position.steps);
        if let Ok(content) = player.checkpoint().await
            && content.len() <= MOST_BYTES
        {
            let (steps, at, round) = (position.steps, js_sys::Date::now(), player.round());
            let header = Header { text: self.text, kept: Kept { steps, at, round } };
            // A browser without such storage, or one that is full, keeps nothing.
            if store(&header, &content).await.is_ok() {
                self.header = Some(Some(header));
            }
        }
    }

    async fn put_back(&self, player: &mut Player) -> Result<String, String> {
        let gone = "Nothing is kept any more.";
        let header = self.header.as_ref().and_then(Option::as_ref).ok_or(gone)?;
        let content = content().await.map_err(|_| gone)?;
        let Kept { steps, round, .. } = header.kept;
        let begun = player.restore(content, steps, round).await?;
        Ok(match round.filter(|_| begun) {
            Some(KeptRound { line, over }) => {
                format!(
                    "The training goes on behind step {steps}, with round {} of the loop in line {line}.",
                    over + 1
                )
            }
            None => {
                format!("The training goes on behind step {steps}. Its loops go on where they just were.")
            }
        })
    }
}

async fn open() -> Result<Cache, JsValue> {
    Ok(JsFuture::from(scope().caches()?.open(STORAGE)).await?.unchecked_into())
}

async fn find() -> Result<Response, JsValue> {
    let found = JsFuture::from(open().await?.match_with_str(NAME)).await?;
    found.dyn_into()
}

async fn look_up() -> Option<Header> {
    let headers = find().await.ok()?.headers();
    let number = |name: &str| headers.get(name).ok().flatten();
    let text = number("x-text")?.parse().ok()?;
    let round =
        || Some(KeptRound { line: number("x-line")?.parse().ok()?, over: number("x-over")?.parse().ok()? });
    let kept =
        Kept { steps: number("x-steps")?.parse().ok()?, at: number("x-at")?.parse().ok()?, round: round() };
    Some(Header { text, kept })
}

async fn content() -> Result<Vec<u8>, JsValue> {
    let buffer = JsFuture::from(find().await?.array_buffer()?).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

async fn store(header: &Header, content: &[u8]) -> Result<(), JsValue> {
    let headers = Headers::new()?;
    headers.set("x-text", &header.text.to_string())?;
    headers.set("x-steps", &header.kept.steps.to_string())?;
    headers.set("x-at", &header.kept.at.to_string())?;
    if let Some(KeptRound { line, over }) = header.kept.round {
        headers.set("x-line", &line.to_string())?;
        headers.set("x-over", &over.to_string())?;
    }
    let init = ResponseInit::new();
    init.set_headers(&headers);
    let body = Uint8Array::from(content);
    let response = Response::new_with_opt_js_u8_array_and_init(Some(&body), &init)?;
    JsFuture::from(open().await?.put_with_str(NAME, &response)).await?;
    Ok(())
}
