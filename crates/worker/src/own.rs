//! Files of a data set of the user's.

use datasets::mnist::PIXELS;
use datasets::own;
use protocol::{Change, DataStatus, Drawing, Event, Ink};

use crate::port::{post, refuse};
use crate::predict;
use crate::session::Session;

impl Session {
    /// Takes a file, or says why it does not fit.
    pub(crate) async fn take_data(&mut self, name: &str, content: Vec<u8>) {
        match own::read(name, content) {
            Ok((train, part)) => {
                self.sets.take(train, part);
                self.own_data_has_changed().await;
            }
            Err(why) => refuse(&format!("“{name}” was not taken: {why}.")),
        }
    }

    /// Takes pictures, each with the class that it shows, as a half of the data set. They are seen as on the pad.
    pub(crate) async fn take_pictures(&mut self, train: bool, pictures: Vec<(Ink, u8)>) {
        let change = Change::default();
        let seen = pictures.into_iter().filter_map(|(ink, label)| {
            let image = predict::image(&Drawing { ink, change }, &self.sets)?;
            Some((<[u8; PIXELS]>::try_from(image).ok()?, label))
        });
        let (images, labels): (Vec<_>, Vec<u8>) = seen.unzip();
        match own::labelled(&images, labels) {
            Ok(parts) => {
                for part in parts {
                    self.sets.take(train, part);
                }
                self.own_data_has_changed().await;
            }
            Err(why) => refuse(&format!("The pictures were not taken: {why}.")),
        }
    }

    /// Gives programs MNIST again.
    pub(crate) async fn back_to_mnist(&mut self) {
        self.sets.forget_own();
        if !(self.sets.train.is_complete() && self.sets.test.is_complete()) {
            self.load();
        }
        self.own_data_has_changed().await;
    }

    async fn own_data_has_changed(&mut self) {
        let (train, test) = (&self.sets.train, &self.sets.test);
        match (train.is_complete(), test.is_complete()) {
            (true, true) => post(&Event::Data(DataStatus::Ready { train: train.len(), test: test.len() })),
            (false, true) => post(&Event::Data(DataStatus::TestReady { images: test.len() })),
            (_, false) => {}
        }
        post(&Event::OwnData(self.sets.own()));
        self.data_have_changed().await;
    }
}
