//! The session: everything that the worker holds, and what each command does to it.

use datasets::mnist::File;
use engine::{Error, Result};
use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender};
use futures_util::StreamExt;
use protocol::{
    BackendChoice, Checkpoint, Command, DataStatus, Event, Init, Reader, RunState, Sample, Settings,
    StopReason,
};
use trainer::{Config, Log, Trainer};

use crate::backends::{self, Opened};
use crate::pace::Turnstile;
use crate::play::Play;
use crate::port::{post, refuse};
use crate::sets::Sets;
use crate::training::{LOG_CAPACITY, Meter, ScoreUnderWay};
use crate::{Input, bench, loader, predict, weights};

/// After so many lost devices the CPU takes over for good.
const LOST_DEVICES: u32 = 2;

/// What the worker holds.
pub(crate) struct Session {
    inputs: UnboundedSender<Input>,
    data_url: String,
    loading: bool,
    pub(crate) opened: Opened,
    pub(crate) sets: Sets,
    pub(crate) settings: Settings,
    pub(crate) trainer: Trainer,
    pub(crate) log: Log,
    /// The newest state of the model whose numbers are finite: what a lost device goes back to.
    pub(crate) checkpoint: Checkpoint,
    /// The newest one from which a step was taken with a finite loss: what a diverged training goes back to.
    pub(crate) proven: Checkpoint,
    pub(crate) state: RunState,
    pub(crate) meter: Meter,
    pub(crate) scoring: Option<ScoreUnderWay>,
    pub(crate) play: Play,
    lost_devices: u32,
}

/// Attends to inputs for as long as the worker lives.
pub(crate) async fn run(sender: UnboundedSender<Input>, mut inputs: UnboundedReceiver<Input>) {
    let turnstile = Turnstile::new();
    let Some(mut session) = start(sender, &mut inputs).await else { return };
    loop {
        let input = if session.is_busy() { inputs.try_recv().ok() } else { inputs.next().await };
        let done = match input {
            Some(input) => session.attend(input).await,
            None => {
                let done = session.slice().await;
                if let Some(turnstile) = &turnstile {
                    turnstile.pass().await;
                }
                done
            }
        };
        if let Err(why) = done {
            session.recover(why).await;
        }
    }
}

/// Waits for the first command.
async fn start(sender: UnboundedSender<Input>, inputs: &mut UnboundedReceiver<Input>) -> Option<Session> {
    loop {
        if let Input::Command(Command::Start { data_url, backend, settings }) = inputs.next().await? {
            let settings = if settings.check().is_ok() { settings } else { Settings::default() };
            match Session::new(sender.clone(), data_url, backend, settings).await {
                Ok(session) => return Some(session),
                Err(why) => post(&Event::Crashed { message: why.to_string() }),
            }
        }
    }
}

fn config(settings: &Settings) -> Config {
    Config {
        lr: settings.lr,
        batch_size: settings.batch_size as usize,
        epochs: settings.epochs,
        seed: settings.seed,
        init: match settings.init {
            Init::Zeros => trainer::Init::Zeros,
            Init::Uniform => trainer::Init::Uniform,
        },
        shuffle: true,
    }
}

impl Session {
    async fn new(
        inputs: UnboundedSender<Input>,
        data_url: String,
        choice: BackendChoice,
        settings: Settings,
    ) -> Result<Self> {
        let opened = backends::open(choice).await;
        post(&Event::Backend(opened.report.clone()));
        let trainer = Trainer::new(&opened.engine, config(&settings))?;
        let log = Log::new(&opened.engine, LOG_CAPACITY)?;
        let play = Play::new(&opened);
        let checkpoint =
            Checkpoint { settings, step: 0, weight: Default::default(), bias: Default::default() };
        let mut session = Self {
            inputs,
            data_url,
            loading: false,
            opened,
            sets: Sets::default(),
            settings,
            trainer,
            log,
            proven: checkpoint.clone(),
            checkpoint,
            state: RunState::Fresh,
            meter: Meter::default(),
            scoring: None,
            play,
            lost_devices: 0,
        };
        session.reset().await?;
        Ok(session)
    }

    pub(crate) fn is_running(&self) -> bool {
        self.state == RunState::Running
    }

    async fn attend(&mut self, input: Input) -> Result<()> {
        match input {
            Input::Command(command) => self.obey(command).await,
            Input::Loaded(file, part) => {
                self.sets.insert(file, part);
                self.announce(file);
                self.data_have_changed().await;
                Ok(())
            }
            Input::Weights { path, content } => {
                self.weights_have_come(&path, content).await;
                Ok(())
            }
            Input::LoaderStopped => {
                self.loading = false;
                self.data_have_changed().await;
                Ok(())
            }
        }
    }

