//! Asking for what is outside of the machine.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use engine::{HostData, Tensor};

use super::Machine;
use crate::error::{Result, Stop};
use crate::need::{Answer, Ask, Need, Reply, Wait};

impl Machine {
    /// The next answer that the instruction got, if it has so many.
    fn answer(&self) -> Option<Answer> {
        let answer = self.answers.get(self.used.get()).cloned();
        self.used.set(self.used.get() + usize::from(answer.is_some()));
        answer
    }

    /// What a future of the engine gives: at once, if it is ready. Else the instruction is run again once it is, so nothing
    /// may be changed before.
    ///
    /// # Errors
    /// What the future gives.
    pub(crate) fn wait<T: Clone + 'static, F: Future<Output = engine::Result<T>> + 'static>(
        &mut self,
        start: impl FnOnce() -> F,
    ) -> Result<T> {
        if let Some(answer) = self.answer() {
            let known = answer.downcast_ref::<engine::Result<T>>().cloned();
            return known.unwrap_or_else(|| Err(internal())).map_err(Stop::from);
        }
        let mut future = Box::pin(start());
        match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(result) => {
                // An instruction that waits for another value is run again, and then wants this one again.
                self.answers.push(Rc::new(result.clone()));
                self.used.set(self.used.get() + 1);
                Ok(result?)
            }
            Poll::Pending => {
                let boxed: Pin<Box<dyn Future<Output = Answer>>> =
                    Box::pin(async move { Rc::new(future.await) as Answer });
                Err(Stop::Need(Need::Value(Wait(boxed))))
            }
        }
    }

    /// The elements of a tensor in row-major order.
    ///
    /// # Errors
    /// What the backend says.
    pub(crate) fn read(&mut self, tensor: &Tensor) -> Result<HostData> {
        let tensor = tensor.clone();
        self.wait(move || async move { tensor.read().await })
    }

    /// The answer to a question.
    ///
    /// # Errors
    /// The exception that stands for a failure.
    pub(crate) fn ask(&mut self, ask: Ask) -> Result<Reply> {
        match self.answer() {
            None => Err(Stop::Need(Need::Ask(ask))),
            Some(answer) => match answer.downcast_ref::<Reply>() {
                Some(Reply::Failed { class, text }) => Err(Stop::error(class, text.clone())),
                Some(reply) => Ok(reply.clone()),
                None => Err(internal().into()),
            },
        }
    }
}

fn internal() -> engine::Error {
    engine::Error::Internal("an answer is of another kind than the question".to_owned())
}
