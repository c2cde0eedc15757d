//! Fetches the files of the data set, one after another, and unpacks them in steps.

use datasets::mnist::{Decoder, File, Part, Problem, Step};
use futures_channel::mpsc::UnboundedSender;
use protocol::{DataFile, DataProblem, DataStatus, Event};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, Response};

use crate::Input;
use crate::pace::{Turnstile, now};
use crate::port::{describe, post, scope};

/// How often progress is reported.
const REPORT_MS: f64 = 50.0;

fn known_as(file: DataFile) -> File {
    match file {
        DataFile::TestImages => File::TestImages,
        DataFile::TestLabels => File::TestLabels,
        DataFile::TrainImages => File::TrainImages,
        DataFile::TrainLabels => File::TrainLabels,
    }
}

/// Loads every file that `has` does not have. Stops at the first that cannot be had, after saying why.
pub(crate) async fn load(url: String, has: impl Fn(File) -> bool, inputs: UnboundedSender<Input>) {
    let total = DataFile::ALL.iter().map(|&f| known_as(f).packed_len() as u64).sum();
    let mut loaded = 0;
    for file in DataFile::ALL {
        let known = known_as(file);
        if !has(known) {
            match fetch_and_unpack(&url, file, loaded, total).await {
                // The session lives as long as the worker: there is always somebody to receive.
                Ok(part) => drop(inputs.unbounded_send(Input::Loaded(known, part))),
                Err(problem) => {
                    post(&Event::Data(DataStatus::Failed { file, problem }));
                    break;
                }
            }
        }
        loaded += known.packed_len() as u64;
    }
    drop(inputs.unbounded_send(Input::LoaderStopped));
}

async fn fetch_and_unpack(url: &str, file: DataFile, loaded: u64, total: u64) -> Result<Part, DataProblem> {
    let address = format!("{url}{}", file.name());
    let report = |here: u64| {
        post(&Event::Data(DataStatus::Fetching { file, loaded: (loaded + here).min(total), total }));
    };
    let bytes = fetch(&address, known_as(file), report).await?;
    unpack(file, bytes).await
}

fn unreachable(why: &JsValue) -> DataProblem {
    DataProblem::Unreachable(describe(why))
}

/// The bytes of a file, as the server sends them.
async fn fetch(url: &str, file: File, report: impl Fn(u64)) -> Result<Vec<u8>, DataProblem> {
    report(0);
    let response = JsFuture::from(scope().fetch_with_str(url)).await.map_err(|why| unreachable(&why))?;
    let response: Response = response.unchecked_into();
    if !response.ok() {
        return Err(DataProblem::Status(response.status()));
    }
    let body = response.body().ok_or_else(|| DataProblem::Unreachable("the answer is empty".to_owned()))?;
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut bytes = Vec::with_capacity(file.packed_len());
    let mut reported = now();
    loop {
        let chunk = JsFuture::from(reader.read()).await.map_err(|why| unreachable(&why))?;
        let field = |name: &str| js_sys::Reflect::get(&chunk, &name.into()).map_err(|why| unreachable(&why));
        if field("done")?.is_truthy() {
            return Ok(bytes);
        }
        let chunk = js_sys::Uint8Array::new(&field("value")?);
        // Some servers unpack the file on the way. Nothing sound is longer than that.
        if bytes.len() + chunk.length() as usize > file.unpacked_len() {
            return Err(DataProblem::Corrupt(format!("it is longer than {} bytes", file.unpacked_len())));
        }
        bytes.extend(chunk.to_vec());
        if now() - reported > REPORT_MS {
            reported = now();
            report(bytes.len() as u64);
        }
    }
}

async fn unpack(file: DataFile, bytes: Vec<u8>) -> Result<Part, DataProblem> {
    let mut decoder = Decoder::new(known_as(file), bytes);
    let turnstile = Turnstile::new();
    let mut reported = f64::NEG_INFINITY;
    loop {
        match decoder.step().map_err(problem)? {
            Step::Done(part) => return Ok(part),
            Step::Working { fraction } => {
                if now() - reported > REPORT_MS {
                    reported = now();
                    post(&Event::Data(DataStatus::Decoding { file, fraction }));
                }
                if let Some(turnstile) = &turnstile {
                    turnstile.pass().await;
                }
            }
        }
    }
}

fn problem(found: Problem) -> DataProblem {
    match found {
        Problem::Html => DataProblem::Html,
        Problem::NotGzip(_) => DataProblem::NotGzip,
        Problem::Corrupt(why) => DataProblem::Corrupt(why),
        Problem::Checksum => DataProblem::Checksum,
        Problem::Idx(why) => DataProblem::Idx(why.to_string()),
    }
}