    async fn obey(&mut self, command: Command) -> Result<()> {
        match command {
            Command::Start { .. } => refuse("The worker has started already."),
            Command::SelectBackend(choice) => return self.move_to(choice).await,
            Command::LoadData => self.load(),
            Command::Configure(settings) => return self.configure(settings).await,
            Command::Train => self.train(),
            Command::Pause => return self.pause().await,
            Command::Step => return self.single_step().await,
            Command::Reset => return self.reset().await,
            Command::Restore(checkpoint) => return self.restore(*checkpoint).await,
            Command::Predict { id, drawing, by } => {
                if let Some(image) = predict::image(&drawing, &self.sets) {
                    if by == Reader::Program {
                        self.play.read_drawing(id, image).await;
                        return Ok(());
                    }
                    let (engine, model) = (&self.opened.engine, self.trainer.model());
                    post(&Event::Prediction(predict::classify(engine, model, id, image).await?));
                }
            }
            Command::Sample { index } => self.send_sample(index),
            Command::Program(command) => self.play(command).await,
            Command::Bench { case, fused } => {
                match bench::run(&self.opened, &mut self.sets, case, fused).await? {
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

    /// Begins to fetch a file of weights.
    pub(crate) fn fetch_weights(&self, path: &str) {
        weights::fetch(path.to_owned(), self.inputs.clone());
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

    pub(crate) fn set_state(&mut self, state: RunState) {
        if self.state != state {
            self.state = state;
            post(&Event::Run(self.state.clone()));
        }
    }

    async fn configure(&mut self, settings: Settings) -> Result<()> {
        if let Err(why) = settings.check() {
            refuse(&why.to_string());
            return Ok(());
        }
        let old = std::mem::replace(&mut self.settings, settings);
        let same_start =
            (old.batch_size, old.seed, old.init) == (settings.batch_size, settings.seed, settings.init);
        if same_start {
            self.trainer.adjust(settings.lr, settings.epochs);
            self.checkpoint.settings = settings;
            Ok(())
        } else {
            self.reset().await
        }
    }

    /// Back to the initial weights.
    async fn reset(&mut self) -> Result<()> {
        self.trainer = Trainer::new(&self.opened.engine, config(&self.settings))?;
        self.log = Log::new(&self.opened.engine, LOG_CAPACITY)?;
        self.meter = Meter::default();
        self.scoring = None;
        self.set_state(RunState::Fresh);
        self.save_checkpoint().await?;
        self.proven = self.checkpoint.clone();
        self.report_position();
        Ok(())
    }

    /// Goes on from a checkpoint, standing still.
    async fn restore(&mut self, checkpoint: Checkpoint) -> Result<()> {
        if let Err(why) = checkpoint.settings.check() {
            refuse(&why.to_string());
            return Ok(());
        }
        self.settings = checkpoint.settings;
        self.resume(checkpoint)?;
        let state =
            if self.checkpoint.step == 0 { RunState::Fresh } else { RunState::Stopped(StopReason::Paused) };
        self.set_state(state);
        post(&Event::Checkpoint(Box::new(self.checkpoint.clone())));
        self.report_position();
        self.begin_score()
    }

    /// Puts the model back to a checkpoint, on the engine that is open now.
    pub(crate) fn resume(&mut self, checkpoint: Checkpoint) -> Result<()> {
        let engine = &self.opened.engine;
        let (weight, bias) = (checkpoint.weight.to_vec(), checkpoint.bias.to_vec());
        self.trainer = Trainer::resume(engine, config(&self.settings), checkpoint.step, weight, bias)?;
        self.log = Log::new(engine, LOG_CAPACITY)?;
        self.scoring = None;
        self.proven = checkpoint.clone();
        self.checkpoint = checkpoint;
        Ok(())
    }

    /// Moves model and training to another backend, without losing a step.
    async fn move_to(&mut self, choice: BackendChoice) -> Result<()> {
        if choice == self.opened.report.choice {
            return Ok(());
        }
        // If the old device is lost, the last checkpoint has to do.
        if self.collect().await.is_err() || self.save_checkpoint().await.is_err() {
            refuse("The device did not answer: the training goes on from its last checkpoint.");
        }
        self.enter(backends::open(choice).await)
    }

    fn enter(&mut self, opened: Opened) -> Result<()> {
        self.sets.leave_device();
        self.opened = opened;
        self.play.enter(&self.opened);
        self.meter.forget_speed();
        post(&Event::Backend(self.opened.report.clone()));
        self.resume(self.checkpoint.clone())
    }

    /// After an error: a lost device is replaced, and a training goes on there; anything else stops it.
    async fn recover(&mut self, why: Error) {
        if let Error::DeviceLost(reason) = &why {
            self.lost_devices += 1;
            let choice = self.opened.report.choice;
            let mut opened = if self.lost_devices < LOST_DEVICES {
                backends::open(choice).await
            } else {
                backends::cpu(choice, None)
            };
            if opened.report.reason.is_none() && opened.report.active == protocol::BackendKind::Cpu {
                opened.report.reason = Some(format!("the GPU was lost ({reason})"));
            }
            match self.enter(opened) {
                Ok(()) => return,
                Err(why) => return self.set_state(RunState::Stopped(StopReason::Failed(why.to_string()))),
            }
        }
        if self.is_running() {
            self.set_state(RunState::Stopped(StopReason::Failed(why.to_string())));
        } else {
            refuse(&why.to_string());
        }
    }
}
