//! The line to the worker: starts it, sends commands, takes in events, notices when it is dead and replaces it.
//! It knows nothing of what the messages mean, except for the few that concern its own work.

use std::time::Duration;

use leptos::prelude::*;
use protocol::{Command, Event};
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::state::{Engine, State};

/// The module that starts the worker: `www/worker_loader.js`.
const LOADER: &str = "worker_loader.js";
/// The name of a worker that gets its program from the page.
const NAME: &str = "page";
/// The folder of the data set.
const DATA: &str = "data/mnist/";
/// How often a worker that has not answered yet is called.
const KNOCK: Duration = Duration::from_millis(100);
/// Calls after which a new worker counts as dead: a minute, for slow lines.
const KNOCKS: u32 = 600;
/// How often a living worker is asked for a sign of life.
const HEARTBEAT: Duration = Duration::from_secs(3);
/// Heartbeats without an answer after which it counts as dead.
const MISSED_BEATS: u32 = 4;
/// How long the page waits before it replaces a dead worker.
const RESTART_DELAY: Duration = Duration::from_millis(250);
/// This many failures within [`CRASH_WINDOW_MS`] are too many to start again unasked.
const CRASH_LIMIT: usize = 3;
const CRASH_WINDOW_MS: f64 = 30_000.0;

/// A handle to the worker.
#[derive(Clone, Copy)]
pub struct EngineLink {
    state: State,
    line: StoredValue<Line, LocalStorage>,
}

#[derive(Default)]
struct Line {
    worker: Option<Worker>,
    /// Counts the workers, so that late messages of an old one are known.
    generation: u32,
    /// Calls since the last answer.
    unanswered: u32,
    /// When workers failed, in the page's milliseconds.
    crashes: Vec<f64>,
    /// What the browser calls; kept alive as long as their worker.
    callbacks: Option<Callbacks>,
}

struct Callbacks {
    message: Closure<dyn Fn(MessageEvent)>,
    error: Closure<dyn Fn(ErrorEvent)>,
    garbled: Closure<dyn Fn(JsValue)>,
}

impl EngineLink {
    /// Starts the worker.
    pub fn start(state: State) -> Self {
        let link = Self { state, line: StoredValue::new_local(Line::default()) };
        link.open();
        // A page has one line for as long as it lives: the timer is never cleared.
        set_interval(move || link.beat(), HEARTBEAT);
        link
    }

    /// Sends a command, if a worker lives.
    pub fn send(&self, command: &Command) {
        if self.state.engine.get_untracked() == Engine::Alive {
            self.post(command);
        }
    }

    /// Starts a worker after all, when it had been given up.
    pub fn restart(&self) {
        self.line.update_value(|line| line.crashes.clear());
        self.state.engine.set(Engine::Starting);
        self.open();
    }

