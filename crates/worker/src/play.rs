//! The program of the playground: run in slices, stepped, looked into, and told of to the page.

use std::rc::Rc;

use backend_cpu::CpuBackend;
use engine::Engine;
use lang::{Ask, Reply, Request};
use playground::{Halt, Player};
use protocol::Event;
use protocol::program::{ProgramCommand, ProgramEvent};

use crate::apart;
use crate::backends::Opened;
use crate::lab::{self, Lab};
use crate::pace::{now, since_1970, sleep};
use crate::port::post;
use crate::predict::Seen;
use crate::race::Races;
use crate::session::Session;
use crate::sets::{Sets, mnist, own_data};

/// How long a slice takes at most: typing may wait as long.
pub(crate) const SLICE_MS: f64 = 8.0;
/// How often the page hears of a run under way.
pub(crate) const REPORT_MS: f64 = 100.0;
/// How long the worker sleeps at a time, when the program does.
pub(crate) const NAP_MS: f64 = 15.0;
/// What is said where data cannot be had.
pub(crate) const NO_DATA: &str =
    "Dataset not found: MNIST could not be loaded. Check the connection, then try again.";

/// A program that is played.
pub(crate) struct Play {
    pub(crate) player: Player,
    races: Races,
    lab: Lab,
    /// The node that the page looks at, and the first element that it shows.
    inspected: Option<(u32, u64)>,
    reported: f64,
    /// Whether what the page shows as output is of another run.
    output_is_old: bool,
    /// What the program waits for.
    pub(crate) waiting: Option<Waiting>,
}

/// What a program can wait for.
pub(crate) enum Waiting {
    /// A half of the data set: the training set, or the test set.
    Mnist { train: bool },
    /// A file of trained weights.
    Weights(String),
    /// A moment.
    Until(f64),
}

impl Play {
    /// Without a program, on the CPU; the GPU is there for programs that ask for it.
    pub(crate) fn new(opened: &Opened) -> Self {
        let cpu = Engine::new(Rc::new(CpuBackend::new()));
        cpu.set_clock(now);
        Self {
            player: Player::new(cpu, opened.gpu(), now),
            races: Races::default(),
            lab: Lab::default(),
            inspected: None,
            reported: 0.0,
            output_is_old: false,
            waiting: None,
        }
    }

    /// Another device is there for programs that are loaded from now on.
    pub(crate) fn enter(&mut self, opened: &Opened) {
        self.player.set_cuda(opened.gpu());
    }

    /// The device is lost, and this one takes its place. A run that has used it ends, and can be run again.
    pub(crate) async fn lose_device(&mut self, opened: &Opened, reason: &str) {
        if self.player.lose_cuda(opened.gpu(), reason) {
            self.waiting = None;
            self.tell_all().await;
        }
    }

    /// Whether there is something to do without being asked.
    pub(crate) fn is_busy(&self) -> bool {
        self.player.is_running()
            || self.races.is_busy()
            || self.lab.testing.is_some()
            || matches!(self.waiting, Some(Waiting::Until(_)))
    }

