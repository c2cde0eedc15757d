//! The lab: what the page asks about the model of the program, answered where its run stands.

mod browse;
mod keep;
mod test;
mod watch;

use playground::Player;
use protocol::program::{LabCommand, LabEvent, Looked, Pictures, ProgramEvent, SavedFile};
use protocol::{CLASSES, Event, Pixels, Prediction};

use crate::pace::now;
use crate::play::post_program;
use crate::port::post;
use crate::predict::{self, Seen};
use crate::sets::Sets;
use keep::Keeper;
use test::Testing;
use watch::Watch;

/// What is under way.
#[derive(Default)]
pub(crate) struct Lab {
    /// The test set on its way through the model.
    pub(crate) testing: Option<Testing>,
    /// What each image of the test set was read as, when all were read last.
    read: Vec<u8>,
    watch: Watch,
    keeper: Keeper,
}

impl Lab {
    /// Does what the page asks.
    pub(crate) async fn obey(&mut self, command: LabCommand, player: &mut Player, sets: &Sets) {
        match command {
            LabCommand::Watch(on) => self.watch.set(on),
            LabCommand::Test => self.testing = Some(Testing::begin()),
            LabCommand::Look { id, drawing, unit } => {
                let looked = match predict::image(&drawing, sets) {
                    Some(seen) => player.look(id, &seen, unit).await,
                    None => nothing_seen(id),
                };
                tell(LabEvent::Looked(Box::new(looked)));
            }
            LabCommand::Fool { drawing, label, strength } => {
                if let Some(seen) = predict::image(&drawing, sets) {
                    let fooled = player.fool(&seen, label, strength).await;
                    tell(LabEvent::Fooled(fooled.map(Pixels::from)));
                }
            }
            LabCommand::Teach { drawing, label } => {
                if let Some(seen) = predict::image(&drawing, sets) {
                    let taught = player.teach(&seen, label).await;
                    changed(taught.map(|()| format!("One step on this drawing as a {label}.")));
                }
            }
            LabCommand::Export(form) => match player.weights(form).await {
                Ok((name, content)) => {
                    post_program(ProgramEvent::Saved(SavedFile { name, content: content.into() }));
                }
                Err(why) => changed(Err(why)),
            },
            LabCommand::Import { name, content } => {
                let taken = player.take_weights(&name, content.into_vec()).await;
                changed(taken.map(|()| format!("The model has the weights of {name}.")));
            }
            LabCommand::Describe => {
                tell(LabEvent::Card(player.describe_model().await.unwrap_or_default()));
            }
            LabCommand::Browse(browse) => tell(browse::images(browse, sets, &self.read)),
            LabCommand::Resume => self.keeper.resume(),
            LabCommand::Forget => self.keeper.forget().await,
        }
    }

    /// A program was loaded: is something kept of it?
    pub(crate) async fn loaded(&mut self, text: &str) {
        self.watch.begin();
        self.keeper.loaded(text).await;
    }

    /// Does what is due while a program runs or when it has stopped. Whether that has changed the run.
    pub(crate) async fn slice(&mut self, player: &mut Player, sets: &Sets) -> bool {
        let before = player.position().clock;
        self.keeper.slice(player).await;
        self.watch.slice(player, sets).await;
        player.position().clock != before
    }

    /// Lets the model read some images of the test set. Whether more are left.
    pub(crate) async fn test_slice(&mut self, player: &Player, sets: &Sets) {
        let Some(testing) = &mut self.testing else { return };
        if !testing.slice(player, sets).await {
            self.read = testing.take_read();
            self.testing = None;
        }
    }

    /// The test set cannot be had.
    pub(crate) fn fail_test(&mut self, why: &str) {
        if let Some(mut testing) = self.testing.take() {
            testing.fail(why);
        }
    }
}

/// A drawing, read by the program's model where the run stands.
pub(crate) async fn read_drawing(player: &Player, id: u32, seen: Seen) {
    let began = now();
    let (probabilities, error) = match player.read_digits(&[&seen.image]).await {
        Ok(rows) => (rows.first().copied().unwrap_or([f32::NAN; CLASSES]), None),
        Err(why) => ([f32::NAN; CLASSES], Some(why)),
    };
    let millis = (now() - began) as f32;
    let (image, stages) = (Pixels::from(seen.image), seen.stages);
    post(&Event::Prediction(Prediction { id, probabilities, image, stages, millis, error }));
}

fn tell(event: LabEvent) {
    post_program(ProgramEvent::Lab(event));
}

fn changed(what: Result<String, String>) {
    tell(LabEvent::Changed(what));
}

fn nothing_seen(id: u32) -> Looked {
    Looked {
        id,
        image: Pixels::default(),
        saliency: Pictures::default(),
        layers: Vec::new(),
        because: None,
        error: Some("The image is not here yet.".to_owned()),
    }
}
