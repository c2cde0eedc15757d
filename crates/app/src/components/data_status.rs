//! How far the data set has come: a line under the header while it is loaded, with a bar, and with a way out when a file is missing.

use leptos::prelude::*;
use protocol::{Command, DataStatus, OwnData};

use super::Page;
use super::banner::Dismiss;
use super::live::{live, on, watch};
use crate::format::{count, megabytes};

/// What the line says: a handle for tests and colours, the words, and how much is done.
struct Line {
    state: &'static str,
    text: String,
    part: Option<f64>,
}

impl Line {
    fn of(status: Option<&DataStatus>) -> Self {
        let line = |state, text, part| Self { state, text, part };
        match status {
            None => line("none", String::new(), None),
            Some(DataStatus::Fetching { loaded, total, .. }) => {
                let part = if *total > 0 { *loaded as f64 / *total as f64 } else { 0.0 };
                let text = format!("MNIST: {} of {}", megabytes(*loaded), megabytes(*total));
                line("loading", text, Some(part.clamp(0.0, 1.0)))
            }
            Some(DataStatus::Decoding { file, fraction }) => {
                let part = f64::from(*fraction).clamp(0.0, 1.0);
                line("decoding", format!("MNIST: unpacking {}", file.name()), Some(part))
            }
            Some(DataStatus::TestReady { images }) => {
                let images = count(u64::from(*images));
                line(
                    "test-ready",
                    format!("MNIST: {images} test images ready, training images to come"),
                    None,
                )
            }
            Some(DataStatus::Ready { train, test }) => {
                let (train, test) = (count(u64::from(*train)), count(u64::from(*test)));
                line("ready", format!("MNIST: {train} training images, {test} test images"), None)
            }
            Some(DataStatus::Failed { file, problem }) => {
                line("failed", format!("MNIST could not be loaded. {}: {problem}.", file.name()), None)
            }
        }
    }
}

/// The line.
#[component]
pub fn DataProgress() -> impl IntoView {
    let Page { state, link, .. } = Page::get();
    let line = move || state.data.with(|status| Line::of(status.as_ref()));
    let handle = Memo::new(move |_| line().state);
    let failed = move || handle.get() == "failed";
    let part = move || line().part;
    let dismissed = RwSignal::new(false);
    watch(move || {
        state.data.track();
        dismissed.set(false);
    });
    let hidden = move || matches!(handle.get(), "none" | "ready") || dismissed.get();
    view! {
        <section class="data-status" data-testid="data-status" data-state=live(move || handle.get()) aria-label="Data set" hidden=live(hidden)>
            // Read out when it fails; every megabyte would be too much.
            <p role="alert" hidden=live(move || !failed())>{live(move || if failed() { line().text } else { String::new() })}</p>
            <p hidden=live(failed)>{live(move || if failed() { String::new() } else { line().text })}</p>
            <progress aria-label="Data loaded" max="1" hidden=live(move || part().is_none()) value=live(part)></progress>
            {live(move || failed().then(|| view! {
                <button
                    class="button"
                    type="button"
                    data-testid="retry"
                    on:click=on(move |_| link.send(&Command::LoadData))
                >
                    "Try again"
                </button>
                <Dismiss on_click=move || dismissed.set(true) />
            }.into_any()))}
        </section>
    }
}

/// What the user's data are, in words; nothing while there are none.
fn own_words(own: &OwnData) -> Option<String> {
    let images = |set: &str, images: u32| format!("{} {set} images", count(images.into()));
    let used = [own.train.map(|n| images("training", n)), own.test.map(|n| images("test", n))];
    let used: Vec<String> = used.into_iter().flatten().collect();
    let mut words = Vec::new();
    if !used.is_empty() {
        words.push(format!("Your own data, in place of MNIST's: {}.", used.join(", ")));
    }
    if !own.waiting.is_empty() {
        words.push(format!("Not used yet: {}.", own.waiting.join("; ")));
    }
    (!words.is_empty()).then(|| words.join(" "))
}

/// The user's own data, which programs get in place of MNIST, and the way back.
#[component]
pub fn OwnDataLine() -> impl IntoView {
    let Page { state, link, .. } = Page::get();
    let words = Memo::new(move |_| state.own.with(own_words));
    view! {
        <section class="data-status" data-testid="own-data" aria-label="Your own data" hidden=live(move || words.with(Option::is_none))>
            <p role="status">{live(move || words.get().unwrap_or_default())}</p>
            <button class="button" type="button" data-testid="back-to-mnist" on:click=on(move |_| link.send(&Command::BackToMnist))>
                "Back to MNIST"
            </button>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use protocol::{DataFile, DataProblem};

    use super::*;

    #[test]
    fn a_failure_names_the_file_and_what_is_wrong_with_it() {
        let status = DataStatus::Failed { file: DataFile::TrainImages, problem: DataProblem::Status(404) };
        let line = Line::of(Some(&status));
        let text =
            "MNIST could not be loaded. train-images-idx3-ubyte.gz: the file is missing on the server (404).";
        assert_eq!((line.state, line.text.as_str(), line.part), ("failed", text, None));
    }

    #[test]
    fn a_size_that_is_not_known_yet_is_no_progress() {
        let status = DataStatus::Fetching { file: DataFile::TestLabels, loaded: 0, total: 0 };
        assert_eq!(Line::of(Some(&status)).part, Some(0.0));
    }

    #[test]
    fn own_data_are_told_of_with_what_is_missing() {
        assert_eq!(own_words(&OwnData::default()), None);
        let waiting = vec!["7 training labels wait for their images".to_owned()];
        let own = OwnData { train: None, test: Some(120), waiting };
        let words = own_words(&own).unwrap_or_default();
        assert_eq!(
            words,
            "Your own data, in place of MNIST's: 120 test images. Not used yet: 7 training labels wait for their images."
        );
    }
}
