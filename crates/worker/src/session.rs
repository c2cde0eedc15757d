//! The session: everything that the worker holds, and what each command does to it.

use datasets::mnist::File;
use engine::Result;
use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender};
use futures_util::StreamExt;
use protocol::{BackendChoice, BackendKind, Command, DataStatus, Event, Sample};

use crate::backends::{self, Opened};
use crate::pace::Turnstile;
use crate::play::Play;
use crate::port::{post, refuse};
use crate::sets::Sets;
use crate::{Input, apart, bench, loader, predict};

/// After so many lost devices the CPU takes over for good.
const LOST_DEVICES: u32 = 2;

/// What the worker holds.
pub(crate) struct Session {
    pub(crate) inputs: UnboundedSender<Input>,
    data_url: String,
    loading: bool,
    opened: Opened,
    /// Counts the devices, so that the loss of one that was replaced is known as old news.
    generation: u32,
    pub(crate) sets: Sets,
    pub(crate) play: Play,
    lost_devices: u32,
}

/// Attends to inputs for as long as the worker lives.
pub(crate) async fn run(sender: UnboundedSender<Input>, mut inputs: UnboundedReceiver<Input>) {
    let turnstile = Turnstile::new();
    let Some(mut session) = start(sender, &mut inputs).await else { return };
    loop {
        let input = if session.play.is_busy() { inputs.try_recv().ok() } else { inputs.next().await };
        match input {
            Some(input) => session.attend(input).await,
            None => {
                session.play_slice().await;
                if let Some(turnstile) = &turnstile {
                    turnstile.pass().await;
                }
            }
        }
    }
}

/// Waits for the first command.
async fn start(sender: UnboundedSender<Input>, inputs: &mut UnboundedReceiver<Input>) -> Option<Session> {
    loop {
        if let Input::Command(Command::Start { data_url, backend }) = inputs.next().await? {
            return Some(Session::new(sender, data_url, backend).await);
        }
    }
}

impl Session {
    async fn new(inputs: UnboundedSender<Input>, data_url: String, choice: BackendChoice) -> Self {
        let opened = backends::open(choice).await;
        post(&Event::Backend(opened.report.clone()));
        let play = Play::new(&opened);
        let session = Self {
            inputs,
            data_url,
            loading: false,
            opened,
            generation: 0,
            sets: Sets::default(),
            play,
            lost_devices: 0,
        };
        session.watch_device();
        session
    }

    async fn attend(&mut self, input: Input) {
        match input {
            Input::Command(command) => {
                if let Err(why) = self.obey(command).await {
                    refuse(&why.to_string());
                }
            }
            Input::Loaded(file, part) => {
                self.sets.insert(file, part);
                self.announce(file);
                self.data_have_changed().await;
            }
            Input::Weights { path, content } => {
                self.weights_have_come(&path, content);
            }
            Input::LoaderStopped => {
                self.loading = false;
                self.data_have_changed().await;
            }
            Input::DeviceLost { generation, reason } => {
                if generation == self.generation {
                    apart(self.replace_device(&reason)).await;
                }
            }
        }
    }

    async fn obey(&mut self, command: Command) -> Result<()> {
        match command {
            Command::Start { .. } => refuse("The worker has started already."),
            Command::SelectBackend(choice) => apart(self.select(choice)).await,
            Command::LoadData => self.load(),
            Command::Predict { id, drawing } => {
                if let Some(seen) = predict::see(&drawing, &self.sets) {
                    apart(self.play.read_drawing(id, seen)).await;
                }
            }
            Command::Sample { index } => self.send_sample(index),
            Command::TakeData { name, content } => apart(self.take_data(&name, content.into_vec())).await,
            Command::TakePictures { train, pictures } => apart(self.take_pictures(train, pictures)).await,
            Command::BackToMnist => apart(self.back_to_mnist()).await,
            Command::Program(command) => self.play(command).await,
            Command::Bench { case, fused } => {
                match apart(bench::run(&self.opened, &self.sets, case, fused)).await? {
                    Some(result) => post(&Event::Bench(result)),
                    None => refuse("The data set is not here yet: wait until it is loaded."),
                }
            }
            // Answered where it arrives.
            Command::Ping => {}
        }
        Ok(())
    }

    pub(crate) fn is_loading(&self) -> bool {
        self.loading
    }

    /// Begins to load what is missing of the data set.
    pub(crate) fn load(&mut self) {
        if self.loading {
            return;
        }
        self.loading = true;
        let here: Vec<File> = File::ALL.into_iter().filter(|&file| self.sets.has(file)).collect();
        let (url, inputs) = (self.data_url.clone(), self.inputs.clone());
        wasm_bindgen_futures::spawn_local(loader::load(url, move |file| here.contains(&file), inputs));
    }

    /// Tells the page when a half of the data set has become complete.
    fn announce(&self, file: File) {
        let (train, test) = (&self.sets.train, &self.sets.test);
        let status = match (train.is_complete(), test.is_complete()) {
            (true, true) => DataStatus::Ready { train: train.len(), test: test.len() },
            (false, true) if matches!(file, File::TestImages | File::TestLabels) => {
                DataStatus::TestReady { images: test.len() }
            }
            _ => return,
        };
        post(&Event::Data(status));
    }

    fn send_sample(&self, index: u32) {
        let count = self.sets.test.len();
        let Some(index) = index.checked_rem(count) else {
            return refuse("The test images are not here yet: wait until they are loaded.");
        };
        if let Some((image, label)) = self.sets.test.get(index as usize) {
            post(&Event::Sample(Sample { index, label, image: image.to_vec().into() }));
        }
    }

    /// Opens another backend, for programs that are loaded from now on.
    async fn select(&mut self, choice: BackendChoice) {
        if choice != self.opened.report.choice {
            let opened = backends::open(choice).await;
            self.play.enter(&opened);
            self.enter(opened);
        }
    }

    fn enter(&mut self, opened: Opened) {
        self.opened = opened;
        self.generation += 1;
        self.watch_device();
        post(&Event::Backend(self.opened.report.clone()));
    }

    /// Hears of it when the device is lost.
    fn watch_device(&self) {
        let Some(lost) = self.opened.when_lost() else { return };
        let (inputs, generation) = (self.inputs.clone(), self.generation);
        wasm_bindgen_futures::spawn_local(async move {
            let reason = lost.await;
            // The session lives as long as the worker: there is always somebody to receive.
            drop(inputs.unbounded_send(Input::DeviceLost { generation, reason }));
        });
    }

    /// The device is lost: another takes its place, or the CPU.
    async fn replace_device(&mut self, reason: &str) {
        self.lost_devices += 1;
        let choice = self.opened.report.choice;
        let mut opened = if self.lost_devices < LOST_DEVICES {
            backends::open(choice).await
        } else {
            backends::cpu(choice, None)
        };
        if opened.report.reason.is_none() && opened.report.active == BackendKind::Cpu {
            opened.report.reason = Some(format!("the GPU was lost ({reason})"));
        }
        self.play.lose_device(&opened, reason).await;
        self.enter(opened);
    }
}
