//! Files of a data set of the user's.

use datasets::own;
use protocol::{DataStatus, Event};

use crate::port::{post, refuse};
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