    async fn obey(&mut self, command: ProgramCommand, sets: &Sets) {
        match command {
            ProgramCommand::Load { edition, text, go, live } => {
                if live && apart(self.player.load_live(edition, &text)).await {
                    return self.tell_all().await;
                }
                self.waiting = None;
                apart(self.lab.loaded(&text)).await;
                let sound = self.player.load(edition, &text);
                self.output_is_old |= sound;
                if sound && go {
                    self.player.go();
                    // The first slice at once: most programs end in it.
                    return;
                }
            }
            ProgramCommand::Go => return self.player.go(),
            ProgramCommand::Step(unit) => return self.player.step(unit),
            ProgramCommand::RunTo(line) => return self.player.run_to(line),
            ProgramCommand::Pause => {
                self.waiting = None;
                self.player.pause();
            }
            ProgramCommand::Back(unit) => {
                self.waiting = None;
                apart(self.player.back(unit)).await;
                post_program(ProgramEvent::Rewound(self.player.output()));
            }
            ProgramCommand::Seek { clock } => {
                self.waiting = None;
                apart(self.player.seek(clock)).await;
                post_program(ProgramEvent::Rewound(self.player.output()));
            }
            ProgramCommand::Pin(pinned) => self.player.set_pinned(pinned),
            ProgramCommand::Race { id, texts } => return self.races.begin(id, &texts, &self.player),
            ProgramCommand::Lab(command) => {
                let before = self.player.position().clock;
                apart(self.lab.obey(command, &mut self.player, sets)).await;
                if before != self.player.position().clock {
                    // What was recorded is of the program, and as it was.
                    self.tell_progress().await;
                }
                return;
            }
            ProgramCommand::Schedule { id, text } => return self.races.schedule(id, &text, &self.player),
            ProgramCommand::Breakpoints(lines) => return self.player.set_breakpoints(lines),
            ProgramCommand::Inspect { node, offset } => {
                self.inspected = node.map(|node| (node, offset));
                return self.tell_detail().await;
            }
            ProgramCommand::Evaluate { id, text } => {
                let answer = apart(self.player.evaluate(id, &text)).await;
                return post_program(ProgramEvent::Evaluated(answer));
            }
            ProgramCommand::PutFile { name, content } => {
                return self.player.put_file(&name, content.into_vec());
            }
        }
        self.tell_all().await;
    }

    /// Runs a little, unless it stands: a race or the test set may have the worker awake. Gives back what the program asks for, if it does.
    async fn slice(&mut self) -> Option<Ask> {
        if let Some(Waiting::Until(end)) = self.waiting {
            let left = end - now();
            if left > 0.0 {
                sleep(left.min(NAP_MS)).await;
                return None;
            }
            self.waiting = None;
            self.player.set_waiting(None);
            self.player.reply(Reply::Done);
        }
        if self.player.stands() {
            return None;
        }
        match self.player.slice(SLICE_MS) {
            Halt::Stopped => self.tell_all().await,
            Halt::Time => {
                if now() - self.reported >= REPORT_MS {
                    self.tell_progress().await;
                }
            }
            Halt::Need => match self.player.request() {
                Some(Request::Value(wait)) => {
                    let settled = wait.settle().await;
                    self.player.provide(settled);
                }
                Some(Request::Ask(ask)) => return Some(ask),
                None => {}
            },
        }
        None
    }

    /// Answers what a program asks for, or begins to wait for it.
    fn answer(&mut self, ask: Ask, sets: &Sets, loading: bool) {
        match ask {
            Ask::Time => self.player.reply(Reply::Time(since_1970() / 1000.0)),
            Ask::Sleep(seconds) => {
                self.waiting = Some(Waiting::Until(now() + seconds.max(0.0) * 1000.0));
                self.player.set_waiting(Some("time.sleep"));
            }
            Ask::Mnist { train } => match mnist(sets, train) {
                Some(reply) => {
                    self.waiting = None;
                    self.player.set_waiting(None);
                    self.player.reply(reply);
                }
                // What could not be loaded may yet come: the page says what is wrong, and tries again when it is asked to.
                None => {
                    self.waiting = Some(Waiting::Mnist { train });
                    let what =
                        if loading { "MNIST to be loaded" } else { "MNIST, which could not be loaded" };
                    self.player.set_waiting(None);
                    self.player.set_waiting(Some(what));
                }
            },
            Ask::OwnData { train, .. } => self.player.reply(own_data(sets, train)),
            Ask::ReadFile(path) => {
                self.player.set_waiting(Some(&format!("{path} to be loaded")));
                self.waiting = Some(Waiting::Weights(path));
            }
            Ask::WriteFile(name, _) => {
                let text = format!("[Errno 5] Input/output error: '{name}'");
                self.player.reply(Reply::Failed { class: "OSError", text });
            }
        }
    }