    fn open(&self) {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        options.set_name(NAME);
        let started = Worker::new_with_options(LOADER, &options)
            .and_then(|worker| worker.post_message(&wasm_bindgen::module()).map(|()| worker));
        let worker = match started {
            Ok(worker) => worker,
            Err(why) => return self.fail(&format!("the worker could not be started ({})", describe(&why))),
        };
        let generation = self.line.with_value(|line| line.generation) + 1;
        let callbacks = self.callbacks(generation);
        worker.set_onmessage(Some(callbacks.message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(callbacks.error.as_ref().unchecked_ref()));
        worker.set_onmessageerror(Some(callbacks.garbled.as_ref().unchecked_ref()));
        self.line.update_value(|line| {
            line.generation = generation;
            line.unanswered = 0;
            line.worker = Some(worker);
            line.callbacks = Some(callbacks);
        });
        self.knock(generation);
    }

    fn callbacks(&self, generation: u32) -> Callbacks {
        let link = *self;
        let is_current =
            move || link.line.with_value(|line| line.generation == generation && line.worker.is_some());
        Callbacks {
            message: Closure::new(move |message: MessageEvent| {
                if is_current() {
                    link.receive(message.data());
                }
            }),
            error: Closure::new(move |error: ErrorEvent| {
                if is_current() {
                    error.prevent_default();
                    let message = error.message();
                    link.fail(if message.is_empty() { "its program could not be loaded" } else { &message });
                }
            }),
            garbled: Closure::new(move |_| {
                if is_current() {
                    link.fail("it sent a message that could not be read");
                }
            }),
        }
    }

    /// Calls a new worker until it answers. What is sent before its program runs may be lost, so the first
    /// command has to wait for that.
    fn knock(self, generation: u32) {
        let waits = self.line.with_value(|line| line.generation == generation && line.worker.is_some())
            && self.state.engine.get_untracked() == Engine::Starting;
        if !waits {
            return;
        }
        if self.count_unanswered() > KNOCKS {
            return self.fail("its program did not start within a minute");
        }
        self.post(&Command::Ping);
        set_timeout(move || self.knock(generation), KNOCK);
    }

    fn receive(&self, data: JsValue) {
        self.line.update_value(|line| line.unanswered = 0);
        if self.state.engine.get_untracked() == Engine::Starting {
            self.state.engine.set(Engine::Alive);
            self.greet();
        }
        match serde_wasm_bindgen::from_value(data) {
            Ok(Event::Crashed { message }) => self.fail(&message),
            Ok(event) => self.state.apply(event),
            Err(why) => {
                self.fail(&format!("it is of another version than the page: reload the page ({why})"));
            }
        }
    }

    fn greet(&self) {
        self.post(&Command::Start { data_url: data_url(), backend: self.state.choice.get_untracked() });
    }

    /// Asks for a sign of life. Beats are counted, not seconds: a computer that slept has missed none.
    fn beat(&self) {
        if self.state.engine.get_untracked() != Engine::Alive {
            return;
        }
        if document().hidden() {
            // Timers of hidden pages are held back, on both sides: silence means nothing there.
            self.line.update_value(|line| line.unanswered = 0);
            return;
        }
        if self.count_unanswered() > MISSED_BEATS {
            return self.fail("it has not answered for ten seconds");
        }
        self.post(&Command::Ping);
    }

    fn count_unanswered(&self) -> u32 {
        self.line
            .try_update_value(|line| {
                line.unanswered += 1;
                line.unanswered
            })
            .unwrap_or_default()
    }

    /// The worker is dead: saves what it reported, and starts another one.
    fn fail(&self, message: &str) {
        let now = performance_now();
        let give_up = self.line.try_update_value(|line| {
            if let Some(worker) = line.worker.take() {
                worker.terminate();
            }
            line.crashes.retain(|crash| now - crash < CRASH_WINDOW_MS);
            line.crashes.push(now);
            line.crashes.len() >= CRASH_LIMIT
        });
        self.state.lose_worker(message.to_owned());
        if give_up == Some(true) {
            self.state.engine.set(Engine::GivenUp);
        } else {
            let link = *self;
            set_timeout(move || link.open(), RESTART_DELAY);
        }
    }

    fn post(&self, command: &Command) {
        let sent = serde_wasm_bindgen::to_value(command).map_err(JsValue::from).and_then(|value| {
            self.line
                .with_value(|line| line.worker.as_ref().map_or(Ok(()), |worker| worker.post_message(&value)))
        });
        if let Err(why) = sent {
            self.state.refusal.set(Some(format!("The command could not be sent ({}).", describe(&why))));
        }
    }
}

/// Milliseconds since the page was opened.
pub fn performance_now() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// The address of the data set, in full: the worker may live in another folder than the page.
fn data_url() -> String {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    web_sys::Url::new_with_base(DATA, &base).map_or_else(|_| DATA.to_owned(), |url| url.href())
}

fn describe(why: &JsValue) -> String {
    js_sys::Object::from(why.clone()).to_string().into()
}