    /// What a run under way has come to.
    async fn tell_progress(&mut self) {
        self.reported = now();
        self.player.read_losses().await;
        let output = self.player.take_output();
        if std::mem::take(&mut self.output_is_old) {
            post_program(ProgramEvent::Rewound(output));
        } else if !output.is_empty() {
            post_program(ProgramEvent::Output(output));
        }
        if let Some(losses) = self.player.take_losses() {
            post_program(ProgramEvent::Losses(losses));
        }
        for file in self.player.take_saved() {
            post_program(ProgramEvent::Saved(file));
        }
        post_program(ProgramEvent::Position(self.player.position()));
    }

    /// Everything, where a run stands.
    async fn tell_all(&mut self) {
        self.player.read_losses().await;
        self.player.catch_up().await;
        if self.player.has_program() {
            let (graph, inline) = self.player.graph().await;
            post_program(ProgramEvent::Graph(Box::new(graph)));
            post_program(ProgramEvent::Inline(inline));
        }
        post_program(ProgramEvent::Diagnostics(self.player.diagnostics()));
        self.tell_progress().await;
        self.tell_detail().await;
    }

    /// Reads a drawing with the program's model.
    pub(crate) async fn read_drawing(&self, id: u32, seen: Seen) {
        lab::read_drawing(&self.player, id, seen).await;
    }

    async fn tell_detail(&mut self) {
        if let Some((node, offset)) = self.inspected
            && let Some(detail) = apart(self.player.detail(node, offset)).await
        {
            post_program(ProgramEvent::Detail(Box::new(detail)));
        }
    }
}

pub(crate) fn post_program(event: ProgramEvent) {
    post(&Event::Program(event));
}

impl Session {
    /// Does what the page asks of the program.
    pub(crate) async fn play(&mut self, command: ProgramCommand) {
        let loaded = matches!(command, ProgramCommand::Load { .. });
        self.play.obey(command, &self.sets).await;
        if loaded {
            self.play_slice().await;
        } else {
            self.lab_slice().await;
        }
    }

    /// Runs the program a little.
    pub(crate) async fn play_slice(&mut self) {
        if let Some(ask) = self.play.slice().await {
            match &ask {
                Ask::Mnist { .. } => self.load(),
                Ask::ReadFile(path) => self.fetch_weights(path),
                Ask::OwnData { .. } | Ask::WriteFile(..) | Ask::Time | Ask::Sleep(_) => {}
            }
            self.answer(ask).await;
        }
        let loading = self.is_loading();
        if apart(self.play.races.slice(&self.play.player, &self.sets, loading)).await {
            self.load();
        }
        self.test_slice().await;
        self.lab_slice().await;
    }

    /// Measures and keeps the program's model, if that is due.
    async fn lab_slice(&mut self) {
        if apart(self.play.lab.slice(&mut self.play.player, &self.sets)).await {
            self.play.tell_progress().await;
        }
    }

    /// Lets the program's model read some images of the test set, once that is here.
    async fn test_slice(&mut self) {
        let loading = self.is_loading();
        let Some(testing) = &mut self.play.lab.testing else { return };
        if self.sets.test.is_complete() {
            apart(self.play.lab.test_slice(&self.play.player, &self.sets)).await;
        } else if loading {
            sleep(NAP_MS).await;
        } else if std::mem::replace(&mut testing.asked, true) {
            self.play.lab.fail_test(NO_DATA);
        } else {
            self.load();
        }
    }

    /// Files of the data set have come, or will not come any more.
    pub(crate) async fn data_have_changed(&mut self) {
        if let Some(Waiting::Mnist { train }) = self.play.waiting
            && (self.sets.half(train).is_complete() || !self.is_loading())
        {
            self.answer(Ask::Mnist { train }).await;
        }
    }

    async fn answer(&mut self, ask: Ask) {
        let loading = self.is_loading();
        self.play.answer(ask, &self.sets, loading);
        if self.play.waiting.is_some() {
            self.play.tell_progress().await;
        }
    }
}
